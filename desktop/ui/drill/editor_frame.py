"""What the editor of scenarios is made of: its head, its forms, its text, and the keys of all of them."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.drill_record import ScenarioVersion
from desktop.services.drill_file import write_text
from desktop.ui.drill.editor_body import EditorBody
from desktop.ui.drill.editor_conflict import ConflictLine
from desktop.ui.drill.editor_head import EditorHead
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_tab import go_on
from desktop.ui.drill.editor_text import TextView
from desktop.ui.kit.ask_box import AskBox
from desktop.ui.kit.copy_text import CopyText
from desktop.ui.surroundings import Surroundings

_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_DEEDS: dict[tuple[Qt.KeyboardModifier, int], str] = {
    (_CONTROL, Qt.Key.Key_Return): "publish",
    (_CONTROL, Qt.Key.Key_Enter): "publish",
    (_CONTROL, Qt.Key.Key_Y): "redo",
    (_CONTROL | _SHIFT, Qt.Key.Key_N): "add",
    (_CONTROL | _SHIFT, Qt.Key.Key_D): "copy",
    (_CONTROL, Qt.Key.Key_PageDown): "next",
    (_CONTROL, Qt.Key.Key_PageUp): "before",
}


class EditorFrame(QWidget):
    """Shows one of three: the forms, the text that is no scenario yet, the YAML of the forms."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Scenario editor")
        self.pen = Pen(self)
        self.head = EditorHead(around.icons)
        self.conflict = ConflictLine(around.icons)
        self.body = EditorBody(self.pen, around)
        self.text = TextView()
        self.yaml = CopyText("Scenario as YAML", "Copy", "Back to the forms")
        self.yaml.setContentsMargins(16, 10, 16, 12)
        self.asking = AskBox(self)
        self.stack = QStackedWidget()
        for view in (self.body, self.text, self.yaml):
            self.stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.conflict)
        column.addWidget(self.stack, 1)
        self.yaml.left.connect(self.show_yaml)
        self.head.text.clicked.connect(self.show_yaml)
        self.head.undo.clicked.connect(self.pen.undo)
        self.head.redo.clicked.connect(self.pen.redo)

    @property
    def is_text(self) -> bool:
        """Whether the draft is shown as its text, as it is no scenario yet."""
        return self.stack.currentWidget() is self.text

    def ask_publish(self) -> None:
        """What Ctrl+Enter is for."""

    def show_yaml(self) -> None:
        """The scenario as YAML, to be read and copied; or back to the forms."""
        if self.stack.currentWidget() is self.body:
            self.yaml.text.setPlainText(write_text(self.pen.scenario))
            self.show_view(self.yaml)
            self.yaml.text.setFocus()
        elif self.stack.currentWidget() is self.yaml:
            self.show_view(self.body)

    def event(self, event: QEvent) -> bool:
        # Some of these keys mean something else in the window; while the focus is here they are the editor's.
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and _deed_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = _deed_of(event)
        if deed == "publish":
            self.ask_publish()
        elif not deed or self.stack.currentWidget() is not self.body:
            super().keyPressEvent(event)
        else:
            self._do(deed)

    def _do(self, deed: str) -> None:
        """What a key in the forms is for."""
        if deed == "undo":
            self.pen.undo()
        elif deed == "redo":
            self.pen.redo()
        elif deed == "add":
            self.body.show_page("Injects")
            self.body.injects.list.add_inject()
        elif deed == "copy":
            self.body.show_page("Injects")
            self.body.injects.list.copy_inject()
        else:
            self._turn(1 if deed == "next" else -1)

    def focusNextPrevChild(self, next: bool) -> bool:
        return go_on(self, forward=next) or super().focusNextPrevChild(next)

    def show_view(self, view: QWidget) -> None:
        """Show the forms, the text or the YAML."""
        self.stack.setCurrentWidget(view)
        self.head.text.set_text("Back to the forms" if view is self.yaml else "Show as YAML")
        self.head.text.setEnabled(view is not self.text)
        self.head.publish.setEnabled(view is self.body)

    def show_head(self, version: ScenarioVersion | None) -> None:
        """Which draft it is, and whether there are steps to take back."""
        title = self.pen.scenario.title if self.pen.is_ready else ""
        self.head.show_title(title or (version.title if version is not None else ""), version)
        self.head.show_steps(can_undo=self.pen.can_undo, can_redo=self.pen.can_redo)

    def _turn(self, by: int) -> None:
        tabs = self.body.tabs
        tabs.setCurrentIndex((tabs.currentIndex() + by) % tabs.count())
        tabs.setFocus(Qt.FocusReason.OtherFocusReason)


def _deed_of(event: QKeyEvent) -> str:
    """What a key is for; nothing for most."""
    if event.matches(QKeySequence.StandardKey.Undo):
        return "undo"
    if event.matches(QKeySequence.StandardKey.Redo):
        return "redo"
    return _DEEDS.get((event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, event.key()), "")
