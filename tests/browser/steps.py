"""What a person does on the employees' page, in the page's own words: everything is found by role, name, label or text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from playwright.sync_api import Locator, Page, expect

from server.http.pages import WEB
from state.languages.catalogue import Catalogue, read_catalogues
from tests.browser.coach import Direction
from tests.server.test_journey import ACTIONS, FUTURE, VALUES

SARAH: Mapping[str, str] = {
    "Name": "Sarah",
    "Employee code": "EMP12345",
    "Department": "Engineering",
    "Position": "Software Engineer",
    "Grade": "L4",
    "Years here": "3",
    "Age range": "28-32",
    "Job type": "Full-time",
}
"""Sarah as she fills in the form."""
MESSAGES = (*FUTURE, VALUES, ACTIONS)
"""Her four messages."""
FIRST_WORDS = "Good, I have"
"""How the coach's reply to the first begins."""
Kind = Literal["future vision", "values", "action plan"]
KINDS: tuple[Kind, ...] = ("future vision", "values", "action plan")
SOON = f"By December {date.today().year + 1}"
"""When a goal that employees write themselves is due: always after today."""


PAGE_WORDS = read_catalogues(WEB / "languages")
"""What the page says in each language."""


@dataclass(frozen=True)
class Visitor:
    """A person before the employees' page. What they look for is named in English and found in the language that they read."""

    page: Page
    words: Catalogue = PAGE_WORDS["en"]

    def arrive(self) -> None:
        """Open the page as a newcomer."""
        self.page.goto("/")
        expect(self.start).to_be_visible()

    def fill_in(self, fields: Mapping[str, str]) -> None:
        """Fill in the form."""
        for label, value in fields.items():
            field = self.field(label)
            if field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(label=self.words.say(value))
            else:
                field.fill(value)

    def begin(self, fields: Mapping[str, str] | None = None) -> None:
        """Arrive, fill in the form and start."""
        self.arrive()
        self.fill_in(SARAH if fields is None else fields)
        self.start.click()
        expect(self.answer).to_be_visible()

    def send(self, text: str) -> None:
        """Send an answer."""
        self.answer.fill(text)
        self.button("Send").click()

    def say(self, text: str) -> None:
        """Send an answer, wait until the coach is done with it, and save the goal that it asks about, if it does."""
        self.propose(text)
        if self.yes.is_visible():
            self.agree()

    def propose(self, text: str) -> None:
        """Send an answer and wait until the coach is done with it; a goal that comes of it waits."""
        self.send(text)
        self.wait_for_turn()

    def agree(self) -> None:
        """Save the goal that the coach asks about."""
        self.yes.click()
        expect(self.yes).to_be_hidden()
        self.wait_for_turn()

    def send_and_be_held(self, coach: Direction) -> None:
        """Send the first message and see the reply stop after its first words, until the coach is let go."""
        coach.hold()
        self.send(MESSAGES[0])
        expect(self.log).to_contain_text(FIRST_WORDS)

    def wait_for_turn(self) -> None:
        """Wait until no turn runs."""
        expect(self.button("Stop")).to_be_hidden()
        expect(self.log).to_have_attribute("aria-busy", "false")

    def walk(self, messages: int = len(MESSAGES)) -> None:
        """Begin and say the first of Sarah's messages."""
        self.begin()
        for text in MESSAGES[:messages]:
            self.say(text)

    def review(self) -> None:
        """Walk the whole way and look at the three goals."""
        self.walk()
        self.button("See your three goals").click()
        expect(self.heading("Your three goals")).to_be_visible()

    def share(self) -> str:
        """Share the goals that are in sight; the link's address."""
        self.button("Share").click()
        link = self.page.get_by_role("textbox", name=self.words.say("Link to your goals"))
        expect(link).to_be_visible()
        return link.input_value()

    def field(self, label: str) -> Locator:
        """A field of the form."""
        return self.page.get_by_label(self.words.say(label), exact=True)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """A button."""
        said = self.words.say(name) if isinstance(name, str) else name
        return self.page.get_by_role("button", name=said, exact=True)

    def link(self, name: str) -> Locator:
        """A link."""
        return self.page.get_by_role("link", name=self.words.say(name))

    def goal(self, kind: Kind) -> Locator:
        """The card of a goal."""
        return self.page.get_by_role("article", name=self.words.say(f"Your goal: {kind}"))

    def heading(self, name: str) -> Locator:
        """A heading."""
        return self.page.get_by_role("heading", name=self.words.say(name))

    @property
    def start(self) -> Locator:
        """The button under the form."""
        return self.button("Start the conversation")

    @property
    def languages(self) -> Locator:
        """The choice of the page's language."""
        return self.page.get_by_role("combobox", name=self.words.say("Language"), exact=True)

    @property
    def yes(self) -> Locator:
        """The button that saves the goal which the coach asks about."""
        return self.button("Yes, save it")

    @property
    def answer(self) -> Locator:
        """Where answers are written."""
        return self.page.get_by_role("textbox", name=self.words.say("Your answer"))

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log", name=self.words.say("Conversation"))

    @property
    def progress(self) -> Locator:
        """How far it is."""
        return self.page.get_by_role("navigation", name=self.words.say("Progress"))

    @property
    def status(self) -> Locator:
        """The line that tells how the connection is."""
        return self.page.get_by_role("status")

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.get_by_role("dialog")

    def no_sideways_scrolling(self) -> bool:
        """Whether the page is no wider than its window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
