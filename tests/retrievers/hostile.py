"""Files that are broken or made to do harm, and what the answer to each must say."""

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from retrievers.errors import (
    DocumentTooLarge,
    DocumentTooLong,
    DocumentUnpacksTooLarge,
    UnknownDocumentType,
    UnreadableDocument,
)
from state.errors import PetrafError
from tests.retrievers.handbook import blank_pdf, drawn, html, locked_pdf, pdf, replaced, sheet, slides, word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024)
LOCKED_OFFICE = OLE + "EncryptedPackage".encode("utf-16le") + bytes(1024)
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w:document>&c;</w:document>"""
FETCH = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file, the error that answers it and a part of what that says."""

    name: str
    make: Callable[[], bytes]
    error: type[PetrafError]
    says: str


def archive(parts: Iterable[tuple[str, bytes]], base: bytes = b"") -> bytes:
    """A zip of parts, those of `base` first."""
    written = io.BytesIO(base)
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts:
            target.writestr(name, content)
    return written.getvalue()


def swollen(size: int) -> bytes:
    """A Word file that packs `size` characters of nothing into almost none."""
    return archive([("word/extra.xml", b" " * size)], word())


def crowded() -> bytes:
    return archive(((f"ppt/{number}.xml", b"") for number in range(10_001)), slides())


