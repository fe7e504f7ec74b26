"""`python -m bench`: what `make bench` runs."""

import asyncio
import json
import platform
import time
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench.corpus import PASSAGES
from bench.ingestion import run_ingestion
from bench.places import BENCH_FOLDER, LATEST
from bench.report import WIDTH, table
from bench.score import run_score
from bench.search import Asked, run_search
from bench.turns.measure import run_turns
from bench.turns.report import turns_results, turns_table
from bench.understanding import run_understanding


class Part(StrEnum):
    """What can be measured."""

    all = "all"
    search = "search"
    ingest = "ingest"
    score = "score"
    understanding = "understanding"
    turns = "turns"


def run(
    part: Annotated[Part, typer.Argument(help="What to measure.")] = Part.all,
    passages: Annotated[
        int,
        typer.Option(min=20_000, help="Size of the corpus; the first run of a size builds it, later ones reuse it."),
    ] = PASSAGES,
    queries: Annotated[int, typer.Option(min=1, help="Queries of each size of company.")] = 200,
    searches: Annotated[int, typer.Option(min=1, help="Searches that look for another company's passages.")] = 100_000,
    reuse: Annotated[bool, typer.Option(help="Keep the corpus even though the schema has changed.")] = False,
) -> None:
    """Measure searching a corpus of many companies, ingesting documents, scoring goals, understanding messages and whole turns,
    each against a floor of the same run; turns also against plain LangServe, into bench/results/latest.json.

    Nothing is asserted: read the ratios. The corpus, its vectors and results.json are kept in .bench; remove that folder
    to start over. Set PETRAF_EVAL_DATA to make the corpus of more handbooks than come with Petraf, and to judge real goals
    of its goals/*.jsonl. A million passages take about 15 GB of disk and half an hour or more; try
    `search --passages 50000 --searches 2000` first.
    """
    BENCH_FOLDER.mkdir(exist_ok=True)
    console = Console()
    console.width = max(console.width, WIDTH)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        asked = Asked(passages, queries, searches, reuse)
        search = asyncio.run(run_search(asked, progress)) if part in (Part.all, Part.search) else None
        ingested = run_ingestion(progress) if part in (Part.all, Part.ingest) else []
        scored = run_score(progress) if part in (Part.all, Part.score) else None
        understood = run_understanding(progress) if part in (Part.all, Part.understanding) else None
        turns = run_turns(progress) if part in (Part.all, Part.turns) else None
    if turns:
        console.print(turns_table(turns))
        LATEST.parent.mkdir(exist_ok=True)
        LATEST.write_text(json.dumps(turns_results(turns), indent=1) + "\n")
    if part != Part.turns:
        console.print(table(search, ingested, scored, understood))
    results = {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "machine": platform.platform(),
        "search": search.as_json() if search else None,
        "ingestion": [asdict(one) for one in ingested],
        "score": asdict(scored) if scored else None,
        "understanding": asdict(understood) if understood else None,
        "turns": {name: asdict(one) for name, one in turns.items()} if turns else None,
    }
    written = BENCH_FOLDER / "results.json"
    written.write_text(json.dumps(results, indent=1))
    console.print(f"Every single measurement is in {written}")


if __name__ == "__main__":
    typer.run(run)
