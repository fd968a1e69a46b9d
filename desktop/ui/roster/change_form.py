"""A form for one change of the roster; it shows what would move before anything is kept."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.ui.kit.button import Button
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.one_of import OneOf
from desktop.ui.kit.scroll import ScrollColumn

_WAIT_MS = 120
_WIDTH = 560
_LEAST_PREVIEW = 74


class ChangeForm(QFrame):
    """Fields, below them what would move, and a verb: Enter does it, Esc leaves it.

    Signals:
        accepted: the person wants it so.
        cancelled: they do not.
        edited: something else is written; what it would move is to be asked for.
    """

    accepted = Signal()
    cancelled = Signal()
    edited = Signal()

    def __init__(self, title: str, verb: str, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "prompt")
        self.setAccessibleName(title)
        self.setMinimumWidth(_WIDTH)
        self.fields = FormRows()
        self._rows: dict[str, FormRow] = {}
        self.preview = Label("", wrap=True)
        self.preview.let_select()
        self.preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.preview.setAccessibleName("What it would move")
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.error = Label("", "danger", wrap=True)
        self.error.hide()
        self.accept_button = Button(verb, "primary", keys="Enter")
        self.cancel_button = Button("Cancel", keys="Esc")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WAIT_MS)
        self._soon.timeout.connect(self.edited)
        self._lay_out(title, about)
        self.accept_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.cancelled)

    def add_field(self, key: str, words: str, field: QWidget, hint: str = "") -> None:
        """One more thing to say; whatever is changed in it is looked at anew."""
        self._rows[key] = self.fields.add_row(words, field, hint)
        if isinstance(field, QLineEdit):
            field.textEdited.connect(self.look_soon)
        elif isinstance(field, QDateTimeEdit):
            field.dateTimeChanged.connect(self.look_soon)
        elif isinstance(field, QComboBox):
            field.currentIndexChanged.connect(self.look_soon)
        elif isinstance(field, OneOf):
            field.chosen.connect(self.look_soon)
        if len(self._rows) == 1:
            self.setFocusProxy(field)

    def row(self, key: str) -> FormRow:
        """The row of a field."""
        return self._rows[key]

    def look_soon(self, *_changed: object) -> None:
        """Something was changed: ask for what it would move once typing rests."""
        self._soon.start()

    def accept(self) -> None:
        """Have it done."""
        self.show_error(None)
        self.accepted.emit()

    def show_preview(self, words: str) -> None:
        """What would move."""
        self.show_error(None)
        self.preview.setText(words)

    def show_error(self, error: DeskError | None) -> None:
        """What is wrong, beside what it is wrong with; None where nothing is."""
        for row in self._rows.values():
            row.set_error("")
        self.error.hide()
        if error is None:
            return
        self.preview.setText("")
        if error.field in self._rows:
            self._rows[error.field].set_error(str(error))
        else:
            self.error.setText(str(error))
            self.error.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, title: str, about: str) -> None:
        ahead = Label("What it would move", "small_strong")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.accept_button)
        self.preview.setMinimumHeight(_LEAST_PREVIEW)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        if about:
            inside.addWidget(Label(about, "secondary", wrap=True))
        inside.addWidget(self.fields)
        inside.addWidget(ahead)
        inside.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(Label(title, "heading", wrap=True))
        column.addWidget(_Tall(inner), 1)
        column.addWidget(self.error)
        column.addLayout(buttons)


class _Tall(ScrollColumn):
    """As high as what is in it wants to be; scrolls only where the window is too low for that."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._inner = widget

    def sizeHint(self) -> QSize:
        width, inner = max(self.width(), self.minimumWidth()), self._inner
        is_wrapped = inner.hasHeightForWidth()
        return QSize(width, inner.heightForWidth(width) if is_wrapped else inner.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
