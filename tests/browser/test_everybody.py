"""For everybody: small screens, keyboards, screen readers, other scripts, less motion, both colour schemes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.axe import assert_no_barriers
from tests.browser.coach import Direction
from tests.browser.conftest import LAPTOP, PHONE, Browsers
from tests.browser.server import ThreadServer
from tests.browser.steps import MESSAGES, SOON, Visitor

ARABIC = "أريد أن أصبح مهندسًا أول وأن أقود فريقًا من أربعة مطورين خلال سنتين."
HEBREW = "אני רוצה להוביל צוות של 4 מפתחים בתוך שנתיים."
EMOJI = "Lead 4 people 🚀👩🏽‍💻 by 2028 🇩🇪 日本語のチームと"


@pytest.fixture(params=[LAPTOP, PHONE], ids=["laptop", "phone"])
def anyone(request: pytest.FixtureRequest, browsers: Browsers, server: ThreadServer) -> Iterator[Visitor]:
    """Somebody before a laptop, then somebody with a phone."""
    yield Visitor(browsers.open(server.address, request.param))


def reachable(visitor: Visitor, locator: Locator) -> None:
    """It is wholly inside the window, wherever the page was scrolled to."""
    locator.scroll_into_view_if_needed()
    expect(locator).to_be_in_viewport(ratio=0.99)
    assert visitor.no_sideways_scrolling()


def test_the_welcome_has_no_barriers(anyone: Visitor) -> None:
    anyone.arrive()
    assert_no_barriers(anyone.page)
    assert anyone.no_sideways_scrolling()


def test_a_form_with_an_error_has_no_barriers(anyone: Visitor) -> None:
    anyone.arrive()
    anyone.fill_in({"Years here": "700"})
    anyone.start.click()
    assert_no_barriers(anyone.page)


def test_a_conversation_has_no_barriers_while_it_is_written_and_after(anyone: Visitor, coach: Direction) -> None:
    anyone.begin()
    assert_no_barriers(anyone.page)
    anyone.send_and_be_held(coach)
    assert_no_barriers(anyone.page)
    coach.let_go()
    anyone.wait_for_turn()
    anyone.button(re.compile(r"^Sources \(\d+\)$")).first.click()
    assert_no_barriers(anyone.page)
    reachable(anyone, anyone.answer)


def test_a_goal_being_edited_has_no_barriers(anyone: Visitor, coach: Direction) -> None:
    coach.proposals = ("microservices architecture",)
    anyone.walk(messages=2)
    assert_no_barriers(anyone.page)
    card = anyone.goal("future vision").last
    card.get_by_role("button", name="Edit").click()
    card.get_by_role("textbox").fill(f"{SOON}, I want to lead 4 developers.")
    assert_no_barriers(anyone.page)
    reachable(anyone, card.get_by_role("button", name="Save and score"))
    card.get_by_role("button", name="Save and score").click()
    anyone.wait_for_turn()
    assert_no_barriers(anyone.page)
    anyone.goal("future vision").last.get_by_role("button", name="Versions").click()
    assert_no_barriers(anyone.page)


def test_the_review_its_dialogs_and_menus_have_no_barriers(anyone: Visitor, browsers: Browsers) -> None:
    anyone.walk()
    assert_no_barriers(anyone.page)
    anyone.button("See your three goals").click()
    expect(anyone.heading("Your three goals")).to_be_visible()
    assert_no_barriers(anyone.page)
    assert anyone.no_sideways_scrolling()
    address = anyone.share()
    assert_no_barriers(anyone.page)
    shared = browsers.open(address.split("/share/")[0], anyone.page.viewport_size or LAPTOP)
    shared.goto(address)
    expect(shared.get_by_text("Within 24 months").first).to_be_visible()
    assert_no_barriers(shared)
    assert Visitor(shared).no_sideways_scrolling()
    anyone.button("Your sessions").click()
    assert_no_barriers(anyone.page)
    anyone.dialog.get_by_role("button", name="Erase everything").click()
    assert_no_barriers(anyone.page)


def test_a_lost_connection_and_an_error_have_no_barriers(
    sarah: Visitor, context: BrowserContext, coach: Direction
) -> None:
    sarah.begin()
    coach.breaks = 1
    sarah.say(MESSAGES[0])
    assert_no_barriers(sarah.page)
    context.set_offline(True)
    sarah.send(MESSAGES[0])
    expect(sarah.status.filter(has_text="Connection lost")).to_be_visible()
    assert_no_barriers(sarah.page)
    context.set_offline(False)


@pytest.mark.parametrize("path", ["/share/nobody-shared-this", "/?tenant=nobody"])
def test_pages_that_say_no_have_no_barriers(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("heading").first).to_be_visible()
    assert_no_barriers(page)


def focused(page: Page) -> str:
    """The accessible name or label of what has the focus."""
    return str(
        page.evaluate(
            """() => {
              const e = document.activeElement;
              return e.getAttribute("aria-label") || e.labels?.[0]?.textContent || e.textContent || "";
            }"""
        )
    ).strip()


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until the focus is on what has that name."""
    for _ in range(most):
        if focused(page).startswith(name):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} can't be reached with Tab")


def tab_back_to(page: Page, name: str, most: int = 60) -> None:
    """Press Shift+Tab until the focus is on what has that name."""
    for _ in range(most):
        if focused(page).startswith(name):
            return
        page.keyboard.press("Shift+Tab")
    raise AssertionError(f"{name} can't be reached with Shift+Tab")


