"""What a question is about, read by a head that `python -m evals.talk.topics` trains from questions and words of our own."""

from nodes.understanding.heads import load_head

ELSEWHERE = ("company", "term")
"""Topics that no text of the conversation answers: the company's documents do, or the glossary."""
EVEN = 0.5


def topic_of(question: str) -> tuple[str, float]:
    """The topic that a question about the conversation is likeliest about, and how likely that is beside all others."""
    shares = _shares(question)
    inside = {name: share for name, share in shares.items() if name not in ELSEWHERE}
    best = max(inside, key=lambda name: inside[name])
    return best, inside[best] / (sum(inside.values()) or 1.0)


def is_elsewhere(question: str) -> bool:
    """Whether it is rather about a word or the company than about the conversation."""
    shares = _shares(question)
    return sum(shares[name] for name in ELSEWHERE) >= EVEN


def _shares(question: str) -> dict[str, float]:
    head = load_head("topics")
    return dict(zip(head.labels, map(float, head.shares(question)), strict=True))
