"""The packaged program does its work; it must be built first (.ci/frozen does both)."""

import json
import os
import subprocess
from pathlib import Path

import openpyxl
import pytest

from tests.support.virtual_desktop import VirtualDesktop

PROGRAM = Path(__file__).resolve().parents[2] / "dist" / "escalation-desk" / "escalation-desk"
TICKETS = (
    ("number", "incident_state", "opened_at", "closed_at", "category", "location", "priority"),
    ("INC1", "Closed", "29/2/2016 08:03", "7/3/2016 15:00", "Network", "Porto", "1 - Critical"),
    ("INC2", "Active", "29/2/2016 09:00", "?", "Mail", "Faro", "3 - Moderate"),
)
EVENTS = """number,incident_state,made_sla,opened_at,sys_updated_at,assigned_to,impact,priority
INC1,New,true,1/3/2016 08:00,1/3/2016 08:00,?,2 - Medium,3 - Moderate
INC1,Closed,true,1/3/2016 08:00,1/3/2016 10:00,Resolver 1,2 - Medium,3 - Moderate
"""

pytestmark = [
    pytest.mark.frozen,
    pytest.mark.skipif(not PROGRAM.exists(), reason="not built: .venv/bin/python -m PyInstaller build.spec"),
]


def run(*arguments: str) -> tuple[int, str, str]:
    # Nothing of the environment it was built in may help it along.
    kept = {name: os.environ[name] for name in os.environ if name.startswith(("HOME", "XDG_", "TZ", "LC_"))}
    command = [str(PROGRAM), *arguments]
    done = subprocess.run(command, env=kept, capture_output=True, text=True, check=False, cwd="/")
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def database(private_home: Path) -> str:
    return str(private_home / "desk.sqlite3")


@pytest.fixture
def tickets(tmp_path: Path) -> str:
    book = openpyxl.Workbook()
    for row in TICKETS:
        book.active.append(row)
    book.save(tmp_path / "tickets.xlsx")
    return str(tmp_path / "tickets.xlsx")


def test_it_passes_its_own_test():
    status, out, err = run("--self-test")
    assert (status, err) == (0, "")
    assert out.startswith("The self-test passed")


def test_it_knows_its_version():
    assert run("--version")[1].split()[1][0].isdigit()


def test_a_workbook_is_imported_verified_backed_up_and_restored(tickets: str, database: str):
    status, out, _ = run("--database", database, "import", tickets, "--zone", "Europe/Lisbon")
    assert status == 0
    assert "2 new" in out
    for command in (["verify"], ["backup"], ["restore", "newest"], ["verify", "--json"]):
        status, out, err = run("--database", database, *command)
        assert (status, err) == (0, "")
    assert json.loads(out)["ok"]


def test_a_log_is_replayed(tmp_path: Path):
    (tmp_path / "log_events.csv").write_text(EVENTS)
    status, out, _ = run("replay", str(tmp_path / "log_events.csv"), "--zone", "Europe/Lisbon")
    assert status == 0
    assert "1 escalation" in out


def test_doctor_finds_every_part(database: str):
    checks = json.loads(run("--database", database, "doctor", "--json")[1])["checks"]
    states = {check["name"]: check["state"] for check in checks}
    assert states["Qt (PySide6)"] == states["System libraries"] == states["Time zones"] == "ok"


def test_a_menu_entry_starts_the_packaged_program(private_home: Path):
    assert run("menu-entry")[0] == 0
    (entry,) = (private_home / ".local" / "share" / "applications").iterdir()
    assert f'Exec="{PROGRAM}" --new' in entry.read_text()


def test_the_window_opens_the_sample_desk(virtual_desktop: VirtualDesktop, tmp_path: Path):
    trace = tmp_path / "trace"
    virtual_desktop.environment |= {
        "ESCALATION_DESK_TRACE": str(trace),
        "ESCALATION_DESK_TRACE_QUIT": "1",
    }
    program = virtual_desktop.start(str(PROGRAM), "--sample")
    assert program.wait(90) == 0, virtual_desktop.log(PROGRAM.name)
    told = {line["event"]: line for line in map(json.loads, trace.read_text().splitlines())}
    assert told["board_ready"]["rows"] > 10
    assert "Traceback" not in virtual_desktop.log(PROGRAM.name)
