"""One table of phrases: what the score reads as a time, the calendar dates, by the same code."""

from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar, Event

from evals.judge.data import TODAY, Dated, read_data
from evals.scoring.judging import PRESENT, level
from nodes.english.times import due_days, find_times
from server.exports.calendar import NoDates, calendar_of
from server.exports.sheet import GoalSheet, SheetGoal

_DATA = read_data("tuned")
TABLE = _DATA.dated if _DATA else []
MOST_ROWS_AT_LEAST = 60


def _calendar_days(text: str) -> list[date | None]:
    """The days of the calendar file of a goal that was saved on TODAY."""
    saved = datetime.combine(TODAY, time(9), UTC)
    goal = SheetGoal("g4_future", "Future vision", text, 8.0, False, 1, (), (), (), saved)
    sheet = GoalSheet("en", "s", "Acme", "", "", "", TODAY, (goal,), (), 8.0, 7.0, 5)
    try:
        file = calendar_of(sheet)
    except NoDates:
        return []
    return [event.DTSTART for event in Calendar.from_ical(file).walk("VEVENT") if isinstance(event, Event)]


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= MOST_ROWS_AT_LEAST


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.text)
def test_the_score_sees_a_time_and_the_calendar_its_day(row: Dated) -> None:
    assert level(row.text, "time_bound") >= PRESENT
    assert _calendar_days(row.text) == ([row.due] if row.due else [])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("from January to March 2027", date(2027, 1, 1), date(2027, 3, 31)),
        ("in the second quarter of 2027", date(2027, 4, 1), date(2027, 6, 30)),
        ("within two weeks", TODAY, date(2026, 12, 13)),
        ("before March 2027", TODAY, date(2027, 2, 28)),
        ("from April on", date(2027, 4, 1), None),
        ("every week", None, None),
        ("before the audit", None, None),
    ],
)
def test_a_time_runs_from_a_day_to_a_day(text: str, first: date | None, last: date | None) -> None:
    (found,) = find_times(f"Ship it {text}.")
    assert (found.text, found.start_day(TODAY), found.due(TODAY)) == (text, first, last)


@pytest.mark.parametrize(
    "text", ["I may march on", "Look at the third parties", "Cut it by a third", "Half the quarters of the house"]
)
def test_what_only_sounds_like_a_time_is_none(text: str) -> None:
    assert find_times(text) == () and due_days(text, TODAY) == ()
