"""`make screens`: a picture of every screen, light and dark, on a laptop and a phone, into `docs/screens`.

Driven by the same steps as the tests, with the same data each time.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.coach import Direction
from tests.browser.conftest import LAPTOP, PHONE, Browsers, DemoDatabase, Rows
from tests.browser.hr import READ_WITHIN, Hr
from tests.browser.past import live_through
from tests.browser.server import ThreadServer
from tests.browser.steps import MESSAGES, SOON, Visitor

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
SIZES: dict[str, ViewportSize] = {"laptop": LAPTOP, "phone": PHONE}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLOURS = 128
"""A picture's palette: enough for a page without photographs, at a quarter of the size."""
FEEDBACK = "Team leads hold a feedback talk with every member of their team once a month."
SECOND_THOUGHTS = ("mentor 2 juniors", "no wait, 3 juniors")
LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis " * 3


@dataclass(frozen=True)
class Camera:
    """Takes pictures of one page."""

    page: Page
    size: str

    def take(self, name: str) -> None:
        """The screen as it is, in both schemes."""
        for scheme in SCHEMES:
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            picture = Image.open(io.BytesIO(self.page.screenshot(scale="css", caret="hide", animations="disabled")))
            FOLDER.mkdir(parents=True, exist_ok=True)
            small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(FOLDER / f"{name}-{self.size}-{scheme}.png", optimize=True)


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    """A laptop, then a phone."""
    return str(request.param)


@pytest.fixture
def page(browsers: Browsers, server: ThreadServer, size: str) -> Page:
    """A page of that size."""
    return browsers.open(server.address, SIZES[size])


@pytest.fixture
def sarah(page: Page) -> Visitor:
    """Sarah before it."""
    return Visitor(page)


@pytest.fixture
def hr(page: Page, demo: DemoDatabase) -> Hr:
    """An admin before it."""
    return Hr(page, demo.admin_key)


@pytest.fixture
def take(page: Page, size: str) -> Iterator[Callable[[str], None]]:
    """Takes a picture of the page by name."""
    yield Camera(page, size).take


Take = Callable[[str], None]


def to_top(locator: Locator) -> None:
    """Scroll until it stands at the top."""
    locator.evaluate("(element) => element.scrollIntoView({block: 'start'})")


def test_beginning(sarah: Visitor, take: Take) -> None:
    sarah.arrive()
    take("01-welcome")
    sarah.fill_in({"Name": "Sarah", "Position": "Software Engineer", "Years here": "700"})
    sarah.start.click()
    expect(sarah.field("Years here")).to_have_attribute("aria-invalid", "true")
    take("02-form-with-an-error")


def test_conversation(sarah: Visitor, coach: Direction, take: Take) -> None:
    sarah.begin()
    take("03-conversation-empty")
    sarah.send_and_be_held(coach)
    take("04-conversation-streaming")
    coach.let_go()
    sarah.wait_for_turn()
    sarah.button(re.compile(r"^Sources \(\d+\)$")).first.click()
    take("05-sources")


def test_understood(sarah: Visitor, size: str, take: Take) -> None:
    sarah.begin({"Name": "Sarah"})
    for text in (*SECOND_THOUGHTS, "I also want to learn Rust", "because I like to teach"):
        sarah.propose(text)
    understood = sarah.page.get_by_role("region", name="What I understood")
    opening = sarah.button(re.compile(r"^What I understood \(\d+\)$"))
    if size == "phone":
        opening.click()
    understood.get_by_role("button", name="Strike: I also want to learn Rust").click()
    expect(sarah.button("Write it anew from this")).to_be_visible()
    take("36-what-was-understood")
    understood.get_by_role("button", name="Edit: 3 juniors").click()
    take("37-fact-being-edited")
    sarah.page.keyboard.press("Escape")
    understood.get_by_role("button", name="3 juniors: show where you said it").last.click()
    expect(sarah.log.locator("mark")).to_be_in_viewport()
    take("38-where-a-fact-was-said")


