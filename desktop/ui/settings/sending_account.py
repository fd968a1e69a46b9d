"""The mail account of the desk: where mail is sent, as whom, and a test of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.mail_account import MailAccount, Security
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.segments import Segments
from desktop.ui.settings.sending_ports import SendingFound, Tried

_SECURITIES = tuple((each.value, each.word) for each in Security)
_HINT = (
    "Messages leave by this account. The password is kept in the keyring of this system, or where there is"
    " none in a file that only you may read, and never in the database."
)
_KEPT = "Kept; leave it empty to keep it."


class AccountCard(Card):
    """A form that shows what is kept; nothing is in force before it is saved.

    Signals:
        keep_requested: (MailAccount, str password, empty to leave the one that is kept)
        test_requested: send a test mail by what is kept.
    """

    keep_requested = Signal(object, str)
    test_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Mail account", parent=parent)
        self.security = Segments(_SECURITIES, "Security", even=False)
        self.host, self.user, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.from_address, self.from_name, self.reply_to = QLineEdit(), QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.port = QSpinBox()
        self.port.setRange(1, 65535)
        self.port.setMaximumWidth(120)
        self.host.setPlaceholderText("smtp.example.org")
        self.from_address.setPlaceholderText("escalations@example.org")
        self.keep_button = Button("Save account", "primary")
        self.test_button = Button("Send test mail")
        self.note = Label("", "success", wrap=True)
        self.error = Label("", "danger", wrap=True)
        self._kept = MailAccount()
        self._usual_port = Security.STARTTLS.port
        self._rows: dict[str, FormRow] = {}
        self._lay_out()
        self.security.chosen.connect(self._follow_security)
        self.keep_button.clicked.connect(self.keep)
        self.test_button.clicked.connect(self.test)
        self._show(self._kept)
        self.show_found(SendingFound())

    def show_found(self, found: SendingFound) -> None:
        """Show what is kept; what is typed and not saved stays."""
        may = not found.why_not_account
        self.form.setEnabled(may)
        self.keep_button.setEnabled(may)
        self.test_button.setEnabled(found.account.is_set_up)
        self.test_button.setToolTip(f"To {found.test_to}" if found.test_to else "")
        self._rows["password"].set_hint(_KEPT if found.has_password else "")
        self.set_aside("" if found.account.is_set_up else "Not set up: nothing leaves by mail")
        if found.account != self._kept or not self._is_changed():
            self._show(found.account)
        if found.why_not_account:
            self._say_fault(found.why_not_account)

    def keep(self) -> None:
        """Ask for what is typed to be kept."""
        self._clear()
        self.keep_requested.emit(self._typed(), self.password.text())

    def kept(self, note: str) -> None:
        """It is kept."""
        self._kept = self._typed()
        self.password.clear()
        self._say(f"Saved. {note}".strip())

    def test(self) -> None:
        """Ask for a test mail."""
        self._clear()
        self.test_button.setEnabled(False)
        self.test_button.set_text("Sending…")
        self.test_requested.emit()

    def tried(self, tried: Tried) -> None:
        """What came of the test."""
        self.test_button.setEnabled(True)
        self.test_button.set_text("Send test mail")
        if tried.is_sent:
            self._say(tried.sentence)
        else:
            self._say_fault(tried.sentence)

    def show_error(self, error: DeskError) -> None:
        """Say what is wrong, beside its field; what was typed stays."""
        self._clear()
        if error.field in self._rows:
            self._rows[error.field].set_error(str(error))
            self._rows[error.field].field.setFocus()
        else:
            self._say_fault(str(error))

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.host.setFocus()

    def _typed(self) -> MailAccount:
        return MailAccount(
            self.host.text().strip(),
            self.port.value(),
            Security(self.security.value() or Security.STARTTLS.value),
            self.user.text().strip(),
            self.from_address.text().strip(),
            self.from_name.text().strip(),
            self.reply_to.text().strip(),
        )

    def _is_changed(self) -> bool:
        return self._typed() != self._kept or bool(self.password.text())

    def _show(self, account: MailAccount) -> None:
        self._kept = account
        self._usual_port = account.security.port
        self.security.set_value(account.security.value)
        self.host.setText(account.host)
        self.port.setValue(account.port)
        self.user.setText(account.user)
        self.from_address.setText(account.from_address)
        self.from_name.setText(account.from_name)
        self.reply_to.setText(account.reply_to)

    def _follow_security(self, key: str) -> None:
        """Another kind of connection has another usual port; one that was typed stays."""
        usual = Security(key).port
        if self.port.value() == self._usual_port:
            self.port.setValue(usual)
        self._usual_port = usual

    def _say(self, note: str) -> None:
        self.error.hide()
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _say_fault(self, sentence: str) -> None:
        self.note.hide()
        self.error.setText(sentence)
        self.error.show()

    def _clear(self) -> None:
        self._say("")
        for row in self._rows.values():
            row.set_error("")

    def _lay_out(self) -> None:
        security = QWidget()
        line = QHBoxLayout(security)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.security)
        line.addStretch(1)
        rows = self.form = FormRows()
        for key, words, widget, hint in (
            ("host", "Mail server", self.host, ""),
            (
                "security",
                "Security",
                security,
                "Nothing leaves unencrypted; the certificate of the server is always checked.",
            ),
            ("port", "Port", self.port, ""),
            ("user", "User", self.user, "Empty where the server asks for none."),
            ("password", "Password", self.password, ""),
            ("from_address", "From address", self.from_address, ""),
            ("from_name", "From name", self.from_name, "Such as Escalation desk; readers see it first."),
            ("reply_to", "Answers go to", self.reply_to, "Empty: to the from address."),
        ):
            self._rows[key] = rows.add_row(words, widget, hint)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.test_button)
        buttons.addWidget(self.keep_button)
        self.body.addWidget(Label(_HINT, "hint", wrap=True))
        self.body.addWidget(rows)
        self.body.addWidget(self.note)
        self.body.addWidget(self.error)
        self.body.addLayout(buttons)
        self.note.hide()
        self.error.hide()
