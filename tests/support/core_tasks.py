"""What a coordinator does all day, done by keyboard alone and by mouse alone on the real window, and counted.

    python -m tests.support.core_tasks

prints the table: keys and clicks of each task beside their budgets, and the time the program took for it.
"""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from desktop.services.desk import Desk
from desktop.services.message_facts import MessageFacts
from tests.support.full_desk import OLDEST_NEW, NoonClock, full_desk
from tests.support.real_window import Hands, RealWindow, real_window

Way = Callable[[RealWindow, Hands], None]
_TITLE = "Exports stop at row 40"


@dataclass(frozen=True)
class Task:
    """One core task: what it may cost by keys and by clicks, both ways, and when it is done."""

    name: str
    keys: int
    chars: int
    clicks: int
    by_keys: Way
    by_mouse: Way
    is_done: Callable[[RealWindow], bool]
    prepare: Callable[[RealWindow], None] = lambda _desk: None


@dataclass(frozen=True)
class Cost:
    """What it took."""

    keys: int
    chars: int
    clicks: int
    app_s: float


def measured(task: Task, way: Way, folder: Path) -> Cost:
    """Do a task on a desk of its own in that folder.

    Raises: TimeoutError when its outcome is not on the screen and in the database.
    """
    with real_window(full_desk(folder / "desk.sqlite3"), NoonClock()) as desk:
        desk.until(lambda: desk.window.findChildren(QWidget, "acknowledge"), "the alarm")
        task.prepare(desk)
        desk.settle()
        hands, began_s = Hands(desk), time.monotonic()
        way(desk, hands)
        desk.until(lambda: task.is_done(desk), task.name)
        return Cost(hands.keys, hands.chars, hands.clicks, time.monotonic() - began_s - hands.idle_s)


# ---- eyes


def _id(desk: RealWindow, title: str) -> int:
    return int(desk.rows("SELECT id FROM escalation WHERE title = ?", title)[0][0])


def _button(desk: RealWindow, words: str) -> QAbstractButton:
    """The one button in sight with these words."""
    buttons = desk.window.findChildren(QAbstractButton)
    (found,) = [
        each for each in buttons if each.isVisible() and words in (each.text(), each.accessibleName())
    ]
    return found


def _field(desk: RealWindow, name: str) -> Any:
    widgets = [each for each in desk.window.findChildren(QWidget) if each.isVisible()]
    kinds = (QLineEdit, QComboBox)
    return next(each for each in widgets if isinstance(each, kinds) and each.accessibleName() == name)


def _click_card(desk: RealWindow, hands: Hands, escalation_id: int) -> None:
    board = desk.window.board
    place = board.rows.locate(escalation_id)
    assert place is not None, "it has no card"
    lane, at = place
    view = board.cards.lanes.lane(lane).view
    hands.click(view.viewport(), view.visualRect(view.model().index(at, 0)).center())


def _popup(desk: RealWindow) -> QMenu:
    def menu() -> QMenu | None:
        found = QApplication.activePopupWidget()
        return found if isinstance(found, QMenu) else None

    found = desk.until(menu, "a menu")
    assert found is not None
    return found


def _open_menu(desk: RealWindow, hands: Hands, name: str) -> QMenu:
    bar = desk.window.menuBar()
    action = next(each for each in bar.actions() if each.text().replace("&", "") == name)
    hands.click(bar, bar.actionGeometry(action).center())
    return _popup(desk)


def _card_is_in(desk: RealWindow, escalation_id: int, state: str) -> bool:
    place = desk.window.board.rows.locate(escalation_id)
    return place is not None and place[0] == state


# ---- 1: log an escalation


def _log_by_keys(desk: RealWindow, hands: Hands) -> None:
    hands.press("Ctrl+N")
    hands.type("north")
    hands.press("Return", "Tab")
    hands.type(_TITLE)
    hands.press("Tab")
    hands.type("Data")
    hands.press("Tab", "Tab", "2", "Tab", "3", "Ctrl+Return")


def _log_by_mouse(desk: RealWindow, hands: Hands) -> None:
    hands.click(desk.window.top.new)
    hands.type("Northwind Traders")
    hands.click(_field(desk, "Title"))
    hands.type(_TITLE)
    types = _field(desk, "Issue type")
    hands.click(types)
    hands.pause(QApplication.doubleClickInterval() + 50)  # a second click before that is none, to Qt
    view = types.view()
    hands.click(view.viewport(), view.visualRect(view.model().index(3, 0)).center())
    hands.click(_button(desk, "Business impact: 3"))
    desk.until(
        lambda: "≈ 18 / 30" not in desk.texts() and "18 / 30" in desk.texts(), "the score with its terms"
    )
    hands.click(_button(desk, "Open escalation  Ctrl+Enter"))


