"""Corrections and withdrawals in German, Spanish, French and Polish, in words of every day."""

# ruff: noqa: E501 - what people type stands unbroken

import pytest

from nodes.understanding.reading import hold

DE, ES = "Staplerschein bis März 2027, 2 Azubis anleiten bis Mai 2027", "visitar 12 clientes hasta mayo de 2027"
FR, PL = "visiter 12 clients avant mai 2027", "odwiedzić 12 klientów do maja 2027"


@pytest.mark.parametrize(
    ("said", "then", "expected"),
    [
        (DE, "die Azubis streichen", "Staplerschein bis März 2027"),
        (DE, "Na gut, den Staplerschein streichen wir", "2 Azubis anleiten bis Mai 2027"),
        ("Staplerschein bis März 2027", "nicht März, April", "Staplerschein bis April 2027"),
        ("Staplerschein bis März 2027", "ach ne, Mai 2027", "Staplerschein bis Mai 2027"),
        ("Staplerschein bis März 2027", "doch lieber bis Juni", "Staplerschein bis Juni 2027"),
        ("20 Kunden besuchen mit 8 Leuten", "nee warte, 9 Leute", "20 Kunden besuchen mit 9 Leuten"),
        (ES, "perdón, hasta junio", "visitar 12 clientes hasta junio de 2027"),
        (ES, "quise decir 15 clientes, no 12", "visitar 15 clientes hasta mayo de 2027"),
        ("hacer el curso de frío hasta abril de 2027 y formar a 2 aprendices", "quita lo del curso", "formar a 2 aprendices"),
        (FR, "je voulais dire juin, pas mai", "visiter 12 clients avant juin 2027"),
        (FR, "plutôt 15 clients", "visiter 15 clients avant mai 2027"),
        ("passer le permis cariste avant avril 2027 et former 2 apprentis", "laisse tomber le permis", "former 2 apprentis"),
        (PL, "przepraszam, do czerwca 2027", "odwiedzić 12 klientów do czerwca 2027"),
        (PL, "zmień maj na lipiec", "odwiedzić 12 klientów do lipca 2027"),
        ("zrobię kurs na wózek do marca 2027 i przeszkolę 2 uczniów", "kurs na wózek jednak odpada", "przeszkolę 2 uczniów"),
    ],
)  # fmt: skip
def test_only_what_is_named_changes(said: str, then: str, expected: str) -> None:
    assert "\n".join(hold([said, then], "g8_actions")) == expected


@pytest.mark.parametrize(
    ("said", "then", "gone", "stays"),
    [
        ("Ich will Stationsleitung werden bis 2028", "vergiss das, ich will lieber Praxisanleiterin werden", "Stations", "Praxisanleiterin"),
        ("quiero ser encargada de turno en 2028", "olvida eso, prefiero ser formadora en 2029", "encargada", "formadora en 2029"),
        ("je veux devenir chef d'équipe en 2028", "en fait non, je préfère devenir formatrice en 2029", "chef", "formatrice en 2029"),
        ("chcę zostać brygadzistą do 2028", "jednak nie, wolę zostać instruktorem do 2029", "brygadz", "instruktorem do 2029"),
    ],
)  # fmt: skip
def test_another_wish_takes_the_place_of_the_first(said: str, then: str, gone: str, stays: str) -> None:
    told = "\n".join(hold([said, then], "g4_future"))
    assert stays in told
    assert gone not in told
