"""The declaration and the pages' own modules, checked by the TypeScript compiler at its strictest and by ESLint."""

import json
from pathlib import Path

import pytest

from server.command.typescript import DECLARATION
from tests.npm.program import HERE, MODULES, build, check, node, run

WEB = DECLARATION.parent
ROOT = WEB.parents[1]
LINTER = MODULES / "eslint" / "bin" / "eslint.js"


async def test_the_declaration_is_sound(tmp_path: Path) -> None:
    await check(tmp_path, "--noEmit", "--strict", "--target", "es2022", "--types", "", DECLARATION)


async def test_the_pages_modules_are_sound() -> None:
    await check(WEB, "--noEmit", "--project", "jsconfig.json")


async def test_the_pages_modules_are_clean() -> None:
    await run(node(), LINTER, "--config", HERE / "eslint.config.js", "--max-warnings", "0", "server/web", cwd=ROOT)


async def test_text_that_would_become_html_is_found_before_it_runs(tmp_path: Path) -> None:
    (tmp_path / "page.js").write_text("document.body.innerHTML = location.hash;\n")
    with pytest.raises(AssertionError, match="no-restricted-properties"):
        await run(node(), LINTER, "--config", HERE / "eslint.config.js", "page.js", cwd=tmp_path)


def test_every_module_of_the_pages_is_checked() -> None:
    settings = json.loads((WEB / "jsconfig.json").read_text())
    assert settings["include"] == ["**/*.js"]
    assert (settings["compilerOptions"]["checkJs"], settings["compilerOptions"]["strict"]) == (True, True)


USE = """
import type { Complete, TurnEvent } from "./types.d.ts";
export function told({ event, data }: TurnEvent): unknown {
  switch (event) {
    case "message": return data.content;
    case "complete": return said(data);
    default: return event;
  }
}
const said = (data: Complete) => (data.step === "collect" ? data.sources.map((source) => source.quote).join() : data.chunks);
"""


async def test_an_events_name_tells_its_fields(tmp_path: Path) -> None:
    await build(tmp_path, USE)
    for wrong in (USE.replace("data.content", "data.score"), USE.replace('"message"', '"massage"')):
        with pytest.raises(AssertionError, match="error TS"):
            await build(tmp_path, wrong)
