"""What an admin's browser does: signing in, and asking with the cookie from our own page or from elsewhere."""

from typing import Any

import httpx

from tests.server.client import Company

OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
"""What a browser sends of a request that our own page makes."""


async def get(company: Company, path: str, key: str | None = None, **params: Any) -> httpx.Response:
    """An admin's question, whatever comes back."""
    headers = {"X-Admin-Key": key or company.admin_key}
    return await company.http.get(f"/api/admin/{path}", headers=headers, params=params or None)


async def post(company: Company, path: str, body: Any, key: str | None = None, **params: Any) -> httpx.Response:
    """An admin's request, whatever comes back."""
    headers = {"X-Admin-Key": key or company.admin_key}
    return await company.http.post(f"/api/admin/{path}", headers=headers, json=body, params=params or None)


async def sign_in(company: Company, key: str | None = None, **headers: str) -> httpx.Response:
    """Send the key; the client's cookie jar then holds the sign-in."""
    body = {"key": key or company.admin_key}
    return await company.http.post("/api/admin/login", json=body, headers={**OWN_PAGE, **headers})


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of an error."""
    return answer.status_code, answer.json()["detail"]["error"]
