"""Cuts a text into tokens and says of each what it is: every reader of numbers, times and amounts starts from these."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from nodes.english.feasts import feast_at, may_begin_feast
from nodes.english.lexicon import STOP, singular
from nodes.english.periods import When
from nodes.english.vocabulary import GROUPS, look_up

FORMS = (
    "mark", "iso", "full_date", "month_year", "day_month", "split", "quarterly", "fy", "cw", "hour", "nth", "code",
    "number", "year", "day", "word", "plural", "poss", "percent_sign", "money", "compare", "arrow", "dash", "gap",
    "hash", "scaled", "plus", "function", "grade", "comma", "slash", "open", "close", "colon", "stop", "feast", "count",
    "fraction", "rhythm", "nothing", "strong", "named", "soon", "soft", "counted", "day_name",
)  # fmt: skip
"""Tags that stand for a form and not for a group of words; the last line's are what readers put in place of what they read."""

_LETTERS = {tag: chr(0xE000 + place) for place, tag in enumerate(dict.fromkeys((*FORMS, *GROUPS)))}
if shared := set(FORMS) & set(GROUPS):
    raise ValueError(f"vocabulary: {', '.join(sorted(shared))} is a form; name the group otherwise")
FIRST_YEAR, LAST_YEAR = 2000, 2099
_LONGEST_DAY = 31
_SHORT_MONTH = 4
_PRONOUNS = tuple(
    f"{word}{mark}" for word in ("i", "we", "you", "he", "she", "it", "they", "that", "there") for mark in "'’"
)
"""As they begin `I'd` and `we'll`."""
_GRADES = frozenset("BCDEF")


class Token(NamedTuple):
    """A piece of a text."""

    start: int
    end: int
    tag: str
    """What it is: a form or the group of its word."""
    text: str
    value: float = 0
    """What a number or a word of a group stands for."""
    when: When | None = None
    """What a reader made of several tokens that name a time."""


