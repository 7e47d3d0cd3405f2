"""The models of a standoff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from majlis import _native

Floats = NDArray[np.float64]

MODELS: tuple[str, ...] = tuple(_native.models())
"""The names of the bargaining models."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """Where an issue ends, on its scale of 0–100."""

    issue: str
    standing: Floats
    """The state of things at the end of each play, upwards; shape (plays,)."""
    bargaining: Floats
    """Where the bargaining stands at the end of each play, upwards; shape (plays,)."""
    course: Floats
    """The 5, 50 and 95 % quantiles of the state of things after each step; shape (steps, 3)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome and how often it comes about."""

    question: dict[str, Any]
    """What comes about, and of what."""
    probability: float
    """Share of plays, 0–1."""
    interval: tuple[float, float]
    """95 % interval of that share, for the number of plays alone."""


@dataclass(frozen=True, slots=True)
class Played:
    """What many plays came to."""

    plays: int
    steps: int
    step_days: int
    """Days of a step."""
    settlements: tuple[Settlement, ...]
    outcomes: tuple[Outcome, ...]
    raw: dict[str, Any]
    """All of it, as ``majlis play --format json`` prints it under ``played``."""

    def settlement(self, issue: str) -> Settlement:
        """Where an issue ends.

        Raises KeyError where there is none of this id.
        """
        for settlement in self.settlements:
            if settlement.issue == issue:
                return settlement
        raise KeyError(issue)


class Standoff:
    """The models' input: who wants what, who can do what, what will be decided when (docs/standoff.md).

    It is never changed; :meth:`set` gives another one. Positions, salience and influence run from 0 to 100.
    """

    __slots__ = ("_native",)

    def __init__(self, native: _native.Standoff) -> None:
        self._native = native

    @classmethod
    def read(cls, path: str | PathLike[str], *, rules: str | PathLike[str] | None = None) -> Standoff:
        """Reads a file: a table where its name ends in csv or tsv, else TOML. ``rules`` is a TOML file of the play's rules.

        Raises ValueError that names file, line and key; OSError where a file cannot be read.
        """
        path = Path(path)
        text = path.read_text(encoding="utf-8")
        if path.suffix.lower() in {".csv", ".tsv"}:
            return cls(_native.Standoff.of_table(text, name=path.stem))
        return cls.parse(text, name=str(path), rules=None if rules is None else Path(rules).read_text(encoding="utf-8"))

    @classmethod
    def parse(cls, text: str, *, name: str = "standoff", rules: str | None = None) -> Standoff:
        """Reads the text of a TOML file, which errors call ``name``."""
        return cls(_native.Standoff.parse(text, name=name, rules=rules))

    def to_dict(self) -> dict[str, Any]:
        """All of it, as its file has it."""
        return self._native.to_dict()

    @property
    def inputs(self) -> dict[str, tuple[float, float, float]]:
        """Every number of the standoff and of the rules by its name: low, mode, high."""
        return {path: (low, mode, high) for path, low, mode, high in self._native.inputs()}

    def set(self, name: str, value: float | tuple[float, float, float]) -> Standoff:
        """The same standoff with one number changed, to a point or to (low, mode, high).

        Raises ValueError where there is no such number, or it cannot be so.
        """
        low, mode, high = value if isinstance(value, tuple) else (value, value, value)
        return Standoff(self._native.with_input(name, low, mode, high))

    def bargain(self, issue: str, model: str = "mean", *, draws: int = 1000, seed: int = 1) -> Floats:
        """Where an issue settles by one of :data:`MODELS`, for numbers drawn from their ranges, upwards; shape (draws,).

        Raises ValueError where there is no such issue or model, or nobody has a stand on the issue.
        """
        return self._native.bargain(issue, model, draws, seed)

    def run(self, *, draws: int = 1000, seed: int = 1) -> dict[str, Any]:
        """Every model that has its inputs, as ``majlis play --format json`` prints it. The same seed gives the same result."""
        return self._native.run(draws, seed)


def play(standoff: Standoff, *, plays: int = 1000, seed: int = 1) -> Played:
    """Plays a standoff; the same seed gives the same result, on any number of threads.

    Raises ValueError where the standoff is not sound, or has no actor or no issue.
    """
    played = standoff._native.play(plays, seed)
    return Played(
        plays=played["plays"],
        steps=played["steps"],
        step_days=played["step_days"],
        settlements=tuple(
            Settlement(
                issue=s["issue"],
                standing=np.asarray(s["standing"], dtype=np.float64),
                bargaining=np.asarray(s["bargaining"], dtype=np.float64),
                course=np.asarray(s["course"], dtype=np.float64).reshape(-1, 3),
            )
            for s in played["settlements"]
        ),
        outcomes=tuple(Outcome(o["question"], o["probability"], tuple(o["interval"])) for o in played["outcomes"]),
        raw=played,
    )


def bargain(
    position: ArrayLike, salience: ArrayLike, influence: ArrayLike, model: str = "mean", *, reference: float | None = None
) -> float:
    """Where one issue settles, in its unit, by one of :data:`MODELS`.

    ``position`` in the issue's unit, ``salience`` 0–1, ``influence`` 0 or more, each of shape (actors,). ``reference`` is the status quo,
    where one is known.

    Raises ValueError where there is no such model, the shapes differ, or a number is out of range.
    """
    stands = [np.asarray(numbers, dtype=np.float64) for numbers in (position, salience, influence)]
    if any(numbers.ndim != 1 for numbers in stands):
        raise ValueError("position, salience and influence must have one dimension")
    wanted, cared, mighty = (numbers.tolist() for numbers in stands)
    return _native.bargain(wanted, cared, mighty, model, reference)


@dataclass(frozen=True, slots=True)
class VotingPower:
    """Indices of voting power, exact; each of shape (parties,)."""

    shapley_shubik: Floats
    """Share of orders in which each party makes the coalition win; sums to 1."""
    banzhaf: Floats
    """Banzhaf index, scaled to sum to 1."""
    banzhaf_absolute: Floats
    """Share of the coalitions of the others that each party swings, 0–1."""
    swings: Floats
    """Coalitions that each party swings; exact up to 2**53."""


def voting_power(seats: Sequence[int] | NDArray[np.integer[Any]], quota: int | None = None) -> VotingPower:
    """The voting power of parties, of which ``quota`` seats win: more than half of all where it is not given.

    Raises ValueError for no party or more than 500, or a quota that is 0 or above the sum of seats.
    """
    whole = [int(s) for s in seats]
    if any(s < 0 or s != given for s, given in zip(whole, seats, strict=True)):
        raise ValueError("seats must be whole numbers of 0 or more")
    return VotingPower(**_native.voting_power(whole, sum(whole) // 2 + 1 if quota is None else quota))


@dataclass(frozen=True, slots=True)
class Score:
    """How well one model forecasts decided issues."""

    key: str
    name: str
    learned: bool
    """Whether it learned from other issues of the data."""
    n: int
    """Issues scored."""
    mae: float
    """Mean absolute error of its point, on the scale of 0–100."""
    crps: float
    """Mean continuous ranked probability score, on the scale of 0–100."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """The models against decided issues, the baselines first."""

    scores: tuple[Score, ...]
    raw: dict[str, Any]
    """All of it, as ``majlis backtest --format json`` prints it."""

    @property
    def mae(self) -> Floats:
        """Of each score; shape (models,)."""
        return np.array([score.mae for score in self.scores], dtype=np.float64)

    @property
    def crps(self) -> Floats:
        """Of each score; shape (models,)."""
        return np.array([score.crps for score in self.scores], dtype=np.float64)


def backtest(path: str | PathLike[str]) -> Backtest:
    """Scores every model on the decided issues of a table (``majlis backtest --help`` names the columns).

    Raises ValueError that names file, line and column; OSError where the file cannot be read.
    """
    path = Path(path)
    table = _native.backtest(path.read_text(encoding="utf-8"), name=str(path))
    scores = (Score(r["key"], r["english"], r["learned"], r["n"], r["mae"], r["crps"]) for r in table["rows"])
    return Backtest(tuple(scores), table)
