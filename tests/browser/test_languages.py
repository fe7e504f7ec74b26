"""The page in its visitor's language: the browser's, another one by choice; nothing written is lost, no text left out."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from server.command.messages.sources import WEB, rooms
from state.languages.choice import LANGUAGES, Language
from tests.browser.axe import barriers
from tests.browser.conftest import PHONE, Browsers, Rows
from tests.browser.server import ThreadServer
from tests.browser.steps import MESSAGES, PAGE_WORDS, Visitor

QUESTIONS = {
    "en": "Where do you see yourself",
    "de": "Wo siehst du dich",
    "es": "¿Dónde te ves",
    "fr": "Où vous voyez-vous",
    "pl": "Gdzie widzisz siebie",
}
"""How the coach's first question begins."""
THEIR_OWN = re.compile(
    r"Petraf|Sunrise Corporation|English|Deutsch|Español|Français|Polski|Markdown|PDF|Sarah|Software Engineer|\b[A-Z]?\d+"
)
"""Names of companies, languages and formats, and what the visitor wrote."""
MARKED = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const judged = ".criteria p, .feedback, .suggestions ul, .notice > p";
  const foreign = `.said, .goal-text, .quote, .sources, noscript, .fact-place, ${judged}`;
  for (let node = walk.currentNode; node; node = walk.nextNode()) {
    const element = node instanceof Element ? node : node.parentElement;
    if (element.closest(foreign)) continue;
    if (node instanceof Text) found.push(node.data);
    else for (const name of ["aria-label", "placeholder", "title"]) found.push(node.getAttribute(name) ?? "");
  }
  return found.filter((text) => text.trim());
}"""


def visitor_from(browsers: Browsers, server: ThreadServer, locale: str) -> Visitor:
    """Somebody whose browser asks for a language."""
    return Visitor(browsers.open(server.address, locale=locale), PAGE_WORDS[locale[:2]])  # type: ignore[index]


def lang(page: Page) -> str | None:
    """What the page says that its language is."""
    return page.locator("html").get_attribute("lang")


def choose(visitor: Visitor, language: Language) -> Visitor:
    """Change the page's language; the visitor who reads it."""
    visitor.languages.select_option(language)
    after = Visitor(visitor.page, PAGE_WORDS[language])
    expect(after.languages).to_have_value(language)
    return after


@pytest.mark.parametrize("locale", ["de-AT", "es-MX", "fr-CA", "pl-PL"])
def test_a_newcomer_reads_their_own_language(browsers: Browsers, server: ThreadServer, locale: str) -> None:
    visitor = visitor_from(browsers, server, locale)
    visitor.begin({"Name": "Sarah"})
    assert lang(visitor.page) == locale[:2]
    expect(visitor.log).to_contain_text(QUESTIONS[locale[:2]])
    assert not barriers(visitor.page)


def test_a_language_that_nobody_speaks_here_is_english(browsers: Browsers, server: ThreadServer) -> None:
    visitor = Visitor(browsers.open(server.address, locale="it-IT"))
    visitor.arrive()
    assert lang(visitor.page) == "en"


def test_the_choice_keeps_the_form_and_is_remembered(browsers: Browsers, server: ThreadServer, rows: Rows) -> None:
    german = visitor_from(browsers, server, "de-DE")
    german.arrive()
    german.fill_in({"Name": "Sarah"})
    polish = choose(german, "pl")
    expect(polish.field("Name")).to_have_value("Sarah")
    expect(polish.languages).to_be_focused()
    expect(polish.page).to_have_title("Twoje cele w Sunrise Corporation")
    assert rows("select language, name from sessions") == [("pl", "Sarah")]
    polish.page.reload()
    expect(polish.start).to_be_visible()
    assert lang(polish.page) == "pl"


def test_the_choice_keeps_the_conversation_and_what_is_being_written(
    browsers: Browsers, server: ThreadServer, rows: Rows
) -> None:
    english = Visitor(browsers.open(server.address))
    english.walk(messages=1)
    english.answer.fill("A half-written answer")
    french = choose(english, "fr")
    expect(french.answer).to_have_value("A half-written answer")
    expect(french.log).to_contain_text(QUESTIONS["fr"])
    expect(french.log).to_contain_text(MESSAGES[0])
    assert rows("select language from sessions") == [("fr",)]


def test_a_goal_that_is_being_edited_is_not_lost(browsers: Browsers, server: ThreadServer) -> None:
    english = Visitor(browsers.open(server.address))
    english.walk(messages=2)
    english.button("Edit").click()
    english.languages.select_option("es")
    expect(english.page.get_by_text("A goal is being edited.")).to_be_visible()
    expect(english.languages).to_have_value("en")
    english.button("Cancel").click()
    choose(english, "es")


