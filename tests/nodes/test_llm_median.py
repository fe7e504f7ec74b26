"""How the LLM coach judges near the threshold: three times, the median of each criterion, and honest when one fails."""

import asyncio
import json

import pytest

from nodes.errors import CoachReplyUnfit, CoachUnavailable
from nodes.llm.coach import SECOND_WARMTH, LLMCoach, build_llm_coach
from nodes.rules.adviser import RuleAdviser
from state.conversation import add_usage
from state.rubric import DEFAULT_RUBRICS, Criterion, Rubric
from state.scorecard import score_goal
from tests.nodes.llm_cases import GOAL, by_name, exam, judged
from tests.nodes.model_server import BAD_JSON, INPUT_TOKENS, Behaviour, Hang, ModelServer, Status, Text

NAMES = ("specificity", "measurability", "time_bound", "alignment")


def run(label: str, *levels: float) -> Text:
    """A judgement by these levels that says everywhere whose it is."""
    reply = judged(GOAL[:16], 0, **dict(zip(NAMES, levels, strict=True)))
    for criterion in reply["criteria"]:
        criterion["reasoning"] = f"{label} thinks so."
    return Text(json.dumps(reply | {"feedback": f"{label} says.", "suggestions": [f"{label} suggests."]}))


@pytest.mark.parametrize(
    ("level", "threshold", "calls"),
    [
        (6.0, 7.0, 1), (6.5, 7.0, 3), (7.0, 7.0, 3), (7.5, 7.0, 3), (8.0, 7.0, 1),
        (8.0, 8.51, 1), (8.0, 8.5, 3), (9.5, 10.0, 3), (9.0, 10.0, 1), (0.0, 0.0, 3), (1.0, 0.0, 1),
    ],
)  # fmt: skip
async def test_only_near_the_threshold_a_goal_is_judged_three_times(
    server: ModelServer, coach: LLMCoach, level: float, threshold: float, calls: int
) -> None:
    server.always(judged(score=level))
    judgement = (await coach.judge(exam(threshold=threshold))).judgement
    assert len(server.requests) == calls
    assert score_goal(judgement, DEFAULT_RUBRICS[exam().phase], threshold)["score"] == level


async def test_half_a_point_is_near_whatever_binary_fractions_make_of_it(server: ModelServer, coach: LLMCoach) -> None:
    server.always(judged(specificity=5, measurability=4, time_bound=2, alignment=4))
    await coach.judge(exam(threshold=4.4))  # the score is 3.9, and 4.4 - 3.9 is more than 0.5 as a float
    assert 4.4 - 3.9 > 0.5
    assert len(server.requests) == 3


async def test_nearness_is_of_the_score_after_code_lowered_it(server: ModelServer, coach: LLMCoach) -> None:
    server.always(judged("words that nobody wrote", 7))
    await coach.judge(exam())
    assert len(server.requests) == 1
    server.always(judged("words that nobody wrote", 9.5))
    await coach.judge(exam(threshold=5))
    assert len(server.requests) == 4


async def test_each_criterion_has_its_own_median_with_the_words_of_the_run_that_gave_it(
    server: ModelServer, coach: LLMCoach
) -> None:
    server.script(run("A", 7, 7, 7, 7), run("B", 9, 6, 7.5, 7), run("C", 8, 2, 9, 7))
    result = await coach.judge(exam())
    verdicts = by_name(result.judgement.verdicts)
    assert [verdicts[name].score for name in NAMES] == [8, 6, 7.5, 7]
    assert [verdicts[name].reasoning[0] for name in NAMES] == ["C", "B", "B", "A"]
    assert list(verdicts) == list(DEFAULT_RUBRICS[exam().phase].criteria)


async def test_the_feedback_is_of_the_run_nearest_to_the_medians_total(server: ModelServer, coach: LLMCoach) -> None:
    server.script(run("A", 7, 7, 7, 7), run("B", 9, 7, 8, 8), run("C", 9, 9, 8, 8))
    judgement = (await coach.judge(exam())).judgement
    assert (judgement.feedback, judgement.suggestions) == ("B says.", ("B suggests.",))


@pytest.mark.parametrize(("others", "passes"), [((6.5, 6.0), False), ((6.5, 9.0), True), ((8.0, 9.0), True)])
async def test_the_median_decides_whether_a_goal_passes(
    server: ModelServer, coach: LLMCoach, others: tuple[float, float], passes: bool
) -> None:
    server.script(judged(score=7), *(judged(score=level) for level in others))
    judgement = (await coach.judge(exam())).judgement
    assert score_goal(judgement, DEFAULT_RUBRICS[exam().phase], 7)["meets_threshold"] is passes


