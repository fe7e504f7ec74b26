"""Sentences that are nobody's plan: adverts, orders to the coach, and what is plainly in another language."""

import re

_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|prompts?|rubric|above|"
    r"previous)\b|"
    r"\b(?:give|award|assign|rate|score|grade|output|return|set)\b.{0,40}\b(?:10 ?/ ?10|10 out of 10|a (?:10|ten)|"
    r"(?:full|top|maximum|"
    r"highest|perfect) (?:score|marks?|points)|score(?:s)? (?:of|to|=) ?\d+)\b|\b(?:system|assistant|"
    r"developer) ?(?:prompt|message)?:|"
    r"\byou are (?:now )?(?:a|an|the) (?:judge|assistant|ai|coach|model|grader)\b",
    re.IGNORECASE,
)
_ADVERT = re.compile(
    r"\W*(?:we are hiring|we['’]re hiring|we offer|you will|you['’]ll|your (?:profile|tasks|responsibilities|role)\b|apply now|"
    r"send your cv|"
    r"join us)\b",
    re.IGNORECASE,
)
"""What adverts say to their readers: none of it is the employee's own wish."""
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


def is_instruction(text: str) -> bool:
    """Whether a sentence tries to command the coach; such text is data and is left out, never followed."""
    return bool(_INSTRUCTION.search(text))


def is_no_plan(text: str) -> bool:
    """Whether a sentence is nothing of the employee's own: an advert's, an order to the coach, or no words at all."""
    return bool(_ADVERT.match(text)) or is_instruction(text) or not has_words(text)


def has_words(text: str) -> bool:
    """Whether there is any letter or digit to read."""
    return any(c.isalnum() for c in text)


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
