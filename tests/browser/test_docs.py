"""The documentation of the routes under its Content-Security-Policy, which a newer Swagger UI might not bear."""

from playwright.sync_api import expect

from tests.browser.conftest import Browsers
from tests.browser.server import ThreadServer


def test_the_documentation_shows_every_route_and_tries_one_out(server: ThreadServer, browsers: Browsers) -> None:
    page = browsers.open(server.address)
    page.goto("/docs")
    expect(page.locator("[id$=read_api_tenant_get]")).to_be_visible()
    page.get_by_role("button", name="/api/tenant", exact=False).first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table tbody .response-col_status").first).to_contain_text("200")
