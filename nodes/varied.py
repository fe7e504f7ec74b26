"""The same thing in other words: nobody should read the same sentence twice."""

from collections.abc import Sequence

from state.conversation import Line


def unsaid(wordings: Sequence[str], dialogue: Sequence[Line]) -> str:
    """The first wording that the coach has not used lately; the one used longest ago where all were."""
    spoken = [line["content"] for line in dialogue if line["role"] == "assistant"]
    return min(wordings, key=lambda wording: _last(wording, spoken))


def _last(wording: str, spoken: Sequence[str]) -> int:
    """How late it was said: -1 for never."""
    return max((at for at, text in enumerate(spoken) if wording in text), default=-1)
