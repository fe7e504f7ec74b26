"""Is it up, is it ready, and what does it run on."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import APIRouter

from server.context import Context, ServerContext
from state.clock import now, wire_time
from state.records.database import DatabaseUnavailable

router = APIRouter(tags=["health"])
FALLBACK_VERSION = "1.0.0"


@router.get("/api/health")
async def health(context: ServerContext) -> dict[str, Any]:
    """What the specification shows, with true values; the database is really asked."""
    healthy = await _database_answers(context)
    settings = context.settings
    return {
        "status": "healthy" if healthy else "unhealthy",
        "version": _version(),
        "timestamp": wire_time(now()),
        "services": {
            "database": "healthy" if healthy else "unavailable",
            "redis": "not_configured",
            "openai": "configured" if settings.openai_api_key else "not_configured",
            "coach": settings.coach_name,
            "embeddings": settings.embeddings,
        },
    }


@router.get("/api/ready")
async def ready(context: ServerContext) -> dict[str, Any]:
    """200 when requests can be served, else 503."""
    if not await _database_answers(context):
        raise DatabaseUnavailable
    return {"status": "ready", "timestamp": wire_time(now())}


async def _database_answers(context: Context) -> bool:
    try:
        async with context.database.system() as tx:
            return bool(await tx.value("ping"))
    except DatabaseUnavailable:
        return False


def _version() -> str:
    try:
        return version("petraf")
    except PackageNotFoundError:
        return FALLBACK_VERSION
