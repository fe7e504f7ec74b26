"""What was said bare gets its time and its number where a later message names it, and nothing is said twice."""

import pytest

from nodes.understanding.reading import hold


@pytest.mark.parametrize(
    ("phase", "said", "expected"),
    [
        ("g4_future", ["forklift licence, team lead, less overtime", "licence by dec 2026, team lead 2028"],
         "forklift licence by dec 2026, team lead by 2028, less overtime"),
        ("g8_actions", ["sql course, dashboards, onboarding", "sql course by feb, 2 dashboards by april"],
         "sql course by feb, 2 dashboards by april, onboarding"),
        ("g8_actions", ["read books", "train apprentices", "3 books, 2 apprentices"], "read 3 books\ntrain 2 apprentices"),
        ("g8_actions", ["clean the archive, help anna", "archive - march. anna - every friday"],
         "clean the archive by march.\nhelp anna every friday"),
        ("g4_future", ["lead a crew and get my crane card", "crew of 6 people and the card by march 2028"],
         "lead a crew of 6 people and get my crane card by march 2028"),
        ("g8_actions", ["update the site, write blog posts", "blog posts: 4. site by may 2027"],
         "update the site by may 2027\nwrite 4 blog posts"),
        ("g8_actions", ["1. spanish course 2. coach trainees", "1 by may 2027, 2: four trainees by june 2027"],
         "- spanish course by may 2027\n- coach four trainees by june 2027"),
    ],
)  # fmt: skip
def test_each_part_joins_what_it_names(phase: str, said: list[str], expected: str) -> None:
    assert "\n".join(hold(said, phase)) == expected


def test_what_names_nothing_said_is_told_beside() -> None:
    told = "\n".join(hold(["crm training, sell phones", "crm by march, visit 10 shops by may 2027"], "g8_actions"))
    assert "crm training by march" in told
    assert "visit 10 shops by may 2027" in told


def test_what_has_a_time_already_gets_no_second_one() -> None:
    told = "\n".join(hold(["crane card by may 2027, foreman", "crane card by june 2027"], "g4_future"))
    assert told.count("crane card") == 1
    assert "may" not in told.lower()
