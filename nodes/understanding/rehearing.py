"""What a piece of a message does, with what was said before in mind: the heads read a piece alone, this knows the frame."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from collections.abc import Sequence
from dataclasses import replace

from nodes.english.first_person import strip_lead
from nodes.english.terms import terms
from nodes.english.times import find_times
from nodes.english.verbs import names_role
from nodes.understanding.acts import HALF_HEARD, WISHED_BEFORE, WISHES_NOW, Heard
from nodes.understanding.choosing import taken_of
from nodes.understanding.contrasts import find_contrast
from nodes.understanding.facts import details, lacks
from nodes.understanding.frames import Frame, Message
from nodes.understanding.mending import (
    Mend,
    addresses,
    dropped,
    given_up,
    item_number,
    prefers,
    read_mend,
    sets_item,
    speaks_of_all,
    states_something,
    valued_parts,
)
from nodes.understanding.naming import akin, named
from nodes.understanding.ordering import moved
from nodes.understanding.places import lists, top_level
from nodes.understanding.remarks import is_of_remark, names_said
from nodes.understanding.revaluing import told_in_passing
from nodes.understanding.segments import Segment
from nodes.understanding.shown_values import tells_of_value
from nodes.understanding.taking_back import points_at_nothing
from nodes.understanding.undoing import returns
from nodes.understanding.value_names import label_of, names_value
from nodes.understanding.values import counted, may_replace, sort_of
from nodes.understanding.wording import announced, idle_stems, repairs, repairs_plainly, repairs_value, without_tail
from state.frame import ActName, Fact, FactKind, contains
from state.phases import ORDER, Phase

VALUES = ("amount", "date", "frequency")
DOUBTFUL = frozenset({"content", "chatter", "no", "yes"})
"""Acts for which a short correction may be taken."""
IDLE = frozenset({"feeling", "chatter", "no", "refusal"})
"""Acts that say nothing of a goal by themselves."""
LONGEST_AFTERTHOUGHT = 20
"""Words up to which a piece may be one."""
LONGEST_REPEAT = 12
"""Words up to which what was said may be said again with another amount or time."""
SPOKEN_TO = frozenset({"request", "refusal", "question"})
"""Acts that speak to the coach."""
TAKING_BACK = ("withdrawal", "request.delete")
VERY_SURE = 0.9
"""Share from which a piece is what it seems, whatever stands around it."""


def rehear(frame: Frame, message: Message, one: Heard, heard: Sequence[Heard]) -> Heard:
    """A piece of a message as what it is, given the rest of the message and all that was said."""
    if returns(frame, message, one.segment.text):
        return _as(one, "correction")
    if taken_of(frame, message, one.segment):
        return one if one.act == "correction" else _as(one, "content")
    if _misheard(message, one, heard) or tells_of_value(frame, message, one):
        one = _as(one, "content")
    if one.act == "content" and (_wished_by_others(one, heard) or _asks_oneself(one.segment.text)):
        return _as(one, "chatter")
    if one.act == "withdrawal" and points_at_nothing(one.segment.text):
        return _as(one, "chatter")
    if one.act == "withdrawal" and (
        lacks(one.segment.text) or (_THOUGHT_OF.match(one.segment.text) and not any(map(_holds, frame.facts)))
    ):
        return _as(one, "content")
    if moved(frame, message, one.segment.text):
        return replace(one, act="request", about="rename")
    opening = re.split(r"[,.;:]", one.segment.text, maxsplit=1)[0]
    if _takes_back(frame, message, one) or (
        one.act in ("content", "correction") and _clears(opening) and frame.holding(message.phase)
    ):
        return _as(one, "withdrawal")
    if one.act in ("correction", "no") and _is_target_of_none(one.segment.text):
        return _as(one, "content")
    if (
        _says_no_and_another_role(frame, message, one, heard)
        or corrects(frame, message, one)
        or _says_no_and_what(frame, message, one)
        or _takes_back_value(one)
        or (one.act == "content" and told_in_passing(frame, message, one.segment.text) is not None)
        or (one.act in DOUBTFUL and (_sets_item(frame, message, one) or says_again(frame, message, one.segment)))
    ):
        one = _as(one, "correction")
    if one.act == "correction" and is_of_remark(frame, message, one, heard) and not _tells_other(frame, message, one):
        return _as(one, "chatter")
    if one.act == "correction" and (not any(map(_holds, frame.facts)) or _is_news(frame, message, one)):
        return _as(one, "content")
    return one


def _says_no_and_what(frame: Frame, message: Message, one: Heard) -> bool:
    """Whether a vision is told anew behind a no: `no, lead the whole hall by 2029`."""
    told = one.act == "content" and message.phase == Phase.G4_FUTURE and bool(frame.holding(message.phase))
    return told and bool(_NO_WHAT.match(one.segment.text)) and states_something(one.segment.text)


_NO_WHAT = re.compile(r"(?:no|nope|nah)\s*[,.!:;–-]+\s*(?!(?:and|also|plus|too|i also)\b)", re.IGNORECASE)


def _takes_back_value(one: Heard) -> bool:
    """Whether what was just said gives way to a value: `take that back, 12`."""
    head, mark, tail = one.segment.text.partition(",")
    new = read_mend(tail) if mark else None
    return (
        one.act == "withdrawal" and new is not None and bool(new.values) and not new.rest and not read_mend(head).rest
    )


def changes_nothing(frame: Frame, message: Message, one: Heard, heard: Sequence[Heard]) -> bool:
    """Whether what is taken back was only a remark, or what should be instead is only what somebody else wants."""
    if one.act == "withdrawal":
        before = [o for o in heard if o.segment.end <= one.segment.start and o.label in TAKING_BACK]
        again = bool(before) and not names_said(frame, one.segment.text)  # "drop the books, I don't want that any more"
        return again or is_of_remark(frame, message, one, heard)
    return one.act == "correction" and _wished_by_others(one, heard)


def _sets_item(frame: Frame, message: Message, one: Heard) -> bool:
    """Whether a piece gives a time or an amount to a numbered thing that was said: `the third one by June`."""
    if not sets_item(one.segment.text):
        return False
    items = next(filter(None, (lists(frame.holding(phase)) for phase in message.phases)), [])
    return bool(item_number(one.segment.text, len(items)))


def home_of(frame: Frame, message: Message, heard: Sequence[Heard]) -> str:
    """The phase that a message speaks of: the one before, where nothing was said in this one yet and it adds to what was said there
    ("and I would train 2 drivers" once the vision is saved; a value's name when steps are asked for)."""
    before = ORDER[max(0, ORDER.index(Phase(message.phase)) - 1)] if message.phase in ORDER else Phase(message.phase)
    told = [one.segment.text for one in heard if one.act == "content"]
    if (
        not told
        or any(one.act == "correction" for one in heard)
        or frame.holding(message.phase)
        or not frame.holding(before)
    ):
        return message.phase
    if before == Phase.G4_FUTURE:
        return before if not names_value(told[0]) and (_ADDS.match(told[0]) or _measures(told[0])) else message.phase
    named = bool(label_of(strip_lead(told[0])[1])) or says_again(
        frame, replace(message, phase=before), heard[0].segment
    )
    return before if named and before == Phase.G6_VALUES else message.phase


def _measures(text: str) -> bool:
    """Whether a text tells how much or by when, and labels nothing: what a vision lacked, once it is saved."""
    return any(details(text)) and not _LABELS.search(text)


_LABELS = re.compile(r"[:(]|\s[-–—=]\s|\b(?:because|cos|means?)\b", re.IGNORECASE)
_ADDS = re.compile(
    r"(?:oh,? |ah,? |sorry,? |wait,? |ok,? )*(?:and|also|plus|one more thing|i forgot|forgot to say|i(?:['’](?:d|ll)| would| will)? also)\b",
    re.IGNORECASE,
)


def _as(one: Heard, act: ActName) -> Heard:
    return replace(one, act=act, about="")


def _holds(fact: Fact) -> bool:
    return fact["state"] == "holds"


def _misheard(message: Message, one: Heard, heard: Sequence[Heard]) -> bool:
    """Whether a piece among plain content is content too: it was taken for a request, a refusal or a question without being sure,
    and speaks to nobody."""
    if one.act not in SPOKEN_TO or one.share >= VERY_SURE or addresses(one.segment.text):
        return False
    told = any(other.act == "content" and other.share >= VERY_SURE for other in heard)
    return told or (message.phase == Phase.G6_VALUES and names_value(one.segment.text))


def _wished_by_others(one: Heard, heard: Sequence[Heard]) -> bool:
    """Whether somebody else wants it, or one wanted it before, and the employee goes on to say what they want instead."""
    after = [other for other in heard if other.segment.start >= one.segment.end]
    text = one.segment.text
    return (bool(_OTHERS_WISH.match(text)) and any(_OWN_WISH.match(other.segment.text) for other in after)) or (
        bool(WISHED_BEFORE.match(text)) and any(WISHES_NOW.match(other.segment.text) for other in after)
    )


_OTHERS_WISH = re.compile(
    r"(?:and |but |so |well )?(?:my |the |our )?(?:boss|manager|supervisor|team lead|lead|director|ceo|hr|company|head|colleagues?|wife|husband|they|everybody|everyone)\s"
    r"(?:just |always |really |now )?(?:wants?|says?|said|thinks?|expects?|suggests?|suggested|told|wanted|would like|"
    r"keeps? saying)\b",
    re.IGNORECASE,
)
_OWN_WISH = re.compile(
    r"(?:but |instead|however|personally|honestly|though)|i(?:['’]d| would) rather|i prefer|me,? i", re.IGNORECASE
)


def _says_no_and_another_role(frame: Frame, message: Message, one: Heard, heard: Sequence[Heard]) -> bool:
    """`No. I want to be a tour guide` where another role was said."""
    before = [other for other in heard if other.segment.end <= one.segment.start]
    if one.act != "content" or not before or before[-1].act != "no":
        return False
    if prefers(one.segment.text):
        return bool(frame.holding(message.phase))
    return names_role(strip_lead(one.segment.text)[1]) and any(
        f["kind"] == "role" for f in frame.holding(message.phase)
    )


def _tells_other(frame: Frame, message: Message, one: Heard) -> bool:
    """Whether a supposed correction tells what shall be instead: an amount, a time, a statement, or another word for one said."""
    mend = read_mend(one.segment.text)
    new = bool(mend.values) or states_something(one.segment.text) or names_value(one.segment.text)
    return new or bool(mend.old and frame.said(mend.old, message))


_THOUGHT_OF = re.compile(r"(?:well,? |so )?(?:i|we) (?:thought|was thinking|were thinking)\b", re.IGNORECASE)
"""`I thought about doing two fairs`: a wish as long as nothing else was said."""


def _clears(opening: str) -> bool:
    """Whether a text opens by taking back all: `scrap everything`, `start over`."""
    return len(opening.split()) <= LONGEST_CLEARING and speaks_of_all(opening)


LONGEST_CLEARING = 5
"""Words up to which an opening takes back all."""


def _asks_oneself(text: str) -> bool:
    """`when? in August`: the coach's question said again."""
    return text.rstrip().endswith("?") and bool(_ASKING.match(text))


_ASKING = re.compile(
    r"(?:and |so |hm+ |ok )*(?:when|how (?:many|much|often)|which|what|where|who|why)\b", re.IGNORECASE
)


def _takes_back(frame: Frame, message: Message, one: Heard) -> bool:
    """Whether a piece gives up what was said: it says that this is out or that there shall be none, or asks to skip it by name."""
    held = top_level(frame.holding(message.phase))
    text = one.segment.text
    if one.label == "request.skip":
        return bool(named(held, read_mend(text).rest))
    out = terms(given_up(text)) - idle_stems()
    if out and any(out <= terms(fact["text"]) for fact in held):
        return True
    what = _none_of(text) or _dropped(one)
    every = held or [fact for phase in message.phases for fact in top_level(frame.holding(phase))]
    earlier = [terms(fact["text"]) for fact in every if fact["message_id"] != message.id]
    return bool(what) and (
        any(what <= said for said in earlier) or (what <= frozenset().union(*earlier) and bool(dropped(text)))
    )


def _dropped(one: Heard) -> frozenset[str]:
    """What a piece asks to drop that was heard as something else; where it tells a figure, it may be a step of its own."""
    what = terms(dropped(one.segment.text))
    may = what and (one.act in IDLE or (one.act == "content" and not read_mend(one.segment.text).values))
    return what if may else frozenset()


def _none_of(text: str) -> frozenset[str]:
    """What `no studio, too expensive` says no to; nothing where a figure follows."""
    found = _NO_THING.match(text) or _NO_MORE.match(text)
    return terms(found["what"]) if found and not any(map(str.isdigit, text)) else frozenset()


_NO_MORE = re.compile(r"(?:and |but )?no more (?!than\b)(?P<what>[a-z][\w'’-]*(?:\s[a-z][\w'’-]*)?)\W*$", re.IGNORECASE)


def _is_target_of_none(text: str) -> bool:
    """Whether `no falls until June` tells how much: none. (`No, 3` and `no wait` are apart or announce something.)"""
    found = _NO_THING.match(text)
    if not found or repairs(text) or repairs_value(text) or not terms(found["what"]):  # "no July" is another month
        return False
    bare = text
    for time in reversed(find_times(text)):
        bare = bare[: time.start] + bare[time.end :]
    return not any(map(str.isdigit, bare))


_NO_THING = re.compile(
    r"(?:and |but )?no (?!more\b|fewer\b|less\b|not\b)(?P<what>[a-z][\w'’-]*(?:\s[a-z][\w'’-]*)?)", re.IGNORECASE
)


def corrects(frame: Frame, message: Message, heard: Heard) -> bool:
    """Whether a piece that was heard as something else puts right what was said: it names an old that was said, or begins by
    taking something back and gives a value of a kind that stands there."""
    text = heard.segment.text
    if heard.act not in DOUBTFUL and heard.label != "request.rename":
        return False
    opens = (heard.correction >= HALF_HEARD and repairs(text)) or repairs_value(text) or repairs_plainly(text)
    if opens and frame.holding(message.phase):
        return True
    if len(text.split()) > LONGEST_AFTERTHOUGHT:
        return False
    if (
        find_contrast(text).old
        and (mend := read_mend(text)).old
        and (frame.said(mend.old, message) or _meant(mend, frame.holding(message.phase)))
    ):
        return True
    if heard.act == "content" or not announced(text) or states_something(text):
        return False
    held = [fact for fact in frame.facts if _holds(fact)]
    return any(may_replace(kind, span.text, fact) for kind, span in read_mend(text).values for fact in held)


def _meant(mend: Mend, held: Sequence[Fact]) -> bool:
    """Whether an old that wasn't said in these words is of something said, for which the new is a statement of its own."""
    olds = terms(mend.old)
    stated = bool(olds) and not mend.renames and states_something(mend.new)
    return stated and any(akin(olds, terms(fact["text"])) == len(olds) for fact in held)


def says_again(frame: Frame, message: Message, segment: Segment) -> bool:
    """Whether a piece only says again what was said, with another amount or time: "the diploma by May 2028". A message lists
    things of one kind beside each other; so what it says itself counts only once it has put something right, or hesitates."""
    if len(segment.text.split()) > LONGEST_REPEAT or segment.item or addresses(segment.text):
        return False
    within = bool(frame.mended) or _HESITATES.match(segment.text) is not None
    earlier = [f for f in frame.holding(message.phase) if within or f["message_id"] != message.id]
    parts = valued_parts(segment) or [segment]
    return bool(earlier) and all(_again(part.text, earlier) for part in parts)


_HESITATES = re.compile(r"(?:hmm*|well|or|maybe|perhaps|no|ok)\b", re.IGNORECASE)


def _again(text: str, earlier: Sequence[Fact]) -> bool:
    mend = read_mend(without_tail(text.rstrip(" .!")))
    if not mend.values or mend.old or states_something(text, roles=False):
        return False
    wanted, items = about(mend), lists(earlier)
    if not wanted and (number := item_number(text, len(items))):
        return _differs(mend, [fact for fact in earlier if contains(items[number - 1], fact)])
    if not wanted:
        return all(_only_other(kind, span.text.strip(), earlier) for kind, span in mend.values)
    said = [fact for fact in top_level(earlier) if wanted <= terms(fact["text"])]
    return any(_differs(mend, [f for f in earlier if f is fact or contains(fact, f)]) for fact in said)


def about(mend: Mend) -> frozenset[str]:
    """What a correction is of: all its words but announcing ones, numbers and times."""
    return mend.rest.union(*(counted(span.text) for kind, span in mend.values if kind == "amount"))


def _only_other(kind: FactKind, text: str, earlier: Sequence[Fact]) -> bool:
    """Whether a value alone can only be another one of what was said: each thing said has one of its kind, or a single one is of its
    sort (a share, a sum; in a vision, a date)."""
    alone = [fact for fact in earlier if may_replace(kind, text, fact)]
    vision = kind == "date" and all(fact["phase"] == Phase.G4_FUTURE for fact in alone)
    if len(alone) == 1 and (vision or sort_of(text)):
        return _differs(Mend.of(kind, text), alone)
    said = lists(earlier)
    value = Mend.of(kind, text)
    return (
        len(text) > 1 and bool(said) and all(_differs(value, [f for f in earlier if contains(one, f)]) for one in said)
    )


def _differs(mend: Mend, facts: Sequence[Fact]) -> bool:
    """Whether every value is of a kind that is there, and not all are the same."""
    said = {fact["text"].lower() for fact in facts}
    there = all(any(may_replace(kind, span.text, fact) for fact in facts) for kind, span in mend.values)
    return there and not all(span.text.lower() in said for _, span in mend.values)


_BOUNDED = re.compile(
    r"(?:and |but )?(?:no more than|not more than|no fewer than|at most|at least|max(?:imum)?)\s", re.IGNORECASE
)
"""How a target opens that has a bound; a correction may open so too, of the same thing."""


def _is_news(frame: Frame, message: Message, one: Heard) -> bool:
    """Whether a supposed correction touches nothing that was said: it names another value, or is of something else and announces
    nothing."""
    text = one.segment.text
    if repairs(text) or sets_item(text):
        return False
    mend, held = read_mend(text), frame.holding(message.phase)
    if message.phase == Phase.G6_VALUES and not mend.old and (name := label_of(text[announced(text) :])):
        return not any(terms(name) & terms(fact["text"]) for fact in held)
    if not _BOUNDED.match(text) and (one.share >= VERY_SURE or announced(text)):
        return False
    wanted = about(mend)
    return bool(held and wanted and mend.values) and not mend.old and not any(wanted & terms(f["text"]) for f in held)
