"""What each format says of a document arrives in its passages: headings, pages, tables, lists, characters."""

import datetime
import io
import subprocess
import sys
import time
from collections.abc import Callable
from email.message import EmailMessage
from itertools import pairwise
from types import SimpleNamespace

import docx
import openpyxl
import pptx
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from pptx.util import Inches
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from retrievers.errors import UnreadableDocument
from retrievers.parse import parse
from retrievers.passages import LONGEST_PASSAGE, SHORTEST_PASSAGE
from state.text import storable
from tests.retrievers.handbook import FORMATS, PARAGRAPHS, TITLE, drawn
from tests.retrievers.hostile import OLE

SENTENCE = "A senior nurse trains two colleagues and explains each decision in writing. "


def contents(name: str, data: bytes) -> str:
    return "\n\n".join(piece.content for piece in parse(name, data).pieces)


def saved(document: object) -> bytes:
    written = io.BytesIO()
    document.save(written)  # type: ignore[attr-defined]
    return written.getvalue()


def workbook(fill: Callable[[Worksheet], object], title: str = "Levels") -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].title = title
    fill(book.worksheets[0])
    return saved(book)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_read_into_passages_of_the_right_size(name: str) -> None:
    parsed = parse(name, FORMATS[name]())
    sizes = [len(piece.content) for piece in parsed.pieces]
    assert len(sizes) >= 2
    assert max(sizes) <= LONGEST_PASSAGE
    assert all(size >= SHORTEST_PASSAGE for size in sizes[:-1]), sizes
    assert [piece.position for piece in parsed.pieces] == list(range(len(sizes)))


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "a.pdf"])
def test_nothing_of_the_text_is_lost_and_the_heading_is_kept(name: str) -> None:
    parsed = parse(name, FORMATS[name]())
    words = " ".join(" ".join(piece.content for piece in parsed.pieces).split())
    assert all(sentence in words for paragraph in PARAGRAPHS for sentence in paragraph.split(". ")[:1])
    assert parsed.title == TITLE
    assert {piece.heading for piece in parsed.pieces} == {TITLE}


def test_pages_are_kept_where_a_document_has_them_and_null_elsewhere() -> None:
    pdf, deck, plain = (parse(name, FORMATS[name]()) for name in ("a.pdf", "a.pptx", "a.md"))
    assert pdf.pages is not None
    assert all(piece.page and piece.page <= pdf.pages for piece in pdf.pieces)
    assert (deck.pages, plain.pages) == (2, None)
    assert {piece.page for piece in plain.pieces} == {None}


@pytest.mark.parametrize("name", FORMATS)
def test_the_database_can_keep_every_passage(name: str) -> None:
    assert all(storable(piece.content + piece.heading) for piece in parse(name, FORMATS[name]()).pieces)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Grüße aus der Küche. ", "cp1252"), ("Grüße, schön. ", "utf-8-sig"), ("Grüße, schön. ", "utf-16"),
     ("Начальник отдела отвечает за безопасность. ", "cp1251"), ("Pracownicy mówią o źródłach i żądaniach. ", "cp1250"),
     ("従業員は毎年目標を設定し、上司と話し合います。", "cp932")],
)  # fmt: skip
def test_every_encoding_is_read(text: str, encoding: str) -> None:
    assert text.strip() in contents("a.txt", (text * 40).encode(encoding))


def test_a_page_s_declared_encoding_is_respected() -> None:
    page = f'<meta charset="koi8-r"><p>{"Цели на год. " * 9}</p>'
    assert "Цели на год." in contents("a.html", page.encode("koi8-r"))


LADDER = [("Engineering ladder", 1), ("Level 3", 2), ("Scope", 3)]


def word_ladder() -> bytes:
    document = docx.Document()
    for name, level in LADDER:
        document.add_heading(name, level)
        document.add_paragraph(SENTENCE * 10)
    return saved(document)


def pdf_ladder() -> bytes:
    def draw(canvas: Canvas) -> None:
        y = 800
        for name, level in LADDER:
            canvas.setFont("Helvetica-Bold", 26 - 4 * level)
            canvas.drawString(72, y, name)
            canvas.setFont("Helvetica", 10)
            for line in range(8):
                canvas.drawString(72, y - 30 - 12 * line, SENTENCE)
            y -= 180

    return drawn(draw)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.md", lambda: "\n\n".join(f"{'#' * n} {name}\n\n{SENTENCE * 10}" for name, n in LADDER).encode()),
        ("a.html", lambda: "".join(f"<h{n}>{name}</h{n}><p>{SENTENCE * 10}</p>" for name, n in LADDER).encode()),
        ("a.docx", word_ladder),
        ("a.pdf", pdf_ladder),
    ],
)
def test_a_passage_knows_the_headings_above_it_without_the_title(name: str, make: Callable[[], bytes]) -> None:
    parsed = parse(name, make())
    assert parsed.title == "Engineering ladder"
    headings = list(dict.fromkeys(piece.heading for piece in parsed.pieces))
    assert headings == ["Engineering ladder", "Level 3", "Level 3 > Scope"]


