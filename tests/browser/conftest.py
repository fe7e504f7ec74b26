"""A real server with the demo company, a real Chromium, and a look at everything that went wrong in it."""

import asyncio
import re
import secrets
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypedDict

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright
from psycopg.sql import SQL, Identifier

import graph.tools
from server.command.start import ensure_demo
from tests.browser.coach import DirectedCoach, Direction
from tests.browser.server import ThreadServer, settings_for
from tests.browser.steps import Visitor
from tests.browser.watch import Watch, open_pages
from tests.conftest import execute, url_of

HERE = Path(__file__).parent
KEPT = HERE.parents[1] / ".browser"
"""Where screenshots and console of failed tests are kept."""
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
LAPTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=375, height=667)
Rows = Callable[..., list[tuple[Any, ...]]]
# Milliseconds that a turn may take on a busy machine.
expect.set_options(timeout=20_000)
REPORT = pytest.StashKey[pytest.TestReport]()


class Look(TypedDict, total=False):
    """How a browser is set."""

    color_scheme: Literal["light", "dark"]
    reduced_motion: Literal["reduce", "no-preference"]
    is_mobile: bool
    has_touch: bool
    device_scale_factor: float
    locale: str


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep how the test itself went, for the fixtures that clean up after it."""
    report = yield
    if report.when == "call":
        item.stash[REPORT] = report
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class DemoDatabase:
    """A database with the demo company, to copy."""

    name: str
    admin_key: str


@pytest.fixture(scope="package")
def demo(admin_url: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoDatabase]:
    """The demo company's documents are read in once a run."""
    name = f"demo_{secrets.token_hex(6)}"
    folder = tmp_path_factory.mktemp("demo")
    _copy(admin_url, template, name)
    with ThreadPoolExecutor(1) as thread:  # this one has the browser's event loop
        thread.submit(asyncio.run, ensure_demo(settings_for(folder), url_of(admin_url, name))).result()
    yield DemoDatabase(name, (folder / "demo_admin_key").read_text().strip())
    execute(admin_url, "drop database {} with (force)", name)


@pytest.fixture
def demo_url(admin_url: str, demo: DemoDatabase) -> Iterator[str]:
    """A copy of the demo company's database."""
    name = f"test_{secrets.token_hex(6)}"
    _copy(admin_url, demo.name, name)
    yield url_of(admin_url, name)
    execute(admin_url, "drop database {} with (force)", name)


def _copy(admin_url: str, template: str, name: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(
            SQL("create database {} template {} strategy file_copy").format(Identifier(name), Identifier(template))
        )


@pytest.fixture
def coach(monkeypatch: pytest.MonkeyPatch) -> Iterator[Direction]:
    """What the coach of this test does."""
    direction = Direction()
    monkeypatch.setattr(DirectedCoach, "direction", direction)
    monkeypatch.setattr(graph.tools, "RuleCoach", DirectedCoach)
    yield direction
    direction.let_go()


@pytest.fixture
def server(demo_url: str, coach: Direction, tmp_path: Path) -> Iterator[ThreadServer]:
    """A server with the demo company."""
    thread = ThreadServer(settings_for(tmp_path), demo_url)
    thread.start()
    yield thread
    coach.let_go()
    thread.stop()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser. It leaves with this folder: the event loop that it keeps running would be in the way of other tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Browsers:
    """Opens browsers, each with cookies of its own, and tells what went wrong in them."""

    chromium: Browser
    watches: list[Watch] = field(default_factory=list)

    def open(self, address: str, size: ViewportSize = LAPTOP, **look: Any) -> Page:
        """A page of a fresh browser at a server's address, which `goto("/")` counts from."""
        settings: Look = {"reduced_motion": "reduce", "locale": "en-GB", **look}  # type: ignore[typeddict-item]
        if size == PHONE:
            settings = {"is_mobile": True, "has_touch": True, "device_scale_factor": 2, **settings}
        context = self.chromium.new_context(
            base_url=address, viewport=size, timezone_id="UTC", accept_downloads=True, **settings
        )
        context.set_default_timeout(20_000)
        self.watches.append(Watch(context, address))
        return context.new_page()

    def watch(self, page: Page) -> Watch:
        """What is known of the browser of a page."""
        return next(watch for watch in self.watches if watch.context == page.context)

    def keep(self, name: str) -> None:
        """Write what every browser shows and said into `.browser`."""
        KEPT.mkdir(exist_ok=True)
        plain = re.sub(r"[^\w.-]+", "-", name)
        for number, watch in enumerate(self.watches, 1):
            (KEPT / f"{plain}-{number}.log").write_text("\n".join([*watch.lines, *watch.faults]))
            for page_number, page in enumerate(open_pages(watch.context), 1):
                page.screenshot(path=KEPT / f"{plain}-{number}-{page_number}.png", full_page=True)

    def close(self) -> list[str]:
        """Close them all; the faults that no test meant."""
        faults = [fault for watch in self.watches for fault in watch.unexpected]
        for watch in self.watches:
            watch.context.close()
        return faults


@pytest.fixture
def browsers(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Browsers]:
    """Browsers of this test. A fault in one of them fails the test."""
    opened = Browsers(chromium)
    yield opened
    report = request.node.stash.get(REPORT, None)
    faulty = any(watch.unexpected for watch in opened.watches)
    if faulty or report is None or report.failed:
        opened.keep(request.node.name)
    faults = opened.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(browsers: Browsers, server: ThreadServer) -> Page:
    """A page on a laptop."""
    return browsers.open(server.address)


@pytest.fixture
def sarah(page: Page) -> Visitor:
    """Somebody before a laptop."""
    return Visitor(page)


@pytest.fixture
def context(page: Page) -> BrowserContext:
    """The browser of the page."""
    return page.context


@pytest.fixture
def rows(demo_url: str) -> Rows:
    """Runs a statement as the database's owner and gives its rows."""

    def run(statement: str, **values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(demo_url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    return run
