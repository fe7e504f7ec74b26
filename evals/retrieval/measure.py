"""The measure itself, without a database: when a passage is right, and the figures of how questions fared."""

import html
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median, quantiles
from uuid import UUID

from evals.bars import Bar
from state.conversation import Passage

AT = (1, 3, 5)
DEEPEST = 10
"""Passages that are asked for; ranks beyond count as not found."""
CITED = 3
"""Passages that the coach asks for."""
FLOORS = tuple(round(0.20 + 0.02 * step, 2) for step in range(31))
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
LINK = re.compile(r"\]\([^()\s]*\)")


def plain(text: str) -> str:
    """What is compared: without HTML's tags and Markdown's link targets, lower case, all between words one space.

    So neither markup nor line breaks, typographic characters or punctuation decide whether a passage is right.
    """
    words = LINK.sub("]", TAG.sub(" ", html.unescape(text)))
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", words).casefold()).strip()


@dataclass(frozen=True, slots=True)
class Stored:
    """A passage as it lies in the database, whoever may see it."""

    tenant_id: UUID
    document_id: str
    content: str


@dataclass(frozen=True, slots=True)
class Right:
    """What a right passage is: it stands in one of these documents and holds these words."""

    documents: frozenset[str]
    words: str

    def holds(self, document_id: str, content: str) -> bool:
        """Whether a passage is right."""
        return document_id in self.documents and plain(self.words) in plain(content)


@dataclass(frozen=True, slots=True)
class Answered:
    """How a question that a document answers fared."""

    id: str
    org: str
    rank: int | None
    """Of the first right passage as the coach sees them: above the floor."""
    open_rank: int | None
    """The same without the floor."""
    relevance: float | None
    """Of that passage."""
    top_relevance: float
    """Of the first passage, right or not; 0 when there is none."""
    held: bool
    """Whether any passage of the documents is right; if none is, reading or cutting lost it, and no search can find it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """How a question that no document answers fared."""

    id: str
    org: str
    cited: int
    """Passages that the coach would cite."""
    top_relevance: float
    near: bool = False
    """Whether the documents hold its topic, though not the answer."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A passage of another company that was shown."""

    id: str
    org: str
    """As which company was asked."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What became of an organisation's files."""

    documents: int
    passages: int
    seconds: float
    refused: Mapping[str, str] = field(default_factory=dict)
    """File and the reader's reason."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The least that must be reached."""

    recall: float = 0.90
    mrr: float = 0.80
    refused: float = 0.90


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one query."""

    embedding: float
    searching: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that an evaluation found out."""

    model: str
    floor: float
    uploaded: Mapping[str, Uploaded]
    answered: Sequence[Answered]
    refusals: Sequence[Refusal]
    leaks: Sequence[Leak]
    asked_across: int
    """Questions asked as a company that they are not about."""
    timings: Sequence[Timing]
    wanted: Wanted = Wanted()


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of an organisation, or of all. None: nothing was asked that would tell."""

    questions: int
    recall: Mapping[int, float | None]
    mrr: float | None
    open_recall: Mapping[int, float | None]
    open_mrr: float | None
    unanswerable: int
    refused: float | None
    """Share of the foreign questions for which nothing is cited."""
    near_refused: float | None
    """The same of the near ones."""
    leaks: int


def rank_of_right(right: Right, passages: Iterable[Passage]) -> int | None:
    """The place of the first right passage, from 1."""
    return next((place for place, one in enumerate(passages, 1) if right.holds(one.document_id, one.content)), None)


def judge_answer(
    id: str, org: str, right: Right, shown: Sequence[Passage], found: Sequence[Passage], held: bool
) -> Answered:
    """How a question fared: `shown` is what the coach sees, `found` what a search without a floor ranks; best first."""
    open_rank = rank_of_right(right, found)
    relevance = found[open_rank - 1].relevance if open_rank else None
    top = found[0].relevance if found else 0.0
    return Answered(id, org, rank_of_right(right, shown), open_rank, relevance, top, held)


def leaked(tenant: UUID, stored: Collection[Stored], shown: Iterable[Passage]) -> int:
    """How many of the passages shown to a company are not among its own; `stored` is everybody's."""
    return sum(Stored(tenant, passage.document_id, passage.content) not in stored for passage in shown)


def recall(ranks: Sequence[int | None], at: int) -> float | None:
    """The share of questions with a right passage among the first `at`."""
    return fmean(rank is not None and rank <= at for rank in ranks) if ranks else None


def mean_reciprocal_rank(ranks: Sequence[int | None]) -> float | None:
    """The mean of one over the rank of the first right passage; 0 where none is among the first ten."""
    return fmean(1 / rank if rank and rank <= DEEPEST else 0.0 for rank in ranks) if ranks else None


def figures(measured: Measured, org: str | None = None) -> Figures:
    """The figures of one organisation, or over all questions."""
    answered = [one for one in measured.answered if org in (None, one.org)]
    refusals = [one for one in measured.refusals if org in (None, one.org)]
    foreign, near = ([one.cited == 0 for one in refusals if one.near is near] for near in (False, True))
    shown = [one.rank for one in answered]
    found = [one.open_rank for one in answered]
    return Figures(
        questions=len(answered),
        recall={at: recall(shown, at) for at in AT},
        mrr=mean_reciprocal_rank(shown),
        open_recall={at: recall(found, at) for at in AT},
        open_mrr=mean_reciprocal_rank(found),
        unanswerable=len(refusals),
        refused=fmean(foreign) if foreign else None,
        near_refused=fmean(near) if near else None,
        leaks=sum(org in (None, one.org) for one in measured.leaks),
    )


def bars(measured: Measured) -> list[Bar]:
    """The bars, each held or missed. One that nothing was asked for is not missed, and says so."""
    total = figures(measured)
    least: list[tuple[str, float, float | None, Callable[[float], str]]] = [
        ("recall@3", measured.wanted.recall, total.recall[3], "{:.3f}".format),
        ("MRR", measured.wanted.mrr, total.mrr, "{:.3f}".format),
        ("foreign questions that cite nothing", measured.wanted.refused, total.refused, "{:.1%}".format),
    ]
    return [
        *(
            Bar(name, f"at least {show(bar)}", "not asked" if got is None else show(got), got is None or got >= bar)
            for name, bar, got, show in least
        ),
        Bar("passages of another company", "0", str(total.leaks), total.leaks == 0),
    ]


def trade_off(measured: Measured) -> list[tuple[float, float | None, float | None]]:
    """For each floor: recall@3, and the share of foreign questions for which nothing would be cited."""
    foreign = [one for one in measured.refusals if not one.near]
    return [
        (
            floor,
            recall([one.open_rank if (one.relevance or 0.0) >= floor else None for one in measured.answered], CITED),
            fmean(one.top_relevance < floor for one in foreign) if foreign else None,
        )
        for floor in FLOORS
    ]


def median_and_95(seconds: Sequence[float]) -> tuple[float, float]:
    """In milliseconds."""
    if len(seconds) < 2:
        return (seconds[0] * 1000,) * 2 if seconds else (0.0, 0.0)
    return median(seconds) * 1000, quantiles(seconds, n=20, method="inclusive")[-1] * 1000
