"""What a message asks to do with the draft that is shown, piece by piece."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from nodes.english.terms import terms
from nodes.rules.first_person import strip_lead
from nodes.rules.verbs import leading_verb, names_role
from nodes.understanding.acts import PLAIN, hear
from nodes.understanding.drafts import speech
from nodes.understanding.drafts.contrasts import exchanged
from nodes.understanding.drafts.quotes import quotes, sentences, unquoted
from nodes.understanding.drafts.shown import Shown, words_in
from nodes.understanding.mending import (
    given_up,
    item_number,
    item_numbers,
    names_item,
    read_mend,
    sets_item,
    states_something,
)
from nodes.understanding.ordering import asks_to_move
from nodes.understanding.segments import Segment
from nodes.understanding.value_names import label_of, names_value

Kind = Literal["yes", "clear", "cut", "swap", "add", "only", "back", "set", "order", "fix", "write", "tell", "talk"]
NOWHERE = Segment("", 0, 0)
LONGEST_YES = 8
"""Words up to which a piece that the heads take for a yes is one."""
MOST_OF_A_FIX = 3
"""Words up to which announced words mend a place rather than stand for the whole."""
TO_THE_COACH = re.compile(
    r"(?:you|u|your|why|what|how|when|where|who|which|this|that|there|it|nobody|wtf|that['’]s|there['’]s|you['’]\w+|it['’]s|du|"
    r"warum|wieso|tú|por qué|usted|tu|vous|pourquoi|dlaczego|czemu|ty)\b",
    re.IGNORECASE,
)
"""How a sentence opens that speaks to the coach or of the draft, and is no part of a goal."""
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


def moves_of(text: str, shown: Shown) -> list[Move]:
    """Everything a message asks for, in order."""
    if speech.approves(text):
        return [Move("yes", segment=Segment(text, 0, len(text)))]
    found: list[Move] = []
    for sentence in sentences(text):
        if end := _cleared(sentence.text):
            return [Move("clear", segment=sentence), *_anew(text, sentence.start + end)]
        found += [_read(piece, shown, found[-1:]) for piece in _pieces(sentence, shown)]
    return _joined(found)


def _cleared(text: str) -> int:
    """Where words that take back all end; 0 where a sentence has none. Something may be sworn before them, a text follow them."""
    ends = [len(text), text.find(":"), _first_comma(text)]
    starts = [0, *(match.end() for match in _BREAK.finditer(text) if not quotes(text[: match.end()]))]
    found = (end for end in ends for start in starts if 0 <= start < end and speech.clears(text[start:end]))
    return next(found, 0)


_BREAK = re.compile(r"[,;!–—-]\s+")


def _first_comma(text: str) -> int:
    """Where what follows a first comma begins to say enough to be a text of its own."""
    comma = text.find(",")
    return comma if comma > 0 and len(text[comma:].split()) > MOST_OF_A_FIX else 0


def _anew(text: str, start: int) -> Iterator[Move]:
    """What is told behind `start over`."""
    while start < len(text) and not text[start].isalnum() and text[start] not in "'\"“„«(-•*":
        start += 1
    rest = _closing(text[start:].strip())
    bare = speech.without_openers(rest)[0]
    if len(words_in(bare)) > 1 and not speech.clears(rest) and not speech.praises(rest) and not _to_coach(bare):
        yield Move("write", rest, all=True, segment=Segment(rest, start, len(text)))


def _pieces(sentence: Segment, shown: Shown) -> Iterator[Segment]:
    """A sentence cut where the next command follows, outside of quotes."""
    held = quotes(sentence.text)
    start = 0
    if _SAYS.match(speech.without_openers(sentence.text)[0]):
        yield sentence
        return
    joins = [m.span() for m in _NEXT.finditer(sentence.text) if exchanged(sentence.text[m.end() :], shown)]
    cuts = sorted({*speech.cuts(sentence.text), *(joins if _restates_nothing(sentence.text) else [])})
    ends = [(a, b) for a, b in cuts if not any(q.start < b and a < q.end for q in held)]
    for a, b in [*ends, (len(sentence.text), len(sentence.text))]:
        if sentence.text[start:a].strip():
            yield from _each_exchange(
                Segment(sentence.text[start:a], sentence.start + start, sentence.start + a, sentence.item)
            )
        start = b


_NEXT = re.compile(r",\s+(?:and|but)\s+|\s+and\s+", re.IGNORECASE)


def _restates_nothing(text: str) -> bool:
    """Whether a sentence opens with a command, so that a contrast behind `and` is the next one."""
    body = speech.without_openers(text)[0]
    return bool(speech.between("removing").match(body) or speech.behind("removing", "verbs").match(body))


def _each_exchange(piece: Segment) -> Iterator[Segment]:
    """`change A to B and C to D` as two pieces."""
    both = _TWO.match(piece.text)
    if not both or quotes(piece.text):
        yield piece
        return
    yield replace(piece, text=piece.text[: both.end("first")])
    yield replace(piece, text=f"{both['verb']} {both['second']}")


_SAYS = re.compile(r"(?:it |still )*says\b.+,\s+(?:please\s+)?(?:change|it should|should|make)\b", re.IGNORECASE)
"""`it says X, change it to Y`: one thing, whatever stands in it."""
_TWO = re.compile(
    r"\W*(?P<first>(?P<verb>change|replace|swap|switch|please change|please replace)\s+.{1,60}?\s(?P<by>to|with|by|for)\s.{1,60}?)\s+and\s+(?P<second>.{1,60}?\s(?P=by)\s.+)$",
    re.IGNORECASE,
)


def _joined(moves: list[Move]) -> list[Move]:
    """A text that was announced with the sentences that go on with it."""
    found: list[Move] = []
    for move in moves:
        last = found[-1] if found else None
        if last and move.kind == "tell" and (last.kind == "tell" or (last.kind == "write" and (last.all or move.item))):
            found[-1] = replace(last, text=f"{last.text}\n{move.text}", item=last.item or move.item)
        elif (
            last
            and move.kind == "tell"
            and last.kind == "cut"
            and _denies(last)
            and len(words_in(move.text)) <= LONGEST_YES
        ):
            found[-1] = replace(move, kind="swap", old=last.text)
        elif last and last.kind == move.kind == "back":
            found[-1] = move if move.text else last
        else:
            found.append(move)
    if any(move.kind == "only" and not move.text for move in found):  # `forget the rest`, said of what was told before
        return [replace(move, kind="write", all=True) if move.kind == "tell" else move for move in found]
    return found


def _denies(move: Move) -> bool:
    """Whether a piece only says what is not meant: `Not foreman.`"""
    return bool(re.match(r"\W*(?:not|nicht|kein|keine|pas|nie)\s", move.segment.text, re.IGNORECASE))


def _read(piece: Segment, shown: Shown, before: list[Move]) -> Move:
    """One piece as the one thing it does."""
    body, said = speech.without_openers(piece.text)
    _, no, rest = body.partition(" ")
    if (
        no
        and body.split()[0].lower() in speech.words("openers", "not_alone")[:4]
        and _command(rest.strip(), shown, before)
    ):
        body, said = speech.without_openers(rest)
    move = _read_body(body.strip(), said, shown, before, piece)
    return replace(
        move, segment=piece, item=piece.item, yes=any(word in speech.words("openers", "yes") for word in said)
    )


def _read_body(body: str, said: tuple[str, ...], shown: Shown, before: list[Move], piece: Segment) -> Move:
    if speech.approves(piece.text):
        return Move("yes")
    if move := _command(body, shown, before):
        return move
    if _is_yes(piece.text, shown):
        return Move("yes")
    if speech.praises(body):
        return Move("talk")
    if (few := quotes(body)) and len(few) == 1 and few[0].start == 0 and len(speech.without_tail(body)) <= few[0].end:
        return Move("fix", few[0].words)
    if named := speech.behind("writing", "few").match(body):
        return Move("fix", unquoted(speech.without_tail(named["what"])))
    if shown.listed and sets_item(body) and item_number(body, len(shown.parts)):
        return Move("set", _BEHIND_PLACE.sub("", speech.without_tail(body)), where=body)
    return Move("tell", body) if _tells(body, said, shown) else Move("talk")


def _command(body: str, shown: Shown, before: list[Move]) -> Move | None:
    """A piece that asks for something in so many words."""
    body = _UNDER.sub("", body)
    for read in (_restores, _orders, _adds, _sets, _swaps, _writes, _keeps, _removes):
        if move := read(body, shown, before):
            return move
    return None


def _is_yes(text: str, shown: Shown) -> bool:
    """Whether the heads hear a plain yes in a few words that say nothing of what is shown."""
    heard = hear(text)
    sure = len(heard) == 1 and heard[0].share >= PLAIN and heard[0].label in _TAKING and "?" not in text
    known = speech.has(text, speech.words("approving", "words")) or heard[0].label == "yes" if heard else False
    new = terms(text) & shown.terms
    return sure and known and not new and len(text.split()) <= LONGEST_YES and not _speaks_of_change(text)


_TAKING = ("yes", "request.finish", "request.keep")


def _speaks_of_change(text: str) -> bool:
    """Whether a text has a word for taking out, adding, writing or starting anew."""
    commands = (("removing", "verbs"), ("clearing", "verbs"), ("clearing", "again"), ("adding", "before"))
    more = any(speech.has(text, speech.words(*names)) for names in commands)
    return (
        more
        or bool(quotes(text))
        or speech.has(text, ("but", "not", "wrong", "aber", "nicht", "pero", "mais", "pas", "ale", "nie"))
    )


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


_BEHIND_PLACE = re.compile(
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
    if not _bare_pronoun(text.strip(" .!")) or (not marked and not whole and not _tells(text, (), shown)):
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
    what = unquoted(speech.without_tail(_closing(found["what"])))
    return Move("only", what) if words_in(what) else None


@cache
def _keeping_tail() -> re.Pattern[str]:
    return speech.before("keeping", "behind")


def _closing(text: str) -> str:
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


def _to_coach(body: str) -> bool:
    return bool(TO_THE_COACH.match(body)) or body.rstrip().endswith("?")


def _tells(body: str, said: tuple[str, ...], shown: Shown) -> bool:
    """Whether a piece is of the goal: a statement, a value, an amount or a time, and not said to the coach."""
    if _to_coach(body) or not (terms(body) or read_mend(body).values):
        return False
    heard = hear(speech.without_tail(body))
    content = all(one.act in ("content", "correction", "withdrawal") for one in heard)
    bare = strip_lead(body)[1]
    opens = states_something(body) or names_role(bare) or (bare != body and bool(terms(bare)))
    if shown.phase == "g6_values" and (label_of(body) or names_value(body)):
        return True
    if read_mend(body).values and content:
        return True
    shared = len(terms(body) & shown.terms)
    return (opens and content) or (bool(shared) and shared * 2 >= len(terms(body)))
