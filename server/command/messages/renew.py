"""`make messages`: brings every catalogue up to its sources. New messages come in untranslated, what nobody says goes."""

from pathlib import Path

import polib

from server.command.messages.sources import Message, Room, rooms
from state.languages.choice import LANGUAGES, SOURCE, Language

PLURALS = {
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
}
FORMS = {"de": 2, "es": 2, "fr": 2, "pl": 3}


def renew(room: Room) -> None:
    """Write the room's catalogues anew and tell what is left to translate."""
    room.folder.mkdir(exist_ok=True)
    for language in LANGUAGES:
        if language != SOURCE:
            path = room.folder / f"{language}.po"
            left = _renewed(path, language, room.messages)
            print(f"{path.relative_to(Path.cwd())}: {len(room.messages)} messages, {left} to translate")


def _renewed(path: Path, language: Language, messages: tuple[Message, ...]) -> int:
    before = {(e.msgid, e.msgid_plural): e for e in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Language": language,
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    catalogue.extend(before.get((m.one, m.many)) or _entry(m, language) for m in messages)
    catalogue.save(str(path))
    return len(catalogue.untranslated_entries())


def _entry(message: Message, language: Language) -> polib.POEntry:
    if not message.many:
        return polib.POEntry(msgid=message.one)
    return polib.POEntry(
        msgid=message.one, msgid_plural=message.many, msgstr_plural=dict.fromkeys(range(FORMS[language]), "")
    )


if __name__ == "__main__":
    for one in rooms():
        renew(one)
