"""What the page says when nothing is sent, and what can be taken from a goal."""

from playwright.sync_api import expect

from tests.browser.coach import Direction
from tests.browser.steps import MESSAGES, Visitor

EMPTY = "Nothing was sent: write something first."


def test_an_empty_answer_says_why_nothing_was_sent(sarah: Visitor) -> None:
    sarah.begin()
    sarah.button("Send").click()
    expect(sarah.status.filter(has_text=EMPTY)).to_be_visible()
    expect(sarah.answer).to_be_focused()
    sarah.answer.fill("a")
    expect(sarah.page.get_by_text(EMPTY)).to_have_count(0)
    sarah.answer.fill("  ")
    sarah.answer.press("Enter")
    expect(sarah.status.filter(has_text=EMPTY)).to_be_visible()


def test_an_answer_while_the_coach_speaks_is_kept_and_says_so(sarah: Visitor, coach: Direction) -> None:
    sarah.begin()
    sarah.send_and_be_held(coach)
    sarah.answer.fill("One more thing")
    sarah.answer.press("Enter")
    expect(sarah.status.filter(has_text="Not sent yet")).to_be_visible()
    coach.let_go()
    sarah.wait_for_turn()
    expect(sarah.answer).to_have_value("One more thing")


def test_a_goal_can_be_copied(sarah: Visitor) -> None:
    sarah.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sarah.walk(messages=2)
    card = sarah.goal("future vision")
    card.get_by_role("button", name="Copy: Your goal: future vision").click()
    expect(card).to_contain_text("Copied")
    copied = sarah.page.evaluate("navigator.clipboard.readText()")
    assert copied == card.locator(".goal-text").inner_text().strip()
    assert copied.startswith("Within 24 months, ")


def test_a_goal_that_waits_can_be_written_when_the_employee_has_said_enough(sarah: Visitor) -> None:
    sarah.begin()
    expect(sarah.button("Write my goal now")).to_be_disabled()
    sarah.propose(MESSAGES[0])
    sarah.button("Write my goal now").click()
    sarah.wait_for_turn()
    expect(sarah.yes).to_be_visible()