def test_a_sheet_is_a_section_of_rows_that_name_their_columns() -> None:
    def fill(page: Worksheet) -> None:
        page.append(["Level", "Years", "Since", "Share"])
        page.append(["L4", 3, None, 0.5])
        page.append(["L5", "=A1", None, 0.25])
        page["C2"] = datetime.date(2026, 1, 31)
        page["D2"].number_format = page["D3"].number_format = "0%"

    parsed = parse("a.xlsx", workbook(fill))
    assert parsed.pieces[0].heading == "Levels"
    assert parsed.pieces[0].content.splitlines()[2:] == [
        "Level: L4; Years: 3; Since: 2026-01-31; Share: 50%",
        "Level: L5; Years: –; Since: –; Share: 25%",
    ]


def test_hidden_and_empty_sheets_rows_and_columns_are_not_read() -> None:
    book = openpyxl.Workbook()
    shown, empty, hidden = book.worksheets[0], book.create_sheet("Empty"), book.create_sheet("Salaries")
    for page in (shown, hidden):
        for row in range(3):
            page.append([f"{page.title} {row} {column}" for column in "abc"])
    hidden.sheet_state = "veryHidden"
    shown.row_dimensions[2].hidden = True
    shown.column_dimensions["B"].hidden = True
    text = contents("a.xlsx", saved(book))
    assert "Sheet 2 a" in text
    assert not any(word in text for word in (empty.title, "Salaries", "Sheet 1", " b"))


