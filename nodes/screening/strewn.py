"""Amounts and times that no work holds: pieces strewn behind a wish, and deeds on what anybody could count.

A number counts with what it counts. Where a sentence only wishes (`be more confident in meetings`), bare numbers behind it, with
the times beside them, are nothing that the employee will do.
"""

from collections.abc import Iterator, Sequence
from enum import Enum

from nodes.english.lexicon import MEASURABLE_VERBS, POSITIONS, STOP, VAGUE_DEGREES, VAGUE_VERBS, VERB_FORMS, singular, word_set
from nodes.screening.counting import LEADS, amounts, counted, counts_work, is_filler, is_trade
from nodes.screening.deeds import Deed, Told, answers
from nodes.screening.segments import ADVERBS, VERB, Segment, Token
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
    WISH = "wish"


def find_strewn(told: Told, alone: bool) -> Iterator[tuple[int, int]]:
    """Where they stand in a sentence; what opens the only one is the goal itself."""
    if not told.parts or answers(told.parts):
        return
    host = _host(told.parts[0], told.deeds[0])
    if host is Host.WISH:
        yield from _behind_wish(told.parts[0])
    strewn = host is not Host.FIRM and any(map(_names_criteria, told.parts[1:]))
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
    if (deed is Deed.SURE and lemma not in VAGUE_VERBS) or _handles(part.tokens, lemma):
        return Host.FIRM
    if not lemma:
        return Host.WISH if opening in VAGUE_DEGREES else Host.OPEN
    named = any(map(is_trade, _done_to(part.tokens)))
    vague = lemma in VAGUE_VERBS - MEASURABLE_VERBS and not (named and lemma in _HANDLING)
    return Host.WISH if vague or (not named and VAGUE_DEGREES & set(words[1 : next(amounts(part.tokens), None)])) else Host.OPEN


def _handles(tokens: Sequence[Token], lemma: str) -> bool:
    """`Get my choir to the final`, `keep the taxi clean`."""
    words = {token.word for token in tokens}
    named = bool(words & _DETERMINERS) and any(map(is_trade, _done_to(tokens)))
    return lemma in _HANDLING and named and not words & VAGUE_DEGREES


def _behind_wish(part: Segment) -> Iterator[tuple[int, int]]:
    """`… with a score of 9 by June`: what a wish's own clause counts, if nothing of a trade follows."""
    first = next(amounts(part.tokens), None)
    if first is None or any(map(is_trade, part.tokens[first:])):
        return
    before = part.tokens[:first]
    if any(token.frame == VERB for token in _done_to(before)):
        return
    leads = [number for number, token in enumerate(before) if token.word in LEADS]
    if not (leads and any(map(is_trade, part.tokens[leads[-1] : first]))):
        yield part.tokens[_phrase(part.tokens, leads) if leads else first].start, part.end


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
    return judging or (host is Host.WISH and any(True for _ in amounts(part.tokens)))


def _names_criteria(part: Segment) -> bool:
    """`specific`, `aligned`: a clause of nothing else."""
    words = [token.word for token in part.tokens if token.word[0].isalpha()]
    return bool(words) and all(has_class(word, "criterion") for word in words)


def _with_list(parts: Sequence[Segment], number: int) -> tuple[Token, ...]:
    """The words of a clause, with those of the next where a comma only joins names: `3 measurable, achievable care targets`."""
    tokens, after = parts[number].tokens, parts[number + 1 : number + 2]
    listed = bool(after) and after[0].led_by == "," and tokens[-1:] and is_filler(tokens[-1].word)
    return (*tokens, *after[0].tokens) if listed else tokens


def _counts_nothing(tokens: Sequence[Token], deed: Deed) -> bool:
    """`deliver 10 results by October`: every number is one of what anybody could count, and nothing of a trade stands there."""
    named = any(map(is_trade, _done_to(tokens)))
    return deed is not Deed.SURE and not named and any(map(is_filler, counted(tokens)))


def _done_to(tokens: Sequence[Token]) -> Sequence[Token]:
    """What follows the word that opens a clause: `10 results by October` of `and deliver 10 results by October`."""
    opening = next((n for n, token in enumerate(tokens) if token.word not in STOP | _WISH | ADVERBS), len(tokens))
    return tokens[opening + 1 :]


def is_about_quoted(told: Told) -> bool:
    """`"Be more helpful" means 30 % fewer falls`: what is said of a quoted text is no plan, unless somebody does something.

    After a thing of a trade a quotation is its name: `the campaign "Wash your hands"`.
    """
    tokens = [token for part in told.parts for token in part.tokens]
    quoted = [number for number, token in enumerate(tokens) if token.quoted and token.word[0].isalpha()]
    if Deed.SURE in told.deeds or len(quoted) < _FEWEST_QUOTED or len(quoted) == len(tokens):
        return False
    before = [token for token in tokens[: quoted[0]] if token.word[0].isalpha()]
    return not before or not is_trade(before[-1]) or before[-1].frame == VERB
