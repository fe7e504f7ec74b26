"""The coach's fixed texts in the languages Petraf speaks."""

from pathlib import Path

from state.languages.catalogue import Catalogue, read_catalogues
from state.languages.choice import Language

_CATALOGUES = read_catalogues(Path(__file__).parent / "languages")


def words_of(language: Language) -> Catalogue:
    """The coach's texts in a language; what has no translation stays English."""
    return _CATALOGUES[language]
