"""Why it scored as it did: a tree down to the log, and beside it the chosen part in full."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.drill_explain import sentence, span
from desktop.domain.drill_grade import ExpectationScore
from desktop.domain.drill_replay import Told
from desktop.domain.drill_score import DrillScore
from desktop.domain.drill_words import Status
from desktop.ui.drill import after_words as words
from desktop.ui.drill.after_ports import AfterFound
from desktop.ui.drill.tree_model import Node, TreeModel, seat_tree_of, tree_of
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.table_model import Index
from desktop.ui.surroundings import Surroundings

_CHECK_WORDS = {True: "✓  shown", False: "✗  missing", None: "–  not observed"}


class ScoreTree(QWidget):
    """Explains a score down to the entries of the log.

    Signals:
        event_wanted: (int seq) it is to be seen in the replay.
        override_wanted: (str expectation) its rating or time is to be adjusted.
    """

    event_wanted = Signal(int)
    override_wanted = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._score: DrillScore | None = None
        self._found: AfterFound | None = None
        self._log: tuple[Told, ...] = ()
        self._seen: tuple[object, ...] = ()
        self.by_seat = Button("By seat")
        self.by_seat.setCheckable(True)
        self.by_seat.setAccessibleDescription("What was asked of each seat, for those who may see it")
        self.by_seat.hide()
        self._run_id = 0
        self._can_judge = False
        self.model = TreeModel(self)
        self.tree = _Tree()
        self.tree.setModel(self.model)
        self.title = Label("", "heading", wrap=True)
        self.why = Label("", wrap=True)
        self.why.let_select()
        self.parts = Label("", wrap=True)
        self.adjust = Button("Adjust rating or time…")
        self.adjust_note = Label("", "secondary", wrap=True)
        self._lay_out()
        around.actions.give_page_letters_to(self.tree)
        self.tree.picked.connect(self._follow)
        self.tree.opened.connect(self._open)
        self.tree.doubleClicked.connect(self._open)
        self.adjust.clicked.connect(self._adjust)
        self.by_seat.toggled.connect(self._turn)

    def show_found(self, found: AfterFound, log: Sequence[Told], *, can_judge: bool) -> None:
        """Show the tree of a run's score; what is open and chosen stays while it is the same run's."""
        roles = found.seats_seen
        if not roles:
            self.by_seat.setChecked(False)
        self.by_seat.setVisible(bool(roles))
        self._found, self._log = found, tuple(log)
        seen = (found.run.id, found.score, roles if self.by_seat.isChecked() else (), can_judge)
        if seen != self._seen:
            self._seen = seen
            self._show_tree(found.score, found.run.id, can_judge=can_judge)

    def _show_tree(self, score: DrillScore, run_id: int, *, can_judge: bool) -> None:
        kept = self.expectation() if self._run_id == run_id else ""
        opened = {node.title for node in self.model.nodes() if self._is_open(node)}
        self._score, self._can_judge = score, can_judge
        is_same = self._run_id == run_id
        self._run_id = run_id
        self.model.show_tree(self._tree_of(score))
        self.tree.size_columns()
        for node in self.model.nodes():
            depth_two = node.above is not None and node.above.above is None
            if depth_two or (is_same and node.title in opened) or (not is_same and node.expectation == ""):
                self.tree.setExpanded(self.model.index_of(node), True)
        self.choose(kept)

    def _tree_of(self, score: DrillScore) -> Node:
        found = self._found
        if found is not None and self.by_seat.isChecked():
            return seat_tree_of(score, self._log, found.scenario, found.seats_seen)
        return tree_of(score, self._log)

    def _turn(self, is_on: bool) -> None:
        self.by_seat.set_text("By competence" if is_on else "By seat")
        if self._found is not None:
            self.show_found(self._found, self._log, can_judge=self._can_judge)

    def choose(self, expectation: str) -> None:
        """Choose an expectation, or the whole."""
        found = next((node for node in self.model.nodes() if node.expectation == expectation), None)
        if found is not None:
            self.tree.setCurrentIndex(self.model.index_of(found))
        self._follow()

    def expectation(self) -> str:
        """The expectation that is chosen, or that the chosen line is part of."""
        return self.model.node(self.tree.currentIndex()).expectation

    def focus_first(self) -> None:
        """Take the focus where reading begins."""
        self.tree.setFocus()

    def _is_open(self, node: Node) -> bool:
        return self.tree.isExpanded(self.model.index_of(node))

    def _follow(self) -> None:
        node = self.model.node(self.tree.currentIndex())
        one = self._graded(node.expectation)
        self.title.setText(node.title)
        self.why.setText(sentence(one) if one is not None and not node.seq and node.why else node.why)
        self.parts.setText(_parts_of(one) if one is not None else "")
        self.parts.setVisible(bool(self.parts.text()))
        can = one is not None and can_adjust(one)
        self.adjust.setVisible(one is not None and self._can_judge)
        self.adjust.setEnabled(can)
        said = "" if one is None or can or not self._can_judge else _why_fixed(one)
        self.adjust_note.setText(said)
        self.adjust_note.setVisible(bool(said))

    def _graded(self, expectation: str) -> ExpectationScore | None:
        graded = self._score.expectations if self._score is not None else ()
        return next((each for each in graded if each.id == expectation), None)

    def _open(self, *_index: QModelIndex) -> None:
        node = self.model.node(self.tree.currentIndex())
        if node.seq:
            self.event_wanted.emit(node.seq)
        else:
            index = self.model.index_of(node)
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _adjust(self) -> None:
        if self.expectation():
            self.override_wanted.emit(self.expectation())

    def _lay_out(self) -> None:
        beside = QFrame()
        beside.setProperty("part", "aside")
        column = QVBoxLayout(beside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        for part in (self.title, self.why, self.parts, self.adjust, self.adjust_note):
            column.addWidget(part)
        column.setAlignment(self.adjust, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.tree)
        split.addWidget(ScrollColumn(beside))
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 16, 0)
        head.addStretch(1)
        head.addWidget(self.by_seat)
        whole.addLayout(head)
        whole.addWidget(split, 1)


class _Line(QStyledItemDelegate):
    """High enough to be hit; numbers keep off the words beside them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return super().sizeHint(option, index).expandedTo(QSize(0, option.fontMetrics.height() + 11))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() == 1:
            option.rect = option.rect.adjusted(0, 0, -8, 0)
        super().paint(painter, option, index)


