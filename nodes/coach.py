"""The seam between the conversation and whoever coaches: what a node may ask, and what it gets back."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from state.conversation import NO_USAGE, Draft, Line, Passage, Profile, Usage
from state.frame import Act, does
from state.languages.choice import SOURCE, Language
from state.phases import Phase
from state.rubric import Rubric
from state.scorecard import Judgement, Scorecard


@dataclass(frozen=True, slots=True)
class Gap:
    """What is still missing before a goal can be written, or doesn't add up."""

    criterion: str
    """Name of the rubric's criterion that it is about, or one of `DOUBTS`."""
    numbers: Mapping[str, float] = field(default_factory=dict)
    """What doesn't add up, by the names under which a question speaks of it."""


DOUBTS = SHARES, CHANGE = "doubt_shares", "doubt_change"
"""What a gap is about that is no criterion: shares of more than a whole, and a change that can be read in two ways."""


PATIENCE = 2
"""Questions about one criterion after which what was said must do."""


@dataclass(frozen=True, slots=True)
class Swap:
    """A fact that was replaced by another, or taken back; or words that the draft says now."""

    old: str
    """Empty where nothing was named as old."""
    new: str
    """Empty where nothing came in its place."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """All that a coach may know when it replies or refines."""

    company: str
    phase: Phase
    limit: int
    """Most characters of the refined goal."""
    horizon_months: int | None
    """Time frame that the phase's question asked about; answering the question makes it said."""
    rubric: Rubric
    prompts: Mapping[str, str]
    """The tenant's own prompts by name; a coach falls back to its own."""
    profile: Profile
    said: tuple[str, ...]
    """What the employee said in this phase and what holds of it, a text a message, oldest first. May be empty."""
    dialogue: tuple[Line, ...]
    goals: Mapping[str, str]
    """Final goals of other phases, text by phase."""
    passages: tuple[Passage, ...]
    today: date
    asked: tuple[str, ...] = ()
    """Criteria already asked about in this phase, oldest first."""
    previous: Draft | None = None
    """The draft to reword, when the employee strikes proposals."""
    draft: Draft | None = None
    """The goal of the phase as it stands, drafted or saved."""
    score: float | None = None
    """The last score in this phase."""
    struck: frozenset[str] = field(default_factory=frozenset)
    """Texts of the proposals that must not come back."""
    spoken: str = ""
    """This turn's message as it was typed."""
    acts: tuple[Act, ...] = ()
    """What this turn's message does, piece by piece."""
    swaps: tuple[Swap, ...] = ()
    """What this turn's message replaced or took back."""
    course: Literal["refine", "score", "confirm", "transition"] = "transition"
    """What follows the reply: a draft, its score, the question whether it is right, or nothing."""
    question: str = ""
    """What the reply asks at its end; empty where it asks nothing."""
    pausing: bool = False
    """Whether a draft waits for the employee's word."""
    unread: bool = False
    """Whether the goal as it stands got too few points because it is in a language that the coach can't judge."""
    language: Language = SOURCE
    """What the reply is written in."""
    threshold: float = 7.0
    admins_may_read: bool = False
    """Whether the employee was told that admins may read the conversation."""

    def does(self, *names: str) -> bool:
        """Whether the message does one of these, given as `request.skip` or as the act alone."""
        return does(self.acts, *names)


@dataclass(frozen=True, slots=True)
class Exam:
    """All that a judge may know: the goal, the rubric and the company's passages, never the chat or the writer."""

    phase: Phase
    text: str
    proposals: tuple[tuple[int, int], ...]
    """Spans [start, end) of `text` that are proposals; they count for nothing."""
    rubric: Rubric
    passages: tuple[Passage, ...]
    """Retrieved by the goal's text; empty when none fits, the tenant has no documents or turned retrieval off."""
    rag_enabled: bool
    today: date
    threshold: float
    """The tenant's; near it a judge that may waver judges more than once. No judge is told it."""
    company: str = ""
    """Its name counts for nothing; empty where it isn't known."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a streamed reply; the last one carries the usage."""

    text: str
    usage: Usage = field(default_factory=lambda: NO_USAGE)


@dataclass(frozen=True, slots=True)
class Refined:
    """A draft and what it cost."""

    draft: Draft
    usage: Usage = field(default_factory=lambda: NO_USAGE)


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement and what it cost."""

    judgement: Judgement
    usage: Usage = field(default_factory=lambda: NO_USAGE)


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a score that is too low."""

    question: str
    """The one that asks for what costs most."""
    example: str
    """The form of a passing goal, with blanks for what only the employee can fill in."""


class Adviser(Protocol):
    """What a coach needs no model for. Pure, and slow enough for a thread of its own."""

    def gap(self, briefing: Briefing, *, go_on: bool = False) -> Gap | None:
        """What to ask for next; None when a goal can be written, `go_on` says that the employee wants it written now."""

    def question(self, gap: Gap, briefing: Briefing) -> str:
        """The one question that asks for it, in the briefing's language."""

    def advice(self, card: Scorecard, briefing: Briefing, *, again: bool = False) -> Advice:
        """What to do about a low score; about something else where the same score came `again`."""

    def never_worse(self, draft: Draft, briefing: Briefing) -> Draft:
        """The draft, or the employee's own words where those score higher."""


class Coach(Adviser, Protocol):
    """Who replies, refines and judges. Both coaches raise `CoachUnavailable` when they can't."""

    @property
    def model(self) -> str:
        """Model id for the records; `rules` for the rule coach."""

    @property
    def prompt_version(self) -> str:
        """What this coach judges by; only scores of the same one can be replayed."""

    @property
    def english_only(self) -> bool:
        """Whether it writes and judges goals in English only."""

    def reply(self, briefing: Briefing) -> AsyncIterator[Chunk]:
        """Answer the employee: acknowledge, lean on a passage, and ask the briefing's question or say that refining starts."""

    async def refine(self, briefing: Briefing) -> Refined:
        """Write one goal of at most `briefing.limit` characters from what was said. Invents nothing (DECISIONS 3)."""

    async def judge(self, exam: Exam) -> Judged:
        """One verdict per criterion of the rubric."""
