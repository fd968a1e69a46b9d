"""Whether a window can be opened here, asked before Qt is: Qt ends the program where it cannot."""

import os
import sys
from pathlib import Path

#: What Qt needs for a window on X11 beyond what it needs anywhere; it blames the first for any of them.
X11_LIBRARIES = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-keysyms.so.1",
    "libxcb-shape.so.0",
    "libxkbcommon-x11.so.0",
)
#: What Qt needs even without a screen.
LIBRARIES = (
    "libglib-2.0.so.0",
    "libGL.so.1",
    "libEGL.so.1",
    "libxkbcommon.so.0",
    "libdbus-1.so.3",
    "libfontconfig.so.1",
)
_PACKAGES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
_UNSEEN = "or run it unseen with: xvfb-run escalation-desk"
_WAIT_S = 2.0


def missing_display() -> str:
    """A sentence on why no window can be opened and what to do; empty when one can be."""
    if not sys.platform.startswith("linux"):
        return ""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform and not platform.startswith(("xcb", "wayland")):
        return ""  # drawn somewhere else on purpose
    if lacking := missing_libraries(LIBRARIES):
        return lacking
    display, wayland = os.environ.get("DISPLAY", ""), os.environ.get("WAYLAND_DISPLAY", "")
    if wayland and not platform.startswith("xcb") and _answers_wayland(wayland):
        return ""
    if not display:
        return (
            f"There is no display: start escalation-desk from a desktop session, {_UNSEEN}; "
            "its commands, such as escalation-desk verify, need none."
        )
    if not _answers_x11(display):
        return (
            f"The display {display} does not answer: start escalation-desk from a desktop session, {_UNSEEN}."
        )
    return missing_libraries(X11_LIBRARIES)


def missing_libraries(names: tuple[str, ...]) -> str:
    """A sentence on the system libraries that cannot be loaded and how to get them; empty when all can be."""
    lacking = [name for name in names if not _loads(name)]
    if not lacking:
        return ""
    packages = " ".join(_PACKAGES[name] for name in lacking)
    return (
        f"Qt needs {', '.join(lacking)}, missing here: install them"
        f" (Debian, Ubuntu: sudo apt-get install {packages})."
    )


def _loads(name: str) -> bool:
    import ctypes  # a window drawn elsewhere need not wait for it

    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _answers_x11(display: str) -> bool:
    import socket  # as above

    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not number.isdigit():
        return Path(display).exists()  # macOS's XQuartz names a socket
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        return _connects(socket.AF_UNIX, f"\0{path}") or _connects(socket.AF_UNIX, path)
    return _connects(socket.AF_INET, (host, 6000 + int(number)))


def _answers_wayland(name: str) -> bool:
    import socket  # as above

    path = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / name
    return _connects(socket.AF_UNIX, str(path))


def _connects(family: int, address: str | tuple[str, int]) -> bool:
    import socket  # as above

    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(_WAIT_S)
        try:
            probe.connect(address)
        except (OSError, ValueError):
            return False
    return True
