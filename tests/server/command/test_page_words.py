"""The page's modules hold no text beside their messages, and its catalogues reach the browser as modules."""

import json
import re
from pathlib import Path

import pytest

from server.command.messages.sources import SAID, WEB, page_files
from server.languages.page import catalogue_modules
from tests.server.client import Company

COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
CLASSES = re.compile(r"(?:class:|className =)[^,;{}]*")
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
CALL = re.compile(r"(?<![\w.])t[en]?\((?!\w+, |message\))")
TEXT = re.compile(r"[A-Za-z]{2,} +[a-z]{2,}|^[A-Z][a-z]+")
"""Two words, or a word that begins like a sentence: what people read."""
PROGRAMS = {
    "Accept-Language", "Content-Type", "Content-Disposition", "Last-Event-ID", "Enter", "Escape",
    "English", "Français", "Deutsch", "Español", "Polski", "Markdown", "over 60", "the stream fell silent",
}  # fmt: skip
"""Names of headers, keys, languages and formats, a value that is stored, and an error that nobody gets to see."""


def modules() -> list[Path]:
    """The page's modules."""
    return page_files(".js")


def texts(source: str) -> list[str]:
    """What stands in a module's strings beside messages, classes and addresses."""
    bare = CLASSES.sub("", SAID.sub("", COMMENT.sub("", source)))
    found = [a or re.sub(r"\$\{[^}]*\}", " ", b) for a, b in LITERAL.findall(bare)]
    return [text for text in found if TEXT.search(text) and text not in PROGRAMS and not text.startswith(("/", "."))]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.name)
def test_a_module_says_everything_by_way_of_the_catalogue(path: Path) -> None:
    assert not texts(path.read_text(encoding="utf-8")), "say it with t(), te() or tn()"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.name)
def test_every_message_is_written_where_it_is_said(path: Path) -> None:
    source = COMMENT.sub("", path.read_text(encoding="utf-8"))
    calls = [call for call in CALL.finditer(source) if not source[: call.start()].endswith("function ")]
    assert len(calls) == len(SAID.findall(source))


def test_a_text_that_was_forgotten_is_found() -> None:
    assert texts('h("p", {}, "Nobody translates this");') == ["Nobody translates this"]
    assert texts("h('p', {}, `Saved ${count} times`);") == ["Saved   times"]
    assert not texts('h("p", { class: "row apart" }, t("Saved"));')


def test_the_catalogues_are_modules() -> None:
    made = catalogue_modules(WEB)
    assert sorted(made) == [f"languages/{language}.js" for language in ("de", "es", "fr", "pl")]
    said = json.loads(made["languages/pl.js"].decode().removeprefix("export default ").rstrip().removesuffix(";"))
    assert said["Send"] == "Wyślij"
    assert len(said["{n} character too many: at most {most}"]) == 3


@pytest.mark.parametrize(
    ("header", "language"), [("", "en"), ("de-CH,de;q=0.9", "de"), ("it", "en"), ("en;q=0.1,pl", "pl")]
)
async def test_a_page_is_sent_in_the_browser_s_language(acme: Company, header: str, language: str) -> None:
    answer = await acme.http.get("/", headers={"Accept-Language": header})
    assert f'<html lang="{language}" data-languages="en de es fr pl">' in answer.text
    assert "Accept-Language" in answer.headers["Vary"]
    early = re.findall(r'modulepreload" href="(/assets/\w+/languages/\w+\.js)"', answer.text)
    assert len(early) == (0 if language == "en" else 1)
    for address in early:
        assert (await acme.http.get(address)).headers["Content-Type"].startswith("text/javascript")
    assert "{t:" not in answer.text


async def test_the_console_is_sent_in_english_to_everybody(acme: Company) -> None:
    answer = await acme.http.get("/admin", headers={"Accept-Language": "de"})
    assert '<html lang="en">' in answer.text