class _Tree(QTreeView):
    """Tells which line is chosen and which is wanted.

    Signals:
        picked: another line is chosen.
        opened: the person wants the chosen line.
    """

    picked = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Score tree")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setItemDelegate(_Line(self))
        self.setExpandsOnDoubleClick(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.size_columns()

    def size_columns(self) -> None:
        """Give half of the room to the parts, the rest to why."""
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        self.setColumnWidth(0, max(280, self.viewport().width() // 2))
        self.setColumnWidth(1, self.fontMetrics().horizontalAdvance("1,000") + 32)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Letters are commands here, not a search."""


def can_adjust(one: ExpectationScore) -> bool:
    """Whether a rating or a time may be put in place of what was found."""
    return one.status not in (Status.NOT_EXERCISED, Status.CLEAN, Status.VIOLATED)


def _why_fixed(one: ExpectationScore) -> str:
    if one.status is Status.NOT_EXERCISED:
        return "Nobody was asked for it, so there is nothing to adjust."
    return "It only counts whether it happened: it has no rating and no time."


def _parts_of(one: ExpectationScore) -> str:
    lines = [f"{words.STATUS_WORDS[one.status.value]} · weight {one.weight}"]
    if one.critical:
        lines[0] += " · critical"
    if one.t_s is not None:
        lines.append(f"Time {span(one.t_s)}, deadline {span(one.deadline_s)}, grace {span(one.grace_s)}")
    lines += [f"{_CHECK_WORDS[check.is_ok]}: {check.text} ({check.weight})" for check in one.checks]
    if one.gap:
        lines.append(f"Gap where it fails: {one.gap}")
    return "\n".join(lines)
