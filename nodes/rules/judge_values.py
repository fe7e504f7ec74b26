"""Clarity and authenticity of a list of values, refined or raw."""

import re
from dataclasses import dataclass

from nodes.evidence.lexicon import STOP, VERB_FORMS
from nodes.evidence.words import is_content, stem, words_of
from nodes.rules.judge_reading import BLANK, CITED, Reading
from nodes.rules.judge_smart import Level
from state.scorecard import half_step

FEWEST, MOST = 3, 5
"""The phase asks for three to five values."""
_HEADING = re.compile(r"^[^\n•:,.]{0,60}\bvalues?[^\n•:,.]{0,30}:", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"^(?:(?:and|also|then|finally|first|second|third|lastly|secondly|firstly|well|so|for me|personally|my|core|"
    r"values?|are|is|i|we|really|truly|value|believe|in|care|about|deeply|strongly|most|important|to me|the|"
    r"being|having|:|,)\b[\s,:]*)+",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[.!?;\n•|]|,\s(?:and\s)?|\s(?:and|&)\s(?=\w+(?:\s\w+){0,5}\s*(?:[.,;\n]|$))")
_LABELLED = re.compile(r"^\s*([^:–—\n]{2,60}?)(?::|\s[–—-]\s)\s*(.*)", re.DOTALL)
_EXPLAINS = re.compile(
    r"\b(?:because|by|through|so that|means?|when|which|that|who|where|with|for|to|is|shows?|how)\b", re.IGNORECASE
)
_FIRST_PERSON = re.compile(r"\b(?:i|my|me|we|our|us)\b", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\b(?:patients?|customers?|clients?|pupils?|students?|colleagues?|teammates?|team|others|everyone|guests?|families|parents|children|"
    r"juniors?|newcomers|starters|residents|users|partners?|suppliers?|people|shift|ward|manager)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value as written."""

    label: str
    explanation: str
    text: str

    @property
    def explained(self) -> bool:
        """Whether it says more than its name."""
        words = [w.lower for w in words_of(self.explanation)]
        return sum(w not in STOP for w in words) >= 2 or (len(words) >= 3 and any(is_content(w) for w in words))

    @property
    def shown(self) -> bool:
        """Whether something is done for it, or for someone."""
        own = CITED.sub("", self.explanation)
        words = [w.lower for w in words_of(own)]
        does = any(w in VERB_FORMS or w.endswith("ing") for w in words if w not in STOP)
        return self.explained and (does or bool(_PEOPLE.search(own) or _FIRST_PERSON.search(own)))


def clarity(reading: Reading) -> Level:
    """Three to five distinct values, each explained."""
    values = read_values(reading)
    if not values:
        return Level(1.0, "No value is named yet.")
    explained = sum(v.explained for v in values)
    score = _COUNT_POINTS.get(len(values), 4.0) + 2.0 * explained / len(values)
    why = f"{len(values)} value{'s' if len(values) > 1 else ''} named, {explained} of them explained."
    return Level(half_step(score), why, _quote(reading, values))


_COUNT_POINTS = {1: 1.5, 2: 5.0, 3: 8.0, 4: 8.0, 5: 8.0, 6: 6.5, 7: 5.5}
"""The criterion asks for three to five values that are told apart; what explains them adds the rest."""


def authenticity(reading: Reading) -> Level:
    """Each value shows in behaviour instead of standing as a bare word."""
    values = read_values(reading)
    shown = [v for v in values if v.shown]
    if not values:
        return Level(1.0, "No value is named yet.")
    score = (
        2.0
        + 7.5 * len(shown) / max(len(values), FEWEST)
        + 0.5 * bool(shown and any(_FIRST_PERSON.search(v.explanation) for v in shown))
    )
    why = f"{len(shown)} of {len(values)} values show in something you do or in how you treat people."
    return Level(half_step(score), why, _quote(reading, shown))


def _quote(reading: Reading, values: list[Value]) -> str:
    return next((v.text for v in values if v.text in reading.exam.text), "")


def read_values(reading: Reading) -> list[Value]:
    """The values of a text without repetitions; a bare sentence of praise is none."""
    pieces = [reading.text[a:b] for a, b in reading.items] or _raw_pieces(reading.text)
    found: dict[str, Value] = {}
    for piece in pieces:
        value = _value(piece)
        key = " ".join(sorted(stem(w.lower) for w in words_of(value.label) if w.lower not in STOP)) if value else ""
        if value and key:
            found.setdefault(key, value)
    return list(found.values())


def _raw_pieces(text: str) -> list[str]:
    body = _HEADING.sub("", text)
    lines = [line for line in body.split("\n") if line.strip()]
    if len(lines) >= 2:
        return lines
    return [piece for piece in _SPLIT.split(body) if piece and piece.strip()]


def _value(piece: str) -> Value | None:
    text = piece.replace(BLANK, " ").strip(" \n\t.,;")
    labelled = _LABELLED.match(text)
    if labelled:
        return Value(labelled[1].strip(), labelled[2].strip(), text)
    core = _LEAD_IN.sub("", text).strip()
    words = [w for w in words_of(core) if w.lower not in STOP]
    if not words:
        return None
    cut = _EXPLAINS.search(core)
    label = core[: cut.start()].strip() if cut and cut.start() else core
    return Value(label, core[len(label) :].strip(), text)
