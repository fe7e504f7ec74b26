"""Sarah's whole journey, as she sees it."""

import re
from pathlib import Path

from playwright.sync_api import Download, Page, expect

from tests.browser.coach import Direction
from tests.browser.conftest import Rows
from tests.browser.server import wait_for
from tests.browser.steps import KINDS, MESSAGES, SOON, Visitor


def test_a_newcomer_is_told_what_happens_to_their_words_before_they_start(sarah: Visitor) -> None:
    sarah.arrive()
    expect(sarah.heading("Before you start")).to_be_visible()
    expect(sarah.page.get_by_text("Sunrise Corporation").first).to_be_visible()


def test_what_a_newcomer_was_told_about_admins_holds_whatever_is_decided_meanwhile(sarah: Visitor, rows: Rows) -> None:
    sarah.arrive()
    expect(sarah.page.get_by_text("They can't read this conversation")).to_be_visible()
    allow = '{"admins_may_read_conversations": true}'
    rows("update tenant_configs set ui_flags_json = cast(%(flags)s as jsonb)", flags=allow)
    sarah.fill_in({"Name": "Sarah"})
    sarah.start.click()
    expect(sarah.answer).to_be_visible()
    assert rows("select admins_may_read from sessions") == [(False,)]
    sarah.page.reload()
    sarah.button("Your sessions").click()
    sarah.button("About you").click()
    expect(sarah.page.get_by_text("They can't read this conversation")).to_be_visible()


def test_what_was_saved_while_typing_is_still_there_when_the_form_opens_again(sarah: Visitor, rows: Rows) -> None:
    sarah.arrive()
    sarah.fill_in({"Name": "Sarah"})
    expect(sarah.page.get_by_text("Saved.")).to_be_visible()
    left = sarah.field("Position").element_handle()
    sarah.fill_in({"Position": "Nurse"})
    sarah.button("Your sessions").click()
    sarah.button("About you").click()
    left.wait_for_element_state("hidden")
    expect(sarah.field("Name")).to_have_value("Sarah")
    expect(sarah.field("Position")).to_have_value("Nurse")
    wait_for(lambda: rows("select name, position from sessions") == [("Sarah", "Nurse")])


def test_the_first_answer_is_answered_with_a_question_and_its_sources(sarah: Visitor) -> None:
    sarah.walk(messages=1)
    expect(sarah.log).to_contain_text(MESSAGES[0])
    expect(sarah.log).to_contain_text("how many people would that be?")
    sources = sarah.button(re.compile(r"^Sources \(\d+\)$"))
    sources.first.click()
    expect(sarah.page.get_by_role("region", name="Sources").first).to_contain_text("Engineering Career Framework")


def test_three_goals_come_out_of_four_messages(sarah: Visitor) -> None:
    sarah.walk(messages=2)
    expect(sarah.goal("future vision")).to_contain_text("Within 24 months, become a senior engineer")
    expect(sarah.goal("future vision")).to_contain_text("9.1")
    sarah.say(MESSAGES[2])
    expect(sarah.goal("values")).to_contain_text("8.1")
    sarah.say(MESSAGES[3])
    sarah.button("See your three goals").click()
    expect(sarah.heading("Your three goals")).to_be_visible()
    for kind in KINDS:
        expect(sarah.goal(kind).last).to_be_visible()


def test_the_progress_follows_the_goals(sarah: Visitor) -> None:
    sarah.walk(messages=1)
    expect(sarah.progress.locator("[aria-current=step]")).to_contain_text(re.compile("future vision", re.I))
    sarah.say(MESSAGES[1])
    expect(sarah.progress.locator("[aria-current=step]")).to_contain_text(re.compile("values", re.I))


def test_every_criterion_says_its_score_and_why(sarah: Visitor) -> None:
    sarah.walk(messages=2)
    card = sarah.goal("future vision")
    criteria = card.get_by_role("list", name="Score by criterion")
    expect(criteria).to_be_hidden()
    card.get_by_text("How it was scored").click()
    for text in ("Specificity", "Measurability", "Time bound", "Alignment"):
        expect(criteria).to_contain_text(text)
    expect(criteria).to_contain_text("says by when")


