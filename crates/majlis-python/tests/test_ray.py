"""Readings on a Ray cluster of two nodes, one of whose workers is killed in the middle of the job."""

from __future__ import annotations

import os
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import majlis

ray = pytest.importorskip("ray")
pytest.importorskip("ray.data")

pytestmark = pytest.mark.cluster
ROUNDS = 40


def ordered(items: pa.Table) -> pa.Table:
    return items.sort_by([("document", "ascending"), ("kind", "ascending"), ("number", "ascending")])


def test_every_document_is_there_once_though_a_worker_is_killed(cluster: Any, tmp_path: Path, reports: list[dict[str, str]]) -> None:
    import majlis.ray

    assert sum(node["Alive"] for node in ray.nodes()) == 2
    rows = [{**r, "id": f"{n}/{r['id']}"} for n in range(ROUNDS) for r in reports]
    rows[17]["text"] = "The truce holds, said the minister."
    documents = pa.Table.from_pylist(rows)
    for part in range(8):
        pq.write_table(documents.slice(part * len(rows) // 8, len(rows) // 8), tmp_path / f"{part}.parquet")
    killed = tmp_path / "killed"

    def dies_once(table: pa.Table) -> pa.Table:
        # The third block brings the worker down that reads it, the first time.
        if f"{2 * ROUNDS // 8}/{reports[0]['id']}" in table.column("id").to_pylist() and not killed.exists():
            killed.write_text(str(os.getpid()))
            os.kill(os.getpid(), signal.SIGKILL)
        return table

    dataset = ray.data.read_parquet([str(tmp_path / f"{part}.parquet") for part in range(8)])
    dying = dataset.map_batches(dies_once, batch_format="pyarrow")
    items = pa.concat_tables(ray.get(majlis.ray.read(dying).to_arrow_refs()), promote_options="default")
    assert killed.exists()
    own = [(r["document"], r["kind"]) for r in items.select(["document", "kind"]).to_pylist() if r["kind"] in {"document", "error"}]
    assert Counter(own) == Counter((r["id"], "error" if n == 17 else "document") for n, r in enumerate(rows))
    alone = majlis.read_table(documents)
    assert ordered(items.select(alone.column_names).cast(alone.schema)) == ordered(alone)


def test_items_are_written_by_day(cluster: Any, tmp_path: Path, reports: list[dict[str, str]]) -> None:
    import majlis.ray

    majlis.ray.read(ray.data.from_arrow(pa.Table.from_pylist(reports))).write_parquet(str(tmp_path / "items"), partition_cols=["published"])
    days = {folder.name.removeprefix("published=") for folder in (tmp_path / "items").iterdir()}
    assert days == {r["published"] for r in reports}
