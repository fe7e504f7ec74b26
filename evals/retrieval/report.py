"""The figures for people: tables on the terminal, and a page with a plot in a folder.

The page holds ids and figures only: no text of a document, no question, no path of this machine. It has no date either, so
that a rerun without changes differs in its timings alone.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from evals.retrieval.dataset import Data
from evals.retrieval.measure import (
    AT,
    CITED,
    DEEPEST,
    Answered,
    Measured,
    bars,
    figures,
    median_and_95,
    trade_off,
)
from evals.retrieval.plot import draw

ALL = "all"
MISSING = "–"
FOUND = ("organisation", "asked", *(f"R@{at}" for at in AT), "MRR", "R@3 open", "MRR open")
KEPT = ("organisation", "documents", "passages", "unanswerable", "foreign refused", "near refused", "leaks")
LEGEND = (
    f"R@k: share of questions with a right passage among the first k. MRR: mean of 1/rank over the first {DEEPEST}. "
    "open: without the relevance floor. unanswerable: questions that no document answers, foreign where the documents touch "
    "nothing of it, near where its topic is there; refused: share of them for which no passage is above the floor. "
    "leaks: passages of another company that were shown."
)


def show(console: Console, data: Data, measured: Measured) -> None:
    """Everything on the terminal."""
    console.print(f"\nRetrieval on {data.kind}", style="bold", highlight=False)
    for line in _about(data, measured):
        console.print(line, highlight=False, markup=False)
    _print(console, FOUND, _each(measured, _found))
    _print(console, KEPT, _each(measured, _kept))
    console.print(LEGEND, style="dim", highlight=False)
    if missed := _missed(measured):
        console.print("\nNot among the first three", style="bold")
        _print(console, ("question", "organisation", "rank", "rank open", "relevance", "why"), missed)
    if cited := _cited(measured):
        console.print("\nUnanswerable, and yet cited", style="bold")
        _print(console, ("question", "organisation", "kind", "passages", "relevance"), cited)
    for bar in bars(measured):
        console.print(
            f"{'held  ' if bar.held else 'MISSED'} {bar.name}: {bar.got} (wanted: {bar.wanted})", markup=False
        )
    for line in _timings(measured):
        console.print(line, highlight=False)


def write(folder: Path, data: Data, measured: Measured) -> None:
    """retrieval.md and retrieval.svg."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "retrieval.md").write_text("\n".join(_page(data, measured)) + "\n", encoding="utf-8")
    draw(folder / "retrieval.svg", measured)


def _print(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column in ("question", "organisation", "why") else "right")
    for row in rows:
        table.add_row(*row, style="bold" if row[0] == ALL else None)
    console.print(table)


def _page(data: Data, measured: Measured) -> Iterator[str]:
    yield "# How well retrieval finds what answers a question"
    yield ""
    yield f"Measured by `make eval-retrieval` on {data.kind}."
    yield ""
    yield from (f"- {line}" for line in _about(data, measured))
    yield ""
    yield from _markdown(("bar", "wanted", "got", ""), _bars(measured))
    yield from _markdown(FOUND, _each(measured, _found))
    yield from _markdown(KEPT, _each(measured, _kept))
    yield LEGEND
    yield ""
    yield "![Recall by organisation, relevance of the top passage, and what the floor costs](retrieval.svg)"
    yield ""
    yield "## Questions without a right passage among the first three"
    yield ""
    yield from _markdown(
        ("question", "organisation", "rank", "rank without the floor", "relevance", "why"), _missed(measured)
    )
    yield "## Unanswerable questions for which something is cited"
    yield ""
    yield from _markdown(("question", "organisation", "kind", "passages", "top relevance"), _cited(measured))
    yield "## What another floor would do"
    yield ""
    yield from _markdown(("floor", "recall@3", "foreign refused"), _floors(measured))
    yield "## Time, which moves from run to run"
    yield ""
    yield from (f"- {line}" for line in _timings(measured))


def _markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        yield "None."
        yield ""
        return
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


