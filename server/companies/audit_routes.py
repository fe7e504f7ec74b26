"""The audit trail: filtered and paged, or whole as a table for a spreadsheet. IP addresses are masked."""

import csv
import json
import re
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from functools import partial
from io import StringIO
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from server.companies.shapes import AuditEntry, AuditPage
from server.http.held import ServerDatabase
from server.identity.proofs import Reach, reaching
from state.clock import now, wire_time
from state.records.audit import AuditRow, Order, Wanted, audit_batches, audit_count, audit_page

router = APIRouter(prefix="/api/admin", tags=["admins: audit trail"])

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's own encoding."""
CELL_BEGINS = re.compile(r'^(?=[\t\r\n])|(^|[;\t\r\n])([\s"]*)(?=[=+\-@＝＋－＠])')
"""Where a spreadsheet could take what follows for a formula. A German Excel splits the file at semicolons, whatever is quoted, so
a cell may also begin within one of ours; a comma within ours begins none, because there the quotes hold."""
COLUMNS = (
    "id",
    "created_at",
    "tenant_id",
    "session_id",
    "actor",
    "action",
    "resource_type",
    "resource_id",
    "status",
    "payload",
    "changes",
    "ip_address",
    "user_agent",
)


def _wanted(
    session_id: str | None = None,
    action: str | None = None,
    actor: str | None = None,
    since: Annotated[datetime | None, Query(alias="from", description="From this moment on.")] = None,
    until: Annotated[datetime | None, Query(alias="to", description="Before this moment.")] = None,
) -> Wanted:
    return Wanted(session_id, action, actor, since, until)


Filters = Annotated[Wanted, Depends(_wanted)]


@router.get("/audit-logs")
async def audit_logs(
    database: ServerDatabase,
    reach: Reach,
    wanted: Filters,
    order: Order = "oldest",
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> AuditPage:
    """The audit trail, a page at a time; IP addresses are masked. System keys see every company, or the one of `tenant_id`."""
    async with reaching(database, reach) as tx:
        rows = await audit_page(tx, wanted, order, limit=limit, offset=(page - 1) * limit)
        total = await audit_count(tx, wanted)
    return AuditPage(logs=[_log(row) for row in rows], total=total, page=page, per_page=limit)


@router.get("/audit-logs.csv", response_class=StreamingResponse, responses={200: {"content": {"text/csv": {}}}})
async def audit_table(
    database: ServerDatabase, reach: Reach, wanted: Filters, order: Order = "oldest"
) -> StreamingResponse:
    """The whole audit trail, by the same filters, as CSV for a spreadsheet: UTF-8 with a byte order mark, which Excel needs.

    Before what a spreadsheet would take for a formula stands an apostrophe, whether it splits the file at commas, semicolons or
    tabs. IP addresses are masked.
    """
    batches = audit_batches(partial(reaching, database, reach), wanted, order)
    first = await anext(batches)  # before the answer begins, so that a database that is away is told as such
    headers = {
        "Content-Disposition": f'attachment; filename="audit-{now().date().isoformat()}.csv"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(_table(first, batches), media_type="text/csv; charset=utf-8", headers=headers)


async def _table(first: list[AuditRow], rest: AsyncIterator[list[AuditRow]]) -> AsyncIterator[str]:
    yield BYTE_ORDER_MARK + _lines([list(COLUMNS)]) + _lines([_cells(row) for row in first])
    async for rows in rest:
        yield _lines([_cells(row) for row in rows])


def _lines(rows: list[list[str]]) -> str:
    written = StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue()


def _cells(row: AuditRow) -> list[str]:
    shown: Mapping[str, object] = _log(row)
    return [_cell(shown[name]) for name in COLUMNS]


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        text = json.dumps(value, ensure_ascii=False) if value else ""
    else:
        text = "" if value is None else str(value)
    return CELL_BEGINS.sub(r"\1\2'", text)


def _log(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        id=row.id,
        tenant_id=str(row.tenant_id) if row.tenant_id else None,
        session_id=row.session_id,
        actor=row.actor,
        action=row.action,
        resource_type=row.resource_type,
        resource_id=row.resource_id,
        payload=row.payload,
        changes=row.changes,
        status=row.status,
        ip_address="***" if row.has_ip else None,
        user_agent=row.user_agent,
        created_at=wire_time(row.created_at),
    )
