"""The notification service of a Linux desktop: whether there is one, what it can, and talking to it."""

from collections.abc import Callable

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.ui.bus_link import Answer, BusLink, session_bus_path
from desktop.ui.notice import safe

SERVICE = "org.freedesktop.Notifications"
_OBJECT = DBusAddress("/org/freedesktop/Notifications", bus_name=SERVICE, interface=SERVICE)
_PATIENCE_MS = 5_000
_RETRY_MS = (2_000, 10_000, 30_000)
_NAME_MOST = 40
_TRAY_WATCHER = "org.kde.StatusNotifierWatcher"
_NO_SERVICE = "no notification service runs on this desktop"


class BusService(QObject):
    """Finds the service and notices when it comes, goes, restarts or does not answer; never waits for it.

    Signals:
        state_changed: `trouble`, `owner`, `can` or `server` is another.
        began: a service answers; nothing of ours is on its screen.
        ended: (str why) the service, or the bus itself, has gone with all that was on screen.
        heard: (str member, tuple body) the service says what happened to a notification.
    """

    state_changed = Signal()
    began = Signal()
    ended = Signal(str)
    heard = Signal(str, object)

    def __init__(self, find_bus: Callable[[], str] = session_bus_path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._find_bus = find_bus
        self._link = BusLink(self)
        self._link.opened.connect(self._look_round)
        self._link.lost.connect(self._lost_bus)
        self._link.heard.connect(self._hear)
        self._patience = self._single_shot(_PATIENCE_MS)
        self._patience.timeout.connect(self._lose_patience)
        self._retry = self._single_shot(_RETRY_MS[0])
        self._retry.timeout.connect(self.start)
        self._tries = 0
        self.owner = ""
        self.server = ""
        self.can: frozenset[str] = frozenset()
        self.trouble = ""
        self.has_tray_watcher = False

    @property
    def is_available(self) -> bool:
        """Whether it can be asked to show something."""
        return bool(self.owner) and not self.trouble

    @property
    def state(self) -> str:
        """How it stands, in a few words."""
        if self.trouble:
            return f"not available: {self.trouble}"
        if not self.owner:
            return "asking the desktop…"
        buttons = "with buttons" if "actions" in self.can else "without buttons"
        return f"working ({self.server or 'notification service'}, {buttons})"

    def start(self) -> None:
        """Connect, now and again later where it is in vain."""
        path = self._find_bus()
        if path:
            self._patience.start()
            self._link.open(path)
        else:
            self._try_again_after("this desktop session has no D-Bus")

    def close(self) -> None:
        """Leave the bus."""
        self._retry.stop()
        self._patience.stop()
        self._link.close()
        self.owner = ""

    def call(
        self, member: str, signature: str, body: tuple[object, ...], answer: Answer | None = None
    ) -> bool:
        """Call a method of the service; False when there is no connection. With `answer` it must be quick."""
        if not self._link.is_open:
            return False
        if answer is not None and not self._patience.isActive():
            self._patience.start()
        self._link.call(new_method_call(_OBJECT, member, signature, body), answer)
        return True

    def note_answer(self, *, is_last: bool) -> None:
        """It answered; is anything else still waiting?"""
        self._patience.stop()
        if not is_last:
            self._patience.start()
        if self.trouble and self.owner:
            self._set_trouble("")

    def note_absence(self) -> None:
        """It turned out that there is no such service."""
        self.owner = ""
        self._set_trouble(_NO_SERVICE)

    # -- finding it
    def _look_round(self) -> None:
        self._tries = 0
        ours = MatchRule(type="signal", interface=SERVICE, sender=SERVICE)
        comings = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
        comings.add_arg_condition(0, SERVICE)
        for rule in (ours, comings):
            self._link.call(message_bus.AddMatch(rule))
        self._link.call(message_bus.NameHasOwner(_TRAY_WATCHER), self._take_watcher)
        self._ask()

    def _ask(self) -> None:
        self._patience.start()
        self._link.call(new_method_call(_OBJECT, "GetServerInformation"), self._take_name)
        self._link.call(new_method_call(_OBJECT, "GetCapabilities"), self._take_capabilities)

    def _take_watcher(self, reply: Message) -> None:
        is_answer = reply.header.message_type is not MessageType.error
        self.has_tray_watcher = is_answer and bool(reply.body[0])

    def _take_name(self, reply: Message) -> None:
        if reply.header.message_type is not MessageType.error and reply.body:
            self.server = " ".join(safe(str(reply.body[0])).split())[:_NAME_MOST]

    def _take_capabilities(self, reply: Message) -> None:
        self._patience.stop()
        if reply.header.message_type is MessageType.error:
            self.note_absence()
            return
        self.owner = str(reply.header.fields.get(HeaderFields.sender, ""))
        self.can = frozenset(reply.body[0])
        self._set_trouble("")
        self.began.emit()

    # -- losing it
    def _lose_patience(self) -> None:
        self._set_trouble("the notification service does not answer")

    def _lost_bus(self, why: str) -> None:
        self._patience.stop()
        self.owner = ""
        self.ended.emit("the session bus has gone")
        self._try_again_after(f"the session bus cannot be used ({why})")

    def _try_again_after(self, trouble: str) -> None:
        self._retry.start(_RETRY_MS[min(self._tries, len(_RETRY_MS) - 1)])
        self._tries += 1
        self._set_trouble(trouble)

    def _set_trouble(self, trouble: str) -> None:
        self.trouble = trouble
        self.state_changed.emit()

    # -- hearing it
    def _hear(self, message: Message) -> None:
        fields = message.header.fields
        member = fields.get(HeaderFields.member, "")
        if member == "NameOwnerChanged":
            if message.body[0] == SERVICE:
                self._change_owner(str(message.body[2]))
        # Anybody on the bus may send a signal; only the service itself says what a person pressed.
        elif self.owner and fields.get(HeaderFields.sender) == self.owner and message.body:
            self.heard.emit(member, message.body)

    def _change_owner(self, owner: str) -> None:
        if owner == self.owner:
            return
        had_one, self.owner = bool(self.owner), ""
        if had_one:
            self.ended.emit("the notification service ended")
        if owner:
            self._ask()
        else:
            self._patience.stop()
            self._set_trouble("the notification service ended")

    def _single_shot(self, interval_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        return timer
