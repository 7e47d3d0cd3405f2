"""A case, opened to be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Any, TypedDict

from majlis import _native
from majlis._days import iso

if TYPE_CHECKING:
    from typing_extensions import Unpack

Row = Mapping[str, Any]
"""A row, with the fields that ``majlis ledger`` and its like print as JSON Lines."""


class Filter(TypedDict, total=False):
    """What to list. Whatever is given must hold; what a list has no use for is refused."""

    actor: int
    """This actor or one merged into it."""
    named: bool
    """Whether the source can be identified."""
    outlet: str
    first: date | str
    """First day: of the event in the list of events, else of publication."""
    last: date | str
    """Last day, likewise."""
    type: str
    """PLOVER type of event."""
    status: str
    """happened, ongoing, planned, threatened, demanded or denied."""
    place: str
    """A place's name, or a country's code (ISO 3166-1 alpha-2)."""
    document: int
    offset: int
    """Rows passed over."""
    limit: int
    """Rows given at most."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A stretch of a list."""

    total: int
    """Number of rows that the filter lets through."""
    rows: tuple[Row, ...]
    """Those that were asked for."""

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class Case:
    """A case file. Nothing in it can be changed from here.

    Every list takes the keywords of :class:`Filter`. Threads may share it, and take turns.
    """

    __slots__ = ("_native",)

    def __init__(self, path: str | PathLike[str]) -> None:
        """Opens a case.

        Raises FileNotFoundError, or OSError where it is no case, damaged, or of another version.
        """
        self._native = _native.Case(path)

    def statements(self, **filter: Unpack[Filter]) -> Listed:
        """The ledger: who says what, named or unnamed."""
        return _listed(self._native.statements(_wanted(filter)))

    ledger = statements

    def events(self, **filter: Unpack[Filter]) -> Listed:
        """Events by date."""
        return _listed(self._native.events(_wanted(filter)))

    def actors(self, **filter: Unpack[Filter]) -> Listed:
        """Actors, the most mentioned first."""
        return _listed(self._native.actors(_wanted(filter)))

    def claims(self, **filter: Unpack[Filter]) -> Listed:
        """What several reports say of one thing, the contested first."""
        return _listed(self._native.claims(_wanted(filter)))

    def stances(self, **filter: Unpack[Filter]) -> Listed:
        """Who is for or against what."""
        return _listed(self._native.stances(_wanted(filter)))

    def documents(self, **filter: Unpack[Filter]) -> Listed:
        """Documents by date."""
        return _listed(self._native.documents(_wanted(filter)))

    def search(self, query: str, **filter: Unpack[Filter]) -> Listed:
        """Documents that hold the words, the best first. ``"two words"`` follow one another, ``word*`` begins a word, ``-word`` must not
        occur, ``OR`` stands between alternatives. Spelling variants, article and attached particles make no difference."""
        return _listed(self._native.search(query, _wanted(filter)))

    def document(self, id: int) -> Row:
        """One document: its text and all that was found in it.

        Raises ValueError where there is none of this number.
        """
        return self._native.document(id)

    def find_actor(self, name: str) -> tuple[Row, ...]:
        """The actors that a number, a code or a name may mean, the most mentioned first.

        Raises ValueError where nobody is meant.
        """
        return tuple(self._native.find_actor(name))


_FIELDS = ("actor", "named", "outlet", "first", "last", "type", "status", "place", "document", "limit")


def _wanted(filter: Filter) -> dict[str, Any]:
    unknown = set(filter) - {*_FIELDS, "offset"}
    if unknown:
        raise TypeError(f"there is no filter called {', '.join(sorted(unknown))}")
    days = {name: iso(filter.get(name)) for name in ("first", "last")}  # type: ignore[arg-type]
    return {"offset": 0, **dict.fromkeys(_FIELDS), **filter, **days}


def _listed(listed: dict[str, Any]) -> Listed:
    return Listed(listed["total"], tuple(listed["rows"]))
