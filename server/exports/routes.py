"""A session's final goals as a file: PDF, Markdown, calendar."""

import asyncio
from datetime import date
from typing import Any

from fastapi import APIRouter, Response

from server.exports.markdown import markdown_of
from server.exports.sheet import GoalSheet, goal_sheet
from server.http.held import ServerDatabase
from server.identity.proofs import Employee, PathEmployee
from state.clock import now
from state.records.companies.tenants import company_of
from state.records.rows import GoalRow

router = APIRouter(prefix="/api/goals/session/{session_id}", tags=["employees: goals"])


def _file(media_type: str) -> dict[str, Any]:
    return {"response_class": Response, "responses": {200: {"content": {media_type: {}}}}}


@router.get("/export.pdf", **_file("application/pdf"))
async def export_pdf(database: ServerDatabase, employee: PathEmployee) -> Response:
    """The goals as an A4 document, set beside the event loop. 409 NO_GOALS before the first one."""
    sheet = await _sheet(database, employee)
    return _attached(await asyncio.to_thread(_pdf, sheet), "application/pdf", sheet.made_on, "pdf")


@router.get("/export.md", **_file("text/markdown"))
async def export_markdown(database: ServerDatabase, employee: PathEmployee) -> Response:
    """The goals as Markdown. 409 NO_GOALS before the first one."""
    sheet = await _sheet(database, employee)
    return _attached(markdown_of(sheet).encode(), "text/markdown; charset=utf-8", sheet.made_on, "md")


@router.get("/export.ics", **_file("text/calendar"))
async def export_calendar(database: ServerDatabase, employee: PathEmployee) -> Response:
    """The days that the goals name, as all-day events. 409 NO_GOALS before the first goal, NO_DATES where none names a day."""
    sheet = await _sheet(database, employee)
    calendar = await asyncio.to_thread(_calendar, sheet)
    return _attached(calendar, "text/calendar; charset=utf-8", sheet.made_on, "ics")


def _pdf(sheet: GoalSheet) -> bytes:
    from server.exports.pdf import pdf_of  # what it is set with takes 7 MB

    return pdf_of(sheet)


def _calendar(sheet: GoalSheet) -> bytes:
    from server.exports.calendar import calendar_of  # what it is made with takes 7 MB

    return calendar_of(sheet)


async def _sheet(database: ServerDatabase, employee: Employee) -> GoalSheet:
    session = employee.session
    async with database.tenant(employee.tenant) as tx:
        company = await company_of(tx)
        goals = await tx.all(GoalRow, "goals_of_session", session_id=session.id, final_only=False)
    return goal_sheet(company.name, session, goals, now().date())


def _attached(content: bytes, media_type: str, made_on: date, ending: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="goals-{made_on.isoformat()}.{ending}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=media_type, headers=headers)
