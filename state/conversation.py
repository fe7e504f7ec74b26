"""What one conversation holds while a turn runs: the graph's state, in plain values a checkpoint can keep."""

from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Annotated, Any, Literal, NotRequired

import orjson
from typing_extensions import TypedDict

from state.frame import Act, Fact, Learned
from state.identity import Ticket
from state.languages.choice import Language
from state.rubric import Rubric
from state.scorecard import Scorecard

RUBRICS_KEPT = 256
"""Of the companies whose turns came last, three a company."""


class Source(TypedDict):
    """A passage the coach leaned on, as the employee sees it. `quote` is an exact part of the passage."""

    document: str
    document_id: str
    version: str | None
    page: int | None
    heading: str
    category: str
    relevance: float
    quote: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk of a company document, found for this conversation."""

    content: str
    document: str
    document_id: str
    page: int | None
    category: str
    relevance: float
    """0-1, calibrated per embedding model."""
    heading: str = ""
    version: str | None = None

    def quoted(self, quote: str) -> Source:
        """The passage as a source, with an exact part of it."""
        return Source(
            document=self.document,
            document_id=self.document_id,
            version=self.version,
            page=self.page,
            heading=self.heading,
            category=self.category,
            relevance=self.relevance,
            quote=quote,
        )


class Proposal(TypedDict):
    """Something in a refined goal that nobody said: `text` stands at [start, end) and can be struck."""

    id: str
    text: str
    start: int
    end: int
    reason: str


class Draft(TypedDict):
    """A refined goal before it is scored."""

    text: str
    proposals: list[Proposal]
    sources: list[Source]
    note: str
    """What the employee should know of how it was refined, for example that their own text was kept. Often empty."""


class Revised(TypedDict):
    """What a message made of the draft that was shown."""

    verdict: Literal["saved", "edited", "cleared", "missing", "open"]
    text: str
    """The draft as it stands now; empty where it was taken back."""
    saves: bool
    """Whether the edited text is taken as it is."""
    changes: list[tuple[str, str]]
    """What gave way to what, for the reply; an empty old is an addition, an empty new a removal."""
    missing: list[str]
    """Words that were named and don't stand in the draft."""


class Profile(TypedDict, total=False):
    """What the employee told about themselves in g2_basic."""

    name: str | None
    employee_code: str | None
    department: str | None
    position: str | None
    grade: str | None
    years_of_service: int | None
    age_range: str | None
    job_type: str | None


class Line(TypedDict):
    """One line of the dialogue."""

    role: Literal["user", "assistant"]
    content: str


class Usage(TypedDict):
    """Tokens of the model calls of a step; zeros for the rule coach."""

    input: int
    output: int
    total: int


NO_USAGE = Usage(input=0, output=0, total=0)


def add_usage(left: Usage, right: Usage) -> Usage:
    """Sum of two usages."""
    return Usage(
        input=left["input"] + right["input"],
        output=left["output"] + right["output"],
        total=left["total"] + right["total"],
    )


class Event(TypedDict):
    """One event of a turn's stream, as DECISIONS.md lists them."""

    event: str
    data: dict[str, Any]


class Brief(TypedDict):
    """The tenant's settings for the phase in hand, read once a turn."""

    company: str
    phase: str
    limit: int
    horizon_months: int | None
    categories: list[str]
    question: str
    next_question: str
    """What the next phase opens with; empty after the last."""
    rubric: dict[str, Any]
    """A `Rubric`, dumped."""
    threshold: float
    prompts: dict[str, str]
    rag_enabled: bool
    confirm_refined_goal: bool
    """The session's choice, else the tenant's flag."""
    language: Language
    """What the session is held in."""
    admins_may_read: bool
    """Whether the employee was told that admins may read the conversation."""
    llm_model: str | None


def rubric_of(brief: Brief) -> Rubric:
    """The rubric inside a brief; the same one each time, as checking it costs more than the turn has."""
    return _rubric(orjson.dumps(brief["rubric"]))


@lru_cache(RUBRICS_KEPT)
def _rubric(dumped: bytes) -> Rubric:
    return Rubric.model_validate_json(dumped)


class TurnInput(TypedDict):
    """What an employee sends: the graph's input schema, all that Studio and LangServe need."""

    message: NotRequired[str | None]
    phase: NotRequired[str | None]
    step: NotRequired[str | None]
    strike: NotRequired[list[str] | None]
    confirm: NotRequired[bool | None]
    keep: NotRequired[bool | None]


class ConversationState(TurnInput):
    """The graph's state. *load* fills it from the rows at the start of every turn."""

    turn: Ticket
    brief: Brief
    profile: Profile
    current_phase: str
    """Where the session stands; differs from `brief["phase"]` while an earlier goal is edited."""
    entry: Literal["collect", "refine", "score"]
    """The step this turn begins with."""
    version: int
    """Of the conversation_state row this turn started from; finishing checks it."""
    said: list[str]
    """What the employee said in this phase and what holds of it, a text a message, oldest first."""
    spoken: str
    """This turn's message as it was typed; empty where none came."""
    offered: int
    """How often help was offered in this session before this turn."""
    acts: list[Act]
    """What this turn's message does, piece by piece."""
    facts: list[Fact]
    """Everything the session's messages say, with what has become of it."""
    learned: Learned
    """What this turn adds to the records of the frame."""
    unclear: str
    """What a correction left open: `amount`, `date`, `frequency` or `withdrawal`; empty where nothing."""
    revised: Revised | None
    """What this turn's message made of the draft that waited for the employee's word; None where none waited."""
    pausing: bool
    """Whether the draft waits for the employee's word."""
    question: str
    """What the coach asked last; empty where nothing is open."""
    course: Literal["refine", "score", "confirm", "transition"]
    """What follows collect."""
    dialogue: list[Line]
    """The latest lines of this phase, for a language model."""
    asked: list[str]
    """Criteria already asked about in this phase, oldest first."""
    low_scores: int
    """consecutive_low_scores before this turn."""
    retry_count: int
    last_score: float | None
    goals: dict[str, str]
    """Texts of the final goals of other phases, by phase."""
    goal_ids: dict[str, str]
    """Ids of the same, by phase."""
    passages: list[dict[str, Any]]
    """`Passage`s found this turn, as dicts."""
    next_prompt: str
    """What the employee is asked at the end of this turn; empty when the next phase's question follows."""
    draft: Draft | None
    scorecard: Scorecard | None
    exam: dict[str, Any] | None
    """What the judge saw of a goal that met the threshold. *transition* writes it and lets go: checkpoints stay small."""
    sources: list[Source]
    """What the coach leaned on this turn."""
    replies: Annotated[list[str], add]
    """What the coach said this turn, one text a step; *load* starts it anew."""
    goal_id: str | None
    """Id of the goal this turn is about to save; None below the threshold."""
    model: str
    started_at: float
    """Seconds since the epoch when the turn began to run."""
    usage: Annotated[Usage, add_usage]
    events: Annotated[list[Event], add]
    """The turn's events so far; *load* starts it anew."""
