"""The connection comes and goes; what was said stays, once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.coach import Direction
from tests.browser.conftest import Browsers, Rows
from tests.browser.server import ProcessServer, ThreadServer, wait_for
from tests.browser.steps import FIRST_WORDS, MESSAGES, Visitor

ENDS_WITH = "how many people would that be?"
TAKEN_OVER_WITHIN = 40_000
"""Milliseconds, as DECISIONS allows."""


def once(visitor: Visitor, text: str) -> None:
    """The conversation holds the text one time."""
    expect(visitor.log).to_contain_text(text)
    assert visitor.log.inner_text().count(text) == 1


def test_a_reload_in_the_middle_of_a_reply_shows_the_whole_reply_once(
    sarah: Visitor, page: Page, coach: Direction, rows: Rows
) -> None:
    sarah.begin()
    sarah.send_and_be_held(coach)
    page.reload()
    expect(sarah.log).to_contain_text(FIRST_WORDS)
    coach.let_go()
    sarah.wait_for_turn()
    once(sarah, ENDS_WITH)
    once(sarah, MESSAGES[0])
    assert rows("select count(*) from turns") == [(1,)]


def test_a_connection_that_is_lost_is_told_and_found_again(
    sarah: Visitor, context: BrowserContext, coach: Direction, rows: Rows
) -> None:
    sarah.begin()
    sarah.send_and_be_held(coach)
    context.set_offline(True)
    expect(sarah.status.filter(has_text="Connection lost. Reconnecting")).to_be_visible()
    coach.let_go()
    context.set_offline(False)
    expect(sarah.status.filter(has_text="Connected again.")).to_be_visible()
    sarah.wait_for_turn()
    once(sarah, ENDS_WITH)
    assert rows("select count(*) from turns") == [(1,)]


def test_what_is_sent_without_a_connection_arrives_once_when_it_is_back(
    sarah: Visitor, context: BrowserContext, rows: Rows
) -> None:
    sarah.begin()
    context.set_offline(True)
    sarah.send(MESSAGES[0])
    expect(sarah.status.filter(has_text="Connection lost. Reconnecting")).to_be_visible()
    context.set_offline(False)
    sarah.wait_for_turn()
    once(sarah, ENDS_WITH)
    once(sarah, MESSAGES[0])
    assert rows("select count(*) from messages where role = 'user'") == [(1,)]


def test_what_could_not_be_sent_before_a_reload_is_still_there(
    sarah: Visitor, page: Page, context: BrowserContext
) -> None:
    sarah.begin()
    page.route("**/api/chat/**", lambda route: route.abort())
    sarah.send(MESSAGES[0])
    expect(sarah.status.filter(has_text="Connection lost. Reconnecting")).to_be_visible()
    sarah.answer.fill("And one more thing.")
    page.unroute("**/api/chat/**")
    page.reload()
    expect(sarah.answer).to_have_value(f"{MESSAGES[0]}\n\nAnd one more thing.")


def test_without_a_connection_the_sessions_cannot_be_listed_and_nothing_is_lost(
    sarah: Visitor, context: BrowserContext
) -> None:
    sarah.walk(messages=1)
    sarah.answer.fill("I was about to say")
    context.set_offline(True)
    sarah.button("Your sessions").click()
    expect(sarah.dialog).to_contain_text("can't be reached")
    sarah.button("Close").click()
    expect(sarah.answer).to_have_value("I was about to say")


def test_a_server_that_was_restarted_between_two_turns_is_not_noticed(sarah: Visitor, server: ThreadServer) -> None:
    sarah.walk(messages=1)
    server.stop()
    server.start()
    sarah.say(MESSAGES[1])
    expect(sarah.goal("future vision").last).to_contain_text("Within 24 months")


@pytest.fixture
def doomed(demo_url: str) -> Iterator[ProcessServer]:
    """A server process that is killed in the middle of a reply."""
    process = ProcessServer(demo_url)
    process.start(pace=3600)
    yield process
    process.kill()


def test_a_turn_of_a_server_that_was_killed_ends_on_the_next_one(
    doomed: ProcessServer, browsers: Browsers, rows: Rows
) -> None:
    page = browsers.open(doomed.address)
    browsers.watch(page).expect("net::ERR")
    sarah = Visitor(page)
    sarah.begin()
    sarah.send(MESSAGES[0])
    expect(sarah.log).to_contain_text(FIRST_WORDS)
    doomed.kill()
    expect(sarah.status.filter(has_text="Connection lost. Reconnecting")).to_be_visible()
    doomed.start(pace=0)
    expect(sarah.log).to_contain_text(ENDS_WITH, timeout=TAKEN_OVER_WITHIN)
    sarah.wait_for_turn()
    once(sarah, ENDS_WITH)
    once(sarah, FIRST_WORDS)
    assert rows("select count(*), max(attempt) from turns") == [(1, 2)]


def test_a_tab_that_was_left_behind_catches_up_and_keeps_what_was_written(
    sarah: Visitor, context: BrowserContext, page: Page
) -> None:
    sarah.walk(messages=1)
    other = Visitor(context.new_page())
    other.page.goto("/")
    expect(other.log).to_contain_text(ENDS_WITH)
    other.say(MESSAGES[1])
    expect(other.goal("future vision").last).to_be_visible()
    page.bring_to_front()
    sarah.send(MESSAGES[2])
    expect(page.get_by_text("went on elsewhere")).to_be_visible()
    expect(sarah.goal("future vision").last).to_be_visible()
    expect(sarah.answer).to_have_value(MESSAGES[2])
    sarah.button("Send").click()
    expect(sarah.goal("values").last).to_be_visible()


def test_a_second_tab_follows_a_turn_that_runs_in_the_first(
    sarah: Visitor, context: BrowserContext, coach: Direction, rows: Rows
) -> None:
    sarah.begin()
    sarah.send_and_be_held(coach)
    other = Visitor(context.new_page())
    other.page.goto("/")
    expect(other.log).to_contain_text(FIRST_WORDS)
    coach.let_go()
    for visitor in (sarah, other):
        visitor.wait_for_turn()
        once(visitor, ENDS_WITH)
    assert rows("select count(*) from turns") == [(1,)]


def test_a_turn_that_runs_in_another_tab_is_told_and_nothing_written_is_lost(
    sarah: Visitor, context: BrowserContext, coach: Direction, rows: Rows
) -> None:
    sarah.walk(messages=1)
    other = Visitor(context.new_page())
    other.page.goto("/")
    expect(other.answer).to_be_visible()
    coach.hold()
    sarah.send(MESSAGES[1])
    expect(sarah.log).to_contain_text(MESSAGES[1])
    wait_for(lambda: rows("select count(*) from turns") == [(2,)])
    other.send("Something else altogether.")
    expect(other.page.get_by_text("went on elsewhere")).to_be_visible()
    expect(other.answer).to_have_value("Something else altogether.")
    expect(other.log).to_contain_text(MESSAGES[1])
    coach.let_go()
    sarah.wait_for_turn()
