"""Ports for servers that a test starts, also for those that bind theirs in a process of their own, a while later."""

import os
import random
import socket
from contextlib import suppress
from itertools import cycle

# Above those that browsers refuse, and below those that systems give to outgoing connections, which would take a port between
# its choice and its use. Apart from the other test workers' of this run, and in an order that another run hardly has.
_FIRST = 12_000 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 20 * 1_000
_PORTS = cycle(random.sample(range(_FIRST, _FIRST + 1_000), 1_000))


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now and no other test of this process was given lately."""
    while True:
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port := next(_PORTS)))
            return port
