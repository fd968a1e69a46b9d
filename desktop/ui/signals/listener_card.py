"""What hears HTTP: where, whether, and since when what was refused; and the token that is shown once."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QWidget

from desktop.domain.errors import DeskError
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.label import Label
from desktop.ui.signals.ports import ListenerView, NewToken


class ListenerCard(Card):
    """On or off at a port.

    Signals:
        turn_requested: (bool on, int port)
    """

    turn_requested = Signal(bool, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Listener", parent=parent)
        self._is_on = False
        self._is_turning = False
        self.state = Label("", wrap=True)
        self.state.let_select()
        self.fault = Label("", "danger", wrap=True)
        self.fault.hide()
        self.port = QSpinBox()
        self.port.setRange(1, 65_535)
        self.port.setAccessibleName("Port of the listener")
        self.port.setPrefix("Port ")
        self.turn_button = Button("Switch on", "primary")
        self.turn_button.clicked.connect(self._turn)
        line = QHBoxLayout()
        line.addWidget(self.state, 1)
        line.addWidget(self.port)
        line.addWidget(self.turn_button)
        self.body.addLayout(line)
        self.body.addWidget(self.fault)

    def show_view(self, view: ListenerView) -> None:
        """How it stands now."""
        self._is_on, self._is_turning = view.is_wanted, False
        if not self.port.hasFocus():
            self.port.setValue(view.port)
        self.port.setEnabled(not view.is_wanted)
        self.turn_button.set_text("Switch off" if view.is_wanted else "Switch on")
        self.turn_button.set_kind("normal" if view.is_wanted else "primary")
        if view.is_listening:
            words = f"● Listens at {view.url} · {view.requests} requests, {view.refused} refused"
            self.state.setText(f"{words}. Senders on this computer reach it.")
        else:
            self.state.setText(
                "○ Off: nothing can come in over HTTP." if not view.is_wanted else "× Does not listen."
            )
        self._say(view.why_not if view.is_wanted and not view.is_listening else "")

    def show_error(self, error: DeskError) -> None:
        """It could not be switched."""
        self._is_turning = False
        self._say(str(error))

    def _say(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))

    def _turn(self) -> None:
        if not self._is_turning:  # a button that is switched off would lose the focus
            self._is_turning = True
            self.turn_requested.emit(not self._is_on, self.port.value())


class TokenCard(Card):
    """Shows a token until the person has it; then it cannot be seen again.

    Signals:
        seen: the person has it.
    """

    seen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("New token", parent=parent)
        self.about = Label("", wrap=True)
        self.token = QLineEdit()
        self.token.setReadOnly(True)
        self.token.setAccessibleName("Token")
        self.copy_button = Button("Copy token", "primary")
        self.done_button = Button("I have it")
        self.copy_button.clicked.connect(self._copy)
        self.done_button.clicked.connect(self._done)
        line = QHBoxLayout()
        line.addWidget(self.token, 1)
        line.addWidget(self.copy_button)
        line.addWidget(self.done_button)
        self.body.addWidget(self.about)
        self.body.addLayout(line)
        self.hide()

    def show_token(self, name: str, made: NewToken) -> None:
        """Show it now."""
        self.set_title(f"Token of {name}")
        self.about.setText(
            f"Give it to the sender now: it is shown this once. {made.note}"
            " Senders show it as a bearer token; PagerDuty's clients as routing key."
        )
        self.token.setText(made.token)
        self.show()
        self.copy_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.token.text())
        self.copy_button.set_text("Copied")

    def _done(self) -> None:
        self.token.clear()
        self.copy_button.set_text("Copy token")
        self.hide()
        self.seen.emit()
