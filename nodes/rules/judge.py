"""The rule coach's judge: one verdict per criterion from evidence alone, the same for the same goal every time."""

from collections.abc import Callable

from nodes.coach import Exam
from nodes.rules.judge_fit import alignment, by_keywords
from nodes.rules.judge_reading import Reading, read
from nodes.rules.judge_smart import Level, achievability, measurability, specificity, time_bound
from nodes.rules.judge_values import authenticity, clarity
from nodes.screening.foreign import is_foreign
from nodes.screening.plain_text import as_written, plain
from state.rubric import Criterion, Rubric
from state.scorecard import Judgement, Verdict, half_step

MODEL = "rules"
PROMPT_VERSION = "rules-3"
"""Changes whenever the same goal may get another score."""
EXCELLENT = 9.0
"""From here on a criterion needs no suggestion."""
GOOD = 7.0
"""The default threshold: below it the reason is told first, from it on only a finishing touch."""
MOST_SUGGESTIONS = 3
UNREAD = 1.0
FOREIGN = "The rule coach reads English only, and this looks like another language, so it can't tell."
IN_ENGLISH = "Write the goal in English, or ask your company to connect a language model."

_BY_EVIDENCE: dict[str, Callable[[Reading], Level]] = {
    "specificity": specificity,
    "measurability": measurability,
    "time_bound": time_bound,
    "achievability": achievability,
    "clarity": clarity,
    "authenticity": authenticity,
}
_BY_FIT = frozenset(("alignment", "company_alignment"))
_ADVICE = {
    "specificity": "Name the role or the piece of work, the field and the people it is about.",
    "measurability": "Add a number or a finished result, so that anyone could tell when it is reached.",
    "time_bound": "Say by when, for example “by the end of June”.",
    "achievability": "Plan a handful of actions that fit the time, and say by when the whole plan is done.",
    "alignment": "Connect it with something your company's documents ask for.",
    "company_alignment": "Say which of your company's values yours meet, in your own words.",
    "clarity": "Name three to five values and add a few words on what each one means to you.",
    "authenticity": "For each value, add one thing that you do at work because of it.",
}
_POLISH = {
    "specificity": "Name one more detail, such as the field or the people it is about.",
    "measurability": "Add one more number or a finished result beside what can be checked already.",
    "time_bound": "Add an end date or a milestone on the way.",
    "achievability": "Spread the actions a little more evenly over the time.",
    "alignment": "Name more of what your company's documents ask for, where it is true for you.",
    "company_alignment": "Name more of the company's values that are yours too.",
    "clarity": "Add a few words to each value that stands alone.",
    "authenticity": "Add what you do at work to each value that has no example yet.",
}
"""Advice for what is good already."""
_STRONG = {
    "specificity": "it is clear what you will do",
    "measurability": "anyone can tell when it is reached",
    "time_bound": "the time frame is clear",
    "achievability": "the plan fits the time",
    "alignment": "it fits your company's documents",
    "company_alignment": "it meets your company's values",
    "clarity": "your values are clearly told apart",
    "authenticity": "your values show in what you do",
}


def judge(exam: Exam) -> Judgement:
    """One verdict per criterion of the exam's rubric. Pure: no model, no clock, no database."""
    if is_foreign(exam.text):
        return _unread(exam)
    reading = read(plain(exam))
    verdicts = tuple(_verdict(reading, exam, name, criterion) for name, criterion in exam.rubric.criteria.items())
    return Judgement(
        verdicts, _feedback(verdicts, exam.rubric), _suggestions(verdicts, exam.rubric), MODEL, PROMPT_VERSION
    )


def _unread(exam: Exam) -> Judgement:
    """Of a text in another language nothing is guessed."""
    verdicts = tuple(Verdict(name, UNREAD, FOREIGN, "") for name in exam.rubric.criteria)
    return Judgement(verdicts, FOREIGN, (IN_ENGLISH,), MODEL, PROMPT_VERSION)


def _verdict(reading: Reading, exam: Exam, name: str, criterion: Criterion) -> Verdict:
    level = _level(reading, name, criterion)
    return Verdict(name, half_step(level.score), level.reasoning, as_written(level.evidence, exam.text), level.mendable)


def _level(reading: Reading, name: str, criterion: Criterion) -> Level:
    if name in _BY_EVIDENCE:
        return _BY_EVIDENCE[name](reading)
    return alignment(reading, criterion) if name in _BY_FIT else by_keywords(reading, criterion)


def _by_cost(verdicts: tuple[Verdict, ...], rubric: Rubric) -> list[Verdict]:
    """The verdicts that cost the goal most points first."""
    return sorted(verdicts, key=lambda v: -(10 - v.score) * rubric.criteria[v.name].weight)


def _suggestions(verdicts: tuple[Verdict, ...], rubric: Rubric) -> tuple[str, ...]:
    weak = [v for v in _by_cost(verdicts, rubric) if v.score < EXCELLENT]
    return tuple(_advice(v, rubric.criteria[v.name]) for v in weak[:MOST_SUGGESTIONS])


def _advice(verdict: Verdict, criterion: Criterion) -> str:
    title = verdict.name.replace("_", " ")
    if verdict.score >= GOOD and verdict.name in _POLISH:
        return _POLISH[verdict.name]
    if verdict.name in _ADVICE:
        return _ADVICE[verdict.name]
    return f"For {title}, speak to this: {criterion.description.rstrip('.')}."


def _feedback(verdicts: tuple[Verdict, ...], rubric: Rubric) -> str:
    ranked = _by_cost(verdicts, rubric)
    worst, best = ranked[0], max(verdicts, key=lambda v: (bool(v.evidence), v.score))
    if worst.score >= EXCELLENT:
        return "This goal is ready: every criterion is met."
    praised = best.score >= GOOD and best.evidence and best.name in _STRONG
    praise = f"Good: {_STRONG[best.name]}. " if praised else ""
    if worst.score >= GOOD:
        return f"{praise}What could still be sharper is {worst.name.replace('_', ' ')}."
    return f"{praise}Most is to be gained on {worst.name.replace('_', ' ')}: {worst.reasoning}"
