"""What a refined goal holds that nobody said: numbers, times and names, found by code.

Known is what the employee said, their profile, the phase's horizon and the cited passages (DECISIONS 3). Everything
else of these kinds is an invention and becomes a proposal that the employee can strike.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nodes.english.evidence import read_evidence

Span = tuple[int, int]

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,:]\d+)*\s?%?")
_WORD = re.compile(r"[^\W_]+(?:['’&+#./-][^\W_]+|\+{1,2}|#)*")
_NUMBER_WORDS = {
    word: number
    for number, words in {
        "1": ("once",),
        "2": ("two", "twice"),
        "3": ("three",),
        "4": ("four",),
        "5": ("five",),
        "6": ("six",),
        "7": ("seven",),
        "8": ("eight",),
        "9": ("nine",),
        "10": ("ten",),
        "11": ("eleven",),
        "12": ("twelve", "dozen"),
        "15": ("fifteen",),
        "18": ("eighteen",),
        "20": ("twenty",),
        "24": ("twenty-four",),
        "30": ("thirty",),
        "36": ("thirty-six",),
        "40": ("forty",),
        "50": ("fifty", "half"),
        "100": ("hundred",),
        "1000": ("thousand",),
    }.items()
    for word in words
}
_PERCENT = re.compile(r"%|\bper\s?cent\b|\bpercent", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s|\n)[\s\-–—•*·#\d.)\"'“„(]*$")
_ALWAYS_KNOWN = frozenset({"i", "i'm", "i'd", "i've", "i'll", "smart", "a", "the"})
_TIME_FILLERS = frozenset(
    {"a", "an", "the", "of", "in", "on", "by", "at", "to", "from", "for", "until", "till", "within", "over", "during"}
    | {"every", "each", "per", "next", "this", "end", "and", "or", "before", "after", "first", "last"}
)
_NOUNS_IN_CAPITALS = 0.2
"""From this share of capitalised words inside sentences on, capitals don't mark names (German, all-capital typing)."""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything a goal may hold without inventing."""

    words: frozenset[str]
    numbers: frozenset[str]
    horizon: re.Pattern[str] | None
    names_stand_out: bool

    @classmethod
    def of(cls, texts: Iterable[str], horizon_months: int | None, names_stand_out: bool = True) -> "Known":
        """What these texts say, and the phase's time frame."""
        whole = "\n".join(texts)
        return cls(
            frozenset(_stem(w) for m in _WORD.finditer(whole) for w in (m.group(), *_parts(m.group()))),
            frozenset(_numbers(whole)),
            _horizon(horizon_months),
            names_stand_out,
        )


def names_stand_out(said: Iterable[str]) -> bool:
    """Whether a capital inside a sentence marks a name in the way this employee writes."""
    whole = "\n".join(said)
    inner = [m for m in _WORD.finditer(whole) if m.group()[0].isalpha() and not _starts_sentence(whole, m.start())]
    capital = sum(m.group()[0].isupper() for m in inner)
    return capital < 4 or capital / len(inner) < _NOUNS_IN_CAPITALS


def inventions(goal: str, known: Known) -> list[Span]:
    """Spans of `goal` that hold a number, a time or a name nobody said, in order, neighbours joined."""
    excused = [m.span() for m in known.horizon.finditer(goal)] if known.horizon else []
    found = [*_unknown_numbers(goal, known), *_unknown_names(goal, known)]
    loose = [s for s in found if not _touches(s, excused)]
    loose += [s for s in _unknown_times(goal, known) if not _touches(s, excused)]
    return _joined(goal, [_widened(goal, s, excused) for s in loose])


def _unknown_numbers(goal: str, known: Known) -> list[Span]:
    spans = [m.span() for m in _NUMBER.finditer(goal) if not _numbers(m.group() + _after(goal, m)) <= known.numbers]
    words = (m for m in _WORD.finditer(goal) if m.group().lower() in _NUMBER_WORDS)
    spans += [m.span() for m in words if not _numbers(m.group()) <= known.numbers]
    return [(a, a + len(goal[a:b].rstrip())) for a, b in spans]


def _after(goal: str, match: re.Match[str]) -> str:
    """What makes a percentage of a number, where it is a word of its own."""
    return "%" if _PERCENT.match(goal, match.end() + goal[match.end() : match.end() + 1].isspace()) else ""


