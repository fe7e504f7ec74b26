"""The hard limits hold whatever a real model says: held by its own server's grammar to boast, to invent or to ramble."""

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from nodes.coach import Exam, Judged
from nodes.errors import CoachReplyUnfit
from nodes.llm.coach import LLMCoach
from state.conversation import Draft, Proposal
from state.phases import Phase
from state.rubric import DEFAULT_RUBRICS
from state.scorecard import Scorecard, score_goal
from tests.nodes.llm_cases import GOAL, SAID, briefing, by_name, exam, within_limits
from tests.real_llm.relay import Relay, Schema

pytestmark = [pytest.mark.real_llm, pytest.mark.timeout(400)]

RUBRIC = DEFAULT_RUBRICS[Phase.G4_FUTURE]
UNDATED = "Be better at my job and a help to everybody"
LIMIT = 150
SAID_NUMBERS = {"4", "24", "2", "3"}
"""In the nurse's words, in the phase's time frame in months and years, in her profile."""


def boasting(score: float, quote: str) -> dict[str, Schema | None]:
    """A model that gives every criterion this score and quotes these words, in whatever other words it likes."""
    return {"score": {"const": score}, "evidence": {"const": quote}}


def patterned(goal: str) -> Schema:
    """A goal of this form; the model chooses what the pattern leaves open."""
    return {"type": "string", "pattern": f"^{goal}$"}


def scorecard(result: Judged, asked: Exam) -> Scorecard:
    """The scorecard that code makes of a judgement, its total checked by a second calculation."""
    card = score_goal(result.judgement, asked.rubric, asked.threshold)
    weights = {name: criterion.weight for name, criterion in asked.rubric.criteria.items()}
    points = sum((Decimal(str(v.score)) * weights[v.name] for v in result.judgement.verdicts), Decimal())
    total = points / sum(weights.values())
    assert card["score"] == float(total.quantize(Decimal("0.1"), ROUND_HALF_UP))
    return card


def invented(draft: Draft) -> list[str]:
    """Numbers and acronyms that nobody said and that no proposal marks."""
    rest = draft["text"]
    for proposal in sorted(draft["proposals"], key=lambda p: p["start"], reverse=True):
        rest = rest[: proposal["start"]] + " " + rest[proposal["end"] :]
    return [w for w in re.findall(r"\d+|\b[A-Z]{2,}\b", rest) if w not in SAID_NUMBERS and w not in " ".join(SAID)]


def said_scores(relay: Relay) -> list[dict[str, Any]]:
    """What the model itself gave each criterion, latest answer."""
    return list(json.loads(relay.exchanges[-1].said())["criteria"].values())


async def test_no_praise_makes_a_time_or_a_measure(relay: Relay, coach: LLMCoach) -> None:
    relay.narrow |= boasting(10, "a help to everybody")
    asked = exam(UNDATED)
    result = await coach.judge(asked)
    assert all(c["score"] == 10 for c in said_scores(relay))
    verdicts = by_name(result.judgement.verdicts)
    assert verdicts["time_bound"].score <= 2
    assert verdicts["measurability"].score <= 2
    assert "Lowered" in verdicts["time_bound"].reasoning
    assert not scorecard(result, asked)["meets_threshold"]


async def test_praise_that_the_goal_bears_out_stands(relay: Relay, coach: LLMCoach) -> None:
    relay.narrow |= boasting(10, "train 4 junior nurses")
    asked = exam()
    result = await coach.judge(asked)
    assert [v.score for v in result.judgement.verdicts] == [10.0] * len(RUBRIC.criteria)
    assert scorecard(result, asked)["score"] == 10.0


async def test_a_quote_that_is_not_the_goals_lowers_every_criterion(relay: Relay, coach: LLMCoach) -> None:
    relay.narrow |= boasting(10, "leads the whole hospital")
    asked = exam()
    result = await coach.judge(asked)
    assert all(c["score"] == 10 for c in said_scores(relay))
    assert all((v.score <= 5, v.evidence) == (True, "") for v in result.judgement.verdicts)
    assert scorecard(result, asked)["score"] <= 5


async def test_a_quote_of_a_proposal_lowers_too(relay: Relay, coach: LLMCoach) -> None:
    start = GOAL.index("train 4 junior nurses")
    relay.narrow |= boasting(10, "train 4 junior nurses")
    result = await coach.judge(exam(proposals=((start, start + len("train 4 junior nurses")),)))
    assert all((v.score <= 5, v.evidence) == (True, "") for v in result.judgement.verdicts)


