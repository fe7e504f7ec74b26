"""Whether a text is in another language than English, as far as its commonest words tell."""

import re

_ENGLISH = frozenset(
    str.split("""
        i i'm i'd i'll the to and of a an in is it my want would like be become with for on that this we our at by as
        do more from not but have are me work will can or so because about know don't better people team
    """)
)
_FOREIGN = frozenset(
    str.split("""
        ich und der die das den dem ein eine einen zu mit für nicht ist sind möchte will werden mein meine im auf von
        auch je le les des une un et pour dans mon ma mes veux voudrais devenir suis est sur avec que qui plus nous
        être yo quiero ser el los las una para con por mi mis en del más como que equipo llegar voglio diventare sono
        il gli di che per nel della mio mia con più lavorare eu quero uma com não meu minha para ser os as do da em
        mais ik wil het een van mijn worden met voor niet en op zijn chcę być nie się na jest moim jako oraz w z do
        jag vill bli och att som min är på för det med ve bir bu için olmak istiyorum daha ben chci byt být jsem se na
        a že
    """)
) - {"a", "die", "will", "do", "as", "on", "in", "an", "me", "at", "so", "no", "we", "por", "con", "com", "per"}
_LATIN_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NAMED_PLACE = re.compile(r"\b(?:Los|Las|El|La|Le|Les|Der|Die|Das|De|Du|Van|Von|San|Santa|Don) (?=[A-ZÄÖÜÉ])\w+")
"""`Los Angeles` in an English sentence makes it no Spanish one."""
_DIACRITIC = re.compile(r"[äöüßéèêàçñãõáíóúůěščřžýąęłśźżåøœı]", re.IGNORECASE)


def is_foreign(text: str) -> bool:
    """Whether a text is plainly in another language than English."""
    if not text.isascii():
        letters = [c for c in text if c.isalpha()]
        if len(letters) >= 2 and sum(ord(c) < 0x250 for c in letters) * 2 < len(letters):
            return True
    words = [word.lower().replace("’", "'") for word in _LATIN_WORD.findall(_NAMED_PLACE.sub("", text))]
    foreign = sum(w in _FOREIGN for w in words)
    english = sum(w in _ENGLISH for w in words) if foreign else 0
    return foreign > english and (foreign >= 2 or bool(_DIACRITIC.search(text)))
