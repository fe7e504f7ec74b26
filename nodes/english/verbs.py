"""Verbs of work: which words are verbs, and their base and -ing forms."""

import re
from itertools import islice

from nodes.english.lexicon import POSITIONS, singular, word_set
from nodes.english.vocabulary import read_file

_CLEAR = frozenset(
    str.split("""
        accelerate accomplish achieve acquire act adapt add address administer adopt advance advise aim align analyse
        analyze apply arrange assemble assess assist attend attract automate avoid be become begin bring build care
        carry catch celebrate certify choose clean close collaborate collect communicate complete conduct consolidate
        continue contribute convert cook coordinate create cultivate cut decrease define delegate deliver deploy
        describe develop diagnose digitise digitize discuss do document double earn educate eliminate enable encourage
        engage enhance enrol enroll ensure enter establish evaluate evolve exceed expand explain explore extend
        facilitate fill find finish fix follow foster fulfil generate get give go grow halve handle have help hire
        hold host identify implement improve increase initiate inspire install integrate introduce investigate join
        keep launch lead learn leave listen lower maintain make manage master measure meet mentor migrate minimise
        minimize modernise modernize motivate move negotiate observe obtain offer open operate optimise optimize
        organise organize oversee participate pass perform persuade pick practise prepare prevent prioritise
        prioritize produce progress promote propose protect prove provide publish pursue put qualify raise reach read
        rebuild receive recognise recognize recruit redesign reduce refactor refine register remain remove renew
        reorganise reorganize replace represent research resolve retain revise rewrite run save secure sell serve
        shorten simplify solve speak specialise specialize spend stay strengthen streamline study submit succeed
        supervise sustain take talk teach tell test tidy train transform translate travel treat turn understand unify
        update upgrade use utilise validate visit volunteer win work write respect thank admit treat stand share ask
        apologise apologize say own know let set sign stop try trust shadow swap upsell cross-train cross-sell sweep
        pack load clean paint weld wire debug code program draft edit chair teach grade mark coach counsel feed nurse
        screen vaccinate treat discharge bake season taste plate source order bill invoice file reconcile forecast
        budget pitch prospect close renew book ring phone email text post blog film drive ride load unload stack label
        pick wrap weigh inspect calibrate sew knit prune plant harvest rotate restructure onboard offboard mediate
        arbitrate advocate defend litigate draft scale pilot prototype sketch design model engage empower encourage
        strengthen spread reflect rest switch free limit resolve triage analyse audit chase benchmark survey map
        monitor track log record report propose campaign fundraise network host finish attain tackle embed own
        champion spearhead drive deepen broaden widen raise boost lift shrink slash trim fall rise consult assign earn
        ace sit pass start begin listen rehearse perform compose think feel stick check double-check step change speed
        appoint elect nominate kill ditch
        cover review present mean see come call invite put interview transition kneel skip chat greet appeal publish
        retire specialise digitise digitize halve stock refresh observe retrain commission validate sit renegotiate
        accompany inform guarantee prioritise double-check re-read reuse recycle smile laugh wait knock calm accept appraise
        approve brew buy calculate compare compile compute configure decorate defrost delete demonstrate dig disinfect
        dismantle dispense donate download draw eat examine execute finalise finalize fold formulate grind gain immunise
        inject insert instruct insure knead look lose memorise memorize merge mix mop mow notarise peel pour prescribe
        procure proofread push quit recertify refill refuel refurbish reimburse relocate renovate reopen repaint reply
        respond restart restore rewire rinse sanitise seek send sharpen show shred sing solder sow specify stabilise
        standardise standardize sterilise sterilize summarise summarize swim throw tighten transcribe unpack upload
        vacuum verify wipe wear hang spend hear find forget
    """)
)
_ALSO_NOUNS = frozenset(
    str.split("""
        act address aim audit balance benchmark budget care catch change chair check clean coach contact control cook
        cover cut design deal document drive earn exchange experiment feature feel focus forecast guide help host
        increase inventory invite label lead lower map market master measure mentor monitor network offer open order
        organize pair pass pilot plan practice present process produce progress promote question raise reach record
        refactor report research respect review run rotate sample save schedule scale score serve set share shift ship
        sign speed staff step stand stay stock stop store study supervise support survey talk target test thank track
        trade train travel treat trial trust turn tutor update upgrade use visit work upskill answer sort fit seal roast
        slice wash repair print scan list count copy type watch walk service play return transfer mount
    """)
)
VERBS = _CLEAR | _ALSO_NOUNS
_DOUBLING = frozenset(
    str.split("""
        get run set plan cut stop begin win put let sit ship map submit commit refer control chat swap drop spot step
        dig hit quit scan plug log enrol fulfil knit trim program wrap
        admit permit omit transfer equip prefer reset upset occur
    """)
)
_LONGEST_ROLE = 5
_IRREGULAR = {"be": "being", "die": "dying", "lie": "lying", "tie": "tying"}
_NEVER_AFTER_VERB = frozenset(["of", "is", "are", "was", "were", "will", "should", "and", "or", "but"])
_PREPOSITIONS = frozenset(["for", "in", "at", "by", "to", "from", "as"])
_ALSO_DEEDS = word_set("ambassador artist author builder chair champion guard intern judge maker rep setter")
"""Posts in a goal; where somebody speaks of what they want, as often what they do or like."""
_POSTS = (POSITIONS - _ALSO_DEEDS) | word_set("chief counsel guide host master sister keeper minder worker")
"""The last ones are posts where somebody says what they want to be; in a goal they name other things."""
_THIRD = {"is": "be", "has": "have", "does": "do", "goes": "go", "am": "be", "are": "be", "was": "be", "were": "be"}
_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")
_SHORT = re.compile(r"[^aeiou]+[aeiou][bdgmnprt]")
"""One syllable that doubles its last letter: `skip`, `chat`."""
_PHRASE_END = re.compile(r"[,;:.()\n\d]|\s(?:of|in|for|at|with|on|to|by|who|where|and|or|from)\s|$", re.IGNORECASE)
_OF_LEARNING = frozenset(
    str.split(
        "course courses training workshop workshops class classes exam certificate licence license diploma programme program test"
    )
)
_DETERMINERS = frozenset(str.split("a an the my our this that one two three four five six new some all every each"))


