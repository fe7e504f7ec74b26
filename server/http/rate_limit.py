"""How often one address may ask for something costly: a moving window, counted in this process's memory.

The limit holds for each server process: behind N replicas an address may get N times as much. `limits` forgets an address
when its window is over, so that memory is bounded by the addresses of the last moments.
"""

from collections.abc import Awaitable, Callable
from weakref import WeakKeyDictionary

from fastapi import FastAPI, Request
from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from server.http.errors import RateLimited


class RateLimit:
    """So many requests of one address within any second."""

    def __init__(self, a_second: int) -> None:
        self.storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self.storage)
        self._window = RateLimitItemPerSecond(a_second)

    async def admit(self, address: str | None) -> None:
        """Count a request. Raises RateLimited for one too many, which isn't counted. Clients without an address share one."""
        if not await self._limiter.hit(self._window, address or ""):
            raise RateLimited(most=self._window.amount, retry_after=self._window.get_expiry())


def at_most(a_second: int) -> Callable[[Request], Awaitable[None]]:
    """A dependency that admits so many requests a second of one address to its route, counted by each server for itself."""
    limits: WeakKeyDictionary[FastAPI, RateLimit] = WeakKeyDictionary()

    async def admit(request: Request) -> None:
        limit = limits.setdefault(request.app, RateLimit(a_second))
        await limit.admit(client_ip(request))

    return admit


def client_ip(request: Request) -> str | None:
    """The address that asks; of a proxy in FORWARDED_ALLOW_IPS (loopback where unset), the one that X-Forwarded-For names."""
    return request.client.host if request.client else None