def _about(data: Data, measured: Measured) -> Iterator[str]:
    documents = sum(one.documents for one in measured.uploaded.values())
    passages = sum(one.passages for one in measured.uploaded.values())
    yield f"{len(measured.uploaded)} organisations, {documents} documents, {passages} passages"
    yield f"{len(measured.answered)} questions that a document answers, {len(measured.refusals)} that none does"
    yield f"embedding model {measured.model}, relevance floor {measured.floor}"
    yield f"{measured.asked_across} questions asked as a company they are not about, to find leaks"
    if data.skipped:
        yield f"{data.skipped} questions skipped: their organisations are not in the data"
    refused = [f"{name}/{file}" for name, one in measured.uploaded.items() for file in one.refused]
    if refused:
        yield f"{len(refused)} files were refused by the reader: {', '.join(refused)}"


def _each(measured: Measured, row: Callable[[Measured, str | None], tuple[str, ...]]) -> list[tuple[str, ...]]:
    """A row an organisation, and one over all."""
    return [*((name, *row(measured, name)) for name in measured.uploaded), (ALL, *row(measured, None))]


def _found(measured: Measured, org: str | None) -> tuple[str, ...]:
    of = figures(measured, org)
    shares = (*of.recall.values(), of.mrr, of.open_recall[CITED], of.open_mrr)
    return (str(of.questions), *(_figure(share) for share in shares))


def _kept(measured: Measured, org: str | None) -> tuple[str, ...]:
    of = figures(measured, org)
    uploads = [one for name, one in measured.uploaded.items() if org in (None, name)]
    shares = (MISSING if share is None else f"{share:.0%}" for share in (of.refused, of.near_refused))
    counts = (sum(one.documents for one in uploads), sum(one.passages for one in uploads), of.unanswerable)
    return (*map(str, counts), *shares, str(of.leaks))


def _figure(value: float | None) -> str:
    return MISSING if value is None else f"{value:.2f}"


def _bars(measured: Measured) -> list[tuple[str, ...]]:
    return [(bar.name, bar.wanted, bar.got, "held" if bar.held else "**missed**") for bar in bars(measured)]


def _missed(measured: Measured) -> list[tuple[str, ...]]:
    return [
        (
            one.id,
            one.org,
            str(one.rank or MISSING),
            str(one.open_rank or MISSING),
            MISSING if one.relevance is None else f"{one.relevance:.2f}",
            _why(one),
        )
        for one in measured.answered
        if one.rank is None or one.rank > CITED
    ]


def _why(one: Answered) -> str:
    if not one.held:
        return "no passage holds the expected words"
    if one.rank:
        return "others rank higher"
    if one.open_rank is None:
        return f"not among the first {DEEPEST}"
    return "below the floor" if one.open_rank <= CITED else "below the floor, and others rank higher"


def _cited(measured: Measured) -> list[tuple[str, ...]]:
    return [
        (one.id, one.org, "near" if one.near else "foreign", str(one.cited), f"{one.top_relevance:.2f}")
        for one in measured.refusals
        if one.cited
    ]


def _floors(measured: Measured) -> list[tuple[str, ...]]:
    return [
        (f"{floor:.2f}", _figure(found), MISSING if refused is None else f"{refused:.0%}")
        for floor, found, refused in trade_off(measured)
    ]


def _timings(measured: Measured) -> Iterator[str]:
    parts = {
        "embedding a query": [one.embedding for one in measured.timings],
        "searching": [one.searching for one in measured.timings],
        "both": [one.embedding + one.searching for one in measured.timings],
    }
    for name, seconds in parts.items():
        middle, high = median_and_95(seconds)
        yield f"{name}: {middle:.1f} ms in the median, {high:.1f} ms at the 95th percentile"
    spent = sum(one.seconds for one in measured.uploaded.values())
    passages = sum(one.passages for one in measured.uploaded.values())
    yield f"reading in: {spent:.1f} s, {passages / max(spent, 1e-3):.0f} passages a second"
