"""The page of the roster over a real desk, and a rota to begin with."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.person import Role
from desktop.services.roster import RosterService
from desktop.services.settings import SettingsService
from desktop.ui.roster.page import RosterPage
from desktop.wiring.roster_desk import roster_services

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.surroundings import Surroundings
    from tests.fixtures_screens import RealDesk

#: Weeks from Monday morning; the test's Monday 09:00 is the first handoff.
WEEKS = {"unit": "week", "count": 1}
DAYS = {"unit": "day", "count": 1}


@dataclass
class RosterStand:
    """A page, the services behind it, and hands."""

    real: "RealDesk"
    around: "Surroundings"
    qtbot: "QtBot"

    def __post_init__(self) -> None:
        base = self.real.base
        self.roster = RosterService(store=base.store, clock=base.clock, bus=base.bus)
        self.desk: Any = SimpleNamespace(
            store=base.store,
            clock=base.clock,
            bus=base.bus,
            person=self.real.person,
            settings=SettingsService(store=base.store),
        )
        self.services = roster_services(self.desk, None)

    def rota(self, *roles: Role, name: str = "Desk", every: dict[str, Any] = DAYS, **layer: Any) -> int:
        """A rota in which these take turns from Monday 09:00 UTC on."""
        turns = [[str(self.id_of(role))] for role in roles]
        first = {"name": "Days", "start": "2026-11-02T09:00", "every": every, "people": turns} | layer
        document = {"zone": "UTC", "layers": [first]}
        return self.roster.create(name, "", document, self.real.base.lead).id

    def id_of(self, role: Role) -> int:
        return self.real.base.staff[role].id

    def open(self, width: int = 1300) -> RosterPage:
        """The page, shown and settled."""
        self.page = RosterPage(self.services, self.around)
        self.qtbot.addWidget(self.page)
        self.page.resize(width, 820)
        with self.qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        self.settle()
        self.page.focus_first()
        return self.page

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.around.runner.pending == 0)

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys where the keyboard is."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.page, key, held)
            self.settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.page, text)
        self.settle()

    def looked(self) -> str:
        """What the open form says it would move, once it was asked."""
        wish = self.page.changes.wish
        assert wish is not None
        wish.form.edited.emit()
        self.settle()
        return wish.form.preview.text()
