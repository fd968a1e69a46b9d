"""The program in the menu of a desktop."""

import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

from desktop import paths
from desktop.cli import main
from desktop.command.menu_entry import entry_for, program

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems make their own")


@pytest.fixture
def share(private_home: Path) -> Path:
    return private_home / ".local" / "share"


@pytest.fixture
def shipped() -> Path:
    return paths.resource(f"{paths.APP_ID}.desktop")


def entry_in(share: Path) -> Path:
    return share / "applications" / f"{paths.APP_ID}.desktop"


def test_the_entry_starts_the_very_program_that_made_it(share: Path):
    assert main(["menu-entry"]) == 0
    assert f'Exec="{program()}" --new' in entry_in(share).read_text(encoding="utf-8").splitlines()


def test_the_entry_has_its_icon(share: Path):
    main(["menu-entry"])
    icon = share / "icons" / "hicolor" / "scalable" / "apps" / f"{paths.APP_ID}.svg"
    assert icon.read_bytes() == paths.resource("pictures", "app.svg").read_bytes()


def test_what_was_put_there_is_taken_away_and_nothing_else(share: Path):
    main(["menu-entry"])
    neighbour = share / "applications" / "other.desktop"
    neighbour.touch()
    assert main(["menu-entry", "--remove"]) == 0
    assert [path for path in share.rglob("*") if path.is_file()] == [neighbour]


def test_to_remove_what_is_not_there_is_no_fault(share: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["menu-entry", "--remove"]) == 0
    assert capsys.readouterr().out == "There was no menu entry.\n"


@pytest.mark.usefixtures("private_home")
def test_an_entry_that_cannot_be_written_is_told_in_one_line(share: Path, capsys: pytest.CaptureFixture[str]):
    share.mkdir(parents=True, exist_ok=True)
    (share / "applications").write_text("a file in the way")
    assert main(["menu-entry"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("/opt/desk/escalation-desk", 'Exec="/opt/desk/escalation-desk"'),
        ("/home/a b/escalation-desk", 'Exec="/home/a b/escalation-desk"'),
        ("/50% $x/`a`", r'Exec="/50%% \\$x/\\`a\\`"'),
        ('/say "hi"', r'Exec="/say \\"hi\\""'),
        (r"/back\slash", r'Exec="/back\\\\slash"'),
    ],
)
def test_any_path_is_quoted_as_the_specification_says(command: str, line: str, shipped: Path):
    assert line in entry_for(Path(command), shipped.read_text(encoding="utf-8")).splitlines()


def test_every_line_that_starts_something_starts_this_program(shipped: Path):
    made = entry_for(Path("/opt/x"), shipped.read_text(encoding="utf-8"))
    started = [line for line in made.splitlines() if line.startswith("Exec=")]
    assert started == ['Exec="/opt/x"', 'Exec="/opt/x" --new']


def test_the_entry_for_an_odd_path_is_valid(tmp_path: Path, shipped: Path):
    if which("desktop-file-validate") is None:
        pytest.skip("desktop-file-validate is not installed here")
    entry = tmp_path / shipped.name
    made = entry_for(Path('/50% $x "y"/`a`'), shipped.read_text(encoding="utf-8"))
    entry.write_text(made, encoding="utf-8")
    done = subprocess.run(["desktop-file-validate", str(entry)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