def _unknown_names(goal: str, known: Known) -> list[Span]:
    words = list(_WORD.finditer(goal))
    spans = []
    for i, word in enumerate(words):
        beside = words[i + 1] if i + 1 < len(words) else None
        followed = beside is not None and goal[word.end() : beside.start()] == " " and beside.group()[0].isupper()
        if _is_name(goal, word, followed, known) and not _is_known(word.group(), known):
            spans.append(word.span())
    return spans


def _is_name(goal: str, word: re.Match[str], followed: bool, known: Known) -> bool:
    text = word.group()
    if any(c.isupper() for c in text[1:]) or (any(c.isdigit() for c in text) and any(c.isalpha() for c in text)):
        return True  # AWS, GitHub, L5: no plain word looks like this, wherever it stands
    if not text[0].isupper() or not known.names_stand_out:
        return False
    return followed or not _starts_sentence(goal, word.start())


def _unknown_times(goal: str, known: Known) -> list[Span]:
    spans = []
    for time in read_evidence(goal).times:
        words = [w for w in _WORD.findall(time.text) if w.lower() not in _TIME_FILLERS]
        if not all(_is_known(w, known) or _is_number(w) for w in words):
            spans.append((time.start, time.end))
    return spans


def _is_number(word: str) -> bool:
    """Numbers are compared as numbers elsewhere, whether written as digits or as words."""
    return word[0].isdigit() or word.lower() in _NUMBER_WORDS


def _is_known(word: str, known: Known) -> bool:
    return _known_whole(word, known) or all(_known_whole(p, known) for p in _parts(word))


def _known_whole(word: str, known: Known) -> bool:
    return word.lower().replace("’", "'") in _ALWAYS_KNOWN or _stem(word) in known.words


def _parts(word: str) -> list[str]:
    return [p for p in re.split(r"['’&+#./-]+", word) if p]


def _stem(word: str) -> str:
    """Enough to let 'developers' and "Sunrise's" be known from 'developer' and 'Sunrise'."""
    word = re.sub(r"['’]s?$", "", word.lower())
    for ending in ("ies", "ing", "ly", "es", "ed", "s", "y", "e"):
        if len(word) - len(ending) >= 4 and word.endswith(ending):
            return word[: -len(ending)]
    return word


def _numbers(text: str) -> set[str]:
    """The numbers of a text as digits; a percentage differs from a count."""
    found = set()
    for match in _NUMBER.finditer(text):
        digits = match.group().rstrip("% ")
        found.add(digits.replace(",", "") + ("%" if "%" in match.group() or _after(text, match) else ""))
    for word in _WORD.findall(text):
        for part in (word, *word.split("-")):
            if part.lower() in _NUMBER_WORDS:
                found.add(_NUMBER_WORDS[part.lower()])
        if word[0].isalpha():  # L5, Q3
            found.update(re.findall(r"\d+", word))
    return found


def _horizon(months: int | None) -> re.Pattern[str] | None:
    if not months:
        return None
    ways = [rf"{_ways(months)}[\s-]months?"]
    if months % 12 == 0:
        ways.append(rf"{_ways(months // 12)}[\s-]years?")
    return re.compile(rf"\b(?:{'|'.join(ways)})\b", re.IGNORECASE)


def _ways(number: int) -> str:
    """The ways to write a number, as a pattern."""
    words = ["one", "a"] if number == 1 else [w for w, n in _NUMBER_WORDS.items() if n == str(number)]
    return f"(?:{'|'.join([str(number), *words])})"


def _starts_sentence(text: str, at: int) -> bool:
    return _SENTENCE_START.search(text, max(0, at - 40), at) is not None


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < right and left < span[1] for left, right in others)


def _widened(goal: str, span: Span, excused: list[Span]) -> Span:
    """The span with the words that hang on it ('by 15%', '2 juniors'), as the evidence rules read them."""
    found = read_evidence(goal)
    around = [(e.start, e.end) for e in (*found.times, *found.quantities) if _touches((e.start, e.end), [span])]
    around = [s for s in around if not _touches(s, excused)]
    return min([span, *around])[0], max(s[1] for s in [span, *around])


def _joined(goal: str, spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and re.fullmatch(r"[\s\-–&/]*", goal[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
