"""How a value shows, in the -ing form and without the first person: `I tell families the truth` as `telling families the truth`."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re

from nodes.english.lexicon import IRREGULAR
from nodes.rules.first_person import depersonalise, drop_hedges
from nodes.rules.verbs import VERBS, base_of, base_of_present, gerund, leading_verb

_FINITE = re.compile(
    r"\b(?:i|we)(?:['’](?P<short>ll|m|ve|d|re))?\s+(?P<adverbs>(?:always|never|often|usually|regularly|also|only|"
    r"still|will|would|can|try to|"
    r"like to|want to|do(?! (?:it|this|that|the|a|an|my|not|so|what|all)\b)|make sure to|have to|even|just|really|actively|then|first|"
    r"gladly)\s+)*(?P<negation>(?:do not|don['’]t|won['’]t|cannot|can['’]t|will not)\s+)?"
    r"(?P<verb>[A-Za-z-]+)",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(?:will|would|can|try to|like to|want to|do|have to)\s+", re.IGNORECASE)


def as_shown(text: str) -> str:
    """How a value shows, in the -ing form: `I tell families the truth` becomes `telling families the truth`."""
    text = _WHEN_I.sub(_when, text)
    text = re.sub(
        r"^(?:and |also |then )*(?:because|that|when|so|e\.g\.|for example|like|it means|this means|by|in|how)[,:]?\s+(?=(?:i|we)\b)",
        "",
        text.strip(),
        flags=re.IGNORECASE,
    )
    text = _SO_I.sub("", text)
    words = text.split(" ", 1)
    if (base := base_of(words[0])) and words[0].lower() in VERBS:
        text = " ".join([gerund(base), *words[1:]])
    text = _WHAT_I.sub("", text)
    text = _AND_VERB.sub(_and_gerund, _FINITE.sub(_to_gerund, text))
    return depersonalise(drop_hedges(text)).strip(" .,;=")


_SO_I = re.compile(
    r"^(?:(?!\b(?:i|we)\b)[^.;])+?[, ](?:so|that['’]s why|which is why|therefore) (?=(?:i|we)\b)", re.IGNORECASE
)
"""`Deadlines matter to me so` before what "I" do."""
_WHAT_I = re.compile(r"\s+is what (?:i|we) (?:always )?(?:tell|say|teach)\b[^,.;]*", re.IGNORECASE)
_WHEN_I = re.compile(
    r"\b(?:if|when|whenever) (?:i|we) (?P<verb>[a-z]+)(?P<rest>(?: [^,.;]+?)?),? (?=(?:i|we)\b)", re.IGNORECASE
)
_AND_VERB = re.compile(
    r"(?P<first>\b[a-z-]{1,60}ing\b[^,.;]{0,80}?) (?P<join>and|or) (?P<verb>[a-z]+)\b", re.IGNORECASE
)


def _when(match: re.Match[str]) -> str:
    verb = match["verb"].lower()
    base = IRREGULAR.get(verb) or base_of_present(verb) or verb
    return f"when {gerund(base)}{match['rest']}, " if base not in _AUXILIARY else match.group()


_AUXILIARY = frozenset(["am", "be", "was", "can", "will", "do", "had", "could", "would", "are"])


def _and_gerund(match: re.Match[str]) -> str:
    """`smiling and talk slowly` as `smiling and talking slowly`."""
    verb = match["verb"].lower()
    known = verb in VERBS and leading_verb(match.string[match.start("verb") :], strict=True)
    return f"{match['first']} {match['join']} {gerund(verb)}" if known else match.group()


def _to_gerund(match: re.Match[str]) -> str:
    verb = match["verb"].lower()
    adverbs = _MODAL.sub("", match.group()[: match.start("verb") - match.start()].split(" ", 1)[1])
    adverbs = re.sub(r"(?:do not|don['’]t|won['’]t|cannot|can['’]t|will not)\s+", "not ", adverbs, flags=re.IGNORECASE)
    if match["short"] in {"m", "re"} or verb in {"am", "are"}:
        rest = "" if verb in {"am", "are"} else f" {verb}"
        return f"being {adverbs.strip()}".rstrip() + rest
    base = IRREGULAR.get(verb) or base_of_present(verb) or (verb if not verb.endswith("ed") else "")
    return f"{adverbs}{gerund(base)}" if base else f"{adverbs}{verb}"
