"""Which language is meant: tags with regions, weights of a browser's header, and what nobody speaks here."""

import pytest

from state.languages.choice import accepted, spoken


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("DE-ch", "de"),
        ("fr-Latn-CA", "fr"),
        ("es-419", "es"),
        ("pl-PL-x-private", "pl"),
        ("it", None),
        ("den", None),
        ("", None),
        (None, None),
    ],
)
def test_a_tag_names_our_language_whatever_its_region(tag: str | None, language: str | None) -> None:
    assert spoken(tag) == language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("*", "en"),
        ("it", "en"),
        ("de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7", "de"),
        ("en;q=0.3, pl;q=0.8, fr;q=0.5", "pl"),
        ("it-IT, it;q=0.9, es-MX;q=0.4, *;q=0.1", "es"),
        ("fr;q=0, de;q=0.1", "de"),
        ("de;q=0", "en"),
        ("fr ; q=0.8,de", "de"),
        ("es,de", "es"),
        ("de;q=high,fr;q=0.2", "fr"),
        ("de;q=1.5,pl;q=0.2", "pl"),
        (";;;,,q=1,-", "en"),
        ("xx," * 5000 + "de", "en"),
    ],
)
def test_the_header_s_most_wanted_language_of_ours_is_taken(header: str | None, language: str) -> None:
    assert accepted(header) == language
