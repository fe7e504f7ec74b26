"""Texts to learn languages from: our own, our own with foreign names, and phrases of each language's frequent words."""

from collections.abc import Iterator, Sequence
from random import Random

import wordfreq

from evals.talk.data import LANGUAGES, OTHER, Row

OTHERS = ("it", "pt", "nl", "tr", "ru", "uk", "cs", "ro", "sv", "da", "hu", "fi", "el", "ar", "hi", "sk", "ca", "nb")
"""Languages that we tell from the five, but not from one another."""
WORDS = 4_000
"""Frequent words of a language that phrases are made of."""
PHRASES = 2_500
"""Phrases of each of the five languages; the others share as many times two."""
LONGEST_PHRASE = 5
NAMED = 0.5
"""Share of our own texts that are learned once more with a foreign name."""
NAMES = (
    "Müller", "Jürgen", "Schröder", "Heike", "Weißmann", "Krüger", "Köln", "München", "Düsseldorf", "Siemens", "Bosch",
    "García", "Núñez", "Begoña", "Iñaki", "José Luis", "Muñoz", "Sevilla", "Logroño", "Santander", "Peña", "Ángel",
    "François", "Hélène", "Benoît", "Lefèvre", "Le Goff", "Orléans", "Besançon", "Carrefour", "Château", "Dubois", "Thérèse",
    "Łukasz", "Małgorzata", "Wójcik", "Krzysztof", "Łódź", "Gdańsk", "Wrocław", "Szymański", "Zbigniew", "Agnieszka", "Orlen",
    "Smith", "Heather", "Johnson", "Leeds", "Bradford", "Wayne", "Birmingham", "Oxford", "Matthew", "Shaw", "Workday",
    "Giuseppe", "Nguyễn", "Yılmaz", "Szabó", "Dvořák", "Popescu", "Oleksandr", "Mehmet", "Chiara", "João", "Eindhoven",
)  # fmt: skip
"""Names from everywhere: none of them says which language a text is in."""


def language_texts(rows: Sequence[Row], random: Random) -> list[tuple[str, str]]:
    """Texts with their languages."""
    own = [(row.text, row.language) for row in rows]
    named = [(_with_name(text, random), language) for text, language in own if random.random() < NAMED]
    five = [pair for language in LANGUAGES for pair in _phrases(language, language, PHRASES, random)]
    each = 2 * PHRASES // len(OTHERS)
    others = [pair for language in OTHERS for pair in _phrases(language, OTHER, each, random)]
    return own + named + five + others


def _with_name(text: str, random: Random) -> str:
    """The text with a name before one of its words, or behind all."""
    words = text.split()
    words.insert(random.randrange(len(words) + 1), random.choice(NAMES))
    return " ".join(words)


def _phrases(language: str, label: str, count: int, random: Random) -> Iterator[tuple[str, str]]:
    """Words as frequent as they are in the language, in no order."""
    words = wordfreq.top_n_list(language, WORDS)
    weights = [wordfreq.word_frequency(word, language) for word in words]
    for _ in range(count):
        yield " ".join(random.choices(words, weights, k=random.randint(1, LONGEST_PHRASE))), label
