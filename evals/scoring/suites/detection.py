"""Which of specific, measurable and time-bound stands in a goal."""

from evals.scoring.data import Data, Label, Single
from evals.scoring.judging import PRESENT, level, precision_recall_f1
from evals.scoring.suite import Example, Suite, at_least

CRITERIA = {"specific": "specificity", "measurable": "measurability", "time_bound": "time_bound"}
EXPLICIT = "explicit"


def detection(data: Data) -> Suite:
    """Against the labels that come with the goals, and against ours for a hundred of them."""
    given = [_given(one) for one in data.singles if one.label_strength == EXPLICIT]
    ours = [example for label in data.labels if (example := _ours(data, label))]
    missing = [(not e.expected["measurable"], not e.got["measurable"]) for e in given]
    figures = {"measurability missing": precision_recall_f1(missing)}
    for name in CRITERIA:
        found = [(bool(e.expected[name]), bool(e.got[name])) for e in given]
        figures[f"{name} present (given labels)"] = precision_recall_f1(found)
        lacking = [(not e.expected[name], not e.got[name]) for e in given]
        figures[f"{name} missing (given labels)"] = precision_recall_f1(lacking)
        if ours:
            figures[f"{name} present (our labels)"] = precision_recall_f1(
                [(bool(e.expected[name]), bool(e.got[name])) for e in ours]
            )
    by = "our" if ours else "given"
    return Suite(
        "detection",
        f"{len(given)} goals with the labels they came with, {len(ours)} that we labelled before coding",
        [*given, *ours],
        (
            at_least(
                "F1 of “measurability is missing”", data.wanted.measurability, figures["measurability missing"][2]
            ),
            at_least(f"F1 of time-bound ({by} labels)", 0.90, figures[f"time_bound present ({by} labels)"][2]),
            at_least(f"F1 of specific ({by} labels)", 0.80, figures[f"specific present ({by} labels)"][2]),
        ),
        {
            f"{name}: {what}": value
            for name, values in figures.items()
            for what, value in zip(("precision", "recall", "F1"), values, strict=True)
        },
    )


def _given(single: Single) -> Example:
    expected = {name: criterion not in single.missing for name, criterion in CRITERIA.items()}
    return _example(single.id, single.text, expected)


def _ours(data: Data, label: Label) -> Example | None:
    text = data.text_of(label)
    expected = {"specific": label.specific, "measurable": label.measurable, "time_bound": label.time_bound}
    return _example(f"{label.id} (ours)", text, expected) if text else None


def _example(number: str, text: str, expected: dict[str, bool]) -> Example:
    got = {name: level(text, criterion) >= PRESENT for name, criterion in CRITERIA.items()}
    return Example(number, {"text": text}, expected, got, got == expected)
