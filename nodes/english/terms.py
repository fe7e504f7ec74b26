"""Content words and their stems: what two texts have in common, whatever the grammar around it."""

import re
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|\d[\d.,]*\d|\d")
_STOP = frozenset(
    str.split("""
        a about above after again all almost also am an and any are around as at back be became because become been
        before being below between both but by can could day days did do does doing done down each either end etc even
        every everyone few first for from further get gets getting give go goal goals going had has have having he her
        here him his how i i'd i'll i'm i've if in into is it it's its itself just least less let like lot lots made
        make makes making many may me might month months more most much must my myself need next no not now of off on
        once one only or other others our ours out over own per please really same say see set she should so some
        something start still such take than that thats the their them then there these they thing things this those through
        time to too two under until up us use very via want was way we week weeks well were what when where which
        while who why will with within without would year years yet you your yours
    """)
)
_SUFFIXES = (
    ("ational", "at"), ("isations", "is"), ("izations", "is"), ("isation", "is"), ("ization", "is"), ("ships", ""),
    ("ship", ""), ("ments", ""), ("ment", ""), ("nesses", ""), ("ness", ""), ("ations", ""), ("ation", ""),
    ("itions", ""), ("ition", ""), ("tions", "t"), ("tion", "t"), ("sions", "s"), ("sion", "s"), ("ings", ""),
    ("ing", ""), ("ities", ""), ("ity", ""), ("ative", ""), ("ence", ""), ("ance", ""), ("ent", ""), ("ant", ""),
    ("ally", ""), ("ers", ""), ("ors", ""), ("er", ""), ("or", ""), ("ies", "y"), ("ied", "y"), ("ed", ""),
    ("ly", ""), ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip
_SHORTEST_STEM = 3


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A crude common root: `leading`, `leader` and `leads` meet in `lead`."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    for suffix, instead in _SUFFIXES:
        if low.endswith(suffix) and len(low) - len(suffix) >= _SHORTEST_STEM:
            root = low[: -len(suffix)] + instead
            return (
                root[:-1] if len(root) > _SHORTEST_STEM and root[-1] == root[-2] and root[-1] not in "aeiou" else root
            )
    return low


def content_words(text: str) -> Iterator[re.Match[str]]:
    """Matches of the words that carry meaning, numbers left out."""
    for match in _WORD.finditer(text):
        word = match.group().lower().replace("’", "'")
        if not word[0].isdigit() and len(word) > 1 and word not in _STOP:
            yield match


@lru_cache(maxsize=4096)
def terms(text: str) -> frozenset[str]:
    """Stems of the content words of a text."""
    return frozenset(stem(match.group()) for match in content_words(text))
