"""A home of its own for every test process: the person's files, screen and desktop stay untouched."""

import os
import tempfile
import time
from pathlib import Path

XDG_FOLDERS = {
    "HOME": "home",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_STATE_HOME": "home/.local/state",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_RUNTIME_DIR": "run",
}
ON_VIRTUAL_DESKTOP = "ESCALATION_DESK_VIRTUAL_DESKTOP"
_SCREEN = Path(__file__).with_name("offscreen.json")  # Qt's offscreen screen is 800 x 800 without it


def private_folders(root: Path) -> dict[str, str]:
    """Home and XDG variables for folders made below `root`, readable by this person only."""
    made = {}
    for variable, place in XDG_FOLDERS.items():
        folder = root / place
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        made[variable] = str(folder)
    return made


def enter() -> tempfile.TemporaryDirectory[str]:
    """Changes this process's environment; clean up what it returns when the process ends.

    Must run before PySide6 is imported.
    """
    root = tempfile.TemporaryDirectory(prefix="desk-tests-")
    os.environ.update(private_folders(Path(root.name)), TZ="UTC", LC_ALL="C.UTF-8")
    if hasattr(time, "tzset"):
        time.tzset()
    if not os.environ.get(ON_VIRTUAL_DESKTOP):
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_SCREEN}"
        for variable in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            os.environ.pop(variable, None)  # a forgotten fake would otherwise talk to the person's desktop
    return root
