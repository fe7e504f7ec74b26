"""The command `python -m evals.judge`."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from evals.judge.data import FOLDER, Data, Part, read_data
from evals.judge.measure import Figure, date_right, figures, measure_right, time_right
from state.errors import PetrafError

MISSED, NOT_MEASURED = 1, 2
HELP = """\
Measure whether the judge reads amounts and times: is what can be checked seen, is what says by when or how often seen, and is
the day it names the right one? Tuned texts were known when the rules were written, held-out ones were not: only the held-out
figures count, and no text of theirs is ever printed.

Ends with 0 when every bar is reached, with 1 when one is missed, and with 2 when nothing could be measured.
"""


def main(arguments: list[str] | None = None) -> int:
    """Measure and show. The exit code."""
    chosen = _chosen(arguments)
    try:
        tuned, heldout = _required("tuned"), read_data("heldout", chosen.data)
    except PetrafError as error:
        print(error.message, file=sys.stderr)
        return NOT_MEASURED
    counted = figures(heldout) if heldout else ()
    Console().print(_table(figures(tuned), counted))
    if heldout is None:
        print("There are no held-out texts here: the bars are read off the tuned ones.")
    for line in _wrong(tuned) if chosen.wrong else ():
        print(line)
    return 0 if all(figure.held for figure in counted or figures(tuned)) else MISSED


def _chosen(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m evals.judge", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wrong", action="store_true", help="also list the tuned texts that are read wrong")
    parser.add_argument(
        "--data", type=Path, default=FOLDER, help="folder that holds heldout/ (default: evals/data/judge)"
    )
    return parser.parse_args(arguments)


def _required(part: Part) -> Data:
    data = read_data(part)
    if data is None:
        raise PetrafError(f"evals/data/judge/{part} is missing.")
    return data


def _table(tuned: tuple[Figure, ...], heldout: tuple[Figure, ...]) -> Table:
    table = Table("figure", "wanted", "tuned", "held-out", "", box=box.SIMPLE_HEAD)
    for place, figure in enumerate(tuned):
        counted = heldout[place] if heldout else figure
        shown = f"{counted.value:.3f}" if heldout else "-"
        held = "held" if counted.held else "MISSED"
        table.add_row(figure.name, f"at least {figure.wanted}", f"{figure.value:.3f}", shown, held)
    return table


def _wrong(data: Data) -> Iterator[str]:
    for row in data.told:
        for name, right in (("measure", measure_right), ("time", time_right)):
            if not right(row):
                yield f"{name}: {row.id} {row.text}"
    yield from (f"date: {row.due} {row.text}" for row in data.dated if not date_right(row))


if __name__ == "__main__":
    sys.exit(main())
