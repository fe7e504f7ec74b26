"""One base error; each subclass is a line of the error table in DECISIONS.md.

The docstring is the message, with the remedy; `{placeholders}` are filled from keyword arguments.
"""

from typing import ClassVar


class PetrafError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "INTERNAL"
    status: ClassVar[int] = 500
    recoverable: ClassVar[bool] = False

    def __init__(self, message: str | None = None, **details: object) -> None:
        self.message = message or " ".join((type(self).__doc__ or "").split()).format(**details)
        self.details = details
        super().__init__(self.message)
