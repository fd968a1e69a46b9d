"""`menu-entry`: the program in the menu of a Linux desktop, for this person alone."""

import re
import sys
from pathlib import Path

from desktop import paths
from desktop.command.outcome import Outcome
from desktop.domain.errors import DeskError

_PROGRAM = "escalation-desk"
_MISPLACED = "Make the menu entry on a Linux desktop; elsewhere drag the program where you want it."


def install() -> Outcome:
    """Write the entry and its icon below this person's data folder, starting the program that runs now.

    Raises: DeskError where there is no such menu, or the files cannot be written.
    """
    entry, icon = _places()
    text = entry_for(program(), paths.resource(entry.name).read_text(encoding="utf-8"))
    _write(icon, paths.resource("pictures", "app.svg").read_bytes())
    _write(entry, text.encode())
    lines = (f"Escalation Desk is in your desktop's menu: {entry}", f"Its icon: {icon}")
    return Outcome(lines, {"entry": str(entry), "icon": str(icon), "starts": str(program())})


def remove() -> Outcome:
    """Take the entry and its icon away again; nothing else is touched.

    Raises: DeskError where there is no such menu, or a file cannot be removed.
    """
    there = [path for path in _places() if path.exists()]
    for path in there:
        try:
            path.unlink()
        except OSError as error:
            raise DeskError(f"{path} cannot be removed: {error.strerror or error}.") from error
    lines = tuple(f"Removed {path}" for path in there) or ("There was no menu entry.",)
    return Outcome(lines, {"removed": [str(path) for path in there]})


def program() -> Path:
    """The command that starts this program.

    Raises: DeskError when it runs from source files that were never installed.
    """
    if paths.is_frozen():
        return Path(sys.executable).absolute()
    command = Path(sys.executable).with_name(_PROGRAM)
    if not command.exists():
        raise DeskError(f"The command {command} is not there.", hint="Install the program first: make run.")
    return command.absolute()


def entry_for(command: Path, shipped: str) -> str:
    """The shipped entry, starting that very command whatever stands on the PATH."""
    quoted = _quoted(str(command))
    return re.sub(rf"^Exec={_PROGRAM}\b", lambda _: f"Exec={quoted}", shipped, flags=re.MULTILINE)


def _quoted(command: str) -> str:
    # Desktop Entry Specification, "The Exec key": quoted as an argument, then escaped as any string is.
    argument = '"' + re.sub(r'(["`$\\])', r"\\\1", command) + '"'
    return argument.replace("\\", "\\\\").replace("%", "%%")


def _places() -> tuple[Path, Path]:
    from platformdirs import user_data_path

    if not sys.platform.startswith("linux"):
        raise DeskError("This system has no menu entries of that kind.", hint=_MISPLACED)
    share = user_data_path()
    entry = share / "applications" / f"{paths.APP_ID}.desktop"
    return entry, share / "icons" / "hicolor" / "scalable" / "apps" / f"{paths.APP_ID}.svg"


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise DeskError(f"{path} cannot be written: {error.strerror or error}.") from error
