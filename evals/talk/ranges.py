"""Between which numbers what flows into each matrix lies: where the bytes of the packed layers begin and end."""

from collections.abc import Callable, Sequence

from tokenizers import Tokenizer
from torch import Tensor, nn

from evals.talk.network import Network
from evals.talk.tuning import scores_of

EVERY = 10
"""Every tenth text is enough."""
WITHIN = 0.9999
"""Share of numbers inside a range; the few beyond it are cut off, so that the rest is told apart more finely."""
MOST = 1_000_000
"""Numbers of one matrix that are looked at in one batch."""


def ranges(network: Network, cut: Tokenizer, texts: Sequence[str]) -> dict[str, tuple[float, float]]:
    """The range of each matrix in the layers, by its name."""
    lows: dict[str, list[float]] = {}
    highs: dict[str, list[float]] = {}

    def watch(name: str) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def see(_: nn.Module, given: tuple[Tensor, ...]) -> None:
            numbers = given[0].flatten()[:MOST].sort().values
            beyond = int(len(numbers) * (1 - WITHIN) / 2)
            lows.setdefault(name, []).append(float(numbers[beyond]))
            highs.setdefault(name, []).append(float(numbers[-1 - beyond]))

        return see

    watched = [
        module.register_forward_pre_hook(watch(name))
        for name, module in network.named_modules()
        if name.startswith("layers.") and isinstance(module, nn.Linear)
    ]
    scores_of(network, cut, texts[::EVERY])
    for handle in watched:
        handle.remove()
    return {name: (min(lows[name]), max(highs[name])) for name in lows}
