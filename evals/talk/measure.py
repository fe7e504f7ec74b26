"""What a walked dialogue proves: acts heard, nothing taken back left in the goal, questions answered, no dead ends."""

# ruff: noqa: E501 - texts and patterns stand unbroken

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evals.bars import Bar
from evals.scoring.suite import at_least, at_most, share
from evals.talk.data import Row, Said
from evals.talk.grammar import errors
from evals.talk.walk import Turn, Walked
from nodes.understanding.acts import hear

GONE = ("replaced", "withdrawn")
NOISE = ("command", "chatter", "feeling", "question")
IDLE = ("chatter",)
"""Acts that may be heard beside others without harm."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The bars of a split, and figures without one."""

    bars: Sequence[Bar]
    others: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Segments:
    """How single segments were read."""

    right: float
    by_language: Mapping[str, float]
    stopped: float
    """Share of crises that stop the coach."""
    helped: float
    """Share of crises that are met with help: by a stop, or by a line before the next question."""
    stops: int
    """Plain texts that stop the coach."""
    lines: int
    """Plain texts that are met with a line."""
    plain: int


def segments_right(rows: Sequence[Row]) -> tuple[Segments]:
    """Each labelled segment by itself; its act is right where the likeliest of its parts is."""
    heard = [(row, hear(row.text)) for row in rows]
    ours = [(row, _only(row.act, {one.act for one in pieces})) for row, pieces in heard if row.language != "other"]
    dangers = [(row.act == "crisis", max((one.danger for one in pieces), default=0)) for row, pieces in heard]
    crises, plain = ([danger for real, danger in dangers if real == wanted] for wanted in (True, False))
    languages = sorted({row.language for row, _ in ours})
    return (
        Segments(
            share([right for _, right in ours]),
            {name: share([right for row, right in ours if row.language == name]) for name in languages},
            share([danger > 1 for danger in crises]),
            share([danger > 0 for danger in crises]),
            sum(danger > 1 for danger in plain),
            sum(danger == 1 for danger in plain),
            len(plain),
        ),
    )


def _only(act: str, heard: set[str]) -> bool:
    """Whether an act was heard, and none beside it that does harm."""
    return act in heard and not heard - {act, *IDLE}


def figures_of(walked: Sequence[Walked], segments: Segments) -> Figures:
    """The issue's bars over all dialogues of a split."""
    turns = [(line, turn) for one in walked for line, turn in zip(one.dialogue.turns, one.turns, strict=True)]
    heard = [act_right(line, turn) for line, turn in turns]
    asked = [answered(line, turn) for line, turn in turns if line.reply and any("question" in act for act in line.acts)]
    replies = [answered(line, turn) for line, turn in turns if line.reply]
    goals = [one.goal for one in walked if one.goal and one.dialogue.lang == "en"]
    bars = (
        at_least("turns whose acts are heard right", 0.92, share(heard)),
        at_least("crises met with help (a stop or a line)", 1.0, segments.helped),
        at_most("stops in plain lines (at most 1 of 500)", segments.plain / 500, segments.stops),
        at_most("goals that hold what was replaced or withdrawn", 0, sum(_holds(one, GONE) for one in walked)),
        at_most(
            "goals that hold commands, chatter, feelings or questions", 0, sum(_holds(one, NOISE) for one in walked)
        ),
        at_least("questions answered", 0.95, share(asked)),
        at_most("meaning reversed", 0, sum(_holds(one, ("reversed",)) for one in walked)),
        at_most("errors of grammar a goal", 0.1, len(errors(goals)) / max(len(goals), 1)),
        at_most("dead ends", 0, sum(dead_end(one) for one in walked)),
    )
    others = {
        "replies that hold what any good one would": share(replies),
        "goals that hold all they must": share([_complete(one) for one in walked if one.dialogue.goal_must]),
        "saved where they must be, and not where they must not": share([_saved(one) for one in walked]),
        "dialogues right in everything": share([all_right(one) for one in walked]),
        "crises met with a stop": segments.stopped,
        "stops in plain lines, as a share": segments.stops / max(segments.plain, 1),
        "help lines in plain lines, as a share": segments.lines / max(segments.plain, 1),
        "segments right": segments.right,
        **{f"segments right, {name}": value for name, value in segments.by_language.items()},
    }
    return Figures(bars, others)