_INDIAN = r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?(?!\d)"
_GROUPED = rf"\d{{1,3}}(?P<by>[,.'’ \u00a0\u202f])\d{{3}}(?:(?P=by)\d{{3}})*(?:[.,]\d{{1,2}})?(?![\d])|{_INDIAN}"
_TOKEN = re.compile(
    "|".join(
        (
            r"(?P<plain>[a-z]++(?![\w'’]))",  # as most words are; none of the forms below begins so
            r"(?P<mark>^[ \t]*(?:\(?\d{1,2}[.):]|[-•*–])(?=\s))",
            r"(?P<iso>\b20\d\d-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?(?![\d-]))",
            r"(?P<full_date>(?<![\d.,/-])\d{1,2}(?:[./]\d{1,2}[./](?:20)?|-\d{1,2}-20)\d\d(?![\d]))",
            r"(?P<month_year>(?<![\d.,/])(?:0?[1-9]|1[0-2])[./-]20\d\d(?!\d|[.,/-]\d))",
            r"(?P<day_month>(?<![\d.,/])\d{1,2}(?:/\d{1,2}(?![/\d])|\.(?:0[1-9]|1[0-2])\.(?!\d))"
            r"|(?:(?<=by )|(?<=before )|(?<=until )|(?<=till ))\d{1,2}\.(?:0[1-9]|1[0-2])(?!\d| ?[%a-z.]))",
            r"(?P<split>\b20\d\d\s?[/–-]\s?(?:20)?\d\d(?!\d))",
            r"(?P<quarterly>(?<![^\W\d_])[QqHh][1-4](?:\s?[/'’-]\s?(?:20)?\d\d)?(?!\w)|\b(?:[1-4]Q|[12]H)(?:\s?['’]?(?:20)?\d\d)?(?!\w))",
            r"(?P<fy>\bFY\s?[/'’]?\s?(?:20)?\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?(?!\w)|\bFY\b)",
            r"(?P<cw>\b(?:20\d\d-?W\d\d|(?:CW|KW|W|WK)\d{1,2})(?!\w))",
            r"(?P<hour>\b\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b\.?|o['’]clock)|\b\d{1,2}:\d\d\b)",
            r"(?P<nth>\b\d{1,3}(?:st|nd|rd|th)\b)",
            r"(?P<code>\b(?:[^\W\d_]{1,12}\d\w*|\d+(?![KM]\b|[QH][1-4]\b)[A-Z]\w*))",
            rf"(?P<number>(?:(?<![\w.)\]])[-+−±])?(?:(?<![\d.,])(?:{_GROUPED})|\d+(?:[.,]\d+)?)(?:k|K|M|bn|mn|m)?(?![^\W_])"
            r"|(?:(?<![\w.)\]])[-+−±])?\d+(?:[.,]\d+)?)",
            r"(?P<word>°?[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*)",
            r"(?P<poss>['’](?:s\b)?)",
            r"(?P<percent_sign>[%‰])",
            r"(?P<money>[$€£¥₦₹])",
            r"(?P<arrow>->|=>|→)",
            r"(?P<compare>[<>]=?|[≤≥])",
            r"(?P<plus>\+)",
            r"(?P<gap>(?<=\s)[-–—−](?=\s))",
            r"(?P<dash>[-–—−])",
            r"(?P<hash>#)",
            r"(?P<comma>,)",
            r"(?P<slash>/)",
            r"(?P<open>[(\[])",
            r"(?P<close>[)\]])",
            r"(?P<colon>:)",
            r"(?P<stop>[^\s\w])",
        )
    ),
    re.MULTILINE,
)  # fmt: skip
_MANY = re.compile(rf"[-+−±]?(?:{_GROUPED})")
"""Digits in groups are an amount wherever they stand: nobody numbers rooms or rules so."""
_SCALES = {"k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "mn": 1e6, "bn": 1e9}


def letter(tag: str) -> str:
    """The letter that stands for a tag where tokens are written as a string."""
    return _LETTERS[tag]


def written(tokens: Sequence[Token]) -> str:
    """The tokens as a string, one letter each: rules are regular expressions over it."""
    return "".join([_LETTERS[token.tag] for token in tokens])


@lru_cache(maxsize=512)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text, in order and never overlapping; white space is none."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        if found and match.start() < found[-1].end:
            continue
        token = _token(text, match)
        if not _is_dot_of_month(token, found, text):
            found.append(token)
    return tuple(found)


def _token(text: str, match: re.Match[str]) -> Token:
    form, (start, end), told = match.lastgroup or "stop", match.span(), match[0]
    if form in ("plain", "word"):
        return _word(text, start, end, told)
    if form == "number":
        return _number(start, end, told)
    if form == "nth":
        return Token(start, end, form, told, float(told[:-2]))
    return Token(start, end, form, told)


def _word(text: str, start: int, end: int, told: str) -> Token:
    tag, value, opens = _known(told)
    if opens and (feast := feast_at(text, start)):
        return Token(start, feast, "feast", text[start:feast])
    return Token(start, end, tag, told, value)


@lru_cache(maxsize=20_000)
def _known(word: str) -> tuple[str, float, bool]:
    """The tag of a word by itself, what it stands for, and whether it may begin a feast's name."""
    entry, lower = look_up(word), word.lower()
    tag = "plural" if singular(lower) != lower else "word"
    if entry:
        tag = entry.group
    elif word in _GRADES:
        tag = "grade"
    elif lower in STOP or lower.startswith(_PRONOUNS):
        tag = "function"
    return tag, entry.value if entry else 0, may_begin_feast(word)


def _number(start: int, end: int, told: str) -> Token:
    value = digits_value(told)
    plain = told.isdigit()
    if told[-1].isalpha() or _MANY.fullmatch(told):
        return Token(start, end, "scaled", told, value)
    if plain and len(told) == len("2027") and FIRST_YEAR <= value <= LAST_YEAR:
        return Token(start, end, "year", told, value)
    return Token(start, end, "day" if plain and 0 < value <= _LONGEST_DAY else "number", told, value)


def digits_value(told: str) -> float:
    """What digits stand for, whatever country grouped them: `1'200.50`, `1 250`, `12,50,000`, `1.200,50`, `-5`, `450K`."""
    scale = next((s for s in ("bn", "mn", "k", "K", "m", "M") if told.endswith(s)), "")
    bare = told.removesuffix(scale)
    sign = -1 if bare[0] in "-−" else 1
    digits = re.sub(r"['’\s]", "", bare.lstrip("-+−±"))
    return sign * float(_with_point(digits)) * _SCALES.get(scale, 1)


def _with_point(digits: str) -> str:
    """Of two marks the last is the decimal one; a single one is it unless three digits follow."""
    mark = max(digits.rfind("."), digits.rfind(","))
    if mark < 0:
        return digits
    both = "." in digits and "," in digits
    decimal = both or (digits.count(digits[mark]) == 1 and len(digits) - mark != len(",000"))
    whole = re.sub(r"[.,]", "", digits[:mark])
    return f"{whole}.{digits[mark + 1 :]}" if decimal else whole + digits[mark + 1 :]


def _is_dot_of_month(token: Token, before: list[Token], text: str) -> bool:
    """`Jan. 2027` is no sentence's end."""
    if token.text != "." or not before or before[-1].tag not in ("month", "maybe", "currency"):
        return False
    return len(before[-1].text) <= _SHORT_MONTH and text[token.end : token.end + 2].strip()[:1].isdigit()


def century(year: str) -> int:
    """`27` and `2027` are the same year."""
    return int(year) if len(year) == len("2027") else FIRST_YEAR + int(year)
