"""Finding a playbook from anywhere: words and facets, ranked for the escalation that is chosen."""

from collections.abc import Mapping
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.playbook import Draft, State
from desktop.domain.playbook_match import Axis, Target
from desktop.services.playbook_search import Answer, Facets, Hit
from desktop.services.playbook_words import TagWords
from desktop.ui.kit.button import Button
from desktop.ui.kit.choice_chip import ChoiceChip
from desktop.ui.kit.label import Label
from desktop.ui.playbook.quick_list import HitList, row_height
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted

_WIDTH = 760
_MOST_ROWS = 8
_LABELS = {Axis.AREA: "Area", Axis.TIER: "Tier", Axis.TYPE: "Type", Axis.LEVEL: "Priority"}
_STATES = {
    "Published": State.PUBLISHED,
    "In review": State.IN_REVIEW,
    "Draft": State.DRAFT,
    "Retired": State.RETIRED,
}
_KEYS = "Enter opens it on the escalation · Shift+Enter reads it · Esc closes"
_KEYS_READ = "Enter reads it · Esc closes"


class FindsPlaybooks(Protocol):
    """Called on the worker."""

    def begin(self, escalation_id: int | None) -> tuple[Target, TagWords]:
        """What is ranked for, and what keys are called."""
        ...

    def find(self, query: str, target: Target, facets: Facets) -> Answer:
        """What holds the words."""
        ...

    def miss(self, query: str, escalation_id: int | None) -> None:
        """Nothing was found, and the person left it at that."""
        ...

    def create_stub(self, query: str, escalation_id: int | None) -> Draft:
        """A draft with the words as its title."""
        ...


