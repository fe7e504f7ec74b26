"""Is it up, is it ready, and what does it run on."""

from importlib.metadata import PackageNotFoundError, version

from fastapi import APIRouter

from server.http.held import ServerDatabase, ServerSettings
from server.http.shapes import ErrorAnswer, Health, Ready
from state.clock import now, wire_time
from state.records.database import Database, DatabaseUnavailable

router = APIRouter(tags=["operators: health"])
FALLBACK_VERSION = "1.0.0"


@router.get("/api/health")
async def health(settings: ServerSettings, database: ServerDatabase) -> Health:
    """What the specification shows, with true values; the database is really asked."""
    healthy = await _database_answers(database)
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


@router.get("/api/ready", responses={503: {"model": ErrorAnswer, "description": "The database is away."}})
async def ready(database: ServerDatabase) -> Ready:
    """200 when requests can be served, else 503."""
    if not await _database_answers(database):
        raise DatabaseUnavailable
    return {"status": "ready", "timestamp": wire_time(now())}


async def _database_answers(database: Database) -> bool:
    try:
        async with database.system() as tx:
            return bool(await tx.value("ping"))
    except DatabaseUnavailable:
        return False


def _version() -> str:
    try:
        return version("petraf")
    except PackageNotFoundError:
        return FALLBACK_VERSION
