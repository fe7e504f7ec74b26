"""What a coach can fail with. The docstrings are the messages."""

from typing import ClassVar

from state.conversation import NO_USAGE, Usage
from state.errors import PetrafError


class CoachUnavailable(PetrafError):
    """The language model {what}. What you wrote is kept and nothing is lost: send it again in a moment. If it keeps
    happening, your administrator can check the model's name, address and key (docs/models.md)."""

    code: ClassVar[str] = "MODEL_UNAVAILABLE"
    status: ClassVar[int] = 503
    recoverable: ClassVar[bool] = True

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class CoachReplyUnfit(PetrafError):
    """The language model answered twice in a form that can't be used: {what}. What you wrote is kept and nothing is
    lost: try again, or say it in other words. If it keeps happening, the model may be too small (docs/models.md)."""

    code: ClassVar[str] = "MODEL_REPLY_INVALID"
    status: ClassVar[int] = 502
    recoverable: ClassVar[bool] = True

    def __init__(self, what: str, usage: Usage = NO_USAGE) -> None:
        super().__init__(what=what)
        self.usage = usage
        """What the answers cost all the same."""
