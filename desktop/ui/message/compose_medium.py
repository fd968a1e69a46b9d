"""One text of a message: subject, body, where it comes from, and how it goes out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.message import Finding, Medium
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText
from desktop.ui.kit.pill import Pill
from desktop.ui.kit.tip import as_tip
from desktop.ui.message import compose_words as words
from desktop.ui.message.ports import Difference, MediumText, WayOut
from desktop.ui.theme import Theme

_UNDERLINES = {"block": "text.danger", "warning": "text.warning", "suggestion": "text.link"}
_MOST_MARKS = 200
_CONTROL = Qt.KeyboardModifier.ControlModifier


class BodyField(LongText):
    """The text itself; Ctrl+Enter is for the page around it."""

    def __init__(self, name: str) -> None:
        super().__init__("", lines=4)
        self.setAccessibleName(name)
        self.setMinimumHeight(self.height())
        self.setMaximumHeight(16_777_215)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & _CONTROL:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mark(self, marks: Sequence[tuple[int, int, QColor]]) -> None:
        """Underline these places."""
        text = self.toPlainText()
        selections = []
        for begin, end, colour in marks[:_MOST_MARKS]:
            if not 0 <= begin < end <= len(text):
                continue
            selection = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            form.setUnderlineColor(colour)
            cursor = QTextCursor(self.document())
            cursor.setPosition(_units(text, begin))
            cursor.setPosition(_units(text, end), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format = form
            selections.append(selection)
        self.setExtraSelections(selections)

    def select(self, begin: int, end: int) -> None:
        """Go to a place."""
        text = self.toPlainText()
        cursor = self.textCursor()
        cursor.setPosition(_units(text, begin))
        cursor.setPosition(_units(text, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class MediumBox(Card):
    """What one medium says. Typing into it makes it one's own; a press brings the template back.

    Signals:
        typed: (Medium, str subject, str body)
        restore_requested: (Medium) back to the template.
        copy_requested: (Medium)
        spread_requested: (Difference) use everywhere what this one says.
        way_changed: another way out is chosen.
    """

    typed = Signal(object, str, str)
    restore_requested = Signal(object)
    copy_requested = Signal(object)
    spread_requested = Signal(object)
    way_changed = Signal()

    def __init__(self, medium: Medium, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(words.MEDIA[medium], parent=parent)
        self.medium = medium
        self._theme = theme
        self._is_own = False
        self._ways: tuple[WayOut, ...] = ()
        self._has_chosen = False
        self._findings: tuple[Finding, ...] = ()
        name = words.MEDIA[medium]
        self.edited = Pill(theme, "Edited", "primary")
        self.restore = Button("Back to template", "link")
        self.restore.setAccessibleName(f"{name}: back to the template")
        self.copy = Button("Copy", "small")
        self.copy.setAccessibleName(f"{name}: copy")
        self.subject = QLineEdit()
        self.subject.setAccessibleName(f"{name}: subject")
        self.body_field = BodyField(f"{name}: text")
        self.way = QComboBox()
        self.way.setAccessibleName(f"{name}: how it goes out")
        self.way.setMinimumContentsLength(12)
        self.way.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.differs = QWidget()
        self._differs = QVBoxLayout(self.differs)
        self._differs.setContentsMargins(0, 0, 0, 0)
        self._told: tuple[Difference, ...] = ()
        self._lay_out()
        self._connect()
        theme.theme_changed.connect(self._mark)

    @property
    def text(self) -> tuple[str, str]:
        """Subject and body as they stand."""
        return self.subject.text(), self.body_field.toPlainText()

    def chosen(self) -> WayOut | None:
        """How it goes out; None for not at all."""
        at = self.way.currentIndex() - 1
        return self._ways[at] if 0 <= at < len(self._ways) else None

    def forget_choice(self) -> None:
        """Another draft: how it goes out is proposed anew."""
        self._has_chosen = False

    def show_text(self, text: MediumText, *, keep: bool) -> None:
        """Show it; `keep` what is being typed into it."""
        self._is_own = True
        has_subject = bool(text.subject) or self.medium is Medium.EMAIL
        self.subject.setVisible(has_subject)
        has_focus = self.body_field.hasFocus() or self.subject.hasFocus()
        if not keep and not (text.edited and has_focus and self.edited.isVisible()):
            if self.subject.text() != text.subject:
                self.subject.setText(text.subject)
                self.subject.setCursorPosition(0)
            if self.body_field.toPlainText() != text.body:
                self._replace(text.body)
        self.edited.setVisible(text.edited or keep)
        self.restore.setVisible(text.edited or keep)
        self.setToolTip("" if text.edited or keep else as_tip(text.template))
        self._show_ways(text)
        self._is_own = False
        self._show_length()

    def put(self, subject: str, body: str) -> None:
        """Change its text as if it was typed."""
        self._is_own = True
        self.subject.setText(subject)
        self._replace(body)
        self._is_own = False
        self._tell()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Underline what is found in it."""
        self._findings = tuple(each for each in findings if each.medium is self.medium)
        self._mark()

    def show_differences(self, differences: Sequence[Difference]) -> None:
        """Say which facts it tells otherwise than the others."""
        own = tuple(each for each in differences if each.medium is self.medium)
        if own == self._told:
            return
        self._told = own
        while self._differs.count():
            item = self._differs.takeAt(0)
            line = item.widget() if item is not None else None
            if line is not None:
                line.hide()
                line.deleteLater()
        for at, each in enumerate(own):
            self._differs.addWidget(self._difference(at, each))
        self.differs.setVisible(bool(own))

    def focus_body(self) -> None:
        """Go to the text."""
        self.body_field.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- within
    def _lay_out(self) -> None:
        self.length = Label("", "hint")
        self.add_to_head(self.length)
        self.add_to_head(self.edited)
        self.add_to_head(self.restore)
        self.add_to_head(self.copy)
        for widget in (self.subject, self.differs):
            self.body.addWidget(widget)
        self.body.addWidget(self.body_field, 1)
        self.body.addWidget(self.way)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretch(1, 1)
            layout.setContentsMargins(12, 8, 12, 10)
        for widget in (self.edited, self.restore, self.differs):
            widget.hide()

    def _connect(self) -> None:
        self.subject.textEdited.connect(self._tell)
        self.body_field.textChanged.connect(self._tell)
        self.restore.clicked.connect(self._restore)
        self.copy.clicked.connect(self._copy)
        self.way.activated.connect(self._choose)

    def _replace(self, body: str) -> None:
        bar = self.body_field.verticalScrollBar()
        at, place = bar.value(), self.body_field.textCursor().position()
        self.body_field.setPlainText(body)
        if self.body_field.hasFocus():
            cursor = self.body_field.textCursor()
            cursor.setPosition(min(place, _units(body, len(body))))
            self.body_field.setTextCursor(cursor)
        bar.setValue(at)

    def _show_ways(self, text: MediumText) -> None:
        if text.ways != self._ways or self.way.count() == 0:
            before = self.chosen()
            self._ways = text.ways
            self.way.clear()
            self.way.addItem(words.way_words(None, self.medium))
            for out in text.ways:
                self.way.addItem(words.way_words(out, self.medium))
            kept = before.way if before is not None else None
            self._set_way(kept if self._has_chosen else text.way)
        elif not self._has_chosen:
            self._set_way(text.way)
        for at, out in enumerate(self._ways, 1):
            item = getattr(self.way.model(), "item", None)
            if item is not None:
                item(at).setEnabled(not out.why_not)

    def _set_way(self, way: object) -> None:
        at = next((at for at, out in enumerate(self._ways, 1) if out.way is way and not out.why_not), 0)
        self.way.setCurrentIndex(at)
        self.way.setToolTip(as_tip(self.way.currentText()))

    def _choose(self) -> None:
        self._has_chosen = True
        self.way.setToolTip(as_tip(self.way.currentText()))
        self.way_changed.emit()

    def _difference(self, at: int, each: Difference) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        said = f"{each.label}: “{_short(each.text)}” here, “{_short(each.others)}” elsewhere"
        row.addWidget(Label(said, "warning", wrap=True), 1)
        if each.can_spread:
            button = Button("Use everywhere", "small")
            button.setObjectName(str(at))
            button.setAccessibleName(f"Use everywhere: {each.label} of {words.MEDIA[each.medium]}")
            button.clicked.connect(self._spread)
            row.addWidget(button)
        return line

    def _spread(self) -> None:
        at = int(self.sender().objectName())
        if at < len(self._told):
            self.spread_requested.emit(self._told[at])

    def _restore(self) -> None:
        self.restore_requested.emit(self.medium)

    def _copy(self) -> None:
        self.copy_requested.emit(self.medium)

    def _tell(self) -> None:
        if not self._is_own:
            self.edited.show()
            self.restore.show()
            self._show_length()
            self.typed.emit(self.medium, *self.text)

    def _show_length(self) -> None:
        said, is_long = words.length_words(self.medium, self.body_field.toPlainText())
        self.length.setText(said)
        self.length.set_role("danger_small" if is_long else "hint")

    def _mark(self) -> None:
        colour = self._theme.colour
        places = [
            (each.begin, each.end, colour(_UNDERLINES.get(each.kind, "text.link")))
            for each in self._findings
            if not each.in_subject
        ]
        self.body_field.mark(places)


def _units(text: str, at: int) -> int:
    """A place in a text as Qt counts, to which what lies beyond the first plane is two."""
    return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


def _short(text: str) -> str:
    line = " ".join(text[:80].split())
    return line if len(text) <= 80 else f"{line}…"
