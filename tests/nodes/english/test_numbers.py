"""Which numbers a text holds, and what they come to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.english.numbers import find_numbers
from nodes.english.vocabulary import FILES, read_file


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1'200.50 francs", 1200.5),
        ("1’200 francs", 1200),
        ("1 250 trees", 1250),
        ("12,50,000 rupees", 1_250_000),
        ("1.200,50 euros", 1200.5),
        ("1,200.50 dollars", 1200.5),
        ("3,5 points", 3.5),
        ("-5 points", -5),
        ("+20 points", 20),
        ("450K visits", 450_000),
        ("2.5bn", 2_500_000_000),
        ("1.5 million seeds", 1_500_000),
        ("twenty-four months", 24),
        ("two hundred and five members", 205),
        ("twelve hundred cases", 1200),
        ("three thousand four hundred bricks", 3400),
        ("a dozen eggs", 12),
        ("half a dozen eggs", 6),
        ("a couple of trainees", 2),
        ("one and a half times", 1.5),
        ("two-thirds of them", 2 / 3),
        ("cut it by a quarter", 1 / 4),
        ("half of the staff", 1 / 2),
        ("one apprentice", 1),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, value: float) -> None:
    (found,) = find_numbers(text)
    assert found.value == pytest.approx(value) and text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text", ["one of them", "by 15.03.2027", "in 2027", "the third week", "at 7 pm", "Q3", "once", ""]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert find_numbers(text) == []


def test_numbers_stand_in_order() -> None:
    assert [number.value for number in find_numbers("from 3 to four, or 5")] == [3, 4, 5]


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_any_text_gives_numbers_at_their_places(text: str) -> None:
    assert all(text[number.start : number.end] == number.text for number in find_numbers(text))


@pytest.mark.parametrize("file", [*FILES, "feasts", "service", "zero"])
def test_every_group_of_words_says_why_it_is_one(file: str) -> None:
    assert all(group["reason"].endswith(".") for group in read_file(file).values())
