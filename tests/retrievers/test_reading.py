"""Whatever is uploaded costs its upload only: the answer says what is wrong, and nothing is left running."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from retrievers import reading
from retrievers.errors import UnreadableDocument
from retrievers.files import Parsed
from retrievers.parse import parse
from retrievers.reading import Limits, read_document
from tests.retrievers.handbook import FORMATS, markdown, pdf
from tests.retrievers.hostile import HOSTILE, Hostile

LONG = b"".join(b"Rule %d: a senior nurse trains two colleagues and writes down why.\n\n" % n for n in range(120_000))
"""Seconds of work for the processor."""


def server() -> int:
    """The process that forks for each document."""
    assert reading._READERS.process is not None
    return reading._READERS.process.pid


def forks() -> list[int]:
    """Its forks, also those that ended and were not collected; none before there is a server."""
    if not reading._READERS.process:
        return []
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server())], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


async def begun(task: asyncio.Task[Parsed]) -> int:
    """The fork that reads as soon as there is one."""
    while not task.done():
        if seen := forks():
            return seen[0]
        await asyncio.sleep(0.01)
    pytest.fail(f"it ended without a fork: {task}")


async def forks_are(count: int) -> list[int]:
    """The forks as soon as there are `count` of them."""
    while True:
        if len(seen := forks()) == count:
            return seen
        await asyncio.sleep(0.01)


async def all_ended() -> None:
    """Waits until every fork has ended. Documents have their turns in order: after one more, all before it had theirs."""
    assert (await read_document("a.md", markdown())).pieces
    await forks_are(0)


@pytest.fixture(autouse=True)
async def nothing_is_read() -> None:
    """The fork of the test before may still be about to end, and must not pass for one of this test's."""
    await forks_are(0)


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Limits]]:
    """Puts the limits in place that a test appends."""

    class Placed(list[Limits]):
        def append(self, one: Limits) -> None:
            monkeypatch.setattr(reading, "LIMITS", one)

    yield Placed()


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
async def test_a_hostile_file_is_answered_by_name_with_what_to_do(hostile: Hostile, limits: list[Limits]) -> None:
    data = hostile.make()
    limits.append(Limits(processor=20))
    with pytest.raises(hostile.error) as refusal:
        await read_document(hostile.name, data)
    assert type(refusal.value) is hostile.error
    assert refusal.value.message.startswith(hostile.name)
    assert hostile.says in refusal.value.message
    assert (
        "upload" in refusal.value.message.lower()
        or "save" in refusal.value.message.lower()
        or "Split" in refusal.value.message
    )
    assert not any(trace in refusal.value.message for trace in ("Traceback", "Error", "retrievers", "0x"))


@pytest.mark.parametrize("name", FORMATS)
async def test_a_document_reads_the_same_in_a_process_of_its_own(name: str) -> None:
    data = FORMATS[name]()
    assert await read_document(name, data) == parse(name, data)