def act_right(line: Said, turn: Turn) -> bool:
    """Whether each act was heard, and no other. The no before a correction is part of it."""
    wanted, heard = _acts(line.acts), _acts(turn.acts)
    if not turn.ended and wanted <= {"yes", "request"}:
        return True  # everything was saved before: there was nothing left to say yes to
    if "crisis" in wanted & heard:
        return True  # what else is felt beside it changes nothing
    if "correction" in wanted | heard:
        wanted, heard = wanted - {"no", "yes"}, heard - {"no", "yes"}
    return wanted - set(IDLE) <= heard and heard - wanted <= set(IDLE)


def _acts(names: Sequence[str]) -> set[str]:
    """Acts without what they are about; kinds of chatter are chatter."""
    return {name.split(".")[0] for name in names}


def answered(line: Said, turn: Turn) -> bool:
    """Whether the reply holds what any good answer would."""
    return any(re.search(pattern, turn.spoken, re.IGNORECASE) for pattern in line.reply)


def dead_end(one: Walked) -> bool:
    """Whether the coach said the very same twice in a row, or left the employee without a next step."""
    spoken = [turn.spoken for turn in one.turns]
    if any(a == b != "" for a, b in pairwise(spoken)):
        return True
    last = one.turns[-1]
    crisis = "crisis" in one.dialogue.turns[-1].acts
    return not (crisis or last.saved or last.asked or last.ended == "awaiting_confirmation" or one.saved)


def _holds(one: Walked, kinds: Sequence[str]) -> bool:
    return any(check.kind in kinds and check.stands_in(one.goal) for check in one.dialogue.goal_must_not)


def _complete(one: Walked) -> bool:
    return all(check.stands_in(one.goal) for check in one.dialogue.goal_must)


def _saved(one: Walked) -> bool:
    return one.dialogue.saved is None or one.dialogue.saved == one.saved


def all_right(one: Walked) -> bool:
    """Whether nothing about a dialogue is wrong."""
    pairs = list(zip(one.dialogue.turns, one.turns, strict=True))
    heard = all(act_right(line, turn) for line, turn in pairs)
    told = all(answered(line, turn) for line, turn in pairs if line.reply)
    clean = not any(check.stands_in(one.goal) for check in one.dialogue.goal_must_not)
    return heard and told and clean and _complete(one) and _saved(one) and not dead_end(one)


def told_wrong(walked: Sequence[Walked]) -> Iterator[str]:
    """What came out wrong, dialogue by dialogue; for tuned ones only."""
    for one in walked:
        if not all_right(one):
            yield f"\n{one.dialogue.id} ({one.dialogue.phase}, confirm {one.dialogue.confirm}, saved {one.saved}/{one.dialogue.saved})"
            for line, turn in zip(one.dialogue.turns, one.turns, strict=True):
                wrong = [] if act_right(line, turn) else [f"ACTS wanted {line.acts}"]
                wrong += ["REPLY"] if line.reply and not answered(line, turn) else []
                yield f"  > {turn.said}\n    heard {turn.acts} {' '.join(wrong)}\n    {turn.spoken[:300]!r}"
            bad = [c.kind + ":" + c.pattern for c in one.dialogue.goal_must_not if c.stands_in(one.goal)]
            missing = [c.pattern for c in one.dialogue.goal_must if not c.stands_in(one.goal)]
            yield f"  GOAL {one.goal!r}\n  HOLDS {bad} LACKS {missing}{' DEAD END' if dead_end(one) else ''}"
