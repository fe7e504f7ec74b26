"""Amounts and times that no work holds: pieces strewn behind a wish, and deeds on what anybody could count.

A number counts with what it counts. Where a sentence only wishes (`be more confident in meetings`), bare numbers behind it, with
the times beside them, are nothing that the employee will do.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import groupby, pairwise

from nodes.english.lexicon import (
    MEASURABLE_VERBS,
    POSITIONS,
    STOP,
    VAGUE_DEGREES,
    VAGUE_VERBS,
    VERB_FORMS,
    singular,
    word_set,
)
from nodes.screening.counting import LEADS, amounts, counted, counts_work, is_filler, is_trade
from nodes.screening.deeds import Deed, Told, answers, names_writer
from nodes.screening.segments import ADVERBS, CONTENT, GENERAL, NUMBER, THING, VERB, Segment, Token, tokens
from nodes.screening.vocabulary import has_class

_WISH = word_set("i i'd i'll we we'd we'll want would like love hope wish plan aim intend to will my our goal is")
_HANDLING = word_set("get give bring make keep have hold show")
"""Vague verbs that say something with what they are done to: `bring the queue below 5`."""
_DETERMINERS = word_set("the my our each every all a an this")


_FEWEST_QUOTED = 3


class Host(Enum):
    """How well the first clause of a sentence holds the amounts that follow it."""

    FIRM = "firm"
    OPEN = "open"
    """It names something, or a direction: `improve the response time`."""
    BARE = "bare"
    """A direction of nothing: `grow in my position`."""
    WISH = "wish"


def find_strewn(told: Told, alone: bool) -> Iterator[tuple[int, int]]:
    """Where they stand in a sentence; what opens the only one is the goal itself."""
    if not told.parts or answers(told.parts):
        return
    host = _host(told.parts[0], told.deeds[0])
    if host is Host.WISH:
        yield from _behind_wish(told.parts[0])
    strewn = False
    for number, (part, deed) in enumerate(zip(told.parts, told.deeds, strict=True)):
        loose = number > 0 and (_is_strewn(part, host) or (strewn and deed is not Deed.SURE))
        held = host is Host.FIRM if number else alone
        if loose or (not held and _counts_nothing(_with_list(told.parts, number), deed)):
            strewn = True
            yield part.start, part.end


def _host(part: Segment, deed: Deed) -> Host:
    words = [token.word for token in part.tokens]
    if any(singular(word) in POSITIONS for word in words) and not VAGUE_DEGREES & set(words):
        return Host.FIRM
    if counts_work(part.tokens):
        return Host.FIRM
    opening = next((word for word in words if word not in _WISH), "")
    lemma = VERB_FORMS.get(opening, "")
    if lemma == "be" and any(one.word == opening and two.frame == VERB for one, two in pairwise(part.tokens)):
        return Host.OPEN  # `be held responsible for`, `be named examiner`
    if lemma == "become" and _DETERMINERS & set(words) and not VAGUE_DEGREES & set(words):
        return Host.FIRM
    if (deed is Deed.SURE and lemma not in VAGUE_VERBS) or _handles(part.tokens, lemma):
        return Host.FIRM
    if not lemma:
        wished = opening in VAGUE_DEGREES or (opening == "do" and VAGUE_DEGREES & set(words))
        return Host.WISH if wished else Host.OPEN
    named = any(map(is_trade, _done_to(part.tokens)))
    more = bool(VAGUE_DEGREES & set(words[1 : next(amounts(part.tokens), None)]))
    handled = named and lemma in _HANDLING and not more
    if (lemma in VAGUE_VERBS - MEASURABLE_VERBS and not handled) or (more and not named):
        return Host.WISH
    return Host.OPEN if named or lemma not in VAGUE_VERBS else Host.BARE


def _handles(tokens: Sequence[Token], lemma: str) -> bool:
    """`Get my choir to the final`, `keep the taxi clean`."""
    words = {token.word for token in tokens}
    named = bool(words & _DETERMINERS) and any(map(is_trade, _done_to(tokens)))
    return lemma in _HANDLING and named and not words & VAGUE_DEGREES


def _behind_wish(part: Segment) -> Iterator[tuple[int, int]]:
    """`… with a score of 9 by June`: what a wish's own clause counts, if nothing of a trade follows."""
    first = next(amounts(part.tokens), None)
    before = part.tokens[:first]
    if first is None or counts_work(part.tokens) or _does_more(_done_to(before)):
        return
    leads = [number for number, token in enumerate(before) if token.word in LEADS]
    handled = first > 0 and not leads and part.tokens[first - 1].word in VERB_FORMS
    if not handled and not (leads and any(map(is_trade, part.tokens[leads[-1] : first]))):
        yield part.tokens[_phrase(part.tokens, leads) if leads else first].start, part.end


