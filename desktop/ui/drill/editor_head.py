"""The head of the editor: which draft it is, whether it is kept, and what can be done with it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_record import ScenarioVersion
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import ElidedLabel
from desktop.ui.text import one_line


class EditorHead(QFrame):
    """Its name, its state, and a button for each deed."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "top")
        self.back = IconButton(icons, "back", "Back to the library")
        self.title = ElidedLabel("", "heading")
        self.state = ElidedLabel("", "secondary")
        self.publish = Button("Publish…", "primary", keys="Ctrl+Enter")
        self.undo = IconButton(icons, "undo", "Undo (Ctrl+Z)")
        self.redo = IconButton(icons, "redo", "Redo (Ctrl+Shift+Z)")
        self.text = Button("Show as YAML")
        self.discard = Button("Discard draft…")
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.title)
        names.addWidget(self.state)
        buttons = QWidget()
        flow = FlowLayout(buttons, 6)
        for button in (self.publish, self.undo, self.redo, self.text, self.discard):
            flow.addWidget(button)
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 8, 16, 8)
        line.setSpacing(12)
        line.addWidget(self.back)
        line.addLayout(names, 2)
        line.addWidget(buttons, 3)
        self.say_kept(None)

    def show_title(self, title: str, version: ScenarioVersion | None) -> None:
        """Which draft it is."""
        number = f", version {version.version}" if version is not None else ""
        self.title.setText(f"{one_line(title) or 'Untitled drill'}{number}")

    def say_kept(self, version: ScenarioVersion | None) -> None:
        """It is kept as it stands."""
        self.state.setText("Draft, kept" if version is not None else "")

    def say_unkept(self) -> None:
        """Something is not kept yet."""
        self.state.setText("Draft, not kept yet…")

    def show_steps(self, *, can_undo: bool, can_redo: bool) -> None:
        """Whether there are steps to take back and to do again."""
        self.undo.setEnabled(can_undo)
        self.redo.setEnabled(can_redo)
