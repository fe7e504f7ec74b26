"""A session's goals as PDF, Markdown and calendar: what stands in them, who gets them, and that text stays text."""

from datetime import date, datetime, timedelta
from typing import Any

import httpx
import pypdfium2
import pytest
from icalendar import Calendar, Component
from markdown_it import MarkdownIt

from state.clock import now
from state.records.database import Database
from tests.server.client import Company, Employee
from tests.server.journeys import configure, lenient, sarah_after
from tests.server.sessions.test_sessions import refused, shift
from tests.server.test_journey import FUTURE, SARAH

HOSTILE = (
    "# heading <script>alert(1)</script> *bold* _it_ [x](https://evil.example) ![i](http://evil.example/i.png) `code`\n"
    '#import "@preview/x": y; #sys.inputs $x^2$ \\ & &lt; | cell | https://evil.example www.evil.example me@evil.example\n'
    "- item\n1. one\n> quote\n+ plus\n---\n===\n<!-- comment --> <https://evil.example> ~~gone~~"
)
ENDINGS = ("pdf", "md", "ics")


async def export(employee: Employee, ending: str, **headers: str) -> httpx.Response:
    """The answer of an export route."""
    path = f"/api/goals/session/{employee.session_id}/export.{ending}"
    return await employee.company.http.get(path, headers={**employee.headers, **headers})


async def exported(employee: Employee, ending: str) -> bytes:
    """An export that is there."""
    answer = await export(employee, ending)
    assert answer.status_code == 200, answer.text
    return answer.content


async def pages(employee: Employee) -> list[str]:
    """The text of each page of the PDF, in one line."""
    document = pypdfium2.PdfDocument(await exported(employee, "pdf"))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


async def events(employee: Employee) -> list[dict[str, Any]]:
    """The events of the calendar: their properties by name, as plain values."""
    calendar = Calendar.from_ical((await exported(employee, "ics")).decode())
    return [{name.lower(): plain_value(event, name) for name in event} for event in calendar.walk("VEVENT")]


def plain_value(event: Component, name: str) -> Any:
    value: Any = event.decoded(name)
    return value.decode() if isinstance(value, bytes) else value


async def test_letters_that_cannot_be_set_are_refused_with_a_way_out(acme: Company, database: Database) -> None:
    await lenient(acme)
    sarah = await sarah_after(acme, 2)
    await write(database, "future", "क्" * 129)
    refused(await export(sarah, "pdf"), 422, "PDF_IMPOSSIBLE")
    assert "क्" in (await exported(sarah, "md")).decode()


async def write(database: Database, kind: str, content: str) -> None:
    """Put a text in the place of the goals of a type."""
    async with database.system() as tx:
        await tx.connection.execute("update goals set content = %s where type = %s", (content, kind))


async def sarah(company: Company, turns: int = 4) -> Employee:
    """Sarah with her goals."""
    await lenient(company)
    return await sarah_after(company, turns)


async def test_the_pdf_holds_the_goals_with_their_scores_reasons_and_links(acme: Company) -> None:
    employee = await sarah(acme)
    text = " ".join(await pages(employee))
    body = await employee.goals()
    for goal in body["goals"]:
        for line in goal["content"].splitlines():
            assert " ".join(line.lstrip("•1234567890. ").split()) in text
        for criterion in goal["score_details"]["criteria"]:
            assert criterion["reasoning"] in text
            assert f"{criterion['weight']} %" in text
        assert f"{goal['score']:.1f} of 10" in text
        assert all(" ".join(link["notes"].split()) in text for link in goal["links"])
    assert "contributes to Future vision" in text and "aligns with Values" in text
    for told in ("Acme Works", "Goals of Sarah", "Software Engineer", "Engineering", "Written in", "Page 1 of "):
        assert told in text
    assert f"{body['summary']['avg_score']:.2f}".removesuffix("0") in text