async def test_pages_are_told_while_they_are_read() -> None:
    told: list[tuple[int, int | None]] = []
    await read_document("a.pdf", pdf(), lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


async def test_memory_is_limited(limits: list[Limits]) -> None:
    limits.append(Limits(memory=24 * 1024 * 1024))
    with pytest.raises(
        UnreadableDocument, match=r"a.txt can't be read: it needs more than 24 MB of memory to read; split it"
    ):
        await read_document("a.txt", LONG)
    assert (await read_document("a.md", markdown())).pieces


async def test_the_processor_s_time_is_limited(limits: list[Limits]) -> None:
    limits.append(Limits(processor=1))
    with pytest.raises(UnreadableDocument, match="longer than 1 s; split it"):
        await read_document("a.txt", LONG)


async def test_time_is_limited_also_for_what_only_waits(limits: list[Limits]) -> None:
    limits.append(Limits(seconds=0))
    with pytest.raises(UnreadableDocument, match="longer than 0 s; split it"):
        await read_document("a.txt", LONG)
    assert forks() == []


async def test_a_crash_is_an_answer_and_the_next_document_is_read() -> None:
    task = asyncio.create_task(read_document("a.txt", LONG))
    os.kill(await begun(task), signal.SIGSEGV)
    with pytest.raises(
        UnreadableDocument, match=r"a.txt can't be read: reading it broke off: .* save it again, or split it"
    ):
        await task
    assert (await read_document("a.md", markdown())).pieces


async def test_cancelling_ends_the_process() -> None:
    task = asyncio.create_task(read_document("a.txt", LONG))
    os.kill(await begun(task), signal.SIGSTOP)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await all_ended()


async def test_cancelling_at_once_leaves_nothing_open() -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(asking := ThreadPoolExecutor())
    tasks = [asyncio.create_task(read_document("a.txt", LONG)) for _ in range(5)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    assert all(isinstance(one, asyncio.CancelledError) for one in await asyncio.gather(*tasks, return_exceptions=True))
    asking.shutdown()
    loop.set_default_executor(ThreadPoolExecutor())
    await all_ended()


async def test_two_documents_are_read_at_once_and_the_others_wait() -> None:
    tasks = [asyncio.create_task(read_document("a.txt", LONG[:700_000])) for _ in range(5)]
    most = 0
    while not all(task.done() for task in tasks):
        most = max(most, len(forks()))
        await asyncio.sleep(0.005)
    assert most == 2
    assert len({len((await task).pieces) for task in tasks}) == 1


async def test_a_document_that_waits_can_be_cancelled() -> None:
    tasks = [asyncio.create_task(read_document("a.txt", LONG)) for _ in range(3)]
    for fork in await forks_are(2):
        os.kill(fork, signal.SIGSTOP)
    for task in tasks:
        task.cancel()
    assert all(isinstance(one, asyncio.CancelledError) for one in await asyncio.gather(*tasks, return_exceptions=True))
    await all_ended()


async def test_no_process_is_left_after_fifty_documents() -> None:
    for number in range(50):
        task = asyncio.create_task(read_document("a.md", markdown()))
        if number % 5 == 0:
            await asyncio.sleep(0.01)
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await all_ended()


async def test_a_server_that_died_is_started_again() -> None:
    await read_document("a.md", markdown())
    died = server()
    os.kill(died, signal.SIGKILL)
    for _ in range(20):
        with suppress(UnreadableDocument):  # the one that asked the dying server
            assert (await read_document("a.md", markdown())).pieces
            break
    assert server() != died


async def test_the_event_loop_goes_on_while_a_document_is_read() -> None:
    await read_document("a.md", markdown())
    task = asyncio.create_task(read_document("a.txt", LONG[:2_000_000]))
    rounds = 0
    while not task.done():
        await asyncio.sleep(0.001)
        rounds += 1
    await task
    assert rounds > 50


SCRIPT = """
import asyncio, sys
{path}
from retrievers.reading import read_document
if __name__ == "__main__":
    parsed = asyncio.run(read_document("a.md", b"# Rules\\n\\nBe kind."))
    print(parsed.title, parsed.pieces[0].content.split())
else:
    raise RuntimeError("the main module was run again")
"""


def test_reading_works_from_a_folder_that_cannot_be_written_and_without_running_the_program_again(
    tmp_path: Path,
) -> None:
    script = tmp_path / "program.py"
    script.write_text(SCRIPT.format(path=f"sys.path.insert(0, {str(Path(reading.__file__).parents[1])!r})"))
    ran = subprocess.run([sys.executable, str(script)], cwd="/proc", capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.stderr) == ("Rules ['Rules', 'Be', 'kind.']", "")


def test_the_readers_end_with_the_program(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    path = f"sys.path.insert(0, {str(Path(reading.__file__).parents[1])!r})"
    ending = "\n    from retrievers import reading; print(reading._READERS.process.pid, flush=True)\n    import os; os._exit(1)\n"
    body = SCRIPT.format(path=path)
    script.write_text(body.split("    print(")[0].rstrip() + ending)
    ran = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    pid = int(ran.stdout)
    with suppress(OSError):  # it is gone
        while Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z":
            time.sleep(0.02)
