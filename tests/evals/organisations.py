"""Two tiny organisations with questions, in the layout of an evaluation's data."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

FILES = {
    "acme/README.md": "# Promotion\n\n"
    + "A senior engineer mentors **two junior developers** each year and leads one project of\nthe team. " * 6,
    "acme/rules/leave.txt": "Volunteering\n\n"
    + "Everybody may spend two days a year volunteering for a charity. " * 10,
    "Globex 2/values.html": "<h1>Values</h1>"
    + "<p>Compassion means that we listen to <b>frightened</b> patients.</p>" * 10,
    "acme/SOURCES.md": "Volunteering was invented here.",
}
QUESTIONS: Sequence[Mapping[str, object]] = (
    {
        "id": "q1",
        "org": "acme",
        "question": "How many junior developers does a senior engineer mentor?",
        "expected_file": "companydocs/acme/README.md",
        "expected_substring": "mentors two junior developers each year and leads one project of the team",
        "also_in": [],
    },
    {
        "id": "q2",
        "org": "acme",
        "question": "How many days may I spend volunteering for a charity?",
        "expected_file": "companydocs/acme/README.md",
        "expected_substring": "two days a year volunteering",
        "also_in": ["rules/leave.txt"],
    },
    {
        "id": "q3",
        "org": "Globex 2",
        "question": "What does compassion for frightened patients mean?",
        "expected_file": "companydocs/Globex 2/values.html",
        "expected_substring": "listen to *frightened* patients",
        "also_in": [],
    },
    {
        "id": "q4",
        "org": "initech",
        "question": "Who works on Saturday?",
        "expected_file": "a.md",
        "expected_substring": "Saturday",
    },
)
UNANSWERABLE = ({"id": "u1", "org": "acme", "question": "quantum chromodynamics of gluons"},)


def write_data(
    folder: Path,
    questions: Sequence[Mapping[str, object]] = QUESTIONS,
    unanswerable: Sequence[Mapping[str, object]] = UNANSWERABLE,
) -> Path:
    """Write the organisations below `folder`."""
    root = folder / "companydocs"
    for name, content in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    for name, rows in (("questions.jsonl", questions), ("unanswerable.jsonl", unanswerable)):
        (root / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder
