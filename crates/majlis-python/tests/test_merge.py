"""Merging by keys comes to what one case comes to."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import majlis
from majlis import merge

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "arabic-news-2015.jsonl.gz"
DOCUMENTS = int(os.environ.get("MAJLIS_MERGE_DOCUMENTS", "200"))
"""Documents of the corpus that are merged both ways."""

COPIED = (
    "اتفق ممثلو الكتل النيابية في بغداد يوم الثلاثاء على عقد جلسة استثنائية للبرلمان الأسبوع المقبل للتصويت على قانون الموازنة، "
    "وقال النائب سالم جواد العبيدي إن الخلاف على حصة المحافظات قد انتهى بعد مفاوضات دامت ثلاثة أيام في العاصمة."
)
OWN = [
    {"id": "x1", "outlet": "أ", "published": "2021-03-18", "text": COPIED},
    {"id": "x2", "outlet": "ب", "published": "2021-03-19", "text": "بغداد: " + COPIED},
    {"id": "x3", "outlet": "ج", "published": "2021-03-20", "text": "أعلن النائب سالم جواد العبيدي أمس أنه يرفض تأجيل الجلسة."},
    {"id": "x4", "outlet": "ج", "published": "2021-03-20", "text": "قتل ثلاثة جنود عراقيين في هجوم شنه تنظيم داعش على نقطة تفتيش في كركوك أمس."},
    {"id": "x5", "outlet": "د", "published": "2021-03-20", "text": "هاجم تنظيم داعش أمس نقطة للجيش في كركوك وقتل أربعة من عناصرها."},
]


def in_a_case(program: str, documents: list[dict[str, Any]], folder: Path) -> sqlite3.Connection:
    lines = folder / "documents.jsonl"
    lines.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents), encoding="utf-8")
    subprocess.run([program, "add", folder / "one.case", lines], check=True, capture_output=True)
    return sqlite3.connect(folder / "one.case")


def by_keys(documents: list[dict[str, Any]], buckets: int) -> tuple[pa.Table, pa.Table, pa.Table]:
    table = pa.Table.from_pylist(documents)
    items, here = majlis.read_table(table), merge.Here()
    merges = merge.actors(here, items, buckets)
    return merge.stories(here, table, buckets), merges, merge.happenings(here, items, merges, buckets)


def check(case: sqlite3.Connection, found: tuple[pa.Table, pa.Table, pa.Table]) -> dict[str, int]:
    stories, merges, happenings = found
    copies = "SELECT d.name, s.name, round(c.similarity, 9) FROM copy c JOIN document d ON d.id = c.document JOIN document s ON s.id = c.story"
    own = [(r["document"], r["story"], round(r["similarity"], 9)) for r in stories.to_pylist()]
    assert sorted(own) == sorted(case.execute(copies))

    decided = "SELECT a.code, i.code, NOT d.work_needed, round(d.confidence, 9) FROM decision d JOIN actor a ON a.id = d.subject JOIN actor i ON i.id = json_extract(d.detail, '$.into')"
    same = [(r["actor"].split(" ")[0], r["into"].split(" ")[0], int(r["same"]), round(r["confidence"], 9)) for r in merges.to_pylist()]
    assert sorted(same) == sorted(case.execute(decided))

    events = """SELECT c.event, d.name, (SELECT count(*) FROM event o WHERE o.reading = e.reading AND o.id < e.id), c.cluster, round(c.similarity, 9)
        FROM cluster_event c JOIN event e ON e.id = c.event JOIN reading r ON r.id = e.reading JOIN document d ON d.id = r.document ORDER BY c.event"""
    first: dict[int, tuple[str, int]] = {}
    expected = []
    for _, document, number, cluster, similarity in case.execute(events):
        expected.append((document, number, *first.setdefault(cluster, (document, number)), similarity))
    reports = [(r["document"], r["number"], r["first_document"], r["first_number"], round(r["similarity"], 9)) for r in happenings.to_pylist()]
    assert sorted(reports) == sorted(expected)
    shared = sum((r[0], r[1]) != (r[2], r[3]) for r in reports)
    return {"copies": len(own), "merges": sum(s[2] for s in same), "asked": sum(not s[2] for s in same), "events": len(reports), "shared": shared}


@pytest.fixture(scope="module")
def documents(reports: list[dict[str, str]]) -> list[dict[str, Any]]:
    return sorted([*reports, *OWN], key=lambda d: d["id"])


@pytest.mark.parametrize("buckets", [1, 7, 64])
def test_a_collection_is_merged_as_a_case_is(documents: list[dict[str, Any]], program: str, tmp_path: Path, buckets: int) -> None:
    counts = check(in_a_case(program, documents, tmp_path), by_keys(documents, buckets))
    assert counts["copies"] and counts["events"] > counts["shared"] > 0, counts


def test_the_corpus_is_merged_as_a_case_is(program: str, tmp_path: Path) -> None:
    if not CORPUS.exists():
        pytest.skip("the corpus is not beside the repository")
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line, _ in zip(lines, range(DOCUMENTS), strict=False)]
    named = [{**{k: a.get(k) for k in ("outlet", "published", "title", "text")}, "id": f"{n:06}"} for n, a in enumerate(articles)]
    counts = check(in_a_case(program, named, tmp_path), by_keys(named, merge.BUCKETS))
    print(counts)


def test_nothing_is_merged_of_nothing() -> None:
    here = merge.Here()
    items = majlis.schema().empty_table()
    documents = pa.table({"id": pa.array([], pa.string()), "text": pa.array([], pa.string())})
    merges = merge.actors(here, items)
    assert merge.stories(here, documents).schema == merge.STORIES
    assert (merges.num_rows, merge.happenings(here, items, merges).num_rows) == (0, 0)


def test_an_unknown_step_and_wrong_columns_are_refused() -> None:
    table = pa.table({"id": ["a"], "text": [1]})
    with pytest.raises(ValueError, match="no step"):
        merge.step("nothing")(table)
    with pytest.raises(ValueError, match="column \"text\" is Int64, not a string"):
        merge.step("bands")(table)


def ordered(table: pa.Table) -> list[dict[str, Any]]:
    return sorted(table.to_pylist(), key=str)


@pytest.mark.cluster
def test_spark_comes_to_the_same(documents: list[dict[str, Any]]) -> None:
    pytest.importorskip("pyspark")
    import majlis.spark
    from pyspark.sql import SparkSession

    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.driver.memory": "512m"}
    builder = SparkSession.builder.master("local-cluster[2,1,512]").appName("merge")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        frame = session.createDataFrame(pa.Table.from_pylist(documents).select(["id", "outlet", "published", "text"])).repartition(3)
        items = majlis.spark.read(frame).persist()
        merges = majlis.spark.actors(items, buckets=5).persist()
        found = (majlis.spark.stories(frame, buckets=5), merges, majlis.spark.happenings(items, merges, buckets=5))
        tables = [frame.toArrow() for frame in found]
    finally:
        session.stop()
    assert [ordered(t) for t in tables] == [ordered(t) for t in by_keys(documents, 5)]


@pytest.fixture
def ray() -> Iterator[Any]:
    ray = pytest.importorskip("ray")
    pytest.importorskip("ray.data")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=128 << 20)
    yield ray
    ray.shutdown()


@pytest.mark.cluster
def test_ray_comes_to_the_same(ray: Any, documents: list[dict[str, Any]]) -> None:
    import majlis.ray

    dataset = ray.data.from_arrow(pa.Table.from_pylist(documents).select(["id", "outlet", "published", "text"])).repartition(3)
    items = majlis.ray.read(dataset).materialize()
    merges = majlis.ray.actors(items, buckets=5).materialize()
    found = (majlis.ray.stories(dataset, buckets=5), merges, majlis.ray.happenings(items, merges, buckets=5))
    tables = [pa.concat_tables(ray.get(data.to_arrow_refs())) for data in found]
    assert [ordered(t) for t in tables] == [ordered(t) for t in by_keys(documents, 5)]
