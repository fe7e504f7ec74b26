"""One table of what was measured, each beside the floor, the other way and the target it is held against."""

from rich.table import Table

from bench.ingestion import Ingested
from bench.score import BAR, ScoreResult
from bench.search import OfSize, SearchResult
from bench.speed import percentile
from bench.understanding import TARGET, Understood

COLUMNS = ("measured", "Petraf", "floor", "ratio", "PGVectorStore", "ratio", "target")
WIDTH = 110
"""Columns of text that the table needs."""


def table(
    search: SearchResult | None, ingested: list[Ingested], scored: ScoreResult | None, understood: Understood | None
) -> Table:
    """Everything that was measured. Each part below says what its floor is."""
    made = Table(title="Petraf's benchmarks", title_justify="left")
    for number, column in enumerate(COLUMNS):
        made.add_column(column, justify="right" if number else "left", no_wrap=True)
    if search:
        for one in search.of_size:
            _recall_rows(made, one)
        for one in search.of_size:
            _time_rows(made, one)
        _other_rows(made, search)
    if ingested:
        _ingestion_rows(made, ingested)
    if scored:
        _score_rows(made, scored)
    if understood:
        _understanding_rows(made, understood)
    return made


def _recall_rows(made: Table, one: OfSize) -> None:
    """Against brute force, whose recall is 1."""
    made.add_section()
    for name, found, other in (
        ("by vector", one.recall.vector, one.times.store_recall),
        ("of the ranking", one.recall.fused, []),
        ("of what is cited", one.recall.cited, []),
    ):
        if found:
            _add(made, f"{one.size} passages: recall@5 {name}", _mean(found), 1.0, _mean(other), ">= 0.99")


def _time_rows(made: Table, one: OfSize) -> None:
    """Against an empty statement in the same kind of transaction."""
    made.add_section()
    times = one.times
    target = "<= 3" if one.size.startswith("<=") else "<= 20"
    for share in (50, 95):
        floor, petraf, plain = (percentile(part, share) for part in (times.floor, times.petraf, times.store))
        _add(
            made, f"{one.size} passages: a search, p{share} in ms", petraf, floor, plain, target if share == 95 else ""
        )
    lacking, floor = percentile(times.lacking, 95), percentile(times.floor, 95)
    _add(made, f"{one.size} passages: category lacking, p95 in ms", lacking, floor, 0.0, target)


def _other_rows(made: Table, search: SearchResult) -> None:
    made.add_section()
    leakage, plan = search.leakage, search.plan
    name = f"foreign ones of {leakage.found:,} passages in {leakage.searches:,} searches"
    made.add_row(name, f"{leakage.foreign:,}", "", "", "", "", "0")
    for name, read in zip(("vector", "word"), plan.reads, strict=True):
        made.add_row(f"largest company: reads of its index by {name}", f"{read}", "", "", "", "", "> 0")


def _ingestion_rows(made: Table, ingested: list[Ingested]) -> None:
    """Against the bare model on the same passages, and the process as it was with the model loaded."""
    made.add_section()
    largest = ingested[-1]
    rate, floor = largest.passages / largest.seconds, largest.passages / largest.floor
    _add(made, f"{largest.pages}-page PDFs: passages ingested a second", rate, floor, 0.0, ">= 0.90")
    for one in ingested:
        _add(made, f"{one.pages} pages: peak memory in MB", one.peak_mb, one.before_mb, 0.0, "flat")
    for one in ingested:
        made.add_row(f"{one.pages} pages: of the process that reads, in MB", f"{one.reader_mb}", "", "", "", "", "flat")


def _score_rows(made: Table, scored: ScoreResult) -> None:
    """Against one regular expression over the same text, and a route that asks the database once."""
    made.add_section()
    for one in scored.judgements:
        for share in (50, 95):
            judging, floor = percentile(one.judging, share), percentile(one.floor, share)
            target = f"<= {BAR}" if share == 50 and "5,000" not in one.kind else ""
            _add(made, f"judging {one.kind}, p{share} in ms", judging, floor, 0.0, target)
    _add(made, "preview-score: requests a second", scored.previews, scored.floor, 0.0, "")


def _understanding_rows(made: Table, understood: Understood) -> None:
    """Against some matrix products."""
    made.add_section()
    parts = {"acts": understood.acts, "language": understood.language, "parse": understood.parse}
    for name, times in {**parts, "all three": understood.whole}.items():
        took, floor = percentile(times, 50), percentile(understood.floor, 50)
        target = f"<= {TARGET:.0f}" if name == "all three" else ""
        _add(made, f"a message of 35 words: {name}, p50 in ms CPU", took, floor, 0.0, target)


def _add(made: Table, name: str, petraf: float, floor: float, other: float, target: str) -> None:
    """A row; what wasn't measured of the other way is 0."""
    against = (f"{other:.3g}", f"{petraf / other:.2f}") if other else ("", "")
    made.add_row(name, f"{petraf:.4g}", f"{floor:.4g}", f"{petraf / floor:.2f}" if floor else "", *against, target)


def _mean(values: list[float]) -> float:
    return sum(values) / max(len(values), 1)
