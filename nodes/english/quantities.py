"""Finds numbers with what they count or measure; dates, job grades and list markers are none."""

# ruff: noqa: E501 - a pattern or a word list reads best unbroken

import re
from collections.abc import Sequence

from nodes.english.lexicon import NUMBER_WORDS, STOP
from nodes.english.spans import Span, Taken

_WORD_NUMBER = (
    "(?:" + "|".join(sorted((w for w in NUMBER_WORDS if w not in ("one", "half")), key=len, reverse=True)) + ")"
)
_DIGITS = r"\d{1,3}(?:[,.]\d{3})+(?:\.\d+)?|\d{1,12}(?:[.,]\d{1,3})?"
_CURRENCY = r"(?:[$€£¥₦₹]|(?:USD|EUR|GBP|CHF|RWF|INR|AUD|CAD)\s?)"
_SCALE = r"(?:\s?(?:k|m|bn|mn|thousand|million|billion|hundred|dozen)\b)?"
_VALUE = rf"(?:{_CURRENCY}?(?:{_DIGITS})(?![\d]){_SCALE}\+?(?:\s?%|\s?percent(?:age points)?\b|\s?[€£$]|\s?pp\b)?|\b(?:a|one)\s(?:hundred|thousand|dozen|million)\b|\b{_WORD_NUMBER}(?:[- ](?:{_WORD_NUMBER}|one))?{_SCALE}\b(?:\spercent\b)?)"
_TO = r"\s?(?:-|–|—|→|->|=>|to|and|or)\s?"
_VALUES = rf"{_VALUE}(?:(?:{_TO})(?:under|below|above|over|at\sleast|<|>|≤|≥)?\s?{_VALUE})?"
_COMPARATOR = (
    r"(?:by\sat\sleast|by\sup\sto|to\sat\sleast|to\sunder|to\sbelow|at\sleast|at\smost|no\smore\sthan|not\smore\sthan|more\sthan|"
    r"less\sthan|fewer\sthan|up\sto|minimum\sof|maximum\sof|under|below|above|over|beyond|exceeding|within|only|all|"
    r"around|about|by|to|of|≥|≤|>=|<=|>|<|=|~|than|reach|hit|score|scoring|achieve)"
)
_LABEL = re.compile(
    r"(?:\b(?:level|grade|phase|stage|band|tier|step|unit|chapter|section|part|version|no\.?|number|class|group|room|article|"
    r"category|iso|en|din|type|division|daily|day|week|month|year|page|line|goal|item|key\sstage|ward|floor|wave|priority|"
    r"top|model|form|windows|office|covid|figure|table|annex|module|building|gate|bay|dock|route|zone|area|shed|hall)\s?|[#-])$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\s?(?:[^\W\d_][\w'’/-]*)(?:\s[^\W\d_][\w'’/-]*){0,2}")
_NO_DIRECTION = frozenset(
    ("of", "all", "only", "reach", "hit", "score", "scoring", "achieve", "within", "around", "about")
)
_RATIO = re.compile(r"\s?/\s?\d+(?:\.\d+)?\b|\s(?:out\sof)\s\d+\b")
_FOUND = re.compile(
    rf"(?<![\w.])(?:(?P<from>from\s)|(?P<compare>{_COMPARATOR})\s?)?(?P<value>{_VALUES})", re.IGNORECASE
)
_RATE = re.compile(
    r"\b(?:once|twice|thrice)\b(?=\s?\x00)|\b(?:once|twice|thrice)\b(?=[\w\s,'-]{0,40}\b(?:a|an|per|each|every|daily|weekly|monthly|during|in\sa)\b)|\btwice\b(?=\s)",
    re.IGNORECASE,
)
_TIMES_X = re.compile(r"\b\d+(?:-\d+)?\s?[x×](?=\s|\d)", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:double|doubling|halve|halving|triple|tripling|quadruple)\b(?=\s+\w+)", re.IGNORECASE)
_ZERO = re.compile(r"\b(?:without\sany|without|no|zero)\s(?:[a-z-]+\s){0,2}(?:incidents?|errors?|accidents?|complaints?|revisions?|injuries|"
                   r"defects?|infections?|falls|returns|downtime|losses|overruns?|missed\s\w+|findings|escalations)\b", re.IGNORECASE)  # fmt: skip
