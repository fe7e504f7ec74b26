"""Good goals reach the threshold, weak ones don't."""

from collections.abc import Sequence

from evals.scoring.data import Data
from evals.scoring.judging import THRESHOLD, best_cut, total
from evals.scoring.suite import Example, Suite, at_least, share
from evals.scoring.suites.detection import EXPLICIT
from state.phases import Phase


def calibration(data: Data) -> Suite:
    """Accuracy of the best single cut, for goals and for our values texts and action plans; shares at the threshold."""
    goals = [
        _example(one.id, one.text, one.label, Phase.G4_FUTURE) for one in data.singles if one.label_strength == EXPLICIT
    ]
    values = [_example(one.id, one.text, one.label, Phase.G6_VALUES) for one in data.values]
    actions = [_example(one.id, one.text, one.label, Phase.G8_ACTIONS) for one in data.actions]
    figures: dict[str, float] = {}
    for name, examples in (("goals", goals), ("values", values), ("actions", actions)):
        accuracy, cut = _cut(examples)
        figures |= {f"{name}: accuracy at the best cut": accuracy, f"{name}: that cut": -cut}
        figures[f"{name}: good at or above the threshold"] = share(
            [_score(e) >= THRESHOLD for e in examples if _good(e)]
        )
        figures[f"{name}: weak below the threshold"] = share([_score(e) < THRESHOLD for e in examples if not _good(e)])
    return Suite(
        "calibration",
        f"{len(goals)} goals with the labels they came with, {len(values)} values texts and {len(actions)} action plans that "
        "we labelled before coding",
        [*goals, *values, *actions],
        (
            at_least(
                "goals: good/weak accuracy at the best cut",
                data.wanted.accuracy,
                figures["goals: accuracy at the best cut"],
            ),
            at_least("values texts: the same", 0.85, figures["values: accuracy at the best cut"]),
            at_least("action plans: the same", 0.85, figures["actions: accuracy at the best cut"]),
        ),
        figures,
        {"good": [_score(e) for e in goals if _good(e)], "weak": [_score(e) for e in goals if not _good(e)]},
    )


def _example(number: str, text: str, label: str, phase: Phase) -> Example:
    score = total(text, phase)
    right = (score >= THRESHOLD) == (label == "good")
    return Example(number, {"text": text, "phase": phase.value}, {"label": label}, {"score": score}, right)


def _cut(examples: Sequence[Example]) -> tuple[float, float]:
    return best_cut([(_score(e), _good(e)) for e in examples])


def _score(example: Example) -> float:
    return float(example.got["score"] or 0)


def _good(example: Example) -> bool:
    return example.expected["label"] == "good"