def _is_logged(desk: RealWindow) -> bool:
    found = desk.rows(
        "SELECT e.id, e.score, e.area, count(c.id) FROM escalation e"
        " JOIN commitment c ON c.escalation_id = e.id AND c.stopped_at IS NULL"
        " WHERE e.title = ? AND e.business_impact = 3 GROUP BY e.id",
        _TITLE,
    )
    if not found:
        return False
    escalation_id, score, area, running = found[0]
    is_shown = desk.window.board.rows.locate(escalation_id) is not None
    return bool(is_shown and score and area and running and "Why P" in desk.texts())


# ---- 2: triage the oldest new one


def _triage_by_keys(_desk: RealWindow, hands: Hands) -> None:
    hands.press("Down", "T", "2")
    hands.type("sana")
    hands.press("Return", "Return")


def _triage_by_mouse(desk: RealWindow, hands: Hands) -> None:
    _click_card(desk, hands, _id(desk, OLDEST_NEW))
    hands.click(_button(desk, "Classify…"))
    hands.click(_button(desk, "Severity: 2  Major loss"))
    hands.type("sana ito")
    hands.click(_button(desk, "Classify  Enter"))


def _is_triaged(desk: RealWindow) -> bool:
    query = (
        "SELECT e.id, e.state, e.severity, p.name FROM escalation e JOIN person p ON p.id = e.owner_id"
        " WHERE e.title = ?"
    )
    found = desk.rows(query, OLDEST_NEW)
    return bool(found and found[0][1:] == ("triaged", 2, "Sana Ito")) and _card_is_in(
        desk, found[0][0], "triaged"
    )


# ---- 3: acknowledge an alarm


def _acknowledge_by_keys(_desk: RealWindow, hands: Hands) -> None:
    hands.press("Ctrl+J", "A")


def _acknowledge_by_mouse(desk: RealWindow, hands: Hands) -> None:
    hands.click(
        next(each for each in desk.window.findChildren(QAbstractButton, "acknowledge") if each.isVisible())
    )


def _is_acknowledged(desk: RealWindow) -> bool:
    found = desk.rows("SELECT id, acknowledged_by FROM escalation WHERE acknowledged_by = 'Ada Quist'")
    return bool(found) and _card_is_in(desk, found[0][0], "acknowledged")


# ---- 4: open what breaches next


def _go_elsewhere(desk: RealWindow) -> None:
    desk.actions["page.settings"].trigger()


def _next_by_keys(_desk: RealWindow, hands: Hands) -> None:
    hands.press("Ctrl+J", "Return")


def _next_by_mouse(desk: RealWindow, hands: Hands) -> None:
    hands.choose(_open_menu(desk, hands, "View"), "Go to the most urgent clock")


def _is_open(desk: RealWindow) -> bool:
    query = "SELECT id, title FROM escalation WHERE acknowledge_wanted ORDER BY clock_due_at LIMIT 1"
    ((escalation_id, title),) = desk.rows(query)
    details = desk.window.details
    return details is not None and details.current_id == escalation_id and title in desk.texts()


# ---- 5: move a card


def _choose_acknowledged(desk: RealWindow) -> None:
    row = desk.rows("SELECT id FROM escalation WHERE state = 'acknowledged' ORDER BY id LIMIT 1")
    desk.window.board.go_to(row[0][0])


def _move_by_keys(_desk: RealWindow, hands: Hands) -> None:
    hands.press("Ctrl+Right")


def _move_by_menu_keys(_desk: RealWindow, hands: Hands) -> None:
    hands.press("M", "4")


def _move_by_mouse(desk: RealWindow, hands: Hands) -> None:
    _click_card(desk, hands, desk.window.board.selection.current)
    hands.click(_button(desk, "Move to…"))
    hands.choose(_popup(desk), "Working")


def _is_moved(desk: RealWindow) -> bool:
    current = desk.window.board.selection.current
    found = desk.rows("SELECT state FROM escalation WHERE id = ?", current)
    is_selected = current in desk.window.board.selected_ids() and desk.window.board.cards.has_card_focus()
    return found == [("working",)] and _card_is_in(desk, current, "working") and is_selected


# ---- 6: snooze


def _snooze_by_keys(_desk: RealWindow, hands: Hands) -> None:
    hands.press("H", "3", "1", "Return")


def _snooze_by_mouse(desk: RealWindow, hands: Hands) -> None:
    _click_card(desk, hands, desk.window.board.selection.current)
    hands.click(_button(desk, "Snooze reminders…"))
    hands.click(_button(desk, "Reason: Somebody works on it"))
    hands.click(_button(desk, "Snooze  Enter"))


def _is_snoozed(desk: RealWindow) -> bool:
    query = "SELECT round((until_at - started_at) / 60000000.0), reason FROM snooze WHERE ended_at IS NULL"
    if desk.rows(query) != [(30, "Somebody works on it")]:
        return False
    desk.actions["page.alarms"].trigger()
    return "Snoozed  1" in "\n".join(_tab_titles(desk))


