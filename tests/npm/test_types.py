"""The declaration and the pages' own modules, checked by the TypeScript compiler at its strictest."""

import json
from pathlib import Path

import pytest

from server.typescript import DECLARATION
from tests.npm.program import build, check

WEB = DECLARATION.parent


async def test_the_declaration_is_sound(tmp_path: Path) -> None:
    await check(tmp_path, "--noEmit", "--strict", "--target", "es2022", "--types", "", DECLARATION)


async def test_the_pages_modules_are_sound() -> None:
    await check(WEB, "--noEmit", "--project", "jsconfig.json")


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
