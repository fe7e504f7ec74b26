"""What a figure of an evaluation must reach."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that must be reached."""

    name: str
    wanted: str
    got: str
    held: bool
