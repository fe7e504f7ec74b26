"""Finds what is done, for or as whom, with which result, and the words that only promise."""

# ruff: noqa: E501 - a pattern or a word list reads best unbroken

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from nodes.english.lexicon import (
    AFTER_OBJECT,
    AUDIENCES,
    BECOMING,
    CONCRETE_VERBS,
    DELIVERABLES,
    FIGURATIVE,
    GENERIC,
    GENERIC_DELIVERABLES,
    MAKING,
    MEASURABLE_VERBS,
    POSITIONS,
    QUALIFIED,
    QUALIFYING,
    REACHED_VERBS,
    SEATS,
    SENIORITY,
    STATES,
    STOP,
    TAKING_SEATS,
    TOWARDS,
    VAGUE_AMOUNTS,
    VAGUE_DEGREES,
    VERB_FORMS,
    singular,
    word_set,
)
from nodes.english.spans import Span, Taken, covered
from nodes.english.targets import is_measure
from nodes.english.words import Word, is_content

_BEFORE_VERB = word_set(
    "to will and or i we i'll we'll by then also would can could should must shall while when after before not "
    "successfully personally actively independently regularly consistently always please gonna let help helping"
)
_BEFORE_NOUN = word_set("a an the my our your their his her its this that of for new more online")
_ALSO_ADJECTIVES = frozenset(["clean", "complete", "open", "present", "secure"])
"""`a mature and complete statement` completes nothing."""
_NO_ADVERBS = frozenset(["lovely", "friendly", "lively", "lonely", "family", "assembly", "supply"])
_PARTICLES = frozenset(["up", "out", "down", "off"])
_LEADS_TO_COUNT = _PARTICLES | {"each", "all", "of", "the", "our", "my"}
_MARKING = frozenset(["award", "grade", "mark", "rate", "score"])
_BEFORE_MARKED = word_set("a an the my our their each every all both")
_SUBJECT_THEN_VERB = frozenset(["i'll", "will", "shall", "we'll"])
_HEDGE = re.compile(
    r"\b(?:maybe|perhaps|possibly|probably|hopefully|i hope|we hope|hoping|i would like|i'd like|we would like|would love|"
    r"i'd love|i want|we want|i wish|wish to|try to|trying to|try and|aim to|aiming to|i guess|i think|kind of|sort of|"
    r"if possible|if i can|as far as possible|as possible|someday|some day|one day|sometime|at some point|eventually|when i have time|"
    r"when possible|might|could be|not sure|ideally|more or less|somewhat|and so on|etc|soon|asap)\b",
    re.IGNORECASE,
)
_BE_FORMS = frozenset(["am", "is", "are", "was", "were", "been", "i'm", "we're", "it's"])
_GAP_BEFORE_BREAK = re.compile(r"[.,;:!?()\n•|\x00]|\s[-–—]\s")


def find_hedges(text: str) -> tuple[Span, ...]:
    """Wishes and reservations, in order."""
    straight = text.replace("’", "'")
    return tuple(Span(m.start(), m.end(), text[m.start() : m.end()], "hedge") for m in _HEDGE.finditer(straight))


