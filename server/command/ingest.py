"""Company documents from the command line: read files in, with a bar for each."""

import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeRemainingColumn

from migrations.apply import EmbeddingMismatch
from retrievers.embeddings import EmbeddingModel
from retrievers.files import ENDINGS
from retrievers.ingest import Upload, ingest
from retrievers.library import Library
from retrievers.reindex import reindex
from server.command.start import database_url, migrate
from server.documents.library import embedding_model
from server.settings import Settings
from state.errors import PetrafError
from state.identity import Caller, TenantId
from state.records.database import Database, Transaction
from state.records.documents.documents import Document, audit_document, list_documents
from state.records.documents.jobs import Figures


class NoSuchFile(PetrafError):
    """No such file: {paths}. Check the path."""


class NothingToRead(PetrafError):
    """{path} holds no document: none of its files ends with {endings}."""


class SomeRefused(PetrafError):
    """{refused} of {total} files were refused, see above; the others are read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read for which company, and on whose behalf."""

    library: Library
    tenant: TenantId
    category: str
    metadata: Mapping[str, str]
    by: str
    replace: bool
    """Whether a file takes the place of the document of the same name in the category."""


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files, and those of the folders that can be read. Raises NoSuchFile or NothingToRead."""
    if absent := [str(path) for path in paths if not path.exists()]:
        raise NoSuchFile(paths=", ".join(absent))
    return [file for path in paths for file in _files(path)]


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    held = sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in ENDINGS)
    if not held:
        raise NothingToRead(path=path, endings=", ".join(sorted(ENDINGS)))
    yield from held


async def read_in(reading: Reading, files: Sequence[Path]) -> None:
    """Read the files in, each with a bar; one that is refused doesn't keep the others out. Raises SomeRefused at the end."""
    bars = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[figures]}"),
        TimeRemainingColumn(elapsed_when_finished=True),
        console=Console(stderr=True),
        transient=not sys.stderr.isatty(),
    )
    refused = 0
    with bars:
        for path in files:
            bar = bars.add_task(path.name, total=None, figures="reading")
            try:
                document = await _read(reading, path, bars, bar)
            except (PetrafError, OSError) as error:
                bars.update(bar, figures="refused", total=1)
                said = error.message if isinstance(error, PetrafError) else f"{path} can't be read: {error.strerror}."
                bars.console.print(said, style="red", markup=False, highlight=False)
                refused += 1
            else:
                print(f"{path.name}: {document.passages} passages, document {document.id}")
    if refused:
        raise SomeRefused(refused=refused, total=len(files))


async def _read(reading: Reading, path: Path, bars: Progress, bar: TaskID) -> Document:
    replaces = await _replaced(reading, path.name) if reading.replace else None

    async def audited(tx: Transaction, document: Document) -> None:
        await audit_document(tx, Caller(reading.by), "replaced" if replaces else "uploaded", document)

    def show(figures: Figures) -> None:
        bars.update(bar, completed=figures.passages_done, total=figures.passages, figures=_told(figures))

    upload = Upload(path.name, await asyncio.to_thread(path.read_bytes), reading.category, reading.metadata)
    return await ingest(
        reading.library, reading.tenant, upload, reading.by, replaces=replaces, record=audited, on_progress=show
    )


def _told(figures: Figures) -> str:
    if figures.passages is None:
        return f"page {figures.pages_read} of {figures.pages or '?'}"
    rate = f", {figures.embeddings_per_second} a second" if figures.embeddings_per_second else ""
    return f"{figures.passages_done} of {figures.passages} passages{rate}"


async def _replaced(reading: Reading, filename: str) -> str | None:
    async with reading.library.database.tenant(reading.tenant) as tx:
        same = [d.id for d in await list_documents(tx) if (d.filename, d.category) == (filename, reading.category)]
    return same[0] if same else None


def reindex_all(settings: Settings, to: str) -> None:
    """Move the corpus to the model `to`, else to the setting's, with a bar."""
    target = embedding_model(settings, to or None)
    with database_url(settings) as url:
        with suppress(EmbeddingMismatch):  # the setting may name the new model already
            migrate(settings, url)
        moved = asyncio.run(_reindex(url, target))
    print(
        f"{moved} passages are embedded with {target.name} now. Set PETRAF_EMBEDDINGS={target.name} for the next start."
    )


async def _reindex(url: str, target: EmbeddingModel) -> int:
    async with Database.connect(url, pool_size=8) as database:
        with Progress(*Progress.get_default_columns(), console=Console(stderr=True)) as bars:
            bar = bars.add_task(f"embedding with {target.name}", total=None)
            return await reindex(
                database, url, target, lambda done, total: bars.update(bar, completed=done, total=total)
            )
