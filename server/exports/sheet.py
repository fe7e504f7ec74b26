"""What every export shows: the final goals of a session in plain values, ready for a page."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from server.languages.words import WORDS
from state.errors import PetrafError
from state.languages.catalogue import Catalogue
from state.languages.choice import Language
from state.languages.words import criterion_name, spoken_day, spoken_number
from state.phases import GOAL_PHASES, Phase
from state.records.rows import GoalRow, SessionRow
from state.records.sessions.sessions import average, minutes_between

TITLES = {"future": "Future vision", "values": "Values", "actions": "Action plan"}
"""How people call each type of goal, in English."""
_LINK_WORDS = {"contributes_to": "contributes to", "aligns_with": "aligns with"}
_BIDI_CONTROLS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


class NoGoals(PetrafError):
    """This session holds no goal yet, so there is nothing to export or share. Go on with the conversation first."""

    code = "NO_GOALS"
    recoverable = True


NOTHING = "–"
"""What stands for a number that there isn't."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a score."""

    name: str
    score: float
    weight: int
    """Percent."""
    reasoning: str


@dataclass(frozen=True, slots=True)
class Link:
    """What a goal has to do with another one."""

    words: str
    """For example `contributes to`."""
    to: str
    """The other goal's title."""
    strength: int
    """1-10."""
    notes: str


@dataclass(frozen=True, slots=True)
class SheetGoal:
    """One final goal."""

    phase: str
    title: str
    content: str
    score: float
    kept: bool
    """Whether the employee kept it below the threshold."""
    version: int
    criteria: tuple[Criterion, ...]
    links: tuple[Link, ...]
    proposals: tuple[str, ...]
    """What in the text the coach proposed and the employee hasn't struck."""
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class GoalSheet:
    """A session's final goals in the order of the conversation. Texts hold no control characters but line breaks."""

    language: Language
    """Of all that nobody wrote."""
    session_id: str
    company: str
    name: str
    """Empty when the employee didn't tell it; so are the next two."""
    position: str
    department: str
    made_on: date
    goals: tuple[SheetGoal, ...]
    open: tuple[str, ...]
    """Titles of the phases without a goal."""
    avg_score: float | None
    """Of the goals that met the threshold; None when none did."""
    threshold: float
    minutes: int | None
    """From the session's beginning to the last goal; None while goals are open."""

    @property
    def title(self) -> str:
        """For example `Goals of Sarah`."""
        return self.words.say("Goals of {name}", name=self.name) if self.name else self.words.say("Goals")

    @property
    def words(self) -> Catalogue:
        """What the sheet is written with."""
        return WORDS[self.language]

    def number(self, number: float) -> str:
        """For example `8.0`, `8.67`, in German `8,67`."""
        return spoken_number(number, self.language)

    @property
    def average(self) -> str:
        """For example `8.0`; a dash when no goal counts."""
        return NOTHING if self.avg_score is None else self.number(self.avg_score)

    @property
    def kept(self) -> str:
        """What is said of a goal that the employee kept below the threshold."""
        needed = self.number(self.threshold)
        return self.words.say("Kept as it is, below the {threshold} that a goal needs: not counted.", threshold=needed)

    @property
    def day(self) -> str:
        """When it was made."""
        return spoken_day(self.made_on, self.language)


def goal_sheet(company: str, session: SessionRow, goals: Sequence[GoalRow], made_on: date) -> GoalSheet:
    """The sheet of a session's goals. Raises NoGoals when none of them is final."""
    order = [phase.value for phase in GOAL_PHASES]
    final = sorted((goal for goal in goals if goal.is_final), key=lambda goal: order.index(goal.phase))
    if not final:
        raise NoGoals
    words = WORDS[session.language]
    titles = {goal.id: words.say(TITLES[goal.type]) for goal in goals}
    held = {goal.phase for goal in final}
    counted = [goal.score for goal in final if not goal.below_threshold]
    return GoalSheet(
        language=session.language,
        session_id=session.id,
        company=_line(company),
        name=_line(session.name),
        position=_line(session.position),
        department=_line(session.department),
        made_on=made_on,
        goals=tuple(_goal(goal, titles, words) for goal in final),
        open=tuple(words.say(TITLES[GOAL_PHASES[Phase(phase)].goal_type]) for phase in order if phase not in held),
        avg_score=average(counted) if counted else None,
        threshold=float(final[-1].score_details.get("threshold", 0)),
        minutes=minutes_between(session.created_at, session.completed_at) if session.completed_at else None,
    )


def _goal(goal: GoalRow, titles: dict[str, str], words: Catalogue) -> SheetGoal:
    return SheetGoal(
        phase=goal.phase,
        title=titles[goal.id],
        content=plain(goal.content),
        score=goal.score,
        kept=goal.below_threshold,
        version=goal.version,
        criteria=tuple(
            Criterion(criterion_name(_line(c["name"]), words.language), c["score"], c["weight"], _line(c["reasoning"]))
            for c in goal.score_details.get("criteria", [])
        ),
        links=tuple(
            Link(
                words.say(_LINK_WORDS[link["link_type"]]),
                titles[link["parent_goal_id"]],
                link["strength"],
                _line(link["notes"]),
            )
            for link in goal.links
            if link["parent_goal_id"] in titles
        ),
        proposals=tuple(_line(proposal["text"]) for proposal in goal.proposals),
        saved_at=goal.created_at,
    )


def plain(text: str) -> str:
    """`text` without control characters that no reader sees, such as those that turn the direction of what follows."""
    unified = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text).replace("\t", " ")
    return "".join(c for c in unified if c == "\n" or not _unseen(c)).strip()


def _unseen(character: str) -> bool:
    return unicodedata.category(character) == "Cc" or unicodedata.bidirectional(character) in _BIDI_CONTROLS


def _line(text: str | None) -> str:
    return " ".join(plain(text or "").split())


def spoken_minutes(minutes: int, words: Catalogue) -> str:
    """For example `45 minutes`, `2 hours 5 minutes`, `3 days`."""
    if minutes < 1:
        return words.say("less than a minute")
    if minutes < 60:
        return _minutes(minutes, words)
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        whole = words.counted("{n} hour", "{n} hours", hours)
        return f"{whole} {_minutes(rest, words)}" if rest else whole
    return words.counted("{n} day", "{n} days", round(hours / 24))


def _minutes(minutes: int, words: Catalogue) -> str:
    return words.counted("{n} minute", "{n} minutes", minutes)
