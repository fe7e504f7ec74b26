"""Sentences about the conversation itself, not about a goal: thanks, questions, "I don't know", "just write it"."""

import re

_DONE = re.compile(
    r"\b(?:that['’ ]?s (?:it|all|everything|enough|about it)|that is (?:it|all|everything|enough)|(?:just |"
    r"please )+(?:write|refine|go|do|"
    r"make|finish|continue)(?: (?:it|on|ahead|the goal|my goal))?|write (?:it|the goal|my goal)(?: (?:now|please))?|"
    r"go ahead|(?:i['’]?m|i am|we['’]re|all) "
    r"done|refine (?:it|this|my goal|the goal)|nothing (?:else|more)|no more|that should do|good enough|looks? good|"
    r"(?:let['’]?s )?move on|carry on)\b|^\W*(?:done|finished?|write|refine|ready|next|no|nope|nothing|enough)\W*$",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:i (?:really |just |honestly )*(?:don['’]?t|do not|dunno|cannot|can['’]?t) ?(?:really |just )*(?:know|say|"
    r"tell|think of "
    r"(?:any|one)|understand|care)\b|i (?:don['’]?t|can['’]?t)$|i dunno|dunno|idk|no (?:idea|clue)|not (?:really |quite )?sure|"
    r"(?:i )?have(?:n['’]?t| not) "
    r"(?:really )?(?:thought|decided)|whatever|hard to say|you tell me|can['’]?t think)\b",
    re.IGNORECASE,
)
_SMALL_TALK = re.compile(
    r"^\W*(?:hi|hello|hey|thanks?|thank you|cheers|great|good|nice|ok|okay|sure|yes|yep|yeah|right|exactly|correct|"
    r"fine|cool|please|"
    r"perfect|good (?:morning|afternoon|evening)|sorry|hmm+|um+|uh+|lol|haha+|well|test|asdf\w*|so|very much|a lot|"
    r"there|everyone|petraf|coach|i (?:think|guess|suppose) so|maybe|both|all of them|same as before|see above)"
    r"(?:\W+(?:hi|thanks?|thank you|very much|a lot|so much|there|coach|petraf|yes|ok|okay|great|please|sure|"
    r"again))*\W*$",
    re.IGNORECASE,
)
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
_ABOUT_COACH = re.compile(
    r"\b(?:are you|is this)\b.{0,30}\b(?:bot|robot|human|person|ai|a\.i\.|real|machine|chatgpt|gpt|llm|computer|"
    r"program|"
    r"language model|chatbot)\b|\b(?:who|what) are you\b|\bwhat (?:model|ai) (?:are|is)\b|\bam i (?:talking|speaking|"
    r"chatting) (?:to|with)\b",
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


def is_done(text: str) -> bool:
    """Whether the employee asks to go on: "that's it", "just write it"."""
    return len(text) < 400 and bool(_DONE.search(text))


def is_unsure(text: str) -> bool:
    """Whether the employee says that they don't know."""
    return bool(_UNSURE.search(text))


def is_question(text: str) -> bool:
    """Whether a sentence asks the coach something."""
    return text.rstrip().endswith("?")


def asks_about_coach(text: str) -> bool:
    """Whether the employee wants to know who or what they talk to."""
    return bool(_ABOUT_COACH.search(text))


def is_instruction(text: str) -> bool:
    """Whether a sentence tries to command the coach; such text is data and is left out, never followed."""
    return bool(_INSTRUCTION.search(text))


def is_meta(text: str) -> bool:
    """Whether a sentence says nothing about a goal."""
    words = len(text.split())
    if _ADVERT.match(text):
        return True
    if is_question(text) or is_instruction(text) or not has_words(text) or _SMALL_TALK.match(text):
        return True
    return words <= 9 and (bool(_DONE.search(text)) or (bool(_UNSURE.search(text)) and not re.search(r"\d", text)))


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
