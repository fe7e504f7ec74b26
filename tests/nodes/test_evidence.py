"""What the rules read out of a goal text."""

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.english.evidence import read_evidence
from nodes.english.spans import Evidence, Span

ODD_TEXTS = (
    "",
    " ",
    "😀" * 10_000,
    "1 " * 5_000,
    "from 1 to " * 1_000,
    "every week " * 900,
    "manager " * 1_250,
    "(" * 10_000,
    "improve it, " * 830,
    "x" * 10_000,
    "In den nächsten 6 Monaten möchte ich 3 Kurse abschließen.",
    "来年までに3人のチームを率いる",
    "\x00\x01 by March",
)


def _spans(evidence: Evidence) -> list[Span]:
    return [span for field in fields(evidence) for span in getattr(evidence, field.name)]


def _texts(spans: tuple[Span, ...]) -> list[str]:
    return [span.text for span in spans]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Finish the guide by March", "by March"),
        ("Cut waste by the end of Q2", "by the end of Q2"),
        ("Within 24 months, lead the ward", "Within 24 months"),
        ("Sell the stock in the next 6 months", "in the next 6 months"),
        ("Audit the shelf every week", "every week"),
        ("Hold a briefing monthly", "monthly"),
        ("Check the pump twice a day", "twice a day"),
        ("Qualify by 2027", "by 2027"),
        ("Service the boilers before the winter season", "before the winter season"),
        ("Win two accounts per quarter", "per quarter"),
        ("Submit the report by 31 May 2027", "by 31 May 2027"),
        ("Ship it by tomorrow", "by tomorrow"),
        ("6-Month Action Plan: train the crew", "6-Month Action Plan"),
    ],
)
def test_a_time_is_found_with_its_exact_words(text: str, found: str) -> None:
    assert found in _texts(read_evidence(text).times)


@pytest.mark.parametrize(
    "text",
    [
        "I may march on",
        "I have worked here for 5 years",
        "Increase weekly active users",
        "Cut delivery from 8 weeks to 4 weeks",
        "One day I will lead",
    ],
)
def test_what_only_sounds_like_a_time_is_none(text: str) -> None:
    assert read_evidence(text).times == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lead a team of 3-4 developers", "3-4 developers"),
        ("Cut the error rate by 15%", "by 15%"),
        ("Raise satisfaction from 3.9 to 4.4", "from 3.9 to 4.4"),
        ("Mentor two juniors", "two juniors"),
        ("Close $450K in new contracts", "$450K"),
        ("Reduce bugs from 15/week to <5/week", "from 15/week to <5/week"),
        ("Answer tickets in under 2 hours", "under 2 hours"),
    ],
)
def test_a_quantity_is_found_with_what_it_counts(text: str, found: str) -> None:
    assert any(span.text.startswith(found) for span in read_evidence(text).quantities)


@pytest.mark.parametrize(
    "text",
    [
        "Become an L5 engineer",
        "Reach Grade 7",
        "Finish by 12 May 2027",
        "Earn a certification",
        "Read some books",
        "Attend a few courses",
        "1. Lead the shift\n2. Write the guide",
        "I am 100% committed, 10/10",
        "Walk at 7 pm",
    ],
)
def test_dates_grades_list_marks_and_indefinite_amounts_are_no_quantity(text: str) -> None:
    assert read_evidence(text).quantities == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Earn the wound-care certificate", "wound-care certificate"),
        ("Write a handover guide", "handover guide"),
        ("Complete the server migration", "server migration"),
        ("Pass the electrical safety exam", "exam"),
        ("Build a stock dashboard", "dashboard"),
        ("Become ward charge nurse", "Become ward charge nurse"),
    ],
)
def test_a_result_is_found_in_any_profession(text: str, found: str) -> None:
    assert any(found in span for span in _texts(read_evidence(text).outcomes))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Become a senior nurse", "senior nurse"),
        ("Become warehouse lead", "warehouse lead"),
        ("Grow into an account manager", "account manager"),
        ("Read with pupils", "pupils"),
        ("Train new starters", "new starters"),
        ("Answer customers", "customers"),
    ],
)
def test_positions_and_audiences_are_found_in_any_profession(text: str, role: str) -> None:
    assert role in _texts(read_evidence(text).roles)


def test_a_vague_verb_becomes_an_action_once_it_is_measured() -> None:
    vague, measured = read_evidence("Improve sales"), read_evidence("Improve sales by 15%")
    assert _texts(vague.vague) == ["Improve"] and vague.actions == ()
    assert measured.vague == () and [a.kind for a in measured.actions] == ["measured"]


def test_hedges_are_found() -> None:
    found = _texts(read_evidence("Maybe I would like to lead, if possible").hedges)
    assert found == ["Maybe", "I would like", "if possible"]


@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
def test_odd_texts_are_read_with_exact_spans(text: str) -> None:
    assert all(text[span.start : span.end] == span.text for span in _spans(read_evidence(text)))


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_any_text_gives_exact_spans_in_order(text: str) -> None:
    evidence = read_evidence(text)
    for field in fields(evidence):
        spans = getattr(evidence, field.name)
        assert all(text[span.start : span.end] == span.text != "" for span in spans)
        assert [span.start for span in spans] == sorted(span.start for span in spans)


_PIECES = st.sampled_from(
    ["improve", "complete the audit", "by March", "in 3 months", "every week", "3-4 nurses", "a", "of"]
) | (
    st.sampled_from(
        ["from 5% to 9%", "10/10", "1.", "\n", ",", ".", "50 books", "become a lead", "the ward", "L5", "to", "by"]
    )
    | st.sampled_from(
        ["twice a day", "$4k", "June 2027", "Q3", "😀", "may", "maybe", "no errors", "one guide", "100%", "(", "-"]
    )
)


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=12).map(" ".join))
def test_mixed_up_goal_pieces_give_exact_spans(text: str) -> None:
    assert all(text[span.start : span.end] == span.text for span in _spans(read_evidence(text)))
