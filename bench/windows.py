"""Real text and real vectors to make a corpus of: windows of sentences of company handbooks, embedded once and kept.

Random vectors would prove nothing: they have no neighbourhoods, and that's what an approximate index lives on.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress, TaskID

from bench.places import BENCH_FOLDER, OWN_QUESTIONS, OWN_TEXTS
from retrievers.embeddings import build_embeddings
from retrievers.parse import READERS, parse

Vectors = NDArray[np.float32]
Sentences = list[list[str]]

WINDOWS = 20_000
HELD_OUT = 12
"""Every so many sentences one is kept out of all windows, to ask with."""
FEWEST_WORDS = 4
LONGEST_WINDOW = 3
"""Sentences."""
STARTS = tuple(chain(range(0, 40, 4), range(2, 40, 4), range(1, 40, 2)))
"""At which words of a sentence windows begin, in order: there are fewer sentences than windows wanted."""
AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Embedded:
    """Texts with their vectors, one row each."""

    texts: tuple[str, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Bases:
    """What passages are made of, and what is asked: sentences that are in no passage, and the evaluation's questions."""

    windows: Embedded
    queries: Embedded


def load_bases(progress: Progress) -> Bases:
    """The windows and queries with their vectors, from `.bench` if they are there."""
    windows, asked = load_texts()
    return Bases(_embedded("windows", windows, progress), _embedded("queries", asked, progress))


def load_texts() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts of the windows and of the queries."""
    runs, asked = _texts()
    return tuple(islice(_windows(runs), WINDOWS)), tuple(asked)


def folders() -> list[Path]:
    """Where handbooks are: the evaluation's large set if it is there, and our own small one."""
    given = os.environ.get("PETRAF_EVAL_DATA")
    large = [Path(given) / "companydocs"] if given and (Path(given) / "companydocs").is_dir() else []
    return [*large, OWN_TEXTS]


def _texts() -> tuple[list[Sentences], list[str]]:
    """Runs of neighbouring sentences, and the queries."""
    runs: list[Sentences] = []
    asked: list[str] = []
    for path in sorted(chain.from_iterable(folder.rglob("*.*") for folder in folders())):
        if path.suffix not in READERS or path.name == "SOURCES.md":
            continue
        run: Sentences = []
        for number, sentence in enumerate(_sentences(path), 1):
            if number % HELD_OUT:
                run.append(sentence.split())
            else:
                asked.append(sentence)
                runs.append(run)
                run = []
        runs.append(run)
    for path in sorted(chain(folders()[0].glob("questions.jsonl"), OWN_QUESTIONS.glob("*.jsonl"))):
        asked.extend(json.loads(line)["question"] for line in path.read_text().splitlines())
    return [run for run in runs if run], asked


def _sentences(path: Path) -> Iterator[str]:
    for piece in parse(path.name, path.read_bytes()).pieces:
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", piece.content):
            if len(sentence.split()) >= FEWEST_WORDS:
                yield sentence


def _windows(runs: Sequence[Sentences]) -> Iterator[str]:
    """Distinct windows: those at the start of a sentence first."""
    seen: set[str] = set()
    for start in STARTS:
        for run in runs:
            for first in range(len(run)):
                if len(run[first]) - start < FEWEST_WORDS:
                    continue
                for length in range(1, min(LONGEST_WINDOW, len(run) - first) + 1):
                    text = " ".join([*run[first][start:], *chain.from_iterable(run[first + 1 : first + length])])
                    if text not in seen:
                        seen.add(text)
                        yield text


def _embedded(what: str, texts: tuple[str, ...], progress: Progress) -> Embedded:
    stamp = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    kept = BENCH_FOLDER / f"{what}-{stamp}.npy"
    if not kept.exists():
        vectors = _embed(texts, progress.add_task(f"embedding {len(texts):,} {what}", total=len(texts)), progress)
        kept.parent.mkdir(exist_ok=True)
        partial = kept.with_suffix(".part.npy")
        np.save(partial, vectors)
        partial.rename(kept)
    vectors = np.load(kept)
    return Embedded(texts, vectors)


def _embed(texts: Sequence[str], task: TaskID, progress: Progress) -> Vectors:
    """Texts of like length together, so that little is padded."""
    model = build_embeddings("local").embeddings
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    vectors = np.empty((len(texts), build_embeddings("local").dimensions), dtype=np.float32)
    for start in range(0, len(order), AT_ONCE):
        batch = order[start : start + AT_ONCE]
        vectors[batch] = model.embed_documents([texts[index] for index in batch])
        progress.advance(task, len(batch))
    return vectors
