"""What may be uploaded: names, endings and sizes, told without loading what reads the files."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from retrievers.errors import DocumentTooLarge, UnknownDocumentType
from retrievers.passages import Piece
from retrievers.readers.content import Source, plain
from retrievers.readers.office import OLE, ZIP, check_ending
from retrievers.readers.text import MARKS

LARGEST_FILE = 25 * 1024 * 1024
LONGEST_NAME = 200
PDF_MARK = 1024
"""Bytes in which a PDF says that it is one."""
ACCEPTED = "PDF, DOCX, PPTX, XLSX, HTML, Markdown, text or e-mail (EML, MSG)"
ENDINGS = (".pdf", ".docx", ".pptx", ".xlsx", ".html", ".htm", ".md", ".markdown", ".txt", ".eml", ".msg")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file holds."""

    filename: str
    title: str
    pages: int | None
    pieces: tuple[Piece, ...]


def check_file(filename: str, data: bytes) -> None:
    """Refuse what need not be read to be refused. Raises DocumentTooLarge, UnknownDocumentType or UnreadableDocument."""
    name = clean_name(filename)
    if len(data) > LARGEST_FILE:
        raise DocumentTooLarge(filename=name)
    ending_of(Source(name, data))


def clean_name(filename: str) -> str:
    """The last part of a name, without anything that could act as a path or a command or hide its ending."""
    name = PurePath(plain(filename).replace("\\", "/")).name
    name = re.sub(r"[\x00-\x1f\x7f<>:\"|?*]", "", name).strip()
    stem, ending = PurePath(f"x{name}").stem[1:], PurePath(f"x{name}").suffix
    return f"{stem.lstrip('. ') or 'document'}{ending}"[-LONGEST_NAME:]


def ending_of(source: Source) -> str:
    """The name's ending, in small letters. Raises UnknownDocumentType, or UnreadableDocument for what Office must save anew."""
    check_ending(source)
    ending = PurePath(source.name).suffix.lower()
    if ending not in ENDINGS or not _fits(ending, source.data):
        raise UnknownDocumentType(filename=source.name, accepted=ACCEPTED)
    return ending


def _fits(ending: str, data: bytes) -> bool:
    """Whether the content is what the name's ending says."""
    if ending == ".pdf":
        return b"%PDF" in data[:PDF_MARK]
    if ending in (".docx", ".pptx", ".xlsx"):
        return data.startswith(ZIP)
    if ending == ".msg":
        return data.startswith(OLE)
    wide = data.startswith(tuple(mark for mark, encoding in MARKS.items() if encoding == "utf-16"))
    return wide or not (b"\x00" in data or data.startswith((ZIP, OLE, b"%PDF")))
