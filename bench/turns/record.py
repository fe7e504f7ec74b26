"""What is written down of one contender."""

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median


@dataclass(slots=True)
class Measured:
    """One contender: a number a round, by conversations at once."""

    turns_s: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu_ms: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    word_ms: list[float] = field(default_factory=list)
    """From the request to the first word, without the model's own wait."""
    first_ms: list[float] = field(default_factory=list)
    """From the request to the stream's first line."""
    new_words_cpu_ms: list[float] = field(default_factory=list)
    """Like `cpu_ms`, where no two employees say the same, so that nothing remembered of another's text helps."""
    bare_word_ms: list[float] = field(default_factory=list)
    """Like `word_ms`, where the company's documents aren't asked."""
    memory_mb: float = 0.0
    statements: float = 0.0
    """A turn, whatever is sent to the database: what opens a transaction counts too."""
    commits: float = 0.0
    checkpoint_bytes: float = 0.0
    """Of one conversation, after LONG_TALK turns."""
    tokens: float = 0.0
    """Of one journey, beside the system's prompts."""

    def rate(self, at_once: int) -> float:
        """Turns a second, the median round."""
        return median(self.turns_s[at_once])

    def cpu(self, at_once: int) -> float:
        """Milliseconds of the server's processor time a turn, the median round."""
        return median(self.cpu_ms[at_once])
