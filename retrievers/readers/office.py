"""What is checked of a Word, PowerPoint or Excel file before anything reads it."""

import io
import zipfile
import zlib
from pathlib import PurePath

from retrievers.errors import DocumentUnpacksTooLarge
from retrievers.readers.content import Source

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Office 97 to 2003 begin, encrypted ones of any year and Outlook's mails."""
LARGEST_UNPACKED = 250 * 1024 * 1024
LARGEST_XML = 100 * 1024 * 1024
MOST_MEMBERS = 10_000
HIGHEST_RATIO = 200
"""Text shrinks 5 to 20 times, repetitive sheets 50 times."""
SMALL = 10 * 1024 * 1024
"""Up to that size a high ratio does no harm."""
CHUNK = 1024 * 1024
MACRO_ENDINGS = {".docm": ".docx", ".dotm": ".docx", ".pptm": ".pptx", ".potm": ".pptx", ".ppsm": ".pptx", ".xlsm": ".xlsx",
                 ".xltm": ".xlsx", ".xlsb": ".xlsx"}  # fmt: skip
OLD_ENDINGS = {".doc": ".docx", ".dot": ".docx", ".ppt": ".pptx", ".pps": ".pptx", ".xls": ".xlsx"}
DOCUMENT_TYPES = [
    mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16le", "utf-16be")
]


def check_ending(source: Source) -> None:
    """Refuses by name or first bytes what Office must save anew: macros, old formats, password protection."""
    ending = PurePath(source.name).suffix.lower()
    if ending in MACRO_ENDINGS:
        raise source.refused(f"it may hold macros; save it without macros as {MACRO_ENDINGS[ending]} and upload that")
    if ending not in {*OLD_ENDINGS, ".docx", ".pptx", ".xlsx"} or not source.data.startswith(OLE):
        return
    if "EncryptedPackage".encode("utf-16le") in source.data:
        raise source.refused("it is protected by a password; save it without one and upload that")
    new = OLD_ENDINGS.get(ending, ending)
    raise source.refused(f"it is in the format of Office 97 to 2003; save it as {new} and upload that")


def check_package(source: Source) -> None:
    """Unpacks every part once, keeps none. Raises DocumentUnpacksTooLarge or UnreadableDocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            _check_members(source, archive.infolist())
            for member in archive.infolist():
                _check_part(source, archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise source.refused("the file is damaged; save it again and upload it") from None
    except RuntimeError:
        raise source.refused("it is protected by a password; save it without one and upload that") from None


def _check_members(source: Source, members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    swollen = unpacked > SMALL and unpacked > HIGHEST_RATIO * max(1, len(source.data))
    if unpacked > LARGEST_UNPACKED or len(members) > MOST_MEMBERS or swollen:
        raise DocumentUnpacksTooLarge(filename=source.name)
    # Parts that share their bytes are how a small file unpacks to any size.
    if packed > len(source.data) or len({member.filename for member in members}) < len(members):
        raise source.refused("its parts overlap, as in no file that Office saves; save it again and upload it")


def _check_part(source: Source, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    name = member.filename.lower()
    if PurePath(name).name == "vbaproject.bin" or "/macrosheets/" in name:
        ending = PurePath(source.name).suffix
        raise source.refused(f"it holds macros; save it without macros as {ending} and upload that")
    is_xml = name.endswith((".xml", ".rels"))
    before, size = b"", 0
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            size += len(chunk)
            if size > member.file_size or (is_xml and size > LARGEST_XML):
                raise DocumentUnpacksTooLarge(filename=source.name)
            # Office never declares a document type: it is there for entities that grow or fetch.
            if is_xml and any(mark in before + chunk for mark in DOCUMENT_TYPES):
                raise source.refused("it declares entities, as no file that Office saves; save it again and upload it")
            before = chunk[-32:]
