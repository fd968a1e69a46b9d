"""The rows of a source's form that say where its mailbox or its folder is."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.signals.path_line import PathLine

_PORTS = {"tls": 993, "starttls": 143}
_LOOKS = (
    ("As soon as a mail comes", 0),
    ("Every minute", 60),
    ("Every 5 minutes", 300),
    ("Every 15 minutes", 900),
)
_NO_PASSWORD = "It is kept in the keyring of this system; where there is none, in a file only you may read."


class MailboxFields(QObject):
    """Server, user and folder of a mailbox.

    Signals:
        try_requested: see what is there.
    """

    try_requested = Signal()

    def __init__(self, rows: FormRows) -> None:
        super().__init__(rows)
        self.host = QLineEdit()
        self.security = QComboBox()
        self.security.setAccessibleName("Security")
        self.security.addItem("TLS", "tls")
        self.security.addItem("STARTTLS", "starttls")
        self.port = QSpinBox()
        self.port.setRange(1, 65_535)
        self.port.setPrefix("Port ")
        self.port.setAccessibleName("Port of the mail server")
        self.user = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.folder = QLineEdit()
        self.poll = QComboBox()
        for words, seconds in _LOOKS:
            self.poll.addItem(words, seconds)
        self.ca_file = PathLine("Own CA file", "Certificates (*.pem *.crt *.cer);;All files (*)")
        self.try_button = Button("Test connection")
        self.found = Label("", wrap=True)
        self.found.let_select()
        self.rows: dict[str, FormRow] = {}
        self._add_to(rows)
        self.security.currentIndexChanged.connect(self._follow_security)
        self.try_button.clicked.connect(self.try_requested)

    def _add_to(self, rows: FormRows) -> None:
        added: tuple[tuple[str, str, QWidget, str], ...] = (
            ("host", "Mail server", self.host, "By IMAP, such as imap.example.org."),
            (
                "security",
                "Security",
                _in_line(self.security, self.port),
                "Nothing goes over the wire unsecured.",
            ),
            ("user", "User", self.user, ""),
            ("password", "Password", self.password, ""),
            ("folder", "Mail folder", self.folder, "Mails are marked as read once they are kept here."),
            ("poll_s", "Look", self.poll, ""),
            (
                "ca_file",
                "Own CA file",
                self.ca_file,
                "Only for a server whose certificate the system does not know.",
            ),
            ("try", "Connection", _in_line(self.try_button, self.found), ""),
        )
        for key, words, widget, hint in added:
            self.rows[key] = rows.add_row(words, widget, hint)
        self.rows["port"] = self.rows["security"]

    def show_options(self, options: Mapping[str, Any], note: str) -> None:
        """Fill the fields; `note` says where the password is kept, empty for none."""
        security = str(options.get("security") or "tls")
        self.host.setText(str(options.get("host") or ""))
        self.security.setCurrentIndex(max(self.security.findData(security), 0))
        self.port.setValue(int(options.get("port") or _PORTS.get(security, 993)))
        self.user.setText(str(options.get("user") or ""))
        self.password.clear()
        self.password.setPlaceholderText("Unchanged" if note else "")
        self.rows["password"].set_hint(f"{note} Type another to replace it." if note else _NO_PASSWORD)
        self.folder.setText(str(options.get("folder") or "INBOX"))
        self._show_poll(int(options.get("poll_s") or 0))
        self.ca_file.set_text(str(options.get("ca_file") or ""))
        self.show_found("")

    def options(self) -> dict[str, Any]:
        """What is filled in, but for the password."""
        return {
            "host": self.host.text().strip(),
            "port": self.port.value(),
            "security": self.security.currentData(),
            "user": self.user.text().strip(),
            "folder": self.folder.text().strip(),
            "poll_s": self.poll.currentData(),
            "ca_file": self.ca_file.text(),
        }

    def show_found(self, words: str, *, is_fault: bool = False) -> None:
        """What the test of the connection found."""
        self.found.set_role("danger" if is_fault else "body")
        self.found.setText(words)

    def _follow_security(self) -> None:
        """Another port only in place of the other's usual one."""
        if self.port.value() in _PORTS.values():
            self.port.setValue(_PORTS[self.security.currentData()])

    def _show_poll(self, seconds: int) -> None:
        if self.poll.findData(seconds) < 0:
            self.poll.addItem(f"Every {seconds} seconds", seconds)
        self.poll.setCurrentIndex(self.poll.findData(seconds))


class FolderFields(QObject):
    """Where files are dropped, which of them count, and where they go."""

    def __init__(self, rows: FormRows) -> None:
        super().__init__(rows)
        self.folder = PathLine("Folder to watch")
        self.pattern = QLineEdit()
        self.pattern.setPlaceholderText("All CSV, TSV and JSON files")
        self.done = PathLine("Folder for files that were read")
        self.done.line.setPlaceholderText("done, in the folder that is watched")
        self.rows = {
            "folder": rows.add_row("Folder", self.folder),
            "pattern": rows.add_row(
                "Files", self.pattern, "Such as alerts-*.csv; several with ; between them."
            ),
            "done_folder": rows.add_row(
                "Read files go to",
                self.done,
                "What cannot be read goes to refused, with the reason beside it.",
            ),
        }

    def show_options(self, options: Mapping[str, Any]) -> None:
        """Fill the fields."""
        self.folder.set_text(str(options.get("folder") or ""))
        self.pattern.setText(str(options.get("pattern") or ""))
        self.done.set_text(str(options.get("done_folder") or ""))

    def options(self) -> dict[str, Any]:
        """What is filled in."""
        return {
            "folder": self.folder.text(),
            "pattern": self.pattern.text().strip(),
            "done_folder": self.done.text(),
        }


def _in_line(first: QWidget, second: QWidget) -> QWidget:
    whole = QWidget()
    line = QHBoxLayout(whole)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(first)
    line.addWidget(second, 1 if isinstance(second, Label) else 0)
    if not isinstance(second, Label):
        line.addStretch(1)
    whole.setFocusProxy(first)
    return whole
