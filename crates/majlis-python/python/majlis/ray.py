"""Readings on Ray."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from majlis._days import iso

if TYPE_CHECKING:
    from ray.data import Dataset

DOCUMENTS = 256
"""Documents that a task reads at a time."""


def read(ds: Dataset, *, published: date | str | None = None, outlet: str | None = None) -> Dataset:
    """Reads the documents of a dataset: a row for each thing found, by the columns of ``majlis.schema()``.

    The columns taken are those of :mod:`majlis.arrow`. Lexicon and models are loaded once a worker process. Nothing is read before the
    result is asked for; a task that is lost is done again by Ray, and gives the same rows.
    """
    day = iso(published)

    def items(table: pa.Table) -> pa.Table:
        from majlis import read_table

        return read_table(table, published=day, outlet=outlet, threads=1)

    return ds.map_batches(items, batch_size=DOCUMENTS, batch_format="pyarrow", zero_copy_batch=True)
