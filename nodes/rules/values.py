"""The values an employee names, and how they say that each one shows."""

# ruff: noqa: E501 - a pattern or a word list reads best unbroken

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from nodes.english.terms import stem, terms
from nodes.rules.first_person import depersonalise, drop_hedges, is_filler, strip_lead, tidy
from nodes.rules.meta import is_no_plan
from nodes.rules.sentences import Sentence, sentences
from nodes.rules.shown import as_shown

NAMES = frozenset(
    str.split("""
        accountability accuracy achievement adaptability agility ambition appreciation authenticity autonomy balance
        belonging bravery calm care cleanliness clarity collaboration commitment communication community compassion
        competence confidentiality consistency cooperation courage courtesy craft craftsmanship creativity curiosity
        customer decency dedication dependability detail determination development dignity diligence discipline
        discretion diversity drive efficiency empathy empowerment endurance enthusiasm equality equity ethics
        excellence fairness faith family feedback flexibility focus freedom friendliness friendship fun generosity
        gratitude growth hard-work harmony health helpfulness honesty honour honor hospitality humanity humility humor
        humour impact improvement inclusion inclusiveness independence initiative innovation inspiration integrity joy
        justice kindness knowledge leadership learning listening love loyalty mastery mentoring mentorship mindfulness
        openness optimism order ownership participation partnership passion patience performance persistence
        positivity pragmatism precision pride privacy professionalism progress punctuality purpose quality recognition
        reliability resilience respect respectfulness responsibility results safety security sharing simplicity
        sincerity solidarity speed stability stewardship support sustainability teaching team teamwork thoroughness
        tolerance tradition transparency trust trustworthiness truth understanding unity usefulness variety vision
        wellbeing well-being wellness wisdom work-life work-ethic
    """)
)
ADJECTIVES = {
    "honest": "honesty", "reliable": "reliability", "fair": "fairness", "respectful": "respect", "patient": "patience",
    "open": "openness", "transparent": "transparency", "creative": "creativity", "curious": "curiosity",
    "kind": "kindness", "responsible": "responsibility", "accountable": "accountability", "safe": "safety",
    "compassionate": "compassion", "precise": "precision", "accurate": "accuracy", "punctual": "punctuality",
    "loyal": "loyalty", "humble": "humility", "innovative": "innovation", "flexible": "flexibility",
    "sustainable": "sustainability", "collaborative": "collaboration", "empathetic": "empathy",
    "clean": "cleanliness", "friendly": "friendliness", "helpful": "helpfulness", "organised": "organisation",
    "polite": "politeness", "thorough": "thoroughness", "calm": "calmness", "careful": "care", "organized": "organization",
    "professional": "professionalism", "trustworthy": "trust", "generous": "generosity", "inclusive": "inclusion",
}  # fmt: skip
_BEING = {noun: f"being {adjective}" for adjective, noun in ADJECTIVES.items()} | {
    "collaboration": "working together", "teamwork": "working together", "cooperation": "working together",
    }  # fmt: skip
