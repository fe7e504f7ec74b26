"""A company's configuration: read, replaced whole, tried out on sample goals before it counts, and as it was."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from nodes.llm.prompts import TENANT_PROMPTS, check_prompts
from server.companies.shapes import (
    Compared,
    Comparison,
    Config,
    ConfigDefaults,
    ConfigVersions,
    ListedVersion,
    PreviewConfig,
)
from server.companies.trials import ServerTrials
from server.http.errors import InvalidBody
from server.http.held import ServerDatabase
from server.http.rate_limit import at_most
from server.identity.proofs import AdminTenant, CurrentAdmin
from server.sessions.goal_routes import preview
from server.sessions.shapes import PreviewScore
from state.clock import wire_time
from state.company import Company, NewConfig, PhaseSettings, TenantConfig
from state.phases import GOAL_PHASES
from state.records.companies.config_history import config_history
from state.records.companies.tenants import company_of, replace_config
from state.rubric import DEFAULT_RUBRICS

router = APIRouter(prefix="/api/admin/config", tags=["admins: configuration"])

DRAFTS_A_SECOND = 4
"""Configurations tried out on sample goals, of one address."""
LONGEST_VERSION = 9
"""Digits of a version."""
MODEL_FOR_EXAMPLE = "openai:gpt-4o-mini"


@router.get("/{tenant_id}")
async def read(response: Response, database: ServerDatabase, tenant: AdminTenant) -> Config:
    """The configuration with its version, which is also the ETag."""
    async with database.tenant(tenant) as tx:
        return _described(response, await company_of(tx))


@router.put("/{tenant_id}")
async def replace(
    response: Response,
    database: ServerDatabase,
    admin: CurrentAdmin,
    tenant: AdminTenant,
    body: NewConfig,
    if_match: Annotated[str | None, Header()] = None,
) -> Config:
    """Replace the whole configuration. `If-Match` carries the version that was read; a newer one answers 409.

    An older version is brought back by sending it as the history shows it.
    """
    _check(body)
    version = await _version(database, tenant, if_match)
    company = await replace_config(database, tenant, body, version, admin.caller)
    return _described(response, company)


@router.get("/{tenant_id}/history")
async def history(database: ServerDatabase, tenant: AdminTenant) -> ConfigVersions:
    """The newest hundred versions, the current one first, each whole, with who made it and which fields they changed.

    Fewer where they are so large that more would be 2 MB of JSON.
    """
    async with database.tenant(tenant) as tx:
        versions = await config_history(tx)
    return {
        "versions": [
            ListedVersion(
                version=one.version,
                changed_by=one.changed_by,
                created_at=wire_time(one.created_at),
                config=one.config,
                fields_updated=one.fields_updated,
            )
            for one in versions
        ]
    }


@router.get("/{tenant_id}/defaults")
async def defaults(tenant: AdminTenant) -> ConfigDefaults:
    """Our rubrics and phases, to start a company's own from, and the names of the prompts that it may replace."""
    phases = {
        phase.value: PhaseSettings(limit=spec.limit, horizon_months=spec.horizon_months, categories=spec.categories)
        for phase, spec in GOAL_PHASES.items()
    }
    return ConfigDefaults(
        scoring_rubric_json={p.value: r.model_dump(mode="json")["criteria"] for p, r in DEFAULT_RUBRICS.items()},
        phases_json={name: settings.model_dump(mode="json") for name, settings in phases.items()},
        prompts=list(TENANT_PROMPTS),
    )


@router.post("/{tenant_id}/preview", dependencies=[Depends(at_most(DRAFTS_A_SECOND))])
async def try_out(
    database: ServerDatabase, trials: ServerTrials, tenant: AdminTenant, body: PreviewConfig
) -> Comparison:
    """How sample goals would score under a draft, beside the current configuration; nothing is recorded.

    The rule coach scores, without company documents. Four times a second an address; one goal after the other, beside the event
    loop, companies in turn: twenty goals of the greatest length take nearly two seconds.
    """
    draft = _draft(body.config)
    async with database.tenant(tenant) as tx:
        current = (await company_of(tx)).config
    goals = [partial(_compared, current, draft, goal) for goal in body.goals]
    return {"goals": await trials.run(tenant, goals)}


def _compared(current: TenantConfig, draft: TenantConfig, goal: PreviewScore) -> Compared:
    now, then = (preview(config, goal.phase, goal.content) for config in (current, draft))
    change = round(then["score"] - now["score"], 1)
    return Compared(phase=goal.phase.value, content=goal.content, current=now, draft=then, change=change)


def _draft(given: dict[str, Any]) -> NewConfig:
    """The draft as a configuration. Raises what a PUT of it would raise."""
    try:
        draft = NewConfig.model_validate(given)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from None
    _check(draft)
    return draft


def _check(config: TenantConfig) -> None:
    """Raise InvalidBody for what would break conversations later: prompts that can't be filled in, a model without a name."""
    try:
        check_prompts(config.prompts_json)
    except ValueError as error:
        raise InvalidBody(f"prompts_json: {error}") from None
    if config.llm_model is not None and not config.llm_model.removeprefix("openai:").strip():
        raise InvalidBody(f"llm_model: names no model; write for example {MODEL_FOR_EXAMPLE}, or null for the server's")


async def _version(database: ServerDatabase, tenant: AdminTenant, if_match: str | None) -> int:
    if if_match is None:
        async with database.tenant(tenant) as tx:
            return (await company_of(tx)).version
    text = if_match.strip().removeprefix("W/").strip('"')
    if not text.isdecimal() or len(text) > LONGEST_VERSION:
        raise InvalidBody("If-Match must be the version that was read, for example If-Match: 3")
    return int(text)


def _described(response: Response, company: Company) -> Config:
    response.headers["ETag"] = f'"{company.version}"'
    return Config.model_construct(**dict(company.config), version=company.version)
