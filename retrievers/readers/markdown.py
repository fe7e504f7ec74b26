"""Markdown, also as site generators extend it: Liquid tags and attribute lists are no text, nor is front matter before a text."""

import re
from collections.abc import Iterator
from itertools import islice

import yaml
from markdown_it import MarkdownIt

from retrievers.readers.content import LONGEST_HEADING_LINE, Content, Source, one_line
from retrievers.readers.text import decoded
from retrievers.readers.web import page

FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
LONGEST_FRONT = 20_000
"""Characters of front matter that a text follows: beyond it two rules are more likely than a description."""
KEY = re.compile(r"""["']?\w[\w .-]{0,60}["']?[ \t]*:""")
TITLE = re.compile(r"^title:[ \t]*(\S.*)$", re.M)
SENTENCE = re.compile(r"^- (?:\S+[ \t]+){3}", re.M)
"""A line of a list that says something, not the tag of a page."""
MOST_LINES = 10_000
DEEPEST = 6
"""Level of the smallest heading in Markdown."""
CLOSE_HEADING = re.compile(r"^(#{1,6})(?=[A-Z])", re.M)
"""Many write headings without the space that the standard asks for."""
LINK_TAG = re.compile(r"\]\(\s*\{%[^%\n]{0,500}%\}\s*\)")
QUOTING_TAG = re.compile(r"""\{%-?[^%\n"']{0,100}["'][^%\n"']{0,200}["']\s+["']([^%\n"']{1,200})["']\s*-?%\}""")
NAMING_TAG = re.compile(r"""\{%-?\s*\w*channel\s+["']([^%\n"']{1,200})["']\s*-?%\}""")
TAG = re.compile(r"\{%[^\n]{0,500}?%\}|\{\{[^\n]{0,500}?\}\}|^[ \t]*\{:[^}\n]{0,300}\}[ \t]*$|\{:[^}\n]{0,300}\}", re.M)


def read_markdown(source: Source) -> Content:
    """By way of HTML, which Markdown may hold."""
    text = decoded(source.data).replace("\r\n", "\n").lstrip("\ufeff")
    title = ""
    front = _front(text)
    if front:
        text = text[front.end() :] if text[front.end() :].strip() else _outline(front[1])
        declared = TITLE.search(front[1])
        title = one_line(declared[1].strip().strip("\"'")) if declared else ""
    text = CLOSE_HEADING.sub(r"\1 ", text)
    rendered = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(_without_tags(text))
    return Content(page(source, rendered).elements, title=title)


def _front(text: str) -> re.Match[str] | None:
    """What stands between two rules at the beginning, where it begins with a key: else it is a text."""
    front = FRONT.match(text)
    if front is None or (front.end() > LONGEST_FRONT and text[front.end() :].strip()):
        return None
    first = next((line for line in front[1].splitlines() if line.strip() and not line.startswith("#")), "")
    return front if KEY.match(first) or not first else None


def _outline(front: str) -> str:
    """Front matter that is all there is, as headings and lists; nothing where it only describes a page."""
    try:
        lines = list(islice(_told(yaml.load(front, yaml.BaseLoader), 0, set()), MOST_LINES))  # noqa: S506  makes strings only
    except (yaml.YAMLError, RecursionError):  # it was never written to be read by a machine
        lines = [line.strip() for line in front.splitlines()]
    text = "\n".join(lines)
    return text if SENTENCE.search(text) else ""


def _told(value: object, level: int, told: set[int]) -> Iterator[str]:
    """A mapping begins with its name as a heading. What stands at the top by itself is about the page, not of it.

    What is named again is told once, so that a few lines can't become millions.
    """
    if id(value) in told:
        return
    told.add(id(value))
    if isinstance(value, list):
        for one in value:
            if isinstance(one, dict | list):
                yield from _told(one, level, told)
            elif one:
                yield f"- {one_line(one)}"
    elif isinstance(value, dict):
        if level:
            yield from _single_values(value, level)
        for part in value.values():
            if isinstance(part, dict | list):
                yield from _told(part, level + 1, told)


def _single_values(mapping: dict[str, object], level: int) -> Iterator[str]:
    single = {key: one_line(one) for key, one in mapping.items() if isinstance(one, str) and one}
    if "title" in single and " " not in single.get("name", " "):
        single.pop("name")  # for machines
    name = next((key for key in ("title", "name") if key in single), "")
    first = next(iter(single), "")
    if name:
        yield f"{'#' * min(level, DEEPEST)} {single.pop(name)}\n"
    elif first and len(mapping) > 1 and len(single[first]) <= LONGEST_HEADING_LINE:
        yield f"{'#' * min(level, DEEPEST)} {first} {single.pop(first)}\n"
    yield from (f"- {one}" if key == "name" else f"- {key}: {one}" for key, one in single.items())


def _without_tags(text: str) -> str:
    """A tag that a site generator fills is dropped, but for the words that it shows."""
    if "{%" not in text and "{{" not in text and "{:" not in text:
        return text
    text = NAMING_TAG.sub(r"#\1", QUOTING_TAG.sub(r"\1", LINK_TAG.sub("](#)", text)))
    return TAG.sub("", text)
