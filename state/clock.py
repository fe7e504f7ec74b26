"""Times as the wire shows them: UTC, ISO 8601 with `Z`, milliseconds."""

from datetime import UTC, datetime


def now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


def wire_time(moment: datetime) -> str:
    """For example `2025-01-10T09:00:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
