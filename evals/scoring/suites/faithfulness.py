"""Every number, date and name in a refined goal was said, stands in the profile, or is the phase's own horizon."""

import re

from evals.scoring.data import Data
from evals.scoring.scripted import Journey, Script, walk
from evals.scoring.suite import Example, Suite, at_most
from evals.scoring.suites.journeys import openings, script_of
from state.phases import GOAL_PHASES

_LIST_MARK = re.compile(r"(?m)^\s*\d{1,2}[.)]\s")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBER_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty|hundred|dozen|half|double|twice)\b",
    re.I,
)
_DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|"
    r"Saturday|Sunday|Q[1-4]|spring|summer|autumn|winter)\b"
)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][A-Za-z]{2,}\b")
"""A capital inside a sentence."""


def faithfulness(data: Data) -> Suite:
    """The refined goals of all dialogues."""
    walked = [(number, script_of(phase, profession), text) for number, phase, text, profession in openings(data)]
    examples = [_example(number, script, walk(script, text)) for number, script, text in walked]
    untraced = [str(e.got["untraced"]) for e in examples if not e.right]
    numbers = sum(bool(re.search(r"\d", words)) for words in untraced)
    return Suite(
        "faithfulness",
        f"{len(examples)} refined goals of a scripted employee",
        examples,
        (
            at_most("goals with an untraced number", 0, numbers),
            at_most("goals with an untraced number, number word, date or name", 0, len(untraced)),
        ),
    )


def untraced(goal: str, script: Script, said: tuple[str, ...]) -> list[str]:
    """What in a goal comes from nowhere."""
    months = GOAL_PHASES[script.phase].horizon_months
    sources = "\n".join((*said, *map(str, script.profile.values()), f"{months} months" if months else ""))
    body = _LIST_MARK.sub("", goal)
    numbers = set(_NUMBER.findall(body)) - set(_NUMBER.findall(sources))
    words = {
        found
        for pattern in (_NUMBER_WORDS, _DATE, _NAME)
        for found in pattern.findall(body)
        if not re.search(rf"\b{re.escape(found)}\b", sources, re.IGNORECASE)
    }
    return sorted(numbers | words)


def _example(number: str, script: Script, journey: Journey) -> Example:
    found = untraced(journey.draft["text"], script, journey.said)
    inputs = {"said": "\n".join(journey.said), "phase": script.phase.value}
    return Example(
        number, inputs, {"untraced": ""}, {"goal": journey.draft["text"], "untraced": ", ".join(found)}, not found
    )