def test_the_page_follows_a_session_that_is_held_in_another_language(
    browsers: Browsers, server: ThreadServer, rows: Rows
) -> None:
    german = visitor_from(browsers, server, "de-DE")
    german.begin({"Name": "Sarah"})
    rows("update sessions set language = 'es'")
    german.page.reload()
    spanish = Visitor(german.page, PAGE_WORDS["es"])
    expect(spanish.answer).to_be_visible()
    expect(spanish.log).to_contain_text(QUESTIONS["es"])
    spanish.button("Your sessions").click()
    spanish.button("Start a new session").click()
    expect(german.start).to_be_visible()
    assert lang(german.page) == "de"


def test_a_language_that_cannot_be_loaded_is_told_and_changes_nothing(browsers: Browsers, server: ThreadServer) -> None:
    english = Visitor(browsers.open(server.address))
    english.begin()
    english.page.route("**/languages/pl.js", lambda route: route.abort())
    browsers.watch(english.page).expect("pl.js")
    english.languages.select_option("pl")
    expect(english.page.get_by_text("The server can't be reached.")).to_be_visible()
    expect(english.languages).to_have_value("en")
    expect(english.answer).to_be_visible()


def test_a_shared_page_speaks_the_reader_s_language(browsers: Browsers, server: ThreadServer) -> None:
    sarah = Visitor(browsers.open(server.address))
    sarah.review()
    reader = visitor_from(browsers, server, "pl-PL")
    reader.page.goto(sarah.share())
    expect(reader.heading("Cele: Sarah")).to_be_visible()
    german = choose(reader, "de")
    expect(german.heading("Ziele von Sarah")).to_be_visible()
    expect(german.page.get_by_role("article", name="Aktionsplan")).to_be_visible()


def test_the_console_for_hr_speaks_english(browsers: Browsers, server: ThreadServer) -> None:
    page = browsers.open(server.address, locale="de-DE")
    page.goto("/admin")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert lang(page) == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_fits_a_phone(browsers: Browsers, server: ThreadServer, language: Language) -> None:
    visitor = Visitor(browsers.open(server.address, PHONE, locale=language), PAGE_WORDS[language])
    visitor.arrive()
    assert visitor.no_sideways_scrolling()
    visitor.start.click()
    expect(visitor.answer).to_be_visible()
    assert visitor.no_sideways_scrolling()


def invented(route: Route) -> None:
    """A language in which every message of the catalogue stands in marks."""
    (room,) = [room for room in rooms() if room.folder == WEB / "languages"]
    said = {m.one: [f"⟦{m.one}⟧", f"⟦{m.many}⟧"] if m.many else f"⟦{m.one}⟧" for m in room.messages}
    route.fulfill(status=200, content_type="text/javascript", body=f"export default {json.dumps(said)};")


def unmarked(page: Page) -> list[str]:
    """What stands on the page outside the marks and is nobody's own words."""
    texts = [re.sub(r"⟦[^⟧]*⟧", "", text) for text in page.evaluate(MARKED)]
    inside = [re.sub(r"⟦.*⟧", "", text, flags=re.DOTALL) for text in texts]
    # How goals hang together is told in the goals' own words, and which fact a button is for in the employee's.
    ours = [text for text in inside if not text.startswith(("“", ": "))]
    return [text for text in ours if re.search(r"[A-Za-z]{2,}", THEIR_OWN.sub("", text))]


def test_no_text_of_the_page_is_left_out_of_the_catalogues(browsers: Browsers, server: ThreadServer) -> None:
    page = browsers.open(server.address, locale="de")
    page.route("**/languages/de.js", invented)
    left = []
    page.goto("/")
    expect(page.get_by_role("button", name="⟦Start the conversation⟧")).to_be_visible()
    left += unmarked(page)
    page.get_by_role("button", name="⟦Start the conversation⟧").click()
    for text in MESSAGES:
        page.get_by_role("textbox", name="⟦Your answer⟧").fill(text)
        page.get_by_role("button", name="⟦Send⟧").click()
        expect(page.get_by_role("button", name="⟦Stop⟧")).to_be_hidden()
        left += unmarked(page)
        if page.get_by_role("button", name="⟦Yes, save it⟧").is_visible():
            page.get_by_role("button", name="⟦Yes, save it⟧").click()
            expect(page.get_by_role("button", name="⟦Yes, save it⟧")).to_be_hidden()
            expect(page.get_by_role("button", name="⟦Stop⟧")).to_be_hidden()
    left += unmarked(page)
    page.get_by_role("button", name="⟦Your sessions⟧").click()
    left += unmarked(page)
    page.get_by_role("button", name="⟦Close⟧").click()
    page.get_by_role("button", name="⟦See your three goals⟧").click()
    expect(page.get_by_role("heading", name="⟦Your three goals⟧")).to_be_visible()
    page.get_by_role("button", name="⟦Share⟧").click()
    page.get_by_role("button", name="⟦Edit⟧").first.click()
    expect(page.get_by_role("group", name="⟦Score as you type⟧")).to_contain_text("⟦")
    left += unmarked(page)
    page.get_by_role("button", name="⟦Erase everything⟧").click()
    left += unmarked(page)
    assert not set(left)
