"""Copies, actors and happenings, merged over a whole collection by an engine: what ``majlis add`` does in one case, by keys.

Each function here takes an :class:`Engine`; :mod:`majlis.spark` and :mod:`majlis.ray` have their own, :class:`Here` runs in this process.
Documents count in the order of their ids: of those that carry one text the first is the story. A case to which the same documents were
added in that order comes to the same.

Only the links between names go through one machine, two ids a row: those of documents that share a band of their MinHash, and of actors
that share a key. Everything else is exchanged by key.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

import pyarrow as pa

from majlis import _native

BUCKETS = 64
"""Groups that an exchange makes."""

EXCHANGE = _native.exchange()
"""The columns between steps: ``bucket``, by which rows are brought together, and ``value``, JSON."""


def _columns(**columns: pa.DataType) -> pa.Schema:
    return pa.schema(columns)


STORIES = _columns(document=pa.string(), story=pa.string(), similarity=pa.float64())
"""A document that carries largely the text of an earlier one, and the share of the shorter text that both hold, 0-1."""

MERGES = _columns(actor=pa.string(), into=pa.string(), same=pa.bool_(), confidence=pa.float64(), why=pa.string())
"""An actor that is another (``same``) or may be. An actor is named by its code and the figures in its name; the lexicon's by their code."""

HAPPENINGS = _columns(document=pa.string(), number=pa.int32(), first_document=pa.string(), first_number=pa.int32(), similarity=pa.float64())
"""An event (its document and its number there), the first report of what it reports, and how like it is to another report of it, 0-1."""

Data = TypeVar("Data")


class Engine(Protocol[Data]):
    """What an engine does with data of its own kind. A function takes a table and gives one by the schema."""

    def map(self, data: Data, run: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Data:
        """Runs a function on every part of the data, wherever it is cut."""

    def group(self, data: Data, run: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Data:
        """Runs a function on all rows of a ``bucket`` together."""

    def union(self, one: Data, other: Data) -> Data:
        """The rows of both."""

    def keep(self, data: Data) -> Data:
        """The same, worked out once though it is used twice."""

    def collect(self, data: Data) -> pa.Table:
        """All rows, on this machine."""

    def spread(self, table: pa.Table) -> Data:
        """A table, for the engine to work on."""


class Here:
    """An engine that is this process."""

    def map(self, data: pa.Table, run: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> pa.Table:
        """Runs the function once."""
        return run(data).cast(schema)

    def group(self, data: pa.Table, run: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> pa.Table:
        """Runs the function bucket by bucket."""
        ordered = data.sort_by("bucket")
        buckets = ordered.column("bucket").to_pylist()
        starts = [n for n, bucket in enumerate(buckets) if n == 0 or bucket != buckets[n - 1]]
        if not starts:
            return schema.empty_table()
        ends = [*starts[1:], len(buckets)]
        return pa.concat_tables([run(ordered.slice(start, end - start)).cast(schema) for start, end in zip(starts, ends, strict=True)])

    def union(self, one: pa.Table, other: pa.Table) -> pa.Table:
        """Both tables, one after the other."""
        return pa.concat_tables([one, other])

    def keep(self, data: pa.Table) -> pa.Table:
        """The table."""
        return data

    def collect(self, data: pa.Table) -> pa.Table:
        """The table."""
        return data

    def spread(self, table: pa.Table) -> pa.Table:
        """The table."""
        return table


class _Merging(Generic[Data]):
    def __init__(self, engine: Engine[Data], buckets: int) -> None:
        self.engine = engine
        self.buckets = buckets

    def map(self, data: Data, name: str) -> Data:
        return self.engine.map(data, step(name, self.buckets), EXCHANGE)

    def group(self, data: Data, name: str, schema: pa.Schema = EXCHANGE) -> Data:
        return self.engine.group(data, step(name, self.buckets), schema)

    def met(self, keyed: Data, named: Data) -> Data:
        """The named rows that share keys, however many steps apart, in one bucket."""
        links = self.engine.collect(self.group(keyed, "links"))
        labels = step("labels", self.buckets)(links)
        return self.group(self.engine.union(named, self.engine.spread(labels)), "meet")


def step(name: str, buckets: int = BUCKETS) -> Callable[[pa.Table], pa.Table]:
    """A step of a merge as a function from table to table, to be sent to workers.

    It raises ValueError where the rows that it is given together are more than a batch can hold, 2 GiB: then use more buckets.
    """

    def run(table: pa.Table) -> pa.Table:
        from majlis import _native

        batches = table.combine_chunks().to_batches() or [pa.RecordBatch.from_pylist([], schema=table.schema)]
        if len(batches) > 1:
            raise ValueError(f"{table.nbytes} bytes come together in step {name!r}: use more than {buckets} buckets")
        return pa.Table.from_batches([_native.merge(name, batches[0], buckets)])

    return run


def stories(engine: Engine[Data], documents: Data, buckets: int = BUCKETS) -> Data:
    """Copies among documents, of which the columns ``id`` and ``text`` are read: rows by :data:`STORIES`."""
    merging = _Merging(engine, buckets)
    met = merging.met(merging.map(documents, "bands"), merging.map(documents, "texts"))
    return merging.group(met, "stories", STORIES)


def actors(engine: Engine[Data], items: Data, buckets: int = BUCKETS) -> Data:
    """Actors that are one, or may be, among items: rows by :data:`MERGES`."""
    merging = _Merging(engine, buckets)
    appearances = merging.group(merging.map(items, "by_document"), "companies")
    gathered = engine.keep(merging.group(appearances, "gather"))
    met = merging.met(merging.map(gathered, "keys"), gathered)
    return merging.group(met, "merges", MERGES)


def happenings(engine: Engine[Data], items: Data, merges: Data, buckets: int = BUCKETS) -> Data:
    """Which events among items are reports of one happening, their parties merged as :func:`actors` says: rows by :data:`HAPPENINGS`.

    An event without a day, or without both place and parties, is left out, and so is one that is denied.
    """
    merging = _Merging(engine, buckets)
    named = engine.union(merging.map(items, "by_actor"), merging.map(merges, "roots"))
    parties = merging.group(named, "parties")
    joined = merging.group(engine.union(parties, merging.map(items, "events")), "join")
    return merging.group(joined, "happenings", HAPPENINGS)


