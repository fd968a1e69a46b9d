"""The alarms over every page: who, what, how long, what to do; never in the way of typing."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.policy_alarm import InApp
from desktop.services.alarm_view import AlarmView
from desktop.services.outbox import OutboxItem
from desktop.ui.alarm_banner import AlarmBanner, BannerText
from desktop.ui.icons import Icons
from desktop.ui.kit.announce import announce
from desktop.ui.kit.button import Button
from desktop.ui.text import counted
from desktop.ui.theme import Theme

_MOST = 3
#: A banner that need not stay leaves by itself after so long, unless somebody is at it.
_LEAVES_AFTER_US = 60_000_000
_TOKENS = {"breached": "breached", "update_late": "breaching_soon", "breaching_soon": "breaching_soon"}


class AlarmBanners(QWidget):
    """At most three alarms, the worst on top, and how many more there are.

    A banner of a breach stays until the alarm is acknowledged, snoozed or no longer true; others may be put
    away, and come back when the alarm is told again. Feed it with `show_alarms`, `show_item`, `withdraw`
    and `tick`.

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
        *,
        is_still: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        """`is_still` says whether nothing may move on this screen."""
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._is_still = is_still
        self._alarms: dict[str, AlarmView] = {}
        self._items: dict[str, OutboxItem] = {}
        self._put_away: set[int] = set()
        self._shown_at: dict[str, int] = {}
        self._banners: dict[str, AlarmBanner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._more = Button("", "link")
        self._more.clicked.connect(self.list_requested)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 0, 14, 0)
        foot.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addLayout(foot)
        self._more.hide()
        self.hide()

    def show_alarms(self, views: Sequence[AlarmView]) -> None:
        """The alarms that stand, the worst first; one banner for each escalation."""
        standing = {view.id for view in views}
        self._put_away &= standing
        worst: dict[str, AlarmView] = {}
        for view in views:
            if view.is_banner:
                worst.setdefault(_key(view.escalation_id), view)
        self._alarms = {key: view for key, view in worst.items() if view.id not in self._put_away}
        self._redraw()

    def show_item(self, item: OutboxItem) -> None:
        """Something was told: its banner comes, or comes back and pulses."""
        if item.alarm_id is not None:
            self._put_away.discard(item.alarm_id)
        if item.in_app == InApp.BADGE:
            return
        if item.escalation_id is None:
            self._items[item.replaces] = item
        self._shown_at.pop(item.replaces, None)
        self._redraw()
        banner = self._banners.get(item.replaces)
        if banner is not None:
            banner.pulse(is_still=self._is_still())
        announce(self, f"{item.title}. {item.body}", urgent=item.urgency == "critical")

    def withdraw(self, key: str) -> None:
        """It is no longer true."""
        if self._items.pop(key, None) is not None:
            self._redraw()

    def tick(self, now_us: int) -> None:
        """The time; banners that need not stay go after a minute."""
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

    @property
    def more(self) -> Button:
        """The line below that leads to the rest."""
        return self._more

    def _redraw(self) -> None:
        texts = self._texts()
        keys = list(texts)[:_MOST]
        for key in [key for key in self._banners if key not in keys]:
            self._drop(key)
        for place, key in enumerate(keys):
            banner = self._banners.get(key)
            if banner is None:
                banner = self._make(key)
                self._column.insertWidget(place, banner)
                banner.say(texts[key])
                banner.pulse(is_still=self._is_still())
            else:
                banner.say(texts[key])
                self._column.insertWidget(place, banner)
        self._banners = {key: self._banners[key] for key in keys}
        rest = len(texts) - len(keys)
        self._more.set_text(f"+ {counted(rest, 'more alarm')}: show them all" if rest else "")
        self._more.setVisible(rest > 0)
        self.setVisible(bool(keys))

    def _texts(self) -> dict[str, BannerText]:
        """Breaches first, then summaries, then the other alarms; of each kind the worst first."""
        alarms = {key: _of_alarm(view) for key, view in self._alarms.items()}
        items = {key: _of_item(item) for key, item in self._items.items()}
        staying = {key: text for key, text in alarms.items() if text.stays}
        return staying | items | alarms

    def _make(self, key: str) -> AlarmBanner:
        banner = self._banners[key] = AlarmBanner(key, self._theme, self._icons)
        banner.pressed.connect(self._press)
        banner.closed.connect(self._close)
        return banner

    def _drop(self, key: str) -> None:
        banner = self._banners.pop(key)
        self._shown_at.pop(key, None)
        self._column.removeWidget(banner)
        banner.hide()
        banner.deleteLater()

    def _press(self, key: str, what: str) -> None:
        view = self._alarms.get(key)
        if view is None:
            self._items.pop(key, None)
            self._redraw()
            self.list_requested.emit()
        elif what == "acknowledge":
            self.acknowledge_requested.emit(view.escalation_id)
        elif what == "snooze":
            self.snooze_requested.emit(view.escalation_id)
        else:
            self.open_requested.emit(view.escalation_id)

    def _close(self, key: str) -> None:
        view = self._alarms.pop(key, None)
        if view is not None:
            self._put_away.add(view.id)
        self._items.pop(key, None)
        self._redraw()


def _key(escalation_id: int) -> str:
    return f"escalation:{escalation_id}"


def _of_alarm(view: AlarmView) -> BannerText:
    stays = view.in_app == InApp.BANNER_STAYS
    return BannerText(
        headline=f"{view.headline.partition(': ')[0]}: {view.title}",
        text=view.text,
        act=view.act,
        token=_TOKENS.get(view.occasion, "none"),
        stays=stays,
        buttons=(("acknowledge", "Acknowledge"), ("snooze", "Snooze 15 min"), ("open", "Open")),
    )


def _of_item(item: OutboxItem) -> BannerText:
    return BannerText(
        headline=item.title,
        text=item.body,
        act="",
        token="breached" if item.urgency == "critical" else "none",
        stays=False,
        buttons=(("list", "Show alarms"),) if item.reason != "test" else (),
    )
