"""Goals to judge: real ones of `PETRAF_EVAL_DATA/goals` if they are there, else ours, put together to the length wanted."""

import json
import os
from collections.abc import Iterator
from itertools import chain, cycle, islice
from pathlib import Path

from bench.places import ROOT
from state.phases import Phase

OWN_GOALS = (
    "Within 24 months I will become a senior engineer and lead a team of 3 developers on the payment platform.",
    "By the end of June I will pass the solutions architect exam and present what I learned at two tech talks.",
    "I want to get better at talking to customers and maybe take on more responsibility in our support team.",
    "Reduce the time to close the books from 9 days to 5 by the third quarter, together with the two accountants of my group.",
    "Honesty matters to me: I tell clients early when a delivery is late, as I did in the spring with the new warehouse.",
    "Mentor 2 junior nurses on the night shift, one hour a week, until both pass their assessment in November.",
    "I value curiosity. Every month I read one paper on machine learning and show the team what we could use of it.",
    "Raise the share of first-time-right orders on line 4 from 92% to 97% within six months by new work instructions.",
    "I would like to become more confident in meetings and be seen as somebody who gets things done.",
    "Respect for me means that I let people finish, write minutes within a day and give credit by name.",
    "Win 12 new accounts in the northern region this year, 4 of them in health care, worth at least 30,000 each.",
    "Write the onboarding guide for our design system, test it with 5 new colleagues and publish it before March.",
)


def goals(characters: int, count: int) -> list[str]:
    """So many texts of so many characters: each whole goals one after the other, the last one cut."""
    texts = _texts()
    return [_joined(islice(cycle(texts), first, None), characters) for first in range(0, 7 * count, 7)]


def written(phase: Phase, count: int) -> list[str]:
    """So many texts as people write them: goals for a vision, our own labelled values texts and plans for the others."""
    texts = _texts() if phase is Phase.G4_FUTURE else _labelled(phase)
    return list(islice(cycle(texts), count))


def source() -> str:
    """Where the goals are from."""
    return "PETRAF_EVAL_DATA/goals" if _given() else "our own goals"


def _joined(texts: Iterator[str], characters: int) -> str:
    joined = ""
    while len(joined) < characters:
        joined += f"{next(texts).strip().rstrip('.')}. "
    return joined[: characters - 1] + "."


def _texts() -> tuple[str, ...]:
    files = _given()
    if not files:
        return OWN_GOALS
    rows = chain.from_iterable(path.read_text().splitlines() for path in files)
    told = (json.loads(row) for row in rows)
    return tuple(row.get("text") or row["smart"] for row in told)


def _labelled(phase: Phase) -> tuple[str, ...]:
    name = "values" if phase is Phase.G6_VALUES else "actions"
    rows = (ROOT / "evals" / "data" / "scoring" / f"{name}.jsonl").read_text().splitlines()
    return tuple(json.loads(row)["text"] for row in rows)


def _given() -> list[Path]:
    given = os.environ.get("PETRAF_EVAL_DATA")
    return sorted((Path(given) / "goals").glob("*.jsonl")) if given else []
