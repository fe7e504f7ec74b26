"""How the LLM coach judges: no score without the goal's own words, every criterion once."""

from functools import partial
from typing import Any, cast

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.graph import START, StateGraph
from langgraph.types import Overwrite

from nodes.errors import CoachReplyUnfit
from nodes.llm.coach import LLMCoach
from nodes.llm.prompts import JUDGE, prompt_version
from nodes.score import score
from nodes.tools import Tools
from state.conversation import NO_USAGE, Brief, ConversationState, Draft, Line, Passage, Profile, Proposal
from state.identity import Ticket
from state.phases import Phase
from state.records.database import Database
from state.records.turns.outcomes import Outcome
from state.rubric import DEFAULT_RUBRICS
from state.scorecard import score_goal
from tests.nodes.llm_cases import GOAL, LADDER, by_name, exam, judged, system_and_data
from tests.nodes.model_server import (
    INPUT_TOKENS,
    ModelServer,
)

SECRETS = ("Amina", "Okafor", "Staff Nurse", "Riverside", "maybe", "night terrors", "ER-1187", "older goal")
"""What only the chat, the profile, the tenant or other phases hold."""


class _Finder:
    def __init__(self) -> None:
        self.asked: list[str] = []

    async def passages(self, query: str) -> tuple[Passage, ...]:
        self.asked.append(query)
        return (LADDER,)


async def _nobody(state: ConversationState, config: RunnableConfig) -> Ticket:
    raise NotImplementedError


async def _nothing(ticket: Ticket, outcome: Outcome) -> None:
    raise NotImplementedError


def _scoring(draft: Draft) -> ConversationState:
    """A turn of Amina's that has come to its score."""
    brief = {
        "company": "Riverside Hospital", "phase": "g4_future", "limit": 300, "horizon_months": 24, "categories": [],
        "rubric": DEFAULT_RUBRICS[Phase.G4_FUTURE].model_dump(mode="json"), "threshold": 7.77, "prompts": {},
        "rag_enabled": True, "llm_model": None, "language": "en", "admins_may_read": False,
    }  # fmt: skip
    turn = {"tenant_id": "3f0e7a52-6f0b-4d59-9f0e-0c3f5a1f7a11", "session_id": "s", "turn_id": "t", "fence": 1}
    state = {
        "turn": turn, "brief": cast("Brief", brief), "draft": draft, "low_scores": 0, "last_score": None,
        "acts": [], "entry": "score", "usage": Overwrite(NO_USAGE),
        "profile": Profile(name="Amina Okafor", position="Staff Nurse", employee_code="ER-1187"),
        "said": ["I am Amina, and maybe I have night terrors about triage."],
        "dialogue": [Line(role="user", content="I am Amina Okafor of Riverside.")],
        "goals": {"g6_values": "An older goal of mine: older goal."},
    }  # fmt: skip
    return cast("ConversationState", state)


async def test_a_judgement_is_taken_over_and_can_be_weighed(server: ModelServer, coach: LLMCoach) -> None:
    result = await coach.judge(exam())
    judgement = result.judgement
    assert (judgement.model, judgement.prompt_version) == ("fake-model", prompt_version(JUDGE))
    assert [v.name for v in judgement.verdicts] == list(DEFAULT_RUBRICS[Phase.G4_FUTURE].criteria)
    assert all(v.evidence and v.evidence in GOAL for v in judgement.verdicts)
    assert score_goal(judgement, DEFAULT_RUBRICS[Phase.G4_FUTURE], 7)["score"] == 8.0
    assert result.usage["total"] > INPUT_TOKENS
    assert server.requests[0]["temperature"] == 0
    assert not server.requests[0].get("stream")


async def test_the_judge_sees_goal_rubric_and_passages_only(server: ModelServer, coach: LLMCoach) -> None:
    start = GOAL.index("train 4")
    await coach.judge(exam(passages=(LADDER,), proposals=((start, start + 7),)))
    system, data = system_and_data(server)
    assert "[...]" in data
    assert "train 4" not in data
    assert "Says by when" in data
    assert LADDER.content in data
    assert "certificate" not in system
    assert not any(word in data for word in ("maybe", "Staff Nurse", "Riverside"))


