"""Clauses brought together: near-duplicates become one, short answers join what they answer."""

import re
from collections.abc import Sequence
from dataclasses import replace

from nodes.english.spelling import small
from nodes.english.terms import stem, terms
from nodes.english.things import indefinite
from nodes.english.verbs import is_role
from nodes.english.vocabulary import MONTHS
from nodes.rules.clauses import OPENS_WITH_PRONOUN, Clause

_LEADING = frozenset({"lead", "manage", "head", "run", "supervise", "oversee", "coordinate"})
_TEACHING = frozenset({"mentor", "train", "coach", "teach", "tutor", "guide", "onboard"})
_LEARNING = frozenset({"learn", "master", "study", "understand", "know"})
_BECOMING = frozenset({"become", "be", "get", "move", "advance", "grow", "reach"})
_LOWERING = frozenset({"reduce", "cut", "lower", "decrease", "bring", "get", "shrink", "minimise", "minimize"})
_RAISING = frozenset({"increase", "raise", "improve", "boost", "grow", "lift"})
_LIGHT = frozenset({"do", "get", "take", "start", "have", "make", "begin", "attend", "join"})
_FINISHING = (
    frozenset({"finish", "complete", "reach", "pass", "deliver", "submit", "close"}) | _LIGHT | _LOWERING | _RAISING
)
"""With `it` they tell how far or by when what was just said goes."""
_FAMILIES = (_LEADING, _TEACHING, _LEARNING, _BECOMING, _LOWERING, _RAISING)
_PEOPLE = re.compile(
    r"\b(?:team|people|persons?|staff|group|crew|shift|department|class|colleagues?|juniors?|apprentices?|trainees?)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"(?P<number>(?:about |around |at least |up to |over )?[€$£]?\d[\d.,]*(?:\s?(?:-|–|to|"
    r"or)\s?[€$£]?\d[\d.,]*)?(?:\s?(?:%|percent|per cent|k\b|m\b|million|thousand))?|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"fifty)\b)(?:\s(?P<unit>[a-z][a-z-]+(?: [a-z][a-z-]+)?))?",
    re.IGNORECASE,
)
_ITS_ABOUT = re.compile(
    r",?\s+(?:it|that|they|there|this)(?:['’]?s|['’]re| is| are)\s+(?=(?:about|around|roughly)?\s*\d)", re.IGNORECASE
)
_WITH = re.compile(
    r"with (?:an?|the|at least|over|about|up to|\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|twelve) ",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"(?:max(?:imum)?|min(?:imum)?|at (?:the )?(?:most|least)|no more than) \d[\d.,]*(?: times|x)?"
    r"(?= (?:an?|per|each|every) |$)",
    re.IGNORECASE,
)
"""`max 2 times a day`: how much of what was just said."""
_BECAUSE = re.compile(
    r",?\s+(?:because|since (?=i|we|the|it|they)|as (?=(?:i|we)(?:['’](?:m|re)| am| are| have)\b)|so that i|cause|cos)\b.*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r",\s+(?:it|that|this)(?:['’]?s|\s+(?:is|was|has|would|will))\b.*$", re.IGNORECASE)
"""A remark on what was just said (", it's overdue anyway"); what it measures stays, being counted."""
_BASELINE = re.compile(
    r"^(?:(?:currently|now|right now|today|at the moment|being)[ ,]+)*(?:at |have |"
    r"being at )?(?=.*\d)(?P<what>.+?)(?:\s+(?:now|currently|at the moment|today|right now))?$",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:now|currently|today|at the moment|at present)\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:more|better|bigger|greater|complex|small|stronger|good|great|nice|various|different|some|several)\b",
    re.IGNORECASE,
)
_TIME_TAIL = re.compile(
    r"\b(?:by|until|till|before|every|each|in|on|from|during|within|per)\s+(?:the\s+)?(?:end|start|\w*day|week|month|"
    rf"quarter|year|q[1-4]|\d|{MONTHS})",
    re.IGNORECASE,
)


MOST_BESIDE = 200
"""Clauses that a new one is compared with, the latest: more than anybody tells in a phase, and still no matter of seconds."""


def merge(clauses: list[Clause]) -> list[Clause]:
    """Every distinct thing said, once, with short answers joined to what they answer."""
    settled: list[Clause] = []
    merged: list[Clause] = []
    clauses = list(map(_trimmed, clauses))
    for clause in clauses:
        if not (_detailed(clause, merged) or _continued(clause, merged) or _answered(clause, merged)):
            _absorb(clause, merged)
        if len(merged) > MOST_BESIDE:
            settled.append(merged.pop(0))
    return _with_lost(clauses, [*settled, *merged])


def _with_lost(clauses: Sequence[Clause], merged: list[Clause]) -> list[Clause]:
    """The merged clauses, and those of which a word stands in none of them: better said twice than not at all."""
    told = frozenset[str]().union(*(terms(f"{clause.text} {clause.lead_time}") for clause in merged))
    lost = [c for c in clauses if terms(_VAGUE.sub("", c.text)) - told and not _SOMETHING.match(c.text)]
    return [*merged, *(clause for clause in lost if clause not in merged)]


def _trimmed(clause: Clause) -> Clause:
    text = (
        _ITS_ABOUT.sub(" with about ", clause.text)
        .replace(" with about about ", " with about ")
        .replace(" with about around ", " with around ")
    )
    for extra in (_BECAUSE, _ASIDE):
        match = extra.search(text)
        if match and match.start() > 0 and not any(c.isdigit() for c in match.group()):
            text = text[: match.start()]
    return replace(clause, text=text.strip(" ,"))


def _detailed(clause: Clause, merged: list[Clause]) -> bool:
    """Whether the clause only adds a detail to the one before ("with a grade")."""
    if not merged or clause.item or clause.verb:
        return False
    if _BOUND.match(clause.text):
        merged[-1] = replace(merged[-1], text=f"{merged[-1].text}, {small(clause.text)}")
        return True
    if not (merged[-1].verb or _has_role(merged[-1].text)):
        return False
    if _WITH.match(clause.text):
        merged[-1] = replace(merged[-1], text=f"{merged[-1].text} {clause.text}")
        return True
    return clause.text.lower() == merged[-1].text.lower()


def _continued(clause: Clause, merged: list[Clause]) -> bool:
    """Whether the clause speaks on about the one before ("finish it by March", "grow that to 6 million")."""
    if not merged or clause.item or not clause.verb or not (match := OPENS_WITH_PRONOUN.match(clause.object)):
        return False
    before, tail = merged[-1], clause.object[match.end() :].lstrip(" ,")
    if (
        not before.verb
        and _NOW.search(before.text)
        and tail.lower().startswith("to ")
        and (level := _BASELINE.match(before.text))
    ):
        merged[-1] = replace(clause, text=f"{clause.verb} from {level['what']} {tail}")
        return True
    if before.verb and _NOW.search(before.text) and (changed := _from_now(before, tail)):
        merged[-1] = replace(before, text=changed)
        return True
    if joined := _joined_verbs(before, clause, tail):
        merged[-1] = replace(before, text=joined)
        return True
    if before.verb and not tail and clause.verb != before.verb:
        merged[-1] = replace(before, text=f"{before.text} and {clause.text}")
        return True
    if before.verb and (clause.verb in _FINISHING or before.verb in _LIGHT or clause.verb == before.verb):
        verb = clause.verb if before.verb in _LIGHT else before.verb
        merged[-1] = replace(before, text=f"{verb} {before.object} {tail}".strip(), verb=verb)
        return True
    if before.verb:
        merged[-1] = replace(before, text=f"{before.text} and {clause.text}")
    return bool(before.verb)


def _joined_verbs(before: Clause, clause: Clause, tail: str) -> str:
    """`build a programme` and `lead it` as `build and lead a programme`; empty where that makes no sense."""
    if not before.verb or before.verb in _LIGHT or before.verb == clause.verb:
        return ""
    if clause.verb == "make" and tail:
        return f"{before.text} and {clause.text}"
    return f"{before.verb} and {clause.verb} {before.object} {tail}".strip() if clause.verb in _LEADING else ""


def _from_now(before: Clause, tail: str) -> str:
    """`close in 9 days now` and `down to 5 days` as `close in 5 days (now 9 days)`."""
    old, new = _QUANTITY.search(before.text), _QUANTITY.search(tail)
    if not old or not new:
        return ""
    level = _NOW.sub("", old.group()).strip()
    rest = _NOW.sub("", before.text[old.end() :]).strip()
    return f"{before.text[: old.start()]}{new.group()} {rest}".strip() + f" (now {level})"


def _answered(clause: Clause, merged: list[Clause]) -> bool:
    """Whether a verbless phrase with a number answers something open ("8 nurses", "by 20%", "until March")."""
    if (
        clause.verb
        or clause.item
        or not merged
        or _NOW.search(clause.text)
        or not (clause.counted or _TIME_TAIL.match(clause.text))
        or len(clause.text.split()) > 9
    ):
        return False
    quantity = _QUANTITY.search(clause.text)
    for index in range(len(merged) - 1, -1, -1):
        target = merged[index]
        if target.counted or (not target.verb and not _has_role(target.text)):
            continue
        if _TIME_TAIL.match(clause.text) or _is_rate(clause.text):
            if _TIME_TAIL.match(clause.text) or target.verb in _LOWERING | _RAISING:
                preposition = (
                    ""
                    if re.match(
                        r"(?:by|until|till|before|to|from|every|each|in|on|within|per|during)\b",
                        clause.text,
                        re.IGNORECASE,
                    )
                    else "by "
                )
                merged[index] = replace(target, text=f"{target.text} {preposition}{clause.text}")
                return True
        elif quantity and (joined := _with_people(target, clause.text)):
            merged[index] = replace(target, text=joined)
            return True
    return False


def _is_rate(text: str) -> bool:
    return bool(re.match(r"(?:by |about |around )*\d[\d.,]*\s?(?:%|percent|per cent)", text, re.IGNORECASE))


def _with_people(target: Clause, phrase: str) -> str:
    noun = _PEOPLE.search(target.object)
    if noun and target.verb in _LEADING | {"build", "have"}:
        return f"{target.text[: -len(target.object)]}{target.object[: noun.end()]} of {phrase}{target.object[noun.end() :]}"
    if target.verb in _TEACHING and terms(phrase) & target.terms:
        return f"{target.verb} {phrase}"
    if target.verb in {"", "become", "be"} and _has_role(target.text) and terms(phrase):
        joint = "" if _PREPOSITION.match(phrase) else "with "
        return f"{target.text} {joint}{indefinite(phrase) if _PEOPLE.match(phrase) else phrase}"
    return ""


_PREPOSITION = re.compile(r"(?:with|for|of|over|in|at|from) ", re.IGNORECASE)


def _has_role(text: str) -> bool:
    return any(is_role(word) for word in re.findall(r"[A-Za-z-]+", text))


def _family(verb: str) -> frozenset[str]:
    return next((family for family in _FAMILIES if verb in family), frozenset({verb}))


def _absorb(clause: Clause, merged: list[Clause]) -> None:
    """Add a clause, or let it and the one that says the same become one."""
    if any(old.lower == clause.lower for old in merged):
        return
    for index, old in enumerate(merged):
        if not alike(old, clause):
            continue
        keep, other = (clause, old) if _weight(clause) >= _weight(old) else (old, clause)
        if _loses(keep, other) and not _SOMETHING.match(other.text):
            continue
        merged[index] = replace(_with_lost_numbers(keep, other), message=clause.message)
        return
    merged.append(clause)


_SOMETHING = re.compile(r"(?:do |be |have )?(?:something|anything)\b", re.IGNORECASE)
"""What was left open before it was named."""


def _loses(keep: Clause, other: Clause) -> bool:
    """Whether something is told in the other alone: a deed, a number, a word that isn't vague, or whose it is."""
    gone = terms(_VAGUE.sub("", _TIME_TAIL.split(other.object)[0])) - keep.terms
    deed = bool(other.verb) and _family(other.verb) != _family(keep.verb)
    numbers = keep.counted and not set(_DIGITS.findall(other.text)) <= set(_DIGITS.findall(keep.text))
    return bool(gone) or deed or numbers or bool(_TELLING & set(other.lower.split()) - set(keep.lower.split()))


_TELLING = frozenset({"own", "myself", "not", "no"})
_DIGITS = re.compile(r"\d[\d.,]*")


def alike(one: Clause, other: Clause) -> bool:
    """Whether two clauses speak of the same thing."""
    ours, theirs = one.object_terms, other.object_terms
    if ours.isdisjoint(theirs) or (not one.verb and not other.verb and (one.counted or other.counted)):
        return False
    shared = ours & theirs
    smaller = min(len(ours), len(theirs))
    if _family(one.verb) is not _family(other.verb) and _family(one.verb) != _family(other.verb):
        return len(shared) == smaller >= 2 and bool(one.verb) != bool(other.verb)
    return len(shared) * 2 >= smaller and (len(shared) > 1 or smaller <= 2) and not _different_numbers(one, other)


def _different_numbers(one: Clause, other: Clause) -> bool:
    """Two counted clauses with different things counted stay apart ("3 books", "2 courses")."""
    return one.counted and other.counted and stem_of_counted(one) != stem_of_counted(other)


def stem_of_counted(clause: Clause) -> str:
    """Stem of what a clause counts, empty when it counts nothing."""
    match = _QUANTITY.search(clause.text)
    return stem(match["unit"].split()[-1]) if match and match["unit"] else ""


def _weight(clause: Clause) -> tuple[int, int, int]:
    return (int(clause.counted), len(terms(_VAGUE.sub("", clause.text))), len(clause.text))


def _with_lost_numbers(keep: Clause, other: Clause) -> Clause:
    """The kept clause with the other's deadline or amount when it has none of its own."""
    if keep.lead_time == "" and other.lead_time:
        keep = replace(keep, lead_time=other.lead_time)
    tail = _TIME_TAIL.search(other.text)
    if tail and not _TIME_TAIL.search(keep.text):
        return replace(keep, text=f"{keep.text} {other.text[tail.start() :]}")
    return keep
