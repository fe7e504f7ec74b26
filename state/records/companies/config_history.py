"""A company's configuration as it was: every version with who made it, the current one first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from state.company import TenantConfig
from state.records.companies.tenants import company_of
from state.records.database import Transaction

MOST_VERSIONS = 100
MOST_BYTES = 2_000_000
"""Of the older versions' JSON together. They are read, compared and written out in one go, while nobody else is answered."""


@dataclass(frozen=True, slots=True)
class ConfigVersion:
    """One version of the whole configuration."""

    version: int
    changed_by: str | None
    """None for the first one, which came with the company."""
    created_at: datetime
    config: dict[str, Any]
    fields_updated: list[str]
    """Which fields differ from the version before; none of the first."""


@dataclass(frozen=True, slots=True)
class _Replaced:
    """A version that is no longer current, and by whom and when it was replaced."""

    version: int
    config: dict[str, Any]
    changed_by: str
    created_at: datetime
    bytes: int
    """Of this version and those between it and the current one."""


async def config_history(tx: Transaction) -> list[ConfigVersion]:
    """The newest hundred versions, fewer where they are large. Each can be read in today's form, whenever it was written.

    Raises TenantNotFound.
    """
    company = await company_of(tx)
    rows = await tx.all(_Replaced, "config_history", before=company.version, limit=MOST_VERSIONS, bytes=MOST_BYTES)
    begun: datetime = await tx.value("config_begun")
    configs = [company.config.model_dump(mode="json"), *(_in_todays_form(row.config) for row in rows)]
    versions = [company.version, *(row.version for row in rows)]
    if len(rows) == MOST_VERSIONS or (rows and rows[-1].bytes > MOST_BYTES):
        versions.pop()  # the oldest row only says what the one after it changed
    listed = []
    for n, version in enumerate(versions):
        made = rows[n] if n < len(rows) else None
        older = configs[n + 1] if made else configs[n]
        listed.append(
            ConfigVersion(
                version=version,
                changed_by=made.changed_by if made else None,
                created_at=made.created_at if made else begun,
                config=configs[n],
                fields_updated=[name for name, value in configs[n].items() if value != older[name]],
            )
        )
    return listed


def _in_todays_form(stored: dict[str, Any]) -> dict[str, Any]:
    """Fields that came later as we set them, fields that are gone left out; what today's rules refuse stays as it was written."""
    known = {name: stored[name] for name in TenantConfig.model_fields if name in stored}
    try:
        return TenantConfig.model_validate(known).model_dump(mode="json")
    except ValidationError:
        return {**TenantConfig().model_dump(mode="json"), **known}