def _tab_titles(desk: RealWindow) -> list[str]:
    from PySide6.QtWidgets import QTabBar

    bars = [bar for bar in desk.window.findChildren(QTabBar) if bar.isVisible()]
    return [bar.tabText(at) for bar in bars for at in range(bar.count())]


# ---- 7: post a customer update


_STEP = "We restore the import of last night"
_FACTS = {
    "title_plain": "Orders come in late",
    "impact_plain": "orders of this morning show late; new orders work",
    "next_steps": "Import the rest, operations, by 13:00",
    "actions_taken": "The import was stopped at 11:20",
    "contact_point": "support@desk.example",
}


def _write_facts(desk: RealWindow) -> None:
    """Somebody wrote before what messages of this escalation say; what is done now nobody has said yet."""
    _choose_acknowledged(desk)
    backups = desk.database.with_name("backups")
    with closing(Desk.open(desk.database, backups, NoonClock())) as beside:
        operator = beside.person.operator()
        assert operator is not None, "nobody works at the desk"
        facts = MessageFacts(store=beside.store, clock=beside.clock, policy=beside.policy)
        for name, text in _FACTS.items():
            facts.set_fact(desk.window.board.selection.current, name, text, operator.actor())


def _update_by_keys(_desk: RealWindow, hands: Hands) -> None:
    hands.press("U", "Down", "Return")
    hands.type(_STEP)
    hands.press("Ctrl+Return")


def _update_by_mouse(desk: RealWindow, hands: Hands) -> None:
    _click_card(desk, hands, desk.window.board.selection.current)
    hands.click(_button(desk, "Write a message…"))
    page = desk.window.pages.current
    assert page is not None
    stages = page.findChild(QListWidget)
    assert stages is not None
    hands.click(stages.viewport(), stages.visualItemRect(stages.item(1)).center())
    desk.settle()
    hands.click(_text(desk, "What is done now").viewport())
    hands.type(_STEP)
    hands.click(_button(desk, "Send"))


def _text(desk: RealWindow, name: str) -> QPlainTextEdit:
    fields = desk.window.findChildren(QPlainTextEdit)
    return next(each for each in fields if each.isVisible() and each.accessibleName() == name)


def _is_updated(desk: RealWindow) -> bool:
    current = desk.window.board.selection.current
    sent = desk.rows("SELECT stage, body, state FROM sent_message WHERE escalation_id = ?", current)
    running = desk.rows(
        "SELECT count(*) FROM commitment WHERE escalation_id = ? AND kind = 'update' AND stopped_at IS NULL",
        current,
    )
    is_told = len(sent) == 1 and sent[0][0] == "periodic" and _STEP in sent[0][1]
    return is_told and running == [(1,)] and desk.window.pages.current_id == "page.board"


_MOVE = (_move_by_mouse, _is_moved, _choose_acknowledged)
TASKS = (
    Task("log an escalation", 12, 55, 6, _log_by_keys, _log_by_mouse, _is_logged),
    Task("triage the oldest new one", 6, 10, 4, _triage_by_keys, _triage_by_mouse, _is_triaged),
    Task("acknowledge an alarm", 2, 0, 1, _acknowledge_by_keys, _acknowledge_by_mouse, _is_acknowledged),
    Task("open what breaches next", 2, 0, 2, _next_by_keys, _next_by_mouse, _is_open, _go_elsewhere),
    Task("move a card", 2, 0, 3, _move_by_keys, *_MOVE),
    Task("move a card by its lane's digit", 2, 0, 3, _move_by_menu_keys, *_MOVE),
    Task("snooze for half an hour", 4, 0, 4, _snooze_by_keys, _snooze_by_mouse, _is_snoozed,
         _choose_acknowledged),
    Task("post a customer update", 6, 40, 5, _update_by_keys, _update_by_mouse, _is_updated, _write_facts),
)  # fmt: skip


def main() -> None:
    """The command line above."""
    import tempfile

    application = QApplication([])
    head = ("task", "keys", "of", "chars", "of", "clicks", "of", "app s, keys", "app s, mouse")
    print(f"{head[0]:36}" + "".join(f"{each:>13}" for each in head[1:]))
    for task in TASKS:
        costs = []
        for way in (task.by_keys, task.by_mouse):
            with tempfile.TemporaryDirectory() as folder:
                costs.append(measured(task, way, Path(folder)))
        keys, mouse = costs
        figures = (keys.keys, task.keys, keys.chars, task.chars, mouse.clicks, task.clicks)
        print(
            f"{task.name:36}"
            + "".join(f"{each:13}" for each in figures)
            + f"{keys.app_s:13.2f}{mouse.app_s:13.2f}",
            flush=True,
        )
    application.quit()


if __name__ == "__main__":
    from tests.support import private_environment

    with private_environment.enter():
        main()
