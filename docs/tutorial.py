"""Majlis in Python, from a text to a forecast. `python docs/tutorial.py` runs it; the tests do too.

With a case, as `majlis add iraq.case examples/iraq-2021` makes one, it goes on to that: `python docs/tutorial.py iraq.case`. The
dispatches are those of examples/iraq-2021, written for this project.
"""

import json
import sys
from pathlib import Path

import majlis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "iraq-2021"

# One text. Offsets count code points, as Python's strings do, so that a span slices the text.
report = json.loads((EXAMPLE / "02-conditional-truce.json").read_text(encoding="utf-8"))
reading = majlis.read(report["text"], published=report["published"], outlet=report["outlet"])
for statement in reading.statements:
    assert reading.text[statement.span] == statement.exact
    speaker = reading.actor(statement.speaker).name_en if statement.speaker else statement.described
    print(f"{speaker} ({'named' if statement.named else 'unnamed'}): {statement.exact}")

# Every item says which rule found it; `majlis explain` tells more.
for event in reading.events:
    print(event.type, event.status, event.when, event.source, "→", event.target, "·", event.why)

# Many texts: a table of documents in, a table of items out, on all processors. A broken document is a row with its error.
paths = sorted(EXAMPLE.glob("*.json"))
reports = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
documents = pa.Table.from_pylist([*reports, {"id": "broken", "text": "The truce holds, said the minister."}])
items = majlis.read_table(documents)
errors = items.filter(pc.field("kind") == "error")
assert errors.column("document").to_pylist() == ["broken"]

# How much rests on unnamed sources, outlet by outlet?
statements = items.filter(pc.field("kind") == "statement")
by_outlet = statements.append_column("unnamed", pc.cast(pc.invert(statements.column("named")), pa.int32()))
shares = by_outlet.group_by("outlet").aggregate([("unnamed", "mean"), ("unnamed", "count")]).sort_by([("unnamed_mean", "descending")])
for row in shares.to_pylist():
    print(f"{row['outlet']}: {row['unnamed_mean']:.0%} of {row['unnamed_count']} statements")

# A standoff: where does the bargaining settle, given the ranges of its numbers?
standoff = majlis.Standoff.read(EXAMPLE / "standoff.toml")
issue = standoff.to_dict()["issue"][0]["id"]
draws = standoff.bargain(issue, "mean", draws=500, seed=1)
print(f"{issue}: {np.quantile(draws, [0.05, 0.5, 0.95]).round(1)}")

# And where does it go, played 200 times? The same seed gives the same numbers.
played = majlis.play(standoff, plays=200, seed=1)
settlement = played.settlement(issue)
assert settlement.standing.shape == (200,)
assert settlement.course.shape == (played.steps, 3)
for outcome in sorted(played.outcomes, key=lambda o: -o.probability)[:5]:
    print(f"{outcome.probability:.0%} {outcome.question}")

# What if somebody cared less?
name, (low, mode, high) = next((n, r) for n, r in standoff.inputs.items() if n.endswith("salience"))
other = majlis.play(standoff.set(name, 0.0), plays=200, seed=1).settlement(issue)
print(f"{name} {mode} → 0: {np.median(settlement.standing):.1f} → {np.median(other.standing):.1f}")

# Votes: a small party can count as much as a middle one.
power = majlis.voting_power([50, 49, 1], 51)
assert np.allclose(power.banzhaf, [0.6, 0.2, 0.2])

# One issue, plain numbers.
settles = majlis.bargain([0, 40, 100], [0.5, 1.0, 0.2], [10, 5, 30], "challenge", reference=20)
assert 0 <= settles <= 100

# A record that was kept: the same lists as `majlis ledger`, `events` and `claims`, read only.
for path in sys.argv[1:]:
    case = majlis.Case(path)
    unnamed = case.statements(named=False, limit=3)
    print(f"{path}: {unnamed.total} statements by unnamed sources")
    for happening in case.events(type="ASSAULT", first="2020-01-01", limit=3):
        print(happening)
    for hit in case.search('"القوات الأميركية" -قال', limit=3):
        print(hit["published"], hit["title"])
