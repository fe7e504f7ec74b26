"""Does the coach hear people? Acts of single segments, and whole dialogues by their properties; tuned beside held-out.

make eval-talk                                  # all figures; exits with an error where a bar is missed
.venv/bin/python -m evals.talk --show           # also what came out wrong of the tuned texts; never of the held-out ones
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from evals.bars import Bar
from evals.retrieval.pipeline import scratch_database
from evals.talk.data import Row, read_acts, read_dialogues, unseen
from evals.talk.measure import Figures, all_right, figures_of, segments_right, told_wrong
from evals.talk.walk import Walked, Walker
from retrievers.embeddings import LOCAL, build_embeddings
from retrievers.library import Library
from state.company import TenantConfig
from state.identity import proven_tenant
from state.records.companies.tenants import NewTenant, seed_tenant
from state.records.database import Database

SPLITS = ("tuned", "heldout")


def main() -> None:
    """Measure and print; exit 1 where a held-out bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print what came out wrong of the tuned texts")
    parser.add_argument(
        "--tuned", action="store_true", help="walk the tuned dialogues only and print what came out wrong"
    )
    parser.add_argument("--only", help="only the tuned dialogue of this id, told in full")
    parser.add_argument("--database", help="a PostgreSQL server to use; the embedded one otherwise")
    options = parser.parse_args()
    splits = ("tuned",) if options.only or options.tuned else SPLITS
    walked = asyncio.run(_walk(splits, options.database, options.only))
    if options.only:
        _tell(walked["tuned"])
        return
    if options.tuned:
        print("\n".join(told_wrong(walked["tuned"])))
        print(f"{sum(map(all_right, walked['tuned']))} of {len(walked['tuned'])} dialogues right in everything")
        return
    segments = _segments()
    figures = {split: figures_of(walked[split], *segments_right(segments[split])) for split in splits}
    _table(figures)
    if options.show:
        print("\n".join(told_wrong(walked["tuned"])))
    sys.exit(0 if all(bar.held for bar in figures["heldout"].bars) else 1)


def _segments() -> dict[str, list[Row]]:
    """The labelled segments by split, of the held-out ones those that don't stand among the tuned; says how many do."""
    tuned, heldout = map(read_acts, SPLITS)
    new = unseen(heldout, tuned)
    print(
        f"{len(heldout) - len(new)} of {len(heldout)} held-out segments left out: they stand word for word among the tuned"
    )
    return {"tuned": tuned, "heldout": new}


async def _walk(splits: Sequence[str], server: str | None, only: str | None) -> dict[str, list[Walked]]:
    with scratch_database(server) as url:
        async with Database.connect(url) as database:
            row, _ = await seed_tenant(
                database,
                NewTenant("talk", "Talk", "talk.example", "hr@talk.example", config=TenantConfig(rag_enabled=False)),
            )
            walker = Walker(database, proven_tenant(row.id), Library(database, build_embeddings(LOCAL)))
            return {
                split: [await walker.walk(d) for d in read_dialogues(split) if only in (None, d.id)] for split in splits
            }


def _table(figures: dict[str, Figures]) -> None:
    names = [bar.name for bar in figures["tuned"].bars]
    print(f"{'':58}{'wanted':>14}{'tuned':>9}{'held out':>10}")
    for number, name in enumerate(names):
        row: list[Bar] = [figures[split].bars[number] for split in SPLITS]
        print(f"{name:58}{row[1].wanted:>14}{row[0].got:>9}{row[1].got:>10}{'' if row[1].held else '  missed'}")
    for name in figures["tuned"].others:
        print(f"{name:72}{figures['tuned'].others[name]:>9.3f}{figures['heldout'].others[name]:>10.3f}")


def _tell(walked: Sequence[Walked]) -> None:
    for one in walked:
        for turn in one.turns:
            print(f"> {turn.said}\n  {turn.acts}\n{turn.spoken}\n  [{turn.ended}; saved {turn.saved}]\n")


if __name__ == "__main__":
    main()
