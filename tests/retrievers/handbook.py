"""One short handbook as a file of every format."""

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import docx
import openpyxl
import pptx
from reportlab.pdfgen.canvas import Canvas

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


def sheet() -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = TITLE
    for paragraph in PARAGRAPHS:
        page.append([paragraph])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["Subject"] = TITLE
    message["From"] = "hr@hospital.example"
    message.set_content("\n\n".join(PARAGRAPHS))
    return message.as_bytes()


def drawn(draw: Callable[[Canvas], object], password: str | None = None) -> bytes:
    """A PDF of what `draw` puts on a canvas of A4."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(595, 842), encrypt=password)
    draw(canvas)
    canvas.save()
    return written.getvalue()


def locked_pdf() -> bytes:
    return drawn(lambda canvas: canvas.drawString(72, 700, PARAGRAPHS[0]), "a password")


def blank_pdf() -> bytes:
    return drawn(lambda canvas: canvas.showPage())


def replaced(archive: bytes, name: str, content: bytes) -> bytes:
    """A zip with one member's content replaced."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(written, "w") as target:
        for member in source.namelist():
            target.writestr(member, content if member == name else source.read(member))
    return written.getvalue()


FORMATS: dict[str, Callable[[], bytes]] = {
    "a.md": markdown,
    "a.html": html,
    "a.txt": text,
    "a.docx": word,
    "a.pptx": slides,
    "a.pdf": pdf,
    "a.xlsx": sheet,
    "a.eml": mail,
}
