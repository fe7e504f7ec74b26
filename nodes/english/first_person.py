"""From "I'd really like to lead my team" to "lead my team": lead-ins and hedges taken out."""

import re
import tomllib
from bisect import bisect_left
from pathlib import Path

from nodes.english.times import find_times
from nodes.english.verbs import leading_verb, names_role

_LEAD_INS = tomllib.loads((Path(__file__).parent / "lead_ins.toml").read_text(encoding="utf-8"))


def _any_of(group: str) -> str:
    """A pattern of the group's phrases, the longest first."""
    phrases = sorted(_LEAD_INS[group]["phrases"], key=len, reverse=True)
    return "|".join(re.escape(phrase).replace("'", "['’]") for phrase in phrases)


_FILLER = re.compile(
    rf"(?:\((?:maybe|perhaps|possibly|optional)\)|{_any_of('fillers')}|"
    rf"(?:{_any_of('opinions')})(?: that)?|hmm+|um+|uh+|no(?=\s*[,.:;!-])|"
    r"(?:first|second|third|next)(?=\s*[,:])|(?:first|next)(?=\s(?:i|we)\b))\b[\s,:]*",
    re.IGNORECASE,
)
_AUX = (
    r"(?:really|also|rather|would|['’]d|['’]ll|will|do(?= (?:want|like|hope|plan|really|need|intend))|just|definitely|truly|"
    r"still|then|maybe|perhaps|probably|hopefully|possibly|am|['’]m|"
    r"are|['’]re|have|['’]ve|should|could|can|might|may|must|shall|eventually|ideally|personally|always|someday|even|"
    r"mostly|mainly|honestly|currently|now)"
)
_WISH = re.compile(rf"(?:i|we|me)(?:\s*{_AUX})*\s+(?:{_any_of('wishes')}|be (?=\w+ing\b))\s+", re.IGNORECASE)
_PLAIN = re.compile(rf"(?:i|we)(?:\s*{_AUX})+\s+", re.IGNORECASE)
_BARE_WISH = re.compile(
    r"(?:to|wants? to|want|wanna|like to|would like to|would love to|['’]d like to|need to|going to|gonna|will|"
    r"plan to|hope to|hoping to|"
    r"aim to|trying to|try to|able to|be able to|start(?:ing)? (?=\w+ing\b)|start(?:ing)? to|begin(?:ning)? to|"
    r"get to|end up|see (?:myself|ourselves)|"
    r"continue to be)\b\s*",
    re.IGNORECASE,
)
_GOAL_IS = re.compile(
    r"(?:my|our|the|one) (?:\w+ )?(?:goals?|aims?|plans?|dreams?|visions?|ambitions?|objectives?|wish(?:es)?|"
    r"targets?|hopes?|next step|priority)"
    r"(?: for (?:me|us|the future))?(?: (?:is|are|would be|will be|was)|:)(?: (?:to|that|for me to))?\s*",
    re.IGNORECASE,
)
_WOULD_BE = re.compile(
    r"(?:it |that )?(?:would|['’]d|will) be (?:so |really |very )?(?:great|nice|good|cool|awesome|amazing|lovely|"
    r"ideal|a dream|fantastic)"
    r"(?: (?:to|if (?:i|we) (?:can|could|would|was|were)))?\s*",
    re.IGNORECASE,
)
_AS_ROLE = re.compile(
    r"(?:as|being|working as)(?= (?:an?|the|head|chief|senior|lead|director|manager)\b)\s*", re.IGNORECASE
)
_TAIL_ONLY = r"(?:too|(?<!\bby )(?<!\buntil )(?<!\btill )(?<!\bsince )then)(?=\s*(?:[,.;]|$))"
_ENOUGH = r"(?:is|are) (?:plenty|enough)(?=\s*(?:,|$))"
_SAME = r"(?<=,) same (?:date|time|deadline|month|year|spring|summer|autumn|winter|fall)(?=\s*(?:,|$))"
_NOT_ALWAYS = (
    r"one day(?! (?:a|each|every|per|of|in)\b)|as well(?! as\b)|i believe(?! in\b)|"
    r"like(?=,? (?:by|in|around|about|maybe|\d))"
)
"""What is a hedge unless more follows."""
_HEDGE = re.compile(
    rf"(?:,\s*)?\b(?:{_any_of('hedges')}|{_TAIL_ONLY}|{_ENOUGH}|{_SAME}|{_NOT_ALWAYS})(?![\w'’])(?:\s*,(?=\s))?",
    re.IGNORECASE,
)
_INNER_WISH = re.compile(
    rf"\b(?:i|we)(?:\s*{_AUX})*\s+(?:want(?:ed)? to|wanna|like to|love to|hope to|wish to|plan to|aim to|intend to|"
    rf"need to|going to|have to)\s+",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(
    r"\bwhat (?:i|we)(?:['’]?[dm]| would| am)?(?: really| most)* (?:want|like|love|need|wish|hope|plan|aiming|after|going)"
    r"(?: for| at| most)?(?: to (?:\w+ ){0,3}\w+)? (?:is|would be)(?: to)?\s+",
    re.IGNORECASE,
)
"""Whatever leads up to "what I really want is to"."""
_PREAMBLE = re.compile(
    r"(?!(?:by|in|within|over|during|until|till|before|for|from|after|this|next|every)\b)(?:[a-z]+[ ,]+){1,3}?"
    r"(?=(?:i|we) (?:really )?(?:want|would like|wish|hope) )",
    re.IGNORECASE,
)
"""A few strange words before "I want"."""
_BLANK = re.compile(r"\s*")
_LOOSE_START = re.compile(r"[ ,]*")
_SPACES = re.compile(r"\s{2,}")
_LOOSE = re.compile(r"\s+([,.;:!?)])")


def strip_lead(sentence: str) -> tuple[str, str]:
    """The opening time phrase, if any, and the sentence without lead-ins and wishes."""
    leads = Leads(sentence)
    lead_time, start = leads.behind(0)
    return lead_time or _time_in(leads.text[:start]), leads.text[start:]


def _time_in(lead: str) -> str:
    """The day that stands among words that lead in: `what I'd like to get done by May is …`."""
    if not _WHAT_IS.search(lead):
        return ""
    return next((time.text for time in find_times(lead) if time.kind in ("deadline", "near")), "")


class Leads:
    """Where what is said begins behind the lead-ins and wishes of a sentence, from any place of it.

    No place is read twice: a sentence may open a clause at each of its commas, and be "well, well, well" from there on.
    """

    def __init__(self, sentence: str) -> None:
        self.text = sentence.rstrip(" ,").rstrip()
        self._found: dict[int, tuple[str, int]] = {}
        self._starts = (0, -1)
        self._announced = [match.span() for match in _WHAT_IS.finditer(self.text)]

    def behind(self, start: int) -> tuple[str, int]:
        """The first time phrase that leads in from `start` on, if any, and where the rest begins."""
        return self._without_leads(self._without_preamble(self._opening(start)))

    def _opening(self, start: int) -> int:
        """The first letter from `start` on that is neither a space nor a comma."""
        if not self._starts[0] <= start <= self._starts[1]:
            self._starts = start, _end_of(_LOOSE_START, self.text, start)
        return self._starts[1]

    def _without_preamble(self, start: int) -> int:
        number = bisect_left(self._announced, (start, 0))
        if number < len(self._announced):
            end = self._announced[number][1]
            return end if end < len(self.text) else start
        return self._unless_all(start, _PREAMBLE)

    def _without_leads(self, start: int) -> tuple[str, int]:
        passed: list[tuple[int, str]] = []
        while start not in self._found:
            lead_time, rest = self._without_lead(start)
            passed.append((start, lead_time))
            if rest == start:
                self._found[start] = lead_time, start
            start = rest
        for place, lead_time in reversed(passed):
            later, end = self._found[start]
            self._found[place] = lead_time or later, end
            start = place
        return self._found[start]

    def _without_lead(self, start: int) -> tuple[str, int]:
        """One lead-in of each kind taken off."""
        lead_time, start = "", self._unless_all(start, _FILLER)
        if (opening := _opening_time(self.text, start)) and opening.end() < len(self.text):
            lead_time, start = opening[0].rstrip(" ,:"), opening.end()
        for pattern in (_GOAL_IS, _WOULD_BE, _WISH, _PLAIN, _BARE_WISH, _AS_ROLE):
            match = pattern.match(self.text, start)
            start = self._unless_all(match.end() if match else start, _BLANK, start)
        return lead_time, start

    def _unless_all(self, start: int, pattern: re.Pattern[str], otherwise: int | None = None) -> int:
        """Behind what matches at `start`, unless nothing is left there."""
        end = _end_of(pattern, self.text, start)
        if end < len(self.text):
            return end
        return start if otherwise is None else otherwise


def _opening_time(text: str, start: int) -> re.Match[str] | None:
    """A time that opens what is said, by the grammar that score and calendar read with; followed by who does what."""
    if not _OPENS_TIME.match(text, start):
        return None
    found = next((time for time in find_times(text[start : start + LONGEST_TIME]) if time.start == 0), None)
    whole = re.compile(re.escape(found.text) + r"[\s,:]+").match(text, start) if found else None
    if not whole or not ("," in whole[0] or ":" in whole[0] or _WHO.match(text, whole.end())):
        rest = text[whole.end() : whole.end() + LONGEST_TIME] if whole else ""
        return whole if leading_verb(rest) or names_role(rest) else None
    return whole


_WHO = re.compile(r"(?:i|we|my|our)\b", re.IGNORECASE)
LONGEST_TIME = 80
"""Letters within which a time that opens a sentence ends."""
_OPENS_TIME = re.compile(
    r"(?:by|in|within|before|until|till|from|over|during|after|for|this|next|every|each)\s", re.IGNORECASE
)


def without_foreign_lead(line: str) -> str:
    """A line in another language without the greetings and words that lead in."""
    start = _end_of(_FOREIGN, line, 0)
    return line[start:] if line[start:].strip() else line


_FOREIGN = re.compile(rf"(?:(?:{_any_of('foreign')})(?![\w-])[\s,:.!]*)+", re.IGNORECASE)


def is_filler(text: str) -> bool:
    """Whether a text is nothing but words that lead in: `ok so`."""
    start, end = 0, len(text.rstrip(" .,;:!"))
    while start < end and (match := _FILLER.match(text, start)) and match.end() > start:
        start = match.end()
    return start >= end


def _end_of(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def drop_hedges(text: str) -> str:
    """The text without words that only weaken or decorate it."""
    return tidy(_INNER_WISH.sub("", _HEDGE.sub(_closed, text)))


def _closed(hedge: re.Match[str]) -> str:
    """What stays of the commas around a hedge: one, when only one stood there and more follows."""
    opened, closed = hedge.group().startswith(","), hedge.group().rstrip().endswith(",")
    return "," if opened and not closed and hedge.end() < len(hedge.string) else ""


def tidy(text: str) -> str:
    """Single spaces, none before punctuation, none at the ends."""
    return _LOOSE.sub(r"\1", _SPACES.sub(" ", text)).strip(" ,;")
