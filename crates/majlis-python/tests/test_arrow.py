"""Batches and tables."""

from __future__ import annotations

import json
from typing import Any

import majlis
import pyarrow as pa
import pyarrow.compute as pc
import pytest

Rows = list[dict[str, Any]]


def table(rows: Rows) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in ("id", "outlet", "published", "text")]))


def own(items: pa.Table) -> list[tuple[str, str, str]]:
    return [(r["document"], r["kind"], r["error"]) for r in items.to_pylist() if r["kind"] in {"document", "error"}]


def test_columns_are_those_of_the_schema_and_none_is_unsigned(reports: Rows) -> None:
    items = majlis.read_table(table(reports))
    assert items.schema == majlis.schema()
    assert not any(pa.types.is_unsigned_integer(field.type) for field in items.schema)
    items.validate(full=True)


def test_spans_slice_the_text(reports: Rows) -> None:
    texts = {r["id"]: r["text"] for r in reports}
    rows = majlis.read_table(table(reports)).to_pylist()
    for row in rows:
        if row["start"] is not None and row["kind"] != "document":
            assert texts[row["document"]][row["start"] : row["end"]] == row["text"]
    assert {r["kind"] for r in rows} == {"document", "actor", "mention", "statement", "event", "time", "place", "stance"}


def test_a_row_says_what_the_reading_says(reports: Rows) -> None:
    report = reports[0]
    reading = majlis.read(report["text"], published=report["published"], outlet=report["outlet"], id=report["id"])
    rows = majlis.read_table(table([report])).to_pylist()
    statements = [r for r in rows if r["kind"] == "statement"]
    assert [(r["start"], r["text"], r["speaker"], r["named"]) for r in statements] == [
        (s.start, s.exact, s.speaker, s.named) for s in reading.statements
    ]
    assert [json.loads(r["rest"])["class"] for r in statements] == [s.class_ for s in reading.statements]
    events = [r for r in rows if r["kind"] == "event"]
    assert [(r["type"], tuple(r["source"]), tuple(r["target"]), r["when"]) for r in events] == [
        (e.type, e.source, e.target, e.when) for e in reading.events
    ]


def test_a_broken_document_is_a_row(reports: Rows) -> None:
    broken: Rows = [{"id": "none"}, {"id": "english", "text": "The truce holds, said the minister."}, {"id": "day", "published": "أمس", "text": "قال الوزير"}]
    items = majlis.read_table(table([reports[0], *broken, reports[1]]))
    assert own(items) == [
        (reports[0]["id"], "document", None),
        ("none", "error", 'no "text"'),
        ("english", "error", "the text is English: Majlis reads Arabic"),
        ("day", "error", 'unknown date "أمس": YYYY-MM-DD is expected'),
        (reports[1]["id"], "document", None),
    ]


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())])
def test_every_type_of_text_is_taken(reports: Rows, kind: pa.DataType) -> None:
    whole = table(reports)
    text = whole.column("text").combine_chunks()
    text = text.dictionary_encode() if pa.types.is_dictionary(kind) else text.cast(kind)
    other = whole.set_column(whole.schema.get_field_index("text"), "text", text)
    assert majlis.read_table(other) == majlis.read_table(whole)


def test_days_and_moments_are_days(reports: Rows) -> None:
    whole = table(reports)
    at = whole.schema.get_field_index("published")
    expected = majlis.read_table(whole)
    days = whole.column("published").cast(pa.date32())
    for published in (days, days.cast(pa.timestamp("us")), days.cast(pa.timestamp("ns"))):
        assert majlis.read_table(whole.set_column(at, "published", published)) == expected


def test_threads_and_cuts_make_no_difference(reports: Rows) -> None:
    many = table([{**r, "id": f"{n}-{r['id']}"} for n in range(20) for r in reports])
    one = majlis.read_table(many, threads=1)
    assert majlis.read_table(many, threads=3) == one
    assert pa.Table.from_batches(majlis.read_batches(many.to_batches(max_chunksize=7))) == one
    assert one.filter(pc.field("kind") == "document").num_rows == many.num_rows


def test_nothing_is_nothing() -> None:
    empty = table([])
    assert majlis.read_table(empty).num_rows == 0
    assert majlis.read_batch(pa.RecordBatch.from_pylist([], schema=empty.schema)).schema == majlis.schema()


@pytest.mark.parametrize("rows", [[], [{"body": "قال"}]])
def test_a_table_without_a_text_is_refused(rows: Rows) -> None:
    with pytest.raises(ValueError, match='no column "text": the columns are body'):
        majlis.read_table(pa.Table.from_pylist(rows, schema=pa.schema([("body", pa.string())])))


def test_a_table_whose_text_is_no_text_is_refused() -> None:
    with pytest.raises(ValueError, match='column "text" holds Int64'):
        majlis.read_table(pa.table({"text": [1]}))
    with pytest.raises(ValueError, match="unknown date"):
        majlis.read_table(pa.table({"text": ["قال"]}), published="soon")
    with pytest.raises((TypeError, ValueError)):
        majlis.read_batch([{"text": "قال"}])
