"""The command `python -m evals.judge.train_screening`: makes the weights by which screening knows words to the judge.

Learns from texts of our own only: data/judge/tuned, the attacks and goals of data/scoring. Deterministic; needs no network. Never
reads a held-out text.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from evals.judge.screening import DATA, TUNED, Screened, measure, show
from evals.scoring.data import OWN
from evals.scoring.judging import scorecard
from nodes.screening import head
from nodes.screening.deeds import Deed, Told, read_sentences
from nodes.screening.head import SCALE, SIZE, WEIGHTS, features
from nodes.screening.segments import Segment
from nodes.screening.talk import strongest

Floats = npt.NDArray[np.float32]
STEPS, RATE, DECAY = 250, 4.0, 1e-4
PART_COUNTS = 0.15
"""What a part of a sentence counts beside the whole one: it is less sure to be what its sentence is."""
PAIRED = {
    "first": ("honest.jsonl", "attacks.jsonl"),
    "second": ("honest_j.jsonl", "attacks_j.jsonl"),
    "third": ("honest_k.jsonl", "attacks_k.jsonl"),
    "fourth": ("honest_n.jsonl", "attacks_n.jsonl"),
    "fifth": ("honest_o.jsonl", "attacks_o.jsonl"),
    "sixth": ("honest_p.jsonl", "attacks_p.jsonl"),
}
"""Whose goals have twins, and where they are."""
SENTENCES = {"sentences": "sentences.jsonl", "third": "sentences_k.jsonl"}
"""Who wrote single sentences; the third wrote goals as well."""
SCORING, MEASURED = "scoring", "measured"
"""The goals of other measurings; those of amounts and times are short, and none is talk."""
PADDED = ("padding_300_words",)
"""Attacks that are mostly talk about nothing."""
MOST = 127
"""The largest weight that a byte holds."""


@dataclass(frozen=True, slots=True)
class Example:
    """A stretch, whether it is talk, how much it counts, and who wrote it."""

    places: tuple[int, ...]
    talk: bool
    counts: float
    author: str
    told: str


def examples() -> list[Example]:
    """Every sentence and part of one."""
    found: list[Example] = []
    for text, talk, author in _texts():
        for one in read_sentences(text):
            found += _examples(text, one, talk, author)
    return found


def _examples(text: str, one: Told, talk: bool, author: str) -> Iterator[Example]:
    parts, deeds = one.parts, one.deeds
    if not parts:
        return
    told = text[parts[0].start : parts[-1].end]
    yield Example(_places(parts, strongest(deeds)), talk, 1.0, author, told)
    for part, deed in zip(parts, deeds, strict=True):
        if len(parts) > 1 and not (talk and deed is Deed.SURE):
            yield Example(_places([part], deed), talk, PART_COUNTS, author, text[part.start : part.end])


def _places(parts: Sequence[Segment], deed: Deed) -> tuple[int, ...]:
    return features(tuple(token for part in parts for token in part.tokens), deed)


def _texts() -> Iterator[tuple[str, bool, str]]:
    """Texts about work and texts to the judge, each with who wrote it."""
    for author, (honest, attacks) in PAIRED.items():
        for row in _rows(DATA / TUNED / honest):
            yield f"{row['with']}\n{row['without']}", False, author
        for row in _rows(DATA / TUNED / attacks):
            yield row["text"].replace(row["weak"], "\n"), True, author
            yield row["weak"], False, author
    for author, told in SENTENCES.items():
        yield from ((row["text"], bool(row["talk"]), author) for row in _rows(DATA / TUNED / told))
    for path in sorted((DATA / TUNED).glob("measure_time*.jsonl")):
        yield from ((row["text"], False, MEASURED) for row in _rows(path))
    yield from ((text, talk, SCORING) for text, talk in _scoring_texts())


def _scoring_texts() -> Iterator[tuple[str, bool]]:
    for row in _rows(OWN / "attacks.jsonl"):
        if row["where"] != "document" and row["kind"] not in PADDED:
            yield row["text"].replace("{goal}", "\n"), True
    for name in ("values", "actions", "weak", "goals/singles"):
        yield from ((row["text"], False) for row in _rows(OWN / f"{name}.jsonl"))
    for row in _rows(OWN / "goals/pairs.jsonl"):
        yield f"{row['vague']}\n{row['smart']}", False
    for row in _rows(OWN / "links.jsonl"):
        yield f"{row['vision']}\n{row['actions']}", False


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        yield from map(json.loads, filter(str.strip, path.read_text(encoding="utf-8").split("\n")))


def train(found: Sequence[Example]) -> Floats:
    """Weights of a logistic regression; both kinds count the same in sum."""
    read = _Matrix(found)
    wanted = np.array([e.talk for e in found], dtype=np.float32)
    counts = np.array([e.counts for e in found], dtype=np.float32)
    counts /= np.where(wanted > 0, counts[wanted > 0].sum(), counts[wanted == 0].sum())
    weights: Floats = np.zeros(SIZE, dtype=np.float32)
    speed: Floats = np.zeros_like(weights)
    for _ in range(STEPS):
        said: Floats = np.reciprocal(1 + np.exp(-read.times(weights)), dtype=np.float32)
        speed *= 0.9
        speed -= RATE * (read.back((said - wanted) * counts) + DECAY * weights)
        weights += speed
    return weights


class _Matrix:
    """Examples by their features, of which each has few: one row an example."""

    def __init__(self, found: Sequence[Example]) -> None:
        lengths = np.array([len(e.places) for e in found])
        self._places = np.concatenate([e.places for e in found])
        self._starts = np.cumsum(lengths) - lengths
        self._owner = np.repeat(np.arange(len(found)), lengths)
        self._strength = (1.0 / np.sqrt(lengths)).astype(np.float32)[self._owner]

    def times(self, weights: Floats) -> Floats:
        """What weights say of each example."""
        said: Floats = np.add.reduceat(weights[self._places] * self._strength, self._starts)
        return said

    def back(self, rows: Floats) -> Floats:
        """What rows come to for each weight."""
        return np.bincount(self._places, rows[self._owner] * self._strength, SIZE).astype(np.float32)


def without(found: Sequence[Example], author: str) -> Floats:
    """Weights of what the others wrote."""
    return train([e for e in found if e.author != author])


def mistakes(found: Sequence[Example], author: str, weights: Floats) -> list[tuple[float, Example]]:
    """The sentences of an author that weights get wrong, with the level they give."""
    left = [e for e in found if e.author == author and e.counts == 1.0]
    said = _Matrix(left).times(weights)
    return [(float(s), e) for s, e in zip(said, left, strict=True) if (s > 0) != e.talk]


def as_bytes(weights: Floats) -> npt.NDArray[np.int8]:
    """Weights as they are kept."""
    kept: npt.NDArray[np.int8] = np.clip(np.rint(weights * SCALE), -MOST, MOST).astype(np.int8)
    return kept


def check(found: Sequence[Example], told: bool) -> None:
    """What weights that are made without an author's texts make of these."""
    for author in dict.fromkeys((*PAIRED, *SENTENCES, SCORING)):
        weights = without(found, author)
        wrong = mistakes(found, author, weights)
        talk = sum(e.talk for e in found if e.author == author and e.counts == 1.0)
        work = sum(not e.talk for e in found if e.author == author and e.counts == 1.0)
        missed = sum(e.talk for _, e in wrong)
        print(f"{author}: {missed} of {talk} of talk missed, {len(wrong) - missed} of {work} of work taken for talk")
        for level, example in sorted(wrong, key=lambda m: m[0]) if told else ():
            print(f"  {level:+.1f} {'talk' if example.talk else 'work'} {' '.join(example.told.split())[:150]!r}")
        if author in PAIRED:
            show(_judged_with(weights, author), told)


def _judged_with(weights: Floats, author: str) -> Screened:
    """How an author's goals and attacks are scored with other weights than the product's."""
    places = tuple(as_bytes(weights).tolist())
    for kept in (scorecard, head.score):
        kept.cache_clear()
    with patch.object(head, "_weights", lambda: places):
        found = measure(author, *(DATA / TUNED / name for name in PAIRED[author]))
    for kept in (scorecard, head.score):
        kept.cache_clear()
    return found


def main(arguments: list[str] | None = None) -> int:
    """Check by leaving out one author at a time, train on everything, write the weights."""
    parser = argparse.ArgumentParser("python -m evals.judge.train_screening", description=__doc__)
    parser.add_argument("--texts", action="store_true", help="show the tuned texts that came out wrong unseen")
    parser.add_argument("--no-check", action="store_true", help="leave out the check by authors")
    chosen = parser.parse_args(arguments)
    found = examples()
    if not chosen.no_check:
        check(found, chosen.texts)
    np.save(WEIGHTS, as_bytes(train(found)))
    print(f"Written: {WEIGHTS}, of {len(found)} stretches")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
