"""What the coach understood, beside the conversation: each fact opens where it was said, and is struck or edited in place."""

import re

import pytest
from playwright.sync_api import Locator, expect

from state.languages.choice import Language
from tests.browser.axe import assert_no_barriers
from tests.browser.coach import Direction
from tests.browser.conftest import LAPTOP, PHONE, Browsers, Rows
from tests.browser.server import ThreadServer
from tests.browser.steps import PAGE_WORDS, Visitor
from tests.browser.test_everybody import HEBREW, tab_to

FIRST, SECOND = "mentor 2 juniors", "no wait, 3 juniors"


def column(visitor: Visitor) -> Locator:
    """What the coach understood."""
    return visitor.page.get_by_role("region", name=visitor.words.say("What I understood"))


def place(visitor: Visitor, words: str) -> Locator:
    """The button that opens where a fact was said."""
    said = f"{words}: {visitor.words.say('show where you said it')}"
    return column(visitor).get_by_role("button", name=said, exact=True)


def act(visitor: Visitor, name: str, words: str) -> Locator:
    """A button of a fact."""
    return column(visitor).get_by_role("button", name=f"{visitor.words.say(name)}: {words}", exact=True)


def told(visitor: Visitor, *texts: str) -> None:
    """Begin as somebody whom the page knows nothing of, and say something."""
    visitor.begin({"Name": "Sarah"})
    for text in texts:
        visitor.propose(text)


@pytest.fixture(params=["en", "de"])
def mentor(request: pytest.FixtureRequest, browsers: Browsers, server: ThreadServer) -> Visitor:
    """Somebody who changed their mind, in English and in German."""
    language: Language = request.param
    visitor = Visitor(browsers.open(server.address, locale=language), PAGE_WORDS[language])
    told(visitor, FIRST, SECOND)
    return visitor


def test_what_was_said_stands_beside_the_conversation(mentor: Visitor) -> None:
    shown = column(mentor)
    for text in ("What you will do", "How much"):
        expect(shown).to_contain_text(mentor.words.say(text))
    expect(place(mentor, "mentor 3 juniors")).to_be_visible()
    beside = shown.locator(".fact-words", has=mentor.page.locator("> span del", has_text="2 juniors"))
    expect(beside).to_contain_text("3 juniors")
    outer = shown.locator(".facts > .fact")
    expect(outer).to_have_count(1)
    expect(outer.locator(".fact")).to_have_count(1)


def test_a_fact_opens_where_it_was_said(mentor: Visitor) -> None:
    place(mentor, "3 juniors").click()
    marked = mentor.log.locator("mark")
    expect(marked).to_have_text("3 juniors")
    expect(mentor.log.locator("article", has=mentor.page.locator("mark"))).to_be_focused()
    mentor.page.reload()
    place(mentor, "2 juniors").click()
    expect(marked).to_have_text("2 juniors")
    expect(mentor.log.locator("article", has=mentor.page.locator("mark"))).to_have_text(FIRST)


def test_a_fact_that_is_struck_holds_no_more(mentor: Visitor, rows: Rows) -> None:
    mentor.propose("I also want to learn Rust by 2028")
    act(mentor, "Strike", "I also want to learn Rust by 2028").click()
    expect(column(mentor).get_by_role("status")).to_have_text(mentor.words.say("Taken back."))
    expect(place(mentor, "I also want to learn Rust by 2028")).to_be_focused()
    expect(column(mentor).locator("del", has_text="learn Rust")).to_be_visible()
    expect(column(mentor)).to_contain_text(mentor.words.say("taken back"))
    assert rows("select count(*) from facts where state = 'withdrawn' and text ilike '%%rust%%'") == [(1,)]
    anew = column(mentor).get_by_role("button", name=mentor.words.say("Write it anew from this"))
    anew.click()
    mentor.wait_for_turn()
    expect(mentor.goal("future vision")).to_contain_text("3 juniors")
    expect(mentor.goal("future vision")).not_to_contain_text("Rust")
    expect(mentor.yes).to_be_visible()
    expect(anew).to_be_hidden()


def test_a_fact_is_edited_in_place(mentor: Visitor, rows: Rows) -> None:
    act(mentor, "Edit", "3 juniors").click()
    area = column(mentor).get_by_role("textbox")
    expect(area).to_be_focused()
    expect(area).to_have_value("3 juniors")
    mentor.page.keyboard.press("Escape")
    expect(area).to_be_hidden()
    expect(act(mentor, "Edit", "3 juniors")).to_be_focused()
    mentor.page.keyboard.press("Enter")
    area.fill("4 juniors")
    area.press("Enter")
    expect(place(mentor, "4 juniors")).to_be_focused()
    expect(column(mentor)).not_to_contain_text(mentor.words.say("Nothing yet."))
    assert rows("select text from facts where state = 'holds' and kind = 'amount'") == [("4 juniors",)]
    column(mentor).get_by_role("button", name=mentor.words.say("Write it anew from this")).click()
    mentor.wait_for_turn()
    expect(mentor.goal("future vision")).to_contain_text("4 juniors")


