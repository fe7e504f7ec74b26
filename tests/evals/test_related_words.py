"""The table of related words: what the local model's vectors say, and nothing that must not be confused."""

from collections import Counter

import numpy as np
import pytest

from evals.retrieval.related_words import COUNTED, MOST, NEAREST, nearest, related
from migrations.apply import HERE
from retrievers.embeddings import LocalEmbeddings

ROUNDING = 0.03
"""The model's whole numbers depend a little on what else is in the batch."""


@pytest.fixture(scope="module")
def table() -> dict[tuple[str, str], float]:
    """The one that a migration loads."""
    lines = (HERE / "versions" / "0008_related_words.tsv").read_text(encoding="utf-8").splitlines()
    return {(one, other): float(closeness) for one, other, closeness in (line.split("\t") for line in lines)}


def test_words_are_related_whose_vectors_are_near_in_any_of_their_forms() -> None:
    stems = {"pay": "pay", "pays": "pay", "wage": "wage", "zebra": "zebra"}
    vectors = np.array([[1, 0], [0.9, 0.436], [0.8, 0.6], [0, 1]], dtype=np.float32)
    assert related(list(stems), vectors, stems) == {("pay", "wage"): pytest.approx(0.9816, abs=1e-4)}


def test_a_word_is_not_related_to_its_own_negation() -> None:
    stems = {word: word for word in ("legal", "illegal", "lawful")}
    found = related(list(stems), np.ones((3, 1), dtype=np.float32), stems)
    assert set(found) == {("lawful", "legal"), ("illegal", "lawful")}


@pytest.mark.parametrize(
    ("one", "other", "pair"),
    [("salaries", "wages", ("salari", "wage")), ("doctor", "physician", ("doctor", "physician"))],
)
def test_the_table_tells_what_the_model_says(
    table: dict[tuple[str, str], float], one: str, other: str, pair: tuple[str, str]
) -> None:
    first, second = np.array(LocalEmbeddings().embed_documents([one, other]))
    assert table[pair] == pytest.approx(float(first @ second), abs=ROUNDING)


def test_a_word_has_the_few_that_are_nearest_to_it_and_none_too_far_apart(table: dict[tuple[str, str], float]) -> None:
    assert max(Counter(word for word, _ in table).values()) == MOST
    assert min(table.values()) >= NEAREST
    found = nearest({("a", "b"): 0.9, ("a", "c"): 0.8, ("a", "d"): 0.7, ("a", "e"): 0.75, ("a", "f"): 0.95})
    assert [other for word, other, _ in found if word == "a"] == ["f", "b", "c", "e"]
    assert ("d", "a", 0.7) in found


def test_numbers_days_and_months_are_related_to_nothing(table: dict[tuple[str, str], float]) -> None:
    held = {word for pair in table for word in pair}
    assert not (COUNTED | {"twelv", "juli", "januari", "twenti", "fifteenth"}) & held
    assert {"salari", "physician"} <= held
