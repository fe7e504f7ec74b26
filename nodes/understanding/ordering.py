"""The order of what is listed: "put the course first" moves one of the things said.

It is kept as a fact like others: the words that ask for it, replaced by the thing that they move.
"""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from nodes.english.terms import terms
from nodes.understanding.frames import Frame, Message
from nodes.understanding.mending import item_number
from nodes.understanding.naming import named
from nodes.understanding.places import lists
from state.frame import Fact

_FIRST = r"first|(?:to|at) the (?:very )?(?:top|front|beginning|start)|on top|up front"
_LAST = r"last|(?:to|at) the (?:very )?(?:end|bottom|back)"
_MOVES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:\w+\W+){{0,3}}?(?:put|move|place|list|bring|shift|set)\s+(?P<what>.+?)\s+(?:(?P<first>{_FIRST})|(?P<last>{_LAST}))\W*(?:please|pls|instead|then)?\W*$",
        rf"(?:and |but |also )?(?P<what>(?:number|no\.?|#|item|step|point)\s*\d+)\s+(?:(?P<first>{_FIRST})|(?P<last>{_LAST}))\W*(?:please|pls)?\W*$",
        rf"(?:and |but |also )?(?P<what>.+?)\s+(?:comes?|goe?s?|should (?:be|come|go)|has to (?:be|come)|must (?:be|come)|is|are)\s+(?:(?P<first>{_FIRST})|(?P<last>{_LAST}))\W*$",
    )
)


def moved(frame: Frame, message: Message, text: str) -> Fact | None:
    """The listed thing that a text moves; None where it moves none that was said."""
    match = asks_to_move(text)
    items = lists(frame.holding(message.phase)) if match else []
    if match is None or len(items) < 2:
        return None
    number = item_number(match["what"], len(items))
    found = [items[number - 1]] if number else named(items, terms(match["what"]))
    return found[0] if len(found) == 1 else None


def in_order(
    facts: Sequence[Fact], every: Sequence[Fact], texts: Mapping[str, str]
) -> tuple[list[Fact], list[Fact], list[Fact]]:
    """Facts that were moved to the front, the latest move first, those that stay, and those moved to the end."""
    where = dict[str, Literal["first", "last"]]()
    for asked in every:
        by = asked["replaced_by"]
        match = asks_to_move(texts.get(asked["message_id"], "")[asked["start"] : asked["end"]]) if by else None
        if match and by and asked["message_id"] not in by:
            where.pop(by, None)
            where[by] = "first" if match["first"] else "last"
    by_id = {fact["id"]: fact for fact in facts}
    front = [by_id[i] for i, place in reversed(where.items()) if place == "first" and i in by_id]
    end = [by_id[i] for i, place in where.items() if place == "last" and i in by_id]
    return front, [fact for fact in facts if fact["id"] not in where], end


def asks_to_move(text: str) -> re.Match[str] | None:
    """What a text moves, as `what`, and where to: `first` or `last`."""
    return next((match for pattern in _MOVES if (match := pattern.match(text))), None)
