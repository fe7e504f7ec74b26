"""The demo company's documents and configuration, ingested through the same code as an upload."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from state.company import TenantConfig
from state.phases import Phase
from state.rubric import DEFAULT_RUBRICS, Criterion

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """A file beside this module and what its uploader would say of it."""

    path: Path
    title: str
    category: str
    metadata: Mapping[str, str]


def _document(filename: str, title: str, category: str, department: str) -> DemoDocument:
    metadata = {"title": title, "version": "1.0", "department": department}
    return DemoDocument(HERE / filename, title, category, metadata)


DEMO_DOCUMENTS: tuple[DemoDocument, ...] = (
    _document("career_framework.pdf", "Engineering Career Framework", "career_framework", "Engineering"),
    _document("values_and_culture.docx", "Values and Culture", "values", "People"),
    _document("engineering_guidelines.md", "Engineering Guidelines", "engineering_guidelines", "Engineering"),
    _document("performance_guidelines.html", "Performance Guidelines", "performance_guidelines", "People"),
)


def _like_ours(name: str, description: str) -> Criterion:
    """Our criterion of the future vision, its weight and levels included, in the company's own words."""
    return DEFAULT_RUBRICS[Phase.G4_FUTURE].criteria[name].model_copy(update={"description": description})


DEMO_CONFIG = TenantConfig(
    prompts_json={
        "system_prompt": (
            "You coach {employee_role} at {company_name}, a technology company of 500 people with a payment platform. "
            "Help them to put their own professional goals into clear words that a manager could check. Be friendly, "
            "concrete and brief, and answer in the language the employee writes in. "
            "Current phase: {phase}, step: {step}."
        ),
        "g4_future_prompt": (
            "Help the employee to picture their work in {months} months: the role or level, the skills it takes, the "
            "projects and people they will be responsible for, and the difference it makes for {company_name}."
        ),
        "g6_values_prompt": (
            "Help the employee to find the three to five values that guide them at work. Ask for a recent example of "
            "each one, and where it meets the values of {company_name}."
        ),
        "g8_actions_prompt": (
            "Help the employee to plan the next {months} months as a few actions that can be counted: what they will "
            "learn, lead, improve or share, whom they will support, how much and by when."
        ),
    },
    scoring_rubric_json={
        Phase.G4_FUTURE: {
            "specificity": _like_ours("specificity", "Names the role, the skills and the work it is about"),
            "measurability": _like_ours("measurability", "Has numbers or results that show it was reached"),
            "time_bound": _like_ours("time_bound", "Says by when"),
            "alignment": _like_ours("alignment", "Fits what Sunrise Corporation's documents ask for"),
        },
    },
    threshold=7,
    ui_flags_json={"show_age_field": True, "show_years_of_service": True, "show_grade": True},
    rag_enabled=True,
    session_expiration_days=14,
    # None: the deployment's coach decides, so that the demo also runs where no model can be reached.
    llm_model=None,
)