def download(page: Page, visitor: Visitor, name: str) -> Download:
    with page.expect_download() as waiting:
        visitor.link(name).click()
    return waiting.value


def test_the_goals_can_be_taken_along_as_documents(sarah: Visitor, page: Page) -> None:
    sarah.review()
    pdf = download(page, sarah, "Download PDF")
    assert re.fullmatch(r"goals-\d{4}-\d\d-\d\d\.pdf", pdf.suggested_filename)
    assert Path(pdf.path()).read_bytes().startswith(b"%PDF-")
    assert "Within 24 months" in Path(download(page, sarah, "Markdown").path()).read_text()
    assert "BEGIN:VCALENDAR" in Path(download(page, sarah, "Calendar").path()).read_text()


def test_the_review_survives_a_reload(sarah: Visitor, page: Page) -> None:
    sarah.review()
    page.reload()
    expect(sarah.heading("Your three goals")).to_be_visible()
    expect(sarah.goal("action plan")).to_contain_text("Complete AWS Solutions Architect certification")


def test_a_goal_is_edited_with_its_score_shown_while_writing(sarah: Visitor) -> None:
    sarah.walk(messages=2)
    card = sarah.goal("future vision").last
    card.get_by_role("button", name="Edit").click()
    box = card.get_by_role("textbox")
    box.fill("I want to do well.")
    expect(card).not_to_contain_text("9.1")
    box.fill(f"{SOON}, lead a team of 4 developers on the payment platform and mentor 2 junior developers.")
    card.get_by_role("button", name="Save and score").click()
    sarah.wait_for_turn()
    card = sarah.goal("future vision").last
    expect(card).to_contain_text(f"{SOON}, lead a team of 4 developers")
    expect(card.get_by_role("button", name="Versions (2)")).to_be_visible()


def test_an_edit_can_be_left_without_a_trace(sarah: Visitor) -> None:
    sarah.walk(messages=2)
    card = sarah.goal("future vision").last
    card.get_by_role("button", name="Edit").click()
    card.get_by_role("textbox").fill("Something else")
    card.get_by_role("button", name="Cancel").click()
    expect(card).to_contain_text("Within 24 months, become a senior engineer")
    expect(card).not_to_contain_text("Something else")


def test_a_version_before_the_last_can_be_compared(sarah: Visitor) -> None:
    sarah.walk(messages=2)
    card = sarah.goal("future vision").last
    card.get_by_role("button", name="Edit").click()
    box = card.get_by_role("textbox")
    box.fill(box.input_value().replace("3-4 developers", "5 developers"))
    card.get_by_role("button", name="Save and score").click()
    sarah.wait_for_turn()
    sarah.goal("future vision").last.get_by_role("button", name="Versions (2)").click()
    newest = sarah.dialog.get_by_role("listitem").first
    expect(newest.locator("del")).to_have_text("3-4")
    expect(newest.locator("ins")).to_have_text("5")


def test_a_proposal_can_be_kept_or_struck(sarah: Visitor, coach: Direction) -> None:
    coach.proposals = ("microservices architecture",)
    sarah.walk(messages=2)
    card = sarah.goal("future vision").last
    expect(card.get_by_role("button", name="Keep")).to_be_visible()
    card.get_by_role("button", name="Strike").click()
    sarah.wait_for_turn()
    card = sarah.goal("future vision").last
    expect(card).not_to_contain_text("microservices")
    expect(card).to_contain_text("distributed systems")


def test_a_kept_proposal_asks_no_more(sarah: Visitor, coach: Direction, rows: Rows) -> None:
    coach.proposals = ("microservices architecture",)
    sarah.walk(messages=2)
    card = sarah.goal("future vision").last
    card.get_by_role("button", name="Keep").click()
    expect(card.get_by_role("button", name="Strike")).to_be_hidden()
    sarah.wait_for_turn()
    expect(card.get_by_role("button", name="Versions (2)")).to_be_visible()
    expect(card.get_by_role("button", name="Strike")).to_be_hidden()
    expect(card).to_contain_text("microservices architecture")
    assert rows("select count(*) from turns") == [(4,)]


