"""docs/frontend.md: every piece of code in it compiles, runs against a real server and does what the text says."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nodes.coach import Briefing, Refined
from nodes.rules.coach import RuleCoach
from state.conversation import Proposal
from state.errors import PetrafError
from tests.npm.document import FRONTEND, blocks
from tests.npm.program import build, execute, run
from tests.server.client import Company
from tests.server.journeys import lenient

pytestmark = pytest.mark.filterwarnings("ignore:Accessing the .model_fields:DeprecationWarning")  # LangServe's own
PROPOSED = "Technical excellence"


class ProposingCoach(RuleCoach):
    """A fake coach that calls a phrase of the goal a proposal, as a language model's would, until it is struck."""

    async def refine(self, briefing: Briefing) -> Refined:
        """The rules' goal with its proposal."""
        draft = (await super().refine(briefing)).draft
        start = draft["text"].find(PROPOSED)
        if start < 0:
            return Refined(draft)
        proposal = Proposal(id="p1", text=PROPOSED, start=start, end=start + len(PROPOSED), reason="nobody said it")
        return Refined({**draft, "proposals": [proposal]})


def program(company: Company, *, until: str = "") -> str:
    """The document's TypeScript as one module, to the block that holds `until`."""
    pieces = blocks("ts", str(company.http.base_url).rstrip("/"), company.tenant_id)
    last = next((n for n, piece in enumerate(pieces) if until and until in piece), len(pieces) - 1)
    return "\n".join(pieces[: last + 1])


async def test_the_program_walks_the_whole_journey(
    monkeypatch: pytest.MonkeyPatch, acme: Company, tmp_path: Path
) -> None:
    monkeypatch.setattr("graph.tools.RuleCoach", ProposingCoach)
    await lenient(acme)
    before_erasing = program(acme, until='await call<Success>("DELETE", `${session}/share`)')
    told = "\nconsole.log(JSON.stringify({ id: created.session_id, token: created.resume_token, future, saved, share }));\n"
    output = await execute(await build(tmp_path, before_erasing + told))
    end = json.loads(output.splitlines()[-1])
    headers = {**acme.headers, "Authorization": f"Bearer {end['token']}"}
    goals = (await acme.http.get(f"/api/goals/session/{end['id']}", headers=headers)).json()
    assert goals["completed"] == 3
    assert [goal["version"] for goal in goals["goals"] if goal["phase"] == "g4_future"] == [1, 2]
    assert end["saved"]["score"]["score"] >= 5
    proposing, struck = [goal for goal in goals["goals"] if goal["phase"] == "g6_values"]
    assert [proposal["text"] for proposal in proposing["proposals"]] == [PROPOSED]
    assert (struck["proposals"], PROPOSED in struck["content"], struck["is_final"]) == ([], False, True)
    lines = output.splitlines()
    assert lines[0].startswith("g4_future Where do you see yourself")
    assert "4 true" in lines
    assert [line.split()[:2] for line in lines if "attachment" in line] == [
        ["pdf", "200"],
        ["md", "200"],
        ["ics", "200"],
    ]
    assert (await acme.http.get(f"/api/share/{end['share']['url'].split('/')[-1]}")).status_code == 404


async def test_the_program_erases_what_it_made(acme: Company, tmp_path: Path) -> None:
    await lenient(acme)
    told = "\nconsole.log(JSON.stringify([created.session_id, created.resume_token]));\n"
    session, token = json.loads((await execute(await build(tmp_path, program(acme) + told))).splitlines()[-1])
    headers = {**acme.headers, "Authorization": f"Bearer {token}"}
    assert (await acme.http.get(f"/api/session/{session}", headers=headers)).status_code == 404


async def test_the_program_confirms_a_goal_that_waits(acme: Company, tmp_path: Path) -> None:
    await lenient(acme, ui_flags_json={"confirm_refined_goal": True})
    told = "\nconsole.log(JSON.stringify([now.awaiting_confirmation, (await call<SessionState>('GET', session)).phase]));\n"
    output = await execute(await build(tmp_path, program(acme, until="if (now.awaiting_confirmation)") + told))
    assert json.loads(output.splitlines()[-1]) == [True, "g6_values"]


async def test_an_error_of_the_server_reaches_the_program_in_words(acme: Company, tmp_path: Path) -> None:
    source = program(acme, until="opened.question")
    wrong = """
      try {
        await call("POST", `/api/chat/g8_actions/stream`, { session_id: created.session_id, message: "x" });
      } catch (error) {
        if (error instanceof Refused) console.log(JSON.stringify([error.status, error.detail, error.message]));
      }
    """
    status, detail, message = json.loads((await execute(await build(tmp_path, source + wrong))).splitlines()[-1])
    assert (status, detail["error"], detail["current"]["phase"]) == (409, "PHASE_MISMATCH", "g4_future")
    assert "g4_future" in message


async def test_the_python_program_hears_the_coach(acme: Company, tmp_path: Path) -> None:
    (source,) = blocks("python", str(acme.http.base_url).rstrip("/"), acme.tenant_id)
    file = tmp_path / "program.py"
    file.write_text(source)
    output = await run(sys.executable, file, cwd=tmp_path)
    assert output.strip().endswith("?")


def test_the_codes_that_the_document_names_are_the_servers() -> None:
    text = FRONTEND.read_text(encoding="utf-8")
    table = text[text.index("| Status |") : text.index("class Refused")]
    named = set(re.findall(r"`([A-Z_]{5,})`", table))
    assert len(named) > 10
    assert named <= {error.code for error in kinds_of(PetrafError)}


def kinds_of(error: type[PetrafError]) -> Iterator[type[PetrafError]]:
    """An error and all that derive from it."""
    yield error
    for kind in error.__subclasses__():
        yield from kinds_of(kind)
