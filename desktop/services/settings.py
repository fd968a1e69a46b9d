"""Settings of this desk: the one table of what can be set, and its keeping."""

import json
import re
import threading
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from db.queries import setting as queries
from db.unit_of_work import Store
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.events import SettingChanged
from desktop.services.bus import Bus


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its value; the defaults are those of a new desk.

    `drill_mark` is the word that everything of a drill's own desk carries, empty on a real one.
    `zone` empty is this computer's; `first_run_at` is in microseconds since the epoch, 0 before.
    """

    theme: str = "system"
    density: str = "normal"
    letter_keys: bool = True
    sound: bool = True
    reduce_motion: bool = False
    desktop_notifications: bool = True
    tray: bool = False
    zone: str = ""
    operator_id: int = 0
    first_run_done: bool = False
    first_run_at: int = 0
    listener_on: bool = False
    listener_port: int = 9750
    gap_alarm_h: int = 48
    page_address: str = ""
    drill_mark: str = ""
    drill_seats: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table; `choices` pairs each value allowed with its name, empty for any of the type."""

    key: str
    type: type
    default: str | bool | int
    title: str
    help: str
    choices: tuple[tuple[str, str], ...] = ()


def _line(key: str, title: str, help_text: str, *choices: tuple[str, str]) -> Setting:
    default = getattr(Settings(), key)
    return Setting(key, type(default), default, title, help_text, choices)


#: Every setting a person can change, in the order it is shown.
SETTINGS: dict[str, Setting] = {
    line.key: line
    for line in (
        _line(
            "theme",
            "Theme",
            "Colours of the whole window.",
            ("system", "As the system"),
            ("light", "Light"),
            ("dark", "Dark"),
            ("high_contrast", "High contrast"),
        ),
        _line(
            "density",
            "Density",
            "How much room a card takes.",
            ("compact", "Compact"),
            ("normal", "Normal"),
            ("comfortable", "Comfortable"),
        ),
        _line("letter_keys", "Single-letter keys", "Act on the selected card by one letter."),
        _line("sound", "Sound", "Chime with alarms that call for it."),
        _line("reduce_motion", "Reduce motion", "Show changes at once instead of moving things."),
        _line("desktop_notifications", "Desktop notifications", "Show alarms outside the window as well."),
        _line("tray", "Icon in the tray", "Show one while alarms stand, where the desktop has a tray."),
        _line("zone", "Time zone", "In which the day begins and times are shown; empty is this computer's."),
        _line("operator_id", "Operator", "Who works at this desk: actions carry this person's name."),
        _line("listener_on", "Listener", "Whether monitoring and other tools can send signals over HTTP."),
        _line("listener_port", "Port of the listener", "Where on this computer senders reach the desk."),
        _line(
            "page_address",
            "Address in pages",
            "Where people reach the listener from outside, such as https://desk.example.org: a page then "
            "brings a link that acknowledges it. Empty, or with the listener off, it brings none.",
        ),
        _line(
            "gap_alarm_h",
            "Warn of gaps",
            "How long before a time when nobody is on call in a rota the desk is told, once for each gap.",
        ),
        _line("drill_mark", "Mark of a drill", "The word that everything at a drill's own desk carries."),
        _line(
            "drill_seats",
            "Results of drills by seat",
            "Trainers and leads see what was asked of each seat and what came of it; whoever sat there sees "
            "their own. Off, nobody does. No seat ever has a number of its own.",
        ),
        _line("first_run_done", "First questions answered", "Whether the desk has asked who works here."),
        _line("first_run_at", "First worked at", "When somebody first worked at this desk."),
    )
}
_UI = "ui."
#: A gap is told of at the latest in its last hour, at the earliest four weeks ahead.
GAP_HOURS = range(1, 28 * 24 + 1)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]{1,253}(?:/[A-Za-z0-9._~/-]*)?")


class SettingsService:
    """Keeps the settings in the desk's database, so that each desk has its own; may be read on any thread."""

    def __init__(self, *, store: Store, bus: Bus | None = None) -> None:
        """`bus` is told of what is set here.

        Raises: StoreError when the database cannot be read.
        """
        self._store = store
        self._bus = bus
        self._lock = threading.Lock()
        self._ui: dict[str, str] = {}
        self._current = Settings()
        self.reload()

    @property
    def current(self) -> Settings:
        """The settings as last read or set."""
        return self._current

    def reload(self) -> Settings:
        """Read them anew: another program on the same desk may have set some. Damaged ones count as unset."""
        with self._store.read() as session:
            stored = queries.all_settings(session)
        parsed = {key: _parsed(line, stored[key]) for key, line in SETTINGS.items() if key in stored}
        values: dict[str, Any] = {key: value for key, value in parsed.items() if value is not None}
        with self._lock:
            self._current = Settings(**values)
            self._ui = {key: text for key, text in stored.items() if key.startswith(_UI)}
        return self._current

    def get(self, key: str) -> str | bool | int:
        """One setting by its key.

        Raises: NotFound.
        """
        value: str | bool | int = getattr(self._current, _line_of(key).key)
        return value

    def set(self, key: str, value: str | bool | int) -> Settings:
        """Keep a setting; gives them all.

        Raises: NotFound; DeskError for a value that it cannot have.
        """
        line = _line_of(key)
        if not _is_fit(line, value):
            raise DeskError(
                f"{line.title} cannot be {value!r}.", field=key, hint=_hint(line) or "Choose another value."
            )
        with self._store.begin() as session:
            queries.put(session, key, json.dumps(value))
        with self._lock:
            change: dict[str, Any] = {key: value}
            self._current = replace(self._current, **change)
        if self._bus is not None:
            self._bus.publish(SettingChanged(key))
        return self._current

    def ui_state(self, key: str) -> str | None:
        """What a part of the window kept under a key of its own, None where it kept nothing."""
        return self._ui.get(_UI + key)

    def set_ui_state(self, key: str, text: str | None) -> None:
        """Keep a part of the window's state, or with None forget it."""
        with self._store.begin() as session:
            if text is None:
                queries.delete(session, _UI + key)
            else:
                queries.put(session, _UI + key, text)
        with self._lock:
            self._ui = {name: kept for name, kept in self._ui.items() if name != _UI + key}
            if text is not None:
                self._ui[_UI + key] = text


def _line_of(key: str) -> Setting:
    line = SETTINGS.get(key)
    if line is None:
        raise NotFound(f"There is no setting {key!r}.", hint=f"There are: {', '.join(SETTINGS)}.")
    return line


def _parsed(line: Setting, text: str) -> str | bool | int | None:
    try:
        value: str | bool | int = json.loads(text)
    except ValueError:
        return None
    return value if _is_fit(line, value) else None


def _is_fit(line: Setting, value: object) -> bool:
    if type(value) is not line.type:
        return False
    if line.choices:
        return value in dict(line.choices)
    if line.key == "page_address":
        return value == "" or _ADDRESS.fullmatch(str(value)) is not None
    if line.key == "gap_alarm_h":
        return value in GAP_HOURS
    return line.key != "zone" or value == "" or _is_zone(str(value))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _hint(line: Setting) -> str:
    if line.key == "zone":
        return "Use a name such as Europe/Berlin."
    if line.key == "page_address":
        return "Use an address such as https://desk.example.org."
    if line.key == "gap_alarm_h":
        return f"Choose from {GAP_HOURS[0]} to {GAP_HOURS[-1]} hours."
    return f"Choose one of: {', '.join(name for _, name in line.choices)}." if line.choices else ""