_HINTS = {
    "accuracy": "check|twice|number|error|exact|precis", "precision": "check|twice|calibrat|exact|measur",
    "confidentiality": "lock|secret|salar|repeat|tell nobody|discuss|privat", "discretion": "repeat|gossip|privat|secret",
    "punctuality": "time|early|late|deadline|minutes", "reliability": "time|late|promise|deadline|call if",
    "honesty": "truth|honest|mistake|wrong|admit|price|tell|report|really", "integrity": "truth|mistake|wrong|honest|refus|admit",
    "fairness": "same|equal|everyone|turn|rotat", "respect": "hello|sir|madam|ask before|listen|shout|eye|interrupt",
    "safety": "check|test|stop|wear|vest|secure|door|cable", "patience": "wait|again|third time|slowly|calm",
    "empathy": "listen|feel|ask how|understand", "kindness": "offer|help|smile|water|ask how",
    "curiosity": "read|learn|ask why|new|try", "learning": "read|course|learn|new", "quality": "twice|check|test|taste",
    "cleanliness": "clean|wipe|wash|tidy", "creativity": "idea|new|invent|taste|try", "teamwork": "help|cover|colleague|share",
    "truth": "source|fact|check", "independence": "refus|gift|free", "trust": "parent|honest|promise|keep",
    "love": "kneel|hug|child", "courage": "first|danger|speak up|stand up", "dignity": "ask|knock|sit|home",
    "justice": "appeal|wrong|rights|decision", "discipline": "uniform|always|routine|every", "alertness": "round|watch|check|notice",
    "diligence": "read|last page|every|check", "loyalty": "client|stay|same day|stand by", "responsibility": "check|control|twice|own",
    "sustainability": "recycl|waste|reuse|energy", "hospitality": "greet|name|welcome|guest", "consistency": "every|always|each",
    "transparency": "publish|tell|status|open|red", "accountability": "blame|own|mistake", "calm": "softly|slowly|quiet|kneel",
    "organised": "list|tidy|calendar", "hard": "stay|until|weekend|late|done", "persistence": "call back|again|until",
    "innovation": "try|new|idea", "mentoring": "teach|graduate|apprentice|junior|new", "self-care": "lunch|break|rest|outside|home",
}  # fmt: skip
"""What deeds of a value sound like, for deeds told without its name."""
_VALUE_LEAD = re.compile(
    r"^(?:(?:i|we)?\s*(?:really |also |always |strongly |deeply |truly |do )*(?:value|appreciate|care (?:deeply |"
    r"a lot )?about|believe in|stand for|cherish|"
    r"prize|treasure|go for|pick|choose|name|live by|am about|(?:try to )?live)|(?:my|the|our) (?:\w+ )?(?:core |"
    r"top |main |personal |key |most important )*"
    r"(?:values?|principles?)(?: (?:at|in|for) (?:\w+ )?work)? (?:are|is|would be|include)|(?:what|the things? that|"
    r"things that) (?:really )?(?:matters?|counts?|is important)"
    r"(?: the)?(?: most)?(?: to me)? (?:is|are)|(?:the )?most important (?:thing |things |one |ones |"
    r"values? )?(?:to me |for me )?(?:is|are)|"
    r"values?|(?:core|my|personal) (?:\w+ )?values?)\s*:?\s+",
    re.IGNORECASE,
)
_VALUE_TAIL = re.compile(
    r",?\s*(?:(?:are|is|would be|comes?|stands?) (?:also |always |very |really |the |so |all |my |both |super |"
    r"extremely |equally )*(?:important|key|essential|"
    r"first|crucial|central|vital|biggest|number one|most important|big|a must|main|top)(?: (?:one|thing|value|"
    r"priority))?(?: (?:to|for) (?:me|us))?|"
    r"(?:is|are) what (?:really |most )?(?:counts?|matters?|drives|guides)(?: \w+){0,2}(?: (?:to|for) (?:me|us))?|"
    r"matters?(?: \w+){0,3}(?: to me)?|means? (?:a lot|everything|much)(?: to me)?|(?:to|for) me|above all|first)\s*$",
    re.IGNORECASE,
)
_MEANS = re.compile(
    r"^(?P<name>[A-Za-z][\w'’/& -]{1,40}?)\s*(?::|\s[-–—=]\s|[-–—]\s|\(|,?\s*(?:which |that )?(?:for me |"
    r"to me )*(?:means?|is when|is (?=(?:not )?\w+ing\b)|shows? (?:in|when|by)|because|cos|coz|cuz|(?:as|since|so)(?= (?:i|we)\b)|"
    r"is about|comes first(?:,| because))|,\s(?=(?:i|we)\b))\s*(?:for me |to me |that |in |by )*(?P<how>\S.+)$",
    re.IGNORECASE,
)
_FOR_NAME = re.compile(
    r"^(?:for|regarding|about|on|with|to show|i show) (?P<name>[A-Za-z-]+(?: [A-Za-z-]+)?)[,:]? (?P<how>.+)$",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\s*(?:;|\s&\s|,\s*(?:followed by|and|then|plus|or|also)?(?: also| then)?\s|,|\b(?:and|plus|as well as)\b(?: also| then)?)\s*",
    re.IGNORECASE,
)
_QUALIFIER = re.compile(
    r"\s+(?:with|in|for|through|by|towards?|to|at|on|when|where|of|that|which|when|even|so|from|about)\s+",
    re.IGNORECASE,
)
_LONGEST_NAME = 4
_LONGEST_WORD = 40
_LONGEST_LABEL = 3
_PLAIN_LIST = 3
"""So many short phrases without a subject are a list of values, whatever they are called."""
_AND_I = re.compile(r",?\s+(?:and|but) (?=(?:i|we)\s(?!still\b))", re.IGNORECASE)
_BEING_LEAD = re.compile(r"(?:and |also )*being\s(?:\S+\s?){1,5}$", re.IGNORECASE)
_OF_VALUES = re.compile(r"\b(?:values?|principles?)\b", re.IGNORECASE)
_I_FIRST = re.compile(r"(?:i|we)\b", re.IGNORECASE)
_LABEL = re.compile(r"[A-Za-z][\w &'’-]{2,40}?(?::|\s[-–—=]|[-–—]\s)\s")
_NO_NAMES = frozenset(["that", "this", "it", "example", "for example", "values", "my values", "also", "note", "ps"])
_TELLS = re.compile(r"\b(?:i|we|they|he|she|it|is|are|was)\b|['’](?:m|ve|ll|re)\b", re.IGNORECASE)
_BARE_VALUE = re.compile(
    r"(?:being|having|doing|keeping|helping|working)\s(?:\S+\s?){1,5}$|[A-Z]?[a-z-]+(?: [a-z-]+){0,2}$", re.IGNORECASE
)