class QuickSearch(QFrame):
    """Floats over the window; Esc gives the focus back.

    Signals:
        open_requested: (int escalation, int playbook) open it there.
        read_requested: (int playbook)
        edit_requested: (int playbook) a stub was begun.
        refused: (DeskError)
    """

    open_requested = Signal(int, int)
    read_requested = Signal(int)
    edit_requested = Signal(int)
    refused = Signal(object)

    def __init__(self, finds: FindsPlaybooks, around: Surroundings, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("part", "popover")
        self.setAccessibleName("Find a playbook")
        self._finds = finds
        self._window = window
        self._around = around
        self._runner = around.runner
        self._came_from: QWidget | None = None
        self._escalation_id: int | None = None
        self._target = Target()
        self._keys: Mapping[Axis, Mapping[str, str]] = {}
        self._missed = ""
        self.field = QLineEdit()
        self.field.setPlaceholderText("Words of a title, a purpose or a step")
        self.field.setAccessibleName("Find a playbook by words")
        self.chips = {axis: ChoiceChip(label, around.theme) for axis, label in _LABELS.items()}
        self.state_chip = ChoiceChip("State", around.theme)
        self.state_chip.set_choices(tuple(_STATES))
        self.list = HitList(around.theme, around.clock)
        self.none = Label("", "secondary", wrap=True)
        self.stub_button = Button("Create stub", "primary", keys="Enter")
        self.said = Label("", "small")
        self._lay_out()
        self._connect()
        self.hide()

    def open_for(self, escalation_id: int | None) -> None:
        """Show it, ranked for an escalation; a second time puts it away."""
        if self.isVisible():
            self.close_search()
            return
        self._came_from = QApplication.focusWidget()
        self._escalation_id = escalation_id
        self._target, self._missed = Target(), ""
        for chip in (*self.chips.values(), self.state_chip):
            chip.set_chosen(frozenset())
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self.list.show_hits(())
        self._say_none(Answer("", (), 0))
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self._runner.run(partial(self._finds.begin, escalation_id), self._begun, self._refuse, owner=self)

    def close_search(self) -> None:
        """Put it away; the focus goes back to where it was."""
        if not self.isVisible():
            return
        self._keep_missed()
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)

    def choose(self, *, reads: bool = False) -> None:
        """Take what is marked: on the escalation, or to read; where nothing was found, begin a stub."""
        hit = self.list.current()
        if hit is None:
            if self._missed:
                self.create_stub()
            return
        self.hide()
        self._take(hit, reads=reads)

    def create_stub(self) -> None:
        """Begin a playbook with the words as its title."""
        work = partial(self._finds.create_stub, self.field.text(), self._escalation_id)
        self._missed = ""
        self.hide()
        self._runner.run(work, self._stubbed, self._refuse, owner=self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press_key(event)
        if watched is self._window and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_search()
        else:
            super().keyPressEvent(event)

    def _press_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
        key = Qt.Key(event.key())
        if key in steps:
            self.list.step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose(reads=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Escape:
            self.close_search()
        else:
            return False
        return True

    def _take(self, hit: Hit, *, reads: bool) -> None:
        if self._escalation_id is not None and not reads and hit.state is State.PUBLISHED:
            self.open_requested.emit(self._escalation_id, hit.playbook_id)
        else:
            self.read_requested.emit(hit.playbook_id)

    def _press(self, _index: QModelIndex) -> None:
        self.choose()

    def _begun(self, answer: tuple[Target, TagWords]) -> None:
        self._target, words = answer
        self._keys = {axis: {name: key for key, name in known.items()} for axis, known in words.known.items()}
        for axis, chip in self.chips.items():
            chip.set_choices(tuple(self._keys[axis]))
        self._search()

    def _search(self, *_what: object) -> None:
        if self.isVisible():
            work = partial(self._finds.find, self.field.text(), self._target, self._facets())
            self._runner.run(work, self._show, self._refuse, owner=self)

    def _facets(self) -> Facets:
        keys = {
            axis: frozenset(self._keys[axis][name] for name in chip.chosen() if name in self._keys[axis])
            for axis, chip in self.chips.items()
            if self._keys
        }
        return Facets(keys, frozenset(_STATES[name] for name in self.state_chip.chosen()))

    def _show(self, answer: Answer) -> None:
        if answer.query != self.field.text() or not self.isVisible():
            return
        self.list.show_hits(answer.hits)
        self._say_none(answer)
        self._place()

    def _say_none(self, answer: Answer) -> None:
        words = answer.query.strip()
        is_missed = bool(words) and not answer.total
        self._missed = words if is_missed else ""
        self.list.setVisible(bool(answer.hits))
        self.none.setVisible(is_missed)
        self.none.setText(f"No playbook says “{words[:80]}”. It is noted as missing.")
        self.stub_button.setVisible(is_missed)
        found = counted(answer.total, "playbook") if answer.total else ""
        keys = _KEYS if self._escalation_id is not None else _KEYS_READ
        self.said.setText(" · ".join(filter(None, (found, keys if answer.hits else "Esc closes"))))

    def _keep_missed(self) -> None:
        if self._missed:
            self._runner.run(partial(self._finds.miss, self._missed, self._escalation_id), owner=self)
            self._missed = ""

    def _stubbed(self, draft: Draft) -> None:
        self.edit_requested.emit(draft.playbook_id)

    def _refuse(self, error: DeskError) -> None:
        self.refused.emit(error)

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Who goes on elsewhere in the window has done with it; a list of a chip is another window."""
        if now is None or not self.isVisible() or now.window() is not self._window.window():
            return
        if now is not self and not self.isAncestorOf(now):
            self._keep_missed()
            self.hide()

    def _connect(self) -> None:
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self._window.installEventFilter(self)
        self.list.clicked.connect(self._press)
        self.stub_button.clicked.connect(self.create_stub)
        for chip in (*self.chips.values(), self.state_chip):
            chip.choice_changed.connect(self._search)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def _lay_out(self) -> None:
        facets = QHBoxLayout()
        facets.setSpacing(6)
        for chip in (*self.chips.values(), self.state_chip):
            facets.addWidget(chip)
        facets.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self.stub_button)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addLayout(facets)
        column.addWidget(self.list, 1)
        column.addWidget(self.none)
        column.addLayout(below)
        column.addWidget(self.said)

    def _place(self) -> None:
        width = min(_WIDTH, self._window.width() - 40)
        layout = self.layout()
        rows = min(len(self.list.hits()), _MOST_ROWS) * row_height(self._around.theme)
        self.list.setFixedHeight(rows + 2)
        height = layout.heightForWidth(width) if layout is not None and layout.hasHeightForWidth() else 0
        height = height if height > 0 else self.sizeHint().height()
        height = min(height, self._window.height() - 120)
        self.setGeometry((self._window.width() - width) // 2, 56, width, height)
