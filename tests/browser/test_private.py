"""Whoever writes of being in danger, or may be, is answered calmly; nobody else can see it, and they can erase it."""

import pytest
from playwright.sync_api import expect

from state.languages.choice import Language
from tests.browser.axe import assert_no_barriers
from tests.browser.conftest import Browsers, Rows
from tests.browser.server import ThreadServer
from tests.browser.steps import MESSAGES, PAGE_WORDS, Visitor
from tests.server.turns.test_crisis import MAYBE

DANGER: dict[Language, str] = {"en": "I hate my manager and I want to kill myself", "de": "Ich will nicht mehr leben"}


@pytest.fixture(params=["en", "de"])
def alone(request: pytest.FixtureRequest, browsers: Browsers, server: ThreadServer) -> Visitor:
    """Somebody who wrote of being in danger, in English and in German."""
    language: Language = request.param
    visitor = Visitor(browsers.open(server.address, locale=language), PAGE_WORDS[language])
    visitor.begin({"Name": "Sarah"})
    visitor.propose(DANGER[language])
    return visitor


def test_it_is_for_nobody_else_and_can_be_erased(alone: Visitor, rows: Rows) -> None:
    note = alone.log.get_by_text(alone.words.say("Only you can see this"))
    expect(note).to_be_visible()
    assert_no_barriers(alone.page)
    alone.page.reload()
    expect(note).to_be_visible()
    expect(alone.log).to_contain_text(DANGER[alone.words.language])
    alone.button("Erase this message").click()
    expect(alone.log).to_contain_text(alone.words.say("The message and the answer to it are erased."))
    expect(alone.log).not_to_contain_text(DANGER[alone.words.language])
    expect(alone.answer).to_be_focused()
    assert rows("select count(*) from messages") == [(0,)]
    alone.page.reload()
    expect(alone.answer).to_be_visible()
    expect(alone.log).not_to_contain_text(DANGER[alone.words.language])


def test_nothing_is_scored_and_the_conversation_goes_on_when_they_want(alone: Visitor, rows: Rows) -> None:
    expect(alone.page.get_by_role("article", name=alone.words.say("Your goal: future vision"))).to_have_count(0)
    expect(alone.page.locator(".bar")).to_have_count(0)
    assert rows("select count(*) from facts") == [(0,)]
    alone.propose(MESSAGES[0])
    expect(alone.log).to_contain_text(MESSAGES[0])
    expect(alone.button("Erase this message")).to_have_count(1)


def test_an_ordinary_message_has_no_such_note(sarah: Visitor) -> None:
    sarah.walk(messages=1)
    expect(sarah.page.get_by_text("Only you can see this")).to_have_count(0)


def test_a_goal_that_waits_stays_when_such_a_message_is_erased(sarah: Visitor, rows: Rows) -> None:
    sarah.begin()
    sarah.propose(MESSAGES[0])
    sarah.propose(MESSAGES[1])
    expect(sarah.yes).to_be_visible()
    sarah.propose(DANGER["en"])
    sarah.button("Erase this message").click()
    expect(sarah.log).not_to_contain_text(DANGER["en"])
    expect(sarah.goal("future vision")).to_be_visible()
    assert rows("select count(*) from messages where withheld") == [(0,)]


def test_help_is_offered_where_it_is_only_possible_and_the_question_follows(sarah: Visitor) -> None:
    sarah.begin()
    sarah.propose(MAYBE)
    answer = sarah.log.locator(".turn").last
    expect(answer).to_contain_text("you don't have to carry it alone")
    expect(answer).to_contain_text("?")
    expect(answer.get_by_text("Only you can see this")).to_be_visible()
    assert_no_barriers(sarah.page)
    sarah.button("Erase this message").click()
    expect(sarah.log).not_to_contain_text(MAYBE)
    sarah.propose(MESSAGES[0])
    expect(sarah.button("Erase this message")).to_have_count(0)