def test_the_whole_of_a_fact_goes_with_what_changed_in_it(sarah: Visitor, rows: Rows) -> None:
    told(sarah, FIRST, SECOND)
    act(sarah, "Edit", "mentor 3 juniors").click()
    area = column(sarah).get_by_role("textbox")
    expect(area).to_have_value("mentor 3 juniors")
    area.fill("mentor 5 trainees")
    area.press("Enter")
    expect(place(sarah, "mentor 5 trainees")).to_be_visible()
    assert rows("select text from facts where state = 'holds'") == [("mentor 5 trainees",)]
    act(sarah, "Strike", "mentor 5 trainees").click()
    expect(place(sarah, "mentor 5 trainees")).to_be_focused()
    assert rows("select text from facts where state = 'holds'") == []


def test_an_empty_edit_says_why_nothing_was_saved(sarah: Visitor) -> None:
    told(sarah, FIRST)
    act(sarah, "Edit", "2 juniors").click()
    area = column(sarah).get_by_role("textbox")
    area.fill(" ")
    area.press("Enter")
    expect(column(sarah).get_by_role("alert")).to_contain_text("Nothing is written here.")


def test_nothing_can_be_changed_while_the_coach_is_at_work(sarah: Visitor, coach: Direction) -> None:
    told(sarah, FIRST)
    act(sarah, "Edit", "2 juniors").click()
    area = column(sarah).get_by_role("textbox")
    area.fill("6 juniors")
    coach.hold()
    sarah.send("and become a team lead by 2028")
    expect(act(sarah, "Strike", FIRST)).to_be_disabled()
    area.press("Enter")
    expect(column(sarah).get_by_role("alert")).to_contain_text("The coach is at work.")
    coach.let_go()
    sarah.wait_for_turn()
    expect(act(sarah, "Strike", FIRST)).to_be_enabled()
    expect(area).to_have_value("6 juniors")
    area.press("Enter")
    expect(place(sarah, "6 juniors")).to_be_visible()


def test_a_fact_that_changed_elsewhere_is_told_and_shown(sarah: Visitor, rows: Rows) -> None:
    told(sarah, FIRST)
    rows("update facts set state = 'withdrawn'")
    act(sarah, "Strike", FIRST).click()
    expect(column(sarah).get_by_role("status")).to_contain_text("replaced or withdrawn before")
    expect(column(sarah)).to_contain_text("taken back")


def test_a_fact_of_letters_that_take_two_units_is_marked_whole(sarah: Visitor) -> None:
    told(sarah, "🚀🚀 I want to become a team lead.\n\nI will mentor 2 juniors 🚀 by 2028")
    place(sarah, "2 juniors").click()
    expect(sarah.log.locator("mark")).to_have_text("2 juniors")


def test_it_all_goes_by_keyboard_alone(sarah: Visitor) -> None:
    told(sarah, FIRST, SECOND)
    keyboard = sarah.page.keyboard
    tab_to(sarah.page, "Edit: 3 juniors")
    keyboard.press("Enter")
    keyboard.type("7 juniors")
    keyboard.press("Enter")
    expect(place(sarah, "7 juniors")).to_be_focused()
    tab_to(sarah.page, "Write it anew from this")
    keyboard.press("Enter")
    sarah.wait_for_turn()
    expect(sarah.goal("future vision")).to_contain_text("7 juniors")
    tab_to(sarah.page, "7 juniors: show where you said it", most=120)
    keyboard.press("Enter")
    expect(sarah.log.locator("mark")).to_have_text("3 juniors")


def test_a_fact_in_a_script_from_right_to_left_runs_from_right_to_left(sarah: Visitor, rows: Rows) -> None:
    told(sarah, FIRST)
    rows("update facts set text = %(text)s, kind = 'role'", text=HEBREW)
    sarah.page.reload()
    fact = place(sarah, HEBREW).first
    assert fact.evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_what_is_being_edited_is_not_lost_by_another_language(sarah: Visitor) -> None:
    told(sarah, FIRST)
    act(sarah, "Edit", "2 juniors").click()
    sarah.languages.select_option("de")
    expect(sarah.page.get_by_text("What I understood is being edited.")).to_be_visible()
    expect(column(sarah).get_by_role("textbox")).to_have_value("2 juniors")


def test_the_next_goal_begins_with_nothing_understood(sarah: Visitor) -> None:
    sarah.walk(messages=2)
    expect(column(sarah)).to_contain_text("Nothing yet.")
    expect(column(sarah).get_by_role("listitem")).to_have_count(0)


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_column_is_a_drawer_on_a_phone_and_has_no_barriers(
    browsers: Browsers, server: ThreadServer, size: dict[str, int]
) -> None:
    visitor = Visitor(browsers.open(server.address, size))  # type: ignore[arg-type]
    told(visitor, FIRST, SECOND)
    opening = visitor.button(re.compile(r"^What I understood \(2\)$"))
    if size == PHONE:
        expect(column(visitor)).to_be_hidden()
        opening.click()
        expect(visitor.heading("What I understood")).to_be_focused()
        visitor.page.keyboard.press("Escape")
        expect(column(visitor)).to_be_hidden()
        expect(opening).to_be_focused()
        opening.press("Enter")
    expect(column(visitor)).to_be_visible()
    assert_no_barriers(visitor.page)
    act(visitor, "Edit", "3 juniors").click()
    assert_no_barriers(visitor.page)
    visitor.page.keyboard.press("Escape")
    expect(column(visitor)).to_be_visible()
    place(visitor, "3 juniors").click()
    expect(visitor.log.locator("mark")).to_be_in_viewport()
    assert visitor.no_sideways_scrolling()
