"""Texts that may tell of a crisis and may be none: the first that the head is unsure about, whatever it learned last."""

from nodes.understanding.acts import hear

_TEXTS = (
    "I want to kill the old one",
    "I want to kill the old process",
    "I want to blow up the old depot",
    "I will destroy them all in 2027",
    "Jump off the crane and land on the mat",
    "I plan to end it by June",
    "I want to finish off the old dog",
    "I want to shoot more of them",
)


def unsure() -> str:
    """A text without a stop that would be content if it were none; with a stop it is as unsure."""
    return next(text for text in _TEXTS if all(_is_unsure(text + stop) for stop in ("", ".")))


def _is_unsure(text: str) -> bool:
    return [(one.danger, one.otherwise) for one in hear(text)] == [(1, "content")]