async def test_the_pdf_is_a4_and_can_be_read_aloud(acme: Company) -> None:
    content = await exported(await sarah(acme), "pdf")
    document = pypdfium2.PdfDocument(content)
    width, height = document[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
    assert document.is_tagged()
    assert document.get_metadata_dict()["Title"] == "Goals of Sarah"


async def test_no_export_holds_the_employees_code(acme: Company) -> None:
    employee = await sarah(acme)
    assert "EMP12345" not in " ".join(await pages(employee))
    for ending in ("md", "ics"):
        assert b"EMP12345" not in await exported(employee, ending)


async def test_long_goals_take_more_pages_and_lose_nothing(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    before = len(await pages(employee))
    content = "\n".join(f"{n}. Action {n}: " + "deliver the migration with the team " * 20 for n in range(1, 41))
    await write(database, "actions", content)
    after = await pages(employee)
    assert len(after) > before
    assert all(f"Action {n}:" in " ".join(after) for n in range(1, 41))


async def test_no_word_is_too_long_for_the_page(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    await write(database, "future", "W" * 250 + " Ж" * 3 + "ж" * 200)
    document = pypdfium2.PdfDocument(await exported(employee, "pdf"))
    for page in document:
        inside = page.get_width() - 50
        texts = page.get_textpage()
        assert all(texts.get_rect(n)[2] < inside for n in range(texts.count_rects()))


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("أريد أن أصبح مهندسة", "مهندسة"),
        ("אני רוצה להוביל צוות", "צוות"),
        ("将来は技術的卓越性 한국어", "技術"),
        ("Ship it 🚀 👩🏽‍💻 ✅", "🚀"),
        ("एक लक्ष्य ภาษาไทย", "ไทย"),
    ],
)
async def test_any_writing_system_is_set_in_letters_of_its_own(
    acme: Company, database: Database, text: str, letters: str
) -> None:
    employee = await sarah(acme)
    await write(database, "future", text)
    shown = "".join(await pages(employee))
    assert "stand as boxes" not in shown
    assert set(letters) & set(shown)
    assert text in (await exported(employee, "md")).decode()


async def test_letters_that_no_font_has_are_told(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    await write(database, "future", "Learn ཀ by June 2028.")
    text = " ".join(await pages(employee))
    assert "stand as boxes; the Markdown export has them" in text
    assert "by June 2028" in text


async def test_hostile_text_is_text_in_the_pdf(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    for kind in ("future", "values", "actions"):
        await write(database, kind, HOSTILE)
    text = " ".join(await pages(employee)).replace(" ", "")
    for piece in (
        "<script>alert(1)</script>",
        "*bold*",
        "[x](https://evil.example)",
        '#import"@preview/x":y',
        "$x^2$",
        "&lt;",
    ):
        assert text.count(piece) == 3
    document = pypdfium2.PdfDocument(await exported(employee, "pdf"))
    assert b"/URI" not in await exported(employee, "pdf")
    assert document.get_formtype() == 0


async def test_hostile_text_is_text_in_markdown(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    before = tags(await exported(employee, "md"))
    for kind in ("future", "values", "actions"):
        await write(database, kind, HOSTILE)
    content = await exported(employee, "md")
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    assert tags(content) <= before | {"hardbreak"}
    shown = "".join(
        child.content or "\n"
        for token in parser.parse(content.decode())
        for child in token.children or []
        if child.type in ("text", "hardbreak", "softbreak")
    )
    for line in HOSTILE.splitlines():
        assert shown.count(line) == 3, line


def tags(markdown: bytes) -> set[str]:
    """What a reader makes of Markdown: the kinds of its elements."""
    parsed = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown.decode())
    return {t.type for t in parsed} | {child.type for t in parsed for child in t.children or []}


async def test_addresses_are_broken_where_readers_would_link_them(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    await write(
        database, "future", "See https://evil.example/x, www.evil.example, me@evil.example and raise 2.5 to 3.5%."
    )
    content = (await exported(employee, "md")).decode()
    assert "https\\://evil\\.example/x, www\\.evil\\.example, me\\@evil\\.example and raise 2.5 to 3.5%." in content


async def test_hostile_text_is_text_in_the_calendar(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    hostile = "Ship;it, by June 2028\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil\r\nATTACH:https://evil.example\\n"
    await write(database, "future", hostile)
    await write(database, "values", "x")
    await write(database, "actions", "x")
    content = await exported(employee, "ics")
    assert content.count(b"BEGIN:VEVENT\r\n") == 1
    [event] = await events(employee)
    assert event["summary"] == "Ship;it, by June 2028"
    assert "ATTACH:https://evil.example" in event["description"] and "attach" not in event


async def test_the_days_of_goals_are_all_day_events_named_after_what_is_due(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    await write(database, "future", "Within 24 months, become a senior engineer. Learn Rust.")
    await write(
        database, "actions", "6-month action plan:\n1. Pass the AWS exam by June 2028\n2. Read a book every month"
    )
    found = {event["summary"]: event for event in await events(employee)}
    assert set(found) == {
        "Within 24 months, become a senior engineer",
        "6-month action plan",
        "Pass the AWS exam by June 2028",
    }
    exam = found["Pass the AWS exam by June 2028"]
    assert (exam["dtstart"], exam["dtend"]) == (date(2028, 6, 30), date(2028, 7, 1))
    created = datetime.fromisoformat((await employee.goals())["goals"][0]["created_at"]).date()
    vision = found["Within 24 months, become a senior engineer"]["dtstart"]
    assert (vision.year, vision.month) == (created.year + 2, created.month)


async def test_a_calendar_follows_rfc_5545(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    await write(database, "future", "Übersicht für das Team 🚀 " * 20 + "by June 2028.")
    content = await exported(employee, "ics")
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert {b"VERSION:2.0", b"PRODID:-//Petraf//Goals//EN"} <= set(lines)
    assert all({"uid", "dtstamp"} <= event.keys() for event in await events(employee))


async def test_events_keep_their_uid_when_a_goal_is_edited(acme: Company) -> None:
    employee = await sarah(acme)
    first = {event["uid"]: event for event in await events(employee)}
    assert {event["uid"] for event in await events(employee)} == set(first)
    edited = (
        "Within 18 months, become a senior engineer leading a team of 4 developers on the payment processing platform."
    )
    await employee.say("g4_future", edited, step="refine")
    again = {event["uid"]: event for event in await events(employee)}
    assert set(again) == set(first)
    moved = [uid for uid in first if again[uid]["dtstart"] != first[uid]["dtstart"]]
    assert [(first[uid]["sequence"], again[uid]["sequence"]) for uid in moved] == [(0, 1)]
    assert not any(employee.session_id in uid for uid in first)


async def test_goals_without_a_day_have_no_calendar(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    for kind in ("future", "values", "actions"):
        await write(database, kind, "Become a better engineer.")
    assert "by when" in refused(await export(employee, "ics"), 409, "NO_DATES")["message"]


@pytest.mark.parametrize("ending", ENDINGS)
async def test_a_session_without_goals_has_nothing_to_export(acme: Company, ending: str) -> None:
    refused(await export(await acme.employee(), ending), 409, "NO_GOALS")


async def test_an_unfinished_session_exports_the_goals_it_has(acme: Company) -> None:
    employee = await sarah(acme, turns=2)
    [text] = await pages(employee)
    assert "Future vision 9" in text or "Future vision 8" in text
    assert text.count("still open") == 2 and "Written in" not in text
    assert "Still open: Values, Action plan" in (await exported(employee, "md")).decode()
    assert len(await events(employee)) == 1


async def test_a_goal_kept_below_the_threshold_is_marked_and_counts_for_no_average(acme: Company) -> None:
    await configure(acme, threshold=10)
    employee = await acme.employee(**SARAH)
    for message in FUTURE:
        await employee.say("g4_future", message)
    await employee.say("g4_future", "", step="refine", keep=True)
    [text] = await pages(employee)
    content = (await exported(employee, "md")).decode()
    for shown in (text, content):
        assert "Kept as it is, below the 10.0 that a goal needs: not counted." in shown
    assert "Average score: **–** of 10" in content and "Average score –" in text


async def test_only_the_newest_version_of_a_goal_is_exported(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    old = (await employee.goals())["goals"][0]["content"]
    edited = (
        "Within 18 months, become a senior engineer leading a team of 4 developers on the payment processing platform."
    )
    await employee.say("g4_future", edited, step="refine")
    content = (await exported(employee, "md")).decode()
    assert "leading a team of 4 developers" in content and old not in content
    assert content.count("contributes to *Future vision*") == 1


async def test_a_nameless_employee_gets_goals_without_a_name(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    async with database.system() as tx:
        await tx.connection.execute("update sessions set name = null, position = null, department = null")
    assert "Goals of" not in " ".join(await pages(employee))
    assert (await exported(employee, "md")).startswith(b"# Goals\n")


@pytest.mark.parametrize(
    ("ending", "media_type"), [("pdf", "application/pdf"), ("md", "text/markdown"), ("ics", "text/calendar")]
)
async def test_exports_are_named_downloads_that_nobody_keeps(acme: Company, ending: str, media_type: str) -> None:
    answer = await export(await sarah(acme), ending)
    assert answer.headers["content-type"].startswith(media_type)
    assert answer.headers["content-disposition"] == f'attachment; filename="goals-{now().date()}.{ending}"'
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("ending", ENDINGS)
async def test_an_export_needs_the_sessions_own_proof(
    acme: Company, globex: Company, database: Database, ending: str
) -> None:
    employee, other, theirs = await sarah(acme), await acme.employee(), await globex.employee()
    path = f"/api/goals/session/{employee.session_id}/export.{ending}"
    refused(await acme.http.get(path, headers=acme.headers), 401, "UNAUTHORIZED")
    refused(await acme.http.get(path, headers=other.headers), 404, "SESSION_NOT_FOUND")
    refused(await acme.http.get(path, headers=theirs.headers), 404, "SESSION_NOT_FOUND")
    cookie = {**acme.headers, "Cookie": f"resume_token={employee.token}"}
    assert (await acme.http.get(path, headers=cookie)).status_code == 200
    await shift(database, days=14, hours=1)
    refused(await export(employee, ending), 401, "TOKEN_EXPIRED")


async def test_time_is_told_in_words(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    for minutes, words in ((0, "less than a minute"), (1, "1 minute"), (125, "2 hours 5 minutes"), (4320, "3 days")):
        async with database.system() as tx:
            statement = "update sessions set created_at = completed_at - %s"
            await tx.connection.execute(statement, (timedelta(minutes=minutes),))
        assert f"- Time: {words}\n" in (await exported(employee, "md")).decode()
