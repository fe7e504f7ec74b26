"""Goals as an A4 document, set by Typst in Noto fonts that come as packages; nothing of the machine it runs on is used."""

import json
import re
import unicodedata
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from server.exports.sheet import GoalSheet, SheetGoal, spoken_minutes
from state.errors import PetrafError
from state.languages.catalogue import Catalogue
from state.memory import give_memory_back

FONT_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
FIRST_FONTS = ("Noto Sans", "Noto Sans CJK SC")
LAST_FONT = "Noto Emoji"
"""It has digits of its own, which must not win over a text's."""
LONGEST_WORD = 30
"""Letters; longer words may break anywhere, so that they stay on the page."""
_TEMPLATE = files("server.exports").joinpath("goals.typ").read_bytes()
_MARK = re.compile(r"^\s*((?:\(?\d{1,2}[.):])|[-•*–])\s+(?=\S)")
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_BREAK = "\u200b"
_JOINER = "\u200d"
_LAST_SPACED = "\u077f"
"""Writing systems up to here put spaces between words; the others break their lines by rules of their own."""
LETTERS_A_LINE, LINES_KEPT_TOGETHER = 78, 32
_WRITTEN = "Written in {duration}"
_SCORES = "Scores run from 0 to 10 by the rubric of {company}; the mark on the bars is what a goal needs ({threshold})."
_NO_LETTERS = "Letters that the fonts of this document lack stand as boxes; the Markdown export has them."


class UnprintableGoals(PetrafError):
    """The letters of these goals can't be set as a PDF. The Markdown export has them."""

    code = "PDF_IMPOSSIBLE"


def pdf_of(sheet: GoalSheet) -> bytes:
    """The document as PDF/UA, or as plain PDF with a remark where a text has letters that no font here has.

    Raises UnprintableGoals. Takes tens of milliseconds of a processor: call it beside the event loop.
    """
    try:
        return _set(_content(sheet), sheet)
    finally:
        give_memory_back()  # cutting letters out of large fonts leaves holes: 12 MB with 60 documents


def _set(content: dict[str, Any], sheet: GoalSheet) -> bytes:
    try:
        return _compile(content, sheet, accessible=True)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
    except (
        BaseException
    ) as error:  # what shapes letters in Rust gives up so: 129 joined Devanagari consonants are enough
        if type(error).__name__ != "PanicException":
            raise
        raise UnprintableGoals from None
    content["remarks"].append(sheet.words.say(_NO_LETTERS))
    return _compile(content, sheet, accessible=False)


def _compile(content: dict[str, Any], sheet: GoalSheet, *, accessible: bool) -> bytes:
    compiler = typst.Compiler(_TEMPLATE, font_paths=_fonts(), ignore_system_fonts=True)
    made_at = datetime.combine(sheet.made_on, time(), UTC)
    inputs = {"sheet": json.dumps(content)}
    document = compiler.compile(
        format="pdf", sys_inputs=inputs, pdf_standards="ua-1" if accessible else None, timestamp=made_at
    )
    assert isinstance(document, bytes)  # noqa: S101 (a document of one file, by its format)
    return document


@cache
def _fonts() -> typst.Fonts:
    folders = [str(files(package)) for package in FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def _families() -> list[str]:
    others = [name for name in _fonts().families() if name not in (*FIRST_FONTS, LAST_FONT) and "CJK" not in name]
    return [FIRST_FONTS[0], *others, FIRST_FONTS[1], LAST_FONT]


def _content(sheet: GoalSheet) -> dict[str, Any]:
    """What the template is given: plain strings and numbers."""
    told = [text for text in (sheet.position, sheet.department) if text]
    words, made_on = sheet.words, sheet.day
    return {
        "language": sheet.language,
        "words": _words(words),
        "fonts": _families(),
        "title": sheet.title,
        "author": sheet.name,
        "description": f"{sheet.company}, {made_on}",
        "company": _text(sheet.company),
        "heading": _text(sheet.title),
        "title-size": _title_size(sheet.title),
        "about": [_text(text) for text in [*told, made_on]],
        "made-on": made_on,
        "average": sheet.average,
        "threshold": sheet.threshold,
        "time": "" if sheet.minutes is None else words.say(_WRITTEN, duration=spoken_minutes(sheet.minutes, words)),
        "goals": [_goal(goal, sheet) for goal in sheet.goals],
        "open": list(sheet.open),
        "remarks": [words.say(_SCORES, company=sheet.company, threshold=sheet.number(sheet.threshold))],
    }


def _words(words: Catalogue) -> dict[str, Any]:
    """What the template says itself, by what it is about."""
    page = words.say("Page {page} of {pages}", page="\0", pages="\0")
    return {
        "page": page.split("\0"),
        "average": words.say("Average score"),
        "of-ten": words.say("of 10"),
        "open": words.say("still open"),
        "criterion": words.say("Criterion"),
        "score": words.say("Score"),
        "why": words.say("Why"),
        "proposed": words.say("Proposed by the coach, still to be agreed"),
        "links": words.say("How it links"),
    }


def _goal(goal: SheetGoal, sheet: GoalSheet) -> dict[str, Any]:
    return {
        "title": goal.title,
        "score": goal.score,
        "shown": sheet.number(goal.score),
        "kept": sheet.kept if goal.kept else "",
        "content": _lines(goal.content),
        "rtl": _runs_left(goal.content),
        "short": _line_count(goal.content) <= LINES_KEPT_TOGETHER,
        "proposals": [_text(text) for text in goal.proposals],
        "criteria": [
            {
                "name": c.name,
                "weight": f"{c.weight} %",
                "score": c.score,
                "shown": sheet.number(c.score),
                "why": _text(c.reasoning),
            }
            for c in goal.criteria
        ],
        "links": [
            {
                "words": link.words,
                "to": link.to,
                "strength": link.strength,
                "of-ten": sheet.words.say("{strength} of 10", strength=link.strength),
                "notes": _text(link.notes),
            }
            for link in goal.links
        ],
    }


def _lines(content: str) -> list[dict[str, Any]]:
    """The lines of a text, list marks apart; all marks of a text take the same room."""
    found = [(_MARK.match(line), line) for line in content.split("\n") if line.strip()]
    marks = [match[1] if match else "" for match, _ in found]
    indent = 2 + 1.9 * max(map(len, marks), default=0)
    return [
        {**_text(line[match.end() :] if match else line.strip()), "mark": mark, "indent": indent}
        for mark, (match, line) in zip(marks, found, strict=True)
    ]


def _text(text: str) -> dict[str, Any]:
    return {"text": _LONG_WORD.sub(_breakable, text), "rtl": _runs_left(text)}


def _breakable(word: re.Match[str]) -> str:
    """A long word with places to break, none within a sign that is written as several characters."""
    letters = zip(word[0], word[0][1:], strict=False)
    return word[0][0] + "".join(_BREAK + c if before != _JOINER and _begins(c) else c for before, c in letters)


def _begins(character: str) -> bool:
    return character <= _LAST_SPACED and unicodedata.category(character)[0] in "LNP"


def _title_size(title: str) -> int:
    """Points: a title is to take a line or two."""
    return 24 if len(title) <= 40 else 17 if len(title) <= 90 else 12


def _line_count(content: str) -> int:
    """About how many lines a text takes."""
    return sum(1 + len(line) // LETTERS_A_LINE for line in content.split("\n"))


def _runs_left(text: str) -> bool:
    """Whether the first letter with a direction belongs to a writing system that runs from right to left."""
    return next((d in ("R", "AL") for c in text if (d := unicodedata.bidirectional(c)) in ("L", "R", "AL")), False)
