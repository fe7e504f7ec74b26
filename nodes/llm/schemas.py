"""The shapes a language model must answer in, as JSON schemas, and its answers as typed objects.

The schemas ask for little more than shapes, because OpenAI-compatible servers differ in what else they know;
everything that matters is checked in code afterwards.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

REFINE_SCHEMA = "refined_goal"
JUDGE_SCHEMA = "judged_goal"


class RefinedReply(BaseModel):
    """A refined goal."""

    model_config = ConfigDict(str_strip_whitespace=True)

    goal: Annotated[str, Field(min_length=1)]
    used_passages: list[int] = []


class CriterionReply(BaseModel):
    """A judge's word on one criterion."""

    model_config = ConfigDict(str_strip_whitespace=True)

    name: str
    score: Annotated[float, Field(allow_inf_nan=False)]
    reasoning: str = ""
    evidence: str = ""


class JudgedReply(BaseModel):
    """A judge's word on a goal."""

    model_config = ConfigDict(str_strip_whitespace=True)

    criteria: list[CriterionReply]
    """Asked for as an object, so that a strict server gives each name once; some models answer with a list anyway."""
    feedback: str = ""
    suggestions: list[str] = []

    @field_validator("criteria", mode="before")
    @classmethod
    def _as_list(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        return [value | {"name": name} if isinstance(value, dict) else value for name, value in given.items()]


def refine_schema() -> dict[str, Any]:
    """JSON schema of a refined goal."""
    return _object(
        REFINE_SCHEMA,
        "One SMART goal and the passages it relies on",
        goal={"type": "string"},
        used_passages={"type": "array", "items": {"type": "integer"}},
    )


def judge_schema(criteria: list[str]) -> dict[str, Any]:
    """JSON schema of a judgement by these criteria."""
    verdict = _object(
        "verdict",
        "The judgement of one criterion",
        reasoning={"type": "string"},
        evidence={"type": "string"},
        score={"type": "number"},
    )
    return _object(
        JUDGE_SCHEMA,
        "The judgement of a goal, one entry per criterion",
        criteria=_object("criteria", "Each criterion by its name", **dict.fromkeys(criteria, verdict)),
        feedback={"type": "string"},
        suggestions={"type": "array", "items": {"type": "string"}},
    )


def _object(title: str, description: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": title,
        "description": description,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
