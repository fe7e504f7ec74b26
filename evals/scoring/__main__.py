"""The command `python -m evals.scoring`."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from evals.scoring.catalogue import SUITES
from evals.scoring.data import Data, read_data
from evals.scoring.langsmith import KEY, upload
from evals.scoring.page import page
from evals.scoring.release import write_release
from evals.scoring.report import show
from evals.scoring.results import Results, about
from evals.scoring.suite import Suite
from state.errors import PetrafError

REPORTS = Path(__file__).parents[1] / "reports"
MISSED, NOT_MEASURED = 1, 2
HELP = """\
Measure whether the score can be trusted: does a good goal score above a weak one, does the score stay when only the words
change, can anybody be favoured, and can the judge be talked into points?

Without settings it measures on our own small set and sends nothing anywhere.

  PETRAF_EVAL_DATA    a folder with goals/pairs.jsonl, rows {"id", "profession", "vague", "smart", "smart_has_number",
                      "smart_has_deadline"}; goals/singles.jsonl, rows {"id", "text", "label": "good" or "weak",
                      "missing": [criteria], "label_strength": "explicit" or another}; and companydocs/ as for retrieval
  LANGSMITH_API_KEY   also uploads each suite to LangSmith, as a dataset and an experiment on it. The texts of the goals go
                      there too. LANGSMITH_ENDPOINT names a server of your own

Ends with 0 when every bar is reached, with 1 when one is missed, and with 2 when nothing could be measured; an upload that
fails is told and changes none of that.
"""


def main(arguments: list[str] | None = None) -> int:
    """Measure, show, write the report, upload. The exit code."""
    chosen = _chosen(arguments)
    folder = os.environ.get("PETRAF_EVAL_DATA")
    try:
        data = read_data(Path(folder) if folder else None)
    except PetrafError as error:
        print(error.message, file=sys.stderr)
        return NOT_MEASURED
    names = [name for name in SUITES if not chosen.suite or name in chosen.suite]
    results = Results(data.kind, not folder, about(data), _measured(names, data))
    show(Console(), results)
    for written in _written(chosen.reports, results, chosen.release):
        print(f"Written: {written}")
    print(_uploaded(results))
    return 0 if results.held else MISSED


def _chosen(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m evals.scoring", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--suite", action="append", choices=SUITES, help="only this one; may be given several times")
    parser.add_argument("--reports", type=Path, default=REPORTS, help="folder of scoring.html (default: evals/reports)")
    parser.add_argument("--release", action="store_true", help="also write RELEASE.md there, the figures of a release")
    chosen = parser.parse_args(arguments)
    if chosen.release and chosen.suite:
        parser.error("--release is about every suite: leave out --suite")
    return chosen


def _measured(names: Sequence[str], data: Data) -> tuple[Suite, ...]:
    suites = list[Suite]()
    with _progress() as progress:
        bar = progress.add_task("", total=len(names))
        for name in names:
            progress.update(bar, description=f"Measuring {name}")
            suites.append(SUITES[name](data))
            progress.advance(bar)
    return tuple(suites)


def _progress() -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=not sys.stderr.isatty())


def _written(folder: Path, results: Results, release: bool) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scoring.html").write_text(page(results), encoding="utf-8")
    yield folder / "scoring.html"
    if release:
        yield from write_release(folder, results)


def _uploaded(results: Results) -> str:
    if not os.environ.get(KEY):
        return f"Not uploaded: {KEY} is not set."
    try:
        with _progress() as progress:
            bar = progress.add_task("Uploading to LangSmith", total=len(results.suites))
            names = upload(results, lambda: progress.advance(bar))
        return f"Uploaded to LangSmith: {', '.join(names)}"
    except PetrafError as error:
        return error.message


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
