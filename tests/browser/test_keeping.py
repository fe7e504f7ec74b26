"""A goal below what the company asks for can be kept as it is: saved without praise, here, on the review and on a shared page."""

import pytest
from playwright.sync_api import expect

from state.languages.choice import Language
from tests.browser.axe import assert_no_barriers
from tests.browser.conftest import Browsers, Rows
from tests.browser.server import ThreadServer
from tests.browser.steps import KINDS, MESSAGES, PAGE_WORDS, Visitor


@pytest.fixture(params=["en", "de"])
def low(request: pytest.FixtureRequest, browsers: Browsers, server: ThreadServer, rows: Rows) -> Visitor:
    """Somebody at a company that no goal is good enough for, in English and in German; their first goal scored too low."""
    rows("update tenant_configs set threshold = 10")
    language: Language = request.param
    visitor = Visitor(browsers.open(server.address, locale=language), PAGE_WORDS[language])
    visitor.begin({"Name": "Sarah"})
    visitor.say(MESSAGES[0])
    visitor.say(MESSAGES[1])
    return visitor


def test_a_goal_that_scored_too_low_can_be_kept(low: Visitor, rows: Rows) -> None:
    card = low.goal("future vision")
    expect(card).to_contain_text(low.words.say("Not saved yet"))
    low.button("Keep it as it is").click()
    low.wait_for_turn()
    expect(card).to_contain_text(low.words.say("Kept by you"))
    expect(card.locator(".total")).to_have_count(0)
    expect(card.locator(".feedback")).to_have_count(0)
    expect(low.progress).to_contain_text(low.words.say("kept by you"))
    expect(low.button("Keep it as it is")).to_be_hidden()
    assert rows("select below_threshold, is_final from goals") == [(True, True)]
    low.page.reload()
    expect(card).to_contain_text(low.words.say("Kept by you"))
    expect(card.locator(".total")).to_have_count(0)


def test_saying_so_keeps_it_too(low: Visitor, rows: Rows) -> None:
    low.propose("keep it as it is")
    expect(low.goal("future vision")).to_contain_text(low.words.say("Kept by you"))
    assert rows("select below_threshold from goals") == [(True,)]


def test_kept_goals_are_shown_without_scores_to_take_along(
    sarah: Visitor, browsers: Browsers, server: ThreadServer, rows: Rows
) -> None:
    rows("update tenant_configs set threshold = 10")
    sarah.begin()
    for message in MESSAGES:
        sarah.say(message)
        if sarah.button("Keep it as it is").is_visible():
            sarah.button("Keep it as it is").click()
            sarah.wait_for_turn()
    sarah.button("See your three goals").click()
    expect(sarah.heading("Your three goals")).to_be_visible()
    for kind in KINDS:
        expect(sarah.goal(kind)).to_contain_text("Kept by you")
    expect(sarah.page.get_by_text("Average score")).to_have_count(0)
    expect(sarah.page.locator(".box-score").first).to_have_text("kept by you")
    assert_no_barriers(sarah.page)
    reader = browsers.open(server.address)
    reader.goto(sarah.share())
    expect(reader.get_by_text("Kept by the employee as it is.")).to_have_count(3)
    expect(reader.locator(".total")).to_have_count(0)
    expect(reader.get_by_text("Average score")).to_have_count(0)
    assert_no_barriers(reader)
