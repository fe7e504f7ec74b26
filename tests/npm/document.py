"""The code in docs/frontend.md."""

import re
from pathlib import Path

FRONTEND = Path(__file__).parents[2] / "docs" / "frontend.md"
ADDRESS = "http://127.0.0.1:8000"
TENANT = "550e8400-e29b-41d4-a716-446655440000"


def blocks(language: str, address: str = ADDRESS, tenant: str = TENANT) -> list[str]:
    """The document's blocks of a language in order, for a server and a company."""
    text = FRONTEND.read_text(encoding="utf-8")
    found = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block.replace(ADDRESS, address).replace(TENANT, tenant) for block in found]
