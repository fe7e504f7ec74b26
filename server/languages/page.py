"""The page's catalogues as ES modules: a message's translation, or its forms for one, few and many."""

import json
from pathlib import Path

import polib

from state.languages.choice import LANGUAGES, SOURCE


def catalogue_modules(folder: Path) -> dict[str, bytes]:
    """The modules of the folder's `languages/*.po` by the name that the page imports, without English, which needs none."""
    names = [language for language in LANGUAGES if language != SOURCE]
    return {f"languages/{name}.js": _module(folder / "languages" / f"{name}.po") for name in names}


def _module(path: Path) -> bytes:
    said = {entry.msgid: _translation(entry) for entry in polib.pofile(str(path)) if entry.translated()}
    return f"export default {json.dumps(said, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def _translation(entry: polib.POEntry) -> str | list[str]:
    return [entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural)] if entry.msgid_plural else entry.msgstr
