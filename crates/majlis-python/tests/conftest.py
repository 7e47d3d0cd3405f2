"""Documents for the tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

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
