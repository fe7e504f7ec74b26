"""When a passage is right, and what the figures make of it."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from evals.retrieval.measure import (
    Answered,
    Leak,
    Measured,
    Refusal,
    Right,
    Stored,
    Uploaded,
    bars,
    figures,
    judge_answer,
    leaked,
    mean_reciprocal_rank,
    median_and_95,
    plain,
    recall,
    trade_off,
)
from state.conversation import Passage

ACME, GLOBEX = UUID(int=1), UUID(int=2)


def passage(content: str, relevance: float = 0.5, document: str = "d1") -> Passage:
    return Passage(content, document, document, None, "any", relevance)


def answered(
    rank: int | None, relevance: float | None = 0.9, org: str = "acme", open_rank: int | None = None
) -> Answered:
    return Answered("q", org, rank, open_rank or rank, relevance, relevance or 0.0, True)


def measured(*answers: Answered, refusals: Sequence[Refusal] = (), leaks: Sequence[Leak] = ()) -> Measured:
    return Measured("local", 0.4, {"acme": Uploaded(1, 1, 1.0)}, answers, refusals, leaks, 0, ())


@pytest.mark.parametrize(
    ("expected", "content"),
    [
        ("two junior developers", "mentors **two\n  junior** developers"),
        ("mentors [two](https://a.example/b) juniors", "Mentors two juniors."),
        ("a <b>level</b> of one's own", "“A level” of one’s own"),
        ("first &amp; last", "First & last"),
        ("snake_case_name", "snake case name"),
        ("0-10", "scale from 0–10"),
        ("efficient", "eﬃcient"),
    ],
)
def test_markup_case_line_breaks_and_punctuation_do_not_decide(expected: str, content: str) -> None:
    assert Right(frozenset({"d1"}), expected).holds("d1", content)


@pytest.mark.parametrize("content", ["mentors two senior developers", "junior two developers", "", "two junior"])
def test_other_words_are_not_right(content: str) -> None:
    assert not Right(frozenset({"d1"}), "two junior developers").holds("d1", content)


def test_a_comparison_is_no_tag() -> None:
    assert plain("from 3 < 4 to 5 > 2") == "from 3 4 to 5 2"


def test_the_words_are_right_in_the_named_documents_only() -> None:
    right = Right(frozenset({"expected", "also"}), "two days")
    assert [right.holds(document, "two days") for document in ("expected", "also", "another")] == [True, True, False]


def test_the_rank_is_that_of_the_first_right_passage_with_the_floor_and_without() -> None:
    right = Right(frozenset({"d1"}), "two days")
    found = [passage("no", 0.8), passage("two days", 0.6, "d2"), passage("two days", 0.3), passage("two days", 0.2)]
    judged = judge_answer("q", "acme", right, found[:2], found, True)
    assert (judged.rank, judged.open_rank, judged.relevance, judged.top_relevance) == (None, 3, 0.3, 0.8)
    assert judge_answer("q", "acme", right, found, found, True).rank == 3
    nothing = judge_answer("q", "acme", right, [], [], False)
    assert (nothing.rank, nothing.open_rank, nothing.relevance, nothing.top_relevance) == (None, None, None, 0.0)


def test_recall_is_the_share_with_a_right_passage_among_the_first() -> None:
    ranks = [1, 3, 4, None]
    assert [recall(ranks, at) for at in (1, 3, 5)] == [0.25, 0.5, 0.75]
    assert recall([], 3) is None


def test_the_reciprocal_rank_counts_the_first_ten() -> None:
    assert mean_reciprocal_rank([1, 2, 10, 11, None]) == pytest.approx((1 + 0.5 + 0.1) / 5)
    assert mean_reciprocal_rank([]) is None


def test_figures_are_of_one_organisation_or_of_all() -> None:
    both = measured(
        answered(1),
        answered(None, org="globex", open_rank=2),
        refusals=[Refusal("u1", "acme", 0, 0.1), Refusal("u2", "acme", 2, 0.5), Refusal("u3", "globex", 0, 0.2)],
        leaks=[Leak("q", "globex")],
    )
    acme, globex, everything = figures(both, "acme"), figures(both, "globex"), figures(both)
    assert [of.recall[3] for of in (acme, globex, everything)] == [1.0, 0.0, 0.5]
    assert [of.open_recall[3] for of in (acme, globex, everything)] == [1.0, 1.0, 1.0]
    assert [of.mrr for of in (acme, globex, everything)] == [1.0, 0.0, 0.5]
    assert [of.open_mrr for of in (acme, globex, everything)] == [1.0, 0.5, 0.75]
    assert [of.refused for of in (acme, globex, everything)] == [0.5, 1.0, pytest.approx(2 / 3)]
    assert [(of.questions, of.unanswerable, of.leaks) for of in (acme, globex, everything)] == [
        (1, 2, 0),
        (1, 1, 1),
        (2, 3, 1),
    ]


def test_each_bar_is_missed_on_its_own() -> None:
    good = measured(*[answered(1)] * 9, answered(None), refusals=[Refusal("u", "acme", 0, 0.1)] * 9)
    cited = Refusal("u", "acme", 1, 0.5)
    missed = {
        "nothing": good,
        "recall": replace(good, answered=[*good.answered, answered(4)]),
        "rank": replace(good, answered=[answered(2)] * 10),
        "refusing": replace(good, refusals=[*good.refusals[1:], cited]),
        "leaks": replace(good, leaks=[Leak("q", "acme")]),
    }
    assert {name: [bar.held for bar in bars(of)] for name, of in missed.items()} == {
        "nothing": [True, True, True, True],
        "recall": [False, True, True, True],
        "rank": [True, False, True, True],
        "refusing": [True, True, False, True],
        "leaks": [True, True, True, False],
    }


def test_a_bar_that_nothing_was_asked_for_says_so() -> None:
    assert [(bar.got, bar.held) for bar in bars(measured(answered(1)))][2] == ("not asked", True)


def test_a_higher_floor_refuses_more_and_finds_less() -> None:
    both = measured(
        answered(1, 0.5),
        answered(4, 0.7),
        answered(None, None),
        answered(2, 0.3),
        refusals=[Refusal("u1", "acme", 1, 0.5), Refusal("u2", "acme", 0, 0.0)],
    )
    curve = {floor: (found, refused) for floor, found, refused in trade_off(both)}
    assert (min(curve), max(curve)) == (0.2, 0.8)
    assert [curve[floor] for floor in (0.3, 0.32, 0.5, 0.52)] == [(0.5, 0.5), (0.25, 0.5), (0.25, 0.5), (0.0, 1.0)]


def test_a_passage_leaks_unless_the_tables_say_that_it_is_the_askers_own() -> None:
    stored = frozenset({Stored(ACME, "d1", "ours"), Stored(GLOBEX, "d2", "theirs")})
    shown = [passage("ours"), passage("theirs", document="d2"), passage("theirs"), passage("nobody's", document="d3")]
    assert [leaked(ACME, stored, [one]) for one in shown] == [0, 1, 1, 1]
    assert leaked(GLOBEX, stored, shown) == 3


def test_times_are_told_in_milliseconds() -> None:
    assert median_and_95([0.001 * n for n in range(1, 102)]) == pytest.approx((51.0, 96.0))
    assert (median_and_95([0.002]), median_and_95([])) == ((2.0, 2.0), (0.0, 0.0))
