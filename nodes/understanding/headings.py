"""Words that only announce what follows: `my steps`, `I will do three things`."""

import re

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
