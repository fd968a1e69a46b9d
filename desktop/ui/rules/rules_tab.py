"""The rules, in their order, with the editor beside them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.rule import Rule
from desktop.domain.rule_action import Names
from desktop.services.rule_rows import RuleState, RuleVersion
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.rules.editor import RuleEditor
from desktop.ui.rules.ports import Choices, KeepsRules, RulesFound
from desktop.ui.rules.rule_table import RuleTable
from desktop.ui.rules.rules_bar import RulesBar
from desktop.ui.rules.version_list import VersionList
from desktop.ui.rules.way_back import Back, WayBack
from desktop.ui.surroundings import Surroundings

_NARROW_BELOW = 1160
_EMPTY = "No rules yet"
_EMPTY_TEXT = "A rule decides about a signal before anybody looks: its severity, its owner, its area."


class RulesTab(QWidget):
    """What people do with rules.

    Signals:
        message_requested: (str) what was done.
    """

    message_requested = Signal(str)

    def __init__(self, rules: KeepsRules, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules = rules
        self._runner = around.runner
        self._theme = around.theme
        self._choices = Choices()
        self._names: Names = {}
        self._wanted: tuple[str, Back | None] = ("", None)
        self.table = RuleTable(around.theme, around.clock)
        self.editor = RuleEditor(around.icons, around.clock)
        self.versions = VersionList(around.clock)
        self.empty = EmptyState(around.icons)
        self.empty.show_state("rules", _EMPTY, _EMPTY_TEXT, "Add a rule…")
        self.bar = RulesBar()
        self.way_back = WayBack()
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Fetch the rules anew."""
        self._runner.run(self._rules.found, self._show, owner=self)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.empty if self.empty.isVisible() else self.table).setFocus()

    def add(self) -> None:
        """Write a new rule."""
        self.editor.show_new(self._choices, self._names)
        self._open(self.editor)
        self.editor.name.setFocus()

    def edit(self) -> None:
        """Change the current rule."""
        state = self.table.current()
        if state is not None:
            self.editor.show_rule(state.rule, self._choices, self._names)
            self._open(self.editor)
            self.editor.name.setFocus()

    def copy(self) -> None:
        """Write a rule like the current one."""
        state = self.table.current()
        if state is not None:
            self.editor.show_rule(state.rule, self._choices, self._names, copy=True)
            self._open(self.editor)
            self.editor.name.setFocus()

    def switch(self) -> None:
        """Switch the current rule on or off."""
        state = self.table.current()
        if state is not None:
            is_on = not state.rule.enabled
            self._do(partial(self._rules.enable, state.rule.id, enabled=is_on), "")

    def shift(self, by: int) -> None:
        """Ask the current rule earlier or later; the way back is offered right there."""
        state = self.table.current()
        if state is None:
            return
        rule, was = state.rule, self.table.place(state)
        place, last = was + by, self.table.model_of_rules.rowCount()
        if not 1 <= place <= last:
            return
        before = self.way_back.back
        if before is not None and before.place and before.rule_id == rule.id:
            was = before.place  # several steps are one way back
        back = Back("Put it back", partial(self._rules.move, rule.id, was), rule.id, was)
        words = f"“{rule.name}” is asked at place {place} of {last}."
        self._do(partial(self._rules.move, rule.id, place), words, back if was != place else None)

    def earlier(self) -> None:
        """Ask the current rule before the one above it."""
        self.shift(-1)

    def later(self) -> None:
        """Ask the current rule after the one below it."""
        self.shift(1)

    def remove(self) -> None:
        """Take the current rule away; the way back is offered right there."""
        state = self.table.current()
        if state is not None:
            rule = state.rule
            back = Back("Bring it back", partial(self._rules.bring_back, rule.id), rule.id)
            self._do(partial(self._rules.remove, rule.id), f"“{rule.name}” is removed.", back)

    def _lay_out(self) -> None:
        hint = Label(
            "Space switches on or off. Ctrl+Up, Ctrl+Down and dragging change the order.", "hint", wrap=True
        )
        hint.setContentsMargins(12, 6, 12, 8)
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.bar, self.way_back, self.table, self.empty, hint):
            column.addWidget(widget, 1 if widget in (self.table, self.empty) else 0)
        self._list_parts = (self.bar, self.table, hint)
        self._side = QStackedWidget()
        self._side.addWidget(self.editor)
        self._side.addWidget(self.versions)
        self._side.setMinimumWidth(540)
        self._side.hide()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._left)
        self.splitter.addWidget(self._side)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        self.empty.hide()

    def _connect(self) -> None:
        self.table.opened.connect(self.edit)
        self.table.switched.connect(self.switch)
        self.table.moved.connect(self.shift)
        self.table.removed.connect(self.remove)
        self.table.picked.connect(self._follow_table)
        self.bar.add.clicked.connect(self.add)
        self.empty.button_pressed.connect(self.add)
        self.bar.edit.clicked.connect(self.edit)
        self.bar.copy.clicked.connect(self.copy)
        self.bar.versions.clicked.connect(self._fetch_versions)
        self.bar.restore.clicked.connect(self._reset)
        self.bar.remove.clicked.connect(self.remove)
        self.bar.earlier.clicked.connect(self.earlier)
        self.bar.later.clicked.connect(self.later)
        self.way_back.wanted.connect(self._go_back)
        self.editor.save_requested.connect(self._save)
        self.editor.try_requested.connect(self._try)
        self.editor.closed.connect(self._leave_editor)
        self.versions.closed.connect(self._close)
        self.versions.restore_requested.connect(self._restore_version)

    def _show(self, found: RulesFound) -> None:
        self._choices = found.choices
        self._names = found.names
        had_focus = self.table.hasFocus() or self.empty.hasFocus()
        index = self.table.currentIndex()
        self.table.show_rules(found.rules, self._names)
        if found.rules and self.table.current() is None:  # it was removed: its neighbour is next
            self.table.selectRow(min(max(index.row(), 0), len(found.rules) - 1))
        for widget in self._list_parts:
            widget.setVisible(bool(found.rules))
        self.empty.setVisible(not found.rules)
        if had_focus:
            self.focus_first()
        self._follow_table()

    def _follow_table(self) -> None:
        state = self.table.current()
        place = self.table.place(state) if state is not None else 0
        self.bar.show_state(state, place, self.table.model_of_rules.rowCount())

    def _do(self, work: Callable[[], object], words: str, back: Back | None = None) -> None:
        self._wanted = (words, back)
        self._runner.run(work, self._done, self.way_back.refuse, owner=self)

    def _done(self, _result: object) -> None:
        self.way_back.say(*self._wanted)
        self.refresh()

    def _go_back(self) -> None:
        back = self.way_back.back
        if back is not None:
            self._do(back.work, "")
            self.table.setFocus()

    def _reset(self) -> None:
        state: RuleState | None = self.table.current()
        if state is not None:
            self._do(partial(self._rules.reset_breaker, state.rule.id), f"“{state.rule.name}” acts again.")

    def _save(self, document: dict[str, Any]) -> None:
        work = partial(self._rules.save, document)
        self._runner.run(work, self._saved, self.editor.show_error, owner=self)

    def _saved(self, rule: Rule) -> None:
        self.message_requested.emit(f"“{rule.name}” is saved as version {rule.version}")
        self.way_back.say("")
        self._close()
        self.refresh()

    def _try(self, document: dict[str, Any], last_n: int) -> None:
        work = partial(self._rules.try_out, document, last_n)
        self._runner.run(work, self.editor.show_trial, self.editor.show_error, owner=self)

    def _fetch_versions(self) -> None:
        state = self.table.current()
        if state is not None:
            work = partial(self._rules.versions, state.rule.id)
            self._runner.run(work, self._show_versions, owner=self)
            self._open(self.versions)

    def _show_versions(self, versions: Sequence[RuleVersion]) -> None:
        self.versions.show_versions(versions, self._names)

    def _restore_version(self, version: int) -> None:
        state = self.table.current()
        if state is not None:
            self._do(
                partial(self._rules.restore, state.rule.id, version),
                f"Version {version} of “{state.rule.name}” counts again, as the newest.",
            )
            self._close()

    def _open(self, widget: QWidget) -> None:
        self._side.setCurrentWidget(widget)
        if self._side.isHidden():
            self._side.show()
            self.splitter.setSizes([self.width() // 2, self.width() // 2])
        self._share_room()

    def _leave_editor(self) -> None:
        if not self.editor.warns_of_loss():
            self._close()

    def _close(self) -> None:
        self._side.hide()
        self._share_room()
        self.focus_first()

    def _share_room(self) -> None:
        """Where both do not fit beside each other, what is written comes first."""
        is_narrow = self.width() < _NARROW_BELOW * self._theme.text_scale
        self._left.setVisible(not is_narrow or self._side.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()
