"""The figures on the terminal."""

from rich import box
from rich.console import Console
from rich.table import Table

from evals.scoring.results import OWN_SET, Results

COLUMNS = ("suite", "figure", "wanted", "got", "")


def show(console: Console, results: Results) -> None:
    """Every bar, and whose goals these are."""
    console.print(f"\nScoring on {results.kind}", style="bold", highlight=False)
    console.print(results.about, highlight=False)
    if results.own:
        console.print(OWN_SET, style="yellow", highlight=False)
    table = Table(*COLUMNS, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for row in rows(results):
        table.add_row(*row, style=None if row[-1] == "held" else "bold red")
    console.print(table)


def rows(results: Results) -> list[tuple[str, ...]]:
    """A row for each bar; the suite's name stands at its first."""
    return [
        ("" if place else suite.name, bar.name, bar.wanted, bar.got, "held" if bar.held else "MISSED")
        for suite in results.suites
        for place, bar in enumerate(suite.bars)
    ]


def number(value: float) -> str:
    """A figure without needless zeros."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
