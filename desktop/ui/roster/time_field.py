"""A date and time to type, on the wall clock of the zone the plan is shown in."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDateTimeEdit, QWidget

from desktop.domain.instant import from_us, to_us


class WallField(QDateTimeEdit):
    """A date and a time without a zone of its own; the wheel scrolls what is around it."""

    def __init__(self, name: str, wall: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTimeZone(QTimeZone.utc())  # digits only: no hour of the machine's own zone may be skipped
        self.setDisplayFormat("ddd d MMM yyyy HH:mm")
        self.setCalendarPopup(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_wall(wall)

    def wall(self) -> datetime:
        """What it shows."""
        shown = self.dateTime()
        day, time = shown.date(), shown.time()
        return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute())  # noqa: DTZ001 a wall time

    def set_wall(self, wall: datetime) -> None:
        """Show another one."""
        day, time = QDate(wall.year, wall.month, wall.day), QTime(wall.hour, wall.minute)
        self.setDateTime(QDateTime(day, time, QTimeZone.utc()))

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes to the next field; the arrows go through day, month and hour."""
        return QWidget.focusNextPrevChild(self, forwards)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class InstantField(WallField):
    """The same for an instant, which it shows in a zone."""

    def __init__(self, name: str, at_us: int, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        self._zone = zone
        self._given_us = at_us
        super().__init__(name, _wall(at_us, zone), parent)

    def instant(self) -> datetime:
        """The instant; of a time that comes twice the first, unless the second was given and stays."""
        wall = self.wall()
        if wall == _wall(self._given_us, self._zone).replace(second=0, microsecond=0):
            return from_us(self._given_us)
        return from_us(to_us(wall.replace(tzinfo=self._zone)))

    def set_instant(self, at_us: int) -> None:
        """Show another one."""
        self._given_us = at_us
        self.set_wall(_wall(at_us, self._zone))


def _wall(at_us: int, zone: ZoneInfo) -> datetime:
    return from_us(at_us).astimezone(zone).replace(tzinfo=None)
