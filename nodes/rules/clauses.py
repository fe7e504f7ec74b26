"""What an employee said, cut into clauses without hedges, wishes and the first person."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import zip_longest

from nodes.english.asides import Aside, aside_in, unreported
from nodes.english.clause_spans import SUBJECT, clause_spans
from nodes.english.first_person import drop_hedges, is_filler, strip_lead, tidy
from nodes.english.imperatives import imperative, plain_future
from nodes.english.spelling import small
from nodes.english.terms import terms
from nodes.english.things import names_thing
from nodes.english.times import find_times
from nodes.english.verbs import is_role, leading_verb
from nodes.english.vocabulary import MONTHS
from nodes.understanding.meta import is_no_plan
from nodes.understanding.sentences import Sentence, sentences

_RHYTHM = re.compile(r"every|each", re.IGNORECASE)
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True)
class Clause:
    """One thing said: `text` opens with the base form of `verb`, or with a noun when there is no verb."""

    text: str
    verb: str
    message: int
    lead_time: str = ""
    """A time phrase that opened the sentence ("By March"), as said."""
    item: bool = False
    """Whether it is a list item of its own."""
    sentence: int = 0
    """Which sentence of all that was said it comes from."""
    aside: Aside = ""
    """What it tells beside what its speaker will do: where somebody stands, or a remark on others and the matter."""

    @cached_property
    def terms(self) -> frozenset[str]:
        """Stems of its content words."""
        return terms(self.text)

    @cached_property
    def object_terms(self) -> frozenset[str]:
        """Stems of the content words behind the verb."""
        return terms(self.object)

    @cached_property
    def lower(self) -> str:
        """Its text as it is compared with others'."""
        return self.text.lower()

    @cached_property
    def counted(self) -> bool:
        """Whether it holds a number."""
        return bool(_NUMBER.search(self.text) or _NUMBER_WORD.search(self.text))

    @property
    def object(self) -> str:
        """All but the verb."""
        return self.text.partition(" ")[2] if self.verb else self.text


_NUMBER_WORD = re.compile(
    r"\b(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred|half|"
    r"double|twice|both)\b",
    re.IGNORECASE,
)


OPENS_WITH_PRONOUN = re.compile(r"^(?:it|that|this|them|these|those)\b\s*", re.IGNORECASE)
_BACKGROUND = re.compile(r"^been\b|\bsorry$|^\S{60}|^(?:my|the) english\b|^(?:hate|dislike|loathe)\b", re.IGNORECASE)
"""What was, excuses, and no words at all: nothing that a goal could be made of."""


def _wished(piece: str, bare: str) -> str:
    """The first word where a wish stood right before it: whatever follows `I want to` is a verb."""
    first = bare.split(" ", 1)[0]
    if not re.fullmatch(r"[A-Za-z-]{3,}", first) or first != first.lower() or is_role(first):
        return ""
    said = piece + " "
    return first if any(_follows(said, wish.end(), first) for wish in _WISH.finditer(said)) else ""


def _follows(said: str, start: int, word: str) -> bool:
    """Whether the word stands at `start`, be it behind an adverb."""
    adverb = _ADVERB.match(said, start)
    return any(
        said[at : at + len(word)].lower() == word and said[at + len(word)].isspace()
        for at in (start, adverb.end() if adverb else start)
        if at + len(word) < len(said)
    )


_WISH = re.compile(r"(?:\bto|\bwill|['’]ll|\bgonna)\s+", re.IGNORECASE)
_ADVERB = re.compile(r"\w+ly\s+", re.IGNORECASE)


def read_clauses(said: tuple[str, ...]) -> list[Clause]:
    """Every clause said, in order."""
    return clauses_in(sentences(said))


def clauses_in(told: Sequence[Sentence]) -> list[Clause]:
    """Every clause of some sentences, in order."""
    return [replace(c, sentence=index) for index, sentence in enumerate(told) for c in clauses_of(sentence)]


def time_answers(said: tuple[str, ...]) -> list[str]:
    """The times that were said alone, as one answers "by when?": they hold for everything."""
    return [time for sentence in sentences(said) if (time := only_time(sentence.text))]


def only_time(text: str) -> str:
    """The time that a text is nothing but; empty where it says more."""
    if alone := _TIME_ALONE.fullmatch(text.strip(" .!,")):
        return f"within {alone['length']}" if alone["length"] else f"by {alone['day']}"
    times = [time for time in find_times(text) if time.kind != "rhythm"]
    if not times:
        return ""
    edges = [0, *(edge for time in times for edge in (time.start, time.end)), len(text)]
    rest = "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    return "" if re.search(r"\w", _AROUND_TIME.sub("", drop_hedges(rest))) else times[-1].text


