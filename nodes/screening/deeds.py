"""What the employee does: the verb that opens a clause or follows the writer, and the thing that it is done to."""

# ruff: noqa: E501 - a word list or a pattern reads best unbroken

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from nodes.english.lexicon import POSITIONS, STOP, VAGUE_DEGREES, VERB_FORMS, singular, word_set
from nodes.screening.counting import counts_work
from nodes.screening.results import is_bare, is_label, tells_result
from nodes.screening.segments import (
    CONTENT,
    DATE,
    GENERAL,
    NUMBER,
    THING,
    VERB,
    Segment,
    Token,
    is_judging,
    segments,
    sentences,
)
from nodes.screening.vocabulary import has_class

_BEFORE_DEED = word_set(
    "i we i'll we'll i'd we'd i'm we're will would shall want like plan to going aim intend hope and then also next first second third finally "
    "lastly by in on at until before after from within during over every each this next the end of my our goal objective is are am "
    "be being let's with about around as well once twice per a an last early late mid so always never"
)
"""Words that may stand between a clause's beginning and the deed: the writer, a wish, a time."""
_DETERMINERS = word_set("a an the my our all both each every some more new this these those another its their his her")
_ENDS_NAME = STOP - _DETERMINERS - word_set("first second third own such other same no more most less many few several")
_LEADS_TO_OBJECT = word_set("for at in on with to of from as through over into about up out after by")
_PARTICLES = word_set("up out down over back off in on away through")
_OTHERS_TELL = word_set("that who would could might whether suppose imagine assume pretend dream otherwise unless")
_MARKS = frozenset("?!:=")
_MOST_ANSWERS = 2
_FEWEST_BEFORE, _FEWEST_AFTER = 4, 3
_FINITE = word_set("is are was were has have will must should shall can")
_JOINS = word_set("of out")
_NO_THINGS = word_set(
    "anything everything something nothing anyone anybody everybody below above following instead again here there alone together granted aside"
)
_WRITER = word_set("i we i'll we'll i'd we'd i'm we're")
_MODALS = word_set("will would shall want plan aim intend to going 'll")


class Deed(Enum):
    """Whether a clause tells what the employee does."""

    NONE = "none"
    DOUBTFUL = "doubtful"
    """A deed on something that is judged or judges, or among words to a reader."""
    RESULT = "result"
    """What is to come out, without the one who does it: `returns fall to 4%`, `12 by May`."""
    SURE = "sure"


def deed_of(segment: Segment, counting: bool = False) -> Deed:
    """The deed of a clause, or the result that it tells; `counting` says that its sentence counts something of a trade."""
    words = tuple(token for token in segment.tokens if not token.quoted)
    at = _verb(words)
    thing = [] if at is None else _object(words, at)
    if at is None or not thing:
        return Deed.RESULT if at is not None and _does_amount(words, at) else _of_result(words)
    spoken_to = any(has_class(token.word, "you") for token in words)
    judged = is_judging(thing[-1]) or any(has_class(word, "reader", "pressure") for word in thing)
    works = counts_work(words[at:]) or (counting and not has_class(words[at].word, "order"))
    doubtful = spoken_to or has_class(words[at].word, "pretend") or (judged and not works)
    return Deed.DOUBTFUL if doubtful else Deed.SURE


def _does_amount(words: Sequence[Token], verb: int) -> bool:
    """`Save 200 a month`, `launch a business`: what needs no name of its own, by a verb that no judge is asked for."""
    asked = has_class(words[verb].word, "order", "pretend") or any(
        has_class(token.word, "you", "verdict") for token in words
    )
    return not asked and any(token.frame in (NUMBER, GENERAL) for token in words[verb + 1 : verb + 7])


def _of_result(words: Sequence[Token]) -> Deed:
    named = tells_result(words)
    if named is None:
        return Deed.NONE
    return Deed.DOUBTFUL if is_judging(named) or has_class(named, "reader", "pressure", "authority") else Deed.RESULT


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence as screening reads it."""

    start: int
    end: int
    parts: tuple[Segment, ...]
    deeds: tuple[Deed, ...]

    @property
    def counts(self) -> bool:
        """Whether a number or a time stands there."""
        return _counts(self.parts)

    @property
    def does(self) -> bool:
        """Whether it tells a deed or a result."""
        return Deed.SURE in self.deeds or Deed.RESULT in self.deeds

    @property
    def names_role(self) -> bool:
        """Whether it names who somebody is or will be; `a better baker` is one already."""
        words = [token.word for part in self.parts for token in part.tokens]
        return any(singular(word) in POSITIONS for word in words) and not VAGUE_DEGREES & set(words)


@lru_cache(maxsize=16)
def read_sentences(text: str) -> tuple[Told, ...]:
    """The sentences of a text with their clauses and deeds; kept for the next that asks about the same text."""
    found = ((start, end, segments(text, start, end)) for start, end in sentences(text))
    return tuple(told for one in found for told in _halves(*one))


def _halves(start: int, end: int, parts: tuple[Segment, ...]) -> Iterator[Told]:
    """A sentence, or two where all that counts stands before a colon: `Checked on 3 May: be kinder`."""
    colon = next((number for number, part in enumerate(parts) if part.led_by == ":"), 0)
    before, after = parts[:colon], parts[colon:]
    long = _words_in(before) >= _FEWEST_BEFORE and _words_in(after) >= _FEWEST_AFTER and len(after[0].tokens) > 1
    if long and _counts(before) and not _counts(after):
        yield Told(start, after[0].start, before, deeds_of(before))
        start, parts = after[0].start, after
    yield Told(start, end, parts, deeds_of(parts))


def _words_in(parts: Sequence[Segment]) -> int:
    return sum(len(part.tokens) for part in parts)


def _counts(parts: Sequence[Segment]) -> bool:
    return any(token.frame in (NUMBER, DATE) for part in parts for token in part.tokens)


def deeds_of(parts: Sequence[Segment]) -> tuple[Deed, ...]:
    """The deeds of a sentence's clauses; after a subject that is no writer (`the figure, 35%, follows`) a verb is not theirs."""
    counting = any(counts_work(part.tokens) for part in parts)
    deeds = tuple(deed_of(part, counting) for part in parts)
    if answers(parts):
        return tuple(Deed.RESULT if deed is Deed.NONE else deed for deed in deeds)
    first = parts[0].tokens if parts else ()
    subject = bool(first) and first[0].word in _DETERMINERS and not any(token.word in _FINITE for token in first)
    if not subject or len(parts) == 1 or deeds[0] is not Deed.NONE:
        return deeds
    return tuple(deed if names_writer(part) else Deed.NONE for deed, part in zip(deeds, parts, strict=True))


