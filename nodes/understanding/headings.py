"""Words that only announce what follows: `my steps`, `I will do three things`."""

import re
import tomllib
from functools import cache
from pathlib import Path

from nodes.english.vocabulary import NUMBER_WORDS

_THINGS = frozenset(
    str.split(
        "steps step things thing goals goal plan plans actions action points list values principles ideas tasks "
        "third fourth fifth sixth"
    )
)
"""What is announced."""
_AROUND = frozenset(
    str.split(
        "my our the these this those here here's heres are is would be will i i'll i'd we we'll so ok well do have want plan to "
        "for in of and following as follows next main important most top core concrete all now then at work me us what it "
        "months month year years half coming first a an second third another more also plus and other really"
    )
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def is_heading(text: str) -> bool:
    """Whether a text says that something follows, and nothing of it."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    others = [word for word in words if word not in _AROUND and word not in NUMBER_WORDS and not word.isdigit()]
    return bool(others) and all(word in _THINGS for word in others)


def opening_end(text: str) -> int:
    """Where a text begins behind greetings, rejoinders and the language it announces: `OK in English: …`, `nah, …`."""
    start = 0
    while (match := _openings().match(text, start)) and match.end() < len(text):
        start = match.end()
    return start


@cache
def _openings() -> re.Pattern[str]:
    words = tomllib.loads((Path(__file__).parent / "vocabulary" / "openings.toml").read_text(encoding="utf-8"))
    greeting, rejoinder, language, of_all = (
        "|".join(map(re.escape, sorted(words[key]["words"], key=len, reverse=True)))
        for key in ("greetings", "rejoinders", "languages", "greeted")
    )
    return re.compile(
        rf"\s*(?:(?:{greeting})(?:\s+(?:{of_all}))?(?:\s*[,.!:–—-]+\s*|\s+(?=i\b|my\b|we\b))|(?:{rejoinder})(?:\s*[,.!–—-]+\s*|\s+)|(?:{language})\s*[:,]\s*)",
        re.IGNORECASE,
    )
