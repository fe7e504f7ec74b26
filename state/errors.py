"""One base error; each subclass is a line of the error table in DECISIONS.md.

The docstring is the message, with the remedy; `{placeholders}` are filled from keyword arguments.
"""

from typing import ClassVar


class PetrafError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "INTERNAL"
    recoverable: ClassVar[bool] = False

    def __init__(self, message: str | None = None, **details: object) -> None:
        self.template = "" if message else " ".join((type(self).__doc__ or "").split())
        """What the message is made of, so that it can be said in another language; empty where the message was given whole."""
        self.message = message or self.template.format(**details)
        self.details = details
        super().__init__(self.message)
