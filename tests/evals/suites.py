"""Small measured suites for the tests of the reports."""

from evals.bars import Bar
from evals.scoring.results import Results
from evals.scoring.suite import Example, Suite

GOOD = Example("g1", {"text": "Weld ten frames by May."}, {"label": "good"}, {"score": 8.5, "dated": True}, True)
WEAK = Example("g2", {"text": "Be <b>better</b> & “nicer”"}, {"label": "weak"}, {"score": 7.1, "dated": None}, False)


def suite(*examples: Example, held: bool = True) -> Suite:
    """A suite with one bar."""
    bars = (Bar("share <right>", "at least 0.9", "0.500", held),)
    return Suite("calibration", "a few goals", examples, bars, {"mean": 7.8}, {"good": [8.5], "weak": [7.1]})


def results(*suites: Suite, own: bool = False) -> Results:
    """A run."""
    return Results("goals of others", own, "2 goals, fingerprint abc", suites)