class Phrases:
    """Reads the words of one text, knowing where its numbers and times stand."""

    def __init__(self, text: str, words: tuple[Word, ...], quantities: Sequence[Span], times: Sequence[Span]) -> None:
        self._text, self._words, self._lowers = text, words, [word.lower for word in words]
        self._measures = [q.start for q in quantities if is_measure(q)]
        self._counts = [q.start for q in quantities if q.kind == "count"]
        self._counted_letters, self._timed = covered(text, quantities), covered(text, times)
        self._opens = [self._opens_clause(i) for i in range(len(words))]
        self._openings = [i for i, opens in enumerate(self._opens) if opens]
        self._verbs = ["" if self._timed[word.start] else self._verb_at(i) for i, word in enumerate(words)]

    def actions(self) -> tuple[Span, ...]:
        """Concrete verbs, vague ones with a measured change, and unknown verbs after `will`."""
        return tuple(self._span(i, kind) for i, kind in enumerate(self._verbs) if kind in _ACTION_KINDS)

    def vague(self) -> tuple[Span, ...]:
        """Vague verbs without a measure, degrees and indefinite amounts."""
        return tuple(self._span(i, kind) for i in range(len(self._words)) if (kind := self._vague_kind(i)))

    def roles(self) -> tuple[Span, ...]:
        """Positions and audiences with up to two words that tell which."""
        return tuple(self._with_modifiers(i, kind) for i, kind in self._role_heads())

    def outcomes(self) -> tuple[Span, ...]:
        """Deliverables by name, and things that are completed, passed, won or become."""
        named = {i: kind for i in range(len(self._words)) if (kind := self._deliverable_kind(i))}
        taken = Taken(len(self._text))
        spans = [self._with_modifiers(i, kind) for i, kind in named.items()]
        reached = (self._reached(i) for i in range(len(self._words)))
        for span in (s for s in (*spans, *reached) if s):
            taken.add(span)
        return taken.in_order()

    def _opens_clause(self, i: int) -> bool:
        """A clause opens after a break, and after a time: `within 12 months lead the onboarding`."""
        if i == 0 or ((gap := self._between(i)) != " " and _GAP_BEFORE_BREAK.search(gap)):
            return True
        before, word = self._words[i - 1], self._words[i]
        return bool(self._timed[before.start] and not self._timed[word.start])

    def _between(self, i: int) -> str:
        return self._text[self._words[i - 1].end : self._words[i].start]

    def _span(self, i: int, kind: str) -> Span:
        word = self._words[i]
        return Span(word.start, word.end, self._text[word.start : word.end], kind)

    def _lower(self, i: int) -> str:
        return self._lowers[i] if 0 <= i < len(self._lowers) else ""

    def _verb_at(self, i: int) -> str:
        """`concrete`, `measured`, `vague`, `assumed`, or empty when the word is no verb here."""
        lower = self._lower(i)
        lemma = VERB_FORMS.get(lower)
        if lemma is None:
            return "concrete" if self._is_having(i) else self._assumed(i)
        if not self._stands_as_verb(i, lower):
            return ""
        if lemma == "try" and self._lower(i + 1) == "out":
            return "concrete"
        if lemma in MEASURABLE_VERBS and self._measured_after(i):
            return "measured"
        if lower == "give" and self._handles_counted(i):
            return "concrete"
        return "concrete" if lemma in CONCRETE_VERBS or lemma in REACHED_VERBS else "vague"

    def _is_having(self, i: int) -> bool:
        """`have bread for dinner`, `do an audit`: before a thing; `have finished`, `have to` and `do so` are no deeds."""
        following = self._lower(i + 1)
        thing = is_content(following) and not following.endswith(("ed", "en"))
        if self._lower(i) == "do":
            named = following in _BEFORE_NOUN and is_content(self._lower(i + 2))
            return (thing or named) and (self._opens[i] or self._lower(i - 1) in _BEFORE_VERB)
        return self._lower(i) == "have" and self._opens[i] and thing

    def _assumed(self, i: int) -> str:
        lower, before = self._lower(i), self._lower(i - 1)
        unknown = before in _SUBJECT_THEN_VERB and lower not in STOP and not lower.endswith("ly") and not self._opens[i]
        return "assumed" if unknown or self._handles_counted(i) or self._gives_marks(i) else ""

    def _gives_marks(self, i: int) -> bool:
        """`Score 90 % in the test`, `Grade each weld`; elsewhere these words are nouns: `the pass rate`."""
        following = self._text[self._words[i].end :].lstrip()
        before_thing = following[:1].isdigit() or self._lower(i + 1) in _BEFORE_MARKED
        return self._lower(i) in _MARKING and self._opens[i] and before_thing

    def _handles_counted(self, i: int) -> bool:
        """`Mark 400 parking bays`, `Phase out 2 lines`, `Give each of the 25 volunteers a course`: what opens a clause before something counted."""
        end, lower = self._words[i].end, self._lower(i)
        following = bisect_left(self._counts, end)
        joined = self._lower(i - 1) in ("and", "then")
        if following == len(self._counts) or not (self._opens[i] or joined):
            return False
        between = self._text[end : self._counts[following]].lower()
        known = {lower, singular(lower)} & (STOP | GENERIC | DELIVERABLES) or (_role_kind(lower) and not joined)
        known = known and self._lower(i + 1) not in _PARTICLES
        return between[:1] == " " and not known and set(between.split()) <= _LEADS_TO_COUNT and singular(lower) == lower

    def _stands_as_verb(self, i: int, lower: str) -> bool:
        before = self._lower(i - 1)
        if lower in _ALSO_ADJECTIVES and before == "and" and self._lower(i - 3) in _BEFORE_NOUN:
            return False
        if not self._opens[i] and {before, self._lower(i - 2)} & _BE_FORMS and not lower.endswith("ing"):
            return before == "to" or (before in ("is", "are") and self._is_finished(lower))
        if self._opens[i] or before in _BEFORE_VERB or (before.endswith("ly") and before not in _NO_ADVERBS):
            return True
        if lower.endswith("ing"):
            return before not in _BEFORE_NOUN and before not in SENIORITY
        return before in ("which", "students", "team") or VERB_FORMS.get(before) in ("help", "train")

    def _is_finished(self, lower: str) -> bool:
        """`every bottle is labelled`: a state that somebody brings about."""
        lemma = VERB_FORMS[lower]
        return (
            lower != lemma and lower.endswith(("ed", "en", "t")) and (lemma in CONCRETE_VERBS or lemma in REACHED_VERBS)
        )

    def _measured_after(self, i: int) -> bool:
        start, stop = self._words[i].start, self._clause_end(i)
        return bisect_left(self._measures, start) < bisect_left(self._measures, stop)

    def _clause_end(self, i: int) -> int:
        j = bisect_right(self._openings, i)
        return self._words[self._openings[j]].start if j < len(self._openings) else len(self._text)

    def _vague_kind(self, i: int) -> str:
        lower = self._lower(i)
        if self._verbs[i] == "vague" and not (VERB_FORMS[lower] in BECOMING and self._position_after(i)):
            return "verb"
        if lower in VAGUE_AMOUNTS and not self._compares(i):
            return "amount"
        return "degree" if lower in VAGUE_DEGREES and not self._compares(i) else ""

    def _compares(self, i: int) -> bool:
        """`more than 5`, `50% or more`, `5% lower` measure something."""
        word = self._words[i]
        return (
            any(self._counted_letters[max(0, word.start - 5) : word.start + 1])
            or self._lower(i + 1) == "than"
            or self._lower(i - 1) == "or"
        )

    def _role_heads(self) -> Iterator[tuple[int, str]]:
        for i, word in enumerate(self._words):
            kind = _role_kind(word.lower)
            if kind and not self._verbs[i] and not (self._modifies(i) and self._same_phrase(i + 1)):
                yield i, kind

    def _modifies(self, i: int) -> bool:
        return bool(_role_kind(self._lower(i + 1))) and not self._verbs[i + 1]

    def _same_phrase(self, i: int) -> bool:
        return i < len(self._words) and not self._opens[i] and self._between(i) == " "

    def _deliverable_kind(self, i: int) -> str:
        lower = self._lower(i)
        base = singular(lower)
        if self._text[max(0, self._words[i].start - 2) : self._words[i].start].strip("-").isdigit():
            return ""  # `360-degree feedback`
        if (
            base not in DELIVERABLES
            or self._verbs[i]
            or self._timed[self._words[i].start]
            or _role_kind(self._lower(i + 1))
        ):
            return ""
        if self._same_phrase(i + 1) and singular(self._lower(i + 1)) in DELIVERABLES:
            return ""
        if (base in GENERIC_DELIVERABLES or self._names_more(i)) and not self._made(i):
            return ""
        if self._is_made_so(i):
            return ""
        if {self._lower(i - 1), self._lower(i - 2)} & VAGUE_DEGREES and not self._counted(i):
            return ""
        return "plural" if lower != base and not self._counted(i) else "deliverable"

    def _names_more(self, i: int) -> bool:
        """`training room`: the word only describes the next one."""
        following = self._lower(i + 1)
        return self._same_phrase(i + 1) and is_content(following)

    def _made(self, i: int) -> bool:
        """Whether a verb that makes or finishes stands shortly before."""
        return any(
            VERB_FORMS.get(self._lower(j)) in MAKING and self._verbs[j] and not any(self._opens[j + 1 : i + 1])
            for j in range(max(0, i - 6), i)
        )

    def _is_made_so(self, i: int) -> bool:
        """`make the garden look loved`: what is there already only becomes otherwise."""
        making = any(self._lower(j) in ("make", "making") for j in range(max(0, i - 4), i))
        return making and self._same_phrase(i + 1) and self._lower(i + 1) not in AFTER_OBJECT | {"of"}

    def _counted(self, i: int) -> bool:
        return bool(self._counted_letters[self._words[i].start])

    def _reached(self, i: int) -> Span | None:
        lemma = VERB_FORMS.get(self._lower(i), "")
        if self._lower(i) in ("have", "get", "having", "getting"):
            return self._had_done(i) or self._seat_after(i)
        if lemma in REACHED_VERBS and self._lower(i - 1) in ("is", "are") and self._is_finished(self._lower(i)):
            return self._stretch(i, i, "reached")
        if lower_state := self._state_after(i):
            return lower_state
        if self._lower(i) in QUALIFIED and self._lower(i - 1) in (*_BE_FORMS, "be", "get", "become"):
            return self._stretch(i, i, "reached")
        if lemma in ("become", "be") or (lemma in BECOMING and self._verbs[i]):
            return self._position_after(i)
        if self._opens[i] and (named := self._position_named(i)):
            return named
        if lemma in TAKING_SEATS and (seat := self._seat_after(i)):
            return seat
        if lemma not in REACHED_VERBS or not self._verbs[i]:
            return None
        if lemma in QUALIFYING and self._lower(i + 1) in AFTER_OBJECT | {"as"}:
            return self._stretch(i, i, "reached")
        last = self._object_end(i)
        if last is None or self._is_indefinite(i, last):
            return None
        return self._stretch(i, last, "reached")

    def _state_after(self, i: int) -> Span | None:
        """`the archive is in use`, `is live`."""
        if self._lower(i) not in ("is", "are"):
            return None
        long = self._lower(i + 1) in ("in", "up") and " ".join(map(self._lower, (i + 1, i + 2))) in STATES
        if long or self._lower(i + 1) in STATES:
            return self._stretch(i, i + 1 + long, "reached")
        return None

    def _had_done(self, i: int) -> Span | None:
        """`have the archive scanned`, `get my licence renewed`: a state that is brought about."""
        if not (self._opens[i] or self._lower(i - 1) in _BEFORE_VERB):
            return None
        for j in range(i + 2, min(i + 7, len(self._words))):
            if self._opens[j]:
                return None
            done = self._lower(j) in VERB_FORMS and self._is_finished(self._lower(j))
            if (done or self._lower(j) == "done") and is_content(self._lower(j - 1)):
                return self._stretch(i, j, "reached")
        return None

    def _position_named(self, i: int) -> Span | None:
        """`Staff engineer by 2028`: a goal may be nothing but a position."""
        for j in range(i, min(i + 4, len(self._words))):
            if (self._lower(j) in STOP and not self._is_short_form(j)) or (j > i and self._opens[j]):
                return None
            if self._is_post(j):
                if i == j and self._lower(i) in VERB_FORMS:
                    return None
                ends = j + 1 == len(self._words) or self._opens[j + 1] or self._timed[self._words[j + 1].start]
                return self._stretch(i, j, "position") if ends or self._lower(j + 1) in AFTER_OBJECT | {"of"} else None
        return None

    def _is_post(self, i: int) -> bool:
        return (self._lower(i) in POSITIONS or _role_kind(self._lower(i)) == "position") and not self._modifies(i)

    def _is_short_form(self, i: int) -> bool:
        """`IT manager`: in capitals a small word is a department."""
        return self._text[self._words[i].start : self._words[i].end] in ("IT", "OR")

    def _seat_after(self, i: int) -> Span | None:
        """`hold a tenured position`, `win a place in the final`, `get my Green Belt`."""
        for j in range(i + 2, min(i + 6, len(self._words))):
            if self._opens[j] or self._lower(j) in VAGUE_DEGREES | AFTER_OBJECT:
                return None
            own = j == i + 2 and self._lower(i + 1) == "my" and self._words[j].capital
            if own or (self._lower(j) in SEATS and self._lower(i + 1) in ("a", "my", "the", "one")):
                return self._stretch(i, j, "reached")
        return None

    def _position_after(self, i: int) -> Span | None:
        for j in range(i + 1, min(i + 8, len(self._words))):
            if self._opens[j] or self._lower(j) in VAGUE_DEGREES | TOWARDS:
                return None
            if self._is_post(j):
                figure = self._lower(j) in FIGURATIVE and self._lower(j + 1) in ("to", "for")
                return None if figure else self._stretch(i, j, "position")
        return None

    def _object_end(self, i: int) -> int | None:
        """Last word of the object: up to six words on, at least one of them telling."""
        last = None
        for j in range(i + 1, min(i + 7, len(self._words))):
            if self._opens[j] or self._lower(j) in AFTER_OBJECT:
                break
            last = j if is_content(self._lower(j)) else last
        return last

    def _is_indefinite(self, i: int, last: int) -> bool:
        """`launch features`: a bare plural names no finished state."""
        lower = self._lower(last)
        determined = {self._lower(j) for j in range(i + 1, last)} & {"the", "my", "our", "all", "both", "its", "their"}
        named = any(self._words[j].capital for j in range(i + 1, last + 1))
        some = any(self._lower(j) in VAGUE_AMOUNTS for j in range(i + 1, last + 1))
        praised = some or any(self._lower(j) in VAGUE_DEGREES for j in range(i + 1, last + 1))
        return praised or (lower != singular(lower) and not self._counted(last) and not determined and not named)

    def _stretch(self, first: int, last: int, kind: str) -> Span:
        start, end = self._words[first].start, self._words[last].end
        return Span(start, end, self._text[start:end], kind)

    def _with_modifiers(self, i: int, kind: str) -> Span:
        first = i
        while first > max(0, i - 2) and self._describes(first - 1) and self._same_phrase(first):
            first -= 1
        return self._stretch(first, i, kind)

    def _describes(self, i: int) -> bool:
        lower = self._lower(i)
        if lower in SENIORITY:
            return True
        return not self._verbs[i] and lower not in STOP and lower not in VAGUE_DEGREES and lower not in VAGUE_AMOUNTS


_ACTION_KINDS = frozenset(("concrete", "measured", "assumed"))


@cache
def _role_kind(word: str) -> str:
    base = re.split("-(?:in|general|elect)", singular(word))[0]
    if word in AUDIENCES:
        return "audience"
    if base in POSITIONS:
        return "position" if word.startswith(base) and singular(word) == word else "audience"
    return ""
