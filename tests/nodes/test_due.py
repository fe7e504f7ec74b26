"""Which day a time in a goal is over, for the calendar."""

from datetime import date

import pytest

from nodes.english.times import due_days

SAID_ON = date(2026, 11, 21)


def days(text: str) -> list[str]:
    """The days of a text, as ISO dates."""
    return [due.day.isoformat() for due in due_days(text, SAID_ON)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ship it by June 2028.", "2028-06-30"),
        ("Ship it before June 2028.", "2028-05-31"),
        ("Ship it by the beginning of June 2028.", "2028-06-01"),
        ("Ship it by mid-June 2028.", "2028-06-15"),
        ("Ship it from January to March 2027.", "2027-03-31"),
        ("Ship it by 15 March 2027.", "2027-03-15"),
        ("Ship it by March 15, 2027.", "2027-03-15"),
        ("Ship it by 2027-05-31.", "2027-05-31"),
        ("Ship it by 31.12.2027.", "2027-12-31"),
        ("Ship it by 12/31/2027.", "2027-12-31"),
        ("Ship it by Q3 2027.", "2027-09-30"),
        ("Ship it by H2 of 2027.", "2027-12-31"),
        ("Ship it by the end of 2027.", "2027-12-31"),
        ("Ship it by October.", "2027-10-31"),
        ("Ship it by December.", "2026-12-31"),
        ("Ship it by May 3.", "2027-05-03"),
        ("Ship it by the end of the year.", "2026-12-31"),
        ("Ship it by the end of next quarter.", "2027-03-31"),
        ("Ship it next month.", "2026-12-31"),
        ("Ship it next week.", "2026-11-27"),
        ("Ship it by year-end.", "2026-12-31"),
        ("Ship it by tomorrow.", "2026-11-22"),
    ],
)
def test_a_named_period_is_over_on_its_last_day_unless_the_words_say_otherwise(text: str, day: str) -> None:
    assert days(text) == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ship it within 24 months.", "2028-11-21"),
        ("Ship it within twenty-four months.", "2028-11-21"),
        ("Ship it within 6-9 months.", "2027-08-21"),
        ("Ship it within a year.", "2027-11-21"),
        ("Ship it over the next year.", "2027-11-21"),
        ("Ship it within half a year.", "2027-05-21"),
        ("Ship it within two quarters.", "2027-05-21"),
        ("Ship it within 90 days.", "2027-02-19"),
        ("Ship it by week 6.", "2027-01-02"),
        ("6-month action plan:", "2027-05-21"),
    ],
)
def test_a_span_counts_from_the_day_it_was_said(text: str, day: str) -> None:
    assert days(text) == [day]


def test_months_after_a_long_month_end_with_a_shorter_one() -> None:
    assert [due.day for due in due_days("Ship it within 1 month.", date(2027, 1, 31))] == [date(2027, 2, 28)]


@pytest.mark.parametrize(
    "text",
    [
        "Read a book every two weeks.",
        "Ship it by spring 2028.",
        "Ship it by the end of the fiscal year.",
        "Ship it within 10 working days.",
        "Ship it by 3/4/2027.",
        "Ship it by 31 June 2027.",
        "Run a pilot for 3 months.",
        "Excellence means “work we would gladly maintain two years from now”.",
        "I shipped it by June 2024.",
        "Ship it within 9999 years.",
        "Become a better engineer.",
        "",
    ],
)
def test_what_has_no_exact_day_ahead_gives_none(text: str) -> None:
    assert days(text) == []


def test_each_day_stands_where_it_was_said() -> None:
    text = "6-month action plan:\n1. Pass the exam by March 2027\n2. Mentor Mike"
    found = due_days(text, SAID_ON)
    assert [text[due.start : due.end] for due in found] == [due.text for due in found]
    assert [due.text for due in found] == ["6-month action plan", "by March 2027"]
