"""Reads a document into passages of 500 to 800 characters that keep their headings and page.

A function without a net: `reading` runs it where a hostile file can do no harm.
"""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import PurePath

from retrievers.errors import DocumentTooLarge, DocumentTooLong, UnreadableDocument
from retrievers.files import LARGEST_FILE, LONGEST_NAME, Parsed, clean_name, ending_of
from retrievers.passages import cut
from retrievers.readers.content import Content, Element, OnPage, Source
from retrievers.readers.mail import read_eml, read_msg
from retrievers.readers.markdown import read_markdown
from retrievers.readers.pdf import read_pdf
from retrievers.readers.sheets import read_xlsx
from retrievers.readers.slides import read_pptx
from retrievers.readers.text import read_text
from retrievers.readers.web import read_html
from retrievers.readers.word import read_docx
from state.errors import PetrafError

log = logging.getLogger("petraf")

MOST_PASSAGES = 20_000
MOST_ELEMENTS = 200_000
"""Headings, paragraphs, list items and rows; ten a passage."""
READERS: dict[str, Callable[[Source], Content]] = {
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".pptx": read_pptx,
    ".xlsx": read_xlsx,
    ".html": read_html,
    ".htm": read_html,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
    ".eml": read_eml,
    ".msg": read_msg,
}


def parse(filename: str, data: bytes, on_page: OnPage | None = None) -> Parsed:
    """Read a file; `on_page` hears pages done and in all.

    Raises DocumentTooLarge, DocumentTooLong, UnknownDocumentType or UnreadableDocument; nothing of it is kept then.
    """
    name = clean_name(filename)
    if len(data) > LARGEST_FILE:
        raise DocumentTooLarge(filename=name)
    source = Source(name, data, on_page) if on_page else Source(name, data)
    content = _read(source)
    elements = list(content.elements)
    title = (content.title or _first_heading(elements))[:LONGEST_NAME] or _spoken(name)
    pieces = tuple(islice(cut(elements, title), MOST_PASSAGES + 1))
    if not pieces:
        raise source.refused("it holds no text; type or paste its text into a document and upload that")
    if len(pieces) > MOST_PASSAGES:
        raise DocumentTooLong(
            filename=name, count="too much text", most=f"{MOST_PASSAGES:,} passages of 500 characters"
        )
    return Parsed(name, title, content.pages, pieces)


def _read(source: Source) -> Content:
    """What a reader gives. Whatever a reader of somebody else's makes of a damaged file is one error here."""
    reader = READERS[ending_of(source)]
    try:
        content = reader(source)
        written = (element for element in content.elements if any(map(str.isalnum, element.text)))
        elements = list(islice(written, MOST_ELEMENTS + 1))
        if len(elements) > MOST_ELEMENTS:
            raise DocumentTooLong(filename=source.name, count="too many lines", most=f"{MOST_ELEMENTS:,}")
        return replace(content, elements=elements)
    except (PetrafError, MemoryError):
        raise
    except RecursionError:
        reason = "it is nested too deeply; save it again with a simpler structure and upload that"
    except Exception as error:  # noqa: BLE001
        if "memory" in str(error).lower():  # so say the XML and zip libraries
            raise MemoryError from None
        log.info("a document could not be read: %s", type(error).__name__)
        reason = "the file is damaged; save it again and upload it"
    raise UnreadableDocument(filename=source.name, reason=reason)


def _first_heading(elements: Sequence[Element]) -> str:
    return next((element.text for element in elements[:5] if element.kind == "heading"), "")


def _spoken(name: str) -> str:
    return re.sub(r"[_-]", " ", PurePath(name).stem).strip()
