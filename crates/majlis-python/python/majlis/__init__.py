"""Majlis reads the Arabic reporting on a political standoff and keeps every claim tied to its words.

One text:         :func:`read`
Arrow:            :func:`read_batch`, :func:`read_batches`, :func:`read_table`, :func:`schema`
Clusters:         :func:`majlis.spark.read`, :func:`majlis.ray.read`; merging there :mod:`majlis.merge`
Models:           :class:`Standoff`, :func:`bargain`, :func:`voting_power`, :func:`backtest`
A case, to read:  :class:`Case`

Everything happens in this process; nothing is sent anywhere. Offsets count Unicode code points, as Python strings do.
"""

from majlis._native import VERSION as __version__
from majlis.arrow import read_batch, read_batches, read_table, schema
from majlis.case import Case, Listed
from majlis.model import (
    MODELS,
    Backtest,
    Outcome,
    Played,
    Score,
    Settlement,
    Standoff,
    VotingPower,
    backtest,
    bargain,
    play,
    voting_power,
)
from majlis.reading import Actor, Event, Mention, Place, Reading, Stance, Statement, Time, read

__all__ = [
    "MODELS",
    "Actor",
    "Backtest",
    "Case",
    "Event",
    "Listed",
    "Mention",
    "Outcome",
    "Place",
    "Played",
    "Reading",
    "Score",
    "Settlement",
    "Stance",
    "Standoff",
    "Statement",
    "Time",
    "VotingPower",
    "__version__",
    "backtest",
    "bargain",
    "play",
    "read",
    "read_batch",
    "read_batches",
    "read_table",
    "schema",
    "voting_power",
]
