"""No text keeps the rules busy: their work grows with its length and no faster.

What was quadratic took half a minute for these texts, and takes about a second.
"""

import threading

import pytest

from nodes.english.times import due_days
from nodes.rules import coach as coach_module
from nodes.rules.coach import RuleCoach
from nodes.rules.compose import compose
from nodes.rules.keeping import never_worse
from nodes.rules.replies import compose_reply
from state.conversation import Draft
from state.phases import Phase
from state.rubric import DEFAULT_RUBRICS
from tests.nodes.test_compose import briefing
from tests.nodes.test_rule_judge import TODAY, examine

GOAL, MESSAGE, MESSAGES = 60_000, 10_000, 2
TOKENS = (
    "1,", "$1,", "a, ", "ab, ", "!", ". ", "well, ", "x and ", "lead x, ", "plan - ", "when x and I ", "(", "“", "“a” ", "<a>",
    "<!-", "| a\n", '{"', "1.\n", "- a b\n", "ten points. ", "by May 5 ", "1111", "a-", "ing-", "honest. I help. ", "\u3000",
    "build bridges ", "1. ",
)  # fmt: skip
"""What was slow once, each for a reason of its own."""
PHASES = list(DEFAULT_RUBRICS)
EACH = [(token, PHASES[number % len(PHASES)]) for number, token in enumerate(TOKENS)]

pytestmark = pytest.mark.timeout(20)


def repeated(token: str, length: int) -> str:
    return (token * length)[:length]


def messages(token: str) -> tuple[str, ...]:
    """Messages that differ, so that none is left out as one that was sent twice."""
    return tuple(f"{number} {repeated(token, MESSAGE - 2)}" for number in range(MESSAGES))


@pytest.mark.parametrize(("token", "phase"), EACH)
def test_a_long_conversation_is_read_in_time(token: str, phase: Phase) -> None:
    said = messages(token)
    about = briefing(phase, said)
    RuleCoach().gap(about)
    compose_reply(about)
    drafted = compose(about)
    assert len(drafted["text"]) <= max(about.limit, len(drafted["text"].split("\n")[0]))
    assert never_worse(drafted, about)["text"]


@pytest.mark.parametrize(("token", "phase"), EACH)
def test_a_long_goal_is_judged_in_time(token: str, phase: Phase) -> None:
    text = repeated(token, GOAL)
    assert all(v.evidence in text for v in examine(text, phase).verdicts)
    assert all(text[due.start : due.end] == due.text for due in due_days(text, TODAY))


@pytest.mark.parametrize("ending", ["x", ".\nlead 3 people by June"])
def test_what_stands_behind_a_long_run_of_marks_is_still_read(ending: str) -> None:
    assert RuleCoach().gap(briefing(Phase.G6_VALUES, ("!" * MESSAGE + ending,)))


async def test_the_rule_coach_reads_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []

    def watched(*_: object) -> str:
        threads.append(threading.get_ident())
        return "One word"

    monkeypatch.setattr(coach_module, "compose_reply", watched)
    about = briefing(Phase.G4_FUTURE, ("lead a team",))
    assert [chunk.text async for chunk in RuleCoach().reply(about)] == ["One word"]
    assert threading.get_ident() not in threads
    draft: Draft = (await RuleCoach().refine(briefing(Phase.G4_FUTURE, ("lead a team of 5",)))).draft
    assert "team of 5" in draft["text"]
