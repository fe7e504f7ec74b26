"""Which amounts a text holds, and what only sounds like one."""

import pytest

from nodes.english.amounts import find_amounts
from nodes.english.times import find_times


def amounts(text: str) -> list[tuple[str, str]]:
    """The amounts of a text with their kinds."""
    return [(span.text, span.kind) for span in find_amounts(text, find_times(text))]


@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        ("A third of the waste goes", "A third of the waste goes", "percent"),
        ("Cut lost keys in half", "half", "percent"),
        ("Costs fall tenfold", "tenfold", "change"),
        ("One in five patients books online", "One in five patients books", "percent"),
        ("Quarter the backlog", "Quarter the backlog", "change"),
        ("Triple our visits", "Triple our visits", "change"),
        ("Complaints halved by Easter", "halved", "change"),
        ("Sell twice as many tickets", "twice as many", "change"),
        ("No late deliveries in 2027", "No late deliveries", "count"),
        ("Nothing left over, none missed", "none missed", "count"),
        ("Close it without a single complaint", "without a single complaint", "count"),
        ("Drive accident-free", "accident-free", "count"),
        ("Never miss a handover", "Never miss a handover", "count"),
        ("Move the index from -5 to +20", "from -5 to +20", "change"),
        ("Answer each letter within five working days", "five working days", "count"),
        ("Spend 1'200.50 francs", "1'200.50 francs", "money"),
        ("Collect Rs. 12,50,000", "Rs. 12,50,000", "money"),
        ("Have every chart signed", "every chart signed", "rate"),
        ("Make no more than one error", "no more than one error", "count"),
        ("Raise 5k for the shelter", "5k", "count"),
        ("Sell more tickets than last season", "more tickets than last season", "change"),
        ("Both apprentices pass", "Both apprentices", "count"),
    ],
)
def test_an_amount_is_found_with_its_words(text: str, found: str, kind: str) -> None:
    assert (found, kind) in amounts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ask a third party",
        "Double-check my entries",
        "Double my efforts",
        "Work twice as hard",
        "Have no regrets",
        "Show zero tolerance",
        "Never give up",
        "Sit in Room 101 of Level 3",
        "Give 110 %",
        "Hold the two-way talk",
        "Make every guest feel valued",
        "Get a second opinion",
        "Look after Windows 11",
        "Be there 24/7",
    ],
)
def test_what_only_sounds_like_an_amount_is_none(text: str) -> None:
    assert amounts(text) == []