_ONE = re.compile(
    r"\b(?:at\sleast\s|exactly\s)?one\s(?!(?:day|of|another|thing|way|step|goal|hand|time|that|who|which|can|to|more|and|or|on|in|by|"
    r"is|was|has|for|with|at|the|person|direction|place|year|month|week|quarter)\b)[^\W\d_][\w-]+(?:\s[^\W\d_][\w-]+)?",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\(?\s?[^().;\n]{0,20}\b(?:confident|confidence)\b[^(),.;\n]{0,30}?\d[\d/% -]*(?:out\sof\s\d+)?\s?\)?|"
    r"\(?\s?\d[\d/% -]{0,8}(?:out\sof\s\d+\s)?\s?(?:confident|confidence|committed|sure|certain|motivated|dedicated|effort|behind)\b[^),\n]{0,10}\)?|"
    r"\b(?:110|120|200|1000)\s?(?:%|percent)|\b10\s?/\s?10\b|\b(?:give|giving|gave|committed|invested)\s(?:it\s)?(?:my\s)?(?:100|99)\s?(?:%|percent)|"
    r"\b(?:100|one\shundred)\s?(?:%|percent)\s(?:committed|sure|dedicated|motivated|behind|focus|effort|certain|ready)|"
    r"\(\s?\d{1,2}(?:-\d{1,2})?/10\s?\)?|\b\d{1,3}\s?(?:years?|yrs?)\s(?:old|of\s(?:age|experience|service))|\b24/7\b|"
    r"\b(?:number\sone|a\smillion\sthanks|second\sto\snone|zero\sdoubts?|no\sone)\b",
    re.IGNORECASE,
)
_LOGGED = re.compile(
    r"(?<=\b)(?:all|every|each)\s(?:of\s)?(?:my\s|the\s|our\s)?[a-z-]+(?=\b)",
    re.IGNORECASE,
)
"""`log all of my foods`: whether none is left out can be checked."""
_LOGS = re.compile(
    r"\b(?:log|record|track|document|write down|answer|review|check|inspect|finish|visit|call|file|mark|sort|clear|test|read)(?:s|ing|ed)?\s$",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:half|a third|a quarter|two thirds|three quarters)\s(?:of\s)?(?:all\s)?(?:my|the|our|their)\s[a-z-]+(?:\s[a-z-]+)?|\bnot\s(?:a\ssingle|one)\s(?:[a-z-]+\s)?[a-z-]+",
    re.IGNORECASE,
)
"""`half my lessons`, `not a single accident`."""
_LONGEST_LOG = 20
"""More letters than any of these words has: looking further back would cost time and find nothing."""
_LASTING = re.compile(
    r"\(\s?(?:about\s|around\s|ca\.?\s)?[\d.]+(?:\s?[-–]\s?[\d.]+)?\s?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\s?\)"
)
"""`courses (2-3 days)`: how long a thing lasts measures nothing that is reached."""
_MARKER = re.compile(r"(?m)(?:^|(?<=[\s:]))\d{1,2}[.)](?=\s)")
_FROM_TO = re.compile(
    rf"\bfrom\s(?:{_COMPARATOR}\s)?(?P<a>{_VALUE}|once|twice|an?\s[A-F]|nightly|[A-F]\b)(?P<unit>[^.;,\n\d\x00]{{0,40}}?)"
    rf"(?:\s?(?:→|->)\s?|\sto\s)(?:{_COMPARATOR}\s?)?(?:{_VALUE}|once|an?\s[A-F]\b|twice|[A-F]\b)(?:/\w+|\s?(?!by\b|and\b|in\b|within\b|per\b|on\b|over\b)[^\W\d_][\w/-]*)?",
    re.IGNORECASE,
)


def find_quantities(text: str, times: Sequence[Span]) -> tuple[Span, ...]:
    """Counted and measured things of `text` in order, never overlapping; what `times` cover is left out."""
    read = _without(text, times)
    taken, lower = Taken(len(text)), read.lower()
    for pattern, kind, hints in _WHOLE_PATTERNS:
        for match in pattern.finditer(read) if any(hint in lower for hint in hints) else ():
            taken.add(_span(text, *match.span(), kind))
    for match in _FOUND.finditer(read):
        span = _measure(text, read, match)
        if span:
            taken.add(span)
    for match in _SHARE.finditer(read) if any(hint in lower for hint in _SHARES) else ():
        taken.add(_span(text, *match.span(), "count"))
    for match in _LOGGED.finditer(read):
        if _LOGS.search(read, max(0, match.start() - _LONGEST_LOG), match.start()):
            taken.add(_span(text, *match.span(), "rate"))
    for match in _ONE.finditer(read):
        taken.add(_span(text, *match.span(), "count"))
    return taken.in_order()


_WHOLE_PATTERNS = (
    (_FROM_TO, "change", ("from",)),
    (_WHOLE, "change", ("doubl", "halv", "tripl", "quadrupl")),
    (_RATE, "rate", ("once", "twice", "thrice")),
    (_TIMES_X, "rate", ("x", "×")),
    (_ZERO, "count", ("without", "no", "zero")),
)
"""Patterns, what they find, and words one of which each of these holds: looking for the words first saves most of the time."""
_SHARES = ("half", "third", "quarter", "not ")


