"""Ports for servers that a test starts, also for those that bind theirs in a process of their own, a while later."""

import random
import socket
from contextlib import suppress
from itertools import cycle

# Below those that systems give to outgoing connections, which would take a port between its choice and its use.
# In another order in each process, so that two test workers rarely try the same.
_PORTS = cycle(random.sample(range(10_000, 30_000), 20_000))


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now and no other test of this process was given lately."""
    while True:
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port := next(_PORTS)))
            return port
