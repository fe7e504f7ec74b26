"""Replays a stored score: the goal is judged again by the coach that judged it, on what the judge saw then."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from nodes.coach import Coach, Exam
from nodes.errors import CoachReplyUnfit, CoachUnavailable
from nodes.exams import ExamUnreadable, recalled
from nodes.rules.judge import MODEL as RULES
from state.company import Company
from state.errors import PetrafError
from state.phases import Phase
from state.records.sessions.scores import Judges, StoredScore
from state.scorecard import Scorecard, score_goal


class CannotReplay(PetrafError):
    """This score can't be replayed."""


class NothingKept(CannotReplay):
    """scored before Petraf kept what the judge saw"""


class JudgeNotConfigured(CannotReplay):
    """judged by {model}, which isn't configured here: set PETRAF_CHAT_MODEL and OPENAI_API_KEY or OPENAI_BASE_URL"""


class OtherVersion(CannotReplay):
    """judged by {then}, this version is {now}"""


@dataclass(frozen=True)
class Replayer:
    """Judges stored goals again, as they were judged or under a company's present rubric."""

    choose: Callable[[str | None], Coach]
    """The coach for a model's name."""
    any_version: bool = False
    """Whether another version of prompt or rules may judge: not for a replay, but to see how scores would move."""
    _away: dict[str, CannotReplay] = field(default_factory=dict)
    """Models that didn't answer; they aren't asked again."""

    async def score(self, stored: StoredScore, company: Company | None = None) -> Scorecard:
        """The score as it comes out now; by the rubric and threshold of `company` where one is given.

        Raises CannotReplay with the reason.
        """
        exam = _exam(stored, company)
        coach = self.coach_for(stored.score_details["model"], stored.score_details["prompt_version"])
        if gone := self._away.get(coach.model):
            raise gone
        try:
            judged = await coach.judge(exam)
        except CoachUnavailable as error:
            self._away[coach.model] = CannotReplay(error.message)
            raise self._away[coach.model] from error
        except CoachReplyUnfit as error:
            raise CannotReplay(error.message) from error
        return score_goal(judged.judgement, exam.rubric, exam.threshold)

    def coach_for(self, model: str, prompt_version: str) -> Coach:
        """The coach that judged. Raises CannotReplay when it isn't here, or by another version."""
        coach = self.choose(model)
        if coach.model != model:
            raise JudgeNotConfigured(model=model)
        if coach.prompt_version != prompt_version and not self.any_version:
            raise OtherVersion(then=prompt_version, now=coach.prompt_version)
        return coach

    def calls(self, judges: list[Judges]) -> dict[str, int]:
        """How many goals each language model would have to judge."""
        asked: dict[str, int] = {}
        for judge in judges:
            if judge.kept and judge.model != RULES and self._can_ask(judge):
                asked[judge.model] = asked.get(judge.model, 0) + judge.goals
        return asked

    def _can_ask(self, judge: Judges) -> bool:
        try:
            self.coach_for(judge.model, judge.prompt_version)
        except CannotReplay:
            return False
        return True


def _exam(stored: StoredScore, company: Company | None) -> Exam:
    if stored.exam is None:
        raise NothingKept
    phase = Phase(stored.phase)
    try:
        exam = recalled(stored.exam, phase, stored.content)
    except ExamUnreadable as error:
        raise CannotReplay(error.message) from error
    if company is None:
        return exam
    return replace(exam, rubric=company.config.rubric(phase), threshold=company.config.threshold)
