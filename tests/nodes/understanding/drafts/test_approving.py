"""Only a plain yes takes a draft; starting over empties it; nothing else does either."""

# ruff: noqa: E501 - sentences stand unbroken

import pytest

from state.phases import Phase
from tests.nodes.understanding.drafts.drafting import DRAFTS, after, vision

PHASES = list(DRAFTS)
YES = (
    "ok save it", "champion. yes", "lovely, yes please", "that's the one, go", "yep go on", "brilliant! submit", "spot on, save it",
    "never mind. yes", "cheers, that's me done. yes", "ok whatever, save", "all good", "genau so, ja", "oui, parfait", "sí, guárdalo",
    "tak, zapisz",
)  # fmt: skip
ANEW = (
    "begin again please", "scrap it", "scrap the lot, start afresh", "let's start from scratch", "bin it all and begin anew",
    "oh for pete's sake. delete everything", "can we restart?", "I'd rather begin from the beginning", "clear all of it",
    "empieza de nuevo", "borra todo", "on recommence à zéro", "efface tout s'il te plaît", "usuń wszystko", "alles löschen",
    "zaczynamy od nowa",
)  # fmt: skip
NO_YES = (
    "is that it?", "you mangled that", "still wrong", "wtf", "make it shorter", "too long", "can you not read?", "hmm not sure",
    "I already said that", "what is a tariff?", "you're hard work you are", "write it up for me", "begin", "this is rubbish",
    "show me the document", "why do you always drop things", "not like this",
)  # fmt: skip


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("message", YES)
def test_a_plain_yes_takes_the_draft(message: str, phase: Phase) -> None:
    made = after(phase, message)
    assert (made.verdict, made.shown.text) == ("saved", DRAFTS[phase])


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("message", ANEW)
def test_starting_over_empties_the_draft(message: str, phase: Phase) -> None:
    assert after(phase, message).verdict == "cleared"


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("message", NO_YES)
def test_complaints_questions_and_requests_neither_save_nor_change(message: str, phase: Phase) -> None:
    made = after(phase, message)
    assert made.verdict in ("open", "missing")
    assert made.shown.text == DRAFTS[phase]


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("clear it all and start: lead florist by May 2029", "Become lead florist by May 2029."),
        ("delete everything. I want to run the flower market by 2029.", "Run the flower market by 2029."),
        ("scrap the lot and begin again: run two shops by 2029", "Run two shops by 2029."),
        ("oh blast, start over: open a garden school by June 2029", "Open a garden school by June 2029."),
    ],
)
def test_a_text_behind_start_over_is_the_new_one(message: str, text: str) -> None:
    assert vision(message) == text


@pytest.mark.parametrize(
    ("message", "saves"),
    [
        ("take out 'in Lund' and save it", True),
        ("yes, but Malmö, not Lund", True),
        ("yes! but drop 'a year'. go!", True),
        ("Malmö not Lund. rest is fine", True),
        ("ohne 'in Lund' bitte. sonst ja", True),
        ("take out the helicopter and save it", False),
        ("yes, and also run the wedding stall", False),
        ("drop 'in Lund'", False),
        ("ok and what about the van? drop 'in Lund'", False),
    ],
)
def test_a_yes_beside_an_edit_saves_only_what_surely_worked(message: str, saves: bool) -> None:
    assert after(Phase.G4_FUTURE, message).saves is saves