async def test_the_judge_sees_neither_the_chat_nor_who_wrote_the_goal_nor_the_threshold(
    server: ModelServer, coach: LLMCoach
) -> None:
    start = GOAL.index("train 4 junior nurses")
    proposal = Proposal(id="p1", text=GOAL[start : start + 21], start=start, end=start + 21, reason="")
    finder = _Finder()
    node = partial(score, tools=Tools(cast("Database", None), lambda _: coach, lambda *_: finder, _nobody, _nothing))
    state = _scoring(Draft(text=GOAL, proposals=[proposal], sources=[], note=""))
    graph = StateGraph(ConversationState).add_node("score", node).add_edge(START, "score").compile()
    card = (await graph.ainvoke(state))["scorecard"]
    assert (card["score"], card["threshold"]) == (8.0, 7.77)
    assert len(server.requests) == 3
    asked = "\n".join(m["content"] for request in server.requests for m in request["messages"])
    assert LADDER.content in asked
    assert not [word for word in SECRETS if word in asked]
    assert "7.77" not in asked
    (query,) = finder.asked
    assert "become charge nurse" in query
    assert "train 4" not in query


async def test_scores_land_on_half_steps(server: ModelServer, coach: LLMCoach) -> None:
    server.script(judged(specificity=7.3, measurability=6.76, time_bound=0.1, alignment=10))
    verdicts = by_name((await coach.judge(exam(threshold=10))).judgement.verdicts)
    assert [v.score for v in verdicts.values()] == [7.5, 7.0, 0.0, 10.0]


async def test_scores_off_the_scale_are_asked_for_once_more_then_clamped(server: ModelServer, coach: LLMCoach) -> None:
    server.always(judged(specificity=85, measurability=-3))
    verdicts = by_name((await coach.judge(exam(threshold=10))).judgement.verdicts)
    assert len(server.requests) == 2
    assert (verdicts["specificity"].score, verdicts["measurability"].score) == (10.0, 0.0)


@pytest.mark.parametrize(
    ("quote", "exact", "score"),
    [
        ("TRAIN 4  junior\nnurses", "train 4 junior nurses", 9.0),
        ('"train 4 junior nurses."', "train 4 junior nurses", 9.0),
        ("train 4 ... on the night shift", "on the night shift", 9.0),
        ("train 40 junior nurses", "", 5.0),
        ("leads a hospital", "", 5.0),
        ("to", "", 5.0),
        ("", "", 5.0),
    ],
)
async def test_evidence_is_the_goals_exact_words_or_nothing(
    server: ModelServer, coach: LLMCoach, quote: str, exact: str, score: float
) -> None:
    server.script(judged(evidence=quote, score=9))
    verdict = by_name((await coach.judge(exam())).judgement.verdicts)["specificity"]
    assert (verdict.evidence, verdict.score) == (exact, score)


@pytest.mark.parametrize(
    ("quote", "score", "lowered"),
    [("train 40 junior nurses", 4, 3.0), ("train 40 junior nurses", 0.5, 0.0), ("[...]", 4, 3.0), ("", 4, 4.0)],
)
async def test_a_quote_that_is_not_the_goals_lowers_low_levels_too(
    server: ModelServer, coach: LLMCoach, quote: str, score: float, lowered: float
) -> None:
    server.script(judged(specificity=score))
    server.script(judged(evidence=quote, score=score))
    proven = by_name((await coach.judge(exam(threshold=0))).judgement.verdicts)["specificity"]
    verdict = by_name((await coach.judge(exam(threshold=10))).judgement.verdicts)["specificity"]
    assert (proven.score, verdict.score) == (score, lowered)
    assert ("Lowered" in verdict.reasoning) is (lowered < score)


@pytest.mark.parametrize(
    ("written", "quote"),
    [
        ("a master’s degree", "a master's degree"),
        ("a master's degree", "a master’s degree"),
        ("a two–year plan", "a two-year plan"),
        ("the “Ladder” course", 'the "Ladder" course'),
    ],
)
async def test_a_quote_with_typewriter_marks_is_the_goals_own(
    server: ModelServer, coach: LLMCoach, written: str, quote: str
) -> None:
    server.script(judged(quote, 9))
    verdict = by_name((await coach.judge(exam(f"Within 24 months, finish {written}."))).judgement.verdicts)
    assert (verdict["specificity"].evidence, verdict["specificity"].score) == (written, 9.0)