def test_kept_goal(sarah: Visitor, rows: Rows, take: Take) -> None:
    rows("update tenant_configs set threshold = 10")
    sarah.walk(messages=1)
    sarah.propose(MESSAGES[1])
    to_top(sarah.goal("future vision"))
    take("39-goal-waits-for-a-yes")
    sarah.agree()
    to_top(sarah.goal("future vision"))
    take("40-goal-below-the-threshold")
    sarah.button("Keep it as it is").click()
    sarah.wait_for_turn()
    sarah.page.get_by_text("How it was scored").click()
    to_top(sarah.goal("future vision"))
    take("41-goal-kept")


def test_private_message(sarah: Visitor, take: Take) -> None:
    sarah.begin()
    sarah.button("Send").click()
    expect(sarah.status.filter(has_text="Nothing was sent")).to_be_visible()
    take("42-nothing-was-sent")
    sarah.propose("I don't want to live any more")
    expect(sarah.button("Erase this message")).to_be_visible()
    to_top(sarah.log.get_by_label("You"))
    take("43-private-message")


def test_goal(sarah: Visitor, coach: Direction, take: Take) -> None:
    coach.proposals = ("microservices architecture",)
    sarah.walk(messages=2)
    card = sarah.goal("future vision").last
    to_top(card)
    take("06-goal-with-a-proposal")
    card.get_by_role("button", name="Strike").click()
    sarah.wait_for_turn()
    card.get_by_role("button", name="Edit").click()
    card.get_by_role("textbox").fill(
        f"{SOON}, lead a team of 4 developers on the payment platform and mentor 2 junior developers."
    )
    expect(card.get_by_role("group", name="Score as you type").get_by_role("list")).to_be_visible()
    to_top(card)
    take("07-goal-being-edited")
    card.get_by_role("button", name="Save and score").click()
    sarah.wait_for_turn()
    card.get_by_role("button", name="Versions").click()
    take("08-versions")


def test_review(sarah: Visitor, browsers: Browsers, size: str, take: Take) -> None:
    sarah.review()
    take("09-review")
    address = sarah.share()
    sarah.page.get_by_role("textbox", name="Link to your goals").scroll_into_view_if_needed()
    mask_address(sarah.page)
    take("10-shared-link")
    shared = browsers.open(address.split("/share/")[0], SIZES[size])
    shared.goto(address)
    expect(shared.get_by_text("Within 24 months").first).to_be_visible()
    Camera(shared, size).take("11-shared-page")
    shared.goto("/share/nobody-shared-this")
    expect(shared.get_by_role("heading", level=1)).to_be_visible()
    Camera(shared, size).take("12-shared-page-without-goals")
    sarah.button("Your sessions").click()
    expect(sarah.dialog).to_be_visible()
    take("13-sessions")
    sarah.dialog.get_by_role("button", name="Erase everything").click()
    take("14-erase")


def mask_address(page: Page) -> None:
    """A link with a token that is the same in each run."""
    page.get_by_role("textbox", name="Link to your goals").evaluate(
        "(field) => { field.value = 'https://goals.example/share/a-token-of-forty-three-characters'; }"
    )


def test_faults(
    sarah: Visitor, browsers: Browsers, server: ThreadServer, size: str, coach: Direction, take: Take
) -> None:
    sarah.begin()
    coach.breaks = 1
    sarah.say(MESSAGES[0])
    take("15-reply-that-broke")
    sarah.page.context.set_offline(True)
    sarah.send(MESSAGES[0])
    expect(sarah.status.filter(has_text="Connection lost")).to_be_visible()
    take("16-connection-lost")
    sarah.page.context.set_offline(False)
    stranger = browsers.open(server.address, SIZES[size])
    stranger.goto("/?tenant=nobody")
    expect(stranger.get_by_role("heading", level=1)).to_be_visible()
    Camera(stranger, size).take("17-company-that-is-not-there")


