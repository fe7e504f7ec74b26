"""What the tests of the LLM coach share: a nurse's briefing, her exam, and answers a model may give."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from nodes.coach import Briefing, Exam
from nodes.llm.coach import LLMCoach, build_llm_coach
from nodes.rules.adviser import RuleAdviser
from state.conversation import Draft, Passage, Profile
from state.phases import Phase
from state.rubric import DEFAULT_RUBRICS
from state.scorecard import Verdict
from tests.nodes.model_server import (
    ModelServer,
)

KEY = "sk-test-7d1f"
SAID = (
    "I want to become a charge nurse on the night shift and maybe train new colleagues.",
    "I'd like to train 4 junior nurses in triage and finish the Emergency Nursing certificate by June.",
)
QUESTION = "How many colleagues would you like to train?"
GOAL = "Within 24 months, become charge nurse on the night shift, train 4 junior nurses and finish the certificate."
LADDER = Passage(
    "A charge nurse leads a shift of 12 nurses. Promotion requires the Acme Leadership course.",
    "Career Ladder.pdf",
    "doc-1",
    3,
    "career_framework",
    0.8,
)


@asynccontextmanager
async def coach_at(server: ModelServer, seconds: float = 5, max_retries: int = 0) -> AsyncIterator[LLMCoach]:
    coach = build_llm_coach(
        "openai:fake-model",
        RuleAdviser(),
        api_key=KEY,
        base_url=server.base_url,
        timeout=seconds,
        max_retries=max_retries,
    )
    try:
        yield coach
    finally:
        await coach.aclose()


def briefing(**changes: Any) -> Briefing:
    """What the coach knows of the nurse; it asks a question, or without one the goal is written."""
    values: dict[str, Any] = {
        "company": "Riverside Hospital",
        "phase": Phase.G4_FUTURE,
        "limit": 300,
        "horizon_months": 24,
        "rubric": DEFAULT_RUBRICS[Phase.G4_FUTURE],
        "prompts": {},
        "profile": Profile(position="Staff Nurse", years_of_service=3),
        "said": SAID,
        "dialogue": (),
        "goals": {},
        "passages": (),
        "today": date(2026, 11, 21),
        "course": "transition" if "question" in changes else "refine",
    }
    return Briefing(**values | changes)


def exam(text: str = GOAL, **changes: Any) -> Exam:
    values: dict[str, Any] = {
        "phase": Phase.G4_FUTURE,
        "text": text,
        "proposals": (),
        "rubric": DEFAULT_RUBRICS[Phase.G4_FUTURE],
        "passages": (),
        "rag_enabled": True,
        "today": date(2026, 11, 21),
        "threshold": 7.0,
    }
    return Exam(**values | changes)


def goal(text: str, *used: int) -> dict[str, Any]:
    return {"goal": text, "used_passages": list(used)}


def judged(evidence: str = GOAL[:16], score: float = 8.0, **scores: float) -> dict[str, Any]:
    names = DEFAULT_RUBRICS[Phase.G4_FUTURE].criteria
    criteria = [
        {"name": n, "score": scores.get(n, score), "reasoning": "Because.", "evidence": evidence} for n in names
    ]
    return {"criteria": criteria, "feedback": "Good.", "suggestions": ["More."]}


def by_name(verdicts: tuple[Verdict, ...]) -> dict[str, Verdict]:
    return {v.name: v for v in verdicts}


def system_and_data(server: ModelServer, request: int = -1) -> tuple[str, str]:
    messages = server.requests[request]["messages"]
    assert [m["role"] for m in messages[:2]] == ["system", "user"]
    return messages[0]["content"], messages[1]["content"]


def within_limits(draft: Draft) -> bool:
    exact = all(draft["text"][p["start"] : p["end"]] == p["text"] for p in draft["proposals"])
    return exact and len(draft["proposals"]) <= 2


async def everything(coach: LLMCoach, call: str) -> None:
    """One of the three calls, on the nurse's case."""
    match call:
        case "reply":
            assert [c async for c in coach.reply(briefing(question=QUESTION))]
        case "refine":
            await coach.refine(briefing())
        case _:
            await coach.judge(exam())
