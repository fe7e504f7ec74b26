"""The company's rubric: which criteria a goal is scored against, with which weight (DECISIONS 1 and 8)."""

import hashlib
import json
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from state.phases import Phase

WEIGHTS_TOTAL = 100


class Criterion(BaseModel):
    """One line of a rubric."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weight: Annotated[int, Field(ge=1, le=WEIGHTS_TOTAL)]
    description: Annotated[str, Field(min_length=1, max_length=500)]
    keywords: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = ()
    """Words that count as evidence for a criterion of the tenant's own, or for alignment without documents."""


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

    @property
    def version(self) -> str:
        """Twelve hex digits that change whenever a criterion does."""
        canonical = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _rubric(**criteria: tuple[int, str]) -> Rubric:
    return Rubric(criteria={name: Criterion(weight=w, description=d) for name, (w, d) in criteria.items()})


DEFAULT_RUBRICS: dict[Phase, Rubric] = {
    Phase.G4_FUTURE: _rubric(
        specificity=(30, "Names the role, the work and the field it is about"),
        measurability=(25, "Says how anyone could tell that it was reached: numbers, counts, a result"),
        time_bound=(20, "Says by when"),
        alignment=(25, "Fits what the company's documents ask for"),
    ),
    Phase.G6_VALUES: _rubric(
        clarity=(30, "Three to five values, each named and told apart from the others"),
        authenticity=(30, "Each value is the employee's own and shows in how they work"),
        company_alignment=(40, "Meets the values that the company's documents describe"),
    ),
    Phase.G8_ACTIONS: _rubric(
        specificity=(25, "Each action names what is done, with whom or on what"),
        measurability=(25, "Each action can be counted or has a finished state"),
        time_bound=(20, "The actions have dates, a rhythm or a common deadline"),
        achievability=(15, "The plan fits the time and the role"),
        alignment=(15, "Fits what the company's documents ask for"),
    ),
}