def test_a_sheet_that_claims_a_million_rows_is_read_by_what_it_holds() -> None:
    assert "far" in contents("a.xlsx", workbook(lambda page: page.cell(1_048_576, 16_000 // 40, "far")))


def test_merged_cells_speak_for_every_row_and_column_they_cover() -> None:
    def fill(page: Worksheet) -> None:
        for row in (["Area", "L4", "L5"], ["Scope", "team", None], [None, "one", "two"]):
            page.append(row)
        page.merge_cells("A2:A3")
        page.merge_cells("B2:C2")
        for cell in page[1]:
            cell.font = Font(bold=True)

    assert contents("a.xlsx", workbook(fill)).splitlines()[2:] == [
        "Area: Scope; L4, L5: team",
        "Area: Scope; L4: one; L5: two",
    ]
    table = "<table><tr><th>Area<th>L4<th>L5<tr><td rowspan=2>Scope<td colspan=2>team<tr><td>one<td>two</table>"
    assert contents("a.html", table.encode()).splitlines() == [
        "Area: Scope; L4, L5: team",
        "Area: Scope; L4: one; L5: two",
    ]


def test_a_word_table_stands_where_it_stood_with_its_empty_cells() -> None:
    document = docx.Document()
    document.add_paragraph("Before it.")
    table = document.add_table(rows=3, cols=3)
    for at, text in enumerate(["Level", "Scope", "Impact", "L4", "team", "", "L5", "many teams", "company"]):
        table.rows[at // 3].cells[at % 3].text = text
    table.cell(1, 1).merge(table.cell(1, 2))
    document.add_paragraph("After it.")
    assert contents("a.docx", saved(document)).split("\n\n") == [
        "Before it.",
        "Level: L4; Scope, Impact: team\nLevel: L5; Scope: many teams; Impact: company",
        "After it.",
    ]


def test_a_table_without_named_columns_keeps_its_cells_side_by_side() -> None:
    table = "<table><tr><td>Vacation<td>30 days<tr><td>Notice<td>3 months<tr><td>Bonus<td></table>"
    assert contents("a.html", table.encode()).splitlines() == ["Vacation | 30 days", "Notice | 3 months", "Bonus | –"]


def test_a_long_table_row_is_told_cell_by_cell_with_its_row_and_column() -> None:
    rows = f"|Area|L4|L5|\n|-|-|-|\n|Scope|{SENTENCE * 4}|{SENTENCE * 4}|\n"
    told = contents("a.md", rows.encode())
    assert told.count("Scope – L4: A senior") == told.count("Scope – L5: A senior") == 1


def test_a_table_row_that_fits_is_not_cut() -> None:
    rows = "".join(f"|Rule {n}|{SENTENCE}|\n" for n in range(60))
    for piece in parse("a.md", f"|Name|Text|\n|-|-|\n{rows}".encode()).pieces:
        assert all(line.startswith("Name: ") and line.endswith("writing.") for line in piece.content.splitlines())


def test_slides_keep_titles_tables_and_pages_and_lose_footers_and_hidden_slides() -> None:
    deck = pptx.Presentation()
    for number in range(6):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        assert slide.shapes.title
        slide.shapes.title.text = f"Part {number}"
        slide.shapes.add_textbox(Inches(1), Inches(7), Inches(4), Inches(0.4)).text_frame.text = "Acme internal"
        slide.shapes.add_textbox(Inches(20), Inches(1), Inches(1), Inches(1)).text_frame.text = "Off the slide"
        grid = slide.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
        for at, text in enumerate(["Level", "Scope", f"L{number}", SENTENCE * 8]):
            grid.cell(at // 2, at % 2).text = text
    deck.slides[3]._element.set("show", "0")
    parsed = parse("a.pptx", saved(deck))
    text = "\n".join(piece.content for piece in parsed.pieces)
    assert parsed.pages == 6
    assert ("Level: L2; Scope: A senior" in text, "L3" in text, "Acme internal" in text, "Off" in text) == (
        True,
        False,
        False,
        False,
    )
    assert [(p.heading, p.page) for p in parsed.pieces if "L5" in p.content] == [("Part 5", 6)]


def written(canvas: Canvas, lines: list[str], x: int = 72, y: int = 700, size: int = 10) -> None:
    canvas.setFont("Helvetica", size)
    for number, line in enumerate(lines):
        canvas.drawString(x, y - number * 1.2 * size, line)


def test_a_pdf_loses_headers_footers_and_page_numbers_and_joins_what_its_pages_broke() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(1, 7):
            written(canvas, ["Acme Handbook" if page % 2 else "Internal use"], y=815)
            written(canvas, [f"Page {page} of 6"], y=30)
            body = [
                "A well-known rule of ward num-",
                f"ber {page} holds for every nurse who works",
                "there, and it runs on to the next",
            ]
            written(canvas, body, y=700)
            canvas.showPage()

    text = contents("a.pdf", drawn(draw))
    assert not any(word in text for word in ("Acme", "Internal", "Page", " of 6"))
    assert "A well-known rule of ward number 1 holds for every nurse who works there, and it runs" in text


def test_running_headers_of_chapters_go_and_headings_that_differ_by_a_number_stay() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(1, 9):
            written(canvas, [f"Level {page}"], y=800, size=18)
            written(canvas, [f"Chapter {(page + 1) // 2}: rules   {page + 4}"], y=825, size=8)
            written(canvas, [SENTENCE] * 8, y=760)
            canvas.showPage()

    pieces = parse("a.pdf", drawn(draw)).pieces
    text = "\n".join(piece.content for piece in pieces)
    assert [line for line in text.splitlines() if line.startswith("Level")] == [f"Level {n}" for n in range(1, 9)]
    assert "Chapter" not in text


def test_columns_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(72, 780, "A title that spans both of the columns below it")
        for line in range(30):  # as it is drawn: line by line across both columns
            for column, x in (("left", 60), ("right", 320)):
                written(canvas, [f"and the {column} column goes on with its word {line}"], x, 740 - 12 * line)

    words = [word for word in contents("a.pdf", drawn(draw)).split() if word in ("left", "right")]
    assert words == ["left"] * 30 + ["right"] * 30


def test_a_pdf_table_is_read_row_by_row() -> None:
    def draw(canvas: Canvas) -> None:
        written(canvas, [SENTENCE] * 3, y=800)
        for line, cells in enumerate([("Level", "Years", "Scope"), ("L4", "3", "one team"), ("L5", "6", "many teams")]):
            for column, cell in enumerate(cells):
                written(canvas, [cell], 72 + 120 * column, 700 - 14 * line)

    assert contents("a.pdf", drawn(draw)).splitlines()[-2:] == [
        "Level: L4; Years: 3; Scope: one team",
        "Level: L5; Years: 6; Scope: many teams",
    ]


def test_a_turned_page_reads_like_any_other() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        for line in range(5):
            canvas.drawString(72, -100 - 14 * line, f"Rule {line} of this page is written along its long side.")

    assert contents("a.pdf", drawn(draw)).startswith("Rule 0 of this page is written along its long side.")


def test_recognised_text_under_a_scan_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, 700)
        text.setTextRenderMode(3)
        text.textLine("A scan that a machine has read.")
        canvas.drawText(text)
        canvas.drawImage(ImageReader(Image.effect_noise((60, 80), 50)), 0, 0, 595, 842)

    assert contents("a.pdf", drawn(draw)) == "A scan that a machine has read."


def test_a_blank_page_among_others_is_fine() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "First page.")
        canvas.showPage()
        canvas.showPage()
        canvas.drawString(72, 700, "Third page.")

    assert parse("a.pdf", drawn(draw)).pages == 3


def test_a_handbook_of_200_pages_is_read_in_a_moment() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(200):
            written(canvas, [f"Part {page}"], y=800, size=16)
            written(canvas, [SENTENCE] * 45, y=770)
            canvas.showPage()

    data = drawn(draw)
    began = time.process_time()
    assert len(parse("a.pdf", data).pieces) > 800
    assert time.process_time() - began < 3


def test_a_mail_is_read_by_its_text_and_its_attachments_stay_closed() -> None:
    mail = EmailMessage()
    mail["Subject"] = "New rules"
    mail.set_content(SENTENCE)
    mail.add_alternative(f"<p>{SENTENCE}</p>", subtype="html")
    mail.add_attachment(b"Secret terms", maintype="text", subtype="plain", filename="secret.txt")
    parsed = parse("a.eml", mail.as_bytes())
    assert (parsed.title, parsed.pieces[0].content) == ("New rules", f"New rules\n\n{SENTENCE.strip()}")


def test_a_mail_of_html_only_is_read() -> None:
    mail = EmailMessage()
    mail["Subject"] = "Neue Regeln für Überstunden"
    mail.set_content(f"<h1>Regeln</h1><p>{SENTENCE}</p><p style='display:none'>Hidden</p>", subtype="html")
    parsed = parse("a.eml", mail.as_bytes())
    assert parsed.title == "Neue Regeln für Überstunden"
    assert "Hidden" not in parsed.pieces[0].content and SENTENCE.strip() in parsed.pieces[0].content


def test_a_mail_of_outlook_is_read_by_its_subject_and_text(monkeypatch: pytest.MonkeyPatch) -> None:
    saved_mail = SimpleNamespace(subject="New rules", body="", html_body=f"<p>{SENTENCE}</p><script>x</script>")
    monkeypatch.setattr("oxmsg.Message.load", lambda _: saved_mail)
    parsed = parse("a.msg", OLE)
    assert (parsed.title, parsed.pieces[0].content) == ("New rules", f"New rules\n\n{SENTENCE.strip()}")


def test_what_a_site_puts_around_a_page_is_not_read() -> None:
    menu = "".join(f'<div><a href="part{n}.html">Part {n} of the handbook</a></div>' for n in range(20))
    page = (
        f"<header>Site</header><nav>Menu</nav><div id=toc><h1>Parts</h1>{menu}</div><main><header><h1>Values</h1></header>"
        f"<p>{SENTENCE}</p></main><aside>Adverts</aside><footer>Imprint</footer><script>run()</script>"
    )
    assert contents("a.html", page.encode()) == f"Values\n\n{SENTENCE.strip()}"


def test_a_list_of_resources_is_no_menu() -> None:
    links = "".join(f'<li><a href="https://example.org/{n}">Guide {n}</a></li>' for n in range(20))
    assert contents("a.html", f"<ul>{links}</ul>".encode()).count("Guide") == 20


def test_what_a_site_generator_fills_in_is_not_read() -> None:
    text = (
        '---\ntitle: Reviews\nowner: hr\n---\nSee [the plan]({% page "/plan/" %}) or {% slack_channel "hr" %}.\n{: .note}\n\n'
        '{% include menu.html %}\n\n<div class="x">Ask <b>us</b></div>\n'
    )
    assert contents("a.md", text.encode()) == "See the plan or #hr.\n\nAsk us"


def test_front_matter_that_is_all_there_is_is_read_as_headings_and_lists() -> None:
    levels = "".join(
        f"      - level: {level}\n        criteria:\n" + f'          - "{criterion * 8}"\n' * 2
        for level, criterion in ((1, "Learns as much as they add. "), (2, "Asks for feedback before it is given. "))
    )
    about = 'path: "/generic"\ntitle: "Growth"\n'
    framework = f'---\n{about}topics:\n  - name: "skill"\n    title: "Knowledge"\n    content:\n{levels}---\n'
    parsed = parse("generic.md", framework.encode())
    assert parsed.title == "Growth"
    first, second = parsed.pieces
    assert first.content.startswith("Knowledge\n\nlevel 1\n\nLearns as much as they add.")
    assert second.heading == "Knowledge > level 2"
    assert "Asks for feedback before it is given." in second.content
    assert "/generic" not in "".join(piece.content for piece in parsed.pieces)


@pytest.mark.parametrize(
    "front",
    [
        "title: Home\nlayout: page\ntags: [one, two words, three]\nauthors:\n  - name: Sam",
        "title: [broken",
        "a: &a [*a]",
        "a: " + "[" * 5_000,
        "a: &a []\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 8)}]\n" for a, b in pairwise("abcdefghijklm")),
        "a: &a [x, x]\n"
        + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n" for a, b in pairwise("abcdefghijk")),
    ],
    ids=["about a page", "no YAML", "itself", "deep", "growing from nothing", "growing"],
)
def test_front_matter_that_says_nothing_is_no_document(front: str) -> None:
    with pytest.raises(UnreadableDocument):
        parse("a.md", f"---\n{front}\n---\n".encode())


def test_front_matter_of_broken_yaml_is_read_line_by_line() -> None:
    broken = "---\ntitle: Growth\nlevels:\n  - 1: Learns as much as they add.\n   - 2: Asks for feedback early.\n---\n"
    assert contents("a.md", broken.encode()).endswith("1: Learns as much as they add.\n2: Asks for feedback early.")


def test_front_matter_keeps_what_its_author_wrote() -> None:
    levels = 'title: Growth\nlevels:\n  - since: 2023-02-30\n    remote: no\n    "on": Calls in the evening only now and then.\n'
    assert contents("a.md", f"---\n{levels}---\n".encode()) == (
        "since 2023-02-30\n\nremote: no\non: Calls in the evening only now and then."
    )


def test_a_list_of_single_sentences_in_front_matter_is_text() -> None:
    levels = "levels:\n  - criterion: Learns as much as they add.\n  - criterion: Asks for feedback early.\n"
    assert contents("a.md", f"---\n{levels}---\n".encode()) == (
        "criterion: Learns as much as they add.\ncriterion: Asks for feedback early."
    )


@pytest.mark.parametrize(
    "front", ["# Feel free to add\n\ntitle: x", "\ntitle: x", '"title": x', "date created: 2023", ""]
)
def test_front_matter_before_a_text_is_not_read(front: str) -> None:
    assert contents("a.md", f"---\n{front}\n---\n\nWe care.\n\n---\n".encode()) == "We care."


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("---\nWe listen.\n\n---\n\nWe care.", "We listen.\n\nWe care."),
        ("---\nNote: we listen.\n\n" + "Long words follow. " * 1_200 + "\n\n---\n\nWe care.", "Note: we listen."),
    ],
    ids=["no key", "too long"],
)
def test_a_text_between_two_rules_is_no_front_matter(text: str, read: str) -> None:
    assert contents("a.md", text.encode()).startswith(read)


