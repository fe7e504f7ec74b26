"""What a piece asks for in so many words: to take out, to replace, to add, to put back, to keep only something."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from nodes.english.terms import terms
from nodes.english.verbs import leading_verb
from nodes.understanding.drafts import speech
from nodes.understanding.drafts.contrasts import exchanged
from nodes.understanding.drafts.quotes import quotes, unquoted
from nodes.understanding.drafts.shown import Shown, words_in
from nodes.understanding.drafts.statements import tells
from nodes.understanding.mending import (
    given_up,
    item_number,
    item_numbers,
    names_item,
    read_mend,
)
from nodes.understanding.ordering import asks_to_move
from nodes.understanding.segments import Segment

Kind = Literal["yes", "clear", "cut", "swap", "add", "only", "back", "set", "order", "fix", "write", "tell", "talk"]
NOWHERE = Segment("", 0, 0)
LONGEST_YES = 8
"""Words up to which a piece that the heads take for a yes is one."""
MOST_OF_A_FIX = 3
"""Words up to which announced words mend a place rather than stand for the whole."""
_SETS = re.compile(
    r"(?P<where>[^,;:]{3,30}?)\s*(?::|\b(?:should|must|has to|needs to) (?:read|say|be|become|be called)\b:?|\bis (?:called|named)\b|\bis\b|\breads?\b|=|"
    r"\bsoll(?:te)? (?:heißen|lauten|sein)\b:?|\bheißt\b|\bdebe (?:decir|ser)\b:?|\bdoit (?:être|dire)\b:?|\bpowinno być\b:?)\s*(?P<what>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Move:
    """One thing to do with the draft."""

    kind: Kind
    text: str = ""
    """What is to stand there, or what is meant."""
    old: str = ""
    """What a swap puts it in the place of."""
    where: str = ""
    """The words that name a numbered thing, or beside which something belongs."""
    all: bool = False
    """Whether a text is announced as the whole."""
    item: bool = False
    """Whether it stood behind a bullet or a number."""
    yes: bool = False
    """Whether a yes opens the piece."""
    segment: Segment = NOWHERE
    """The piece it was read from."""


def command(body: str, shown: Shown, before: list[Move]) -> Move | None:
    """A piece that asks for something in so many words."""
    body = _UNDER.sub("", body)
    for read in (_restores, _orders, _adds, _sets, _swaps, _writes, _keeps, _removes):
        if move := read(body, shown, before):
            return move
    return None


_UNDER = re.compile(
    r"(?:under|in|at|from|for)\s+(?:\S+\s+){1,3}?(?=(?:please\s+)?(?:take|remove|delete|drop|cut|strike|leave)\b)",
    re.IGNORECASE,
)
"""Where something is to be done: `under honesty take off …`."""


def _orders(body: str, shown: Shown, before: list[Move]) -> Move | None:
    found = asks_to_move(body) if shown.listed else None
    return Move("order", found["what"], where="first" if found["first"] else "last") if found else None


def _restores(body: str, shown: Shown, before: list[Move]) -> Move | None:
    if asked := _WHY_GONE.match(body):
        rest = body[asked.end() :]
        taken = speech.between("removing").match(rest) or speech.behind("removing", "verbs").match(rest)
        return Move("back", _bare_pronoun(speech.without_tail(taken["what"], "restoring"))) if taken else None
    found = speech.behind("restoring", "before").match(body) or speech.between("restoring").match(body)
    if found is None:
        return None
    named, _, text = found["what"].partition(":")
    rest = found.groupdict().get("rest") or ""
    text = text.strip() or (rest.lstrip(" :,") if rest.lstrip().startswith(":") else "")
    what = _bare_pronoun(speech.without_tail(unquoted(speech.without_tail(named, "restoring")), "restoring"))
    return Move("back", text or what, all=bool(text))


_WHY_GONE = re.compile(
    r"(?:why|wieso|warum|pourquoi|por qué|dlaczego)\s+(?:(?:did|have|do)\s+)?(?:you|u)\s+", re.IGNORECASE
)
"""How somebody asks why something went."""


def _bare_pronoun(what: str) -> str:
    """What is named; empty where only `it` is."""
    return "" if what.lower() in speech.words("removing", "pronouns") or not words_in(what) else what


def _adds(body: str, shown: Shown, before: list[Move]) -> Move | None:
    found = speech.behind("adding", "before").match(body) or speech.before("adding", "behind").match(body)
    if found is None:
        return None
    held = quotes(found["what"])
    what = held[0].words if len(held) == 1 else unquoted(speech.without_tail(found["what"]))
    told = _prior_quote(before)
    return Move("add", what, where=told) if words_in(what) else None


def _prior_quote(before: list[Move]) -> str:
    """What was spoken of just before: `“X” is the big one. Can you add …`."""
    held = quotes(before[0].segment.text) if before else []
    return held[0].words if held else ""


def _sets(body: str, shown: Shown, before: list[Move]) -> Move | None:
    found = _SETS.match(body)
    if not found or not shown.listed or not _points(found["where"], shown) or _behind_says_out(found["what"]):
        return None
    new = re.split(r",?\s+(?:and )?not\s", found["what"], maxsplit=1)[0]
    held = quotes(new)
    whole = bool(held) or not re.fullmatch(r"\s*is\s*", body[found.end("where") : found.start("what")], re.IGNORECASE)
    return Move("set", held[0].words if len(held) == 1 else unquoted(new), where=found["where"], all=whole)


BEHIND_PLACE = re.compile(
    r"^(?:and\s+)?(?:the\s+)?(?:(?:number|no\.?|step|item|point|action|value|#)\s*\d{1,2}|\w+(?:\s+(?:one|step|action|value|point))?)[\s:,]+",
    re.IGNORECASE,
)
"""What names a thing by its place, before what it is to say."""


def _points(where: str, shown: Shown) -> bool:
    """Whether words are only the place of a part."""
    few = len(words_in(where)) <= MOST_OF_A_FIX and not re.search(r"[\"“”„'‘]", where)
    named = names_item(where) or bool(re.search(r"\blast\b", where, re.IGNORECASE))
    verb = speech.behind("removing", "verbs").match(where)
    return few and named and not verb and bool(item_number(where, len(shown.parts)))


def _behind_says_out(text: str) -> bool:
    return bool(
        re.fullmatch(rf"(?:is |are )?{speech.phrase('removing', 'behind')}\W*", text, re.IGNORECASE)
    ) or text.lower() in (
        "rubbish",
        "wrong",
        "out",
    )


def _swaps(body: str, shown: Shown, before: list[Move]) -> Move | None:
    found = exchanged(body, shown)
    if found is None:
        return None
    if shown.listed and not shown.places(found.old) and _points(found.old, shown):
        return Move("set", found.new, where=found.old)
    if not shown.places(found.old) and (mend := read_mend(body)).values:  # `change the date to June`, or a step
        return Move("fix", body) if mend.rest <= shown.terms else None
    return Move("swap", found.new, old=found.old, all=found.exchanges)


def _writes(body: str, shown: Shown, before: list[Move]) -> Move | None:
    found = speech.behind("writing", "whole").match(body)
    if found is None:
        return None
    held = quotes(found["what"])
    marked = bool(found["colon"]) or bool(held and held[0].start == 0)
    announced = body[: found.start("what")].strip(" :,").lower().replace("’", "'")
    if not marked and announced in _BARE:
        return None
    text = held[0].words if held and held[0].start == 0 else unquoted(found["what"])
    whole = announced in speech.words("writing", "all")
    if not _bare_pronoun(text.strip(" .!")) or (not marked and not whole and not tells(text, (), shown)):
        return None
    return Move("write", speech.without_openers(text)[0], all=whole)


_BARE = (
    "goal",
    "my goal",
    "the goal",
    "instead",
    "rather",
    "decision",
    "only",
    "just",
    "write",
    "once more",
    "my words",
)
"""What announces a text only before a colon or a quote."""


def _keeps(body: str, shown: Shown, before: list[Move]) -> Move | None:
    rest = speech.behind("removing", "verbs").match(body)
    if rest and speech.has(rest["what"], speech.words("keeping", "rest")) and len(rest["what"].split()) <= LONGEST_YES:
        named = speech.behind("keeping", "before").match(re.split(r"[,;:–—-]\s*", rest["what"], maxsplit=1)[-1])
        return Move("only", unquoted(speech.without_tail(named["what"])) if named else "")
    if speech.has(body, speech.words("keeping", "behind")[:3]) and len(body.split()) <= MOST_OF_A_FIX:
        return Move("only")
    found = speech.behind("keeping", "before").match(body) or speech.before("keeping", "behind").match(body)
    if found is None:
        return None
    what = unquoted(speech.without_tail(closing(found["what"])))
    return Move("only", what) if words_in(what) else None


@cache
def _keeping_tail() -> re.Pattern[str]:
    return speech.before("keeping", "behind")


def closing(text: str) -> str:
    """What is to stay, without `nothing else` behind it."""
    found = _keeping_tail().match(text)
    return found["what"] if found else text


def _removes(body: str, shown: Shown, before: list[Move]) -> Move | None:
    found = speech.between("removing").match(body) or speech.behind("removing", "verbs").match(body)
    what = found["what"] if found else _named_behind(body, shown)
    if not what:
        return None
    if words_in(what) and " ".join(words_in(speech.without_tail(what))) in speech.words("removing", "pronouns"):
        return Move("cut") if before and before[0].kind == "cut" else None
    if found and (re.match(r"(?:it|that|this|them)\s+(?:to|from)\b", what) or _is_target(body, what, shown)):
        return None
    return Move("cut", speech.without_around(speech.without_tail(_no_reason(what))))


def _named_behind(body: str, shown: Shown) -> str:
    """What `X has no business there`, `X, please remove it` and `not X` name."""
    found = speech.before("removing", "behind").match(body) or _fronted().match(body)
    if found:
        return found["what"]
    if out := given_up(speech.without_tail(body)):
        return out
    denied = re.match(r"(?:not|no|never|kein|keine|nicht|sin|pas|nie)\s+(?P<what>\S.*)", body, re.IGNORECASE)
    what = _no_reason(denied["what"]) if denied and not any(c.isdigit() or c == "?" for c in body) else ""
    for _ in range(MOST_OF_A_FIX):
        if not what or shown.places(what):
            break
        what = re.sub(r"\s+\S+$", "", what) if " " in what else ""
    return what if terms(what) else ""


@cache
def _fronted() -> re.Pattern[str]:
    verbs, apart = speech.phrase("removing", "verbs"), speech.phrase("removing", "apart")
    return re.compile(
        rf"(?P<what>\S.{{1,60}}?),?\s+(?:please\s+|pls\s+)?(?:{verbs}|{apart})\s+{speech.phrase('removing', 'pronouns')}(?:\s+(?:out|off|away))?\b.*$",
        re.IGNORECASE,
    )


def _no_reason(what: str) -> str:
    """What is named, without why: `the home office, I was only joking`."""
    held = quotes(what)
    cut = re.search(
        r"[,;]\s+(?:i|it|that|this|we|because|he|she|they|that's|it's)\b|\s+(?:because|haha|lol)\b", what, re.IGNORECASE
    )
    return what[: cut.start()] if cut and not any(q.start < cut.start() < q.end for q in held) else what


def _is_target(body: str, what: str, shown: Shown) -> bool:
    """Whether `cut the deploy time from 40 to 10 minutes` tells a step: what it names isn't shown, and it tells how much or when."""
    values = read_mend(what).values
    if item_numbers(what, len(shown.parts)) and not shown.places(what):
        return False
    told = bool(values) and not names_item(what) and bool(leading_verb(body)) and len(words_in(what)) > 1
    return told and not any(shown.places(without_marks(part)) for part in re.split(r",\s*(?:and\s)?|\sand\s", what))


def without_marks(text: str) -> str:
    """Words without what stands around them."""
    return unquoted(speech.without_around(speech.without_tail(text)))
