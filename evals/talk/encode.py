"""From e5 to the encoder of `nodes/understanding`: tokens chosen, layers tuned and packed, and added to the n-grams' scores."""

from collections.abc import Sequence

import numpy as np
import torch
from tokenizers import Tokenizer

from evals.talk.data import Row
from evals.talk.folds import cross_validated
from evals.talk.layers import WIDTH, write_layers
from evals.talk.network import Network, started
from evals.talk.ngrams import SEED, Floats, Numbers, fit, packed, sparse
from evals.talk.pretrained import Pretrained, read_pretrained
from evals.talk.ranges import ranges
from evals.talk.teacher import lessons, meanings
from evals.talk.tokens import kept_tokens, tokenizer
from evals.talk.tuning import scores_of, tune
from nodes.understanding.encoder import FOLDER

LAYERS = 3
"""What the time for a message allows: docs/decisions/0017-what-reads-acts.md."""
FOLDS = 1
"""Groups of authors that are held out: each costs as much time as the training itself."""
WORDS = 2.0
"""What the n-grams' scores count beside the encoder's."""


def train_together(rows: Sequence[Row], write: bool) -> None:
    """Cross-validate encoder and n-grams together, then train both on all."""
    from evals.talk.train import figures, save  # which imports this where torch is there

    torch.set_num_threads(1)
    names = sorted({row.label for row in rows})
    texts, labels = [row.text for row in rows], [names.index(row.label) for row in rows]
    model, data = read_pretrained(), sparse(texts, labels)
    taught = meanings(model, texts)
    kept = kept_tokens(model, texts)
    cut = tokenizer(model, kept)

    def tuned(train: Numbers) -> Network:
        torch.manual_seed(SEED)
        network = started(model, kept, LAYERS, len(names))
        once = list({(texts[i], labels[i]): i for i in train}.values())
        tune(network, cut, lessons(taught[once], [texts[i] for i in once], [labels[i] for i in once], len(names)))
        return network

    def read(train: Numbers, held: Numbers) -> Floats:
        words = fit(data.only(train), len(names)).scores(data.only(held))
        meant = scores_of(tuned(train), cut, [texts[i] for i in held])
        return np.stack([words, meant + np.float32(WORDS) * words], axis=1)

    both, held = cross_validated(rows, read, FOLDS)
    warmth = figures("acts by n-grams", rows, names, both[:, 0], held)
    together = figures("acts by encoder and n-grams", rows, names, both[:, 1], held)
    if write:
        network = tuned(np.arange(len(rows)))
        write_encoder(network, model, kept, cut, texts)
        meaning = {"meaning": numpy(network.head.weight).T, "meaning_bias": numpy(network.head.bias)}
        settings = {"weight": np.float32(WORDS), "temperature_together": np.float32(together)}
        save("acts", names, warmth, **meaning, **settings, **packed(fit(data, len(names))))


def write_encoder(
    network: Network, model: Pretrained, kept: Sequence[int], cut: Tokenizer, texts: Sequence[str]
) -> None:
    """Write tokens, their vectors and the layers."""
    codes, scales = model.packed("emb.word", WIDTH)
    np.savez_compressed(
        FOLDER / "tokens.npz", codes=codes[list(kept)], scales=scales[list(kept)], places=numpy(network.places)
    )
    cut.save(str(FOLDER / "tokens.json"), pretty=False)
    arrays = {name: numpy(value) for name, value in network.state_dict().items()}
    write_layers(FOLDER / "encoder.onnx", arrays, ranges(network, cut, texts), LAYERS)


def numpy(value: torch.Tensor) -> Floats:
    """A tensor's numbers."""
    array: Floats = value.detach().float().numpy()
    return array