def overlapping() -> bytes:
    """Two names for the same bytes, as in a bomb that needs no nesting."""
    data = archive([("word/a.xml", b"x" * 1000)], word())
    start = data.index(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    entries, tail = data[start:end], data[end:]
    count = int.from_bytes(tail[8:10], "little") * 2
    sized = tail[:8] + count.to_bytes(2, "little") * 2 + (2 * len(entries)).to_bytes(4, "little") + tail[16:]
    return data[:start] + entries * 2 + sized


def nested() -> bytes:
    inner = archive([("a.xml", b" " * 1000)])
    for level in range(5):
        inner = archive((f"{level}-{number}.docx", inner) for number in range(5))
    return inner


def encrypted_members() -> bytes:
    """A zip whose parts say that they are encrypted."""
    data = bytearray(word())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def pages_of(picture: Iterable[bool]) -> bytes:
    """A PDF whose pages are a scan, or else text."""
    scan = ImageReader(Image.effect_noise((60, 80), 50))

    def draw(canvas: Canvas) -> None:
        for is_picture in picture:
            if is_picture:
                canvas.drawImage(scan, 0, 0, 595, 842)
            else:
                canvas.drawString(72, 700, "A nurse answers for the safety of the ward and of its patients.")
            canvas.showPage()

    return drawn(draw)


def objects(*bodies: bytes) -> bytes:
    """A PDF by hand: its objects from number 1, the first one the catalogue."""
    out = b"%PDF-1.4\n"
    starts = []
    for number, body in enumerate(bodies, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(bodies) + 1
    xref = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n" % (size, table, size)
    return out + xref + b"startxref\n%d\n%%%%EOF" % len(out)


def endless_pdf() -> bytes:
    kids = b"3 0 R " * 100_000
    return objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 100000/Kids[%s]>>" % kids,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )


def circular_pdf() -> bytes:
    return objects(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 3/Kids[2 0 R 2 0 R 2 0 R]>>")


def deep_pdf() -> bytes:
    """A page whose content nests arrays and dictionaries without an end."""
    content = b"[" * 200_000 + b"<<" * 200_000
    return objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    )


def refused(name: str, make: Callable[[], bytes], says: str) -> Hostile:
    return Hostile(name, make, UnreadableDocument, says)


def unknown(name: str, data: bytes) -> Hostile:
    return Hostile(name, lambda: data, UnknownDocumentType, "Upload one of")


HOSTILE = [
    Hostile("bomb.docx", lambda: swollen(251 * 1024 * 1024), DocumentUnpacksTooLarge, "unpacks"),
    Hostile("dense.docx", lambda: swollen(60 * 1024 * 1024), DocumentUnpacksTooLarge, "unpacks"),
    Hostile("crowded.pptx", crowded, DocumentUnpacksTooLarge, "unpacks"),
    Hostile("large.txt", lambda: b"x" * (25 * 1024 * 1024 + 1), DocumentTooLarge, "25 MB"),
    Hostile("line.txt", lambda: b"words " * (20 * 1024 * 1024 // 6), DocumentTooLong, "20,000 passages"),
    Hostile("endless.pdf", endless_pdf, DocumentTooLong, "100,000 pages"),
    refused("overlapping.docx", overlapping, "overlap"),
    refused("nested.docx", nested, "damaged"),
    refused("encrypted.docx", encrypted_members, "password"),
    refused("macros.docx", lambda: archive([("word/vbaProject.bin", b"x")], word()), "without macros as .docx"),
    refused("macros.docm", word, "without macros as .docx"),
    refused("macros.xlsm", sheet, "without macros as .xlsx"),
    refused("macros.pptm", slides, "without macros as .pptx"),
    refused("old.doc", lambda: OLE, "save it as .docx"),
    refused("old.xls", lambda: OLE, "save it as .xlsx"),
    refused("old.ppt", lambda: OLE, "save it as .pptx"),
    refused("renamed.docx", lambda: OLE, "Office 97"),
    refused("locked.xlsx", lambda: LOCKED_OFFICE, "password"),
    refused("locked.pdf", locked_pdf, "password"),
    refused("laughs.docx", lambda: replaced(word(), "word/document.xml", LAUGHS), "entities"),
    refused("fetch.xlsx", lambda: replaced(sheet(), "xl/workbook.xml", FETCH.encode()), "entities"),
    refused("fetch.pptx", lambda: replaced(slides(), "ppt/presentation.xml", FETCH.encode("utf-16")), "entities"),
    refused("cut.pdf", lambda: pdf()[:700], "save it again"),
    refused("cut.docx", lambda: word()[: len(word()) // 2], "save it again"),
    refused("no-document.docx", slides, "save it again"),
    refused("no-sheet.xlsx", word, "save it again"),
    refused("nonsense.pptx", lambda: b"PK\x03\x04" + b"nonsense" * 99, "save it again"),
    refused("bad-xml.docx", lambda: replaced(word(), "word/document.xml", b"<w:document"), "save it again"),
    refused("cut.msg", lambda: OLE, "save it again"),
    refused("circular.pdf", circular_pdf, "save it again"),
    refused("deep.pdf", deep_pdf, "upload"),
    refused("blank.pdf", blank_pdf, "no text"),
    refused("scan.pdf", lambda: pages_of([True, True]), "OCR"),
    refused("half-scan.pdf", lambda: pages_of([False, False, True, False, True]), "pages 3 and 5 are pictures"),
    refused("deep.html", lambda: b"<div>" * 100_000 + b"text", "nested"),
    refused("empty.txt", lambda: b"", "no text"),
    refused("spaces.md", lambda: b"  \n\n  ", "no text"),
    refused("empty.eml", lambda: b"", "no text"),
    refused("unseen.txt", lambda: "\u200b\u202e\U000e0041\n".encode() * 99, "no text"),
    unknown("program.exe", b"MZ" + bytes(100)),
    unknown("program.txt", b"MZ" + bytes(100)),
    unknown("archive.zip", b"PK\x03\x04"),
    unknown("noending", b"text"),
    unknown("text.pdf", b"text"),
    unknown("text.docx", b"text"),
    unknown("picture.html", b"GIF89a\x00\x00"),
    unknown("word.html", b"PK\x03\x04" + html()),
    unknown("pdf.txt", b"%PDF-1.4 text"),
]
NAMES = {
    "../../etc/passwd.txt": "passwd.txt",
    "C:\\files\\a.pdf": "a.pdf",
    "/etc/a.pdf": "a.pdf",
    "..": "document",
    "....txt": "document.txt",
    ".hidden.txt": "hidden.txt",
    "a\x00b\n.md": "ab.md",
    "": "document",
    "\ud800.md": "document.md",
    "<script>.html": "script.html",
    "cv_\u202efdp.exe": "cv_fdp.exe",
    "a\u200b.p\u2060df": "a.pdf",
    "a" * 300 + ".pdf": "a" * 196 + ".pdf",
}
