"""Tunes the encoder on our segments and its teacher's opinions: AdamW, warm-up and linear decay, noise anew in every epoch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from evals.talk.network import Network
from evals.talk.noise import noisy
from nodes.understanding.encoder import MOST_TOKENS

EPOCHS = 3
BATCH = 32
RATE, HEAD_RATE = 1.5e-4, 1e-3
DECAY = 0.01
AGREEMENT = 2.0
"""What pointing where the teacher points counts beside the labels."""
WARM = 0.06
LONGEST_SLOPE = 1.0
SEED = 7
SORTED_TOGETHER = 50
"""Batches whose texts are sorted by length, so that little is filled up."""
FILLING, UNKNOWN = 1, 3


@dataclass(frozen=True)
class Batch:
    """Texts of about the same length."""

    rows: list[int]
    tokens: Tensor
    real: Tensor


@dataclass(frozen=True)
class Lessons:
    """What is learned."""

    texts: list[str]
    goals: Tensor
    """Shares of the labels, shape (texts, labels)."""
    aims: Tensor
    """Where the teacher points, of length 1 each, shape (texts, directions)."""


def batches(tokenizer: Tokenizer, texts: Sequence[str], size: int, random: Random | None) -> Iterator[Batch]:
    """All texts in batches, in another order each time where there is a `random`."""
    ids = [encoded.ids[:MOST_TOKENS] or [UNKNOWN] for encoded in tokenizer.encode_batch(list(texts))]
    order = list(range(len(ids)))
    if random:
        random.shuffle(order)
    chunk = size * SORTED_TOGETHER if random else len(order)
    for start in range(0, len(order), chunk):
        near = sorted(order[start : start + chunk], key=lambda row: len(ids[row]))
        groups = [near[i : i + size] for i in range(0, len(near), size)]
        if random:
            random.shuffle(groups)
        yield from (_filled(group, [ids[row] for row in group]) for group in groups)


def _filled(rows: list[int], ids: Sequence[Sequence[int]]) -> Batch:
    longest = max(map(len, ids))
    tokens = torch.tensor([[*one, *[FILLING] * (longest - len(one))] for one in ids])
    lengths = torch.tensor([len(one) for one in ids])
    return Batch(rows, tokens, torch.arange(longest) < lengths[:, None])


def tune(network: Network, tokenizer: Tokenizer, lessons: Lessons) -> None:
    """Train in place. The same seed, threads and processor give the same weights."""
    torch.manual_seed(SEED)
    random, pointer = Random(SEED), nn.Linear(network.head.in_features, lessons.aims.shape[1])  # noqa: S311
    body = [p for name, p in network.named_parameters() if p.requires_grad and not name.startswith("head")]
    heads = [*network.head.parameters(), *pointer.parameters()]
    groups = [{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)
    steps = EPOCHS * (len(lessons.texts) // BATCH + 1)
    pace = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step / steps))
    network.train()
    for epoch in range(EPOCHS):
        losses = []
        for batch in batches(tokenizer, [noisy(text, random) for text in lessons.texts], BATCH, random):
            loss = _loss(network, pointer, batch, lessons)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(body, LONGEST_SLOPE)
            optimizer.step()
            pace.step()
            losses.append(float(loss.detach()))
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {np.mean(losses):.3f}", flush=True)


def _loss(network: Network, pointer: nn.Module, batch: Batch, lessons: Lessons) -> Tensor:
    """How far the labels' shares are from their goals, and the direction from the teacher's."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        pooled = network.drop(network.pooled(batch.tokens, batch.real))
        scores = network.head(pooled)
    wrong = functional.cross_entropy(scores.float(), lessons.goals[batch.rows])
    apart = 1 - functional.cosine_similarity(pointer(pooled.float()), lessons.aims[batch.rows])
    loss: Tensor = wrong + AGREEMENT * apart.mean()
    return loss


def _pace(done: float) -> float:
    """Rises at first, then falls to nothing."""
    return max(0.0, min(done / WARM, (1 - done) / (1 - WARM)))


@torch.no_grad()  # type: ignore[untyped-decorator]
def scores_of(network: Network, tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float32]:
    """Scores of some texts, shape (texts, labels)."""
    network.eval()
    scores = np.zeros((len(texts), network.head.out_features), dtype=np.float32)
    for batch in batches(tokenizer, texts, 4 * BATCH, None):
        scores[batch.rows] = network(batch.tokens, batch.real).numpy()
    return scores