def answers(parts: Sequence[Segment]) -> bool:
    """`Deadline: June 2027`, `3 people, by March`: amounts and times alone, at most with what they are."""
    labelled = len(parts) > 1 and parts[1].led_by == ":" and is_label(parts[0].tokens)
    rest = parts[1:] if labelled else parts
    return len(rest) <= _MOST_ANSWERS and all(is_bare(part.tokens) for part in rest)


def names_writer(segment: Segment) -> bool:
    """Whether a clause says `I will` or `we`."""
    return any(token.word in _WRITER for token in segment.tokens[:3])


def _verb(words: Sequence[Token]) -> int | None:
    """Where the verb stands: at the clause's beginning, else after the writer; None when it tells of something else."""
    for number, token in enumerate(words):
        if _is_verb(words, number):
            return number
        if token.word not in _BEFORE_DEED and token.frame not in (NUMBER, DATE) and not token.word.endswith("ly"):
            return _writers_verb(words, number)
    return None


def _writers_verb(words: Sequence[Token], start: int) -> int | None:
    """`As site manager I will close 7 projects`; what I said or would do in a story is no deed."""
    for number in range(start, len(words)):
        if words[number].word in _OTHERS_TELL:
            return None
        if words[number].word in _WRITER:
            after = number + 1
            while after < len(words) and (words[after].word in _MODALS or words[after].word.endswith("ly")):
                after += 1
            return after if after < len(words) and _is_verb(words, after) else None
    return None


def _is_verb(words: Sequence[Token], number: int) -> bool:
    word, before = words[number].word, words[number - 1].word if number else ""
    if word == "want":
        return _begins_name(words, number + 1)
    counted = words[number].frame in (NUMBER, DATE) or (number and words[number - 1].frame == NUMBER)
    if word in _BEFORE_DEED or before in _DETERMINERS or counted:
        return False
    if lemma := VERB_FORMS.get(word):
        return word == lemma or word.endswith("ing")
    opens = not before or before in _WRITER | _MODALS | {"and"}
    unknown = (
        opens
        and not word.endswith(("s", "ed"))
        and (word not in STOP or (word == "have" and number == 0))
        and word[0].isalpha()
    )
    return unknown and (_begins_name(words, number + 1) or word == "have" or has_class(word, "order"))


def _begins_name(words: Sequence[Token], number: int) -> bool:
    """`Referee 25 matches`, `Hand over the keys`: an unknown word before a number or a determiner is a verb."""
    while number < len(words) and words[number].word in _PARTICLES:
        number += 1
    return number < len(words) and (words[number].frame == NUMBER or words[number].word in _DETERMINERS)


def _object(words: Sequence[Token], verb: int) -> list[str]:
    """What the verb is done to, the words that name it; empty when nothing of work is named."""
    at = verb + 1
    while at < len(words) and words[at].word in _PARTICLES:
        at += 1
    found = _name(words, at)
    counted = at + 1 < len(words) and words[at + 1].frame == NUMBER
    leads = (
        at < len(words) and words[at].word in _LEADS_TO_OBJECT and (counted or not has_class(words[verb].word, "order"))
    )
    return found or (_name(words, at + 1) if leads else [])


def _name(words: Sequence[Token], start: int) -> list[str]:
    found: list[str] = []
    for token in words[start:]:
        if token.word == "of" and found[-1:] and has_class(found[-1], "detail"):
            found.clear()  # the number of what
        if token.word in _JOINS and not found:
            continue
        if (token.word in _ENDS_NAME and (found or token.word != "and")) or token.word in _MARKS:
            break
        if _names_thing(token):
            found.append(token.word)
    return found


def _names_thing(token: Token) -> bool:
    named = token.frame in (CONTENT, THING, VERB) or has_class(
        token.word, "reader", "text", "verdict", "criterion", "detail", "pressure", "authority"
    )
    return named and token.word not in _DETERMINERS | STOP | _NO_THINGS
