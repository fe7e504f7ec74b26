"""What a message asks to do with the draft that is shown, piece by piece."""

import re
from collections.abc import Iterator
from dataclasses import replace

from nodes.english.terms import terms
from nodes.understanding.acts import PLAIN, hear
from nodes.understanding.drafts import speech
from nodes.understanding.drafts.commands import BEHIND_PLACE, LONGEST_YES, MOST_OF_A_FIX, Move, closing, command
from nodes.understanding.drafts.pieces import pieces
from nodes.understanding.drafts.quotes import quotes, sentences, unquoted
from nodes.understanding.drafts.shown import Shown, words_in
from nodes.understanding.drafts.statements import tells, to_coach
from nodes.understanding.mending import item_number, sets_item
from nodes.understanding.rehearing import VERY_SURE
from nodes.understanding.segments import Segment


def moves_of(text: str, shown: Shown) -> list[Move]:
    """Everything a message asks for, in order."""
    if speech.approves(text):
        return [Move("yes", segment=Segment(text, 0, len(text)))]
    found: list[Move] = []
    for sentence in sentences(text):
        if end := _cleared(sentence.text):
            return [Move("clear", segment=sentence), *_anew(text, sentence.start + end)]
        found += [_read(piece, shown, found[-1:]) for piece in pieces(sentence, shown)]
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
    rest = closing(text[start:].strip())
    bare = speech.without_openers(rest)[0]
    if len(words_in(bare)) > 1 and not speech.clears(rest) and not speech.praises(rest) and not to_coach(bare):
        yield Move("write", rest, all=True, segment=Segment(rest, start, len(text)))


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
        and command(rest.strip(), shown, before)
    ):
        body, said = speech.without_openers(rest)
    move = _read_body(body.strip(), said, shown, before, piece)
    return replace(
        move, segment=piece, item=piece.item, yes=any(word in speech.words("openers", "yes") for word in said)
    )


def _read_body(body: str, said: tuple[str, ...], shown: Shown, before: list[Move], piece: Segment) -> Move:
    if speech.approves(piece.text):
        return Move("yes")
    if move := command(body, shown, before):
        return move
    if _is_yes(piece.text, shown):
        return Move("yes")
    if speech.praises(body) or _approves_what_stands(body, shown):
        return Move("talk")
    if (few := quotes(body)) and len(few) == 1 and few[0].start == 0 and len(speech.without_tail(body)) <= few[0].end:
        return Move("fix", few[0].words)
    if named := speech.behind("writing", "few").match(body):
        return Move("fix", unquoted(speech.without_tail(named["what"])))
    if shown.listed and sets_item(body) and item_number(body, len(shown.parts)):
        return Move("set", BEHIND_PLACE.sub("", speech.without_tail(body)), where=body)
    return Move("tell", body) if tells(body, said, shown) else Move("talk")


def _approves_what_stands(body: str, shown: Shown) -> bool:
    numbers = re.findall(r"\d+", body)
    return bool(_APPROVES.search(body)) and all(number in re.findall(r"\d+", shown.text) for number in numbers)


_APPROVES = re.compile(
    r"^(?!.*\b(?:not|but|instead|rather|too)\b).*\b(?:is|are|looks?|sounds?) (?:fine|ok(?:ay)?|good|right|correct|great)\W*$",
    re.IGNORECASE,
)
"""`8 gardens and 2 apprentices are fine`: nothing to change."""


def _is_yes(text: str, shown: Shown) -> bool:
    """Whether the heads hear a plain yes in a few words that say nothing of what is shown."""
    heard = hear(text)
    taken = bool(heard) and all(one.label in _TAKING and one.share >= PLAIN for one in heard)
    sure = taken and (len(heard) == 1 or heard[0].share >= VERY_SURE) and "?" not in text
    known = speech.has(text, speech.words("approving", "words")) or heard[0].label == "yes" if heard else False
    new = terms(text) & shown.terms
    return sure and known and not new and len(text.split()) <= LONGEST_YES * len(heard) and not _speaks_of_change(text)


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
