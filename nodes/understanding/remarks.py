"""Taking back what was said to the coach alone: `ignore that, bad day` behind a complaint changes nothing of a goal."""

import re
from collections.abc import Sequence
from itertools import chain

from nodes.understanding.acts import Heard, hear
from nodes.understanding.frames import Frame, Message
from nodes.understanding.mending import names_item, read_mend
from nodes.understanding.naming import akin, stems
from nodes.understanding.places import top_level
from nodes.understanding.taking_back import wanted_of
from nodes.understanding.wording import either, vocabulary

REMARKS = frozenset({"feeling", "chatter"})
"""What is said to the coach and stands in no goal."""
BESIDE = frozenset({*REMARKS, "no", "yes", "refusal", "question", "request"})
"""What may stand beside a remark."""
_POINTS = re.compile(
    r"\b(?:that|it|this|those|these|me|myself|just|only|said|wrote|last|das|es|eso|lo|ça|cela|to|tego|tym)\b",
    re.IGNORECASE,
)
"""Words by which what was just said is meant, in five languages."""
_LISTED = re.compile(
    r"\b(?:everything|all of it|start over|from scratch|last (?:one|two|three|step|item|point|value|action|goal)s?)\b",
    re.IGNORECASE,
)
"""What means the goal or a thing that it lists."""

_FIELD = re.compile(
    rf"\b(?:the|both|all|my)\s+{either(chain.from_iterable(vocabulary()['fields'].values()))}\b", re.IGNORECASE
)
"""`the date`, but no `bad day`."""


def is_of_remark(frame: Frame, message: Message, one: Heard, heard: Sequence[Heard]) -> bool:
    """Whether a piece speaks of a remark said just before it, and names nothing of what a goal is made of."""
    text = one.segment.text
    before = [other for other in heard if other.segment.end <= one.segment.start]
    remark = _remark_before(frame, message, before)
    if not remark or not (_POINTS.search(text) or wanted_of(text) <= stems(remark)):
        return False
    return not names_item(text) and not _LISTED.search(text) and not names_said(frame, text)


def _remark_before(frame: Frame, message: Message, before: Sequence[Heard]) -> str:
    """The remark in the same message, or the message before where it told nothing else; empty where there is none."""
    if _is_remark(before):
        return " ".join(one.segment.text for one in before)
    earlier = [key for key in frame.texts if key != message.id]
    last = earlier[-1] if earlier else ""
    if not last or any(one.act not in BESIDE for one in before) or any(f["message_id"] == last for f in frame.facts):
        return ""
    return frame.texts[last] if _is_remark(hear(frame.texts[last])) else ""


def _is_remark(heard: Sequence[Heard]) -> bool:
    told = any(one.danger or (one.act in REMARKS and not one.about) for one in heard)
    return told and all(one.danger or one.act in BESIDE for one in heard)


def names_said(frame: Frame, text: str) -> bool:
    """Whether a text names something that holds, or a kind of it: `the date`."""
    wanted = wanted_of(text)
    held = top_level([fact for fact in frame.facts if fact["state"] == "holds"])
    field = read_mend(text).fields and _FIELD.search(text)
    return bool(field) or any(akin(wanted, stems(fact["text"])) for fact in held)
