"""The old and the new where words of the draft are to give way to others: `“be”, not “become”`, `A -> B`, `replace A with B`."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from dataclasses import dataclass
from functools import cache

from nodes.understanding.drafts import speech
from nodes.understanding.drafts.quotes import quotes, unquoted
from nodes.understanding.drafts.shown import Shown, words_in
from nodes.understanding.mending import read_mend
from nodes.understanding.values import counted_alike
from nodes.understanding.wording import either
from nodes.understanding.wording import vocabulary as mending
from state.phases import Phase

EXCHANGING = (0, 3, 6, 11)
"""Which of the patterns put another thing in the place of one."""
TAKING = ("take", "write", "say", "put", "use", "make it", "more like", "rather", "better", "go for")
"""What leads to the new behind `drop X`."""
ASKING = (0, 2)
"""Which of the patterns ask for an exchange in so many words, whether or not the old stands there."""
SHORT = 3
"""Words up to which an old and a new are names, amounts or times alone."""
MOST_LONGER = 6
"""Words that the new may have more than the old; more is a statement, said again with something else in it."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The old and the new."""

    old: str
    new: str
    exchanges: bool
    """Whether another thing is put in the place of one, rather than the same thing called otherwise."""


def exchanged(body: str, shown: Shown) -> Exchange | None:
    """What is to give way to what; None where a text draws no such contrast with words of the draft, and asks for it in no words."""
    for rank, pattern in enumerate(_contrasts()):
        match = pattern.match(body)
        if match is None:
            continue
        new = _bare(match["new"])
        old = _standing(match["old"], new, shown)
        if is_value(old) and (values := read_mend(new).values) and len(words_in(new)) > len(words_in(old)) + 1:
            new = values[-1][1].text  # `we start from 10 days, not 9`
        shows = match["old"][len(old) :].strip(" ,")
        if (
            shown.phase == Phase.G6_VALUES and shows and match["old"].startswith(old)
        ):  # `courage instead of calm, i speak up`
            new = f"{new}, {shows}"
        if shown.phase != Phase.G6_VALUES and words_in(new.split(",")[0]) and len(words_in(old)) <= SHORT:
            new = new.split(",")[0] if len(words_in(new.split(",")[0])) <= SHORT else new  # what follows tells why
        if speech.behind("removing", "verbs").match(new) or speech.behind("removing", "verbs").match(old):
            continue
        if not words_in(old) or not words_in(new) or not (shown.places(old) or rank in ASKING):
            continue
        if rank in ASKING or len(words_in(new)) <= len(words_in(old)) + MOST_LONGER or shows:
            return Exchange(old, new, rank in EXCHANGING or bool(_INSTEAD.search(body)))
    return None


_INSTEAD = re.compile(
    r"\b(?:instead of|in place of|rather than|anstatt|statt|en vez de|en lugar de|au lieu de|zamiast)\b", re.IGNORECASE
)


def is_value(text: str) -> bool:
    """Whether words are an amount or a time and nothing else."""
    mend = read_mend(text)
    return bool(mend.values) and not mend.rest


def _standing(told: str, new: str, shown: Shown) -> str:
    """The old as it stands in the draft: what the new counts counts it too, and why it is wrong is no part of it."""
    old, head = _bare(told), _bare(told.split(",")[0])
    tries = (counted_alike(old, new), old, counted_alike(head, new), head)
    return next((one for one in tries if one and shown.places(one)), old)


def _bare(text: str) -> str:
    """Words alone: out of their quotes, without what leads up to them and follows them."""
    held = quotes(text)
    if held:
        return held[0].words
    text = speech.without_tail(text.strip(" ,;:.!?"))
    for name in ("few", "whole"):
        found = speech.behind("writing", name).match(text)
        text = found["what"] if found else text
    return unquoted(speech.without_around(text))


@cache
def _contrasts() -> tuple[re.Pattern[str], ...]:
    data = mending()["instead"]
    not_ = either([*data["new_then_old"], *data["old_first"], "and not", "never"])
    but = either(data["old_then_new"])
    old, new = r"(?P<old>[^;!?]{1,80}?)", r"(?P<new>[^;!?]{1,120}?)"
    end = r"(?:,\s+(?:for|in|on|as|please)\b[^,]*)?[\s.!,]*$"
    patterns = (
        rf"(?:{either(data['changing'])})\s+(?:the\s+)?(?:word\s+)?{old}\s+{either(data['exchange'])}\s+{new}{end}",
        rf"(?:it |still )*says\s+{old}[,;]\s+(?:please\s+)?(?:change (?:it|that) to|it should (?:say|be|read)|should be|make (?:it|that))\s+{new}{end}",
        rf"{old}\s*(?:→|->|=>|-->)\s*{new}{end}",
        rf"(?:use|take|put|write|say)\s+{new}\s+(?:for|instead of|in place of)\s+{old}{end}",
        rf"{new}[,;]?\s+(?:and\s+)?{not_}\s+(?:just\s+)?{old}{end}",
        rf"(?:not|nicht|no|pas|nie)\s+{old}(?:\s*[,;–—-]\s*(?:{but}\s+|and\s+)?|\s+{but}\s+){new}{end}",
        rf"(?:instead of|statt|en vez de|au lieu de|zamiast)\s+{old}(?:\s*[,:]\s*|\s+(?=(?:it should be|write|say|put|take|i)\b))(?:it should be |write |say |put |take )?{new}{end}",
        rf"{old}\s+(?:should|must|can|has to|needs to|ought to|could)\s+(?:be|read|say|become)\s+(?:called\s+|named\s+)?{new}{end}",
        rf"{old}\s+(?:is|are)\s+(?:called|named|wrong[,;:]?\s+(?:it['’]?s|it should be|make it|it is)|spelt|spelled)\s+{new}{end}",
        rf"{old}\s+(?:soll(?:te)?|muss)\s+{new}\s+(?:heißen|sein|lauten){end}",
        rf"{old}\s+(?:debe ser|debería ser|doit être|devrait être|powinno być|ma być)\s+{new}{end}",
        rf"(?:{either(data['dropping'])})\s+{old},?\s+(?:and\s+|but\s+)?{either(TAKING)}\s+{new}{end}",
    )
    return tuple(re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in patterns)
