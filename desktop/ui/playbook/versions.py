"""The versions of a playbook, two of them side by side, and the way back to an older one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.playbook import Content, Version
from desktop.domain.playbook_diff import difference, summary
from desktop.ui.kit.button import Button
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.kit.tip import as_tip
from desktop.ui.playbook.difference_view import DifferenceView
from desktop.ui.playbook.ports import Opened
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import moment

_MOST_ROWS = 4


class VersionsPane(QFrame):
    """Every version, newest first; the chosen one beside the one before it, or beside any other.

    Signals:
        restore_requested: (int) begin a draft with the words of that version.
        clone_requested: (int) begin another playbook with them.
        closed: the person has seen enough.
    """

    restore_requested = Signal(int)
    clone_requested = Signal(int)
    closed = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "details")
        self._clock = around.clock
        self._opened: Opened | None = None
        self._why_not = ""
        self.title = Label("", "heading", wrap=True)
        self.restore = Button("Restore as draft")
        self.clone = Button("Clone…")
        self.close_button = Button("Close", keys="Esc")
        self.table: RowTable[Version] = self._made_table(around)
        self.said = Label("", "secondary", wrap=True)
        self.other = Choice("Compare with", least=14)
        self.whole = CheckBox("Show what is the same")
        self.view = DifferenceView(around.theme)
        self._lay_out()
        self.table.picked.connect(self._choose)
        self.other.activated.connect(self._compare)
        self.whole.toggled.connect(self._compare)
        self.restore.clicked.connect(self._restore)
        self.clone.clicked.connect(self._clone)
        self.close_button.clicked.connect(self.closed)

    def show_versions(self, opened: Opened, why_not: str) -> None:
        """Show those of a playbook; `why_not` says why no draft can be begun, empty where one can."""
        self._opened = opened
        self._why_not = why_not
        self.title.setText(f"Versions of “{opened.row.title}”")
        self.table.show_rows(opened.versions)
        self.table.fit_height(_MOST_ROWS)
        self._choose()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @property
    def chosen(self) -> Version | None:
        """The version that is looked at."""
        return next(iter(self.table.selected()), None)

    def _choose(self) -> None:
        version, opened = self.chosen, self._opened
        if version is None or opened is None:
            return
        others = [each for each in opened.versions if each.number != version.number]
        choices = [(each.number, f"{each.label}, {self._when(each)}") for each in others]
        if opened.draft is not None:
            choices.insert(0, (0, f"Draft {opened.draft.label}"))
        self.other.offer(choices)
        older = next((each.number for each in others if each.number < version.number), None)
        self.other.set_value(older if older is not None else next((key for key, _ in choices), None))
        self._against.setVisible(bool(choices))
        is_published = version.number == opened.row.version
        self.restore.setEnabled(not self._why_not)
        self.restore.set_text("Change it" if is_published else "Restore as draft")
        self.restore.setToolTip(as_tip(self._why_not))
        self._compare()

    def _compare(self, *_how: object) -> None:
        version, opened = self.chosen, self._opened
        if version is None or opened is None:
            return
        said = f"{version.label}: {version.change_note}"
        name, content = self._other_side(opened)
        if content is None:
            self.said.setText(f"{said} It is the first version.")
            self.view.show_version(version.label, version.content)
            return
        number = self.other.value()
        newer_first = isinstance(number, int) and (number == 0 or number > version.number)
        pair = ((version.label, version.content), (name, content))
        (before, old), (after, new) = pair if newer_first else pair[::-1]
        changed = summary(difference(old, new)) or "both say the same"
        self.said.setText(f"{said} From {before} to {after}: {changed}.")
        self.view.show_versions(before, old, after, new, whole=self.whole.isChecked())

    def _other_side(self, opened: Opened) -> tuple[str, Content | None]:
        number = self.other.value()
        if number == 0 and opened.draft is not None:
            return f"draft {opened.draft.label}", opened.draft.content
        other = next((each for each in opened.versions if each.number == number), None)
        return (other.label, other.content) if other is not None else ("", None)

    def _restore(self) -> None:
        if version := self.chosen:
            self.restore_requested.emit(version.number)

    def _clone(self) -> None:
        if version := self.chosen:
            self.clone_requested.emit(version.number)

    def _made_table(self, around: Surroundings) -> RowTable[Version]:
        columns: tuple[Column[Version], ...] = (
            Column("Version", _label, width=80),
            Column("Why", _why, width=300),
            Column("Published", self._when, width=150),
        )
        table: RowTable[Version] = RowTable(
            TwoLineModel(columns, step=_no_mark, sentence=self._sentence, second=_second, strong=(0,)),
            around.theme,
            "Versions",
            key=_number,
            stretch=1,
            spare=(2,),
        )
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        return table

    def _when(self, version: Version) -> str:
        return moment(version.approved_at, self._clock.now())

    def _sentence(self, version: Version) -> str:
        return f"{version.label}, {version.change_note}, {self._when(version)}, {_second(version, 1)}"

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        for button in (self.restore, self.clone, self.close_button):
            head.addWidget(button)
        self._against = QWidget()
        against = QHBoxLayout(self._against)
        against.setContentsMargins(0, 0, 0, 0)
        against.setSpacing(8)
        against.addWidget(Label("Compare with", "secondary"))
        against.addWidget(self.other)
        against.addStretch(1)
        against.addWidget(self.whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.table)
        column.addWidget(self.said)
        column.addWidget(self._against)
        column.addWidget(self.view, 1)


def _label(version: Version) -> str:
    return version.label


def _why(version: Version) -> str:
    return version.change_note


def _number(version: Version) -> object:
    return version.number


def _second(version: Version, column: int) -> str:
    if column != 1:
        return ""
    author = f"by {version.author}"
    return author if version.author == version.approved_by else f"{author}, approved by {version.approved_by}"


def _no_mark(_version: Version) -> tuple[str, int]:
    return "", -1