def _span(text: str, start: int, end: int, kind: str) -> Span:
    return Span(start, end, text[start:end], kind)


def _without(text: str, times: Sequence[Span]) -> str:
    """`text` with dates, list markers, confidence notes and clock times blanked, every letter in its place."""
    marks = list(text)
    for span in times:
        keep = _count_inside(span)
        marks[span.start + keep : span.end] = "\x00" * (span.end - span.start - keep)
    blanked = "".join(marks)
    if _PERSONAL_HINT.search(blanked):
        blanked = _PERSONAL.sub(_blank, blanked)
    return _LASTING.sub(_blank, _MARKER.sub(_blank, blanked))


def _blank(match: re.Match[str]) -> str:
    return "\x00" * len(match[0])


_PERSONAL_HINT = re.compile(
    r"confiden|committed|sure|certain|motivated|dedicated|effort|behind|/ ?10|(?:0|99|hundred) ?(?:percent|%)|old|age|service|experience|24/7|number|thanks|none|doubt|no one",
    re.IGNORECASE,
)
"""One of these stands in every personal note; looking first saves most texts the slow pattern."""


_LEADING_COUNT = re.compile(
    r"(?:once|twice|thrice|[\w.-]+(?:\sto\s\w+|\sor\s\w+)?\s?(?:times|x|×|days?|evenings?|nights?|mornings?|hours?|hrs?|minutes?|mins?))\s?",
    re.I,
)


def _count_inside(span: Span) -> int:
    """`three times` of the rhythm `three times a week` is a count as well; returns its length."""
    found = _LEADING_COUNT.match(span.text) if span.kind == "rhythm" else None
    return len(found[0].rstrip()) if found and not span.text.lower().startswith(("every", "each", "per")) else 0


def _measure(whole: str, text: str, match: re.Match[str]) -> Span | None:
    """The number of `match` with its unit, or None when it counts and measures nothing."""
    value, rest, compared = match["value"], text[match.end() : match.end() + 60], match["compare"]
    ratio, unit, kind = _RATIO.match(rest), _unit_length(rest), _kind(value)
    if not (unit or ratio or compared or _STANDS_ALONE.search(value)) or _BARE.match(rest) or _YEAR.fullmatch(value):
        return None
    if not compared and (
        _SCORE.match(rest) or _is_labelled(whole, match.start("value")) or (_ALL.match(value) and not unit)
    ):
        return None
    if unit and _THINGS.match(rest) and kind == "count":
        return None
    start = match.start("value") if not compared or compared.lower() in _NO_DIRECTION else match.start()
    return _span(text, start, match.end() + max(unit, len(ratio[0]) if ratio else 0), kind)


_THINGS = re.compile(r"\s?(?:things?|stuff|issues?|topics?|areas?|aspects?|priorities)\b", re.IGNORECASE)
"""Counted, and still nothing that anybody could count."""
_STANDS_ALONE = re.compile(rf"%|percent|{_CURRENCY}|\d\s?[-–→]", re.IGNORECASE)
_BARE = re.compile(
    r"\s?(?:a\.?m\.?|p\.?m\.?|o'clock|h)\b|:\d\d|(?:st|nd|rd|th)\b|\s?-?(?:years?|yrs?|decades?|birthday)\b",
    re.IGNORECASE,
)
"""Clock times, ordinals and ages: numbers that count nothing."""
_YEAR = re.compile(r"\s*(?:19|20)\d\d\s*")
_SCORE = re.compile(r"\s?/\s?\d")
_ALL = re.compile(r"\s*100\s?(?:%|percent)")


def _kind(value: str) -> str:
    if "%" in value or "percent" in value.lower():
        return "percent"
    return "money" if _MONEY.search(value) else "count"


_MONEY = re.compile(_CURRENCY, re.IGNORECASE)


def _is_labelled(text: str, start: int) -> bool:
    """`Level 5`, `Phase 2`, `ISO 9001`: the number is part of a name."""
    before = text[max(0, start - 12) : start]
    last = before.rstrip()[-1:]
    return (last.isalpha() or last in (".", "#", "-")) and bool(_LABEL.search(before))


_COMPARED = frozenset(("more", "less", "fewer"))


def _unit_length(rest: str) -> int:
    """How much of `rest` names what is counted: up to three words, ending before a function word."""
    found = _UNIT.match(rest)
    if not found:
        return 0
    length = 0
    for word in re.finditer(r"\s?[^\s]+", found[0]):
        plain = word[0].strip().lower()
        if plain in STOP and plain not in _COMPARED:
            break
        length = word.end()
    return length