@pytest.mark.parametrize(("off", "kept"), [(85, 10.0), (-3, 0.0)])
async def test_scores_off_the_scale_are_brought_onto_it(relay: Relay, coach: LLMCoach, off: float, kept: float) -> None:
    relay.narrow |= boasting(off, "train 4 junior nurses")
    result = await coach.judge(exam())
    assert len(relay.exchanges) == 2
    assert {v.score for v in result.judgement.verdicts} == {kept}


async def test_a_judge_that_leaves_a_criterion_out_is_refused(relay: Relay, coach: LLMCoach) -> None:
    relay.narrow["time_bound"] = None
    with pytest.raises(CoachReplyUnfit, match="did not judge every criterion"):
        await coach.judge(exam())
    assert len(relay.exchanges) == 2


@pytest.mark.parametrize("goal", [UNDATED, GOAL])
async def test_left_to_itself_the_judge_stays_within_what_the_goal_says(
    relay: Relay, coach: LLMCoach, goal: str
) -> None:
    asked = exam(goal)
    result = await coach.judge(asked)
    assert 0 <= scorecard(result, asked)["score"] <= 10
    for verdict in result.judgement.verdicts:
        assert verdict.evidence in goal
        assert verdict.score <= (10 if verdict.evidence else 5)
        assert verdict.score * 2 == int(verdict.score * 2)
    if goal == UNDATED:
        assert by_name(result.judgement.verdicts)["time_bound"].score <= 2


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_left_to_itself_the_writer_keeps_to_what_was_said_or_is_refused(
    relay: Relay, coach: LLMCoach, seed: int
) -> None:
    relay.extra["seed"] = seed
    try:
        draft = (await coach.refine(briefing(limit=LIMIT))).draft
    except CoachReplyUnfit as unfit:
        assert "nothing is lost" in unfit.message
        assert len(relay.exchanges) == 2
        return
    assert within_limits(draft)
    assert 20 <= len(draft["text"]) <= LIMIT
    assert invented(draft) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_what_the_model_invents_is_marked_or_cut_out(relay: Relay, coach: LLMCoach, seed: int) -> None:
    relay.extra["seed"] = seed
    relay.narrow["goal"] = patterned(
        r"Within 24 months, train [5-9][0-9] nurses in triage, save [1-9][0-9]% of time, join [A-Z]{4,6}, and lead"
        r" [5-9][0-9] shifts, and finish the certificate\."
    )
    draft = (await coach.refine(briefing())).draft
    written = json.loads(relay.exchanges[-1].said())["goal"]
    assert len(invented(Draft(text=written, proposals=[], sources=[], note=""))) == 4
    assert invented(draft) == []
    assert within_limits(draft)
    assert "finish the certificate" in draft["text"]


async def test_a_goal_that_goes_on_and_on_is_cut_to_the_limit(relay: Relay, coach: LLMCoach) -> None:
    relay.narrow["goal"] = patterned("Become charge nurse on the night shift( and [a-z]{4,9} the nurses){12}")
    draft = (await coach.refine(briefing(limit=LIMIT))).draft
    assert all(len(json.loads(e.said())["goal"]) > LIMIT for e in relay.exchanges)
    assert len(relay.exchanges) == 2
    assert len(draft["text"]) <= LIMIT
    assert draft["text"].startswith("Become charge nurse on the night shift")
    assert within_limits(draft)


async def test_a_goal_about_something_else_is_refused(relay: Relay, coach: LLMCoach) -> None:
    relay.narrow["goal"] = {"enum": ["Be the best that one could ever be in this world.", "Fulfillment", "2026-11-21"]}
    with pytest.raises(CoachReplyUnfit, match="hardly about"):
        await coach.refine(briefing())
    assert len(relay.exchanges) == 2


async def test_struck_words_do_not_come_back(relay: Relay, coach: LLMCoach) -> None:
    start = len("Train 4 junior nurses in triage, ")
    struck = Proposal(id="p1", text="by 15%", start=start, end=start + len("by 15%"), reason="r")
    before = Draft(text="Train 4 junior nurses in triage, by 15%", proposals=[struck], sources=[], note="")
    relay.narrow["goal"] = patterned("Train 4 junior nurses in triage, (cutting|raising) [a-z]{4,9} by 15%")
    draft = (await coach.refine(briefing(previous=before, struck=frozenset({"by 15%"})))).draft
    assert all("15%" in e.said() for e in relay.exchanges)
    assert "15" not in draft["text"]
    assert "train 4 junior nurses" in draft["text"].lower()