def test_long_texts(sarah: Visitor, coach: Direction, take: Take) -> None:
    coach.words = [f"{LONG} {number}. " for number in range(12)]
    sarah.begin({"Name": LONG[:190], "Position": LONG[:190]})
    sarah.say(f"{LONG * 4}\n\nأريد أن أقود فريقًا من أربعة مطورين.\n\n日本語のチームと 🚀")
    take("18-long-texts")
    to_top(sarah.log.get_by_label("You").first)
    take("19-long-texts-and-scripts")


def test_console_sign_in(hr: Hr, page: Page, take: Take) -> None:
    page.goto("/admin")
    expect(hr.heading("Sign in")).to_be_visible()
    take("20-sign-in")
    page.get_by_label("Admin key", exact=True).fill("wrong")
    hr.button("Sign in").click()
    expect(page.get_by_label("Admin key", exact=True)).to_have_attribute("aria-invalid", "true")
    take("21-sign-in-with-a-wrong-key")


def test_console_overview(hr: Hr, page: Page, browsers: Browsers, server: ThreadServer, rows: Rows, take: Take) -> None:
    hr.sign_in()
    hr.settle()
    take("22-overview-empty")
    Visitor(browsers.open(server.address)).walk()
    ((session_id,),) = rows("select id from sessions")
    live_through(rows, session_id, sessions=240)
    page.reload()
    hr.settle()
    expect(page.get_by_role("heading", name="Scores: Future vision")).to_be_visible()
    take("23-overview")
    to_top(hr.heading("Scores"))
    take("24-overview-scores")


def test_console_knowledge(hr: Hr, page: Page, tmp_path: Path, take: Take) -> None:
    hr.sign_in()
    hr.open("Knowledge")
    take("25-knowledge")
    handbook = tmp_path / "handbook.txt"
    handbook.write_text("\n\n".join(f"{number}. {FEEDBACK} {FEEDBACK} {FEEDBACK}" for number in range(2_000)))
    hr.upload([handbook], "career_framework")
    expect(hr.uploads.first).to_contain_text("left", timeout=READ_WITHIN)
    to_top(hr.uploads.first)
    take("26-knowledge-uploading")
    hr.button("Cancel handbook.txt").click()
    expect(hr.uploads.first).to_contain_text("Cancelled")
    document = tmp_path / "ladder.txt"
    document.write_text(FEEDBACK)
    hr.upload([document], "career_framework")
    expect(hr.uploads.last).to_contain_text("Done", timeout=READ_WITHIN)
    page.get_by_label("Question").fill("I want to lead a team and give feedback")
    hr.button("Try a question").click()
    found = page.get_by_role("article").first
    expect(found).to_be_visible()
    to_top(hr.heading("What would the coach see?"))
    take("27-try-a-question")
    page.get_by_role("link", name="Engineering Career Framework").click()
    expect(hr.heading("Passages")).to_be_visible()
    take("28-passages")


def test_console_rubric(hr: Hr, page: Page, take: Take) -> None:
    hr.sign_in()
    hr.open("Rubric and prompts")
    take("29-rubric")
    weights = page.get_by_label("Weight")
    weights.nth(0).fill("40")
    take("30-rubric-with-an-error")
    weights.nth(1).fill("15")
    hr.button("Preview").click()
    hr.settle()
    to_top(hr.heading("Preview on sample goals"))
    take("31-rubric-preview")
    hr.button("Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved as version 2")).to_be_visible()
    hr.button("History").click()
    expect(page.get_by_role("dialog").get_by_text("Version 2").first).to_be_visible()
    take("32-history")


def test_console_audit(hr: Hr, page: Page, browsers: Browsers, server: ThreadServer, take: Take) -> None:
    Visitor(browsers.open(server.address)).walk(messages=2)
    hr.sign_in()
    hr.open("Audit")
    take("33-audit")
    page.get_by_role("row").filter(has_text="Goal scored").first.get_by_role("link").first.press("Enter")
    expect(hr.heading("Session")).to_be_visible()
    hr.settle()
    take("34-session")
    hr.open("Keys")
    take("35-keys")
