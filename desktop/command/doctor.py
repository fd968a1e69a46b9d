"""`doctor`: what this machine has and lacks for the desk, each with what to do about it."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from db.place import SCHEMA_VERSION, schema_version
from desktop.command.outcome import Outcome
from desktop.display import LIBRARIES, X11_LIBRARIES, missing_display, missing_libraries
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.options import backups_folder
from desktop.services.backup import BackupService

OK, WARN, FAIL = "ok", "warn", "fail"
_QT = "6.10.3"
_PYTHON = (3, 11)
_LITTLE, _TOO_LITTLE = 500_000_000, 50_000_000
_OLD = timedelta(days=2)
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
_FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".otc", ".pfb", ".pfa")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: how it is, what was found, and what to do where that is not well."""

    name: str
    state: str
    found: str
    remedy: str = ""


def examine(database: Path, clock: Clock) -> Outcome:
    """Look at everything the desk needs; nothing is changed."""
    looks: tuple[Callable[[], Check], ...] = (
        _python,
        _qt,
        _libraries,
        _display,
        _notifications,
        _fonts,
        _zones,
    )
    checks = [look() for look in looks]
    checks += [_database(database), _room(database), _backups(database, clock)]
    bad = [check for check in checks if check.state != OK]
    wrong = "; ".join(f"{check.name}: {check.found}" for check in bad)
    return Outcome(
        tuple(line for check in checks for line in _lines(check)),
        {"ok": not bad, "database": str(database), "checks": [asdict(check) for check in checks]},
        wrong,
    )


def _lines(check: Check) -> tuple[str, ...]:
    line = f"{check.state:<5} {check.name:<22} {check.found}"
    return (line, f"{'':<28} → {check.remedy}") if check.remedy and check.state != OK else (line,)


def _python() -> Check:
    found = ".".join(map(str, sys.version_info[:3]))
    state = OK if sys.version_info[:2] >= _PYTHON else FAIL
    return Check("Python", state, found, "Install Python 3.11 or newer and run make run again.")


def _qt() -> Check:
    try:
        found = version("PySide6-Essentials")
    except PackageNotFoundError:
        if hasattr(sys, "_MEIPASS"):
            return Check("Qt (PySide6)", OK, "part of the packaged program")
        return Check("Qt (PySide6)", FAIL, "not installed", "Run make run, or pip install the program again.")
    remedy = f"Install PySide6-Essentials=={_QT}: other versions crash on some Pythons."
    return Check("Qt (PySide6)", OK if found == _QT else WARN, found, remedy)


def _libraries() -> Check:
    if not sys.platform.startswith("linux"):
        return Check("System libraries", OK, "none needed on this system")
    lacking = missing_libraries((*LIBRARIES, *X11_LIBRARIES))
    return Check(
        "System libraries", FAIL if lacking else OK, lacking or "all there", "Install those packages."
    )


def _display() -> Check:
    lacking = missing_display()
    return Check("Display", WARN if lacking else OK, lacking or "a window can be opened")


def _notifications() -> Check:
    name = "Notification service"
    if not sys.platform.startswith("linux"):
        return Check(name, OK, "the system's own")
    remedy = "Start a desktop's notification service (such as dunst); until then alarms show in the window."
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS") and not Path(f"/run/user/{os.getuid()}/bus").exists():
        return Check(name, WARN, "there is no session bus", remedy)
    found = _notification_server()
    return Check(name, OK if found else WARN, found or "none answers on the session bus", remedy)


def _notification_server() -> str:
    # Imported here: only this check speaks D-Bus, and it may not be there on other systems.
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    address = DBusAddress(
        "/org/freedesktop/Notifications",
        bus_name="org.freedesktop.Notifications",
        interface="org.freedesktop.Notifications",
    )
    try:
        with open_dbus_connection(bus="SESSION") as connection:
            reply = connection.send_and_get_reply(new_method_call(address, "GetServerInformation"), timeout=3)
    except Exception:  # noqa: BLE001 - an outside service: whatever goes wrong, there is none to count on
        return ""
    said = reply.body
    return (
        f"{said[0]} {said[2]}" if len(said) >= 3 and reply.header.message_type.name == "method_return" else ""
    )


def _fonts() -> Check:
    if not sys.platform.startswith("linux"):
        return Check("Fonts", OK, "the system's own")
    for folder in _FONTS:
        for _, _, names in os.walk(Path(folder).expanduser()):
            for name in names:
                if name.lower().endswith(_FONT_ENDINGS):
                    return Check("Fonts", OK, f"there are some in {folder}")
    return Check(
        "Fonts", FAIL, "there is none", "Install one (Debian, Ubuntu: sudo apt-get install fonts-inter)."
    )


def _zones() -> Check:
    try:
        ZoneInfo("Europe/Berlin")
        ZoneInfo("America/Sao_Paulo")
    except (ZoneInfoNotFoundError, OSError):
        return Check("Time zones", FAIL, "cannot be read", "Install the tzdata package.")
    return Check("Time zones", OK, "can be read")


def _database(database: Path) -> Check:
    if not database.exists():
        if os.access(database.parent, os.W_OK):
            return Check("Database", OK, f"{database} is made at the first start")
        return Check(
            "Database", FAIL, f"{database.parent} cannot be written", "Name another with --database."
        )
    try:
        found = schema_version(database)
    except DeskError as error:
        return Check(
            "Database", FAIL, error.message, error.hint or "Restore a backup: escalation-desk restore."
        )
    if not os.access(database, os.W_OK):
        return Check("Database", FAIL, f"{database} may only be read", "Give yourself the right to write it.")
    older = (
        ""
        if found == SCHEMA_VERSION
        else f", brought from version {found} to {SCHEMA_VERSION} at the next start"
    )
    size = database.stat().st_size / 1e6
    return Check("Database", OK, f"{database}, {size:.1f} MB{older}")


def _room(database: Path) -> Check:
    folder = next((each for each in (database.parent, *database.parents) if each.exists()), Path("/"))
    free = shutil.disk_usage(folder).free
    state = OK if free >= _LITTLE else WARN if free >= _TOO_LITTLE else FAIL
    return Check(
        "Disk space", state, f"{free / 1e9:.1f} GB free", "Make room: the desk stops writing on a full disk."
    )


def _backups(database: Path, clock: Clock) -> Check:
    kept = BackupService(database=database, folder=backups_folder(database), clock=clock).list()
    if not kept:
        state = WARN if database.exists() else OK
        return Check("Backups", state, "there are none yet", "Make one: escalation-desk backup.")
    age = kept[0].age(clock.now())
    hours = age // timedelta(hours=1)
    found = f"{len(kept)}, the newest {f'{hours} h' if hours < 48 else f'{hours // 24} days'} old"
    return Check("Backups", OK if age < _OLD else WARN, found, "Make one: escalation-desk backup.")
