"""The address and the name of one channel. The address is seen only while it is typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop.domain.channel import Channel, ChannelKind
from desktop.domain.errors import DeskError
from desktop.domain.person import Person
from desktop.ui.kit.button import Button
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.keys import is_enter
from desktop.ui.kit.label import Label
from desktop.ui.kit.segments import Segments
from desktop.ui.settings.channel_words import example_of
from desktop.ui.settings.parts import Inset

_KINDS = tuple((kind.value, kind.word) for kind in ChannelKind)


class ChannelForm(Inset):
    """A new channel, or another name or address of one.

    Signals:
        keep_requested: (str address, empty to keep the present one; str name).
        cancelled: the person wants nothing changed.
    """

    keep_requested = Signal(str, str)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._person = Person(0, "", "")
        self._channel: Channel | None = None
        self.kind = Segments(_KINDS, "Kind of channel")
        self.url, self.label = QLineEdit(), QLineEdit()
        self.keep_button = Button("Save channel", "primary", keys="Enter")
        self.cancel_button = Button("Cancel", keys="Esc")
        self.cancel_button.setAccessibleName("Cancel the channel")
        self.label.setAccessibleName("Name of the channel")
        self._error = Label("", "danger", wrap=True)
        self._error.hide()
        rows = FormRows()
        self._rows: dict[str, FormRow] = {
            "kind": rows.add_row("By", self.kind),
            "url": rows.add_row("Address", self.url),
            "label": rows.add_row("Name", self.label, "Such as work phone; everybody sees it."),
        }
        buttons = QHBoxLayout()
        buttons.addWidget(self._error, 1)
        buttons.addStretch(0)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.keep_button)
        self.body.addWidget(rows)
        self.body.addLayout(buttons)
        self.kind.chosen.connect(self._show_example)
        self.keep_button.clicked.connect(self.keep)
        self.cancel_button.clicked.connect(self.cancelled)

    def show_new(self, person: Person) -> None:
        """Ask for a channel of somebody."""
        self._show(person, None)
        self.set_title("New channel")

    def show_channel(self, person: Person, channel: Channel) -> None:
        """Ask for another name or address."""
        self._show(person, channel)
        self.set_title(channel.label)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.url if self._channel is None else self.label).setFocus()

    def show_error(self, error: DeskError) -> None:
        """Say what is wrong, beside its field; what was typed stays."""
        self._clear_errors()
        if error.field in self._rows:
            self._rows[error.field].set_error(str(error))
            self._rows[error.field].field.setFocus()
        else:
            self._error.setText(str(error))
            self._error.show()

    def keep(self) -> None:
        """Ask for what is typed to be kept."""
        if self._channel is None and not self.url.text().strip():
            hint = "Write where pages go."
            self.show_error(DeskError("The channel has no address.", field="url", hint=hint))
            return
        self._clear_errors()
        self.keep_requested.emit(self.url.text().strip(), self.label.text())

    def forget(self) -> None:
        """Let nothing of the address stay in a field."""
        self.url.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif is_enter(event) or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
        else:
            super().keyPressEvent(event)

    def _show(self, person: Person, channel: Channel | None) -> None:
        self._person, self._channel = person, channel
        self.kind.set_value(channel.kind.value if channel is not None else ChannelKind.MAIL.value)
        self.label.setText(channel.label if channel is not None else "")
        self.forget()
        self._clear_errors()
        self._show_example()

    def _show_example(self, _key: str = "") -> None:
        example = example_of(ChannelKind(self.kind.value()), self._person)
        self.url.setPlaceholderText(example)
        hint = f"Such as {example} — seen only while it is typed."
        if self._channel is not None:
            hint = (
                f"Kept: {self._channel.shown}. Leave it empty to keep it, or type another, such as {example}"
            )
        self._rows["url"].set_hint(hint)

    def _clear_errors(self) -> None:
        self._error.hide()
        for row in self._rows.values():
            row.set_error("")