_TIME_ALONE = re.compile(
    rf"(?P<length>(?:\d+|two|three) (?:years?|months))|(?P<day>(?:(?:early|mid|late|end of|the end of) )?(?:(?:spring|summer|autumn|fall|winter|{MONTHS}) )?20\d\d)",
    re.IGNORECASE,
)
"""`2028` and `2 years`, as one answers by when."""
_AROUND_TIME = re.compile(
    r"\b(?:at the (?:latest|most|earliest)|latest|or (?:earlier|sooner|before|so)|if possible|i(?:['’]d)? (?:would )?(?:say|think|guess)|all (?:of )?(?:it|that|this)|"
    r"everything|(?:that|it|this)(?:['’]s| is| would be| should be| will be)?|should be|done|finished|ready|reached|there|say|by|and|i want to be)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def clauses_of(sentence: Sentence) -> tuple[Clause, ...]:
    """The clauses of one sentence; a list item stays whole, and a time alone is none."""
    if only_time(sentence.text):
        return ()
    said = plain_future(sentence.text.rstrip(" .!;,:"))
    lead_time, body = strip_lead(unreported(said))
    body = drop_hedges(body)
    pieces = [body] if sentence.item else [*_pieces(body)]
    beside: list[Aside] = [""] if sentence.item else [*map(aside_in, (_first_piece(said), *pieces[1:]))]
    things = [
        (part, aside) for piece, aside in zip(pieces, beside, strict=True) for part in _things(piece, sentence, aside)
    ]
    deadline = lead_time if not _RHYTHM.match(lead_time) else ""
    made = [
        (_clause(part, sentence, deadline if index else lead_time), aside) for index, (part, aside) in enumerate(things)
    ]
    return tuple(replace(clause, aside=aside) for clause, aside in made if clause is not None)


def _things(piece: str, sentence: Sentence, aside: Aside) -> list[str]:
    return [piece] if sentence.item or aside else _listed(piece)


def _listed(piece: str) -> list[str]:
    """The things of a list that nobody does anything with: `ward manager, 20 beds, less overtime`."""
    parts: list[str] = []
    for part in _COMMA.split(piece):
        if parts and _GOES_ON.match(part):
            parts[-1] = f"{parts[-1]}, {part}"
        else:
            parts.append(part)
    return parts if all(len(part.split()) <= MOST_OF_A_THING and _is_thing(part) for part in parts) else [piece]


def _is_thing(part: str) -> bool:
    bare = strip_lead(part)[1]
    return names_thing(bare) and not leading_verb(bare)


_COMMA = re.compile(r",\s*(?:(?:and|plus|also)\s+)?|\s(?:and|plus)\s(?=(?:an?|the|my|less|more|fewer|no)\s)")
_GOES_ON = re.compile(
    r"(?:full[- ]time|part[- ]time|by|in|on|at|with|for|from|of|to|until|till|within|who|which|that|where|as|like|every|each|per|than|not|or|but|if|when|"
    r"because|so|\w+ing|\w+ly)\b|\d",
    re.IGNORECASE,
)
"""What goes on with the thing before: `branch manager, with 12 people`."""
MOST_OF_A_THING = 10
"""Words of a thing in a list; more are a sentence of its own."""


def _first_piece(said: str) -> str:
    """What a sentence says first, its lead-ins and its subject with it."""
    return next(_pieces(unreported(said)))


def plans(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses without what was said beside them; all where there is nothing else.

    An aside stays where the next clause speaks of it: "we close in 9 days now, I want to get it down to 5".
    """
    told = [
        clause
        for clause, after in zip_longest(clauses, clauses[1:])
        if not clause.aside or (after and after.verb and OPENS_WITH_PRONOUN.match(after.object))
    ]
    return told or list(clauses)


def _pieces(body: str) -> Iterator[str]:
    return (body[start:end] for start, end in clause_spans(body))


def _times_last(text: str) -> str:
    """`every second week until June I hold a lesson` as `I hold a lesson every second week until June`."""
    end = 0
    for time in find_times(text) if _OPENS_WITH_TIME.match(text) else ():
        if text[end : time.start].strip(" ,"):
            break
        end = time.end
    rest = text[end:].lstrip(" ,")
    return f"{rest} {small(text[:end])}" if end and SUBJECT.match(rest) else text


_OPENS_WITH_TIME = re.compile(
    r"(?:every|each|once|twice|from|by|in|on|until|till|after|before|this|next)\b", re.IGNORECASE
)


def without_subject(text: str) -> str:
    """What `I` do as a plan tells it: `I mentor two juniors` as `mentor two juniors`, `I'm the head` as `be the head`."""
    return tidy(_I.sub(lambda subject: "be " if subject["being"] else "", text, count=1))


_I = re.compile(
    r"^(?:(?:and|then|also|so)\s+)*(?:i|we)(?:(?P<being>['’](?:m|re)|\s+(?:am|are))|['’](?:ll|d|ve))?(?:\s+(?:will|would|can|shall))*\s+",
    re.IGNORECASE,
)
_TIME_BEHIND = re.compile(
    rf",\s(?P<time>(?:(?:early|mid|late) )?(?:(?:spring|summer|autumn|fall|winter|{MONTHS}) )?20\d\d)$", re.IGNORECASE
)
"""The year that stands behind all: `run the lab with 3 technicians, 2028`."""


def _clause(piece: str, sentence: Sentence, lead_time: str) -> Clause | None:
    own_time, bare = strip_lead(piece.strip(" ,;.:-–—"))
    bare = without_subject(_times_last(drop_hedges(bare))).strip(" ,;.:-–—")
    if (
        (not terms(bare) and not _NUMBER.search(bare))
        or is_no_plan(bare)
        or _BACKGROUND.search(bare)
        or is_filler(bare)
    ):
        return None
    bare = imperative(_TIME_BEHIND.sub(r" by \g<time>", bare))
    verb = leading_verb(bare) or _wished(piece, bare)
    if verb:
        bare = " ".join([verb, *bare.split(" ")[1:]])
    return Clause(bare, verb, sentence.message, own_time or lead_time, sentence.item)
