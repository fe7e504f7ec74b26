"""Marks that set texts apart: taken out of what people write, and put around it on its way into a prompt."""

import re

TAGS = (
    "profile",
    "passages",
    "passage",
    "dialogue",
    "line",
    "messages",
    "message",
    "other_goals",
    "other_goal",
    "draft",
    "struck",
    "question",
    "goal",
    "rubric",
    "criterion",
)
"""Every tag our prompts use."""

_OPENING, _CLOSING = "<＜﹤‹〈⟨", ">＞﹥›〉⟩"
_INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff\\s"
_NAMES = "|".join(f"[{_INVISIBLE}]*".join(tag) for tag in sorted(TAGS, key=len, reverse=True))
_LOOKALIKE = re.compile(
    # A tag of ours in any bracket a model may take for one, and the role marks of common chat templates.
    rf"[{_OPENING}][{_OPENING}/／{_INVISIBLE}]{{0,20}}(?:{_NAMES})\b"
    rf"(?:[^{_OPENING}{_CLOSING}\n]{{0,80}}[{_CLOSING}])?"
    r"|<\|[^|\n]{0,40}\|>|\[/?INST\]|<</?SYS>>|</?s>",
    re.IGNORECASE,
)
_BRACKET = re.compile(f"[{_OPENING}{_CLOSING}]")
_MOST_PASSES = 4
_CONTROL = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_TAG = re.compile(
    r"<(script|style)\b[^>]{0,200}>.{0,2000}?</\1>|</?[a-z][a-z0-9]{0,12}(?:\s[^<>\n]{0,200})?/?>", re.I | re.S
)
_MARK = re.compile(r"<\|?/?[a-zA-Z_][^<>\n]{0,40}>|\[/?INST\]|```+|={4,}|-{4,}|#{2,}|<<+|>>+")


def neutral(text: str) -> str:
    """`text` without anything that could pass for one of our tags or for a chat template's role mark."""
    for _ in range(_MOST_PASSES):  # what is left of one may join to a new one
        cleaned = _LOOKALIKE.sub(" ", text)
        if cleaned == text:
            return text
        text = cleaned
    return _BRACKET.sub(" ", text)  # nested so often that it is an attack


def without_marks(text: str) -> str:
    """A message without control characters, markup and what looks like a prompt's delimiters."""
    return _MARK.sub(" ", _TAG.sub(" ", _CONTROL.sub("", text)))


def fence(tag: str, text: str, **attributes: object) -> str:
    """`text` as data between tags; attributes are data too."""
    marks = "".join(f' {key}="{_attribute(value)}"' for key, value in attributes.items() if value not in (None, ""))
    return f"<{tag}{marks}>\n{neutral(text).strip()}\n</{tag}>"


def group(tag: str, fenced: list[str]) -> str:
    """Fenced texts inside an outer tag; empty when there are none."""
    return "\n".join([f"<{tag}>", *fenced, f"</{tag}>"]) if fenced else ""


def _attribute(value: object) -> str:
    return re.sub(r"[<>\"\s]+", " ", neutral(str(value))).strip()