async def test_all_three_are_paid_for(server: ModelServer, coach: LLMCoach) -> None:
    server.always(judged(score=7))
    near = (await coach.judge(exam())).usage
    far = (await coach.judge(exam(threshold=2))).usage
    assert near == add_usage(add_usage(far, far), far)
    assert far["input"] == INPUT_TOKENS


async def test_the_others_are_asked_at_the_same_time_and_a_little_warmer(server: ModelServer, coach: LLMCoach) -> None:
    server.always(judged(score=7))
    server.pause = 0.2
    await coach.judge(exam())
    assert [request["temperature"] for request in server.requests] == [0, SECOND_WARMTH, SECOND_WARMTH]
    assert server.busiest == 2
    prompts = [request["messages"] for request in server.requests]
    assert prompts[0] == prompts[1] == prompts[2]


async def test_reasoning_models_are_given_no_temperature_in_any_run(server: ModelServer) -> None:
    server.always(judged(score=7))
    coach = build_llm_coach("o3-mini", RuleAdviser(), api_key="k", base_url=server.base_url, max_retries=0)
    await coach.judge(exam())
    await coach.aclose()
    assert len(server.requests) == 3
    assert not any("temperature" in request for request in server.requests)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_when_one_run_fails_the_lower_level_counts_and_the_feedback_says_so(
    server: ModelServer, coach: LLMCoach, order: tuple[int, int]
) -> None:
    others: list[Behaviour] = [Status(500), run("B", 6, 9, 7, 7)]
    server.script(run("A", 7, 7, 7, 7.5), *(others[i] for i in order))
    result = await coach.judge(exam())
    verdicts = by_name(result.judgement.verdicts)
    assert [verdicts[name].score for name in NAMES] == [6, 7, 7, 7]
    assert "answered only twice" in result.judgement.feedback
    assert result.usage["input"] == 2 * INPUT_TOKENS


@pytest.mark.parametrize(
    ("failure", "paid"), [(Status(429), 1), (BAD_JSON, 5), (Text(json.dumps(judged() | {"criteria": []})), 5)]
)
async def test_when_both_fail_the_first_judgement_stands_and_says_so(
    server: ModelServer, coach: LLMCoach, failure: Behaviour, paid: int
) -> None:
    server.script(run("A", 7, 7, 7, 7))
    server.always(failure)
    result = await coach.judge(exam())
    assert [v.score for v in result.judgement.verdicts] == [7, 7, 7, 7]
    assert result.judgement.feedback.startswith("A says. (")
    assert "answered only once" in result.judgement.feedback
    assert result.usage["input"] == paid * INPUT_TOKENS


@pytest.mark.parametrize(("failure", "error"), [(Status(500), CoachUnavailable), (BAD_JSON, CoachReplyUnfit)])
async def test_without_a_first_judgement_there_is_none(
    server: ModelServer, coach: LLMCoach, failure: Behaviour, error: type[Exception]
) -> None:
    server.always(failure)
    with pytest.raises(error):
        await coach.judge(exam())


async def test_three_full_judgements_say_nothing_of_their_number(server: ModelServer, coach: LLMCoach) -> None:
    server.always(judged(score=7))
    assert (await coach.judge(exam())).judgement.feedback == "Good."


async def test_a_judgement_that_is_broken_off_leaves_no_call_behind(server: ModelServer, coach: LLMCoach) -> None:
    server.script(judged(score=7))
    server.always(Hang())
    judging = asyncio.create_task(coach.judge(exam()))
    while len(server.requests) < 3:  # noqa: ASYNC110 (they are the server's thread's)
        await asyncio.sleep(0.01)
    judging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await judging
    assert len(asyncio.all_tasks()) == 1


async def test_a_rubric_of_ones_own_is_judged_the_same_way(server: ModelServer, coach: LLMCoach) -> None:
    rubric = Rubric(
        criteria={"safety": Criterion(weight=60, description="Safe"), "pace": Criterion(weight=40, description="Fast")}
    )
    replies = [
        {
            "criteria": {
                n: {"score": s, "reasoning": "", "evidence": "charge nurse"} for n, s in (("safety", a), ("pace", b))
            }
        }
        for a, b in ((7, 7), (9, 3), (8, 8))
    ]
    server.script(*replies)
    verdicts = (await coach.judge(exam(rubric=rubric))).judgement.verdicts
    assert [(v.name, v.score) for v in verdicts] == [("safety", 8), ("pace", 7)]
