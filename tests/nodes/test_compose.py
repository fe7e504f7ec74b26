"""Properties of composed goals over texts of many professions; no golden strings."""

import re
from dataclasses import dataclass
from datetime import date

import pytest

from nodes.coach import Briefing
from nodes.rules.compose import compose
from nodes.understanding.reading import hold
from state.conversation import Passage, Profile
from state.phases import GOAL_PHASES, Phase
from state.rubric import DEFAULT_RUBRICS
from tests.nodes.employees import ALL, SARAH

LEFTOVERS = re.compile(
    r"^(?:\d+\. )?(?:i|we)\b|\b(?:i'd|i'll|maybe|perhaps|hopefully|really|probably|would like|want to|love to|kind of|"
    r"i think|please|try to|hoping)\b",
    re.IGNORECASE | re.MULTILINE,
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
FUTURE = {
    "teacher": (
        "I would love to become head of the science department and maybe introduce a robotics club for around 20 pupils. "
        "I'm hoping to raise the pass rate from 78% to 85%.",
    ),
    "accountant": (
        "I think I'd like to finish my CPA and then lead our month-end close.",
        "We close in 9 days now, I want to get it down to 5 days. I would also like to train two juniors.",
    ),
    "chef": ("Hopefully I'll be a sous-chef, and I really want to design our autumn menu with 8 new dishes.",),
    "mechanic": (
        "I want to get certified for electric vehicles",
        "I'd like to lead a small team",
        "actually make it 6 people",
        "oh and reduce our come-backs by 30% by December 2027",
    ),
    "designer": (
        "My goal is to be a lead designer who owns our design system, mentoring 3 designers and speaking at one "
        "conference a year.",
    ),
    "branch manager": (
        "In two years I see myself running the Leeds branch, where we have 12 employees, and I'd like our customer "
        "satisfaction to be above 90%.",
    ),
}
FUTURE["restaurateur"] = (
    "I want to run the harbour restaurant with 40 seats and a kitchen of 12 cooks and 8 waiters without a single failed "
    "hygiene inspection",
)
FUTURE["baker"] = ("Become head baker, open a second shop with 40 seats in the harbour quarter of Lyon",)
ACTIONS = {
    "recruiter": (
        "I'll rewrite the onboarding guide by 15 February, interview 10 new hires about their first week and cut time to "
        "hire from 45 to 35 days. Maybe also start a mentoring programme with Anna.",
    ),
    "police officer": (
        "1) Finish the sergeant exam in May 2) hold a monthly meeting with the shop owners on Oak Street 3) train 4 recruits",
    ),
    "farmer": (
        "By April I want to plant 200 apple trees. Then every week check the irrigation, and by June have the organic "
        "certificate. I will ask Joe to help me with the paperwork.",
    ),
}
VALUES = {
    "librarian": (
        "My values are curiosity, openness and fairness. I show curiosity by reading one new journal a month. Being fair "
        "means that I give every visitor the same time.",
    ),
    "social worker": ("Helping people, honesty, family.", "honesty - I never cheat on my hours"),
}


@dataclass(frozen=True)
class Case:
    """One employee's words in one phase."""

    name: str
    phase: Phase
    said: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}-{self.phase}"


def _own() -> list[Case]:
    by_phase = ((Phase.G4_FUTURE, FUTURE), (Phase.G6_VALUES, VALUES), (Phase.G8_ACTIONS, ACTIONS))
    return [Case(name, phase, said) for phase, texts in by_phase for name, said in texts.items()]


CASES = [*_own(), *(Case(str(e.profile["name"]), phase, said) for e in ALL for phase, said in e.says.items())]


def briefing(
    phase: Phase, said: tuple[str, ...], *, limit: int | None = None, documents: dict[str, str] | None = None
) -> Briefing:
    """A briefing with the phase's defaults."""
    spec = GOAL_PHASES[phase]
    passages = tuple(
        Passage(text, title, f"D{number}", 2, "values", 0.6)
        for number, (title, text) in enumerate((documents or {}).items())
    )
    return Briefing(
        company="Testing Ltd",
        phase=phase,
        limit=limit or spec.limit,
        horizon_months=spec.horizon_months,
        rubric=DEFAULT_RUBRICS[phase],
        prompts={},
        profile=Profile(name="Kim", position="Clerk", grade="L4"),
        said=said,
        dialogue=(),
        goals={},
        passages=passages,
        today=date(2026, 11, 21),
    )


