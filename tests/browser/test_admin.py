"""The console, as an HR admin uses it, by mistake too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import assert_no_barriers
from tests.browser.conftest import LAPTOP, PHONE, Browsers, DemoDatabase, Rows
from tests.browser.hostile import TEXTS
from tests.browser.hr import READ_WITHIN, SCREENS, Hr, Screen
from tests.browser.past import live_through
from tests.browser.server import ThreadServer
from tests.browser.steps import Visitor

LADDER = "Team leads hold a feedback talk with every member of their team once a month.\n\n"


@pytest.fixture
def hr(page: Page, demo: DemoDatabase) -> Hr:
    """An admin before a laptop."""
    return Hr(page, demo.admin_key)


@pytest.fixture(params=[LAPTOP, PHONE], ids=["laptop", "phone"])
def anyone(
    request: pytest.FixtureRequest, browsers: Browsers, server: ThreadServer, demo: DemoDatabase
) -> Iterator[Hr]:
    """An admin before a laptop, then one with a phone."""
    yield Hr(browsers.open(server.address, request.param), demo.admin_key)


def ladder(folder: Path, name: str = "ladder.txt", times: int = 1) -> Path:
    """A document about team leads."""
    path = folder / name
    path.write_text("".join(f"{number}. {LADDER}" for number in range(times)))
    return path


def test_a_wrong_key_is_told_at_its_field(hr: Hr, page: Page) -> None:
    page.goto("/admin")
    page.get_by_label("Admin key", exact=True).fill("sunrise_nothing")
    hr.button("Sign in").click()
    expect(page.get_by_label("Admin key", exact=True)).to_have_attribute("aria-invalid", "true")
    assert_no_barriers(page)


def test_one_stays_signed_in_until_one_signs_out(hr: Hr, page: Page) -> None:
    hr.sign_in()
    page.reload()
    expect(hr.heading("Overview")).to_be_visible()
    hr.button("Sign out").click()
    expect(hr.heading("Sign in")).to_be_visible()
    page.goto("/admin")
    expect(hr.heading("Sign in")).to_be_visible()


def test_a_script_can_reach_neither_key_nor_cookie(hr: Hr, page: Page) -> None:
    hr.sign_in()
    kept = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert hr.key not in kept
    assert "petraf_admin" not in kept


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_has_no_barriers_and_fits(anyone: Hr, screen: Screen) -> None:
    anyone.sign_in()
    anyone.open(screen)
    assert_no_barriers(anyone.page)
    assert anyone.no_sideways_scrolling()


def test_the_overview_of_a_company_with_a_past_has_no_barriers(
    anyone: Hr, browsers: Browsers, server: ThreadServer, rows: Rows
) -> None:
    visitor = Visitor(browsers.open(server.address))
    visitor.walk()
    ((session_id,),) = rows("select id from sessions")
    live_through(rows, session_id, sessions=40)
    anyone.sign_in()
    anyone.settle()
    expect(anyone.page.get_by_text("41", exact=True).first).to_be_visible()
    expect(anyone.page.get_by_role("heading", name="Scores: Future vision")).to_be_visible()
    assert_no_barriers(anyone.page)
    assert anyone.no_sideways_scrolling()


def test_the_back_button_goes_back_a_screen(hr: Hr, page: Page) -> None:
    hr.sign_in()
    hr.open("Knowledge")
    hr.open("Audit")
    page.go_back()
    expect(hr.heading("Knowledge")).to_be_visible()
    expect(page).to_have_title("Knowledge · Petraf for HR")


def test_the_navigation_shows_a_screen_without_its_filters(hr: Hr, page: Page) -> None:
    hr.sign_in()
    page.get_by_label("Period").select_option("7")
    hr.open("Overview")
    expect(page.get_by_label("Period")).to_have_value("30")
    hr.open("Audit")
    page.get_by_label("Actor").fill("nobody")
    expect(page.get_by_text("Nothing fits these filters.")).to_be_visible()
    hr.open("Audit")
    expect(page.get_by_label("Actor")).to_have_value("")
    expect(page.get_by_role("row").filter(has_text="Admin signed in").first).to_be_visible()


def test_a_document_is_uploaded_with_progress_and_found_at_once(hr: Hr, page: Page, tmp_path: Path) -> None:
    hr.sign_in()
    hr.open("Knowledge")
    held: list[Route] = []
    page.route("**/api/admin/jobs/*/stream", lambda route: held.append(route))
    hr.upload([ladder(tmp_path)], "career_framework")
    expect(page.get_by_role("progressbar", name="ladder.txt")).to_be_attached()
    page.unroute("**/api/admin/jobs/*/stream")
    for route in held:
        route.continue_()
    expect(hr.uploads.first).to_contain_text("Done", timeout=READ_WITHIN)
    expect(page.get_by_role("table")).to_contain_text("ladder")
    page.get_by_label("Question").fill("I want to lead a team and give feedback")
    hr.button("Try a question").click()
    expect(page.get_by_role("article").filter(has_text="feedback talk").first).to_be_visible()
    assert_no_barriers(page)


def test_several_documents_go_up_at_once(hr: Hr, tmp_path: Path) -> None:
    hr.sign_in()
    hr.open("Knowledge")
    hr.upload([ladder(tmp_path, f"ladder-{number}.txt", number + 1) for number in range(3)], "values")
    for number in range(3):
        expect(hr.uploads.nth(number)).to_contain_text("Done", timeout=READ_WITHIN)


def test_files_that_are_not_sent_yet_are_not_left_by_mistake(
    hr: Hr, page: Page, browsers: Browsers, tmp_path: Path
) -> None:
    browsers.watch(page).expect("dialog: beforeunload")
    page.route("**/api/admin/rag/upload/**", lambda _: None)
    hr.sign_in()
    hr.open("Knowledge")
    hr.upload([ladder(tmp_path, f"ladder-{number}.txt", number + 1) for number in range(3)], "values")
    expect(hr.uploads.nth(2)).to_contain_text("Waiting")
    page.get_by_role("link", name="Audit").click()
    expect(page.get_by_role("dialog")).to_contain_text("3 files are not sent yet")
    assert_no_barriers(page)
    hr.button("Stay here").click()
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    page.unroute("**/api/admin/rag/upload/**")  # lets go of those that were held
    for number in range(3):
        expect(hr.uploads.nth(number)).to_contain_text("Done", timeout=READ_WITHIN)
    hr.open("Audit")


def test_files_without_a_category_are_not_left_by_mistake(hr: Hr, page: Page, tmp_path: Path) -> None:
    hr.sign_in()
    hr.open("Knowledge")
    hr.upload([ladder(tmp_path)], "")
    page.get_by_role("link", name="Audit").click()
    expect(page.get_by_role("dialog")).to_contain_text("1 file is not sent yet")
    hr.button("Leave anyway").click()
    expect(hr.heading("Audit")).to_be_visible()
    hr.open("Knowledge")
    hr.open("Audit")


def test_cancelling_says_whether_the_file_may_have_arrived(hr: Hr, page: Page, tmp_path: Path) -> None:
    page.route("**/api/admin/rag/upload/**", lambda _: None)
    hr.sign_in()
    hr.open("Knowledge")
    hr.upload([ladder(tmp_path, f"ladder-{number}.txt") for number in range(3)], "values")
    hr.button("Cancel ladder-2.txt").click()
    expect(hr.uploads.nth(2)).to_contain_text("nothing was changed")
    hr.button("Cancel ladder-0.txt").click()
    expect(hr.uploads.nth(0)).to_contain_text("Stopped Cancelled while it was being sent")
    page.get_by_role("link", name="Audit").click()
    expect(page.get_by_role("dialog")).to_contain_text("1 file is not sent yet")


def test_a_file_that_is_no_document_is_refused_in_plain_words(hr: Hr, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing else")
    hr.sign_in()
    hr.open("Knowledge")
    hr.upload([broken], "values")
    expect(hr.uploads.first).to_contain_text("can't be read", timeout=READ_WITHIN)
    expect(hr.uploads.first).not_to_contain_text("Done")
    assert_no_barriers(hr.page)


def test_a_document_is_read_word_for_word_and_deleted_after_a_question(hr: Hr, page: Page) -> None:
    hr.sign_in()
    hr.open("Knowledge")
    page.get_by_role("link", name="Engineering Guidelines").click()
    expect(page.get_by_text("Engineers who lead a migration step").first).to_be_visible()
    assert_no_barriers(page)
    hr.button("Delete").click()
    assert_no_barriers(page)
    hr.button("Delete the document").click()
    expect(hr.heading("Knowledge")).to_be_visible()
    expect(page.get_by_role("link", name="Engineering Guidelines")).to_be_hidden()


@pytest.mark.parametrize("text", [TEXTS[0], TEXTS[2], TEXTS[10], TEXTS[18], TEXTS[25]])
def test_names_titles_and_words_of_documents_stay_text(hr: Hr, page: Page, tmp_path: Path, text: str) -> None:
    path = tmp_path / (text.replace("/", "∕")[:60] + ".txt")
    path.write_text(f"{text}\n\n{LADDER}")
    hr.sign_in()
    hr.open("Knowledge")
    page.get_by_text("Title, version, department").click()
    page.get_by_label("Title", exact=True).fill(text)
    hr.upload([path], "values")
    expect(hr.uploads.first).to_contain_text("Done", timeout=READ_WITHIN)
    link = page.get_by_role("table").get_by_role("link").filter(has_text=text)
    expect(link).to_be_visible()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)
    expect(page.get_by_role("listitem").filter(has_text=text).first).to_be_visible()
    assert hr.no_sideways_scrolling()
    assert page.evaluate("() => window.__pwned") is None


def test_a_rubric_whose_weights_do_not_add_up_is_told_while_typing_and_not_saved(
    hr: Hr, page: Page, rows: Rows
) -> None:
    hr.sign_in()
    hr.open("Rubric and prompts")
    page.get_by_label("Weight").first.fill("40")
    expect(page.get_by_text("10 too many").first).to_be_visible()
    hr.button("Save").click()
    hr.settle()
    assert_no_barriers(page)
    assert rows("select max(version) from tenant_configs") == [(1,)]
    page.get_by_role("link", name="Overview").click()
    hr.button("Leave anyway").click()
    expect(hr.heading("Overview")).to_be_visible()
    page.reload()
    hr.open("Rubric and prompts")
    expect(page.get_by_text("Version 1, no changes")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Résultat", "“é” can't stand in a name"),
        ("明確さ", "“明” can't stand in a name"),
        ("2 weeks", "beginning with a letter"),
    ],
)
def test_a_criterion_is_named_as_the_server_takes_it_or_not_at_all(hr: Hr, page: Page, name: str, told: str) -> None:
    hr.sign_in()
    hr.open("Rubric and prompts")
    field = page.get_by_label("Name", exact=True).first
    field.fill(name)
    expect(page.get_by_text(told)).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("Time-bound result_2")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    hr.button("Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved as version 2")).to_be_visible()
    expect(field).to_have_value("Time bound result 2")


def test_a_rubric_is_previewed_saved_and_brought_back(hr: Hr, page: Page, rows: Rows) -> None:
    hr.sign_in()
    hr.open("Rubric and prompts")
    weights = page.get_by_label("Weight")
    weights.nth(0).fill("40")
    weights.nth(1).fill("15")
    hr.button("Preview").click()
    expect(hr.heading("Preview on sample goals")).to_be_visible()
    hr.settle()
    assert_no_barriers(page)
    hr.button("Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved as version 2")).to_be_visible()
    hr.button("History").click()
    expect(page.get_by_role("dialog").get_by_text("Version 2").first).to_be_visible()
    assert_no_barriers(page)
    page.get_by_role("button", name="Bring this back").first.click()
    hr.button("Bring it back").click()
    expect(page.get_by_role("status").filter(has_text="Saved as version 3")).to_be_visible()
    assert rows("select max(version) from tenant_configs") == [(3,)]


def test_bringing_back_a_version_that_lets_admins_read_asks_for_it_again(hr: Hr, page: Page, rows: Rows) -> None:
    consent = hr.button("Save and tell employees")
    reading = page.get_by_role("switch", name="HR admins may read conversations")
    hr.sign_in()
    hr.open("Rubric and prompts")
    page.get_by_role("tab", name="Settings").click()
    reading.check()
    hr.button("Save").click()
    consent.click()
    expect(page.get_by_role("status").filter(has_text="Saved as version 2")).to_be_visible()
    reading.uncheck()
    hr.button("Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved as version 3")).to_be_visible()
    hr.button("History").click()
    hr.button("Bring this back: version 2").click()
    hr.button("Bring it back").click()
    expect(hr.heading("Let HR admins read conversations?")).to_be_visible()
    assert rows("select max(version) from tenant_configs") == [(3,)]
    consent.click()
    expect(page.get_by_role("status").filter(has_text="Saved as version 4")).to_be_visible()
    expect(reading).to_be_checked()


def test_unsaved_changes_are_not_left_by_mistake(hr: Hr, page: Page) -> None:
    hr.sign_in()
    hr.open("Rubric and prompts")
    page.get_by_label("Weight").first.fill("40")
    page.get_by_role("link", name="Audit").click()
    expect(hr.heading("Leave this screen?")).to_be_visible()
    hr.button("Stay here").click()
    expect(page.get_by_label("Weight").first).to_have_value("40")


def test_the_audit_leads_to_a_session_and_into_a_table_of_ones_own(
    hr: Hr, page: Page, browsers: Browsers, server: ThreadServer
) -> None:
    Visitor(browsers.open(server.address)).walk(messages=2)
    hr.sign_in()
    hr.open("Audit")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Export CSV").click()
    exported = Path(waiting.value.path()).read_text()
    assert "goal.scored" in exported
    assert "senior engineer" not in exported
    page.get_by_role("row").filter(has_text="Goal scored").first.get_by_role("link").first.press("Enter")
    expect(hr.heading("Session")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Future vision").first).to_be_visible()
    assert "senior engineer" not in page.locator("body").inner_text()
    assert_no_barriers(page)


def test_a_key_is_made_shown_once_and_revoked(hr: Hr, page: Page, browsers: Browsers, server: ThreadServer) -> None:
    hr.sign_in()
    hr.open("Keys")
    page.get_by_label("Email of the admin").fill("eve@sunrisecorp.com")
    hr.button("Make a key").click()
    key = page.get_by_role("group", name="The new key").locator("code").inner_text()
    assert_no_barriers(page)
    eve = Hr(browsers.open(server.address), key)
    eve.sign_in()
    hr.button("I have it, hide it").click()
    expect(page.get_by_text(key)).to_be_hidden()
    page.get_by_role("row").filter(has_text="eve@").get_by_role("button").click()
    page.get_by_role("dialog").get_by_role("button").last.click()
    expect(page.get_by_text("Revoked (1)")).to_be_visible()
    eve.page.reload()
    expect(eve.heading("Sign in")).to_be_visible()


def test_the_console_goes_by_keyboard(hr: Hr, page: Page) -> None:
    page.goto("/admin")
    expect(page.get_by_label("Admin key", exact=True)).to_be_focused()
    page.keyboard.insert_text(hr.key)
    page.keyboard.press("Enter")
    expect(hr.heading("Overview")).to_be_focused()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.hash") == "#knowledge":
            break
    page.keyboard.press("Enter")
    expect(hr.heading("Knowledge")).to_be_focused()
