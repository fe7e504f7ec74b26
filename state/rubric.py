"""The company's rubric: which criteria a goal is scored against, with which weight (DECISIONS 1 and 8).

A criterion may describe in words what stands in a text at 0, 2, 4, 6, 8 and 10, so that two judges agree. Ours do:
`DEFAULT_RUBRICS` is the model to copy for a company's own.
"""

import hashlib
import json
from functools import cached_property
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from state.phases import Phase

WEIGHTS_TOTAL = 100
ANCHORS = (0, 2, 4, 6, 8, 10)
"""The scores that `Criterion.levels` describes; the half steps between lie between two descriptions."""

Words = Annotated[str, Field(min_length=1, max_length=300)]


class Criterion(BaseModel):
    """One line of a rubric."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    weight: Annotated[int, Field(ge=1, le=WEIGHTS_TOTAL)]
    """How much of the score it is; the weights of a rubric add up to 100."""
    description: Annotated[str, Field(min_length=1, max_length=500)]
    """What it asks for, in one sentence that employees read too."""
    keywords: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = ()
    """Words that count as evidence for a criterion of the tenant's own, or for alignment without documents."""
    levels: dict[int, Words] | None = None
    """What stands in a goal's text at the scores 0, 2, 4, 6, 8 and 10: all six, or none at all."""
    example: Words | None = None
    """The text of a goal that holds the criterion."""

    @field_validator("levels")
    @classmethod
    def _all_anchors(cls, value: dict[int, str] | None) -> dict[int, str] | None:
        if value is None:
            return None
        _check_anchors("no words for", sorted(set(ANCHORS) - set(value)))
        _check_anchors("no level is called", sorted(set(value) - set(ANCHORS)))
        return {anchor: value[anchor] for anchor in ANCHORS}


def _check_anchors(what: str, wrong: list[int]) -> None:
    if wrong:
        named, all_of_them = ", ".join(map(str, wrong)), ", ".join(map(str, ANCHORS))
        raise ValueError(f"{what} {named}: describe {all_of_them}, or leave levels out")


