"""Benchmark D: acts, language and parse of one message, in milliseconds of processor time, against some matrix products."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from rich.progress import Progress

from nodes.understanding.acts import hear
from nodes.understanding.changes import change
from nodes.understanding.contrasts import find_contrast
from nodes.understanding.frames import Message
from nodes.understanding.heads import language_of, load_head
from nodes.understanding.mending import read_mend

MESSAGES = (
    "in two years I would like to lead the night shift on ward four, with eight nurses and two trainees, "
    "and I want to finish the wound care course by next May so the others can ask me",
    "honestly I don't know, maybe something with logistics, I drive the 18 tonne truck now and my back hurts a lot, "
    "but I could plan the routes for our nine drivers by spring 2028 instead",
    "Three values matter to me: fairness, I always split the weekend shifts evenly, honesty, I tell customers when a part "
    "is late, and patience, I explain the till as often as somebody needs it. Is that enough?",
    "no wait, change the date to June 2028 please, and it is six apprentices and not four, the rest can stay as it is. "
    "By the way who else is going to read what I am writing here?",
    "I will book the welding exam in March, practise two evenings a week with Ali in hall three, "
    "and by the end of August have the certificate. Can you shorten the second sentence, it sounds a bit stiff?",
    "thanks, that looks good to me! only the part about the budget, leave that out, I never really wanted it. "
    "And what does measurable mean, is it a number or can it be something else too?",
    "In zwei Jahren möchte ich die Frühschicht in der Bäckerei leiten, fünf Leute anlernen und die Bestellungen selbst planen. "
    "Nein, warte, lieber vier Leute, und bis Ende März 2028 mache ich den Meister. Was zählt hier als Ziel?",
    "Dentro de dos años quiero ser encargada de la tienda, con siete personas a mi cargo, y reducir las mermas un 10 %. "
    "Perdón, quería decir ocho personas. ¿Quién va a leer esto, mi jefa o nadie más?",
    "D'ici deux ans je voudrais diriger l'atelier de couture avec six personnes et former deux apprenties chaque année. "
    "Non, plutôt une seule apprentie. Je suis fatiguée en ce moment, mais on peut continuer, merci beaucoup à toi",
    "Za dwa lata chcę prowadzić magazyn z dziesięcioma osobami i skrócić czas wydania towaru o połowę. "
    "Nie, czekaj, o jedną trzecią. Nie wiem, czy to się uda, bo brakuje nam ludzi, ale spróbuję do czerwca. Pasuje tak?",
)
"""About 35 words each, as employees write them."""
ROUNDS = 20
TARGET = 4.0
"""Milliseconds that a message may take."""
FLOOR_SHAPE, FLOOR_TIMES = (60, 64, 64), 100
"""Rows, their numbers and columns of the floor's product, small enough for one thread, and how often it is taken."""


@dataclass(frozen=True, slots=True)
class Understood:
    """Milliseconds of processor time, message by message."""

    acts: list[float] = field(default_factory=list)
    language: list[float] = field(default_factory=list)
    parse: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)

    @property
    def whole(self) -> list[float]:
        """All three together."""
        return [sum(parts) for parts in zip(self.acts, self.language, self.parse, strict=True)]


def run_understanding(progress: Progress) -> Understood:
    """Read every message ROUNDS times, nothing remembered from before."""
    times, product = Understood(), _product()
    for text in progress.track([*_rounds()], description="reading messages"):
        _forget()
        times.acts.append(_milliseconds(lambda text=text: hear(text)))  # type: ignore[misc]
        times.language.append(_milliseconds(lambda text=text: language_of(text)))  # type: ignore[misc]
        times.parse.append(_milliseconds(lambda text=text: _parsed(text)))  # type: ignore[misc]
        times.floor.append(_milliseconds(product))
    return times


def _rounds() -> Iterator[str]:
    """Once to warm up without being counted, then every message in turn."""
    for text in MESSAGES:
        hear(text)
        language_of(text)
        _parsed(text)
    for _ in range(ROUNDS):
        yield from MESSAGES


def _forget() -> None:
    for remembering in (hear, read_mend, find_contrast):
        remembering.cache_clear()
    for name in ("acts", "language"):
        load_head(name).forget()


def _parsed(text: str) -> None:
    change([], {"m1": text}, Message("m1", "g4_future", text), hear(text))


def _product() -> Callable[[], object]:
    rows, numbers, columns = FLOOR_SHAPE
    random = np.random.default_rng(0)
    left = random.normal(size=(rows, numbers)).astype(np.float32)
    right = random.normal(size=(numbers, columns)).astype(np.float32)
    return lambda: [left @ right for _ in range(FLOOR_TIMES)]


def _milliseconds(work: Callable[[], object]) -> float:
    """Of this process, all its threads."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000
