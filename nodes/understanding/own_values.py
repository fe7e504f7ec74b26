"""The values an employee names, and in their own words how each one shows."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from dataclasses import dataclass
from itertools import groupby

from nodes.english.first_person import drop_hedges, tidy
from nodes.english.terms import stem, terms
from nodes.english.value_marks import Mark, is_value, marks, says_something, value_lead
from nodes.english.value_words import ADJECTIVES, HINTS, NAMES
from nodes.understanding.sentences import Sentence, sentences

_VALUE_TAIL = re.compile(
    r",?\s*(?:(?:are|is|would be|comes?|stands?) (?:also |always |very |really |the |so |all |my |both |super |"
    r"extremely |equally )*(?:important|key|essential|"
    r"first|crucial|central|vital|biggest|number one|most important|big|a must|main|top)(?: (?:one|thing|value|"
    r"priority))?(?: (?:to|for) (?:me|us))?|"
    r"(?:is|are) what (?:really |most )?(?:counts?|matters?|drives|guides)(?: \w+){0,2}(?: (?:to|for) (?:me|us))?|"
    r"matters?(?: \w+){0,3}(?: to me)?|means? (?:a lot|everything|much)(?: to me)?|(?:to|for) me|above all|first)\s*$",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"^(?:(?:and|also|then|but|so|well|plus|for me|hmm?|ok(?:ay)?|yes|honestly|first(?:ly)?|second(?:ly)?|finally|as i said|i (?:just )?(?:said|told you)|i(?:['’]d| would) say|i (?:guess|think|suppose))\b[\s,:]*)+",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*(?:;|\s&\s|,\s*(?:followed by|and|then|plus|or|also)?(?: also| then)?\s|,|\n|\b(?:and|plus|as well as)\b(?: also| then)?)\s*",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"\b(?:i|we|it|they|he|she|you|is|are|was|were)\b|['’](?:m|ve|ll|re)\b", re.IGNORECASE)
"""What tells of somebody rather than naming something."""
_OWN = re.compile(r"\b(?:i|we|my|our|me|us)\b", re.IGNORECASE)
LONGEST_ITEM = 6
"""Words of something listed."""
LONGEST_CALLED = 8
"""Words of a value that is announced as one: `what matters to me is that animals are not scared`."""
LONGEST_WORD = 40
FEWEST_RUN = 3
"""Names without a comma between them."""
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4}
_BY_PLACE = re.compile(
    r"^(?:and |for |with |to |the |my )*(?P<ordinal>first|second|third|fourth|fifth|last)(?: (?:one|value))?\s*(?:[,:]|\s-|means?|is(?= when| that| \w+ing)|shows?)?\s+(?:when |that |in |by )*(?=(?:i|we|my|never|always|no|if|when)\b)",
    re.IGNORECASE,
)
_THAT = re.compile(r"that\s+", re.IGNORECASE)
_OWN_DEED = re.compile(r"(?:i|we)\b", re.IGNORECASE)
_HOW_LEAD = re.compile(r"^(?:that |by (?=i\b)|in (?=how\b))+", re.IGNORECASE)
_WELL = re.compile(r"^(?:(?:well|oh|um|so|like|i mean)[,\s]+)+", re.IGNORECASE)
_CALLED = re.compile(
    r"^(?:the |my )?(?P<ordinal>first|second|third|fourth|fifth|last|other|next)(?: (?:one|value))?(?:['’]s| is| would be)(?P<anew> called| named)? (?P<name>\S+(?: \S+){0,4})$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:(?:the|an?|to be|just)\s+)+(?=\S)", re.IGNORECASE)
_BEING = re.compile(rf"^(?:to be|be|being)\s+(?=(?:{'|'.join(ADJECTIVES)})$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its name as said, and in the employee's own words how it shows (may be empty)."""

    name: str
    shown: str = ""


def read_values(said: tuple[str, ...]) -> list[Value]:
    """The values named, in order of first mention, each with everything said of how it shows."""
    found = _Found()
    for _, told in groupby(sentences(said), key=lambda one: one.message):
        deeds: list[str] = []
        for sentence in told:
            deeds += _read(sentence, found)
        found.place(deeds)
    return found.values