async def test_evidence_inside_a_proposal_counts_for_nothing(server: ModelServer, coach: LLMCoach) -> None:
    start = GOAL.index("train 4 junior nurses")
    span = (start, start + len("train 4 junior nurses"))
    server.script(judged("train 4 junior nurses", 9), judged("shift, train 4 junior nurses", 9))
    inside = by_name((await coach.judge(exam(proposals=(span,)))).judgement.verdicts)["specificity"]
    assert (inside.evidence, inside.score) == ("", 5.0)
    across = by_name((await coach.judge(exam(proposals=(span,)))).judgement.verdicts)["specificity"]
    assert across.evidence in GOAL[:start]
    assert across.evidence


async def test_no_model_can_award_a_time_or_a_measure_that_is_not_there(server: ModelServer, coach: LLMCoach) -> None:
    server.script(judged("better at my job", 9.5))
    verdicts = by_name((await coach.judge(exam("Be better at my job"))).judgement.verdicts)
    assert verdicts["time_bound"].score == 2.0
    assert verdicts["measurability"].score == 2.0
    assert verdicts["specificity"].score == 9.5
    assert "Lowered" in verdicts["time_bound"].reasoning


async def test_a_time_inside_a_proposal_does_not_count(server: ModelServer, coach: LLMCoach) -> None:
    text = "Train 4 junior nurses in triage by June 2027."
    start = text.index("by June 2027")
    server.script(judged("Train 4 junior nurses", 9), judged("Train 4 junior nurses", 9))
    proposed = by_name((await coach.judge(exam(text, proposals=((start, len(text) - 1),)))).judgement.verdicts)
    settled = by_name((await coach.judge(exam(text))).judgement.verdicts)
    assert (proposed["time_bound"].score, settled["time_bound"].score) == (2.0, 9.0)


def _without_last(reply: dict[str, Any]) -> dict[str, Any]:
    return reply | {"criteria": reply["criteria"][:-1]}


def _doubled(reply: dict[str, Any]) -> dict[str, Any]:
    return reply | {"criteria": [*reply["criteria"], reply["criteria"][0]]}


def _renamed(reply: dict[str, Any]) -> dict[str, Any]:
    return reply | {"criteria": [*reply["criteria"][:-1], reply["criteria"][0] | {"name": "charm"}]}


async def test_criteria_by_name_are_read_like_a_list(server: ModelServer, coach: LLMCoach) -> None:
    reply = judged()
    named = {c.pop("name"): c for c in reply["criteria"]}
    server.script(reply | {"criteria": named})
    verdicts = (await coach.judge(exam())).judgement.verdicts
    assert [v.name for v in verdicts] == list(named)
    assert len(server.requests) == 1


@pytest.mark.parametrize("spoil", [_without_last, _doubled, _renamed])
async def test_every_criterion_is_judged_exactly_once(server: ModelServer, coach: LLMCoach, spoil: Any) -> None:
    server.script(spoil(judged()), judged())
    assert len((await coach.judge(exam())).judgement.verdicts) == 4
    assert "exactly once" in server.requests[1]["messages"][-1]["content"]
    server.always(spoil(judged()))
    with pytest.raises(CoachReplyUnfit):
        await coach.judge(exam())
    assert len(server.requests) == 4


async def test_without_documents_the_alignment_says_so(server: ModelServer, coach: LLMCoach) -> None:
    off = by_name((await coach.judge(exam(rag_enabled=False))).judgement.verdicts)
    on = by_name((await coach.judge(exam())).judgement.verdicts)
    assert "documents are turned off" in off["alignment"].reasoning
    assert "documents are turned off" not in on["alignment"].reasoning + off["specificity"].reasoning


async def test_a_time_in_another_language_is_left_to_the_model(server: ModelServer, coach: LLMCoach) -> None:
    """The evidence rules read English, so what they don't find there proves nothing."""
    goal = "Bis Ende Juni 2027 leite ich die Spätschicht mit acht Leuten und senke die Unfälle um 20 Prozent."
    server.script(judged(evidence="Bis Ende Juni 2027", score=9.0))
    found = by_name((await coach.judge(exam(goal))).judgement.verdicts)
    assert (found["time_bound"].score, found["measurability"].score) == (9.0, 9.0)
