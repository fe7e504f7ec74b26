"""Markdown, also as site generators extend it: Liquid tags and attribute lists are no text, nor is front matter before a text."""

import re
from collections.abc import Iterator
from itertools import islice

import yaml
from markdown_it import MarkdownIt

from retrievers.readers.content import Content, Source, one_line
from retrievers.readers.text import decoded
from retrievers.readers.web import page

FRONT = re.compile(r"\A\s*---[ \t]*\n(?=[\w.-]+[ \t]*:)(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
LONGEST_FRONT = 200_000
SENTENCE = re.compile(r"^- (?:\S+[ \t]+){3}", re.M)
"""A line of a list that says something, not the tag of a page."""
MOST_LINES = 10_000
DEEPEST = 6
"""Level of the smallest heading in Markdown."""
TITLE = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.M)
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
    front = FRONT.match(text[:LONGEST_FRONT])
    if front:
        text = text[front.end() :] if text[front.end() :].strip() else _outline(front[1])
        declared = TITLE.search(front[1])
        title = one_line(declared[1].strip("\"'")) if declared else ""
    text = CLOSE_HEADING.sub(r"\1 ", text)
    rendered = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(_without_tags(text))
    return Content(page(source, rendered).elements, title=title)


def _outline(front: str) -> str:
    """Front matter that is all there is, as headings and lists; nothing where it only describes a page."""
    try:
        lines = list(islice(_told(yaml.safe_load(front), 0), MOST_LINES))
    except (yaml.YAMLError, RecursionError):  # it was never written to be read by a machine
        lines = [line.strip() for line in front.splitlines()]
    text = "\n".join(lines)
    return text if SENTENCE.search(text) else ""


def _told(value: object, level: int) -> Iterator[str]:
    """A mapping begins with its name as a heading. What stands at the top by itself is about the page, not of it."""
    if isinstance(value, list):
        for one in value:
            if isinstance(one, dict | list):
                yield from _told(one, level)
            elif one is not None:
                yield f"- {one_line(str(one))}"
    elif isinstance(value, dict):
        if level:
            yield from _single_values(value, level)
        for part in value.values():
            if isinstance(part, dict | list):
                yield from _told(part, level + 1)


def _single_values(mapping: dict[object, object], level: int) -> Iterator[str]:
    single = {str(key): one_line(str(one)) for key, one in mapping.items() if not isinstance(one, dict | list | None)}
    heading = single.pop("title", "") or single.pop("name", "")
    single.pop("name", None)
    if not heading and single:
        first = next(iter(single))
        heading = f"{first} {single.pop(first)}"
    if heading:
        yield f"{'#' * min(level, DEEPEST)} {heading}\n"
    yield from (f"- {key}: {one}" for key, one in single.items())


def _without_tags(text: str) -> str:
    """A tag that a site generator fills is dropped, but for the words that it shows."""
    if "{%" not in text and "{{" not in text and "{:" not in text:
        return text
    text = NAMING_TAG.sub(r"#\1", QUOTING_TAG.sub(r"\1", LINK_TAG.sub("](#)", text)))
    return TAG.sub("", text)
