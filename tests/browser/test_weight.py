"""How heavy the page is, and how still it stands while the coach writes."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.coach import Direction
from tests.browser.conftest import LAPTOP, PHONE, Browsers
from tests.browser.server import ThreadServer
from tests.browser.steps import MESSAGES, Visitor

MOST_BYTES = 150_000
MOST_REQUESTS = 20
LARGEST_SHIFT = 0.01
AFTER_INPUT = 600
"""Milliseconds after which a shift is no longer put down to what the person did."""
OBSERVE = """() => {
  window.__shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.__shift += entry.value;
  }).observe({type: "layout-shift", buffered: false});
}"""


class Wire:
    """Counts what comes over the wire to a page."""

    def __init__(self, page: Page) -> None:
        self.size = 0
        self.requests: list[str] = []
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on("Network.requestWillBeSent", self._request)
        devtools.on("Network.loadingFinished", self._finished)

    def _request(self, event: dict[str, Any]) -> None:
        self.requests.append(event["request"]["url"])

    def _finished(self, event: dict[str, Any]) -> None:
        self.size += int(event["encodedDataLength"])


@pytest.mark.parametrize("locale", ["en-GB", "pl-PL"])
@pytest.mark.parametrize("path", ["/", "/admin", "/share/nobody-shared-this"])
def test_the_first_load_is_light(browsers: Browsers, server: ThreadServer, path: str, locale: str) -> None:
    page = browsers.open(server.address, locale=locale)
    wire = Wire(page)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert wire.size <= MOST_BYTES, wire.requests
    assert len(wire.requests) <= MOST_REQUESTS, wire.requests


def test_a_second_load_asks_only_for_what_can_have_changed(page: Page) -> None:
    page.goto("/")
    expect(Visitor(page).start).to_be_visible()
    page.wait_for_load_state("networkidle")
    wire = Wire(page)
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert wire.size <= 10_000, wire.requests


@pytest.fixture(params=[LAPTOP, PHONE], ids=["laptop", "phone"])
def anyone(request: pytest.FixtureRequest, browsers: Browsers, server: ThreadServer) -> Iterator[Visitor]:
    """Somebody before a laptop, then somebody with a phone, with motion as it is."""
    yield Visitor(browsers.open(server.address, request.param, reduced_motion="no-preference"))


def test_nothing_jumps_while_the_coach_writes(anyone: Visitor, coach: Direction) -> None:
    anyone.walk(messages=1)
    coach.pace = 0.01
    coach.words = [f"word{number} " for number in range(400)]
    anyone.send(MESSAGES[0])
    expect(anyone.log).to_contain_text("word2 ")
    anyone.page.wait_for_timeout(AFTER_INPUT)
    anyone.page.evaluate(OBSERVE)
    expect(anyone.log).to_contain_text("word200 ")
    assert anyone.page.evaluate("() => window.__shift") <= LARGEST_SHIFT
    coach.pace = 0
    anyone.wait_for_turn()


def test_nothing_jumps_when_the_coach_is_done(anyone: Visitor, coach: Direction) -> None:
    anyone.walk(messages=1)
    coach.hold()
    anyone.send(MESSAGES[1])
    anyone.page.wait_for_timeout(AFTER_INPUT)
    anyone.page.evaluate(OBSERVE)
    coach.let_go()
    anyone.wait_for_turn()
    expect(anyone.yes).to_be_visible()
    anyone.page.wait_for_timeout(100)
    assert anyone.page.evaluate("() => window.__shift") <= LARGEST_SHIFT


def test_only_the_log_scrolls_never_the_window(sarah: Visitor, page: Page, coach: Direction) -> None:
    coach.proposals = ("microservices architecture",)
    sarah.walk(messages=2)
    sarah.goal("future vision").evaluate("(card) => card.scrollIntoView({block: 'start'})")
    assert page.evaluate("[document.documentElement.scrollHeight <= innerHeight, scrollY]") == [True, 0]


def test_a_reader_who_scrolled_up_is_left_in_peace(sarah: Visitor, page: Page, coach: Direction) -> None:
    sarah.begin()
    for number in range(3):
        sarah.say(f"I would like to learn something new, number {number}. " * 12)
    coach.pace = 0.01
    coach.words = [f"word{number} " for number in range(200)]
    sarah.send("One more.")
    expect(sarah.log).to_contain_text("word2 ")
    first = sarah.log.get_by_text("number 0").first
    sarah.log.hover()
    page.mouse.wheel(0, -5000)
    expect(first).to_be_in_viewport()
    before = first.bounding_box()
    expect(sarah.log).to_contain_text("word190 ")
    assert first.bounding_box() == before
