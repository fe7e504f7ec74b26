"""Coming back after days, with several sessions, after the time is over; leaving for good."""

import httpx
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browsers, Rows
from tests.browser.server import ThreadServer
from tests.browser.steps import MESSAGES, SARAH, Visitor

TIMES = {
    "sessions": ("created_at", "updated_at", "last_accessed_at", "completed_at", "expires_at"),
    "messages": ("created_at",),
    "goals": ("created_at",),
    "turns": ("created_at", "finished_at"),
}


def pass_days(rows: Rows, days: int) -> None:
    """Make every stored time older, as if the clock had moved on."""
    for table, columns in TIMES.items():
        changes = ", ".join(f"{column} = {column} - interval '{days} days'" for column in columns)
        rows(f"update {table} set {changes}")  # noqa: S608


def test_after_three_days_the_conversation_goes_on_where_it_was(sarah: Visitor, page: Page, rows: Rows) -> None:
    sarah.walk(messages=2)
    pass_days(rows, 3)
    page.goto("about:blank")
    page.goto("/")
    expect(sarah.log).to_contain_text(MESSAGES[0])
    expect(sarah.goal("future vision").last).to_contain_text("Within 24 months")
    sarah.say(MESSAGES[2])
    expect(sarah.goal("values").last).to_be_visible()


def test_a_session_whose_time_is_over_says_so_and_offers_a_new_one(sarah: Visitor, page: Page, rows: Rows) -> None:
    sarah.walk(messages=1)
    pass_days(rows, 14)
    page.reload()
    expect(sarah.status.filter(has_text="is over")).to_be_visible()
    sarah.start.click()
    expect(sarah.answer).to_be_visible()
    expect(sarah.log).not_to_contain_text(MESSAGES[0])


def test_one_can_go_from_session_to_session(sarah: Visitor) -> None:
    sarah.walk(messages=1)
    sarah.button("Your sessions").click()
    sarah.button("Start a new session").click()
    sarah.fill_in({**SARAH, "Name": "Sally"})
    sarah.start.click()
    expect(sarah.answer).to_be_visible()
    expect(sarah.log).not_to_contain_text(MESSAGES[0])
    sarah.button("Your sessions").click()
    sarah.dialog.get_by_role("button", name="Open Sarah").click()
    expect(sarah.log).to_contain_text(MESSAGES[0])


def test_everything_is_erased_after_one_clear_question(sarah: Visitor, page: Page, rows: Rows) -> None:
    sarah.review()
    sarah.button("Erase everything").click()
    sarah.dialog.get_by_role("button", name="Erase everything for good").click()
    expect(page.get_by_text("Everything of that session was erased")).to_be_visible()
    assert [rows(f"select count(*) from {table}") for table in TIMES] == [[(0,)]] * len(TIMES)  # noqa: S608
    page.goto("/")
    expect(sarah.start).to_be_visible()


def test_erasing_can_be_thought_over(sarah: Visitor, page: Page, rows: Rows) -> None:
    sarah.walk(messages=1)
    sarah.button("Your sessions").click()
    sarah.button("Erase everything").click()
    page.keyboard.press("Escape")
    expect(sarah.dialog).to_be_hidden()
    assert rows("select count(*) from sessions") == [(1,)]


def test_a_link_shows_the_goals_and_nothing_else_until_it_is_revoked(
    sarah: Visitor, browsers: Browsers, server: ThreadServer
) -> None:
    sarah.review()
    address = sarah.share()
    assert address.startswith(f"{server.address}/share/")
    manager = browsers.open(server.address)
    manager.goto(address)
    expect(manager.get_by_text("Within 24 months, become a senior engineer")).to_be_visible()
    expect(manager.get_by_text("Sunrise Corporation").first).to_be_visible()
    seen = manager.locator("body").inner_text()
    assert MESSAGES[0] not in seen
    assert SARAH["Employee code"] not in seen
    assert manager.context.cookies() == []
    sarah.button("Revoke the link").click()
    expect(sarah.button("Revoke the link")).to_be_hidden()
    manager.reload()
    expect(manager.get_by_role("heading").first).to_be_visible()
    expect(manager.get_by_text("Within 24 months")).to_be_hidden()


def test_a_link_that_never_was_says_so(page: Page) -> None:
    page.goto("/share/nobody-shared-this")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("link").first).to_be_visible()


def test_a_company_that_is_not_there_is_told_in_plain_words(browsers: Browsers, server: ThreadServer) -> None:
    assert httpx.get(f"{server.address}/api/tenant?tenant=nobody").status_code == 404
    page = browsers.open(server.address)
    page.goto("/?tenant=nobody")
    expect(page.get_by_role("alert")).to_contain_text("No company has its goals at this address")
    expect(page.get_by_role("alert")).not_to_contain_text("X-Tenant-ID")
