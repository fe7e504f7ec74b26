"""The server's own fixtures, and the marker of everything here."""

from pathlib import Path

import pytest

from tests.server.conftest import acme, company, settings

__all__ = ["acme", "company", "settings"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs npm packages; `make test` leaves them out."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.npm)
