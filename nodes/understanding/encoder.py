"""A small encoder of texts in five languages: token vectors, three attention layers in a byte a weight, mean and maximum.

Made by `python -m evals.talk.train` from the first layers of multilingual-e5-small (docs/decisions/0017-what-reads-acts.md). All
texts of a call run as one sequence without padding; tokens see only those of their own text, so a text's vector doesn't
depend on its company.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # loaded with the encoder
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parent / "heads"
MOST_TOKENS = 48
"""Tokens of a text that are read: what somebody means stands at its beginning."""
TOKENS_AT_ONCE = 512
"""Attention of a run grows with the square of its tokens."""
BLOCK = 32
"""Numbers of a token's vector that share a scale."""
UNKNOWN = 3
"""The token that stands for nothing known, and for an empty text."""
APART = np.float32(-1e4)
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Table:
    """Vectors of tokens, half a byte a number."""

    codes: NDArray[np.uint8]
    """Shape (tokens, blocks, BLOCK / 2): number j in the low half of byte j, number j + BLOCK / 2 in its high half."""
    scales: NDArray[np.float16]
    """Shape (tokens, blocks)."""

    def rows(self, at: NDArray[np.int64]) -> Floats:
        """The vectors of these tokens, shape (len(at), dimensions)."""
        codes = self.codes[at]
        halves = np.concatenate([codes & 15, codes >> 4], axis=-1).astype(np.float32) - 8
        rows: Floats = (halves * self.scales[at].astype(np.float32)[..., None]).reshape(len(at), -1)
        return rows


@dataclass(frozen=True)
class Encoder:
    """What makes vectors of texts."""

    tokenizer: "Tokenizer"
    table: Table
    places: Floats
    """Shape (MOST_TOKENS, dimensions): what a token's place adds to it."""
    layers: "InferenceSession"

    def __call__(self, texts: Sequence[str]) -> Floats:
        """Shape (len(texts), 2 * dimensions): the mean and the maximum of each text's tokens."""
        # One by one: a batch wakes threads, which takes longer than a message's few texts.
        ids = [self.tokenizer.encode(text).ids[:MOST_TOKENS] or [UNKNOWN] for text in texts]
        return np.concatenate([self._run(group) for group in _groups(ids)])

    def _run(self, ids: Sequence[Sequence[int]]) -> Floats:
        lengths = np.array([len(one) for one in ids])
        starts = np.cumsum(lengths) - lengths
        owner = np.repeat(np.arange(len(ids)), lengths)
        place = np.arange(len(owner)) - starts[owner]
        tokens = self.table.rows(np.concatenate(ids).astype(np.int64)) + self.places[place]
        apart = np.where(owner[:, None] == owner, np.float32(0), APART)
        states: Floats = self.layers.run(None, {"tokens": tokens, "apart": apart})[0]
        means = np.add.reduceat(states, starts) / lengths[:, None].astype(np.float32)
        return np.concatenate([means, np.maximum.reduceat(states, starts)], axis=1)


def _groups(ids: Sequence[Sequence[int]]) -> list[list[Sequence[int]]]:
    """The texts in order, as many a run as TOKENS_AT_ONCE allows."""
    groups: list[list[Sequence[int]]] = [[]]
    for one in ids:
        if groups[-1] and sum(map(len, groups[-1])) + len(one) > TOKENS_AT_ONCE:
            groups.append([])
        groups[-1].append(one)
    return groups


@cache
def load_encoder() -> Encoder:
    """The encoder, read once; it stays on the thread that calls it."""
    from onnxruntime import (  # 24 MB with the tokenizer, which nobody needs before the first message
        InferenceSession,
        SessionOptions,
    )
    from tokenizers import Tokenizer

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    layers = InferenceSession(str(FOLDER / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
    with np.load(FOLDER / "tokens.npz") as kept:
        table = Table(kept["codes"], kept["scales"])
        places = kept["places"]
    return Encoder(Tokenizer.from_file(str(FOLDER / "tokens.json")), table, places, layers)
