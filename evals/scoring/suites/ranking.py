"""A SMART rewrite scores above its vague original, also when the original is padded with fluff."""

from evals.scoring.data import Data, Pair
from evals.scoring.judging import total
from evals.scoring.suite import Example, Suite, at_least, at_most, share

FLUFF = (
    "I really want to give my absolute best every single day and grow as a person together with my wonderful team, because I "
    "believe that passion and dedication make all the difference and I am truly excited about this amazing journey ahead of us"
)
"""Forty words that say nothing."""
MOST_FLUFF = 0.3


def ranking(data: Data) -> Suite:
    """Ranking and padding of every pair; the bars hold for rewrites that have both a number and a date."""
    examples = [_example(pair) for pair in data.pairs]
    both = {pair.id for pair in data.pairs if pair.smart_has_number and pair.smart_has_deadline}
    bound = [e for e in examples if e.id in both]
    rises = [float(e.got["padded"] or 0) - float(e.got["vague"] or 0) for e in examples]
    return Suite(
        "ranking",
        f"{len(examples)} vague goals with their rewrites, {len(bound)} of these with both number and date",
        examples,
        (
            at_least(
                "rewrites with number and date score above the vague goal",
                0.98,
                share([_above(e, "vague") for e in bound]),
            ),
            at_least("still so after 40 words of fluff", 0.98, share([_above(e, "padded") for e in bound])),
            at_most("most points that fluff adds", MOST_FLUFF, max([0.0, *rises])),
        ),
        {"all rewrites score above": share([_above(e, "vague") for e in examples])},
        {
            "vague": [float(e.got["vague"] or 0) for e in examples],
            "SMART": [float(e.got["smart"] or 0) for e in examples],
        },
    )


def padded(text: str) -> str:
    """A goal with fluff behind it."""
    return f"{text.rstrip(' .')}. {FLUFF}."


def _example(pair: Pair) -> Example:
    got = {"vague": total(pair.vague), "smart": total(pair.smart), "padded": total(padded(pair.vague))}
    right = got["smart"] > max(got["vague"], got["padded"])
    inputs = {"profession": pair.profession, "vague": pair.vague, "smart": pair.smart}
    return Example(pair.id, inputs, {"above": "smart"}, got, right)


def _above(example: Example, other: str) -> bool:
    return float(example.got["smart"] or 0) > float(example.got[other] or 0)
