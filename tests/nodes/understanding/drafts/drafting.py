"""Drafts of all three phases, and what a message makes of them."""

from nodes.understanding.drafts.room import Revision, revise
from nodes.understanding.drafts.shown import Shown
from state.phases import Phase

VISION = "By the end of 2028, become lead florist, open a second shop in Lund and teach 3 apprentices a year."
PLAN = (
    "6-month action plan:\n1. Fit four heat pumps by May\n2. Call every landlord once a week\n"
    "3. Read up on the new tariff\n4. Order the van by March"
)
VALUES = (
    "Core values:\n• Fairness: splitting the tips evenly\n• Graft: coming in first\n• Tidiness: wiping the bench twice"
)
DRAFTS = {Phase.G4_FUTURE: VISION, Phase.G6_VALUES: VALUES, Phase.G8_ACTIONS: PLAN}


def after(phase: Phase, message: str, *lost: str) -> Revision:
    """What a message makes of the phase's draft; `lost` was said before and doesn't stand there now, the latest first."""
    made = revise(message, Shown.of(phase, DRAFTS[phase]), lost)
    assert made is not None
    return made


def vision(message: str, *lost: str) -> str:
    """The vision after a message."""
    return after(Phase.G4_FUTURE, message, *lost).shown.text


def listed(phase: Phase, message: str, *lost: str) -> tuple[str, ...]:
    """The steps or values after a message."""
    return after(phase, message, *lost).shown.parts


def parts(phase: Phase) -> tuple[str, ...]:
    """The steps or values as they stood."""
    return Shown.of(phase, DRAFTS[phase]).parts
