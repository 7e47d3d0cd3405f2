"""What is found in one text."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from majlis import _native
from majlis._days import iso


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Something that stands in the text. ``text[item.span] == item.exact``."""

    start: int
    """First code point."""
    end: int
    """One past the last."""
    exact: str
    """The words."""
    confidence: float
    """0–1."""
    why: str
    """The rule and the cue that found it."""

    @property
    def span(self) -> slice:
        """Slices the text that was read."""
        return slice(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(_Found):
    """A stretch of text that names an actor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody the text speaks of."""

    id: str
    """Of the lexicon, or made of the name."""
    name: str
    """In Arabic."""
    name_en: str
    """In English; romanised where no other is known."""
    kind: str
    """person, party, armed_group, government, state, igo, media or group."""
    sector: str
    """PLOVER sector, empty when unknown."""
    country: str
    """ISO 3166-1 alpha-2, empty when unknown."""
    known: bool
    """Whether the lexicon has it."""
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(_Found):
    """Words credited to a source."""

    kind: str
    """direct or indirect."""
    paragraph: int
    """Line of the text, from 0."""
    speaker: str | None
    """Actor id of a named source."""
    speaker_start: int | None
    speaker_end: int | None
    named: bool
    """Whether the source can be identified."""
    described: str | None
    """What the text says of an unnamed source."""
    source_class: str
    """Kind of unnamed source; empty for a named one."""
    side: str | None
    """Actor id of the side that an unnamed source is said to be on."""
    told_to: str | None
    """Actor id of the outlet that it was said to."""
    class_: str
    """What the verb does."""
    inside: int | None
    """Index of the statement that it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(_Found):
    """A PLOVER event."""

    type: str
    mode: str
    paragraph: int
    """Line of the text, from 0."""
    source: tuple[str, ...]
    """Actor ids of who acts."""
    target: tuple[str, ...]
    """Actor ids of who is acted on."""
    when: str | None
    """EDTF, None where the text leaves it open."""
    where: str | None
    """Name of the place in English."""
    country: str | None
    """ISO 3166-1 alpha-2 of the place."""
    position: tuple[float, float] | None
    """Latitude and longitude, degrees."""
    status: str
    """happened, ongoing, planned, threatened, demanded or denied."""
    statement: int | None
    """Index of the statement that reports it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(_Found):
    """A time expression."""

    value: str | None
    """EDTF, None where it cannot be resolved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(_Found):
    """A place."""

    name: str
    """In English."""
    country: str
    """ISO 3166-1 alpha-2."""
    position: tuple[float, float] | None
    """Latitude and longitude, degrees."""
    precision: str
    """What the position is of: city, governorate, country …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance(_Found):
    """What an actor wants. ``exact`` is the issue in the text's words."""

    actor: str
    """Actor id."""
    side: str
    """for, against or conditional."""
    condition: str | None
    """In the text's words."""
    event: int | None
    """Index of the event that it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was found in a text. Offsets count its code points, as indices of a Python string do."""

    text: str
    id: str
    outlet: str | None
    published: date | None
    """The day that times were counted from."""
    published_inferred: str | None
    """The rule that found that day in the text, where it was not given."""
    language: str
    """BCP 47."""
    actors: tuple[Actor, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    stances: tuple[Stance, ...]

    def actor(self, id: str) -> Actor:
        """The actor of an id.

        Raises KeyError where there is none.
        """
        for actor in self.actors:
            if actor.id == id:
                return actor
        raise KeyError(id)


def read(text: str, *, published: date | str | None = None, outlet: str | None = None, id: str | None = None) -> Reading:
    """Reads one text.

    ``published`` is the day from which "yesterday" is counted; without it times stay open, unless the text itself tells the day.
    Without ``id`` the reading is named after the SHA-256 of the text. The interpreter's lock is free while it reads.

    Raises ValueError for an empty text, another language than Arabic, or a day that is none.
    """
    record = _native.read(text, id=id, published=iso(published), outlet=outlet)
    day = record["published"]
    actors = tuple(_made(Actor, {**a, "mentions": _all(Mention, a["mentions"])}) for a in record["actors"])
    return Reading(
        text=text,
        id=record["id"],
        outlet=record.get("outlet"),
        published=date.fromisoformat(day) if day else None,
        published_inferred=record.get("published_inferred"),
        language=record["language"],
        actors=actors,
        statements=_all(Statement, [{"source_class": "", **s, "class_": s["class"]} for s in record["statements"]]),
        events=_all(Event, [{**e, "source": tuple(e["source"]), "target": tuple(e["target"])} for e in record["events"]]),
        times=_all(Time, record["times"]),
        places=_all(Place, record["places"]),
        stances=_all(Stance, [{**s, "exact": s["issue"]} for s in record["stances"]]),
    )


_T = TypeVar("_T")


def _all(kind: type[_T], records: list[dict[str, Any]]) -> tuple[_T, ...]:
    return tuple(_made(kind, record) for record in records)


def _made(kind: type[_T], record: dict[str, Any]) -> _T:
    return kind(**{field.name: record.get(field.name) for field in fields(kind)})  # type: ignore[arg-type]
