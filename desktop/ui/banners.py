"""The alarms over every page: who, what, how long; two lines at most, never in the way of typing."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.policy_alarm import InApp
from desktop.services.alarm_view import AlarmView
from desktop.services.outbox import OutboxItem
from desktop.ui.alarm_banner import AlarmBanner
from desktop.ui.alarm_words import (
    LIST,
    BannerText,
    age_of,
    marked,
    must_stay,
    of_alarm,
    of_flood,
    of_item,
    oldest_of,
    stands_alone,
)
from desktop.ui.icons import Icons
from desktop.ui.kit.announce import Announcer
from desktop.ui.theme import Theme

_MOST = 2
#: More alarms than this are told as one, until so few are left (ux.md 1.3: begin late, end later still).
_FLOOD_ABOVE = 5
_FLOOD_UNTIL = 3
_FLOOD = "flood"
#: A banner that need not stay leaves by itself after so long, unless somebody is at it.
_LEAVES_AFTER_US = 60_000_000


class AlarmBanners(QWidget):
    """The two worst alarms and how many more there are; many at once are told as one line.

    A banner of a breach stays until the alarm is acknowledged, snoozed or no longer true; others may be put
    away, and come back when the alarm is told again. In a flood one line names the oldest, and the worst P1
    breach stands above it. Feed it with `show_alarms`, `show_item`, `withdraw` and `tick`, which tells the
    time: before the first one nothing is shown.

    Signals:
        acknowledge_requested, snooze_requested, open_requested: (int escalation_id) as pressed.
        list_requested: the person wants to see all alarms.
    """

    acknowledge_requested = Signal(int)
    snooze_requested = Signal(int)
    open_requested = Signal(int)
    list_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        announcer: Announcer,
        *,
        is_still: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        """`is_still` says whether nothing may move on this screen."""
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._announcer = announcer
        self._is_still = is_still
        #: The word before every headline at a drill's own desk.
        self.mark = ""
        self._now_us = 0
        self._count = 0  # escalations with an alarm, whether or not it has a banner
        self._is_flood = False
        self._is_held = False
        self._known: set[int] = set()
        self._new: set[str] = set()
        self._alarms: dict[str, AlarmView] = {}
        self._items: dict[str, OutboxItem] = {}
        self._put_away: dict[int, str] = {}  # the alarm, and the key of its banner
        self._shown_at: dict[str, int] = {}
        self._banners: dict[str, AlarmBanner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_alarms(self, views: Sequence[AlarmView]) -> None:
        """The alarms that stand, the worst first; one banner for each escalation."""
        standing = {view.id for view in views}
        self._put_away = {alarm: key for alarm, key in self._put_away.items() if alarm in standing}
        worst: dict[str, AlarmView] = {}
        for view in views:
            held = worst.get(_key(view.escalation_id))
            is_alike = held is not None and held.occasion == view.occasion
            if view.is_banner and (held is None or (is_alike and age_of(view) < age_of(held))):
                worst[_key(view.escalation_id)] = view
        self._alarms = {key: view for key, view in worst.items() if view.id not in self._put_away}
        news = {key for key, view in self._alarms.items() if view.id not in self._known}
        self._new = self._new | news if self._is_held else news
        self._known = standing
        self._count = len({view.escalation_id for view in views})
        self._redraw()

    def show_item(self, item: OutboxItem) -> None:
        """Something was told: its banner comes, or comes back and pulses."""
        for alarm, key in list(self._put_away.items()):
            if alarm == item.alarm_id or key == item.replaces:
                del self._put_away[alarm]
        if item.in_app == InApp.BADGE:
            return
        if item.escalation_id is None:
            self._items[item.replaces] = item
        self._shown_at.pop(item.replaces, None)
        self._redraw()
        if self._is_held:
            self._new.add(item.replaces)
            return
        banner = self._banners.get(item.replaces)
        if banner is not None:
            banner.pulse(is_still=self._is_still())
        self._announcer.say(self, f"{item.title}. {item.body}", about=item.replaces, once=True)

    def hold(self, is_held: bool) -> None:
        """Change nothing on screen while held; what came meanwhile is shown when it is let go."""
        self._is_held = is_held
        if not is_held:
            self._shown_at.clear()
            self._redraw()

    def withdraw(self, key: str) -> None:
        """It is no longer true."""
        if self._items.pop(key, None) is not None:
            self._redraw()

    def tick(self, now_us: int) -> None:
        """The time: what the lines say moves on, and those that need not stay go after a minute."""
        self._now_us = now_us
        if self._is_held:
            return
        if self._alarms or self._items:
            self._redraw()
        for key, banner in list(self._banners.items()):
            since_us = self._shown_at.setdefault(key, now_us)
            if not banner.stays and now_us - since_us >= _LEAVES_AFTER_US and not banner.is_in_use():
                self._close(key)

    def texts(self) -> list[str]:
        """What the banners say, from the top."""
        return [banner.sentence for banner in self._banners.values()]

    def banner(self, key: str) -> AlarmBanner | None:
        """The banner under a key such as `escalation:12`."""
        return self._banners.get(key)

    def _redraw(self) -> None:
        if self._is_held:
            return
        texts = self._texts() if self._now_us else {}
        had_focus = [self._drop(key) for key in list(self._banners) if key not in texts]
        for place, (key, text) in enumerate(texts.items()):
            banner = self._banners.get(key) or self._make(key)
            banner.say(marked(text, self.mark))
            if self._column.indexOf(banner) != place:
                self._column.insertWidget(place, banner)
        if list(self._banners) != list(texts):
            self._banners = {key: self._banners[key] for key in texts}
            self._chain()
        self._tell_rest()
        self.setVisible(bool(texts))
        if any(had_focus) and self._banners:
            next(iter(self._banners.values())).take_focus()

    def _texts(self) -> dict[str, BannerText]:
        """At most two lines: the worst breach, then what was just told, then other alarms or their sum."""
        alarms = list(self._alarms.values())
        self._is_flood = len(alarms) > (_FLOOD_UNTIL if self._is_flood else _FLOOD_ABOVE)
        goes_first = stands_alone if self._is_flood else must_stay
        first = next((view for view in alarms if goes_first(view)), None)
        rest = [view for view in alarms if view is not first]
        texts = {_key(first.escalation_id): of_alarm(first, self._now_us)} if first else {}
        texts.update((key, of_item(item)) for key, item in self._items.items())
        if self._is_flood:
            texts[_FLOOD] = of_flood(rest, self._count - bool(first), self._now_us, is_second=bool(first))
        else:
            texts.update((_key(view.escalation_id), of_alarm(view, self._now_us)) for view in rest[:_MOST])
        return dict(list(texts.items())[:_MOST])

    def _tell_rest(self) -> None:
        """At the end of the last line, unless a line is their sum."""
        shown = len(self._alarms.keys() & self._banners.keys())
        is_summed = self._is_flood and _FLOOD in self._banners
        rest = self._count - shown if shown and not is_summed else 0
        tails = [banner.tail for banner in self._banners.values()]
        for tail in tails:
            tail.set_rest(rest if tail is tails[-1] else 0)
        width = max((tail.sizeHint().width() for tail in tails), default=0)
        for tail in tails:
            tail.setFixedWidth(width)  # so that the buttons of both lines stand below one another

    def _chain(self) -> None:
        stops: list[QWidget] = [self]
        stops += [stop for banner in self._banners.values() for stop in banner.stops()]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)

    def _make(self, key: str) -> AlarmBanner:
        banner = self._banners[key] = AlarmBanner(key, self._theme, self._icons)
        banner.pressed.connect(self._press)
        banner.closed.connect(self._close)
        if key in self._new or key not in self._alarms:
            banner.pulse(is_still=self._is_still())
        return banner

    def _drop(self, key: str) -> bool:
        """Whether it had the focus."""
        banner = self._banners.pop(key)
        had_focus = banner.holds_focus()
        self._shown_at.pop(key, None)
        self._column.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        return had_focus

    def _press(self, key: str, what: str) -> None:
        view = self._alarms.get(key)
        if what == LIST:
            if self._items.pop(key, None) is not None:
                self._redraw()
            self.list_requested.emit()
        elif view is None:
            self.open_requested.emit(oldest_of(self._summed()).escalation_id)
        elif what == "acknowledge":
            self.acknowledge_requested.emit(view.escalation_id)
        elif what == "snooze":
            self.snooze_requested.emit(view.escalation_id)
        else:
            self.open_requested.emit(view.escalation_id)

    def _summed(self) -> list[AlarmView]:
        """The alarms that the line of a flood stands for."""
        return [view for key, view in self._alarms.items() if key not in self._banners]

    def _close(self, key: str) -> None:
        gone = self._summed() if key == _FLOOD and self._is_flood else []
        view = self._alarms.pop(key, None)
        for each in [view, *gone] if view else gone:
            self._put_away[each.id] = _key(each.escalation_id)
            self._alarms.pop(_key(each.escalation_id), None)
        self._items.pop(key, None)
        self._redraw()


def _key(escalation_id: int) -> str:
    return f"escalation:{escalation_id}"
