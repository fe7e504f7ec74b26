"""Benchmark D, `make bench-browser`: the page's first paint and 2,000 pieces of a reply, each against a floor of the same run.

The floors are an empty page of the same server, and the same stream read by bare fetch without showing it.
"""

import asyncio
import json
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TypeAlias

from playwright.sync_api import Browser, Page, expect, sync_playwright
from rich.console import Console
from rich.table import Table

from bench.browser_server import CHUNKS, EMPTY, LAST
from bench.places import BENCH_FOLDER
from bench.server import bench_server, database_url, drop_database
from bench.trace import CATEGORIES, Busy, read_trace
from migrations.apply import upgrade
from server.command.start import ensure_demo
from tests.browser.conftest import ARGUMENTS, CHROMIUM, LAPTOP
from tests.browser.server import answers, settings_for, wait_for
from tests.browser.steps import Visitor
from tests.ports import free_port

DATABASE = "bench_browser"
RUNS = 5
FIRST_PAINT_TARGET, LONGEST_TARGET = 1_000, 50
"""Milliseconds."""
WIDTH = 90
TOLD = {
    "lasted": "from sending to the last word",
    "painting": "spent on layout and painting",
    "scripting": "spent on scripts",
    "frames": "frames with something to show",
    "dropped": "frames that were dropped",
    "longest_task": "longest task",
    "longest_frame": "longest frame",
}
"""Each figure of a trace in words."""
PAINTS = """() => new Promise((resolve) => {
  const paints = {};
  const keep = (name) => (list) => { for (const entry of list.getEntries()) paints[name(entry)] = entry.startTime; };
  new PerformanceObserver(keep((entry) => entry.name)).observe({type: "paint", buffered: true});
  new PerformanceObserver(keep(() => "largest")).observe({type: "largest-contentful-paint", buffered: true});
  setTimeout(() => resolve([paints["first-contentful-paint"], paints.largest]), 500);
})"""
READ = """async ([last]) => {
  const answer = await fetch("/api/session/create", {method: "POST"});
  const {session_id} = await answer.json();
  const headers = {"Content-Type": "application/json"};
  await fetch(`/api/session/${session_id}/info`, {method: "PUT", headers, body: '{"name": "Sarah"}'});
  performance.mark("stream-begin");
  const body = JSON.stringify({session_id, message: "I want to become a senior engineer."});
  const stream = await fetch("/api/chat/g4_future/stream", {method: "POST", headers, body});
  const reader = stream.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) { const {value} = await reader.read(); if (value.includes(last)) break; }
  performance.mark("stream-end");
}"""
ON_SUBMIT = """() => addEventListener("submit", () => performance.mark("stream-begin"), {once: true, capture: true})"""
SHOWN = """(last) => new Promise((resolve) => {
  const look = () => {
    if (document.querySelector("[role=log]").textContent.includes(last)) { performance.mark("stream-end"); resolve(); }
    else requestAnimationFrame(look);
  };
  look();
})"""
Paint: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class BrowserResult:
    """Milliseconds, run by run: first and largest contentful paint, and the thread while it reads 2,000 pieces."""

    paints: list[Paint]
    empty_paints: list[Paint]
    shown: list[Busy]
    bare: list[Busy]


def measure(browser: Browser, address: str) -> BrowserResult:
    """Page and floor in turn, so that noise hits both alike."""
    result = BrowserResult([], [], [], [])
    for _ in range(RUNS):
        result.empty_paints.append(paint(browser, f"{address}{EMPTY}"))
        result.paints.append(paint(browser, f"{address}/"))
        result.bare.append(streamed(browser, address, read_bare))
        result.shown.append(streamed(browser, address, read_shown))
    return result


def paint(browser: Browser, url: str) -> Paint:
    """First and largest contentful paint of a first visit."""
    with fresh_page(browser) as page:
        page.goto(url, wait_until="networkidle")
        first, largest = page.evaluate(PAINTS)
        return float(first), float(largest or first)