def test_the_whole_journey_goes_by_keyboard_alone(sarah: Visitor, page: Page) -> None:
    sarah.arrive()
    tab_to(page, "Name")
    page.keyboard.type("Sarah")
    tab_to(page, "Position")
    page.keyboard.type("Software Engineer")
    tab_to(page, "Start the conversation")
    page.keyboard.press("Enter")
    expect(sarah.answer).to_be_visible()
    tab_to(page, "Your answer")
    for message in MESSAGES:
        tab_to(page, "Your answer")
        page.keyboard.insert_text(message)
        page.keyboard.press("Enter")
        sarah.wait_for_turn()
        if sarah.yes.is_visible():
            page.keyboard.press("Shift+Tab")
            tab_back_to(page, "Yes, save it")
            page.keyboard.press("Enter")
            expect(sarah.yes).to_be_hidden()
            sarah.wait_for_turn()
    tab_to(page, "See your three goals")
    page.keyboard.press("Enter")
    expect(sarah.heading("Your three goals")).to_be_focused()


def test_the_focus_goes_back_to_where_an_edit_began(sarah: Visitor, page: Page) -> None:
    sarah.walk(messages=2)
    tab_to(page, "Edit")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    tab_to(page, "Cancel")
    page.keyboard.press("Enter")
    assert focused(page).startswith("Edit")


def test_a_dialog_keeps_the_focus_and_gives_it_back(sarah: Visitor, page: Page) -> None:
    sarah.walk(messages=1)
    sarah.button("Your sessions").click()
    expect(sarah.dialog).to_be_visible()
    tab_to(page, "Erase everything")
    page.keyboard.press("Enter")
    expect(sarah.dialog).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(sarah.dialog).to_be_hidden()
    assert page.evaluate("document.activeElement !== document.body")


def test_shift_and_enter_makes_a_new_line(sarah: Visitor, page: Page) -> None:
    sarah.begin()
    sarah.answer.click()
    page.keyboard.insert_text("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.insert_text("two")
    expect(sarah.answer).to_have_value("one\ntwo")


def test_every_focus_can_be_seen(sarah: Visitor, page: Page) -> None:
    sarah.arrive()
    for _ in range(14):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
              const e = document.activeElement;
              if (e === document.body) return "nothing";
              const s = getComputedStyle(e);
              const outlined = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
              return outlined || s.boxShadow !== "none" ? "" : e.outerHTML.slice(0, 100);
            }"""
        )
        assert seen in ("", "nothing"), seen


def test_less_motion_means_no_animation(browsers: Browsers, server: ThreadServer, coach: Direction) -> None:
    visitor = Visitor(browsers.open(server.address, reduced_motion="reduce"))
    visitor.begin()
    visitor.send_and_be_held(coach)
    moving = visitor.page.evaluate(
        """() => document.getAnimations()
          .filter((a) => a.effect.getComputedTiming().duration > 1 && a.playState === "running")
          .map((a) => a.animationName || a.transitionProperty)"""
    )
    assert moving == []
    coach.let_go()


@pytest.mark.parametrize("text", [ARABIC, HEBREW])
def test_an_answer_in_a_script_from_right_to_left_runs_from_right_to_left(sarah: Visitor, text: str) -> None:
    sarah.begin()
    sarah.say(text)
    said = sarah.log.get_by_text(text).first
    assert said.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert sarah.page.locator("html").evaluate("element => getComputedStyle(element).direction") == "ltr"


def test_what_is_being_written_from_right_to_left_is_shown_so(sarah: Visitor) -> None:
    sarah.begin()
    sarah.answer.fill(HEBREW)
    assert sarah.answer.evaluate("element => element.matches(':dir(rtl)')")


def test_emoji_and_other_scripts_stay_whole(sarah: Visitor, page: Page) -> None:
    sarah.begin()
    sarah.say(EMOJI)
    expect(sarah.log).to_contain_text(EMOJI)
    page.reload()
    expect(sarah.log).to_contain_text(EMOJI)


def test_the_answer_can_be_reached_on_a_phone_after_a_long_conversation(
    browsers: Browsers, server: ThreadServer
) -> None:
    visitor = Visitor(browsers.open(server.address, PHONE))
    visitor.begin()
    for number in range(4):
        visitor.say(f"I would like to learn something new, number {number}. " * 12)
    expect(visitor.answer).to_be_in_viewport()
    expect(visitor.button("Send")).to_be_in_viewport()
    assert visitor.no_sideways_scrolling()


def test_what_a_finger_has_to_hit_is_large_enough(browsers: Browsers, server: ThreadServer) -> None:
    visitor = Visitor(browsers.open(server.address, PHONE))
    visitor.walk(messages=2)
    small = visitor.page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, textarea, summary")]
          .filter((e) => e.checkVisibility() && e.getClientRects().length)
          .map((e) => [e.getBoundingClientRect(), e])
          .filter(([r]) => r.width < 24 || r.height < 24)
          .map(([r, e]) => `${e.outerHTML.slice(0, 80)} ${r.width}x${r.height}`)"""
    )
    assert small == []


def test_the_page_can_be_read_at_twice_its_size(browsers: Browsers, server: ThreadServer) -> None:
    visitor = Visitor(browsers.open(server.address, {"width": 640, "height": 400}))
    visitor.walk(messages=2)
    assert visitor.no_sideways_scrolling()
    reachable(visitor, visitor.answer)


def test_a_screen_reader_hears_the_whole_reply_and_not_every_word(sarah: Visitor, coach: Direction) -> None:
    sarah.begin()
    coach.hold()
    sarah.send(MESSAGES[0])
    expect(sarah.log).to_have_attribute("aria-busy", "true")
    coach.let_go()
    sarah.wait_for_turn()
    expect(sarah.log).to_have_attribute("aria-busy", "false")
