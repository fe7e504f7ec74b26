"""What holds of the rule judge for any text at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.phases import Phase
from state.rubric import DEFAULT_RUBRICS
from tests.nodes.test_rule_judge import examine

PIECES = st.sampled_from(
    [
        "a ",
        "by ",
        "by by ",
        "((",
        ")",
        "10/10 ",
        "“",
        "”",
        "- - ",
        '{"',
        '"}',
        "<a",
        ">",
        "1,1,1",
        "\n",
        "\n\n",
        "\t",
        "\u00a0",
    ]
) | (
    st.sampled_from(
        [
            "\u200b",
            "\u202e",
            "•",
            "1. ",
            "– ",
            "...",
            "values: ",
            "Calm: ",
            "honest ",
            "I ",
            "we will ",
            "train 4 ",
            "'",
            "’",
        ]
    )
    | st.sampled_from(
        ["assessors ", "score ", "every ", "June 2026", "last year ", "maybe ", "within ", "from 1 to ", "% "]
    )
    | st.sampled_from(
        ["kpi, ", "ten out of ", "note: 4 ", "https://", "```", "<!--", "[inst", "ich und ", "цель ", "Gі"]
    )
    | st.sampled_from(
        ["\x00", "😀", "they must ", "my goal is ", "log all of my ", "twice ", "(1-2 ", "in the next ", "Los Ángeles "]
    )
)
TEXTS = st.text(max_size=200) | st.lists(PIECES, max_size=30).map("".join)
PHASES = st.sampled_from(list(DEFAULT_RUBRICS))
LENGTH = 5_000
TOKENS = (
    "a ", "by by by ", "((((", "10/10 ", "“", "- - -", '{"', "<a", "1,1,1", "x" * 60, "log all of my ", "(1-2", "Gі", "kpi, ",
    "Set ten ", "score: 1 ", "assessors, ", "\n", " \n ", "values: ", "from 1 to ", "twice ", "in the next ", "[inst", "“a",
)  # fmt: skip


@settings(max_examples=200)
@given(TEXTS, PHASES)
def test_any_text_is_judged_in_half_steps_with_its_own_words_and_always_the_same(text: str, phase: Phase) -> None:
    judged = examine(text, phase)
    assert judged == examine(text, phase)
    assert all(0 <= v.score <= 10 and v.score * 2 == int(v.score * 2) and v.evidence in text for v in judged.verdicts)


@settings(max_examples=100)
@given(TEXTS, PHASES, st.tuples(st.integers(-5, 250), st.integers(-5, 250)))
def test_any_proposal_is_left_out_of_the_evidence(text: str, phase: Phase, span: tuple[int, int]) -> None:
    judged = examine(text, phase, proposals=(span,))
    assert all(v.evidence in text for v in judged.verdicts)


@pytest.mark.parametrize("phase", list(DEFAULT_RUBRICS))
@pytest.mark.parametrize("token", TOKENS)
def test_a_long_repetition_is_judged(token: str, phase: Phase) -> None:
    text = (token * LENGTH)[:LENGTH]
    assert all(v.evidence in text for v in examine(text, phase).verdicts)
