"""How often one address may ask for something costly: a moving window, counted in this process's memory.

The limit holds for each server process: behind N replicas an address may get N times as much. `limits` forgets an address
when its window is over, so that memory is bounded by the addresses of the last moments.
"""

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from server.http.errors import RateLimited

PREVIEWS_A_SECOND = 20
"""Of one address, all at once or spread: somebody who types fast needs ten."""
DRAFTS_A_SECOND = 4
"""Configurations tried out on sample goals, of one address."""
LOGINS_A_SECOND = 5
"""Of one address; keys are far too long to be guessed, this only keeps guessing from costing us."""


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
