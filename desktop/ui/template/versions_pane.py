"""The versions of a template, two of them side by side, and the way back to an older one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.clock import Clock
from desktop.domain.template import TemplateText, TemplateVersion
from desktop.domain.template_diff import side_by_side, summary
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.kit.tip import as_tip
from desktop.ui.template.field_text import units
from desktop.ui.text import moment
from desktop.ui.theme import Theme

_MOST_ROWS = 4


class VersionsPane(QFrame):
    """Every version, newest first; the chosen one beside the one before it.

    Signals:
        restore_requested: (int) begin a draft with the words of that version.
        closed: the person has seen enough.
    """

    restore_requested = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "details")
        self._theme = theme
        self._clock = clock
        self._versions: Sequence[TemplateVersion] = ()
        self._why_not = ""
        self.title = Label("", "heading", wrap=True)
        self.close_button = Button("Close", keys="Esc")
        self.restore = Button("Restore as draft")
        self.said = Label("", "secondary", wrap=True)
        self.table: RowTable[TemplateVersion] = self._made_table(theme)
        self.before = _Side("Before", theme)
        self.after = _Side("After", theme)
        self._lay_out()
        self.table.picked.connect(self._compare)
        self.restore.clicked.connect(self._press)
        self.close_button.clicked.connect(self.closed)
        theme.theme_changed.connect(self._compare)
        for one, other in ((self.before, self.after), (self.after, self.before)):
            one.text.verticalScrollBar().valueChanged.connect(other.text.verticalScrollBar().setValue)
            one.text.horizontalScrollBar().valueChanged.connect(other.text.horizontalScrollBar().setValue)

    def show_versions(self, versions: Sequence[TemplateVersion], why_not: str) -> None:
        """Show these, the newest first; `why_not` says why none can be brought back, empty where one can."""
        self._versions = versions
        self._why_not = why_not
        self.restore.setToolTip(as_tip(why_not))
        self.title.setText(f"Versions of “{versions[0].text.title}”" if versions else "No version yet")
        self.table.show_rows(versions)
        self.table.fit_height(_MOST_ROWS)
        if versions:
            self.table.selectRow(0)
        self._compare()
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @property
    def chosen(self) -> TemplateVersion | None:
        """The version that is looked at."""
        return next(iter(self.table.selected()), None)

    def _compare(self) -> None:
        version = self.chosen
        if version is None:
            return
        place = self._versions.index(version)
        older = self._versions[place + 1] if place + 1 < len(self._versions) else None
        text = older.text if older is not None else TemplateText("", "", "")
        self.restore.setEnabled(place > 0 and not self._why_not)
        self.said.setText(
            f"{version.label}: {version.change_note} "
            + (f"({summary(text, version.text)})" if older else "(the first version)")
            + (f" {self._why_not}" if self._why_not and place else "")
        )
        self.before.setVisible(older is not None)
        if older is None:
            lines = _whole(version.text).split("\n")
            self.after.show_side(version.label, lines, [()] * len(lines), "surface.success")
            return
        rows = side_by_side(_whole(text), _whole(version.text))
        self.before.show_side(
            older.label,
            [row.before for row in rows],
            [row.gone for row in rows],
            "surface.danger",
            is_gone=True,
        )
        self.after.show_side(
            version.label, [row.after for row in rows], [row.new for row in rows], "surface.success"
        )

    def _press(self) -> None:
        version = self.chosen
        if version is not None:
            self.restore_requested.emit(version.number)

    def _made_table(self, theme: Theme) -> RowTable[TemplateVersion]:
        columns: tuple[Column[TemplateVersion], ...] = (
            Column("Version", _label, width=80),
            Column("Why", _why, width=300),
            Column("Published", self._when, width=150),
        )
        table: RowTable[TemplateVersion] = RowTable(
            TwoLineModel(columns, step=_no_step, sentence=self._sentence, second=_second, strong=(0,)),
            theme,
            "Versions",
            key=_number,
            stretch=1,
            spare=(2,),
        )
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        return table

    def _when(self, version: TemplateVersion) -> str:
        return moment(version.published_at, self._clock.now())

    def _sentence(self, version: TemplateVersion) -> str:
        return f"{version.label}, {version.change_note}, {self._when(version)}, {_second(version, 1)}"

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.restore)
        head.addWidget(self.close_button)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        sides.addWidget(self.before, 1)
        sides.addWidget(self.after, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.table)
        column.addWidget(self.said)
        column.addLayout(sides, 1)


class _Side(QWidget):
    """One of two texts; what differs in it is marked."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.title = Label(name, "strong")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.text, 1)

    def show_side(
        self,
        title: str,
        lines: Sequence[str | None],
        spans: Sequence[Sequence[tuple[int, int]]],
        colour: str,
        *,
        is_gone: bool = False,
    ) -> None:
        """These lines, None where the other side has one more; `spans` are the places that differ in each."""
        self.title.setText(title)
        self.text.setPlainText("\n".join(line or "" for line in lines))
        look = QTextCharFormat()
        look.setBackground(self._theme.colour(colour))
        look.setFontStrikeOut(is_gone)
        look.setFontUnderline(not is_gone)
        marks = []
        for at, (line, places) in enumerate(zip(lines, spans, strict=True)):
            block = self.text.document().findBlockByNumber(at)
            for begin, end in places:
                mark = QTextEdit.ExtraSelection()
                mark.cursor = QTextCursor(block)
                mark.cursor.setPosition(block.position() + units(line or "", begin))
                mark.cursor.setPosition(
                    block.position() + units(line or "", end), QTextCursor.MoveMode.KeepAnchor
                )
                mark.format = look
                marks.append(mark)
        self.text.setExtraSelections(marks)


def _whole(text: TemplateText) -> str:
    """All words of a version: its title and subject above its text."""
    head = [f"Title: {text.title}"] if text.title else []
    head += [f"Subject: {text.subject}"] if text.subject else []
    return "\n".join((*head, "", text.body) if head else ())


def _label(version: TemplateVersion) -> str:
    return version.label


def _why(version: TemplateVersion) -> str:
    return version.change_note


def _number(version: TemplateVersion) -> object:
    return version.number


def _second(version: TemplateVersion, column: int) -> str:
    if column != 1:
        return ""
    if version.author == version.published_by:
        return f"by {version.author}"
    return f"by {version.author}, published by {version.published_by}"


def _no_step(_version: TemplateVersion) -> tuple[str, int]:
    return "", -1
