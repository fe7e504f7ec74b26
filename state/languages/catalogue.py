"""Message catalogues: gettext's `.po` files are the source, read once at the start; English is what messages are written in."""

import gettext
import io
from collections.abc import Mapping
from pathlib import Path

import polib

from state.languages.choice import LANGUAGES, SOURCE, Language


class Catalogue:
    """The texts of one language. What has no translation stays English."""

    def __init__(self, language: Language, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def say(self, message: str, **values: object) -> str:
        """A message, its `{placeholders}` filled in. Raises KeyError for a placeholder without a value."""
        # gettext keeps its header under the empty message.
        said = self._translations.gettext(message) if message else ""
        return said.format(**values) if values else said

    def counted(self, one: str, many: str, n: int, **values: object) -> str:
        """A message in the form that `n` asks for; `{n}` is the number."""
        return self._translations.ngettext(one, many, n).format(n=n, **values)


Catalogues = Mapping[Language, Catalogue]


def read_catalogues(folder: Path) -> Catalogues:
    """One for each language, from the folder's `<language>.po`; English needs none. Raises OSError where another is missing."""
    return {language: Catalogue(language, _translations(folder, language)) for language in LANGUAGES}


def _translations(folder: Path, language: Language) -> gettext.NullTranslations:
    if language == SOURCE:
        return gettext.NullTranslations()
    source = polib.pofile(str(folder / f"{language}.po"), encoding="utf-8")
    return gettext.GNUTranslations(io.BytesIO(source.to_binary()))
