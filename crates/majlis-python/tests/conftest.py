"""Documents for the tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "iraq-2021"


@pytest.fixture(scope="session")
def reports() -> list[dict[str, str]]:
    """The dispatches of the example, as columns of text."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(EXAMPLE.glob("*.json"))]


@pytest.fixture(scope="session")
def example() -> Path:
    """The folder of the example."""
    return EXAMPLE


@pytest.fixture(scope="session")
def program() -> str:
    """The program that $MAJLIS names or that cargo built."""
    built = [ROOT / "target" / profile / "majlis" for profile in ("debug", "release")]
    program = os.environ.get("MAJLIS") or next((str(path) for path in built if path.exists()), None) or shutil.which("majlis")
    if program is None:
        pytest.skip("no majlis program: cargo build -p majlis")
    return program


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory, program: str) -> Path:
    """A case with the example in it."""
    path = tmp_path_factory.mktemp("case") / "iraq.case"
    subprocess.run([program, "add", path, *sorted(EXAMPLE.glob("*.json"))], check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A Spark cluster of two workers."""
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "256",
        "spark.driver.memory": "512m",
        "spark.executor.memory": "512m",
        "spark.local.dir": str(tmp_path_factory.mktemp("spark")),
    }
    builder = SparkSession.builder.master("local-cluster[2,1,512]").appName("majlis")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A Ray cluster of two nodes."""
    ray = pytest.importorskip("ray")
    pytest.importorskip("ray.data")
    from ray.cluster_utils import Cluster

    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    memory = 128 << 20
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": memory, "include_dashboard": False})
    cluster.add_node(num_cpus=1, object_store_memory=memory)
    cluster.wait_for_nodes()
    ray.init(address=cluster.address, log_to_driver=False)
    yield cluster
    ray.shutdown()
    cluster.shutdown()
