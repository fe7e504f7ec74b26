"""What a message's pieces are heard to do where their neighbours tell."""

import pytest

from nodes.understanding.acts import hear


def acts(text: str) -> list[str]:
    return [one.act for one in hear(text)]


@pytest.mark.parametrize(
    "text",
    [
        "1) call six clients a week\n2) write manual\n3) delete spare files",
        "- two trainings by may\n- give three examples a class\n- check 10 invoices a day",
        "1. run 20 tests a day 2. put the date first 3. train 2 colleagues by june",
    ],
)
def test_a_step_among_steps_is_no_command(text: str) -> None:
    assert acts(text) == ["content"] * 3


def test_a_question_among_steps_is_answered() -> None:
    assert acts("1) call six clients a week\n2) what does measurable mean?\n3) train 2 colleagues") == [
        "content",
        "question",
        "content",
    ]


def test_danger_among_steps_is_heard() -> None:
    assert "crisis" in acts("1) call six clients a week\n2) i want to kill myself")


def test_commands_alone_stay_commands_though_they_are_listed() -> None:
    assert acts("1) delete number 2\n2) skip this question") == ["request", "request"]


def test_a_command_behind_steps_is_no_step() -> None:
    assert acts("- two trainings by may\n- check 10 invoices a day\nwrite it for me please")[-1] == "request"
