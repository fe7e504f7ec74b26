"""Files to upload, made on the spot in every format."""

import io

import docx
import pptx
from pypdf import PdfReader, PdfWriter

from server.demo import HERE

HEADING = "Growing as an engineer"
SENTENCES = [
    f"Rule {n}: a senior engineer mentors two colleagues and explains decision {n} in writing." for n in range(1, 31)
]
PARAGRAPHS = [" ".join(SENTENCES[start : start + 3]) for start in range(0, 30, 3)]
PDF = (HERE / "career_framework.pdf").read_bytes()


def text_file() -> bytes:
    """Plain text with a heading."""
    return "\n\n".join([HEADING, *PARAGRAPHS]).encode()


def markdown_file() -> bytes:
    """Markdown with front matter."""
    return "\n\n".join(["---\ntitle: Growth guide\n---", f"# {HEADING}", *PARAGRAPHS]).encode()


def html_file() -> bytes:
    """A page whose title differs from its heading."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return f"<html><head><title>Growth &amp; guide</title></head><body><h1>{HEADING}</h1>{body}</body></html>".encode()


def docx_file() -> bytes:
    """A Word document with a heading."""
    document = docx.Document()
    document.add_heading(HEADING, level=1)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    document.save(buffer := io.BytesIO())
    return buffer.getvalue()


def pptx_file() -> bytes:
    """Two slides with text."""
    deck = pptx.Presentation()
    for half in (PARAGRAPHS[:5], PARAGRAPHS[5:]):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        title, body = slide.shapes.title, slide.placeholders[1]
        assert title is not None
        title.text_frame.text = HEADING
        body.text_frame.text = "\n".join(half)
    deck.save(buffer := io.BytesIO())
    return buffer.getvalue()


def encrypted_pdf() -> bytes:
    """The demo PDF behind a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PDF)))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(buffer := io.BytesIO())
    return buffer.getvalue()


def empty_pdf() -> bytes:
    """A page without text, like a scan."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(buffer := io.BytesIO())
    return buffer.getvalue()
