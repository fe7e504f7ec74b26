"""The same handbook as a file of every format."""

import io
import zipfile

import docx
import pptx
import pypdf

from server.demo import DEMO_DOCUMENTS

PARAGRAPHS = [
    "A ward sister leads the nurses of a shift and answers for the safety of the ward. She runs a falls audit each "
    "week and shares its numbers with the whole team, so that everyone knows what works and what does not.",
    "Applicants complete the ward leadership course, which takes three months beside the shifts, and shadow a sister "
    "of another ward at least four times before they apply for the post.",
    "Compassion means that we take time to listen to frightened patients and their families, also when it is busy. "
    "Honesty means that we tell the truth about waiting times and about our own mistakes.",
    "Teamwork means that we help each other through every handover and support new starters until they feel safe. "
    "Nobody is left alone with a decision at night, and a consultant can always be reached by telephone.",
] * 2
TITLE = "Handbook for Nurses"


def markdown() -> bytes:
    return f"# {TITLE}\n\n{chr(10).join(p + chr(10) for p in PARAGRAPHS)}".encode()


def html() -> bytes:
    return f"<html><body><h1>{TITLE}</h1>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</body></html>".encode()


def text() -> bytes:
    return f"{TITLE}\n\n{(chr(10) * 2).join(PARAGRAPHS)}".encode()


def word() -> bytes:
    document = docx.Document()
    document.add_heading(TITLE, 1)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def slides() -> bytes:
    deck = pptx.Presentation()
    for start in (0, 4):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        title = slide.shapes.title
        assert title is not None
        title.text = TITLE
        slide.placeholders[1].text_frame.text = "\n".join(PARAGRAPHS[start : start + 4])
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def pdf() -> bytes:
    return next(demo.path for demo in DEMO_DOCUMENTS if demo.path.suffix == ".pdf").read_bytes()


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt("a password", algorithm="AES-256")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def blank_pdf() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"word/{number}.xml", b"\x00" * (100 * 1024 * 1024))
    return written.getvalue()


FORMATS = {"a.md": markdown, "a.html": html, "a.txt": text, "a.docx": word, "a.pptx": slides, "a.pdf": pdf}
BROKEN = {
    "cut.pdf": lambda: pdf()[:700],
    "locked.pdf": locked_pdf,
    "blank.pdf": blank_pdf,
    "cut.docx": lambda: word()[: len(word()) // 2],
    "no-document.docx": lambda: slides(),
    "nonsense.pptx": lambda: b"PK\x03\x04" + b"nonsense" * 99,
    "bad-xml.docx": lambda: replaced(word(), "word/document.xml", b"<w:document"),
    "empty.txt": lambda: b"",
    "spaces.md": lambda: b"  \n\n  ",
}


def replaced(archive: bytes, name: str, content: bytes) -> bytes:
    """A zip with one member's content replaced."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(written, "w") as target:
        for member in source.namelist():
            target.writestr(member, content if member == name else source.read(member))
    return written.getvalue()
