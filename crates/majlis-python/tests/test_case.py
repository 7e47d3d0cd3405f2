"""A case, to be read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import majlis
import pytest


def test_no_case_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        majlis.Case(tmp_path / "none.case")
    other = tmp_path / "other.case"
    other.write_text("no case", encoding="utf-8")
    with pytest.raises(OSError, match="not a case"):
        majlis.Case(other)


def test_lists_are_those_of_the_case(case: Path) -> None:
    before = case.read_bytes()
    opened = majlis.Case(case)
    documents = opened.documents()
    assert documents.total == len(documents) == 12
    page = opened.documents(offset=10, limit=5)
    assert (page.total, len(page)) == (12, 2)
    for statement in opened.ledger(named=False):
        assert statement["named"] is False
        cite = statement["cite"] if "cite" in statement else statement
        text = opened.document(cite["document"])["text"]
        assert text[cite["start"] : cite["end"]] == statement["words"]
    assert opened.actors().total > 10
    assert opened.claims().total > 0
    assert all(event["type"] == "ASSAULT" for event in opened.events(type="ASSAULT"))
    kadhimi = opened.find_actor("الكاظمي")[0]
    assert 0 < opened.statements(actor=kadhimi["id"]).total < opened.statements().total
    assert opened.search("الهدنة", first="2020-10-01", last="2020-12-31").total > 0
    assert case.read_bytes() == before


def test_what_cannot_be_asked_is_an_error(case: Path) -> None:
    opened = majlis.Case(case)
    with pytest.raises(ValueError):
        opened.search("")
    with pytest.raises(ValueError, match="no document 999"):
        opened.document(999)
    with pytest.raises(ValueError, match="cannot be filtered by status"):
        opened.actors(status="happened")
    with pytest.raises(ValueError, match="unknown date"):
        opened.events(first="soon")
    with pytest.raises(TypeError, match="colour"):
        opened.events(colour="red")  # type: ignore[call-arg]


def test_threads_take_turns(case: Path) -> None:
    opened = majlis.Case(case)
    with ThreadPoolExecutor(4) as pool:
        totals = set(pool.map(lambda _: opened.events().total, range(40)))
    assert len(totals) == 1