class Rubric(BaseModel):
    """The criteria of one phase by name, in order; the weights add up to 100.

    Raises pydantic's ValidationError naming the sum when they don't.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    criteria: Annotated[dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")], Criterion], Field(min_length=1)]

    @model_validator(mode="after")
    def _weights_add_up(self) -> Self:
        total = sum(c.weight for c in self.criteria.values())
        if total != WEIGHTS_TOTAL:
            raise ValueError(f"the weights add up to {total}, not {WEIGHTS_TOTAL}: change them until they do")
        return self

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that change whenever a criterion does, its levels and its example included."""
        # What is left out doesn't count, so that a rubric without levels keeps the version it was scored under.
        canonical = json.dumps(self.model_dump(mode="json", exclude_none=True), sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _criterion(weight: int, description: str, levels: tuple[str, ...], example: str) -> Criterion:
    """A criterion of ours, its levels from 0 to 10."""
    by_anchor = dict(zip(ANCHORS, levels, strict=True))
    return Criterion(weight=weight, description=description, levels=by_anchor, example=example)


_FUTURE = Rubric(
    criteria={
        "specificity": _criterion(
            30,
            "Names the role, the work and the field it is about",
            (
                "Only a wish or praise: “be better at my job”, “make a difference”.",
                "A topic, but nothing that is done about it: “improve customer service”.",
                "One thing to do, and hardly on what: “lead a project”.",
                "What is done and on what, with one or two particulars: “lead the night shift”.",
                "What is done and on what, and also the position, the field or the people it is about: “become shift lead "
                "in the bakery and train apprentices”.",
                "The role or main result, the field, and the people or the amount, with no vague word left.",
            ),
            "Within 24 months, become shift lead in the bakery, complete the food-safety certificate and train 5 apprentices.",
        ),
        "measurability": _criterion(
            25,
            "Says how anyone could tell that it was reached: numbers, counts, a result",
            (
                "Nothing could be checked, because nothing is done.",
                "Something is done, but neither a number nor a finished result nor a rhythm says when it is reached.",
                "A result is hinted at; which one, or how many, stays open: “several improvements”.",
                "One finished result (“finish the first-aid certificate”), or a habit without an amount (“visit the wards "
                "every Friday”).",
                "A number with what it counts: “train 5 apprentices”, “cut waste by 20 %”.",
                "A number with where it starts and where it is to end (“from 8 % to 3 %”), or several numbers and results.",
            ),
            "By June 2027, cut order errors from 8% to 3% and publish the checklist for deliveries.",
        ),
        "time_bound": _criterion(
            20,
            "Says by when",
            (
                "No time, and the words even put it off: “some day”, “when things calm down”.",
                "No time that anyone could check, at most “soon” or “regularly”; or one in which nobody could do it.",
                "A time that doesn't hold as it stands, because it has passed.",
                "Part of it has a time; the main result has none.",
                "A rhythm without an end (“every month”), or a stretch without a date (“this quarter”).",
                "A date or a span: “by June 2027”, “within 24 months”. With a rhythm or a step on the way it is a full 10, "
                "alone 9.5.",
            ),
            "Train one new colleague each month until June 2027.",
        ),
        "alignment": _criterion(
            25,
            "Fits what the company's documents ask for",
            (
                "Works against what the documents ask for.",
                "A private aim that has nothing to do with the work.",
                "Useful work, but it shares nothing with the documents.",
                "Meets one thing that the documents ask for. Where no document is at hand, 7 is given.",
                "Meets two or three things that the documents ask for.",
                "Everything it is about stands in the documents: the role, the skills and the work.",
            ),
            "Where the documents ask shift leads to plan the roster and cut waste: become shift lead, plan the night roster "
            "and cut bread waste by 10%.",
        ),
    }
)

_VALUES = Rubric(
    criteria={
        "clarity": _criterion(
            30,
            "Three to five values, each named and told apart from the others",
            (
                "No value is named: “be a good person”.",
                "One value, as a bare word.",
                "One value with what it means, or eight and more in a heap.",
                "Two values, or seven as bare words.",
                "Three to five values as bare words: “honesty, respect, teamwork”.",
                "Three to five values that differ, each with some words on what it means.",
            ),
            "- Respect: I greet every patient by name\n- Honesty: I report my own mistakes the same day\n"
            "- Calm: I breathe before I answer",
        ),
        "authenticity": _criterion(
            30,
            "Each value is the employee's own and shows in how they work",
            (
                "No value is named.",
                "Only names, or sentences that could stand on any company's wall.",
                "About one value in three shows in something the writer does, or in how they treat people.",
                "About half of the values show in something the writer does.",
                "Most show, three out of four; the others stand alone.",
                "Each value shows in something the writer does, in their own words.",
            ),
            "- Respect: I greet every patient by name\n- Honesty: I report my own mistakes the same day\n"
            "- Calm: I breathe before I answer",
        ),
        "company_alignment": _criterion(
            40,
            "Meets the values that the company's documents describe",
            (
                "Works against the values that the documents describe.",
                "No value is named that could be compared.",
                "Values of their own, none of which stands in the documents.",
                "One value meets one of the documents. Where no document is at hand, 7 is given.",
                "Two or three of the values meet what the documents describe.",
                "Nearly every value meets one of the documents, also in what it is about.",
            ),
            "Where the documents name honesty with customers, respect and craftsmanship: “Honesty with customers, respect for "
            "colleagues, craftsmanship in every repair”.",
        ),
    }
)

_ACTIONS = Rubric(
    criteria={
        "specificity": _criterion(
            25,
            "Each action names what is done, with whom or on what",
            (
                "No action, only a wish or praise: “work hard”.",
                "Topics, but no action says what is done on what: “read books, help the team”.",
                "About one action in three says what is done and on what.",
                "Each action says what is done, and hardly on what: “train 2 starters, write the checklist”.",
                "Each action says what is done and on what: “write the checklist for deliveries”.",
                "Each action also says with whom, in which field or how much.",
            ),
            "1. Train 2 new nurses on the surgical ward\n2. Hold 3 safety briefings for the night shift",
        ),
        "measurability": _criterion(
            25,
            "Each action can be counted or has a finished state",
            (
                "No action.",
                "No action can be counted or ticked off.",
                "About one action in three can be counted or ticked off.",
                "About two actions in three can be counted or ticked off.",
                "Every action can be ticked off; few have a number.",
                "Every action can be ticked off, and most have a number.",
            ),
            "1. Train 2 new nurses on the ward\n2. Complete the wound-care certificate\n3. Hold 6 safety briefings",
        ),
        "time_bound": _criterion(
            20,
            "The actions have dates, a rhythm or a common deadline",
            (
                "No time, and the words even put the plan off: “some day”.",
                "No time that anyone could check, at most “soon”; or one action in five has a time.",
                "About two actions in five say when or how often; nothing frames the plan.",
                "About three actions in five say when or how often; nothing frames the plan.",
                "One deadline or span frames the plan (“in the next 6 months”), and few actions have a time of their own.",
                "A deadline frames the plan and most actions have a time of their own, or every action has one.",
            ),
            "In the next 6 months:\n1. Complete the wound-care certificate by March\n2. Train 2 new nurses by May\n"
            "3. Hold one safety briefing every month",
        ),
        "achievability": _criterion(
            15,
            "The plan fits the time and the role",
            (
                "Nobody could do it in any time.",
                "Nobody could do it in this time: an amount out of reach, or more than eight actions a month.",
                "Four to eight actions a month; or no clear action that could be weighed.",
                "Three or four actions a month; or a handful without any time to weigh them against.",
                "About two actions a month.",
                "About one action a month or fewer, each within the writer's reach.",
            ),
            "In the next 6 months:\n1. Complete the wound-care certificate\n2. Train 2 new nurses\n3. Lead the ward's audit",
        ),
        "alignment": _criterion(
            15,
            "Fits what the company's documents ask for",
            (
                "Works against what the documents ask for.",
                "Private aims that have nothing to do with the work.",
                "Useful work, but it shares nothing with the documents.",
                "One thing in the plan meets what the documents ask for. Where no document is at hand, 7 is given.",
                "Two or three things in the plan meet what the documents ask for.",
                "Nearly every action is about something that the documents ask for.",
            ),
            "Where the documents ask for safety briefings, mentoring and audits: hold 6 safety briefings, mentor 2 new nurses "
            "and lead the spring audit.",
        ),
    }
)

DEFAULT_RUBRICS: dict[Phase, Rubric] = {
    Phase.G4_FUTURE: _FUTURE,
    Phase.G6_VALUES: _VALUES,
    Phase.G8_ACTIONS: _ACTIONS,
}
"""What a company is scored by until it brings a rubric of its own. The levels say what the rule coach really awards."""
