"""The command `python -m evals.retrieval`."""

import argparse
import asyncio
import logging
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from evals.retrieval.asking import measure
from evals.retrieval.dataset import Data, read_data
from evals.retrieval.measure import Measured, bars
from evals.retrieval.pipeline import scratch_database
from evals.retrieval.report import show, write
from state.errors import PetrafError

REPORTS = Path(__file__).parents[1] / "reports"
MISSED, NOT_MEASURED = 1, 2
HELP = """\
Measure how well the passages that answer a question are found, through the real pipeline.

Without settings it measures on our own small set, in an embedded database of its own.

  PETRAF_EVAL_DATA     a folder with companydocs/ORGANISATION/… (every file is uploaded), companydocs/questions.jsonl
                       with rows {"id", "org", "question", "expected_file", "expected_substring", "also_in": []},
                       and companydocs/unanswerable.jsonl with rows {"id", "org", "question"} if there are such
  PETRAF_DATABASE_URL  a server where a scratch database is made, and dropped afterwards; its login needs the right to

A passage is right when it stands in the expected file, or in one of also_in, and holds the expected words; markup,
punctuation, case and line breaks don't count. Ends with 0 when every bar is reached, with 1 when one is missed, and
with 2 when nothing could be measured.
"""


def main(arguments: list[str] | None = None) -> int:
    """Measure, show, write the reports. The exit code."""
    parser = argparse.ArgumentParser(
        "python -m evals.retrieval", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=Path, default=REPORTS, help="folder of retrieval.md and retrieval.svg")
    chosen = parser.parse_args(arguments)
    folder = os.environ.get("PETRAF_EVAL_DATA")
    try:
        data = read_data(Path(folder) if folder else None)
        measured = _measured(data, os.environ.get("PETRAF_DATABASE_URL") or None)
    except PetrafError as error:
        print(error.message, file=sys.stderr)
        return NOT_MEASURED
    show(Console(), data, measured)
    write(chosen.reports, data, measured)
    print(f"Written: {chosen.reports / 'retrieval.md'} and retrieval.svg")
    return 0 if all(bar.held for bar in bars(measured)) else MISSED


def _measured(data: Data, server: str | None) -> Measured:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=not sys.stderr.isatty()) as progress:
        bar = progress.add_task("Making a database", total=None)

        def told(what: str, done: int, of: int) -> None:
            progress.update(bar, description=what, completed=done, total=of)

        with scratch_database(server) as url:
            return asyncio.run(measure(data, url, told))


def _leave(number: int, _: FrameType | None) -> None:
    """Leave through the same clean-up as Ctrl-C, so that no scratch database stays."""
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _leave)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