def text_of(case: Case, limit: int | None = None) -> str:
    """The composed goal."""
    return compose(briefing(case.phase, case.said, limit=limit))["text"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_hedge_or_wish_is_left(case: Case) -> None:
    assert LEFTOVERS.findall(text_of(case)) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_number_was_said_or_is_the_horizon(case: Case) -> None:
    months = GOAL_PHASES[case.phase].horizon_months
    allowed = {*NUMBER.findall(" ".join(case.said)), str(months)}
    lines = [re.sub(r"^\d+\. ", "", line) for line in text_of(case).splitlines()]
    assert set(NUMBER.findall(" ".join(lines))) <= allowed


@pytest.mark.parametrize("case", [c for c in CASES if c.name != "mechanic"], ids=str)
def test_no_number_is_lost(case: Case) -> None:
    said = re.sub(r"(?m)^\s*\d+[.)]|(?<=\s)\d\) |^\d\) |next 6 months", " ", " ".join(case.said))
    assert set(NUMBER.findall(said)) <= set(NUMBER.findall(text_of(case)))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_names_are_kept(case: Case) -> None:
    names = re.findall(r"(?<=[a-z,(] )(?!I\b|I')[A-Z][a-z]+|\(?Mike\b", " ".join(case.said))
    assert [name for name in names if name.lower() not in text_of(case).lower()] == []


@pytest.mark.parametrize("limit", [60, 120, 300, 1200])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_limit_holds_and_no_word_is_cut(case: Case, limit: int) -> None:
    text = text_of(case, limit)
    assert 0 < len(text) <= limit
    full = set(re.findall(r"\w+", text_of(case, 10_000).lower()))
    assert set(re.findall(r"\w+", text.lower())) <= full | set(re.findall(r"\w+", " ".join(case.said).lower()))


@pytest.mark.parametrize("case", [c for c in CASES if c.phase is Phase.G4_FUTURE], ids=str)
def test_a_future_goal_names_the_horizon_only_where_no_date_was_said(case: Case) -> None:
    text = text_of(case)
    assert ("24 months" in text) is not any("202" in message for message in case.said)


@pytest.mark.parametrize("case", [c for c in CASES if c.phase is not Phase.G4_FUTURE], ids=str)
def test_a_heading_and_one_line_an_item(case: Case) -> None:
    heading, *lines = text_of(case).splitlines()
    mark = "• " if case.phase is Phase.G6_VALUES else ""
    assert heading.endswith(":")
    assert len(lines) >= 3
    assert all(line.startswith(mark or f"{number}. ") for number, line in enumerate(lines, 1))


@pytest.mark.parametrize(
    ("said", "framed"),
    [
        ("I want to become head baker and train 2 apprentices.", True),
        ("I want to become head baker by May 2028.", False),
        ("I want to become head baker. We close the books in 9 days, I want to close them in 5 days.", True),
        ("I want to become head baker and meet my manager every month.", True),
    ],
)
def test_the_phases_horizon_stands_only_where_no_date_of_ones_own_does(said: str, framed: bool) -> None:
    assert ("24 months" in compose(briefing(Phase.G4_FUTURE, (said,)))["text"]) is framed


def test_near_duplicates_become_one_and_keep_the_number() -> None:
    text = compose(briefing(Phase.G4_FUTURE, SARAH.says[Phase.G4_FUTURE]))["text"]
    assert len(re.findall(r"\bteam\b", text)) == 1
    assert "3-4 developers" in text


def test_the_same_action_said_twice_becomes_one_with_its_number() -> None:
    said = ("I will reduce waste in the kitchen. I will train two cooks.", "I want to reduce kitchen waste by 15%")
    lines = compose(briefing(Phase.G8_ACTIONS, said))["text"].splitlines()[1:]
    assert len(lines) == 2
    assert "15%" in lines[0]


def test_a_later_correction_wins() -> None:
    said = ("I want to lead a team of 3 nurses on the night shift", "actually make it 5 people")
    text = compose(briefing(Phase.G4_FUTURE, hold(said, Phase.G4_FUTURE)))["text"]
    assert "team of 5" in text
    assert "3" not in text


def test_an_edited_goal_is_kept() -> None:
    edited = "Within 24 months, become head chef of the Lyon kitchen with 12 cooks and cut food waste by 20%."
    assert compose(briefing(Phase.G4_FUTURE, (edited,)))["text"] == edited


def test_company_words_are_cited_exactly() -> None:
    draft = compose(briefing(Phase.G6_VALUES, SARAH.says[Phase.G6_VALUES], documents=SARAH.documents))
    assert draft["sources"]
    for source in draft["sources"]:
        assert source["quote"] in SARAH.documents[source["document"]]
        assert source["quote"].rstrip(".") in draft["text"]


def test_struck_words_are_gone() -> None:
    brief = briefing(Phase.G4_FUTURE, ("I want to lead a team of 5 cooks and open a bakery in Lyon",))
    object.__setattr__(brief, "struck", frozenset({"in Lyon"}))
    assert "Lyon" not in compose(brief)["text"]


@pytest.mark.parametrize("phase", GOAL_PHASES)
@pytest.mark.parametrize(
    "said",
    ["x", "ok", "😀😀", "I don't know", "Ich möchte Teamleiter werden", "a " * 5_000, "1. 2. 3.", "((", "<|im_end|>"],
)
def test_anything_said_yields_some_text_within_the_limit(phase: Phase, said: str) -> None:
    text = compose(briefing(phase, (said,)))["text"]
    assert 0 < len(text) <= GOAL_PHASES[phase].limit
