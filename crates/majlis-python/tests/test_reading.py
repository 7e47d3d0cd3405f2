"""One text."""

from __future__ import annotations

import threading
from datetime import date

import majlis
import pytest

# Letters outside the Basic Multilingual Plane, marks and a joiner: bytes, UTF-16 units and code points all differ.
TEXT = (
    "🕊 أكّد رئيس الوزراء العراقي، مصطفى الكاظمي، في بغداد أمس أن الحكومة ترفض ربط الهدنة بموعد محدد.\n"
    "وقال نائب عن تحالف الفتح طلب عدم الكشف عن اسمه: «القرار ملزم للحكومة، ولن نقبل بأقل من خروج القوات الأميركية من العراق».\n"
    "🚀 واستهدفت صواريخ قاعدة عين الأسد في الأنبار، الأربعاء."
)


def test_spans_slice_the_text() -> None:
    reading = majlis.read(TEXT, published=date(2021, 3, 17), outlet="وكالة المرفأ برس")
    found = [*reading.statements, *reading.events, *reading.times, *reading.places, *reading.stances]
    found += [m for a in reading.actors for m in a.mentions]
    assert reading.statements and reading.events and reading.times and reading.places
    for item in found:
        assert TEXT[item.span] == item.exact
        assert 0 <= item.confidence <= 1
        assert item.why


def test_times_are_counted_from_the_day_of_publication() -> None:
    day = majlis.read(TEXT, published="2021-03-17").times[0]
    assert (day.exact, day.value) == ("أمس", "2021-03-16")
    assert majlis.read(TEXT).times[0].value is None


def test_references_lead_to_what_was_found(reports: list[dict[str, str]]) -> None:
    for report in reports:
        reading = majlis.read(report["text"], published=report["published"], outlet=report["outlet"], id=report["id"])
        assert (reading.id, reading.outlet) == (report["id"], report["outlet"])
        for statement in reading.statements:
            if statement.speaker is not None:
                assert reading.actor(statement.speaker).id == statement.speaker
        for event in reading.events:
            assert all(reading.actor(party) for party in (*event.source, *event.target))
            assert event.statement is None or event.statement < len(reading.statements)


@pytest.mark.parametrize(
    ("text", "published", "said"),
    [
        ("", None, "no \"text\""),
        (" \n", None, "empty text"),
        ("The prime minister said that the truce holds.", None, "the text is English"),
        (TEXT, "17/3/2021", "unknown date"),
        ("قال\0", None, "NUL"),
        ("قال \ud800", None, "surrogates"),
    ],
)
def test_what_cannot_be_read_is_an_error(text: str, published: str | None, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        majlis.read(text, published=published)


def test_a_text_without_an_id_is_named_by_what_it_says() -> None:
    assert majlis.read(TEXT).id == majlis.read(TEXT).id != majlis.read(TEXT + " قال.").id


def test_other_threads_run_while_a_text_is_read() -> None:
    ended = threading.Event()
    turns = 0

    def read() -> None:
        majlis.read(TEXT * 2000, published="2021-03-17")
        ended.set()

    thread = threading.Thread(target=read)
    thread.start()
    while not ended.wait(0.001):
        turns += 1
    thread.join()
    assert turns > 3
