"""Plain text, and what bytes of any encoding say."""

import codecs
import re
from collections.abc import Iterator
from itertools import groupby

from charset_normalizer import from_bytes

from retrievers.readers.content import Content, Element, Source, heading, heads, item, paragraph, plain

SAMPLE = 100_000
"""Bytes by which an undeclared encoding is guessed."""
LIKELY = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp932", "gb18030", "big5", "euc_kr"]
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
BULLET = re.compile(r"\s*(?:[-*•‣▪◦–—·●○■□]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+(?=\S)")
NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_])")
RULE = re.compile(r"(=|-|_|\*|#|~)\1{2,}")


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text: by its byte order mark, by what it declares, as UTF-8, by the likeliest old encoding."""
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    for stated in filter(None, (declared, "utf-8")):
        try:
            return data.decode(stated)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(_likeliest(data), errors="replace")


def _likeliest(data: bytes) -> str:
    """Short texts fit many encodings, so the western one wins unless another fits clearly better."""
    first = next(at for at, byte in enumerate(data) if byte > 127)
    found = from_bytes(data[max(0, first - SAMPLE // 2) : first + SAMPLE // 2], cp_isolation=LIKELY)
    western = next((match for match in found if match.encoding == "cp1252"), None)
    best = found.best()
    if best is None or (western and western.chaos <= best.chaos and western.coherence >= best.coherence):
        return "cp1252"
    return best.encoding


def read_text(source: Source) -> Content:
    """Blocks between empty lines are paragraphs; short lines that stand alone are headings."""
    return Content(text_elements(decoded(source.data)))


def text_elements(text: str) -> Iterator[Element]:
    """The elements of a plain text."""
    first = True
    blocks = groupby((line.strip() for line in plain(text).split("\n")), bool)
    for lines in (list(block) for is_written, block in blocks if is_written):
        underlined = len(lines) == 2 and RULE.fullmatch(lines[1]) and heads(lines[0])
        lines = [line for line in lines if not RULE.fullmatch(line)]
        if underlined or (len(lines) == 1 and _stands_out(lines[0])):
            yield heading(lines[0], 0 if first else _level(lines[0]))
        elif lines:
            yield from _block(lines)
        first = first and not lines


def _stands_out(line: str) -> bool:
    words = line.split()
    if NUMBERED.match(line):
        return heads(line) and len(words) <= 12
    return heads(line) and len(words) <= 10 and line[0].isupper() and line[-1] not in ":?" and not BULLET.match(line)


def _level(line: str) -> int:
    """By its number, "2.3 Pay" is below "2 Rules"; capitals are above the rest. A document's opening is above all."""
    number = NUMBERED.match(line)
    if number:
        return number[1].count(".") + 1
    return 1 if line.isupper() else 2


def _block(lines: list[str]) -> Iterator[Element]:
    """Lines of a list stay; others are one paragraph that was broken to fit a screen."""
    items: list[list[str]] = []
    listed = False
    for line in lines:
        starts = BULLET.match(line)
        if items and not starts:
            items[-1].append(line)
        else:
            numbered = line[0].isalnum() or line[0] == "("
            items.append([line[starts.end() :] if starts and not numbered else line])
        listed = listed or bool(starts)
    yield from (item(" ".join(one)) if listed else paragraph(" ".join(one)) for one in items)
