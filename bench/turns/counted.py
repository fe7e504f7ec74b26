"""Petraf with its statements and commits counted at the driver: `python -m bench.turns.counted serve --demo`.

At SIGUSR1 both numbers are written into the file that `BENCH_COUNTS` names.
"""

import json
import os
import signal
from collections import Counter
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection, AsyncCursor
from psycopg.pq import TransactionStatus

from server.command.main import main

counts: Counter[str] = Counter()


def count_calls() -> None:
    """Count what every connection is given to do from now on."""
    execute, commit = AsyncCursor.execute, AsyncConnection.commit

    async def counted_execute(cursor: Any, *given: Any, **more: Any) -> Any:
        counts["statements"] += 1
        return await execute(cursor, *given, **more)

    async def counted_commit(connection: Any) -> None:
        counts["commits"] += connection.info.transaction_status == TransactionStatus.INTRANS
        await commit(connection)

    setattr(AsyncCursor, "execute", counted_execute)  # noqa: B010
    setattr(AsyncConnection, "commit", counted_commit)  # noqa: B010


def tell(*_: object) -> None:
    """Write the numbers so far."""
    written = Path(os.environ["BENCH_COUNTS"])
    written.with_suffix(".new").write_text(json.dumps(counts))
    written.with_suffix(".new").replace(written)


if __name__ == "__main__":
    count_calls()
    signal.signal(signal.SIGUSR1, tell)
    main()
