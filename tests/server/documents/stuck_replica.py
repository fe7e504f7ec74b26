"""`python -m tests.server.documents.stuck_replica <database url> <port>` is a server whose uploads never end, to be killed."""

import asyncio
import sys

import server.documents.library
from tests.server.documents.held_library import HeldEmbeddings, builder
from tests.server.replica import serve


def main(url: str, port: str) -> None:
    """Serve until killed."""
    setattr(server.documents.library, "build_embeddings", builder(HeldEmbeddings(asyncio.Event())))  # noqa: B010
    serve(url, int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
