"""The head that tells danger from dark words: batched as alone, nothing run for what nothing hints at."""

import numpy as np
import pytest

from nodes.understanding.acts import hear
from nodes.understanding.crisis import Crisis, crisis_share, load_crisis, odds
from nodes.understanding.encoder import Encoder
from nodes.understanding.heads import load_head

DANGER = "I'm going to take my own life tonight"
PLAIN = "by march I want to lead a team of nine people"
TEXTS = (DANGER, PLAIN, "", "the wheel bearing is shot again", "mein mann schlägt mich jeden abend")


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """Nothing remembered."""
    load_head("acts").forget()
    load_crisis().forget()


def test_danger_is_likelier_than_plans() -> None:
    danger, plan = crisis_share([DANGER, PLAIN])
    assert danger > 0.5
    assert plan == 0.0


def test_shares_do_not_depend_on_the_company_of_a_text() -> None:
    together = crisis_share(TEXTS)
    for text, share in zip(TEXTS, together, strict=True):
        load_head("acts").forget()
        load_crisis().forget()
        assert np.allclose(crisis_share([text])[0], share, atol=1e-4)


def test_no_texts_have_no_shares() -> None:
    assert crisis_share([]).shape == (0,)


def test_the_encoder_runs_no_text_for_this_head_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    load_head("acts").shares_of(TEXTS)
    monkeypatch.setattr(Encoder, "__call__", lambda *_: pytest.fail("run again"))
    assert crisis_share(TEXTS).shape == (len(TEXTS),)


def test_memory_of_texts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nodes.understanding.crisis.MOST_KEPT", 2)
    for number in range(8):
        crisis_share([f"{DANGER} {number}"])
    assert len(load_crisis()._kept) <= 3


def test_odds_of_certain_shares_are_finite() -> None:
    assert np.isfinite(odds(np.array([0, 0.5, 1], dtype=np.float32))).all()


def test_a_message_in_danger_is_heard_and_a_resignation_is_not() -> None:
    assert isinstance(load_crisis(), Crisis)
    assert "crisis" in {one.act for one in hear(f"{PLAIN}. {DANGER}.")}
    assert "crisis" not in {one.act for one in hear("I've had enough of the night shift, I resign")}
