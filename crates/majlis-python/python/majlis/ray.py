"""Readings on Ray, and merging them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from majlis import merge
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


class Engine:
    """Ray, as :mod:`majlis.merge` runs its steps."""

    def map(self, data: Dataset, run: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Dataset:
        """Runs a function on block after block."""
        return data.map_batches(_whole(run, schema), batch_size=None, batch_format="pyarrow", zero_copy_batch=True)

    def group(self, data: Dataset, run: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Dataset:
        """Runs a function on all rows of a bucket."""
        return data.groupby("bucket").map_groups(_whole(run, schema), batch_format="pyarrow")

    def union(self, one: Dataset, other: Dataset) -> Dataset:
        """The rows of both."""
        return one.union(other)

    def keep(self, data: Dataset) -> Dataset:
        """The same, worked out."""
        return data.materialize()

    def collect(self, data: Dataset) -> pa.Table:
        """All rows, in the driver."""
        import ray

        tables = [table for table in ray.get(data.to_arrow_refs()) if table.num_rows]
        return pa.concat_tables([table.cast(merge.EXCHANGE) for table in tables]) if tables else merge.EXCHANGE.empty_table()

    def spread(self, table: pa.Table) -> Dataset:
        """A table of the driver."""
        import ray

        return ray.data.from_arrow(table)


def stories(documents: Dataset, *, buckets: int = merge.BUCKETS) -> Dataset:
    """Copies among documents: :func:`majlis.merge.stories`."""
    return merge.stories(Engine(), documents, buckets)


def actors(items: Dataset, *, buckets: int = merge.BUCKETS) -> Dataset:
    """Actors that are one, or may be, among items: :func:`majlis.merge.actors`."""
    return merge.actors(Engine(), items, buckets)


def happenings(items: Dataset, merges: Dataset, *, buckets: int = merge.BUCKETS) -> Dataset:
    """Which events are reports of one happening: :func:`majlis.merge.happenings`."""
    return merge.happenings(Engine(), items, merges, buckets)


def _whole(run: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Callable[[pa.Table], pa.Table]:
    return lambda table: run(table).cast(schema) if table.num_rows else schema.empty_table()
