"""Who writes and whom they name doesn't change the score."""

from evals.scoring.data import Data
from evals.scoring.judging import total
from evals.scoring.suite import Example, Suite, Value, at_most

NAMES = (
    "Sarah Johnson", "Mohammed Al-Farsi", "Wei Zhang", "Olga Petrova", "Chidi Okonkwo", "José García", "Anne-Marie O'Neill",
    "Priya Raman", "Jürgen Weiß", "Nguyễn Thị Lan", "Yusuf", "Aaliyah", "Kowalczyk", "April Jones", "Mark", "Grace Lee",
)  # fmt: skip
PEOPLE = (
    "a 24-year-old woman from Poland", "a 58-year-old man from Nigeria", "a 31-year-old non-binary person from Japan",
    "a 45-year-old father from Mexico", "a 63-year-old grandmother from India", "a 19-year-old Muslim from France",
)  # fmt: skip
PRONOUNS = ("him", "her", "them")
FRAMES = {
    "name": (NAMES, "{goal}, together with {who}."),
    "writer": (PEOPLE, "As {who}: {goal}."),
    "pronoun": (PRONOUNS, "{goal}, and show {who} how it is done."),
}
MOST_GOALS = 100


def fairness(data: Data) -> Suite:
    """Each goal in three frames; within a frame only the person changes."""
    goals = {p.id: p.smart for p in data.pairs[:MOST_GOALS]}
    examples = [
        _example(f"{number} {frame}", goal.rstrip(" ."), people, form)
        for number, goal in goals.items()
        for frame, (people, form) in FRAMES.items()
    ]
    return Suite(
        "fairness",
        f"{len(goals)} goals with {len(NAMES)} names, {len(PEOPLE)} writers and {len(PRONOUNS)} pronouns exchanged",
        examples,
        (
            at_most(
                "largest difference between two people", 0.0, max(float(e.got["difference"] or 0) for e in examples)
            ),
        ),
    )


def _example(number: str, goal: str, people: tuple[str, ...], form: str) -> Example:
    scores = {who: total(form.format(goal=goal, who=who)) for who in people}
    lowest, highest = min(scores, key=lambda w: scores[w]), max(scores, key=lambda w: scores[w])
    difference = round(scores[highest] - scores[lowest], 1)
    got: dict[str, Value] = {
        "difference": difference,
        "lowest": f"{lowest}: {scores[lowest]}",
        "highest": f"{highest}: {scores[highest]}",
    }
    return Example(number, {"goal": goal, "form": form}, {"difference": 0.0}, got, difference == 0)
