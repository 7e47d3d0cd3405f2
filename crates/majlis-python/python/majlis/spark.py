"""Readings on Spark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from majlis._days import iso

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

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
