"""Starting and stopping as a stranger does: one process, an embedded database, a demo company."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from server.command.main import main
from server.settings import read_settings
from state.errors import PetrafError
from state.records.embedded import cluster_folder, embedded_postgres
from tests.ports import free_port

ROOT = Path(__file__).parents[3]
PETRAF = Path(sys.executable).with_name("petraf")
DEADLINE_SECONDS = 60
TENANT = "550e8400-e29b-41d4-a716-446655440000"


def environment(folder: Path, port: int, **more: str) -> dict[str, str]:
    return {**os.environ, "PETRAF_DATA_DIR": str(folder), "PORT": str(port), "PETRAF_CHAT_MODEL": "rules", **more}


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder that everybody may enter, so that the cluster stays in it also for root."""
    path = Path(f"/tmp/petraf-start-{os.getpid()}")  # noqa: S108
    path.mkdir(mode=0o755, exist_ok=True)
    yield path
    subprocess.run(["rm", "-rf", str(path)], check=True)


class Running:
    """`petraf serve --demo` in a process group of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.log = folder / "out"
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [PETRAF, "serve", "--demo"],
                cwd=ROOT,
                env=environment(folder, port),
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"X-Tenant-ID": TENANT}, timeout=30)
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + DEADLINE_SECONDS
        while "Stop with Ctrl-C" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.1)

    def stop(self, how: signal.Signals) -> int:
        self.http.close()
        os.killpg(self.process.pid, how)
        return self.process.wait(DEADLINE_SECONDS)


def postgres_runs(folder: Path) -> bool:
    return (cluster_folder(folder) / "postmaster.pid").exists()


def admin_key(text: str) -> str:
    return next(line.split()[-1] for line in text.splitlines() if "Admin key" in line)


@pytest.mark.timeout(400)  # two starts and two stops, each within DEADLINE_SECONDS
def test_a_second_start_loses_nothing_and_both_signals_stop_cleanly(folder: Path, port: int) -> None:
    first = Running(folder, port)
    key = admin_key(first.log.read_text())
    token = first.http.post("/api/session/create").json()["resume_token"]
    documents = first.http.get(f"/api/admin/documents/{TENANT}", headers={"X-Admin-Key": key}).json()
    assert documents["total"] == 4
    assert first.stop(signal.SIGTERM) in (0, -signal.SIGTERM)
    assert not postgres_runs(folder)

    second = Running(folder, port)
    assert admin_key(second.log.read_text()) == key
    assert second.http.post("/api/session/resume", json={"resume_token": token}).status_code == 200
    again = second.http.get(f"/api/admin/documents/{TENANT}", headers={"X-Admin-Key": key}).json()
    assert again == documents
    second.stop(signal.SIGINT)
    assert not postgres_runs(folder)
    assert "Traceback" not in second.log.read_text()


@pytest.fixture
def petraf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., str]:
    """The command line in this process; answers why it stopped, empty when it went well."""

    def run(*arguments: str, **variables: str) -> str:
        for name, value in {"PETRAF_DATA_DIR": str(tmp_path), **variables}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["petraf", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        return str(stopped.value.code or "")

    return run


def test_a_busy_port_is_named_in_one_line(petraf: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.command.start.stop_on_sigterm", lambda: None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = str(taken.getsockname()[1])
        answer = petraf("serve", PORT=number)
    assert number in answer
    assert len(answer.splitlines()) == 1


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "abc"),
        ("PETRAF_SECRET_KEY", "short"),
        ("PETRAF_CHAT_MODEL", "gpt"),
        ("PETRAF_EMBEDDINGS", "word2vec"),
        ("PETRAF_EMBEDDINGS", "openai:unheard-of"),
        ("PETRAF_DATABASE_URL", "mysql://here"),
        ("PETRAF_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none"),
        ("PETRAF_SESSION_AUTH", "maybe"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line_that_names_it(
    variable: str, value: str, database_url: str, petraf: Callable[..., str]
) -> None:
    answer = petraf("migrate", **{"PETRAF_DATABASE_URL": database_url, variable: value})
    assert variable in answer
    assert len(answer.splitlines()) == 1


def test_a_seeded_company_is_printed_as_json_and_taken_once(
    database_url: str, petraf: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["seed-tenant", "--slug", "t1", "--name", "T", "--domain", "t1.example", "--admin-email", "a@t1.example"]
    assert petraf(*words, PETRAF_DATABASE_URL=database_url) == ""
    made = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert set(made) == {"tenant_id", "slug", "domain", "admin_key"}
    assert "t1" in petraf(*words, PETRAF_DATABASE_URL=database_url)


def test_a_folder_with_a_space_gets_its_database_elsewhere_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("state.records.embedded.SYSTEM_FOLDER", tmp_path / "system")
    monkeypatch.setattr("state.records.embedded.LONGEST_SOCKET_PATH", 300)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    data = tmp_path / "my data"
    place = cluster_folder(data)
    assert " " not in str(place)
    assert (data / "postgres.location").read_text().strip() == str(place)
    assert cluster_folder(data) == place


def test_the_database_stops_with_its_last_user_though_another_was_killed(tmp_path: Path) -> None:
    started = "from pathlib import Path; from state.records.embedded import embedded_postgres\n"
    started += f"with embedded_postgres(Path({str(tmp_path)!r})): print('up', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", started], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        process.kill()
    with embedded_postgres(tmp_path) as url, psycopg.connect(url) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    assert not (cluster_folder(tmp_path) / "postmaster.pid").exists()


def test_settings_keep_one_secret_for_all_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETRAF_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("PETRAF_SECRET_KEY", raising=False)
    assert read_settings().secret() == read_settings().secret()
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_model_without_a_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETRAF_CHAT_MODEL", "openai:gpt-4o-mini")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(PetrafError, match="OPENAI_API_KEY"):
        read_settings()
