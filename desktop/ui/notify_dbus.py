"""Desktop notifications on Linux, by the Desktop Notifications Specification."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from jeepney import HeaderFields, Message, MessageType
from PySide6.QtCore import QObject

from desktop.ui.bus_link import session_bus_path
from desktop.ui.bus_service import BusService
from desktop.ui.notice import DEFAULT, Notice, Notifier, safe

_NOTIFY = "susssasa{sv}i"
_URGENCIES = {"low": 0, "normal": 1, "critical": 2}
_NEVER, _AS_THE_SERVICE_LIKES = 0, -1
#: By number of chimes; names of the freedesktop sound theme.
_SOUNDS = ("", "message-new-instant", "dialog-warning")
_CLOSED_BY_PERSON = 2
_ABSENT = {"ServiceUnknown", "NameHasNoOwner", "UnknownMethod", "AccessDenied"}


@dataclass
class _Place:
    """One place on screen: what it shows, its number with the service, and what is to follow."""

    notice: Notice
    number: int = 0
    is_asked: bool = False
    is_withdrawn: bool = False
    follows: Notice | None = None


class DBusNotifier(Notifier):
    """Shows notices through whatever notification service the desktop runs, in place and with buttons.

    `program` and `entry` say who notifies: the program's name and its desktop file.
    """

    def __init__(
        self,
        program: str,
        entry: str,
        *,
        icon: str = "",
        find_bus: Callable[[], str] = session_bus_path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._program = program
        self._entry = entry
        self._icon = icon or entry
        self._service = BusService(find_bus, self)
        self._service.state_changed.connect(self.state_changed)
        self._service.began.connect(self._show_again)
        self._service.ended.connect(self._forget_numbers)
        self._service.heard.connect(self._hear)
        self._places: dict[str, _Place] = {}
        self._token = ""

    @property
    def plays_sound(self) -> bool:
        return "sound" in self._service.can

    @property
    def is_settled(self) -> bool:
        return bool(self._service.owner or self._service.trouble)

    @property
    def is_available(self) -> bool:
        return self._service.is_available

    @property
    def state(self) -> str:
        return self._service.state

    def has_tray_watcher(self) -> bool:
        """Whether the tray's icons are on the bus: their messages would come through this very service."""
        return self._service.has_tray_watcher

    def start(self) -> None:
        self._service.start()

    def close(self) -> None:
        for place in list(self._places.values()):
            self._close(place)  # its buttons would lead nowhere
        self._service.close()

    def show(self, notice: Notice) -> None:
        place = self._places.setdefault(notice.key, _Place(notice))
        place.is_withdrawn = False
        if not place.is_asked:
            self._send(place, notice)
            return
        if place.follows is not None and place.follows.row_id:
            self.shown.emit(place.follows.row_id, "taken over by a newer notification")
        place.follows = notice

    def withdraw(self, key: str) -> None:
        place = self._places.get(key)
        if place is None:
            return
        place.is_withdrawn = True
        place.follows = None
        if not place.is_asked:
            self._close(place)

    def take_answer(self, place: _Place, reply: Message) -> None:
        """The service answered a Notify."""
        place.is_asked = False
        self._service.note_answer(is_last=not any(other.is_asked for other in self._places.values()))
        if self._places.get(place.notice.key) is not place:
            return
        if reply.header.message_type is MessageType.error:
            self._take_refusal(place, reply)
        else:
            place.number = int(reply.body[0])
            if place.notice.row_id:
                self.shown.emit(place.notice.row_id, self._service.server or "desktop")
        if place.follows is not None:
            follows, place.follows = place.follows, None
            self._send(place, follows)
        elif place.is_withdrawn:
            self._close(place)

    def _take_refusal(self, place: _Place, reply: Message) -> None:
        name = str(reply.header.fields.get(HeaderFields.error_name, "")).rpartition(".")[2]
        if not place.number and place.follows is None:
            self._places.pop(place.notice.key, None)
        if name in _ABSENT:
            self._service.note_absence()
        if place.notice.row_id:
            why = f"the notification service refused it ({name or 'error'})"
            self.refused.emit(place.notice.row_id, why, name not in _ABSENT)

    def _send(self, place: _Place, notice: Notice) -> None:
        place.notice, place.is_asked = notice, True
        if not self._service.call("Notify", _NOTIFY, self._body(place), _Answered(self, place)):
            del self._places[notice.key]
            if notice.row_id:
                self.refused.emit(notice.row_id, "there is no connection to the session bus", True)

    def _body(self, place: _Place) -> tuple[object, ...]:
        notice, can = place.notice, self._service.can
        title, body = safe(notice.title), safe(notice.body)
        if "body" not in can:
            title, body = f"{title} — {body}", ""
        elif "body-markup" in can:
            body = _escaped(body)
        actions: list[str] = []
        if "actions" in can:
            for action, words in ((DEFAULT, "Open"), *notice.buttons):
                actions += [action, words]
        sound = _SOUNDS[min(notice.chimes, len(_SOUNDS) - 1)]
        hints = {
            "desktop-entry": ("s", self._entry),
            "urgency": ("y", _URGENCIES.get(notice.urgency, 1)),
            **({"sound-name": ("s", sound)} if sound else {"suppress-sound": ("b", True)}),
        }
        timeout = _NEVER if notice.urgency == "critical" else _AS_THE_SERVICE_LIKES
        return (self._program, place.number, self._icon, title, body, actions, hints, timeout)

    def _close(self, place: _Place) -> None:
        self._places.pop(place.notice.key, None)
        if place.number:
            self._service.call("CloseNotification", "u", (place.number,))

    def _hear(self, member: str, body: tuple[object, ...]) -> None:
        key = next((key for key, place in self._places.items() if place.number == body[0]), None)
        if key is None:
            return
        if member == "ActivationToken":
            self._token = str(body[1])
        elif member == "ActionInvoked":
            token, self._token = self._token, ""
            self.acted.emit(key, str(body[1]), token)
        elif member == "NotificationClosed":
            self._places.pop(key, None)
            self.gone.emit(key, body[1] == _CLOSED_BY_PERSON)

    def _show_again(self) -> None:
        """What was on screen when the former service went comes back, without a sound."""
        for place in list(self._places.values()):
            if not place.number and not place.is_asked:
                self._send(place, replace(place.notice, row_id=0, chimes=0))

    def _forget_numbers(self, why: str) -> None:
        """What was on screen went with its service; what was just being shown is to be tried again."""
        for key, place in list(self._places.items()):
            place.number = 0
            if not place.is_asked:
                continue
            del self._places[key]
            for notice in (place.notice, place.follows):
                if notice is not None and notice.row_id:
                    self.refused.emit(notice.row_id, why, True)


class _Answered:
    """Hands the answer to a Notify back with the place that it is about."""

    def __init__(self, notifier: DBusNotifier, place: _Place) -> None:
        self._notifier = notifier
        self._place = place

    def __call__(self, reply: Message) -> None:
        self._notifier.take_answer(self._place, reply)


def _escaped(text: str) -> str:
    """Services read the body as markup. By hand: `html` would load the names of two thousand signs."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
