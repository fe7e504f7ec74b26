"""What a judge saw, as a goal keeps it, so that its score can be replayed years later."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from nodes.coach import Exam
from state.conversation import Passage
from state.errors import PetrafError
from state.phases import Phase
from state.rubric import Rubric


class ExamUnreadable(PetrafError):
    """What the judge saw was written down by another version of Petraf, which this one can't read."""


class _Kept(BaseModel):
    """An exam without what stands in the goal's row anyway: phase and text."""

    model_config = ConfigDict(frozen=True)

    rubric: Rubric
    passages: tuple[Passage, ...]
    proposals: tuple[tuple[int, int], ...]
    rag_enabled: bool
    today: date
    threshold: float
    company: str = ""


def kept(exam: Exam) -> dict[str, Any]:
    """The exam as plain values."""
    fields = {name: getattr(exam, name) for name in _Kept.model_fields}
    return _Kept(**fields).model_dump(mode="json")


def recalled(values: Mapping[str, Any], phase: Phase, text: str) -> Exam:
    """The exam as it was: the inverse of `kept`. Raises ExamUnreadable."""
    try:
        exam = _Kept.model_validate(values)
    except ValidationError as error:
        raise ExamUnreadable from error
    return Exam(phase=phase, text=text, **{name: getattr(exam, name) for name in _Kept.model_fields})
