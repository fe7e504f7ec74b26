"""An employee who answers what is asked, from a sheet of facts, and the conversation with the rule coach."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from evals.scoring.judging import THRESHOLD, TODAY
from nodes.coach import Briefing, Exam
from nodes.rules.coach import RuleCoach
from nodes.rules.compose import raw
from nodes.rules.keeping import score
from nodes.understanding.reading import hold
from state.conversation import Draft, Profile
from state.phases import GOAL_PHASES, Phase
from state.rubric import DEFAULT_RUBRICS
from state.scorecard import Scorecard, score_goal, to_mend

MOST_MESSAGES = 6
NOTHING_TO_ADD = "That is all I can think of."


@dataclass(frozen=True, slots=True)
class Script:
    """A phase, who speaks, and what they answer to a question about each criterion, one answer after the other."""

    phase: Phase
    profile: Profile
    answers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Journey:
    """How a phase went."""

    said: tuple[str, ...]
    draft: Draft
    card: Scorecard
    asked: tuple[str, ...]
    below: bool
    """Whether the refined goal scores lower than what was said, cut to the limit."""

    @property
    def reached(self) -> bool:
        """Whether the threshold was reached."""
        return self.card["meets_threshold"]


def walk(script: Script, opening: str) -> Journey:
    """One phase until the threshold is reached or the employee has said enough messages."""
    said, asked = [opening], list[str]()
    used: dict[str, int] = {}
    while True:
        briefing = replace(briefing_of(script, hold(said, script.phase)), asked=tuple(asked))
        gap = RuleCoach().gap(briefing, go_on=said[-1] == NOTHING_TO_ADD)
        if gap is None:
            draft, card = asyncio.run(_refined(briefing))
            if card["meets_threshold"] or len(said) >= MOST_MESSAGES:
                below = card["score"] < score(raw(briefing.said, briefing.limit), briefing)
                return Journey(tuple(said), draft, card, tuple(asked), below)
        wanted = gap.criterion if gap else to_mend(card)[0]["name"]
        if gap:
            asked.append(wanted)
        answers = script.answers.get(wanted, ())
        said.append(answers[min(used.get(wanted, 0), len(answers) - 1)] if answers else NOTHING_TO_ADD)
        used[wanted] = used.get(wanted, 0) + 1


def briefing_of(script: Script, said: tuple[str, ...]) -> Briefing:
    """What the coach may know after so many messages."""
    spec = GOAL_PHASES[script.phase]
    return Briefing(
        company="Northwind Works",
        phase=script.phase,
        limit=spec.limit,
        horizon_months=spec.horizon_months,
        rubric=DEFAULT_RUBRICS[script.phase],
        prompts={},
        profile=script.profile,
        said=said,
        dialogue=(),
        goals={},
        passages=(),
        today=TODAY,
    )


async def _refined(briefing: Briefing) -> tuple[Draft, Scorecard]:
    coach = RuleCoach()
    draft = coach.never_worse((await coach.refine(briefing)).draft, briefing)
    exam = Exam(
        phase=briefing.phase,
        text=draft["text"],
        proposals=tuple((p["start"], p["end"]) for p in draft["proposals"]),
        rubric=briefing.rubric,
        passages=(),
        rag_enabled=False,
        today=briefing.today,
        threshold=THRESHOLD,
    )
    return draft, score_goal((await coach.judge(exam)).judgement, briefing.rubric, THRESHOLD)