def streamed(browser: Browser, address: str, read: Callable[[Browser, Page, str], bytes]) -> Busy:
    """The page's thread while a reply of 2,000 pieces arrives."""
    with fresh_page(browser) as page:
        return read_trace(read(browser, page, address))


def read_bare(browser: Browser, page: Page, address: str) -> bytes:
    """The stream is read and thrown away."""
    page.goto(f"{address}{EMPTY}")
    return traced(browser, page, lambda: page.evaluate(READ, [LAST]))


def read_shown(browser: Browser, page: Page, address: str) -> bytes:
    """The stream is shown in the conversation."""
    page.goto(f"{address}/")
    sarah = Visitor(page)
    sarah.fill_in({"Name": "Sarah"})
    sarah.start.click()
    expect(sarah.answer).to_be_visible()
    sarah.answer.fill("I want to become a senior engineer.")

    page.evaluate(ON_SUBMIT)

    def send() -> None:
        sarah.button("Send").click()
        page.evaluate(SHOWN, LAST)

    return traced(browser, page, send)


def traced(browser: Browser, page: Page, act: Callable[[], object]) -> bytes:
    """Chromium's trace of an act."""
    browser.start_tracing(page=page, categories=CATEGORIES)
    act()
    return browser.stop_tracing()


@contextmanager
def fresh_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that has seen nothing yet."""
    context = browser.new_context(viewport=LAPTOP, locale="en-GB", timezone_id="UTC")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server process with the demo company."""
    with bench_server() as server:
        drop_database(server, DATABASE)
        url = database_url(server, DATABASE)
        upgrade(url, "local", 384)
        asyncio.run(ensure_demo(settings_for(folder), url))
        port = free_port()
        command = [sys.executable, "-m", "bench.browser_server", url, str(port), str(folder)]
        process = subprocess.Popen(command)  # noqa: S603
        try:
            wait_for(lambda: answers(f"http://127.0.0.1:{port}{EMPTY}"))
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def table(result: BrowserResult) -> Table:
    """What was measured beside its floor and its target."""
    made = Table(title="The page in Chromium", title_justify="left")
    for number, column in enumerate(("measured", "Petraf", "floor", "ratio", "target")):
        made.add_column(column, justify="right" if number else "left", no_wrap=True)
    for number, name in enumerate(("first contentful paint in ms", "largest contentful paint in ms")):
        petraf, floor = (median(run[number] for run in runs) for runs in (result.paints, result.empty_paints))
        add(made, name, petraf, floor, f"< {FIRST_PAINT_TARGET:,}")
    made.add_section()
    said = f"{CHUNKS:,} pieces:"
    for name in ("lasted", "painting", "scripting", "frames", "dropped"):
        unit = "" if name in ("frames", "dropped") else " in ms"
        petraf, floor = (median(getattr(run, name) for run in runs) for runs in (result.shown, result.bare))
        add(made, f"{said} {TOLD[name]}{unit}", petraf, floor, "")
    for name in ("longest_task", "longest_frame"):
        petraf, floor = (max(getattr(run, name) for run in runs) for runs in (result.shown, result.bare))
        add(made, f"{said} {TOLD[name]} of all runs in ms", petraf, floor, f"<= {LONGEST_TARGET}")
    return made


def add(made: Table, name: str, petraf: float, floor: float, target: str) -> None:
    """A row; a floor of 0 is left out."""
    against = (f"{floor:.4g}", f"{petraf / floor:.2f}") if floor else ("", "")
    made.add_row(name, f"{petraf:.4g}", *against, target)


def run() -> None:
    """Measure, print the table and keep every figure in `.bench/browser.json`."""
    BENCH_FOLDER.mkdir(exist_ok=True)
    console = Console()
    console.width = max(console.width, WIDTH)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with console.status(f"Opening the page and reading {CHUNKS:,} pieces, {RUNS} times each …"):
            result = measure(browser, address)
        browser.close()
    console.print(table(result))
    written = BENCH_FOLDER / "browser.json"
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    written.write_text(json.dumps({"at": at, "machine": platform.platform(), **asdict(result)}, indent=1))
    console.print(f"Every single measurement is in {written}")


if __name__ == "__main__":
    run()
