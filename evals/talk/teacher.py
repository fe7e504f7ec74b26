"""The encoder's teacher: what all twelve layers of e5 make of our texts, and which labels a small head over that finds likely.

e5 as it is with a hidden layer on top reads authors it never saw better than a few layers tuned on our texts
(docs/decisions/0017-what-reads-acts.md), but takes six times as long: so the few layers also learn to agree with it.
"""

from collections.abc import Sequence

import numpy as np
import torch
from tokenizers import normalizers, processors
from torch import Tensor, nn
from torch.nn import functional

from evals.talk.layers import WIDTH
from evals.talk.network import started
from evals.talk.ngrams import Floats
from evals.talk.pretrained import Pretrained
from evals.talk.tokens import tokenizer
from evals.talk.tuning import Lessons, batches

LAYERS = 12
PROMPT = "query: "
"""What e5 was trained to find before a short text."""
FRAME = "<s> $A </s>"
BATCH = 64
HIDDEN, EPOCHS, RATE, DECAY = 512, 6, 2e-3, 0.05
DROPPED = (0.2, 0.4)
"""Below and above the hidden layer."""
PARTS = 3
"""What the teacher says of a part's labels it learned from the other parts."""
TRUST = 0.5
"""What the teacher's shares count beside the label itself."""
SMOOTHED = 0.05
"""Share of each label that is spread over all: labels of neighbours overlap."""
AIMED = 256
"""Directions of the teacher's vectors to learn, those in which texts differ most."""


@torch.no_grad()  # type: ignore[untyped-decorator]
def meanings(model: Pretrained, texts: Sequence[str]) -> Floats:
    """The teacher's vectors, shape (texts, WIDTH)."""
    whole = range(len(model.pieces))
    network, cut = started(model, whole, LAYERS, 1).eval(), tokenizer(model, whole)
    cut.normalizer = normalizers.NFKC()
    cut.post_processor = processors.TemplateProcessing(single=FRAME, special_tokens=[("<s>", 0), ("</s>", 2)])
    found = np.zeros((len(texts), WIDTH), dtype=np.float32)
    for batch in batches(cut, [PROMPT + text for text in texts], BATCH, None):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found[batch.rows] = network.pooled(batch.tokens, batch.real)[:, :WIDTH].float().numpy()
    return found


def lessons(vectors: Floats, texts: Sequence[str], labels: Sequence[int], count: int) -> Lessons:
    """What there is to learn of some texts, given the teacher's vectors of them."""
    right = functional.one_hot(torch.tensor(labels), count).float() * (1 - SMOOTHED) + SMOOTHED / count
    even = (vectors - vectors.mean(axis=0)) / vectors.std(axis=0)
    goals = (1 - TRUST) * right + TRUST * _opinions(torch.tensor(even), torch.tensor(labels), count)
    left, sizes, _ = np.linalg.svd(even, full_matrices=False)
    aims = functional.normalize(torch.tensor(left[:, :AIMED] * np.sqrt(sizes[:AIMED])), dim=1)
    return Lessons(list(texts), goals, aims)


def _opinions(vectors: Tensor, labels: Tensor, count: int) -> Tensor:
    """The teacher's shares of the labels, each text's by a head that didn't see it."""
    torch.manual_seed(1)
    shares = torch.zeros(len(labels), count)
    parts = torch.randperm(len(labels)).chunk(PARTS)
    for number, part in enumerate(parts):
        seen = torch.cat([other for at, other in enumerate(parts) if at != number])
        head = _head(vectors[seen], labels[seen], count)
        shares[part] = head(vectors[part]).softmax(1).detach()
    return shares


def _head(vectors: Tensor, labels: Tensor, count: int) -> nn.Module:
    """A trained head over the teacher's vectors."""
    below, above = DROPPED
    head = nn.Sequential(
        nn.Dropout(below), nn.Linear(WIDTH, HIDDEN), nn.GELU(), nn.Dropout(above), nn.Linear(HIDDEN, count)
    )
    optimizer = torch.optim.AdamW(head.parameters(), RATE, weight_decay=DECAY)
    pace = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda epoch: 1 - epoch / EPOCHS)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(labels)).split(BATCH):
            loss = functional.cross_entropy(head(vectors[rows]), labels[rows], label_smoothing=SMOOTHED)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        pace.step()
    return head.eval()
