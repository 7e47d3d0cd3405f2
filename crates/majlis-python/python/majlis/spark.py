"""Readings on Spark, and merging them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from majlis import merge
from majlis._days import iso

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

COLUMNS = (
    "document string, outlet string, published date, kind string, number int, start int, end int, text string, actor string, name string, "
    "speaker string, named boolean, type string, mode string, status string, source array<string>, target array<string>, `when` string, "
    "date_first date, date_last date, place string, country string, lat float, lon float, confidence float, why string, rest string, error string"
)
"""The schema of items (``majlis.schema()``) in Spark's words."""


def read(df: DataFrame, *, published: date | str | None = None, outlet: str | None = None) -> DataFrame:
    """Reads the documents of a data frame: a row for each thing found, by the columns of ``majlis.schema()``.

    The columns taken are those of :mod:`majlis.arrow`. Lexicon and models are loaded once a Python worker. Nothing is read before the
    result is asked for; a task that is lost is done again by Spark, and gives the same rows.
    """
    day = iso(published)

    def items(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from majlis import read_batches

        yield from read_batches(batches, published=day, outlet=outlet)

    return df.mapInArrow(items, COLUMNS)


class Engine:
    """Spark, as :mod:`majlis.merge` runs its steps."""

    def __init__(self, session: SparkSession) -> None:
        self.session = session

    def map(self, data: DataFrame, run: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> DataFrame:
        """Runs a function on batch after batch."""

        def batches(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for part in parts:
                yield from run(pa.Table.from_batches([part])).to_batches()

        return data.mapInArrow(batches, _columns(schema))

    def group(self, data: DataFrame, run: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> DataFrame:
        """Runs a function on all rows of a bucket."""
        return data.groupBy("bucket").applyInArrow(run, _columns(schema))

    def union(self, one: DataFrame, other: DataFrame) -> DataFrame:
        """The rows of both."""
        return one.unionByName(other)

    def keep(self, data: DataFrame) -> DataFrame:
        """The same, kept where it was worked out."""
        return data.persist()

    def collect(self, data: DataFrame) -> pa.Table:
        """All rows, in the driver."""
        table: pa.Table = data.toArrow()
        return table

    def spread(self, table: pa.Table) -> DataFrame:
        """A table of the driver."""
        return self.session.createDataFrame(table)


def stories(documents: DataFrame, *, buckets: int = merge.BUCKETS) -> DataFrame:
    """Copies among documents: :func:`majlis.merge.stories`. Spark 4."""
    return merge.stories(Engine(documents.sparkSession), documents, buckets)


def actors(items: DataFrame, *, buckets: int = merge.BUCKETS) -> DataFrame:
    """Actors that are one, or may be, among items: :func:`majlis.merge.actors`. Spark 4."""
    return merge.actors(Engine(items.sparkSession), items, buckets)


def happenings(items: DataFrame, merges: DataFrame, *, buckets: int = merge.BUCKETS) -> DataFrame:
    """Which events are reports of one happening: :func:`majlis.merge.happenings`. Spark 4."""
    return merge.happenings(Engine(items.sparkSession), items, merges, buckets)


def _columns(schema: pa.Schema) -> str:
    words = {pa.string(): "string", pa.int32(): "int", pa.float64(): "double", pa.bool_(): "boolean"}
    return ", ".join(f"{field.name} {words[field.type]}" for field in schema)
