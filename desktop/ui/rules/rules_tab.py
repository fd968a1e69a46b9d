"""The rules, in their order, with the editor beside them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.rule import Rule
from desktop.domain.rule_action import Names
from desktop.services.rule_rows import RuleState, RuleVersion
from desktop.ui.kit.button import Button
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.rules.editor import RuleEditor
from desktop.ui.rules.ports import Choices, KeepsRules, RulesFound
from desktop.ui.rules.rule_table import RuleTable
from desktop.ui.rules.version_list import VersionList
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
        self._removed: Rule | None = None
        self._wanted = ""
        self.table = RuleTable(around.theme, around.clock)
        self.editor = RuleEditor(around.icons, around.clock)
        self.versions = VersionList(around.clock)
        self.empty = EmptyState(around.icons)
        self.empty.show_state("rules", _EMPTY, _EMPTY_TEXT, "Add a rule…")
        self.add_button = Button("Add…")
        self.edit_button = Button("Edit", keys="Enter")
        self.copy_button = Button("Copy")
        self.versions_button = Button("Versions")
        self.restore_button = Button("Restore", "primary")
        self.remove_button = Button("Remove", keys="Del")
        self.undo_button = Button("Bring it back")
        self.error = Label("", "danger", wrap=True)
        self.said = Label("", "secondary", wrap=True)
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
        """Ask the current rule earlier or later."""
        state = self.table.current()
        if state is None:
            return
        place = self.table.place(state) + by
        if 1 <= place <= self.table.model_of_rules.rowCount():
            self._do(partial(self._rules.move, state.rule.id, place), "")

    def remove(self) -> None:
        """Take the current rule away; the way back is offered right there."""
        state = self.table.current()
        if state is not None:
            self._removed = state.rule
            self._do(partial(self._rules.remove, state.rule.id), f"“{state.rule.name}” is removed.")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setContentsMargins(12, 8, 12, 8)
        buttons.setSpacing(6)
        for button in (self.add_button, self.edit_button, self.copy_button, self.versions_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.restore_button)
        buttons.addWidget(self.remove_button)
        bar = QFrame()
        bar.setProperty("part", "filters")
        bar.setLayout(buttons)
        says = QHBoxLayout()
        says.setContentsMargins(12, 6, 12, 6)
        says.addWidget(self.said, 1)
        says.addWidget(self.error, 1)
        says.addWidget(self.undo_button)
        self._says = QWidget()
        self._says.setLayout(says)
        hint = Label("Space switches on or off. Ctrl+Up and Ctrl+Down change the order.", "hint", wrap=True)
        hint.setContentsMargins(12, 6, 12, 8)
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (bar, self._says, self.table, self.empty, hint):
            column.addWidget(widget, 1 if widget in (self.table, self.empty) else 0)
        self._list_parts = (bar, self.table, hint)
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
        self._say("")

    def _connect(self) -> None:
        self.table.opened.connect(self.edit)
        self.table.switched.connect(self.switch)
        self.table.moved.connect(self.shift)
        self.table.removed.connect(self.remove)
        self.table.picked.connect(self._follow_table)
        self.add_button.clicked.connect(self.add)
        self.empty.button_pressed.connect(self.add)
        self.edit_button.clicked.connect(self.edit)
        self.copy_button.clicked.connect(self.copy)
        self.versions_button.clicked.connect(self._fetch_versions)
        self.restore_button.clicked.connect(self._reset)
        self.remove_button.clicked.connect(self.remove)
        self.undo_button.clicked.connect(self._bring_back)
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
        self.restore_button.setVisible(state is not None and state.is_tripped)
        for button in (self.edit_button, self.copy_button, self.versions_button, self.remove_button):
            button.setEnabled(state is not None)

    def _do(self, work: Callable[[], object], words: str) -> None:
        self._wanted = words
        self._runner.run(work, self._done, self._refuse, owner=self)

    def _done(self, _result: object) -> None:
        self._say(self._wanted)
        self.refresh()

    def _say(self, words: str) -> None:
        self.error.hide()
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.undo_button.setVisible(bool(words) and self._removed is not None)
        self._says.setVisible(bool(words))
        if not words:
            self._removed = None

    def _refuse(self, error: DeskError) -> None:
        self._removed = None
        self._say("")
        self.error.setText(str(error))
        self.error.show()
        self._says.show()

    def _bring_back(self) -> None:
        if self._removed is not None:
            rule, self._removed = self._removed, None
            self._do(partial(self._rules.bring_back, rule.id), "")
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
        self._say("")
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
