"""The learned heads: the same text has the same shares whatever stands beside it, and the shares are honest."""

import numpy as np
import pytest

from nodes.understanding.acts import hear
from nodes.understanding.heads import Head, language_of, load_head

TEXTS = (
    "in two years I would like to run the warehouse with nine people",
    "no wait, make it seven",
    "who is going to read this?",
    "ich möchte bis März 2028 den Meister machen",
    "",
    "…",
    "👍",
    "a" * 3_000,
)


@pytest.fixture
def acts() -> Head:
    """The head of acts, nothing remembered."""
    head = load_head("acts")
    head.forget()
    return head


def test_shares_add_up_to_one(acts: Head) -> None:
    shares = acts.shares_of(TEXTS)
    assert shares.shape == (len(TEXTS), len(acts.labels))
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)
    assert (shares >= 0).all()


def test_shares_do_not_depend_on_the_company_of_a_text(acts: Head) -> None:
    together = acts.shares_of(TEXTS)
    for text, shares in zip(TEXTS, together, strict=True):
        acts.forget()
        assert np.allclose(acts.shares(text), shares, atol=1e-5)


def test_reading_again_gives_the_same(acts: Head) -> None:
    first = acts.shares_of(TEXTS)
    acts.forget()
    assert np.array_equal(acts.shares_of(TEXTS), first)


def test_no_texts_have_no_shares(acts: Head) -> None:
    assert acts.shares_of([]).shape == (0, len(acts.labels))


def test_a_text_that_stands_twice_is_read_once(acts: Head) -> None:
    twice = acts.shares_of([TEXTS[0], TEXTS[0]])
    assert np.array_equal(twice[0], twice[1])


def test_memory_of_texts_is_bounded(acts: Head, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nodes.understanding.heads.MOST_KEPT", 3)
    for number in range(10):
        acts.shares_of([f"lead {number} people"])
    assert len(acts._kept) <= 4


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I want to lead a team of nine", "en"),
        ("my boss Krzysztof Wójcik from Łódź said no", "en"),
        ("ask Jürgen Müller in Düsseldorf", "en"),
        ("in zwei jahren will ich die schicht leiten", "de"),
        ("quiero llevar la tienda con ocho personas", "es"),
        ("je voudrais diriger l'atelier avec six personnes", "fr"),
        ("chcę prowadzić magazyn z dziesięcioma osobami", "pl"),
        ("хочу керувати складом на дев'ять людей", "other"),
    ],
)
def test_language(text: str, language: str) -> None:
    found, share = language_of(text)
    assert found == language
    assert 0 < share <= 1


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I want to lead a team of nine people by March 2028", "content"),
        ("who can see what I write here?", "question.process"),
        ("thanks", "chatter"),
        ("give me an example please", "request.example"),
        ("I don't want to live any more", "crisis"),
    ],
)
def test_plain_cases(acts: Head, text: str, label: str) -> None:
    assert acts.best(text)[0] == label


def test_a_message_in_danger_is_heard_and_a_resignation_is_not() -> None:
    plan, danger = "by march I want to lead a team of nine people", "I'm going to take my own life tonight"
    assert "crisis" in {one.act for one in hear(f"{plan}. {danger}.")}
    assert "crisis" in {one.act for one in hear("mein mann schlägt mich jeden abend")}
    assert "crisis" not in {one.act for one in hear("I've had enough of the night shift, I resign")}
