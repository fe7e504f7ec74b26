"""What makes a goal better never costs it, and what says nothing hardly adds."""

from evals.scoring.data import Data
from evals.scoring.judging import level, total
from evals.scoring.suite import Example, Suite, at_most
from evals.scoring.suites.ranking import MOST_FLUFF, padded

DATES = ("by 30 June 2027", "by the end of the year", "within 6 months", "by Q2 2027")
METRICS = ("measured by 20% fewer complaints", "with at least 3 customers", "raising the pass rate from 60% to 75%")


def monotony(data: Data) -> Suite:
    """A date, a metric and fluff added to every goal."""
    texts = {f"{p.id}:{side}": t for p in data.pairs for side, t in (("vague", p.vague), ("smart", p.smart))}
    texts |= {one.id: one.text for one in data.singles}
    examples = [
        *(_grown(number, text, more, "time_bound") for number, text in texts.items() for more in DATES),
        *(_grown(number, text, more, "measurability") for number, text in texts.items() for more in METRICS),
    ]
    rise = max(round(total(padded(text)) - total(text), 1) for text in texts.values())
    return Suite(
        "monotony",
        f"{len(texts)} goals with {len(DATES)} dates and {len(METRICS)} metrics added",
        examples,
        (
            at_most("a date lowered time_bound, or a metric measurability", 0, sum(not e.right for e in examples)),
            at_most("most points that fluff adds", MOST_FLUFF, rise),
        ),
    )


def _grown(number: str, text: str, more: str, criterion: str) -> Example:
    grown = f"{text.rstrip(' .')}, {more}." if criterion == "measurability" else f"{text.rstrip(' .')} {more}."
    before, after = level(text, criterion), level(grown, criterion)
    return Example(
        f"{number} + {more}", {"text": text, "grown": grown}, {criterion: before}, {criterion: after}, after >= before
    )
