"""The encoder as it is trained: e5's token vectors as they are, some of its layers, a head on the mean and the maximum."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from evals.talk.layers import EPSILON, HEADS, WIDTH
from evals.talk.pretrained import Pretrained
from nodes.understanding.encoder import MOST_TOKENS

INNER = 1536
DROPPED = 0.1
HEAD_SPREAD = 0.02
OUT_OF_SIGHT = -1e4


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.o = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.fi, self.fo = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.n1, self.n2 = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, flow: Tensor, seen: Tensor) -> Tensor:
        """`flow` (texts, tokens, WIDTH), `seen` (texts, 1, 1, tokens)."""
        texts, tokens, _ = flow.shape
        asked, known, given = self.qkv(flow).view(texts, tokens, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        taken = functional.scaled_dot_product_attention(asked, known, given, attn_mask=seen)
        flow = self.n1(flow + self.drop(self.o(taken.transpose(1, 2).reshape(texts, tokens, WIDTH))))
        normed: Tensor = self.n2(flow + self.drop(self.fo(functional.gelu(self.fi(flow)))))
        return normed


class Network(nn.Module):
    """Scores of texts."""

    def __init__(self, vectors: Tensor, layers: int, labels: int) -> None:
        super().__init__()
        self.vectors = nn.Embedding.from_pretrained(vectors)
        self.places = nn.Parameter(torch.zeros(MOST_TOKENS, WIDTH))
        self.ln = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.drop = nn.Dropout(DROPPED)
        self.head = nn.Linear(2 * WIDTH, labels)
        nn.init.zeros_(self.head.bias)
        nn.init.normal_(self.head.weight, 0, HEAD_SPREAD)

    def forward(self, tokens: Tensor, real: Tensor) -> Tensor:
        """Scores (texts, labels) of `tokens` (texts, tokens), of which `real` are no filling."""
        scores: Tensor = self.head(self.drop(self.pooled(tokens, real)))
        return scores

    def pooled(self, tokens: Tensor, real: Tensor) -> Tensor:
        """Mean and maximum of what the last layer makes of a text's tokens, shape (texts, 2 * WIDTH)."""
        flow = self.drop(self.ln(self.vectors(tokens) + self.places[: tokens.shape[1]]))
        for layer in self.layers:
            flow = layer(flow, real[:, None, None, :])
        counted = real.unsqueeze(-1)
        mean = (flow * counted).sum(1) / counted.sum(1)
        most = flow.masked_fill(~counted, OUT_OF_SIGHT).max(1).values
        return torch.cat([mean, most], -1)


def started(model: Pretrained, kept: Sequence[int], layers: int, labels: int) -> Network:
    """A network that begins with e5's weights."""
    vectors = torch.from_numpy(model.matrix("emb.word", WIDTH)[list(kept)])
    network = Network(vectors, layers, labels)
    places = model.plain("emb.pos").reshape(-1, WIDTH)[:MOST_TOKENS] + model.plain("emb.type")[:WIDTH]
    given = {"places": places, "ln.weight": model.plain("emb.ln.w"), "ln.bias": model.plain("emb.ln.b")}
    for number in range(layers):
        given |= _layer(model, number)
    network.load_state_dict({name: torch.from_numpy(np.array(value)) for name, value in given.items()}, strict=False)
    return network


def _layer(model: Pretrained, number: int) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    """The weights of a layer by our names."""
    ours, theirs = f"layers.{number}", f"l{number}"
    found = {
        f"{ours}.qkv.weight": np.concatenate([model.matrix(f"{theirs}.{part}.w", WIDTH) for part in "qkv"]),
        f"{ours}.qkv.bias": np.concatenate([model.plain(f"{theirs}.{part}.b") for part in "qkv"]),
        f"{ours}.fo.weight": model.matrix(f"{theirs}.fo.w", INNER),
    }
    for mine, name in (("o", "ao"), ("fi", "fi")):
        found[f"{ours}.{mine}.weight"] = model.matrix(f"{theirs}.{name}.w", WIDTH)
    for mine, name in (("o", "ao"), ("fi", "fi"), ("fo", "fo"), ("n1", "aln"), ("n2", "oln")):
        found[f"{ours}.{mine}.bias"] = model.plain(f"{theirs}.{name}.b")
    for mine, name in (("n1", "aln"), ("n2", "oln")):
        found[f"{ours}.{mine}.weight"] = model.plain(f"{theirs}.{name}.w")
    return found
