"""How documents are titled and cut, on texts that tempt a cutter to cheat."""

import re

import pytest

from retrievers.files import ENDINGS, clean_name
from retrievers.parse import READERS, parse
from retrievers.passages import LONGEST_PASSAGE, SHORTEST_PASSAGE

SENTENCES = [f"Rule {n}: a senior nurse trains two colleagues and explains decision {n} in writing." for n in range(99)]
TEXT = " ".join(SENTENCES)
HARD_TEXTS = {
    "no sentence ends": "word " * 2000,
    "no spaces": "x" * 5000,
    "one long paragraph": TEXT,
    "only short lines": "\n\n".join(f"- item {n}" for n in range(600)),
    "only headings": "\n\n".join(f"# Heading {n}\n\nOne line." for n in range(200)),
    "short sections then a long one": f"# A\n\nShort.\n\n# B\n\n{TEXT}",
    "long sections with a short one between": f"# A\n\n{TEXT}\n\n# B\n\nShort.\n\n# C\n\n{TEXT}",
}


@pytest.mark.parametrize("text", HARD_TEXTS.values(), ids=HARD_TEXTS.keys())
def test_only_the_last_passage_may_be_shorter_than_500_and_none_is_longer_than_800(text: str) -> None:
    sizes = [len(piece.content) for piece in parse("a.md", text.encode()).pieces]
    assert max(sizes) <= LONGEST_PASSAGE
    assert min(sizes[:-1]) >= SHORTEST_PASSAGE


@pytest.mark.parametrize("text", HARD_TEXTS.values(), ids=HARD_TEXTS.keys())
def test_cutting_neither_loses_nor_doubles_a_character(text: str) -> None:
    kept = "".join(piece.content for piece in parse("a.md", text.encode()).pieces)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s|^# |^- ", "", text, flags=re.M)


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    pieces = parse("a.md", TEXT.encode()).pieces
    assert len(pieces) > 5
    assert all(piece.content.endswith(".") for piece in pieces)


def test_a_passage_stands_under_the_heading_it_begins_with() -> None:
    pieces = parse("a.md", HARD_TEXTS["short sections then a long one"].encode()).pieces
    assert [piece.heading for piece in pieces] == ["A"] + ["B"] * (len(pieces) - 1)


@pytest.mark.parametrize(
    ("name", "opening", "title"),
    [
        ("a.html", "<title>Growth &amp; care</title><h1>Nurses</h1>", "Nurses – Growth & care"),
        ("a.html", "<title>Nurses – Growth &amp; care</title><h1>Nurses</h1>", "Nurses – Growth & care"),
        ("a.html", "<title>Growth &amp; care</title><p>Text.</p><h1>Far below</h1>", "Far below – Growth & care"),
        ("a.html", "<h1>Growth</h1>", "Growth"),
        ("a.md", '---\ntags: x\ntitle: "Growth and care"\n---\n\n# Menu\n\n', "Growth and care"),
        ("a.md", "# Growth\n\n", "Growth"),
        ("team_rules-2025.txt", "", "team rules 2025"),
    ],
)
def test_a_document_is_titled_by_what_it_declares_then_its_heading_then_its_name(
    name: str, opening: str, title: str
) -> None:
    assert (
        parse(name, f"{opening}<p>{TEXT}</p>".encode() if "html" in name else (opening + TEXT).encode()).title == title
    )


def test_a_long_name_keeps_its_ending() -> None:
    assert (len(clean_name("a" * 500 + ".pdf")), clean_name("a" * 500 + ".pdf")[-4:]) == (200, ".pdf")


def test_each_kind_of_file_that_may_be_uploaded_has_a_reader() -> None:
    assert set(READERS) == set(ENDINGS)
