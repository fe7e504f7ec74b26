"""What a tenant configures: prompts, rubrics, threshold, phases, flags (spec: tenant_configs)."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from state.conversation import Brief
from state.languages.choice import SOURCE, Language
from state.languages.words import WORDS
from state.phases import GOAL_PHASES, Phase, next_phase
from state.rubric import DEFAULT_RUBRICS, Criterion, Rubric
from state.text import check_storable

SLUG = r"^[a-z0-9][a-z0-9_-]{0,62}$"
"""How categories are written."""
Slug = Annotated[str, Field(pattern=SLUG)]

LARGEST_CONFIG = 200_000
"""Characters of JSON, about; all our own rubrics are 9,000, the demo's configuration is 4,000."""
MOST_ENTRIES = 50
"""Of any list or table in a configuration: a criterion's keywords, the flags."""
MOST_CRITERIA = 20
LONGEST_NAME = 60
"""Most characters of an entry's name that a refusal repeats."""
ENTRY_MARKS = 5
"""Fewest characters of JSON beside an entry's name and text: quotes, colon, comma and a digit."""


class PhaseSettings(BaseModel):
    """What a tenant may change of one phase; what is left out stays ours."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: Annotated[int, Field(ge=80, le=4000)] | None = None
    horizon_months: Annotated[int, Field(ge=1, le=120)] | None = None
    categories: Annotated[tuple[Slug, ...], Field(max_length=20)] | None = None


class TenantConfig(BaseModel):
    """One row of tenant_configs, as `PUT /api/admin/config/{tenant_id}` takes it."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    prompts_json: dict[str, Annotated[str, Field(max_length=8000)]] = {}
    scoring_rubric_json: dict[Phase, dict[str, Criterion]] = {}
    phases_json: dict[Phase, PhaseSettings] = {}
    threshold: Annotated[float, Field(ge=0, le=10)] = 7.0
    ui_flags_json: dict[Annotated[str, Field(max_length=60)], bool] = {}
    rag_enabled: bool = True
    session_expiration_days: Annotated[int, Field(ge=1, le=365)] = 14
    llm_model: Annotated[str, Field(min_length=1, max_length=120)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _can_be_kept(cls, value: Any) -> Any:
        return check_storable(value)

    @field_validator("scoring_rubric_json", "phases_json")
    @classmethod
    def _goal_phases_only(cls, value: dict[Phase, Any]) -> dict[Phase, Any]:
        foreign = [phase for phase in value if phase not in GOAL_PHASES]
        if foreign:
            raise ValueError(f"{foreign[0]} has no goal: name one of {', '.join(GOAL_PHASES)}")
        return value

    @field_validator("scoring_rubric_json")
    @classmethod
    def _weights_add_up(cls, value: dict[Phase, dict[str, Criterion]]) -> dict[Phase, dict[str, Criterion]]:
        for criteria in value.values():
            Rubric(criteria=criteria)
        return value

    @property
    def admins_may_read(self) -> bool:
        """Whether admins may read the conversations of sessions that begin now; employees are told before their first answer."""
        return self.ui_flags_json.get("admins_may_read_conversations", False)

    def rubric(self, phase: Phase) -> Rubric:
        """The tenant's rubric of a phase, else ours."""
        criteria = self.scoring_rubric_json.get(phase)
        return Rubric(criteria=criteria) if criteria else DEFAULT_RUBRICS[phase]


class NewConfig(TenantConfig):
    """A configuration as it is sent. Its limits don't hold for those that are stored: they may be older than the limits."""

    @model_validator(mode="before")
    @classmethod
    def _not_too_large(cls, value: Any) -> Any:
        return _check_extent(value)

    @field_validator("scoring_rubric_json")
    @classmethod
    def _not_too_many(cls, value: dict[Phase, dict[str, Criterion]]) -> dict[Phase, dict[str, Criterion]]:
        for phase, criteria in value.items():
            if len(criteria) > MOST_CRITERIA:
                raise ValueError(f"{phase} has {len(criteria)} criteria, {MOST_CRITERIA} are the most")
        return value


def _check_extent(config: Any) -> Any:
    """`config` as it is, or ValueError at the first thing that makes it too large: before each of its entries is looked at."""
    size = 0
    left: list[tuple[str, Any]] = [("the configuration", config)]
    while left:
        name, inner = left.pop()
        if isinstance(inner, dict | list):
            if len(inner) > MOST_ENTRIES:
                raise ValueError(f"{name[:LONGEST_NAME]} has {len(inner)} entries, {MOST_ENTRIES} are the most")
            size += ENTRY_MARKS * len(inner)
            left.extend(inner.items() if isinstance(inner, dict) else ((name, one) for one in inner))
        size += len(name) + (len(inner) if isinstance(inner, str) else 0)
        if size > LARGEST_CONFIG:
            raise ValueError(f"the configuration has more than {LARGEST_CONFIG:,} characters, which are the most")
    return config


class Company(BaseModel):
    """A tenant's name and settings, read once a turn."""

    model_config = ConfigDict(frozen=True)

    name: str
    config: TenantConfig
    version: int

    def brief(
        self,
        phase: Phase,
        language: Language = SOURCE,
        confirm_goals: bool | None = None,
        *,
        admins_may_read: bool = False,
    ) -> Brief:
        """Everything the nodes need of the settings for one goal phase; `confirm_goals` None leaves that to the flag."""
        spec = GOAL_PHASES[phase]
        ours = self.config.phases_json.get(phase, PhaseSettings())
        flag = self.config.ui_flags_json.get("confirm_refined_goal", False)
        months = (ours.horizon_months or spec.horizon_months) if spec.horizon_months else None
        return Brief(
            company=self.name,
            phase=phase.value,
            limit=ours.limit or spec.limit,
            horizon_months=months,
            categories=list(spec.categories if ours.categories is None else ours.categories),
            question=self.question(phase, language),
            next_question=self.question(next_phase(phase), language),
            rubric=self.config.rubric(phase).model_dump(mode="json"),
            threshold=self.config.threshold,
            prompts=self.config.prompts_json,
            rag_enabled=self.config.rag_enabled,
            confirm_refined_goal=flag if confirm_goals is None else confirm_goals,
            language=language,
            admins_may_read=admins_may_read,
            llm_model=self.config.llm_model,
        )

    def question(self, phase: Phase, language: Language = SOURCE) -> str:
        """The opening question of a phase, its time frame filled in; empty once all are done."""
        spec = GOAL_PHASES.get(phase)
        if spec is None:
            return ""
        ours = self.config.phases_json.get(phase, PhaseSettings())
        months = (ours.horizon_months or spec.horizon_months) if spec.horizon_months else None
        words = WORDS[language]
        if months is None:
            return words.say(spec.question)
        return words.counted(spec.question_of_a_month, spec.question, months, months=months)

    def question_at(self, phase: str, language: Language = SOURCE) -> str:
        """The opening question where a session stands, by the phase's name."""
        return self.question(Phase(phase), language)