@pytest.mark.timeout(30)
def test_a_title_of_many_blanks_holds_nobody_up() -> None:
    front = f"title: a{' ' * 200_000}b\nlevels:\n  - Learns as much as they add.\n"
    assert parse("a.md", f"---\n{front}---\n".encode()).title == "a b"


def test_plain_text_has_headings_lists_and_joined_lines() -> None:
    text = f"Handbook\n\n1. Rules\n\nA line that\nwas broken.\n\n- one\n- two\n\n1.1 Pay\n\n{SENTENCE * 12}"
    pieces = parse("a.txt", text.encode()).pieces
    assert pieces[0].content.startswith("Handbook\n\n1. Rules\n\nA line that was broken.\n\none\ntwo\n\n1.1 Pay")
    assert pieces[-1].heading == "1. Rules > 1.1 Pay"


def test_a_path_of_long_headings_keeps_the_nearest() -> None:
    text = "".join(f"{'#' * n} {f'Heading {n} ' * 8}\n\n" for n in range(1, 6)) + SENTENCE * 20
    heading = parse("a.md", text.encode()).pieces[-1].heading
    assert heading.startswith("Heading 4") and heading.endswith("Heading 5") and len(heading) <= 200


def test_a_heading_takes_some_of_its_text_with_it() -> None:
    text = f"# A\n\n{'Nurses care. ' * 36}\n\n# A heading at the end of what fits into a passage\n\n{SENTENCE * 12}"
    first = parse("a.md", text.encode()).pieces[0].content
    assert first.split("\n\n")[-2:] == ["A heading at the end of what fits into a passage", SENTENCE.strip()]


def test_reading_needs_no_language_model_to_be_downloaded() -> None:
    code = "import sys, retrievers.parse; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
