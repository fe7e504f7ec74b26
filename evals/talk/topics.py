"""Trains what the rule coach answers a question by: which of its answers a question about the conversation wants.

    python -m evals.talk.topics            cross-validated by author, then trained on all and written
    python -m evals.talk.topics --check    only the figures
    python -m evals.talk.topics --show     also the questions that were taken for something else

Texts stand in `evals/data/talk/topics/tuned`, a file an author; `words` holds words that a topic is told by. Questions about a
word or the company (`evals/data/talk/acts/tuned`) are topics of their own, so that one which was taken for a question about the
conversation can still be told from it.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from evals.talk.data import FOLDER, Row, read_acts
from evals.talk.folds import by_language, confusions, cross_validated, temperature
from evals.talk.ngrams import Floats, Numbers, fit, packed, sparse
from evals.talk.train import save
from nodes.rules.answers.topics import ELSEWHERE

TOPICS = FOLDER / "topics" / "tuned"
EPOCHS = 40
RATE = 0.1
"""Twenty epochs at half the rate lost two points in cross-validation, more epochs gained nothing."""


def main() -> None:
    """Measure, and write the head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--show", action="store_true", help="print what came out wrong")
    options = parser.parse_args()
    rows = read_topics()
    names = sorted({row.act for row in rows})
    data = sparse([row.text for row in rows], [names.index(row.act) for row in rows])

    def read(train: Numbers, held: Numbers) -> Floats:
        return fit(data.only(train), len(names), EPOCHS, RATE).scores(data.only(held))

    scores, held = cross_validated(rows, read)
    warmth = _figures(rows, names, scores, held, show=options.show)
    if not options.check:
        save("topics", names, warmth, **packed(fit(data, len(names), EPOCHS, RATE)))


def read_topics() -> list[Row]:
    """Every text with its topic as its act, in a fixed order."""
    elsewhere = [
        Row(row.text, row.about, "", row.language, row.author) for row in read_acts("tuned") if _elsewhere(row)
    ]
    return [row for path in sorted(TOPICS.glob("*.jsonl")) for row in _rows(path)] + elsewhere


def _elsewhere(row: Row) -> bool:
    return row.act == "question" and row.about in ELSEWHERE


def _rows(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").splitlines():
        kept = json.loads(line)
        yield Row(kept["text"], kept["topic"], "", kept.get("lang", "en"), path.stem)


def _figures(rows: Sequence[Row], names: Sequence[str], scores: Floats, held: Numbers, *, show: bool) -> float:
    labels = np.array([names.index(rows[i].act) for i in held])
    best = scores.argmax(axis=1)
    warmth = temperature(scores, labels)
    inside = np.flatnonzero([names[label] not in ELSEWHERE for label in labels])
    right = best == labels
    print(f"all: {by_language([rows[i] for i in held], right)}, temperature {warmth:.2f}")
    print(f"about the conversation: {by_language([rows[held[i]] for i in inside], right[inside])}")
    print("\n".join(confusions(scores, labels, names)), flush=True)
    if show:
        wrong = [i for i in inside if not right[i]]
        print("\n".join(f"{rows[held[i]].text} | {names[labels[i]]} taken for {names[best[i]]}" for i in wrong))
    return warmth


if __name__ == "__main__":
    main()
