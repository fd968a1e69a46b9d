"""The pages of handoffs and stand-ups, made when somebody goes there, and the word that one waits."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.instant import from_us
from desktop.services.desk import Desk
from desktop.services.handoff_waiting import NOTHING, HandoffWaiting, Waiting
from desktop.ui.bridge import Bridge
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, moment
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop.ui.handoff.page import HandoffPage
    from desktop.ui.standup.page import StandupPage

_PAGE = "page.handoff"
_GIVE, _TAKE = range(2)
_OFFERED, _ASKED, _DUE = "handoff:offered", "handoff:asked", "handoff:due"
_BUTTONS = {_OFFERED: "Take over", _ASKED: "Answer", _DUE: "Hand over"}
_TABS = {_OFFERED: _TAKE, _ASKED: _GIVE}


class HandoffScreens(QObject):
    """Says on every page that something is handed over or asked back, and leads there."""

    def __init__(self, desk: Desk, window: MainWindow, around: Surroundings, bridge: Bridge) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._around = around
        self._bridge = bridge
        self._waiting = HandoffWaiting(store=desk.store, clock=desk.clock)
        self._told: dict[str, str] = {}
        self._row: Waiting = NOTHING
        self._is_in_sight = False
        window.pages.add_later(_PAGE, self._made)
        window.pages.add_later("page.standup", self._made_standup)
        window.dispatcher.add_handlers({"handoff": self._hand_over})
        window.banners.pressed.connect(self._press)
        for changed in (bridge.handoffs_changed, bridge.people_changed):
            changed.connect(self.refresh)
        bridge.escalations_changed.connect(self._notice_changed)
        self.refresh()

    def refresh(self) -> None:
        """See what waits for whoever works at the desk."""
        self._around.runner.run(partial(_read, self._desk, self._waiting), self._show, owner=self)

    def _notice_changed(self, ids: frozenset[int]) -> None:
        """Another program wrote, or an escalation of a handoff that waits may have dropped out."""
        if not ids or self._row != NOTHING:
            self.refresh()

    def _show(self, row: Waiting) -> None:
        self._row = row
        self._say_all()
        self._window.side.set_count(_PAGE, row.items + row.questions, is_urgent=False)

    def _say_all(self) -> None:
        for key, words in _sentences(self._row, self._around.clock.now()).items():
            self._tell(key, "" if self._is_in_sight else words)

    def _follow_page(self, is_in_sight: bool) -> None:
        """Who looks at the page sees it there."""
        self._is_in_sight = is_in_sight
        self._say_all()

    def _tell(self, key: str, words: str) -> None:
        """What was put away comes back only when it says something else."""
        if self._told.get(key, "") == words:
            return
        self._told[key] = words
        if words:
            self._window.banners.show_banner(key, words, "info", [(key, _BUTTONS[key])])
        else:
            self._window.banners.withdraw(key)

    def _press(self, banner: str, _button: str) -> None:
        if banner == _DUE:
            self._hand_over()
        elif banner in _TABS:
            self._window.pages.go_to(_PAGE)
            page = self._page()
            page.show_tab(_TABS[banner])
            page.focus_first()

    def _hand_over(self) -> None:
        self._window.pages.go_to(_PAGE)
        self._page().hand_over()

    def _page(self) -> "HandoffPage":
        from desktop.ui.handoff.page import HandoffPage  # loaded by then

        page = self._window.pages.page(_PAGE)
        assert isinstance(page, HandoffPage)
        return page

    def _made(self) -> QWidget:
        from desktop.ui.handoff.page import HandoffPage  # seldom visited, and it brings the roster with it
        from desktop.wiring.handoffs import DeskHandoffs

        page = HandoffPage(DeskHandoffs(self._desk), self._around)
        bridge = self._bridge
        for changed in (bridge.handoffs_changed, bridge.people_changed, bridge.roster_changed):
            changed.connect(page.refresh)
        bridge.escalations_changed.connect(page.refresh)
        page.came_in_sight.connect(self._follow_page)
        return page

    def _made_standup(self) -> "StandupPage":
        from desktop.ui.standup.page import StandupPage  # as above
        from desktop.wiring.standups import DeskStandups

        page = StandupPage(DeskStandups(self._desk), self._around)
        bridge = self._bridge
        for changed in (bridge.standups_changed, bridge.people_changed, bridge.escalations_changed):
            changed.connect(page.refresh)
        return page


def _read(desk: Desk, waiting: HandoffWaiting) -> Waiting:
    operator = desk.person.operator()
    return waiting.of_person(operator.id if operator is not None else None)


def _sentences(row: Waiting, now: datetime) -> dict[str, str]:
    """What is to be said of each; empty where it is not."""
    others = f" and {counted(row.offers - 1, 'other')}" if row.offers > 1 else ""
    verb = "hand" if row.offers > 1 else "hands"
    what = counted(row.items, "escalation")
    due_at = moment(from_us(row.due_us), now) if row.due_us else ""
    return {
        _OFFERED: f"{row.giver}{others} {verb} over {what} to you. Not accepted is still theirs."
        if row.items
        else "",
        _ASKED: f"{row.asker} asks back: {counted(row.questions, 'question')} to answer."
        if row.questions
        else "",
        _DUE: f"Your shift ends {due_at}: hand over {counted(row.due_items, 'escalation')}."
        if row.due_items
        else "",
    }