def _does_more(tokens: Sequence[Token]) -> bool:
    """Whether a second verb says something: `treat every walk-in as a guest and cut walkouts`; after `the` it is a noun."""
    return any(
        two.frame == VERB
        and one.word not in _DETERMINERS
        and VERB_FORMS.get(two.word) not in VAGUE_VERBS - MEASURABLE_VERBS
        for one, two in pairwise(tokens)
    )


def _phrase(tokens: Sequence[Token], leads: Sequence[int]) -> int:
    """Where the phrase of the last preposition begins: `with a score of 9` begins at `with`."""
    first = leads[-1]
    for number in reversed(leads[:-1]):
        if any(map(is_trade, tokens[number:first])):
            break
        first = number
    return first


def _is_strewn(part: Segment, host: Host) -> bool:
    """Whether a later clause is bare: numbers, or the names of criteria, and nothing of a trade."""
    if host is Host.FIRM or any(map(is_trade, part.tokens)):
        return False
    judging = any(is_filler(token.word) for token in part.tokens)
    return judging or (host is not Host.OPEN and any(True for _ in amounts(part.tokens)))


def _with_list(parts: Sequence[Segment], number: int) -> tuple[Token, ...]:
    """The words of a clause, with those of the next where a comma only joins names: `3 measurable, achievable care targets`."""
    tokens, after = parts[number].tokens, parts[number + 1 : number + 2]
    listed = bool(after) and after[0].led_by == "," and tokens[-1:] and is_filler(tokens[-1].word)
    return (*tokens, *after[0].tokens) if listed else tokens


def _counts_nothing(tokens: Sequence[Token], deed: Deed) -> bool:
    """`deliver 10 results by October`: every number is one of what anybody could count, and nothing of a trade stands there."""
    if deed is Deed.SURE or counts_work(tokens):
        return False
    named = any(map(is_trade, _done_to(tokens)))
    return _orders(tokens) or (not named and any(map(is_filler, counted(tokens))))


def _orders(tokens: Sequence[Token]) -> bool:
    """`give it the 9 it deserves`."""
    handed = (one.word for one, two in pairwise(tokens) if two.word in _HANDED)
    return any(has_class(word, "order") for word in handed) and any(True for _ in amounts(tokens))


_HANDED = word_set("it this that me us")


def _done_to(tokens: Sequence[Token]) -> Sequence[Token]:
    """What follows the word that opens a clause: `10 results by October` of `and deliver 10 results by October`."""
    opening = next((n for n, token in enumerate(tokens) if token.word not in STOP | _WISH | ADVERBS), len(tokens))
    return tokens[opening + 1 :]


def is_about_quoted(told: Told) -> bool:
    """`"Be more helpful" means 30 % fewer falls`: what is said of a quoted text is no plan.

    It is one where somebody does something before it, or the writer after it.

    After a thing of a trade a quotation is its name: `the campaign "Wash your hands"`, and before one: `a "please rate us" box`.
    """
    tokens = [token for part in told.parts for token in part.tokens]
    quoted = [number for number, token in enumerate(tokens) if token.quoted and token.word[0].isalpha()]
    if len(quoted) < _FEWEST_QUOTED or len(quoted) == len(tokens):
        return False
    acts = (part for part, deed in zip(told.parts, told.deeds, strict=True) if deed is Deed.SURE)
    if any(part.start < tokens[quoted[0]].start or names_writer(part) for part in acts):
        return False
    before = [token for token in tokens[: quoted[0]] if token.word[0].isalpha()]
    after = [token for token in tokens[quoted[-1] + 1 :] if token.word[0].isalpha()]
    names = bool(before) and before[-1].frame in (CONTENT, THING)
    describes = (
        bool(before and after) and before[-1].word in _DETERMINERS and after[0].frame in (CONTENT, THING, GENERAL)
    )
    return not (names or describes)


def find_stuffing(text: str) -> Iterator[tuple[int, int]]:
    """`measurable;90 %;by 2027`: pieces in a row that tell nothing, the name of a criterion among them."""
    edges = [0, *(edge for mark in _PIECE_END.finditer(text) for edge in mark.span()), len(text)]
    cut = [
        (start, end, tokens(text, start, end)) for start, end in list(pairwise(edges))[::2] if text[start:end].strip()
    ]
    for bare, run in groupby(cut, lambda piece: _is_bare(piece[2])):
        row = list(run)
        named = any(all(has_class(token.word, "criterion") for token in piece) for *_, piece in row if piece)
        if bare and named and len(row) >= _FEWEST_PIECES:
            yield row[0][0], row[-1][1]


def _is_bare(words: Sequence[Token]) -> bool:
    """`by 2027`, `100 km`."""
    return not any(map(is_trade, words[len(("100", "km")) * (words[:1] != () and words[0].frame == NUMBER) :]))


_PIECE_END = re.compile(r"[;|•~\n()\[\]!*_=#<>{}\\^]+|[.,](?!\d)|\s[-–—/+:]+\s|//+|--+|\+\++|::+")
_FEWEST_PIECES = 3