def gerund(base: str) -> str:
    """`lead` as `leading`; the word is taken to be a base form."""
    low = base.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low in _DOUBLING:
        return low + low[-1] + "ing"
    if _SHORT.fullmatch(low):
        return low + low[-1] + "ing"
    if low.endswith("e") and not low.endswith(("ee", "oe", "ye")):
        return low[:-1] + "ing"
    return low + "ing"


_BASE_OF = {gerund(verb): verb for verb in VERBS}
_IRREGULAR_PAST: dict[str, list[str]] = {
    verb: forms.split() for verb, forms in read_file("irregular")["past"]["values"].items()
}


def _regular_past(base: str) -> str:
    doubled = gerund(base).removesuffix("ing") if base in _DOUBLING or _SHORT.fullmatch(base) else ""
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    return f"{doubled or base.removesuffix(chr(101))}ed"


_BY_RULE = VERBS - _IRREGULAR_PAST.keys()
_REGULAR = {_regular_past(verb): verb for verb in _BY_RULE} | {
    f"{v}led": v for v in _BY_RULE if v.endswith(("el", "al"))
}
_PARTICIPLES: dict[str, str] = _REGULAR | {forms[-1]: verb for verb, forms in _IRREGULAR_PAST.items()}


def having(base: str) -> str:
    """`take` as `having taken`."""
    forms = _IRREGULAR_PAST.get(base)
    return f"having {forms[-1] if forms else _regular_past(base)}"


