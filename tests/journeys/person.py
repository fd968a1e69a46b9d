"""A person at the desk: starts the program on the virtual desktop, types, looks, and pulls the plug."""

import json
import signal
import socket
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

from db.engine import open_store
from desktop.domain.clock import SystemClock
from desktop.domain.intake import Intake
from desktop.domain.person import Actor, Person, Role
from desktop.services.desk import Desk
from tests.support.virtual_desktop import VirtualDesktop

TITLE = "^Escalation Desk$"
EVERYBODY = frozenset(Role) - {Role.OWNER}
COLLEAGUE = Actor("Leo Marsh", None, EVERYBODY)
_numbers = count(1)


@dataclass
class PersonAtDesk:
    """Ada Quist, a coordinator, on a desktop of her own; the desk's database is `database`."""

    desktop: VirtualDesktop
    database: Path
    program: "subprocess.Popen[bytes] | None" = None
    _socket: str = ""
    _window: str = ""

    def furnish(self) -> None:
        """Make the desk: its people and a customer, and nothing open."""
        with closing(self._desk()) as desk:
            ada = desk.person.create(Person(0, "Ada Quist", "AQ", roles=EVERYBODY), COLLEAGUE)
            desk.person.set_operator(ada.id)
            desk.settings.set("first_run_done", True)
            desk.customer.create("Northwind Traders", COLLEAGUE, tier="enterprise", revenue=2_000_000)

    def colleague_opens(self, title: str, severity: int = 1) -> None:
        """Somebody opens an escalation through another program."""
        impact = 6 - severity
        intake = Intake(1, title, severity=severity, business_impact=impact, reputational_risk=impact)
        with closing(self._desk()) as desk:
            desk.escalations.escalation.open(intake, COLLEAGUE)

    # -- the program

    def start(self, *arguments: str) -> None:
        """Start the program, and wait until everything is there and it has the keyboard."""
        number = next(_numbers)
        self._socket = str(self.desktop.folder / f"eye-{number}")
        trace = self.desktop.folder / f"trace-{number}.jsonl"
        self.desktop.environment["ESCALATION_DESK_TRACE"] = str(trace)
        self.program = self.desktop.start(
            sys.executable,
            "-m",
            "tests.support.watched_desk",
            self._socket,
            "--database",
            str(self.database),
            *arguments,
        )
        ready = lambda: trace.exists() and "all_ready" in trace.read_text()  # noqa: E731
        self.desktop.wait_until(ready, "everything ready", 60)
        self._window = self.desktop.wait_for_window(TITLE)
        self.come_back()

    def come_back(self) -> None:
        """Turn to the desk's window."""
        self.desktop.focus(self._window)
        self.desktop.wait_until(lambda: self.ask("focus"), "keyboard in the window")

    def look_away(self) -> None:
        """Minimize the desk's window."""
        self.desktop.output("xdotool", "windowminimize", self._window)
        self.desktop.wait_until(lambda: self.ask("focus") is None, "window without the keyboard")

    def pull_the_plug(self) -> None:
        """Kill the program: kill -9."""
        assert self.program is not None
        self.program.send_signal(signal.SIGKILL)
        self.program.wait(10)

    def quit(self) -> None:
        """Leave the program as one should."""
        assert self.program is not None
        self.press("ctrl+q")
        self.program.wait(20)

    # -- hands

    def press(self, *keys: str) -> None:
        self.desktop.press_keys(*keys)

    def type(self, text: str) -> None:
        self.desktop.type_text(text)

    @staticmethod
    def pause(seconds: float) -> None:
        """Do nothing for a while: for what must not happen, or must have happened by then."""
        Event().wait(seconds)

    # -- eyes

    def ask(self, *request: object) -> Any:
        """What the eye inside the program sees; see watched_desk."""
        with socket.socket(socket.AF_UNIX) as wire:
            wire.settimeout(20)
            wire.connect(self._socket)
            wire.sendall(json.dumps(request).encode() + b"\n")
            heard = b""
            while not heard.endswith(b"\n"):
                heard += wire.recv(65536)
        return json.loads(heard)

    def cards(self, lane: str) -> list[str]:
        """The cards in sight in a lane, as a screen reader says them."""
        found: list[str] = self.ask("cards").get(lane, [])
        return found

    def sees(self, text: str) -> bool:
        """Whether a visible label, button or field holds this text."""
        return any(text in said for _, name, said in self.ask("texts") for said in (name, said))

    def field(self, name: str) -> str:
        """What stands in the visible field of that name."""
        for _, called, text in self.ask("texts"):
            if called == name:
                return str(text)
        raise AssertionError(f"no field {name!r}: {self.ask('texts')}")

    def wait_for_card(self, lane: str, title: str, seconds: float = 10) -> str:
        """The card with that title in that lane, once it is there."""
        found = self.desktop.wait_until(
            lambda: [card for card in self.cards(lane) if title in card], f"{title!r} in {lane}", seconds
        )
        return found[0]

    def wait_to_see(self, text: str, seconds: float = 10) -> None:
        self.desktop.wait_until(lambda: self.sees(text), f"{text!r} on screen", seconds)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database holds."""
        with closing(open_store(self.database)) as store, store.read() as session:
            return session.sql(query, values).fetchall()

    def _desk(self) -> Desk:
        return Desk.open(self.database, self.database.parent / "desk-backups", SystemClock())
