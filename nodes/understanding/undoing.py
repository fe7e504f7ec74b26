"""Going back to what was said before: `undo that`, `the first version was right`, `customers was right`."""

import re
from functools import cache

from nodes.understanding.frames import Frame, Message
from nodes.understanding.mending import read_mend
from nodes.understanding.naming import akin, stems
from nodes.understanding.places import top_level
from nodes.understanding.wording import has, vocabulary
from state.frame import Fact

LONGEST_RETURN = 12
"""Words up to which a text goes back to what was said."""
_RIGHT = re.compile(
    r"(?:no |nope |ok |sorry )*(?P<what>[^,.;]{2,40}?) (?:was|were) (?:right|correct|better|fine)\b", re.IGNORECASE
)


def returns(frame: Frame, message: Message, text: str) -> bool:
    """Whether a text goes back to what was replaced, and there is something of the kind."""
    return bool(_meant(frame, message, text))


def go_back(frame: Frame, message: Message, text: str) -> None:
    """Let what was replaced hold again in the place of what replaced it."""
    for old in _meant(frame, message, text):
        _restore(frame, old)


def _meant(frame: Frame, message: Message, text: str) -> list[Fact]:
    """The replaced facts that a text wants back: those it names, those of the latest change, or the very first ones."""
    if len(text.split()) > LONGEST_RETURN or text.rstrip().endswith("?"):
        return []
    replaced = [
        f for f in frame.facts if f["replaced_by"] and f["phase"] in message.phases and f["message_id"] != message.id
    ]
    if named := _RIGHT.match(text):
        wanted = stems(named["what"]) - _SMALL
        found = [f for f in replaced if wanted and akin(wanted, stems(f["text"])) == len(wanted)]
        if found:
            return top_level(found[-1:])
    if not has(text, _words()) or read_mend(text).values:
        return []
    if has(text, vocabulary()["ordinals"]["1"]) or has(text, vocabulary()["undoing"]["first"]):
        return [f for f in replaced if not _is_of_change(f, frame)]
    last = _latest_change(frame, replaced)
    return [f for f in replaced if _by(f, frame) == last]


_SMALL = stems("the a an my that it one version")


@cache
def _words() -> tuple[str, ...]:
    return (*vocabulary()["undoing"]["words"], *vocabulary()["undoing"]["first"])


def _by(fact: Fact, frame: Frame) -> str:
    """The message in which a fact was replaced."""
    return next((other["message_id"] for other in frame.facts if other["id"] == fact["replaced_by"]), "")


def _is_of_change(fact: Fact, frame: Frame) -> bool:
    """Whether a fact itself took another's place."""
    return any(other["replaced_by"] == fact["id"] for other in frame.facts)


def _latest_change(frame: Frame, replaced: list[Fact]) -> str:
    by = {_by(fact, frame) for fact in replaced}
    return next((key for key in reversed(list(frame.texts)) if key in by), "")


def _restore(frame: Frame, old: Fact) -> None:
    """One fact with its details holds again; what took its place, directly or later, is withdrawn."""
    successor = old["replaced_by"]
    for number, fact in enumerate(frame.facts):
        if fact["replaced_by"] == successor:
            frame.put(number, {**fact, "state": "holds", "replaced_by": None})
    while successor:
        later = next((fact for fact in frame.facts if fact["id"] == successor), None)
        if later and later["state"] == "holds":
            frame.replace(later, None)
        successor = later["replaced_by"] if later else None