def base_of_participle(word: str) -> str:
    """The base form of a past participle (`broken`, `put`); empty for anything else."""
    return _PARTICIPLES.get(word.lower(), "")


def base_of(word: str) -> str:
    """The base form of a base or -ing form that is known; empty for anything else."""
    low = word.lower()
    if low in VERBS or (low.startswith("re") and low[2:] in VERBS):  # `redo`, `repaint`: again
        return low
    return _BASE_OF.get(low, "")


def base_of_present(word: str) -> str:
    """As `base_of`, and of third-person forms (`leads`, `is`) too."""
    low = word.lower()
    if low in _THIRD:
        return _THIRD[low]
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if low.endswith(ending) and low[: -len(ending)] + instead in VERBS:
            return low[: -len(ending)] + instead
    return base_of(low)


def leading_verb(text: str, *, strict: bool = False, start: int = 0) -> str:
    """The base form of the verb that opens `text` at `start`, empty when it opens with something else.

    A word that can be a noun too counts as a verb only when something follows it that can be its object; `strict`
    doubts prepositions as well, for places where a noun is as likely (`sales and support for hotels`).
    """
    words = _WORD.findall(text[start : start + 80])
    base = base_of(words[0]) if words and not text[start : start + 80].lstrip()[:1].isdigit() else ""
    if base and words[0].lower().endswith("ing") and len(words) > 1 and words[1].lower() in _OF_LEARNING:
        return ""  # `pruning course`: what the course is about
    if not base or words[0].lower() not in _ALSO_NOUNS:
        return base
    if len(words) < 2 or _names_role(text, start):
        return ""
    doubtful = _NEVER_AFTER_VERB | _PREPOSITIONS if strict and base != "work" else _NEVER_AFTER_VERB
    return "" if words[1].lower() in doubtful else base


def _names_role(text: str, start: int) -> bool:
    """Whether the words up to the first preposition or comma name a position (`control room supervisor`)."""
    words = _phrase(text, start, _LONGEST_ROLE)
    if not 2 <= len(words) <= _LONGEST_ROLE or words[1].lower() in _DETERMINERS:
        return False
    return is_role(words[-1]) and not words[-1].endswith("s")


def names_role(text: str) -> bool:
    """Whether a phrase without a verb opens with a position: `head of sales`, `senior data analyst in Leeds`."""
    words = _phrase(text, 0, _LONGEST_ROLE + 1)
    return 1 <= len(words) <= _LONGEST_ROLE + 1 and is_role(words[-1])


def title_span(text: str) -> tuple[int, int]:
    """Where the position stands in a phrase that names one: `a shift lead` of `become a shift lead with 8 people`."""
    opening = _OPENS_TITLE.match(text)
    start = opening.end() if opening else 0
    end = _TITLE_END.search(text, start)
    return start, end.start() if end else len(text)


_TITLE_END = re.compile(
    r"[,;:.()\n\d]|\s(?:in|for|at|with|on|to|by|who|where|and|or|from|of(?= \d))\s|$", re.IGNORECASE
)
_OPENS_TITLE = re.compile(
    r"(?:(?:i|we|want|would|will|like|love|hope|plan|to|['’]d|['’]ll|be|become|becoming|being|get|work|working|as|in|see|myself|wanna|gonna|i['’]d|"
    r"i['’]ll|step|up|into|grow|move|role|of)\s+)*",
    re.IGNORECASE,
)


def _phrase(text: str, start: int, most: int) -> list[str]:
    """The words up to the first preposition or comma, one more than `most` where there are more."""
    words = list(islice(_WORD.finditer(text, start), most + 1))
    stop = words[-1].end() + 1 if len(words) > most else len(text)
    end = _PHRASE_END.search(text, start, stop)
    return [word[0] for word in words if end is None or word.start() < end.start()]


def is_role(word: str) -> bool:
    """Whether a word names a position."""
    return singular(word.lower()) in _POSTS
