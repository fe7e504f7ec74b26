"""What an HR admin does in the console, in the console's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Locator, Page, expect

Screen = Literal["Overview", "Knowledge", "Rubric and prompts", "Audit", "Keys"]
SCREENS: tuple[Screen, ...] = ("Overview", "Knowledge", "Rubric and prompts", "Audit", "Keys")
READ_WITHIN = 30_000
"""Milliseconds in which a short document is read in on a busy machine."""


@dataclass(frozen=True)
class Hr:
    """An HR admin before the console."""

    page: Page
    key: str

    def sign_in(self) -> None:
        """Open the console and sign in."""
        self.page.goto("/admin")
        self.page.get_by_label("Admin key", exact=True).fill(self.key)
        self.button("Sign in").click()
        expect(self.heading("Overview")).to_be_visible()

    def open(self, screen: Screen) -> None:
        """Go to a screen."""
        self.page.get_by_role("navigation", name="Console").get_by_role("link", name=screen).click()
        expect(self.heading(screen)).to_be_visible()
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is being loaded."""
        self.page.wait_for_load_state("networkidle")

    def upload(self, files: Sequence[str | Path], category: str) -> None:
        """Choose files on the knowledge screen."""
        self.page.get_by_label("Category").first.fill(category)
        with self.page.expect_file_chooser() as waiting:
            self.button("Choose files").click()
        waiting.value.set_files(list(files))

    @property
    def uploads(self) -> Locator:
        """The files on their way."""
        return self.page.get_by_role("list", name="Uploads").get_by_role("listitem")

    def heading(self, name: str) -> Locator:
        """A heading."""
        return self.page.get_by_role("heading", name=name, exact=True)

    def button(self, name: str) -> Locator:
        """A button."""
        return self.page.get_by_role("button", name=name, exact=True)

    def no_sideways_scrolling(self) -> bool:
        """Whether the page is no wider than its window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
