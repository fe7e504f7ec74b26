"""HR admins: tenants, configuration, statistics and the audit. A tenant's key touches its tenant only; a system key sees all."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response

from graph.tools import check_prompts
from server.context import ServerContext
from server.errors import InvalidBody
from server.identity import AdminTenant, CurrentAdmin, reaching
from state.clock import wire_time
from state.company import Company, TenantConfig
from state.records.rows import AuditRow, TenantRow
from state.records.tenants import company_of, replace_config

router = APIRouter(prefix="/api/admin", tags=["admin"])


@router.get("/tenants")
async def tenants(context: ServerContext, admin: CurrentAdmin) -> dict[str, Any]:
    """The companies this key sees."""
    async with reaching(context.database, admin.tenant) as tx:
        rows = await tx.all(TenantRow, "all_tenants")
    listed = [
        {
            "id": str(row.id),
            "slug": row.slug,
            "name": row.name,
            "domain": row.domain,
            "status": row.status,
            "created_at": wire_time(row.created_at),
        }
        for row in rows
    ]
    return {"tenants": listed, "total": len(listed)}


@router.get("/audit-logs")
async def audit_logs(
    context: ServerContext,
    admin: CurrentAdmin,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    action: str | None = None,
    actor: str | None = None,
    session_id: str | None = None,
    since: Annotated[datetime | None, Query(alias="from")] = None,
    until: Annotated[datetime | None, Query(alias="to")] = None,
) -> dict[str, Any]:
    """The audit trail, oldest first, a page at a time; IP addresses are masked."""
    wanted: dict[str, Any] = {
        "tenant_id": admin.tenant,
        "session_id": session_id,
        "action": action,
        "actor": actor,
        "since": since,
        "until": until,
    }
    async with reaching(context.database, admin.tenant) as tx:
        rows = await tx.all(AuditRow, "audit_page", limit=limit, offset=(page - 1) * limit, **wanted)
        total = await tx.value("audit_count", **wanted)
    return {"logs": [_log(row) for row in rows], "total": total, "page": page, "per_page": limit}


@router.get("/config/{tenant_id}")
async def read_config(response: Response, context: ServerContext, tenant: AdminTenant) -> dict[str, Any]:
    """The configuration with its version, which is also the ETag."""
    async with context.database.tenant(tenant) as tx:
        return _config(response, await company_of(tx))


@router.put("/config/{tenant_id}")
async def write_config(
    response: Response,
    context: ServerContext,
    admin: CurrentAdmin,
    tenant: AdminTenant,
    body: TenantConfig,
    if_match: Annotated[str | None, Header()] = None,
) -> dict[str, Any]:
    """Replace the whole configuration. `If-Match` carries the version that was read; a newer one answers 409."""
    try:
        check_prompts(body.prompts_json)
    except ValueError as error:
        raise InvalidBody(f"prompts_json: {error}") from None
    version = await _version(context, tenant, if_match)
    company = await replace_config(context.database, tenant, body, version, admin.caller)
    return _config(response, company)


async def _version(context: ServerContext, tenant: AdminTenant, if_match: str | None) -> int:
    if if_match is None:
        async with context.database.tenant(tenant) as tx:
            return (await company_of(tx)).version
    text = if_match.strip().removeprefix("W/").strip('"')
    if not text.isdecimal():
        raise InvalidBody("If-Match must be the version that was read, for example If-Match: 3")
    return int(text)


def _config(response: Response, company: Company) -> dict[str, Any]:
    response.headers["ETag"] = f'"{company.version}"'
    return {**company.config.model_dump(mode="json"), "version": company.version}


def _log(row: AuditRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "tenant_id": str(row.tenant_id) if row.tenant_id else None,
        "session_id": row.session_id,
        "actor": row.actor,
        "action": row.action,
        "resource_type": row.resource_type,
        "resource_id": row.resource_id,
        "payload": row.payload,
        "changes": row.changes,
        "status": row.status,
        "ip_address": "***" if row.has_ip else None,
        "user_agent": row.user_agent,
        "created_at": wire_time(row.created_at),
    }
