"""TypeScript programs for tests: checked and compiled by the real compiler, then run by Node."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

from server.command.typescript import DECLARATION

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
TSC = MODULES / "typescript" / "bin" / "tsc"


async def run(*command: str | Path, cwd: Path, environment: dict[str, str] | None = None, seconds: float = 100) -> str:
    """What a command prints; raises AssertionError with all of it when it fails."""
    process = await asyncio.create_subprocess_exec(
        *map(str, command),
        cwd=cwd,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", **(environment or {})},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(), seconds)
    except TimeoutError:
        process.kill()
        raise
    text = output.decode()
    assert process.returncode == 0, text
    return text


async def check(folder: Path, *arguments: str | Path) -> None:
    """Run the TypeScript compiler; raises AssertionError with what it finds."""
    await run(node(), TSC, *arguments, cwd=folder)


async def build(folder: Path, source: str, name: str = "program") -> Path:
    """Compile a TypeScript module beside `types.d.ts` and the npm packages; answers the JavaScript file."""
    if not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(MODULES)
    shutil.copy(DECLARATION, folder / "types.d.ts")
    (folder / "package.json").write_text(json.dumps({"type": "module"}))
    (folder / f"{name}.ts").write_text(source)
    settings = {"extends": str(HERE / "tsconfig.json"), "files": [f"{name}.ts"]}
    (folder / "tsconfig.json").write_text(json.dumps(settings))
    await check(folder, "--project", ".")
    return folder / f"{name}.js"


async def execute(program: Path, **environment: Any) -> str:
    """What a compiled program prints."""
    variables = {name: value if isinstance(value, str) else json.dumps(value) for name, value in environment.items()}
    return await run(node(), program, cwd=program.parent, environment=variables)


def node() -> Path:
    """Node itself, wherever it is installed."""
    found = shutil.which("node")
    assert found, "these tests need Node 20 or newer"
    return Path(found)