class _Found:
    """The values named so far."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self.announced = False
        """Whether the last values were announced as such: `and that …` names another one."""
        self._places: dict[str, int] = {}

    def known(self, name: str) -> int | None:
        """The value of that name: one that shares a word with it, whatever its form."""
        shared = min((self._places[word] for word in _words(name) if word in self._places), default=None)
        if shared is not None:
            return shared
        whole = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE)
        return next((index for index, value in enumerate(self.values) if whole.search(value.name)), None)

    def tell(self, index: int, how: str) -> None:
        """Add to how a value shows; what says the same again adds nothing."""
        value = self.values[index]
        said, new = terms(value.shown), terms(how)
        if not how or (value.shown and new <= said):
            return
        both = how if not value.shown or said <= new else f"{value.shown}; {how}"
        self.values[index] = Value(value.name, both)

    def add(self, name: str, how: str = "") -> int | None:
        """Name a value, or tell of one that is known; None where the text names nothing."""
        name = value_name(name)
        if not re.search(r"\w", name):
            return None
        index = self.known(name)
        if index is None:
            index = len(self.values)
            self.values.append(Value(name))
            for word in _words(name):
                self._places.setdefault(word, index)
        self.tell(index, how)
        return index

    def place(self, deeds: list[str]) -> None:
        """Give deeds of one message that name no value to those they are of: in their order where there are as many, else
        the one whose word they say, one that they sound like, the first without a deed."""
        bare = [index for index, value in enumerate(self.values) if not value.shown]
        for number, deed in enumerate(deeds):
            if len(deeds) == len(bare):
                self.tell(bare[number], deed)
            elif self.values:
                self.tell(self._meant(deed), deed)

    def _meant(self, deed: str) -> int:
        named = self.known_in(deed)
        sounds = [index for index, value in enumerate(self.values) if _sounds(value.name, deed)]
        bare = [index for index, value in enumerate(self.values) if not value.shown]
        both = [index for index in sounds if index in bare]
        return next(iter([*([] if named is None else [named]), *both, *bare, *sounds, len(self.values) - 1]))

    def known_in(self, text: str) -> int | None:
        """The first value that a text speaks of by its name."""
        own = terms(text) | {stem(ADJECTIVES.get(word, word)) for word in re.findall(r"[a-z-]+", text.lower())}
        return min((index for word, index in self._places.items() if word in own), default=None)


def _words(name: str) -> frozenset[str]:
    """What a name is known by: its words, an adjective by its noun."""
    nouns = " ".join(ADJECTIVES.get(word, word) for word in re.findall(r"[\w'’-]+", name.lower()))
    return terms(nouns) or frozenset([stem(nouns)])


def _read(sentence: Sentence, found: _Found) -> list[str]:
    """Read a sentence; the deeds in it that name no value are left to be placed."""
    text = _FILLER.sub("", sentence.text.strip(" .!;,"))
    if by_place := _BY_PLACE.match(text):
        index = _at(by_place["ordinal"], found)
        if index is not None:
            found.tell(index, as_told(text[by_place.end() :]))
            return []
    if (called := _CALLED.match(text)) and not called["anew"]:
        found.add(called["name"])
        return []
    begin = value_lead(text)
    told = marks(text[begin:], [value.name for value in found.values])
    if told:
        text = text[begin:]
        if opening := text[: told[0].begin].strip(" ,;.:"):
            _list(opening, found, sentence)
        _tell(text, told, found)
        return []
    if _list(text, found, sentence):
        return []
    return [as_told(text)] if found.values and (_OWN.search(text) or found.known_in(text) is not None) else []


def _at(ordinal: str, found: _Found) -> int | None:
    last = len(found.values) - 1
    index = last if ordinal.lower() == "last" else _ORDINALS[ordinal.lower()]
    return index if 0 <= index <= last else None


def _tell(text: str, told: list[Mark], found: _Found) -> None:
    for mark, following in zip(told, [*told[1:], None], strict=True):
        how = text[mark.told : following.begin if following else len(text)]
        if following:
            how = _JOIN_END.sub("", how)
        found.add(mark.name, as_told(how.rstrip(") ") if mark.bracketed else how))


_JOIN_END = re.compile(
    r"(?:[,;.)\s]+(?:and|then|also|plus|or|lastly|finally|with|for))*"
    r"(?:[,;.]\s*(?:and )?(?:the )?(?:first|second|third|fourth|last)(?: one| value)?(?:['’]s| is)?)?[,;.)\s]*$",
    re.IGNORECASE,
)


def as_told(how: str) -> str:
    """How a value shows, word for word: without what leads to it, words that carry nothing, and the mark at its end."""
    told = drop_hedges(_WELL.sub("", _HOW_LEAD.sub("", how.strip(" .,;:=-–—"))))
    return told[:1].upper() + told[1:] if re.match(r"i\b", told) else told


def _list(text: str, found: _Found, sentence: Sentence) -> bool:
    """Whether a text lists values, which are added then, rather than telling how one shows."""
    announced = value_lead(text)
    body = drop_hedges(text[announced:])
    if (_THAT.match(body) and found.announced) or not _OWN_DEED.match(body):
        announced = announced or bool(_VALUE_TAIL.search(body) or _THAT.match(body))
        body = _VALUE_TAIL.sub("", body)
    if not found.values and (names := _run_of_names(body)):
        items = names
    elif announced and _SPEAKS.search(body) and len(body.split()) <= LONGEST_CALLED:
        items = [_THAT.sub("", body)]
    else:
        items = [tidy(_THAT.sub("", item)) for item in _CUT.split(body) if says_something(item)]
    if not items or not all(_may_list(item, bool(announced)) for item in items):
        return False
    begins = not any(value.shown for value in found.values)
    if not (announced or sentence.item or begins or len(items) >= FEWEST_RUN or any(map(_is_named, items))):
        return False
    found.announced = bool(announced)
    for item in items:
        found.add(*_qualified(item))
    return True


def _qualified(item: str) -> tuple[str, str]:
    """A listed value and what is told of it at once: `collaboration with my team`."""
    match = _WITH.search(item)
    if not match or not is_value(item[: match.start()]):
        return item, ""
    head = value_name(item[: match.start()])
    doing = _DOING.get(head.lower(), head.lower())
    return head, f"{doing} {item[match.start() :].strip()}"


_DOING = {"collaboration": "working together", "teamwork": "working together", "cooperation": "working together"}
_WITH = re.compile(r"\s+(?:with|through|by|towards?)\s+", re.IGNORECASE)


def _may_list(item: str, announced: bool) -> bool:
    words = item.split()
    longest = LONGEST_CALLED if announced else LONGEST_ITEM
    return len(words) <= longest and len(words[0]) <= LONGEST_WORD and (announced or not _SPEAKS.search(item))


def _is_named(item: str) -> bool:
    return (
        is_value(item)
        or bool(_ABSTRACT.fullmatch(item))
        or bool(re.match(r"(?:being|having|keeping|doing|helping|working)\s", item, re.IGNORECASE))
    )


_ABSTRACT = re.compile(
    r"[a-z-]{3,}(?:tion|sion|ment|ness|ity|ance|ence|ship|ism|hood|tude|cy|our|ure|dom|ty|ice)", re.IGNORECASE
)
"""One word that names a quality: `lightness`."""


def _run_of_names(text: str) -> list[str]:
    """`courage fairness respect` without a comma."""
    words = text.split()
    return words if len(words) >= FEWEST_RUN and all(word.lower() in NAMES for word in words) else []


def value_name(text: str) -> str:
    """A value's name as one writes it: `being honest` is `honesty`, `the team spirit` `team spirit`."""
    bare = tidy(_ARTICLE.sub("", text.strip(" ,;:-–—\"'“”")) if not _BEING.match(text) else _BEING.sub("", text))
    return ADJECTIVES.get(bare.lower(), bare)


def _sounds(name: str, deed: str) -> bool:
    patterns = [HINTS[word] for word in name.lower().split() if word in HINTS]
    return any(re.search(rf"\b(?:{pattern})", deed, re.IGNORECASE) for pattern in patterns)
