"""What went wrong in a browser while a test looked elsewhere: errors on the console, in scripts, of the security policy."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Error, Page, Request, WebError

ANSWERED = re.compile(r"^Failed to load resource: (the server responded with a status of (\d+)|net::)")
"""How Chromium tells every answer that isn't a success; those of the API belong to the game."""
BROKEN = range(500, 503)


@dataclass
class Watch:
    """Watches every page of a browser context."""

    context: BrowserContext
    address: str
    lines: list[str] = field(default_factory=list)
    """Everything the console said."""
    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    """Parts of faults that a test brings about on purpose."""

    def __post_init__(self) -> None:
        self.context.on("console", self._console)
        self.context.on("weberror", self._error)
        self.context.on("request", self._request)
        self.context.on("dialog", self._dialog)

    def expect(self, *parts: str) -> None:
        """Faults that hold one of these parts are meant."""
        self.expected += parts

    @property
    def unexpected(self) -> list[str]:
        """The faults that nobody meant."""
        return [fault for fault in self.faults if not any(part in fault for part in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        self.lines.append(f"{message.type}: {message.text} ({where})")
        if message.type in ("error", "warning") and not self._part_of_the_game(message.text, where):
            self.faults.append(self.lines[-1])

    def _part_of_the_game(self, text: str, where: str) -> bool:
        match = ANSWERED.match(text)
        if not match or "/api/" not in where:
            return False
        return match[2] is None or int(match[2]) not in BROKEN

    def _error(self, error: WebError) -> None:
        self.lines.append(f"exception: {error.error.message}\n{error.error.stack}")
        self.faults.append(self.lines[-1])

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:")):
            self.faults.append(f"request elsewhere: {request.url}")

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.type} {dialog.message}")
        dialog.dismiss()


def open_pages(context: BrowserContext) -> list[Page]:
    """The pages that still answer."""
    return [page for page in context.pages if not page.is_closed() and _alive(page)]


def _alive(page: Page) -> bool:
    try:
        return bool(page.evaluate("true"))
    except Error:
        return False
