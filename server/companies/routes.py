"""The company as its employees see it: what a page needs before anybody has a session."""

from fastapi import APIRouter, Request

from graph.tools import coach_name
from server.companies.shapes import Company as Shown
from server.companies.shapes import CompanyPhase, RubricLine
from server.documents.library import ServerLibrary
from server.http.errors import language_of
from server.http.held import ServerDatabase, ServerSettings
from server.identity.proofs import Tenant
from state.company import Company
from state.identity import proven_tenant
from state.languages.choice import Language
from state.languages.words import WORDS
from state.phases import GOAL_PHASES, Phase, goal_phase
from state.records.companies.tenants import company_of

router = APIRouter(prefix="/api/tenant", tags=["employees: company"])


@router.get("")
async def read(
    request: Request, settings: ServerSettings, database: ServerDatabase, library: ServerLibrary, tenant: Tenant
) -> Shown:
    """Name, flags, phases with their questions and rubrics, threshold; nothing about anybody.

    `coach` and `embeddings` (null: no documents are searched) name the models that get to read what is written: `rules` and
    `local` run on this server. Questions and our own criteria come in the language that `Accept-Language` prefers.
    """
    async with database.tenant(proven_tenant(tenant.id)) as tx:
        company = await company_of(tx)
    language = language_of(request)
    return Shown(
        name=company.name,
        ui_flags=company.config.ui_flags_json,
        threshold=company.config.threshold,
        session_expiration_days=company.config.session_expiration_days,
        admins_may_read=company.config.admins_may_read,
        coach=coach_name(settings.coach_name, company.config.llm_model),
        embeddings=library.model.name if company.config.rag_enabled else None,
        phases=[_phase(company, phase, language) for phase in GOAL_PHASES],
    )


def _phase(company: Company, phase: Phase, language: Language) -> CompanyPhase:
    brief = company.brief(phase, language)
    criteria = company.config.rubric(phase).criteria
    return CompanyPhase(
        phase=goal_phase(phase),
        type=GOAL_PHASES[phase].goal_type,
        limit=brief["limit"],
        horizon_months=brief["horizon_months"],
        question=brief["question"],
        rubric=[
            RubricLine(name=name, weight=c.weight, description=WORDS[language].say(c.description))
            for name, c in criteria.items()
        ],
    )
