"""Benchmark B: a PDF through the whole pipeline, against embedding the same passages with the bare model, and its memory.

Each size runs in a process of its own (`python -m bench.ingestion <address> <pages> <times>`): memory is told of processes.
"""

import asyncio
import io
import json
import re
import resource
import subprocess
import sys
import textwrap
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings
from reportlab.pdfgen.canvas import Canvas
from rich.progress import Progress as Shown

from bench.corpus import SEED
from bench.places import ROOT
from bench.server import bench_server, database_url, drop_database
from bench.windows import load_texts
from migrations.apply import upgrade
from retrievers import reading
from retrievers.embeddings import build_embeddings
from retrievers.ingest import Upload, ingest
from retrievers.library import Library
from state.identity import proven_tenant
from state.records.companies.tenants import NewTenant, seed_tenant
from state.records.database import Database
from state.records.documents.jobs import Figures

PAGES = (20, 100, 200)
TIMES = 3
"""Documents of the largest size, each followed by its floor: a noisy machine is noisy for both."""
LINES, WIDTH, LEFT, TOP, HEIGHT = 42, 92, 60, 780, 16
DATABASE = "bench_ingest"
WATCHED_SECONDS = 0.1
"""Looking more often takes 2% of the time that is measured; the peak is a high-water mark, so nothing is missed between."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """One size of document."""

    pages: int
    passages: int
    seconds: float
    reading: float
    embedding: float
    writing: float
    floor: float
    """Seconds for embedding alone; 0 where that wasn't measured."""
    before_mb: int
    """Most memory that the process had ever taken before, with the model loaded and used."""
    peak_mb: int
    """And when one document was done."""
    reader_mb: int
    """Most of the process that reads the file."""

    @property
    def ratio(self) -> float:
        """Speed against the bare model's."""
        return self.floor / self.seconds


def run_ingestion(shown: Shown) -> list[Ingested]:
    """Every size in a fresh process; only the largest is compared with its floor."""
    task = shown.add_task("ingesting PDFs", total=len(PAGES))
    measured: list[Ingested] = []
    with bench_server() as server:
        drop_database(server, DATABASE)
        url = database_url(server, DATABASE)
        upgrade(url, "local", build_embeddings("local").dimensions)
        for pages in PAGES:
            times = TIMES if pages == PAGES[-1] else 0
            command = [sys.executable, "-m", "bench.ingestion", url, str(pages), str(times)]
            done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)  # noqa: S603
            measured.append(Ingested(**json.loads(done.stdout.splitlines()[-1])))
            shown.advance(task)
    return measured


def pdf_of(pages: int, seed: int) -> bytes:
    """A handbook of so many pages of real sentences, another one for each seed."""
    windows, _ = load_texts()
    rng = np.random.default_rng((SEED, pages, seed))
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(595, 842))
    for page in range(pages):
        canvas.setFont("Helvetica-Bold", 15)
        canvas.drawString(LEFT, TOP + 2 * HEIGHT, f"{page + 1}. {windows[rng.integers(len(windows))][:50]}")
        canvas.setFont("Helvetica", 10)
        lines: list[str] = []
        while len(lines) < LINES:
            lines += [*textwrap.wrap(" ".join(windows[rng.integers(len(windows))] for _ in range(3)), WIDTH), ""]
        for number, line in enumerate(lines[:LINES]):
            canvas.drawString(LEFT, TOP - number * HEIGHT, line)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


class Recording(Embeddings):
    """Keeps the batches that it embeds, to embed them again without the pipeline."""

    def __init__(self, inner: Embeddings) -> None:
        self.inner = inner
        self.batches: list[list[str]] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The inner model's vectors."""
        return self.inner.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """The inner model's vector."""
        return self.inner.embed_query(text)

    async def aembed_documents(self, texts: list[str]) -> list[list[float]]:
        """As the inner model does it beside the event loop."""
        self.batches.append(texts)
        return await self.inner.aembed_documents(texts)


async def _measure(url: str, pages: int, times: int) -> Ingested:
    model = build_embeddings("local")
    recording = Recording(model.embeddings)
    async with Database.connect(url, pool_size=4) as database:
        library = Library(database, replace(model, embeddings=recording))
        files = [pdf_of(pages, seed) for seed in range(max(times, 1))]
        recording.embed_documents([files[0].hex()[:2_000]] * model.batch)
        before = _peak_mb()
        one = Ingested(pages, 0, 0.0, 0.0, 0.0, 0.0, 0.0, before, 0, 0)
        for seed, data in enumerate(files):
            name = f"bench-{pages}-{seed}"
            row, _ = await seed_tenant(database, NewTenant(name, name, f"{name}.example", "hr@bench.example"))
            upload = Upload(f"{name}.pdf", data, "policies", {})
            recording.batches.clear()
            watching = asyncio.create_task(_reader_peak_mb())
            one = _added(one, await _timed(library, row.id, upload))
            watching.cancel()
            one = replace(one, peak_mb=one.peak_mb or _peak_mb(), reader_mb=max(one.reader_mb, await watching))
            if times:
                one = replace(one, floor=one.floor + _embed_alone(recording))
    return one


async def _timed(library: Library, tenant: object, upload: Upload) -> Ingested:
    """Seconds in all and of each part, by what the ingestion tells of its progress."""
    begun = time.perf_counter()
    read = embedded = begun

    def hear(progress: Figures) -> None:
        nonlocal read, embedded
        if progress.passages is not None:
            read = read if progress.passages_done else time.perf_counter()
            embedded = time.perf_counter()

    document = await ingest(library, proven_tenant(str(tenant)), upload, "bench", on_progress=hear)
    ended = time.perf_counter()
    seconds = (ended - begun, read - begun, embedded - read, ended - embedded)
    return Ingested(document.pages or 0, document.passages, *seconds, 0.0, 0, 0, 0)


def _added(one: Ingested, other: Ingested) -> Ingested:
    return replace(
        one,
        passages=one.passages + other.passages,
        seconds=one.seconds + other.seconds,
        reading=one.reading + other.reading,
        embedding=one.embedding + other.embedding,
        writing=one.writing + other.writing,
    )


def _embed_alone(recording: Recording) -> float:
    begun = time.perf_counter()
    for batch in recording.batches:
        recording.inner.embed_documents(batch)
    return time.perf_counter() - begun


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


async def _reader_peak_mb() -> int:
    """Most memory of a process that reads, until cancelled. Linux tells it while the process lives (`VmHWM`); what is told of
    an ended child includes what this process had when the child began."""
    peak = 0
    with suppress(asyncio.CancelledError):
        while True:
            server = reading._READERS.process
            peak = max(peak, *(_high_water_mb(pid) for pid in _children(server.pid if server else 0)), 0)
            await asyncio.sleep(WATCHED_SECONDS)
    return peak


def _children(pid: int) -> list[int]:
    """A process and its children, as far as they live."""
    with suppress(OSError):
        return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    return []


def _high_water_mb(pid: int) -> int:
    with suppress(OSError):
        told = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        return int(told[1]) // 1024 if told else 0
    return 0


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(_measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))))
