"""Which values a text names, and what of it shows them."""

import pytest

from nodes.rules.named_values import NamedValue, named_values
from nodes.understanding.own_values import read_values
from nodes.understanding.value_names import labelled
from state.phases import Phase
from tests.nodes.test_rule_judge import examine, verdict


def names(text: str) -> list[str]:
    return [value.name.lower() for value in named_values(text)]


def value(text: str, name: str) -> NamedValue:
    return next(v for v in named_values(text) if v.name.lower() == name)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("honesty, respect, teamwork", ["honesty", "respect", "teamwork"]),
        ("• Thrift\n• Calm\n• Courage", ["thrift", "calm", "courage"]),
        ("My values are punctuality, thrift and care.", ["punctuality", "thrift", "care"]),
        (
            "I care about honesty with my clients, patience with apprentices and order on the bench.",
            ["honesty", "patience", "order"],
        ),
        ("I value loyalty. I value thrift.", ["loyalty", "thrift"]),
        ("being honest with guests, being punctual, being kind to trainees", ["honest", "punctual", "kind"]),
        ("Patience: I explain the brakes twice\nPride: I sign my welds", ["patience", "pride"]),
        ("Patience – I explain the brakes twice\nPride – I sign my welds", ["patience", "pride"]),
        ("1. Care - I warm the towel first\n2. Order - I label each drawer", ["care", "order"]),
        ("Honesty (I name my mistakes), order (I clean the bench every evening)", ["honesty", "order"]),
        ("Calm. On a bad night I breathe before I answer. Respect. I knock first.", ["calm", "respect"]),
        ("🌱 Growth: I ask after each lesson\n🤝 Respect: I greet every parent", ["growth", "respect"]),
    ],
)
def test_values_are_named_in_whatever_form(text: str, named: list[str]) -> None:
    assert names(text) == named


@pytest.mark.parametrize(
    "text", ["honesty, Honesty and HONESTY", "Honesty and sincerity", "cooperation, teamwork, collaboration"]
)
def test_other_words_for_one_value_count_once(text: str) -> None:
    assert len(named_values(text)) == 1


def test_a_name_inside_what_is_told_of_another_is_none() -> None:
    text = "Respect: I listen with patience and honesty to every guest\nOrder: I check the till twice"
    assert names(text) == ["respect", "order"]


def test_what_others_should_do_names_and_shows_no_value() -> None:
    assert names("Honesty. Everyone must have courage and thrift.") == ["honesty"]
    assert not value("Honesty. Everyone should admit mistakes to the customer at the counter.", "honesty").shown


@pytest.mark.parametrize(
    "text",
    [
        "Honesty means telling the truth at all times.",
        "Honesty is the quality of being truthful in speech and in trade.",
        "Integrity refers to firm adherence to a code of moral rules and norms.",
    ],
)
def test_a_definition_shows_no_value(text: str) -> None:
    assert not any(v.shown for v in named_values(text))


@pytest.mark.parametrize(
    "text",
    [
        "2015-2019 Senior nurse, St Mary's Hospital. 2019-2023 Ward manager. Degree in nursing.",
        "We go the extra mile!",
        "Our customers are at the heart of everything we do.",
        "“Integrity is doing the right thing, even when no one is watching.”",
    ],
)
def test_a_cv_a_slogan_and_a_quotation_name_none(text: str) -> None:
    assert verdict(examine(text, Phase.G6_VALUES), "clarity").reasoning == "No value is named yet."


def test_what_is_told_of_a_value_stops_at_an_empty_line() -> None:
    apart = "Honesty: I report my mistakes\n\nOn Monday I repaired the barn roof with my brother."
    assert value(apart, "honesty").told.strip(" :") == "I report my mistakes"
    assert not value("Honesty\n\nI spent last summer repairing the roof of the barn.", "honesty").shown


@pytest.mark.parametrize(
    "text",
    [
        "Honesty: I tell the garage customer what the repair costs",
        "Patience (I explain the brakes twice)",
        "Calm. On a bad night I breathe before I answer the bell.",
        "Care: labelling each drawer of the drug trolley",
    ],
)
def test_a_deed_of_ones_own_shows_a_value(text: str) -> None:
    assert all(v.explained and v.shown for v in named_values(text))


def test_a_bare_name_is_neither_explained_nor_shown() -> None:
    assert not any(v.explained or v.shown for v in named_values("honesty, respect, teamwork"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Courage is what really matters to me.", ["Courage"]),
        ("Fairness is what drives us.", ["Fairness"]),
    ],
)
def test_what_is_said_of_how_much_a_value_counts_is_no_part_of_its_name(text: str, names: list[str]) -> None:
    assert [value.name for value in read_values((text,))] == names


@pytest.mark.parametrize(
    "text", ["Courage, fairness and humour.", "Patience, honesty and loyalty", "Loyalty as well: nobody is left behind"]
)
def test_a_list_of_values_is_no_value_that_shows_in_the_others(text: str) -> None:
    assert labelled(text) == text
