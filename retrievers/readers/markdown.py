"""Markdown, also as site generators extend it: front matter, Liquid tags and attribute lists are no text."""

import re

from markdown_it import MarkdownIt

from retrievers.readers.content import Content, Source, one_line
from retrievers.readers.text import decoded
from retrievers.readers.web import page

FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
LONGEST_FRONT = 20_000
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
        text = text[front.end() :]
        declared = TITLE.search(front[1])
        title = one_line(declared[1].strip("\"'")) if declared else ""
    text = CLOSE_HEADING.sub(r"\1 ", text)
    rendered = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(_without_tags(text))
    return Content(page(source, rendered).elements, title=title)


def _without_tags(text: str) -> str:
    """A tag that a site generator fills is dropped, but for the words that it shows."""
    if "{%" not in text and "{{" not in text and "{:" not in text:
        return text
    text = NAMING_TAG.sub(r"#\1", QUOTING_TAG.sub(r"\1", LINK_TAG.sub("](#)", text)))
    return TAG.sub("", text)
