"""What should become of something, as what one does: `errors should go down to 2%` as `bring errors down to 2%`."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re

from nodes.rules.verbs import leading_verb

_MUST = r"(?:(?:should|must|needs? to|ha(?:s|ve) to|will|would|shall|could|can|to|is to|are to|might)\s+)"
_GOES_DOWN = re.compile(
    rf"^(?P<what>(?!i\b|we\b)[^,;]{{3,80}}?)\s+(?:{_MUST}(?:go|come|get|be) down|{_MUST}(?:be )?(?:drop|fall|decrease|decline|shrink|sink|reduce)"
    r"(?:d|n|ped)?)\b(?P<tail>.*\d.*)$",
    re.IGNORECASE,
)
_GOES_UP = re.compile(
    rf"^(?P<what>(?!i\b|we\b)[^,;]{{3,80}}?)\s+{_MUST}(?:(?:go|come|get|be) (?:up|above|over)|(?:be )?(?:rise|increase|grow|climb|"
    r"improve|raise)d?)\b(?P<tail>.*\d.*)$",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"^(?P<what>[A-Za-z][^,;\d]{2,60}?)\s+from (?P<old>[€$£]?\d[\d.,]*+)\s?(?P<tail>\S* to [€$£]?(?P<new>\d[\d.,]*).*)$"
)


_SEEN = re.compile(
    r"^see (?P<what>[^,;]{3,80}?) (?P<verb>(?:go|drop|fall|rise|increase|grow|decrease|improve)\b)(?=.*\d)",
    re.IGNORECASE,
)
_GOES_FROM = re.compile(
    r"^(?P<what>[^,;]{3,80}?) should go from (?P<old>[€$£]?\d[\d.,]*+)\s?(?P<tail>\S* to [€$£]?(?P<new>\d[\d.,]*).*)$",
    re.IGNORECASE,
)


def imperative(text: str) -> str:
    """`errors should go down from 5% to 2%` as `bring errors down from 5% to 2%`."""
    text = _SEEN.sub(r"\g<what> should \g<verb>", text)
    if down := _GOES_DOWN.match(text):
        return f"bring {_inner(down['what'])} down{down['tail']}"
    if up := _GOES_UP.match(text):
        return f"raise {_inner(up['what'])}{up['tail']}"
    change = _GOES_FROM.match(text) or _FROM_TO.match(text)
    if change and not leading_verb(text):
        up_or_down = "raise" if _amount(change["new"]) > _amount(change["old"]) else "bring"
        down_word = "" if up_or_down == "raise" else " down"
        return f"{up_or_down} {_inner(change['what'])}{down_word} from {change['old']}{change['tail']}"
    return text


def _amount(number: str) -> float:
    digits = re.sub(r"[^\d.]", "", number).rstrip(".")
    return float(digits) if digits.count(".") < 2 and digits else 0.0


def _inner(text: str) -> str:
    """The opening of a sentence as it stands inside one: its capital small unless it is a name or an acronym."""
    first, _, rest = text.partition(" ")
    plain = first.istitle() and (not rest or rest[:1].islower())
    return text[:1].lower() + text[1:] if plain else text
