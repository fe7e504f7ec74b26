"""`/docs`: every route by Swagger UI, without anything from another site."""

import re

import pytest

from tests.server.client import Company


async def test_the_documentation_loads_only_what_we_send_and_runs_nothing_else(acme: Company) -> None:
    page = await acme.http.get("/docs")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    assert not re.search(r"<script>|<style|https?:", page.text)
    loaded = re.findall(r'(?:src|href)="(/[^"]+)"', page.text)
    assert [address.rpartition("/")[2] for address in loaded] == ["swagger-ui.css", "swagger-ui-bundle.js", "start.js"]
    for address in loaded:
        answer = await acme.http.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["content-type"].startswith(("text/css", "text/javascript"))
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert '"/openapi.json"' in answer.text


@pytest.mark.parametrize("path", ["/redoc", "/docs/oauth2-redirect", "/docs/other.js"])
async def test_nothing_else_of_it_is_there(acme: Company, path: str) -> None:
    assert (await acme.http.get(path)).status_code == 404


async def test_the_description_lists_the_routes_of_every_kind(acme: Company) -> None:
    paths = (await acme.http.get("/openapi.json")).json()["paths"]
    assert {
        "/api/session/create",
        "/api/admin/login",
        "/api/admin/config/{tenant_id}",
        "/graph/goal-setting/invoke",
    } <= set(paths)
    assert not any(path.startswith(("/docs", "/assets")) for path in paths)
