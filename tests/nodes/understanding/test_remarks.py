"""What is said to the coach alone can be taken back, and the goal stays as it was."""

import pytest

from nodes.understanding.reading import hold

GOAL = "become ward manager with 12 nurses by June 2028"


@pytest.mark.parametrize("remark", ["god i hate the rota", "nobody here ever listens to me", "ugh, so tired today"])
@pytest.mark.parametrize(
    "taken_back",
    [
        "sorry that was a moan",
        "ignore that, bad day",
        "forget i said that",
        "sorry, scratch that, just venting",
        "didnt mean that, long day",
        "dont put that in",
        "sorry i take that back",
    ],
)
def test_taking_back_a_remark_leaves_the_goal(remark: str, taken_back: str) -> None:
    assert hold([GOAL, remark, taken_back], "g4_future") == (GOAL,)


def test_a_remark_may_be_taken_back_in_the_same_message() -> None:
    assert hold([GOAL, "ugh, tired. ignore me"], "g4_future") == (GOAL,)


def test_behind_a_remark_what_is_named_still_goes() -> None:
    steps = "train 2 cooks by May 2027, learn the new till by March 2027"
    assert hold([steps, "im so tired lately", "scrap the till"], "g8_actions") == ("train 2 cooks by May 2027",)


def test_behind_a_remark_a_value_still_corrects() -> None:
    assert hold([GOAL, "so sick of this", "sorry. make it 14 nurses"], "g4_future") == (GOAL.replace("12", "14"),)


@pytest.mark.parametrize(
    ("goal", "remark", "taken_back"),
    [
        ("Ich will Schichtleiter werden bis 2028", "hier ist alles so anstrengend", "sorry, vergiss das, schlechter Tag"),
        ("quiero ser encargada de turno en 2028", "estoy harta de todo", "olvida lo que dije, mal día"),
        ("je veux devenir chef d'équipe en 2028", "j'en ai marre de cette boîte", "oubliez ça, mauvaise journée"),
    ],
)  # fmt: skip
def test_a_remark_is_taken_back_in_other_languages(goal: str, remark: str, taken_back: str) -> None:
    assert hold([goal, remark, taken_back], "g4_future") == (goal,)
