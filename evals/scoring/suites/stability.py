"""The same goal in harmlessly other words keeps its score."""

import re
from collections.abc import Callable, Mapping

import numpy as np

from evals.scoring.data import Data
from evals.scoring.judging import scorecard, total
from evals.scoring.suite import Example, Suite, at_least, share

WITHIN = 0.5
SYNONYMS = {
    "increase": "raise", "reduce": "lower", "improve": "enhance", "complete": "finish", "customers": "clients",
    "colleagues": "coworkers", "by the end of": "before the end of", "each": "every", "at least": "no less than",
    "write": "draft", "weekly": "every week", "monthly": "every month", "daily": "every day", "learn": "study",
    "attend": "take part in", "employees": "staff members",
    "start": "begin", "within": "in", "obtain": "get", "conduct": "carry out", "create": "make", "build": "set up",
}  # fmt: skip
_LEADING_TIME = re.compile(
    r"^((?:by|within|in|over|before|until) [^,.;]{3,40}), (.+?)([.!]?)$", re.IGNORECASE | re.DOTALL
)
_TRAILING_TIME = re.compile(
    r"^(.+?) ((?:by|before|until) (?:the end of )?(?:\w+ )?\w+ ?\d*)([.!]?)$", re.IGNORECASE | re.DOTALL
)


def stability(data: Data) -> Suite:
    """Every goal in seven rewordings."""
    texts = {f"{p.id}:{side}": t for p in data.pairs for side, t in (("vague", p.vague), ("smart", p.smart))}
    texts |= {one.id: one.text for one in data.singles}
    examples = [
        _example(f"{number} {name}", text, reworded)
        for number, text in texts.items()
        for name, change in REWORDINGS.items()
        if (reworded := change(text)) != text or name == "again"
    ]
    again = [scorecard.__wrapped__(text) == scorecard.__wrapped__(text) for text in list(texts.values())[:200]]
    table = np.array([[total(change(text)) for change in REWORDINGS.values()] for text in texts.values()])
    by_name = {name: [e.right for e in examples if e.id.endswith(f" {name}")] for name in REWORDINGS}
    return Suite(
        "stability",
        f"{len(texts)} goals, each in up to {len(REWORDINGS)} rewordings",
        examples,
        (
            at_least("identical text, identical scorecard", 1.0, share(again)),
            at_least(f"rewordings within ±{WITHIN}", 0.95, share([e.right for e in examples])),
        ),
        {
            "test-retest ICC(2,1)": icc(table),
            **{f"within ±{WITHIN}, {name}": share(rights) for name, rights in by_name.items()},
        },
        {"change of the score": [float(e.got["change"] or 0) for e in examples]},
    )


def icc(table: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> float:
    """Intraclass correlation ICC(2,1), two-way random, absolute agreement (Shrout and Fleiss 1979); rows are goals."""
    goals, ratings = table.shape
    mean = table.mean()
    rows = ratings * ((table.mean(axis=1) - mean) ** 2).sum() / (goals - 1)
    columns = goals * ((table.mean(axis=0) - mean) ** 2).sum() / (ratings - 1)
    rest = ((table - mean) ** 2).sum() - rows * (goals - 1) - columns * (ratings - 1)
    error = rest / ((goals - 1) * (ratings - 1))
    return float((rows - error) / (rows + (ratings - 1) * error + ratings * (columns - error) / goals))


def _example(number: str, text: str, reworded: str) -> Example:
    change = round(total(reworded) - total(text), 1)
    return Example(
        number, {"text": text, "reworded": reworded}, {"within": WITHIN}, {"change": change}, abs(change) <= WITHIN
    )


def _synonyms(text: str) -> str:
    for word, other in SYNONYMS.items():
        text = re.sub(rf"\b{word}\b", other, text)
    return text


def _reordered(text: str) -> str:
    """Sentences the other way round; of a single one its time at the other end."""
    sentences = re.split(r"(?<=[.!])\s+", text.strip())
    if len(sentences) > 1:
        return " ".join(s if s[-1] in ".!" else f"{s}." for s in reversed(sentences))
    if led := _LEADING_TIME.match(text):
        return f"{led[2][0].upper()}{led[2][1:]} {led[1][0].lower()}{led[1][1:]}{led[3]}"
    if trailed := _TRAILING_TIME.match(text):
        return f"{trailed[2][0].upper()}{trailed[2][1:]}, {trailed[1][0].lower()}{trailed[1][1:]}{trailed[3]}"
    return text


REWORDINGS: Mapping[str, Callable[[str], str]] = {
    "again": str,
    "whitespace": lambda text: f"  {text.replace(' ', '  ')}\n",
    "lower case": str.lower,
    "full stop": lambda text: text.rstrip(" .") if text.rstrip().endswith(".") else f"{text.rstrip()}.",
    "synonyms": _synonyms,
    "reordered": _reordered,
    "politeness": lambda text: f"{text.rstrip()} Thank you very much!",
}
