"""What the floors above share in every language: days, months and numbers, the phases' questions, our rubric's criteria."""

from datetime import date
from pathlib import Path

from state.languages.catalogue import read_catalogues
from state.languages.choice import SOURCE, Language

WORDS = read_catalogues(Path(__file__).parent)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAY = "{day} {month} {year}"
"""How a date is written out; `{month}` as it stands inside a date (Polish: in the genitive)."""


def spoken_day(day: date, language: Language = SOURCE) -> str:
    """For example `21 November 2026`, `21. November 2026`, `21 listopada 2026`."""
    words = WORDS[language]
    return words.say(DAY, day=day.day, month=words.say(MONTHS[day.month - 1]), year=day.year)


def spoken_number(number: float, language: Language = SOURCE) -> str:
    """At least one decimal, at most two: `8.0`, `8.67`, in German `8,67`."""
    return _pointed(f"{number:.2f}".removesuffix("0"), language)


def short_number(number: float, language: Language = SOURCE) -> str:
    """As short as it is: `7`, `7.5`, in German `7,5`."""
    return _pointed(f"{number:g}", language)


def _pointed(text: str, language: Language) -> str:
    return text if language == SOURCE else text.replace(".", ",")


def criterion_name(name: str, language: Language = SOURCE) -> str:
    """A criterion as people read it: `time_bound` as `Time bound`. A company's own keeps its name."""
    words = " ".join(name.replace("_", " ").split())
    return WORDS[language].say(words[:1].upper() + words[1:])