_ABSTRACT = re.compile(
    r"[a-z-]{3,}(?:tion|sion|ment|ness|ity|ance|ence|ship|ism|hood|tude|cy|our|ure|dom|ty|ice)", re.IGNORECASE
)
"""One word that names a quality: `lightness`."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its name as said, and in the employee's own words how it shows (may be empty)."""

    name: str
    shown: str = ""


def value_lead(text: str) -> int:
    """Where the values begin behind words that announce them: `what matters to me is …`."""
    found = _VALUE_LEAD.match(text)
    return found.end() if found else 0


def read_values(said: tuple[str, ...]) -> list[Value]:
    """The values named, in order of first mention, each with everything said of how it shows."""
    found = _Found()
    for sentence in sentences(said):
        for part in _AND_I.split(sentence.text):
            _read_sentence(replace(sentence, text=part), found)
    return found.values


class _Found:
    """The values named so far, and by which words each is known."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self._by_stem: dict[str, int] = {}
        self._by_term: dict[str, int] = {}
        self._by_hint: dict[str, int] = {}
        self._bare = 0

    def known(self, name: str) -> int | None:
        """The first value of that name."""
        return _first(self._by_stem, terms(name) or (stem(name),))

    def named_in(self, text: str) -> int | None:
        """The first value that a text speaks of by its name."""
        return _first(self._by_term, terms(text))

    def meant_by(self, text: str) -> int:
        """The value that an unnamed deed speaks of: one that it hints at, else the first without a deed, else the last."""
        hinted = sorted(index for name, index in self._by_hint.items() if _hints(name, text))
        bare = self._first_bare()
        both = [index for index in hinted if not self.values[index].shown]
        return [*both, *([] if bare is None else [bare]), *hinted, len(self.values) - 1][0]

    def _first_bare(self) -> int | None:
        while self._bare < len(self.values) and self.values[self._bare].shown:
            self._bare += 1
        return self._bare if self._bare < len(self.values) else None

    def tell(self, index: int, how: str) -> None:
        """Add to how a value shows."""
        self.values[index] = _with(self.values[index], how)

    def add(self, value: Value) -> None:
        """Add a value, or what is told of one that is known."""
        if not value.name:
            return
        index = self.known(value.name)
        if index is not None:
            self.tell(index, value.shown)
            return
        index, own = len(self.values), terms(value.name)
        self.values.append(value)
        for words, places in (
            ([*own, stem(value.name)], self._by_stem),
            (own, self._by_term),
            (_HINTS.keys() & value.name.lower().split(), self._by_hint),
        ):
            for word in words:
                places.setdefault(word, index)


def _first(places: dict[str, int], words: Iterable[str]) -> int | None:
    return min((places[word] for word in words if word in places), default=None)


def _read_sentence(sentence: Sentence, found: _Found) -> None:
    text = sentence.text.strip(" .!;,")
    if not found.values and (names := _run_of_names(text)):
        for name in names:
            found.add(Value(_name(name)))
        return
    if explained := _explained(text, found):
        found.add(explained)
        return
    items = _items(text)
    listed = (sentence.item or bool(_BEING_LEAD.match(text))) and not _TELLS.search(text)
    alone = len(items) == 1 and bool(_ABSTRACT.fullmatch(text))
    named = not found.values or listed or alone or any(_names(item.name) or item.shown for item in items)
    if items and named and (listed or _is_list(text, items)):
        for item in items:
            found.add(item)
    elif found.values and (target := _about(text, found)) is not None:
        found.tell(target, as_shown(text))


def _run_of_names(text: str) -> list[str]:
    """`courage fairness respect` without a comma."""
    words = text.split()
    known = all(word.lower() in NAMES for word in words)
    return words if len(words) > 2 and known else []


def _explained(text: str, found: _Found) -> Value | None:
    match = _MEANS.match(_without_lead(text)) or _FOR_NAME.match(_without_lead(text))
    if not match:
        return None
    name = _name(match["name"])
    known = found.known(name)
    if _OF_VALUES.search(match["name"]):
        return None
    labelled = bool(_LABEL.match(text)) and len(name.split()) <= _LONGEST_LABEL and name.lower() not in _NO_NAMES
    if known is None and not _names(name) and not labelled:
        return None
    how = match["how"].rstrip(") ")
    if match.string[: match.start("how")].rstrip().endswith("when") and not _I_FIRST.match(how):
        how = f"when {how}".replace(" and I ", ", I ", 1)
    return Value(found.values[known].name if known is not None else name, as_shown(how))


def _is_list(text: str, items: list[Value]) -> bool:
    """Whether a sentence lists values rather than telling how one shows."""
    if _VALUE_LEAD.match(_without_lead(text)) or _VALUE_TAIL.search(text):
        return True
    if len(items) >= _PLAIN_LIST and not _TELLS.search(text):
        return True
    if len(items) == 1 and _BARE_VALUE.match(text) and not _TELLS.search(text):
        return True
    return sum(_names(item.name) for item in items) * 2 >= len(items)


def _without_lead(text: str) -> str:
    return re.sub(
        r"^(?:and|also|then|but|so|well|plus|for me|hmm|ok|yes)\b[\s,]*", "", strip_filler(text), flags=re.IGNORECASE
    )


def strip_filler(text: str) -> str:
    """A sentence without the opening words that carry nothing, its subject kept."""
    return drop_hedges(
        re.sub(
            r"^(?:well|so|ok(?:ay)?|also|and|then|but|honestly|firstly?|second(?:ly)?|finally)\b[\s,]*",
            "",
            text,
            flags=re.IGNORECASE,
        )
    )


def _items(text: str) -> list[Value]:
    body = _VALUE_TAIL.sub("", drop_hedges(_without_lead(text)))
    body = re.sub(r"\b(?:is|are) the (?:biggest|most important|main|first) (?:one|thing)(?: (?:for|to) me)?", "", body)
    body = re.sub(r"[\s,]*i['’]?d? (?:would )?say$", "", body, flags=re.IGNORECASE)
    body = _VALUE_LEAD.sub("", body)
    pieces = [piece for piece in _LIST.split(body) if piece and not is_no_plan(piece) and not is_filler(f"{piece},")]
    return [value for value in map(_item, _joined(pieces)) if value is not None]


def _joined(pieces: list[str]) -> list[str]:
    """Pieces put together again where a break fell inside one value ("building trust and keeping it")."""
    joined: list[str] = []
    for piece in pieces:
        starts_like_value = _names(piece) or piece.split()[0].lower().endswith("ing") or len(piece.split()) <= 3
        if joined and not starts_like_value:
            joined[-1] = f"{joined[-1]}, {piece}"
        else:
            joined.append(piece)
    return joined


def _item(piece: str) -> Value | None:
    piece = tidy(_VALUE_TAIL.sub("", strip_lead(_VALUE_LEAD.sub("", piece))[1]))
    if not terms(piece) or len(piece.split()[0]) > _LONGEST_WORD:
        return None
    if impact := re.match(
        r"(?:making|having|creating) an? (?P<name>(?:(?:real|positive|big|lasting|social) )?[a-z-]+)\s+(?P<how>\w+ .+)",
        piece,
        re.IGNORECASE,
    ):
        return Value(_name(impact["name"]), depersonalise(piece))
    head, qualifier = _split_qualifier(piece)
    if len(head.split()) > _LONGEST_NAME:
        return None
    return Value(_name(head), _explain(head, qualifier) if qualifier else "")


def _split_qualifier(piece: str) -> tuple[str, str]:
    match = _QUALIFIER.search(piece)
    if match and len(piece.split()) <= _LONGEST_NAME and match.group().strip().lower() in {"of", "for", "to"}:
        return piece, ""
    if match and _names(piece[: match.start()]):
        return piece[: match.start()], depersonalise(piece[match.start() :].strip())
    if match and len(piece.split()) > _LONGEST_NAME:
        return piece[: match.start()], depersonalise(piece[match.start() :].strip())
    return piece, ""


def _explain(head: str, qualifier: str) -> str:
    return f"{_BEING.get(head.lower(), head.lower())} {qualifier}"


def _names(text: str) -> bool:
    """Whether a phrase names something that people call a value."""
    words = [word.lower() for word in re.findall(r"[A-Za-z-]+", text)]
    return any(word in NAMES or word in ADJECTIVES for word in words)


def _name(text: str) -> str:
    bare = depersonalise(
        tidy(re.sub(r"^(?:the|a|an|being|having|to be|be)\s+", "", text.strip(" ,;:-–—\"'"), flags=re.IGNORECASE))
    )
    return ADJECTIVES.get(bare.lower(), bare)


def _about(text: str, found: _Found) -> int | None:
    """Which value a sentence speaks of: one that it names, else the last one named when it tells what "I" do."""
    for word in re.findall(r"[A-Za-z-]+", text):
        if (word.lower() in NAMES or word.lower() in ADJECTIVES) and (known := found.known(_name(word))) is not None:
            return known
    if (named := found.named_in(text)) is not None:
        return named
    return found.meant_by(text) if re.search(r"\b(?:i|we|my|our|me)\b", text, re.IGNORECASE) else None


def _hints(name: str, text: str) -> bool:
    pattern = _HINTS.get(name)
    return bool(pattern and re.search(rf"\b(?:{pattern})", text, re.IGNORECASE))


def _with(value: Value, how: str) -> Value:
    if not how or how.lower() in value.shown.lower():
        return value
    return Value(value.name, f"{value.shown}; {how}" if value.shown else how)
