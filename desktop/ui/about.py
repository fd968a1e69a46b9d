"""Says what this program is."""

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label


class AboutBox(QDialog):
    """Name, version, what it is for."""

    def __init__(self, parent: QWidget) -> None:
        from importlib.metadata import version  # slow to import, and seldom asked for

        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About Escalation Desk")
        close = Button("Close", "primary")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label("Escalation Desk", "title"))
        column.addWidget(
            Label("For customer escalations: intake, a board that ages, alarms that arrive.", wrap=True)
        )
        column.addWidget(Label(f"Version {version('escalation-desk')}, Qt {qVersion()}", "secondary"))
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