def test_keeping_a_proposal_that_fails_is_not_tried_again_by_itself(
    sarah: Visitor, coach: Direction, rows: Rows
) -> None:
    coach.proposals = ("microservices architecture",)
    sarah.walk(messages=2)
    card = sarah.goal("future vision").last
    coach.judging_breaks = 1
    card.get_by_role("button", name="Keep").click()
    expect(card.get_by_role("alert")).to_contain_text("kept")
    expect(card.get_by_role("button", name="Keep")).to_be_visible()
    assert rows("select count(*) from turns") == [(4,)]
    card.get_by_role("button", name="Try again").click()
    expect(card.get_by_role("button", name="Versions (2)")).to_be_visible()
    expect(card.get_by_role("alert")).to_have_count(0)


def test_a_goal_whose_first_score_failed_can_still_be_changed(sarah: Visitor, coach: Direction) -> None:
    coach.judging_breaks = 1
    sarah.walk(messages=1)
    sarah.propose(MESSAGES[1])
    sarah.yes.click()
    expect(sarah.page.get_by_role("alert").first).to_contain_text("kept")
    card = sarah.goal("future vision").last
    expect(card).to_contain_text("Waits for your word")
    expect(card).to_contain_text("Within 24 months")
    expect(card.get_by_role("button", name="Change it")).to_be_visible()
    sarah.agree()
    expect(card).to_contain_text("Saved")


def test_an_edit_on_the_review_that_failed_says_so_there(sarah: Visitor, coach: Direction) -> None:
    sarah.review()
    card = sarah.goal("future vision").last
    card.get_by_role("button", name="Edit").click()
    card.get_by_role("textbox").fill(f"{SOON}, lead a team of 4 developers on the payment platform.")
    coach.judging_breaks = 1
    card.get_by_role("button", name="Save and score").click()
    expect(card.get_by_role("alert")).to_contain_text("kept")
    expect(card).to_contain_text("Within 24 months")
    card.get_by_role("button", name="Try again").click()
    expect(card).to_contain_text("By December 2027")
    expect(card.get_by_role("alert")).to_have_count(0)


def test_a_reply_can_be_stopped_and_sent_again(sarah: Visitor, coach: Direction) -> None:
    sarah.begin()
    coach.hold()
    sarah.send(MESSAGES[0])
    sarah.button("Stop").click()
    again = sarah.button("Try again")
    expect(again).to_be_visible()
    coach.let_go()
    again.click()
    sarah.wait_for_turn()
    expect(sarah.log).to_contain_text("how many people would that be?")


def test_a_reply_that_broke_says_so_and_can_be_tried_again(sarah: Visitor, coach: Direction) -> None:
    sarah.begin()
    coach.breaks = 1
    sarah.say(MESSAGES[0])
    expect(sarah.page.get_by_role("alert").first).to_contain_text("kept")
    sarah.button("Try again").click()
    sarah.wait_for_turn()
    expect(sarah.log).to_contain_text("how many people would that be?")
    expect(sarah.button("Try again")).to_have_count(0)


def test_having_said_enough_ends_the_questions(sarah: Visitor) -> None:
    sarah.walk(messages=1)
    sarah.button("Write my goal now").click()
    sarah.wait_for_turn()
    expect(sarah.page.get_by_text(re.compile(r"senior engineer.*small team")).last).to_be_visible()


def test_a_form_with_a_wrong_number_says_which_one(sarah: Visitor) -> None:
    sarah.arrive()
    sarah.fill_in({"Name": "Sarah", "Position": "Software Engineer", "Years here": "700"})
    sarah.start.click()
    expect(sarah.field("Years here")).to_have_attribute("aria-invalid", "true")
    expect(sarah.answer).to_be_hidden()
