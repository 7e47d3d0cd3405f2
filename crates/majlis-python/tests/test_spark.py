"""Readings on a Spark cluster of two workers, one of whose executors is killed in the middle of the job."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import majlis

pytestmark = pytest.mark.cluster
ROUNDS = 40


def test_the_schema_is_that_of_the_items(spark: Any) -> None:
    from pyspark.sql.pandas.types import to_arrow_schema
    from pyspark.sql.types import _parse_datatype_string

    import majlis.spark

    plain = [(f.name, str(f.type).replace("element", "item")) for f in to_arrow_schema(_parse_datatype_string(majlis.spark.COLUMNS))]
    assert plain == [(f.name, str(f.type)) for f in majlis.schema()]


def test_every_document_is_there_once_though_an_executor_is_killed(spark: Any, tmp_path: Path, reports: list[dict[str, str]]) -> None:
    import majlis.spark

    rows = [{**r, "id": f"{n}/{r['id']}"} for n in range(ROUNDS) for r in reports]
    rows[17]["text"] = "The truce holds, said the minister."
    documents = pa.Table.from_pylist(rows)
    (tmp_path / "reports").mkdir()
    for part in range(8):
        pq.write_table(documents.slice(part * len(rows) // 8, len(rows) // 8), tmp_path / "reports" / f"{part}.parquet")
    killed, doomed = str(tmp_path / "killed"), f"{2 * ROUNDS // 8}/{reports[0]['id']}"

    def dies_once(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            if doomed in batch.column("id").to_pylist() and not os.path.exists(killed):
                with open(f"/proc/{os.getpid()}/stat", encoding="ascii") as stat:
                    daemon = int(stat.read().rsplit(")", 1)[1].split()[1])
                with open(f"/proc/{daemon}/stat", encoding="ascii") as stat:
                    executor = int(stat.read().rsplit(")", 1)[1].split()[1])
                with open(killed, "w", encoding="ascii") as file:
                    file.write(str(executor))
                os.kill(executor, signal.SIGKILL)
            yield batch

    frame = spark.read.parquet(str(tmp_path / "reports")).select("id", "outlet", "published", "text").repartition(8)
    dying = frame.mapInArrow(dies_once, frame.schema)
    majlis.spark.read(dying).write.partitionBy("published").parquet(str(tmp_path / "items"))
    assert os.path.exists(killed)
    found = spark.read.parquet(str(tmp_path / "items"))
    own = [(r["document"], r["kind"]) for r in found.where("kind in ('document', 'error')").select("document", "kind").collect()]
    assert Counter(own) == Counter((r["id"], "error" if n == 17 else "document") for n, r in enumerate(rows))
    alone = majlis.read_table(documents)
    assert found.count() == alone.num_rows
    days = {folder.name.removeprefix("published=") for folder in (tmp_path / "items").glob("published=*")}
    assert days == {r["published"] for r in reports} | {"__HIVE_DEFAULT_PARTITION__"}
