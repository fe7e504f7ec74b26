"""Whatever employees, companies and models write stays text: nothing runs, nothing is fetched, nothing is swallowed."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.coach import Direction
from tests.browser.conftest import Browsers, Rows
from tests.browser.hostile import SHORT, TEXTS
from tests.browser.server import ThreadServer
from tests.browser.steps import Visitor

FIELDS = ("Name", "Employee code", "Department", "Position", "Grade")
EVERY = "\n\n".join(TEXTS)
SQUEEZED = re.compile(r"[\s\x01\x07\x1b]+")
SHOWN = """() => {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode.data);
  for (const field of document.querySelectorAll("input, textarea")) texts.push(field.value);
  return texts.join(" ");
}"""


def squeezed(text: str) -> str:
    """The text without what HTML may lay out in its own way."""
    return SQUEEZED.sub("", text)


@pytest.fixture(autouse=True)
def nothing_runs(browsers: Browsers) -> Iterator[None]:
    """No text of a test ran; requests elsewhere, dialogs and blocked scripts are faults anyway."""
    yield
    for watch in browsers.watches:
        for page in watch.context.pages:
            assert page.evaluate("() => window.__pwned") is None


def shown(page: Page, text: str) -> bool:
    """Whether the page holds the text as it stands."""
    return squeezed(text) in squeezed(str(page.evaluate(SHOWN)))


@pytest.mark.parametrize("at", range(0, len(SHORT), len(FIELDS)))
def test_a_forms_fields_stay_text(sarah: Visitor, page: Page, at: int) -> None:
    texts = SHORT[at : at + len(FIELDS)]
    sarah.begin(dict(zip(FIELDS, texts, strict=False)))
    assert shown(page, texts[0])
    sarah.button("Your sessions").click()
    expect(sarah.dialog.get_by_text(texts[0]).first).to_be_visible()
    sarah.dialog.get_by_role("button", name="About you").click()
    expect(sarah.start).to_be_visible()
    for text in texts:
        assert shown(page, text), text


def test_what_an_employee_says_stays_text(sarah: Visitor, page: Page, coach: Direction) -> None:
    coach.words = ("Tell me more, please?",)
    sarah.begin()
    sarah.say(EVERY)
    for text in TEXTS:
        assert shown(page, text), text
    assert sarah.no_sideways_scrolling()
    page.reload()
    expect(sarah.log).to_contain_text("Tell me more")
    for text in TEXTS:
        assert shown(page, text), text


def test_what_a_model_says_stays_text(sarah: Visitor, page: Page, coach: Direction) -> None:
    coach.words = [EVERY[at : at + 7] for at in range(0, len(EVERY), 7)]
    sarah.begin()
    sarah.say("I want to become a senior engineer.")
    for text in TEXTS:
        assert shown(page, text), text
    assert sarah.no_sideways_scrolling()
    assert page.locator("[role=log] :is(script, img, iframe, form, style, link, base, meta)").count() == 0
    assert page.locator("[role=log] a[href]:not([href^='/'])").count() == 0


@pytest.mark.parametrize("at", range(0, len(TEXTS), 8))
def test_an_edited_goal_stays_text(sarah: Visitor, page: Page, at: int) -> None:
    sarah.walk(messages=2)
    card = sarah.goal("future vision").last
    card.get_by_role("button", name="Edit").click()
    wanted = "Within 24 months, become a senior engineer leading a team of 3-4 developers: "
    for text in TEXTS[at : at + 8]:
        card.get_by_role("textbox").fill(f"{wanted}{text}"[:290])
        page.wait_for_timeout(50)
    text = next(text for text in TEXTS[at : at + 8] if len(text) < 150)
    card.get_by_role("textbox").fill(f"{wanted}{text}")
    card.get_by_role("button", name="Save and score").click()
    sarah.wait_for_turn()
    assert shown(page, text), text
    page.reload()
    expect(sarah.answer).to_be_visible()


def test_goals_their_reasons_links_and_proposals_stay_text(sarah: Visitor, page: Page, rows: Rows) -> None:
    sarah.review()
    proposal = {"id": "p1", "text": TEXTS[0], "start": 0, "end": len(TEXTS[0]), "reason": TEXTS[2]}
    rows("update goals set content = %(text)s, proposals = %(proposals)s", text=EVERY, proposals=json.dumps([proposal]))
    for place in ("{criteria,0,reasoning}", "{criteria,1,name}", "{feedback}"):
        rows(
            "update goals set score_details = jsonb_set(score_details::jsonb, %(place)s, to_jsonb(%(text)s::text))",
            place=place,
            text=EVERY,
        )
    page.reload()
    expect(sarah.heading("Your three goals")).to_be_visible()
    for text in TEXTS:
        assert shown(page, text), text
    assert sarah.no_sideways_scrolling()


@pytest.mark.parametrize("text", TEXTS[:6] + TEXTS[17:19])
def test_a_companys_name_and_questions_stay_text(sarah: Visitor, page: Page, rows: Rows, text: str) -> None:
    rows("update tenants set name = %(text)s", text=text)
    sarah.arrive()
    assert shown(page, text)


def test_documents_titles_and_quotes_stay_text(sarah: Visitor, page: Page, rows: Rows) -> None:
    sarah.walk(messages=1)
    source = {
        "document": EVERY,
        "document_id": TEXTS[3],
        "version": TEXTS[4],
        "page": 1,
        "heading": EVERY,
        "category": "values",
        "relevance": 0.5,
        "quote": EVERY,
    }
    for turn_id, events in rows("select id, events from turns"):
        for event in events:
            if "sources" in event["data"]:
                event["data"]["sources"] = [source]
        rows("update turns set events = %(events)s where id = %(id)s", events=json.dumps(events), id=turn_id)
    page.reload()
    sarah.button(re.compile(r"^Sources \(1\)$")).first.click()
    expect(page.get_by_role("region", name="Sources").first).to_be_visible()
    for text in TEXTS:
        assert shown(page, text), text
    assert sarah.no_sideways_scrolling()


def test_a_shared_page_stays_text(sarah: Visitor, browsers: Browsers, server: ThreadServer, rows: Rows) -> None:
    sarah.review()
    rows("update goals set content = %(text)s", text=EVERY)
    about = {"name": TEXTS[3], "position": TEXTS[4], "department": TEXTS[5]}
    rows("update sessions set name = %(name)s, position = %(position)s, department = %(department)s", **about)
    address = sarah.share()
    page = browsers.open(server.address)
    page.goto(address)
    expect(page.get_by_text(TEXTS[0]).first).to_be_visible()
    for text in TEXTS:
        assert shown(page, text), text


@pytest.mark.parametrize("token", ["%3Cscript%3E", "..%2f..%2f", "%00", "a" * 2000, "javascript:1"])
def test_an_address_of_a_share_that_was_made_up_runs_nothing(page: Page, browsers: Browsers, token: str) -> None:
    browsers.watch(page).expect("status of 404", "status of 422")
    page.goto(f"/share/{token}")
    expect(page.get_by_role("heading", level=1).or_(page.get_by_text('"error"')).first).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("undefined")


def test_a_tenant_in_the_address_that_was_made_up_runs_nothing(page: Page) -> None:
    page.goto("/?tenant=%22%3E%3Cimg%20src%3Dx%20onerror%3Dwindow.__pwned%3D1%3E")
    expect(page.get_by_role("heading", name="This didn't work")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("undefined")


def test_even_a_script_that_got_into_the_page_would_not_run(page: Page, browsers: Browsers) -> None:
    browsers.watch(page).expect("Content Security Policy", "Trusted")
    page.goto("/")
    tried = page.evaluate(
        """() => {
          const errors = [];
          for (const act of [
            () => { document.body.innerHTML = "<img src=x onerror=window.__pwned=1>"; },
            () => { document.body.insertAdjacentHTML("beforeend", "<script>window.__pwned=1</scr" + "ipt>"); },
            () => { const s = document.createElement("script"); s.textContent = "window.__pwned=1"; document.body.append(s); },
          ]) { try { act(); errors.push("ran"); } catch (error) { errors.push(error.name); } }
          return errors;
        }"""
    )
    assert tried == ["TypeError"] * 3


def test_a_long_answer_is_taken_whole_or_refused_with_a_reason(sarah: Visitor, page: Page) -> None:
    sarah.begin()
    sarah.send("word " * 2_100)
    expect(page.get_by_text("10,000").first).to_be_visible()
