"""What holds, as text again: the messages without what was withdrawn, replaced, asked, felt or commanded."""

import re
from collections.abc import Mapping, Sequence

from nodes.understanding.ordering import in_order
from nodes.understanding.value_names import labelled
from state.frame import Fact, contains
from state.phases import Phase

MOST_STEPS = 20
"""Replacements of one fact that are followed; nobody changes their mind so often."""
_JOINT = re.compile(
    r"(?:\s|,|and|but|then|plus|also|as well as|&|\+|then|to|und|sowie|y|et|puis|oraz|i)*", re.IGNORECASE
)
"""What stands between two clauses of one sentence."""
_ITEM = re.compile(r"(?:(?:^|\n)\s*(?:[-*•–—‣▪·]+|\(?[a-h]\))|(?:^|\s)\(?\d{1,2}[.):])\s+$")
_SPACES, _LOOSE = re.compile(r"[^\S\n]{2,}"), re.compile(r"\s+([,.;!?])")


def told(facts: Sequence[Fact], texts: Mapping[str, str], phase: str) -> tuple[str, ...]:
    """The facts of a phase that hold, as one text a message, oldest first."""
    mine = [fact for fact in facts if fact["phase"] == phase]
    by_id = {fact["id"]: fact for fact in facts}
    standing = [fact for fact in mine if _speaks(fact, mine)]
    front, rest, end = in_order(standing, mine, texts)
    messages = dict.fromkeys(fact["message_id"] for fact in rest)
    groups = [
        *([f] for f in front),
        *([f for f in rest if f["message_id"] == m] for m in messages),
        *([f] for f in end),
    ]
    spoken = [_message(group, mine, by_id, texts.get(group[0]["message_id"], "")) for group in groups]
    return tuple(text for text in spoken if text)


def _speaks(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether a fact is said in its own place: it holds, stands in no other that does, and fills no other's place."""
    if fact["state"] != "holds" or fact["kind"] == "reason":
        return False
    inside = any(contains(other, fact) and other["state"] == "holds" for other in facts)
    return not inside and not _fills(fact, facts)


def _fills(fact: Fact, facts: Sequence[Fact], steps: int = MOST_STEPS) -> bool:
    """Whether a fact stands, directly or through others, in the place of a detail: an amount or a time says nothing alone, other
    words do once what they were part of is gone."""
    replaced = [other for other in facts if other["replaced_by"] == fact["id"]] if steps else []
    alone = fact["kind"] not in ("amount", "date", "frequency")
    return any(_is_detail(other, facts, alone) or _fills(other, facts, steps - 1) for other in replaced)


def _is_detail(fact: Fact, facts: Sequence[Fact], holding: bool) -> bool:
    return any(contains(other, fact) and (other["state"] == "holds" or not holding) for other in facts)


def _message(standing: Sequence[Fact], facts: Sequence[Fact], by_id: Mapping[str, Fact], text: str) -> str:
    parts: list[str] = []
    for fact in sorted(standing, key=lambda f: f["start"]):
        parts.append(_joint(parts, standing, fact, text))
        parts.append(spoken(fact, facts, by_id, text))
    return "".join(parts).strip()


def _joint(parts: Sequence[str], standing: Sequence[Fact], fact: Fact, text: str) -> str:
    """What stood between a clause and the one before it, where both are of one sentence; a new line otherwise."""
    mark = _ITEM.search(text[: fact["start"]])
    if mark:
        return "\n- "
    before = [f for f in standing if f["end"] <= fact["start"]]
    if not parts:
        return ""
    if not before:  # sentences of one draft, made by the same message
        return "\n"
    if fact["kind"] == "value" or fact["phase"] == Phase.G8_ACTIONS:
        return "\n"
    gap = text[before[-1]["end"] : fact["start"]]
    return gap if gap and _JOINT.fullmatch(gap) and "\n" not in gap else "\n"


def spoken(fact: Fact, facts: Sequence[Fact], by_id: Mapping[str, Fact], text: str) -> str:
    """A fact's own words, with what became of its details."""
    if fact["text"] != text[fact["start"] : fact["end"]]:
        return labelled(fact["text"]) if fact["kind"] == "value" else fact["text"]
    words, start = text[fact["start"] : fact["end"]], fact["start"]
    changed = [other for other in facts if contains(fact, other) and other["state"] != "holds"]
    details = [detail for detail in changed if not any(contains(other, detail) for other in changed)]
    for detail in sorted(details, key=lambda f: f["start"], reverse=True):
        words = words[: detail["start"] - start] + _instead(detail, by_id) + words[detail["end"] - start :]
    told = _LOOSE.sub(r"\1", _SPACES.sub(" ", words)).strip(" ,;")
    return labelled(told) if fact["kind"] == "value" else told


def _instead(fact: Fact, by_id: Mapping[str, Fact]) -> str:
    """What stands in the place of a fact now: the last of its replacements, or nothing."""
    for _ in range(MOST_STEPS):
        if fact["state"] != "replaced" or not fact["replaced_by"] or fact["replaced_by"] not in by_id:
            break
        fact = by_id[fact["replaced_by"]]
    return fact["text"] if fact["state"] == "holds" else ""
