"""What is told of a value, where the heads heard a feeling or a refusal: `I don't gossip` says how discretion shows."""

import re

from nodes.english.value_marks import says_something, value_lead
from nodes.understanding.acts import Heard
from nodes.understanding.contrasts import find_contrast
from nodes.understanding.frames import Frame, Message
from nodes.understanding.mending import addresses
from nodes.understanding.places import top_level
from nodes.understanding.value_names import label_of, names_value
from nodes.understanding.wording import repairs
from state.phases import Phase

NEARLY_CERTAIN = 0.99
"""Share from which a feeling or a refusal is one, although values are spoken of: `I'd rather not say`, `I'm exhausted`."""
FEWEST_OF_A_DEED = 3
"""Words of `I don't gossip`."""
SURE = 0.9
"""Share from which a word that opens the talk of values is chatter: `hello`."""
LONGEST_NAME = 2
"""Words of a value that stands alone: `Warmth.`"""
_MISTAKEN = frozenset({"feeling", "refusal", "chatter", "withdrawal", "no", "request", "question"})
_UNSURE = re.compile(r"\b(?:i (?:guess|suppose|think)|maybe|perhaps)\W*\?\s*$", re.IGNORECASE)
"""`doing a good job i guess?` asks nothing."""
_DEED = re.compile(
    r"(?:and |also |then )*(?:i|we|never|always|my|no|if|when|whenever|\w+ing)\b(?!['’]?m\b| am\b| feel\b| (?:hate|love)\b)",
    re.IGNORECASE,
)


def named_before(frame: Frame) -> list[str]:
    """The values of the frame by name."""
    held = [fact for fact in top_level(frame.holding(Phase.G6_VALUES)) if fact["kind"] == "value"]
    parts = (part for fact in held for part in re.split(r"[,;\n]|\band\b", label_of(fact["text"]) or fact["text"]))
    return [part.strip() for part in parts if part.strip()]


def tells_of_value(frame: Frame, message: Message, one: Heard) -> bool:
    """Whether a piece names a value or says how one shows, whatever it sounds like alone."""
    text = one.segment.text
    if message.phase != Phase.G6_VALUES or repairs(text):
        return False
    if text.rstrip().endswith("?"):
        return bool(_UNSURE.search(text))
    known = named_before(frame)
    if one.act == "correction":
        old = find_contrast(text).old
        return bool(old and known and _is_deed(text) and not frame.said(old, message))
    if one.act not in _MISTAKEN:
        return False
    if label_of(text, known):
        return True
    if one.act == "chatter":
        listing = one.share < SURE and not any(label_of(f["text"]) for f in frame.holding(message.phase))
        return listing and len(text.split()) <= LONGEST_NAME and says_something(text)
    if addresses(text):
        return False
    named = names_value(text) or bool(value_lead(text)) or (bool(known) and _is_deed(text))
    return named and one.share < NEARLY_CERTAIN


def _is_deed(text: str) -> bool:
    return bool(_DEED.match(text)) and len(text.split()) >= FEWEST_OF_A_DEED
