"""The form in which a repository is named."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.playbook_sync import FOLDER, Remote
from desktop.ui.kit.button import Button
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.playbook.sync_ports import SyncFound

_TOKEN_KEPT = "A token is kept; leave this empty to keep it."
_TOKEN = "For https addresses. It goes to the keyring of this system, never into the database."


class PlaceForm(QFrame):
    """Address, branch, folder, and what goes with them.

    Signals:
        accepted: (Remote, str | None) the repository, and a token where one was typed.
        forgotten: no repository is wanted any more.
        cancelled: nothing is to change.
    """

    accepted = Signal(object, object)
    forgotten = Signal()
    cancelled = Signal()

    def __init__(self, found: SyncFound, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "prompt")
        self.setAccessibleName("The repository of the playbooks")
        remote = found.kept.remote if found.kept is not None else Remote("", folder=FOLDER)
        self.fields: dict[str, QLineEdit] = {}
        self.rows: dict[str, FormRow] = {}
        form = FormRows()
        hints = (
            ("address", "&Address", remote.address, "https://…, user@host:path, or the folder it is in."),
            ("branch", "&Branch", remote.branch, "Empty for the first one of the repository."),
            ("folder", "&Folder in it", remote.folder, "Where the files of the playbooks are."),
            ("user", "&User", remote.user, "For https; many servers take any name."),
            ("token", "&Token", "", _TOKEN_KEPT if found.has_token else _TOKEN),
        )
        for key, label, value, hint in hints:
            field = QLineEdit(value)
            field.setMaxLength(1_000)
            field.returnPressed.connect(self._accept)
            self.fields[key] = field
            self.rows[key] = form.add_row(label, field, hint)
        self.fields["token"].setEchoMode(QLineEdit.EchoMode.Password)
        keep = Button("Keep it", "primary")
        leave = Button("Cancel")
        keep.clicked.connect(self._accept)
        leave.clicked.connect(self.cancelled)
        line = QHBoxLayout()
        if found.kept is not None:
            forget = Button("Forget the repository", "danger")
            forget.clicked.connect(self.forgotten)
            line.addWidget(forget)
        line.addStretch(1)
        line.addWidget(leave)
        line.addWidget(keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(Label("The repository of the playbooks", "strong"))
        column.addWidget(form)
        column.addLayout(line)
        self.setMinimumWidth(560)
        self.setFocusProxy(self.fields["address"])

    def show_error(self, error: DeskError) -> None:
        """Say it at the field it is about."""
        for key, row in self.rows.items():
            row.set_error(str(error) if key == (error.field or "address") else "")

    def _accept(self) -> None:
        words = {key: field.text() for key, field in self.fields.items()}
        remote = Remote(words["address"], words["branch"], words["folder"], words["user"])
        self.accepted.emit(remote, words["token"] or None)
