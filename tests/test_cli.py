import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.cli import main, window_options
from desktop.command.doctor import FAIL, OK
from desktop.options import WindowOptions

TICKETS = """number,incident_state,opened_at,closed_at,category,location,priority
INC1,Closed,29/2/2016 08:03,7/3/2016 15:00,Network,Porto,1 - Critical
INC2,Active,29/2/2016 09:00,?,Mail,Faro,3 - Moderate
INC3,Limbo,29/2/2016 09:00,?,Mail,Faro,3 - Moderate
"""
EVENTS = """number,incident_state,made_sla,opened_at,sys_updated_at,assigned_to,impact,priority
INC1,New,true,1/3/2016 08:00,1/3/2016 08:00,?,2 - Medium,3 - Moderate
INC1,Active,true,1/3/2016 08:00,1/3/2016 08:05,Resolver 1,2 - Medium,3 - Moderate
INC1,Closed,true,1/3/2016 08:00,1/3/2016 10:00,Resolver 1,2 - Medium,3 - Moderate
"""


@pytest.fixture(autouse=True)
def _home(private_home: Path) -> None:
    """Nothing of the person's own is touched."""


@pytest.fixture
def tickets(tmp_path: Path) -> Path:
    path = tmp_path / "tickets.csv"
    path.write_text(TICKETS, encoding="utf-8")
    return path


@pytest.fixture
def database(tmp_path: Path) -> str:
    return str(tmp_path / "desk.sqlite3")


def test_an_import_says_what_it_took_and_what_not(
    tickets: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--database", database, "import", str(tickets), "--zone", "Europe/Lisbon"]) == 1
    out, err = capsys.readouterr()
    assert "2 new, 0 updated, 0 unchanged, 1 refused" in out
    assert err == "1 row refused, the first is row 4: " + err.partition(": ")[2]
    assert err.count("\n") == 1


def test_options_may_stand_before_or_after_the_command(
    tickets: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--json", "import", str(tickets), "--dry-run", "--database", database])
    assert json.loads(capsys.readouterr().out)["new"] == 2
    main(["import", str(tickets), "--dry-run", "--database", database, "--json"])
    assert json.loads(capsys.readouterr().out)["new"] == 2


def test_a_zone_that_nobody_stated_is_pointed_out(
    tickets: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--database", database, "import", str(tickets), "--dry-run"])
    assert "does not say its time zone" in capsys.readouterr().out


def test_refused_rows_are_saved(tickets: Path, database: str, tmp_path: Path) -> None:
    refused = tmp_path / "refused.csv"
    main(["--database", database, "import", str(tickets), "--dry-run", "--refused", str(refused)])
    assert "INC3" in refused.read_text(encoding="utf-8-sig")


def test_a_field_can_be_filled_otherwise(tickets: Path, database: str) -> None:
    options = ["--field", "state=new", "--field", "customer=ACME {location}"]
    assert main(["--database", database, "import", str(tickets), *options]) == 0
    assert main(["--database", database, "verify"]) == 0


def test_a_mapping_can_be_kept_and_used_by_name(
    tickets: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--database", database, "import", str(tickets), "--field", "state=new", "--save-mapping", "Ours"])
    capsys.readouterr()
    assert main(["--database", database, "import", str(tickets), "--mapping", "Ours", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 3


def test_a_preset_can_be_copied_changed_and_used(
    tickets: Path, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", "--show-preset", "servicenow"])
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        capsys.readouterr().out.replace("closed: closed", "closed: closed\n      limbo: new"), "utf-8"
    )
    assert main(["--database", database, "import", str(tickets), "--mapping", str(mine)]) == 0


def test_a_desk_is_backed_up_and_restored(
    tickets: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--database", database, "import", str(tickets), "--field", "state=new"])
    assert main(["--database", database, "backup"]) == 0
    assert main(["--database", database, "restore", "newest"]) == 0
    capsys.readouterr()
    assert main(["--database", database, "backup", "--list", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["backups"]) == 1


def test_a_log_is_replayed_and_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log.csv"
    log.write_text(EVENTS, encoding="utf-8")
    assert main(["replay", str(log), "--zone", "Europe/Lisbon", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["escalations"], report["made_sla"]["both_kept"]) == (1, 1)


def test_a_replayed_desk_can_be_kept(
    tmp_path: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.csv"
    log.write_text(EVENTS, encoding="utf-8")
    assert main(["replay", str(log), "--database", database]) == 0
    assert main(["verify", "--database", database]) == 0
    assert main(["replay", str(log), "--database", database]) == 1
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify"],
        ["backup"],
        ["restore", "newest"],
        ["restore", "gone.sqlite3"],
        ["import", "gone.csv"],
        ["import", "gone.csv", "--preset", "remedy"],
        ["replay", "gone.csv"],
        ["replay", "gone.csv", "--speed", "fast"],
    ],
)
def test_what_is_not_well_is_one_line_on_standard_error(
    arguments: list[str], database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--database", database, *arguments]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert len(err) > 20


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["import"],
        ["restore"],
        ["verify", "--colour"],
        ["--database"],
        ["--database", "a.sqlite3", "--sample"],
        ["--json"],
        ["--new", "--replay", "log.csv"],
        ["--replay", "log.csv", "verify"],
        ["--self-test", "verify"],
        ["--new", "doctor"],
        ["--sample", "menu-entry"],
        ["replay", "log.csv", "--sample"],
        ["--replay", "log.csv", "--sample"],
        ["--self-test", "--sample"],
    ],
)
def test_a_wrong_call_is_one_line_too(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [[], ["import"], ["replay"], ["verify"], ["backup"], ["restore"], ["doctor"], ["menu-entry"]]
)
def test_help_tells_of_every_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--help"])
    assert ended.value.code == 0
    assert "--json" in capsys.readouterr().out


def test_doctor_looks_at_everything(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--database", database, "--json", "doctor"])
    checks = {check["name"]: check["state"] for check in json.loads(capsys.readouterr().out)["checks"]}
    assert checks["Python"] == checks["Time zones"] == checks["Database"] == OK
    assert len(checks) == 10


def test_doctor_knows_a_file_that_is_no_desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, only some words that are long enough to be one", encoding="utf-8")
    assert main(["--database", str(path), "--json", "doctor"]) == 1
    checks = {check["name"]: check["state"] for check in json.loads(capsys.readouterr().out)["checks"]}
    assert checks["Database"] == FAIL


def test_without_a_display_the_window_says_so_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems always have one")
    assert main([]) == 1
    err = capsys.readouterr().err
    assert err.startswith("There is no display")
    assert err.count("\n") == 1


def test_no_command_loads_the_window_toolkit(tickets: Path, database: str) -> None:
    calls = [["import", str(tickets)], ["verify"], ["doctor"]]
    code = (
        "import sys; from desktop.cli import main\n"
        f"for call in {calls!r}: main(['--database', {database!r}, *call])\n"
        "sys.exit('PySide6' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_what_a_window_is_to_begin_with_needs_no_parser() -> None:
    assert window_options(["--new"]) == WindowOptions(new=True)
    assert window_options(["--new", "--sample"]) is None
