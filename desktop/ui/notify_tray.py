"""The icon in the tray: opt-in, there while alarms stand; a way to notify where there is no better one."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.ui.icons import Icons
from desktop.ui.notice import DEFAULT, Notice, Notifier, safe
from desktop.ui.text import counted

_STAYS_MS = 15_000


def _no() -> bool:
    return False


class TrayNotifier(Notifier):
    """Shows notices beside a tray icon. They have no buttons, and nobody says whether they were seen.

    `is_mute` says that the tray would hand messages to the desktop's notification service, which is not
    there: Qt claims to support messages even then.

    Signals:
        window_requested: the icon was pressed.
        silence_requested, stop_requested, quit_requested: from its menu.
    """

    window_requested = Signal()
    silence_requested = Signal()
    stop_requested = Signal()
    quit_requested = Signal()

    def __init__(
        self,
        icons: Icons,
        program: str,
        *,
        is_mute: Callable[[], bool] = _no,
        is_there: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self._program = program
        self._is_mute = is_mute
        self._is_there = is_there
        self._is_wanted = False
        self._count = 0
        self._key = ""
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None

    @property
    def is_available(self) -> bool:
        return self._is_there() and not self._is_mute()

    @property
    def state(self) -> str:
        if self.is_available:
            return "not available; messages come from the icon in the tray, without buttons"
        return "not available: the desktop has no tray either"

    def close(self) -> None:
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None
        if self._menu is not None:
            self._menu.deleteLater()
            self._menu = None

    def set_wanted(self, is_wanted: bool) -> None:
        """Whether the person wants the icon to be seen while alarms stand."""
        self._is_wanted = is_wanted
        self._redraw()

    def set_count(self, count: int) -> None:
        """How many alarms stand; with none the icon is not seen."""
        self._count = count
        self._redraw()

    @property
    def menu(self) -> QMenu | None:
        """Its menu, once the icon was needed."""
        return self._menu

    @property
    def icon(self) -> QSystemTrayIcon | None:
        """The icon, once it was needed."""
        return self._icon

    def show(self, notice: Notice) -> None:
        icon = self._made()
        icon.show()
        self._key = notice.key
        kind = QSystemTrayIcon.MessageIcon
        picture = kind.Critical if notice.urgency == "critical" else kind.Information
        icon.showMessage(safe(notice.title), safe(notice.body), picture, _STAYS_MS)
        if notice.row_id:
            self.shown.emit(notice.row_id, "tray; nobody knows whether it was seen")

    def withdraw(self, key: str) -> None:
        if key == self._key:
            self._key = ""
            self._redraw()

    def _redraw(self) -> None:
        is_seen = self._is_there() and (bool(self._key) or (self._is_wanted and self._count > 0))
        if not is_seen:
            if self._icon is not None:
                self._icon.hide()
            return
        icon = self._made()
        words = counted(self._count, "alarm") if self._count else "No alarms"
        icon.setToolTip(f"{self._program}: {words}")
        icon.show()

    def _made(self) -> QSystemTrayIcon:
        if self._icon is None:
            self._menu = QMenu()
            self._icons.theme.dress(self._menu)  # it stands in no window
            self._menu.addAction(f"Show {self._program}").triggered.connect(self.window_requested)
            self._menu.addAction("Silence sounds for 10 minutes").triggered.connect(self.silence_requested)
            self._menu.addAction("Stop all automation…").triggered.connect(self.stop_requested)
            self._menu.addAction("Quit").triggered.connect(self.quit_requested)
            self._icon = QSystemTrayIcon(self._icons.icon("alarm", "text.danger"), self)
            self._icon.setContextMenu(self._menu)
            self._icon.messageClicked.connect(self._press_message)
            self._icon.activated.connect(self._press_icon)
        return self._icon

    def _press_message(self) -> None:
        if self._key:
            self.acted.emit(self._key, DEFAULT, "")

    def _press_icon(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.window_requested.emit()
