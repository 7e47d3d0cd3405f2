"""Documents in, items out, as Arrow.

Columns in: ``text``, and if they are there ``id``, ``outlet``, ``published`` (text, date or timestamp), ``title``, ``url`` and
``language``; all others are passed over. Columns out: :func:`schema`, described in docs/batch.md; a row for each thing found. A document
that cannot be read becomes one row with its ``error``, so every document has exactly one row of the kind ``document`` or ``error``.

Batches and tables of any library that speaks Arrow's C data interface are taken (pyarrow, polars, DuckDB …), and nothing is copied on
the way; pyarrow comes back. The interpreter's lock is free while it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pyarrow as pa

from majlis import _native
from majlis._days import iso

_SHARE = 64
"""Documents read at a time."""


def schema() -> pa.Schema:
    """The columns of items. No column is unsigned."""
    return _native.schema()


def read_batch(batch: Any, *, published: date | str | None = None, outlet: str | None = None) -> pa.RecordBatch:
    """Reads the documents of a batch on one thread; ``published`` and ``outlet`` stand in for what a document does not say.

    Raises ValueError where there is no column ``text``, one of those it reads is of another type, or the items come to more than 1 GiB.
    """
    return _native.read_batch(batch, published=iso(published), outlet=outlet)


def read_batches(batches: Iterable[Any], *, published: date | str | None = None, outlet: str | None = None) -> Iterator[pa.RecordBatch]:
    """Reads batch after batch, and holds the items of no more than 64 documents."""
    for batch in batches:
        whole = pa.record_batch(batch)
        for first in range(0, max(whole.num_rows, 1), _SHARE):
            yield read_batch(whole.slice(first, _SHARE), published=published, outlet=outlet)


def read_table(table: Any, *, published: date | str | None = None, outlet: str | None = None, threads: int = 0) -> pa.Table:
    """Reads the documents of a table on so many threads, 0 for one a processor; the rows keep the order of the documents.

    Raises ValueError as :func:`read_batch` does.
    """
    return _native.read_table(table, published=iso(published), outlet=outlet, threads=threads)
