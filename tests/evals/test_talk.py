"""Training's plain parts: folds by author, honest temperatures, noise that can be had again."""

from random import Random

import numpy as np
import pytest

from evals.talk.data import Row, unseen
from evals.talk.folds import folds, miscalibration, temperature
from evals.talk.ngrams import fit, packed, softmax, sparse
from evals.talk.noise import noisy


def test_a_fold_holds_out_whole_authors() -> None:
    rows = [Row("text", "content", "", "en", author) for author in ("a1", "b1", "a1", "b2", "unknown")]
    held = folds(rows)
    assert [list(one) for one in held] == [[0, 2], [1], [3]]


def test_held_out_words_that_were_tuned_on_prove_nothing() -> None:
    tuned = [Row(text, "content", "", "en") for text in ("Three people, by May!", "über 12 Leute", "¿?")]
    held = [
        Row(text, "content", "", "en") for text in ("three people by may", "uber 5 leute", "people by May three", "?!")
    ]
    assert [row.text for row in unseen(held, tuned)] == ["people by May three", "?!"]


def test_the_temperature_makes_scores_honest() -> None:
    random = np.random.default_rng(1)
    scores = random.normal(size=(4_000, 3)).astype(np.float32)
    labels = np.array([random.choice(3, p=row / row.sum()) for row in softmax(scores).astype(np.float64)])
    found = temperature(scores * np.float32(2), labels)
    assert found == pytest.approx(2, abs=0.3)
    assert miscalibration(softmax(scores), labels) < miscalibration(softmax(scores * np.float32(3)), labels)


def test_training_twice_gives_the_same_head() -> None:
    data = sparse(["yes please", "no thanks", "yes", "no"], [0, 1, 0, 1])
    first, second = (packed(fit(data, 2, epochs=2)) for _ in range(2))
    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_noise_can_be_had_again_and_leaves_something() -> None:
    texts = ["ich möchte, bis März, den Meister machen.", "?", "it's fine", "a b c d e f g h"]
    first, second = ([noisy(text, random) for text in texts * 50] for random in (Random(3), Random(3)))  # noqa: S311 - fixed by its seed
    assert first == second
    assert all(first)
