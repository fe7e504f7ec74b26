"""Second thoughts inside a sentence, numbers that are of something else, and changes taken back."""

# ruff: noqa: E501 - what people type stands unbroken

import pytest

from nodes.understanding.reading import hold


def told(*messages: str, phase: str = "g4_future") -> str:
    return "\n".join(hold(messages, phase))


@pytest.mark.parametrize(
    ("said", "stays", "gone"),
    [
        ("wanna be shift lead by march 2027, no wait, 2028", "by march 2028", "2027"),
        ("number one in the region, 2 million in sales, no, let's say 2.5 million", "2.5 million in sales", " 2 million"),
        ("finish the nvq level 2, i mean level 3, by june 2027", "level 3", "level 2"),
        ("cut the waiting time from 30 to 20, no 15 minutes by may 2027", "from 30 to 15 minutes", "20,"),
        ("I want to lead 12 people, no 10, wait 11, by 2028", "lead 11 people", "10"),
        ("4 workshops, well, rather 5 by may 2027", "5 workshops", "well"),
    ],
)  # fmt: skip
def test_the_last_word_in_a_sentence_holds(said: str, stays: str, gone: str) -> None:
    now = told(said)
    assert stays in now
    assert gone not in now


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("lead two restructuring projects by 2028", "and make it 'CIPD Level 7 qualified'"),
        ("learn english 2 hours a week, read 3 books", "only two actions please"),
        ("cut deploy time from 40 to 10 minutes by 2028", "deploy time from 40 to 10 min"),
    ],
)
def test_a_number_of_something_else_replaces_none(said: str, then: str) -> None:
    assert all(part in told(said, then) for part in said.split(", "))


@pytest.mark.parametrize(
    "back", ["undo that", "the first version was right", "hm back to how it was", "take that back"]
)
def test_a_change_is_taken_back(back: str) -> None:
    assert told("lead 6 drivers by may 2028", "make it 8", back) == "lead 6 drivers by may 2028"


def test_what_was_replaced_comes_back_by_its_name() -> None:
    said = "visit 12 customers by april 2027"
    assert told(said, "i meant 12 suppliers", "no customers was right", phase="g8_actions") == said


def test_both_times_are_changed_where_both_are_meant() -> None:
    plan = "train 3 cooks by may 2027, write 2 menus by june 2027"
    now = told(plan, "change both dates to august 2027", phase="g8_actions").lower()
    assert now.count("august 2027") == 2


@pytest.mark.parametrize("said", ["dec 2027 -> mar 2028", "dec 2027 → mar 2028"])
def test_an_arrow_changes_the_whole_date(said: str) -> None:
    assert told("train 2 people by dec 2027", said, phase="g8_actions").lower() == "train 2 people by mar 2028"


@pytest.mark.parametrize(
    "said", ["OK in English: I want to be a baker by 2028", "Good morning, I want to be a baker by 2028", "hello, I want to be a baker by 2028"]
)  # fmt: skip
def test_greetings_and_the_language_announced_are_no_goal(said: str) -> None:
    assert told(said) == "I want to be a baker by 2028"


@pytest.mark.parametrize("then", ["But I have not yet the exam for it", "i dont have the degree though", "i can't yet"])
def test_what_one_lacks_takes_nothing_back(then: str) -> None:
    assert told(f"become tax specialist by 2028. {then}") == "become tax specialist by 2028"


@pytest.mark.parametrize(
    ("phase", "said", "then", "stays", "gone"),
    [
        ("g4_future", "run the lab with 5 technicians by 2028", "my boss told me it can only be 4 technicians because of the budget", "4 technicians by 2028", "boss"),
        ("g4_future", "lead 6 drivers by mrach 2028", "not mrach, april", "by april 2028", "mrach"),
        ("g8_actions", "train 3 cooks by may, pass the hygiene course by june", "the course: make it july", "course by July", "june"),
        ("g8_actions", "read 3 books by may, visit 4 farms by june", "drop the farms, i don't want that any more", "read 3 books by may", "farms"),
    ],
)  # fmt: skip
def test_what_is_put_right_in_passing_or_by_its_name_changes_alone(
    phase: str, said: str, then: str, stays: str, gone: str
) -> None:
    now = told(said, then, phase=phase)
    assert stays in now
    assert gone not in now


@pytest.mark.parametrize(
    ("said", "then", "expected"),
    [
        ("train 3 cooks by may 2027", ["june", "no july"], "train 3 cooks by July 2027"),
        ("train 3 cooks by may 2027, write 2 menus by june 2027", ["its 5 cooks and the menus are due in july"], "train 5 cooks by may 2027\nwrite 2 menus in July 2027"),
    ],
)  # fmt: skip
def test_two_values_and_another_month_find_their_places(said: str, then: list[str], expected: str) -> None:
    assert told(said, *then, phase="g8_actions") == expected


def test_a_vision_told_anew_behind_a_no_replaces_the_first() -> None:
    assert told("lead the bakery by 2028", "no, lead the whole market hall by 2029") == (
        "lead the whole market hall by 2029"
    )
