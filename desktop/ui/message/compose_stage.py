"""What the message is for: whom it tells, which stage it is, and why that is proposed."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.message import STAGES, Audience, Stage
from desktop.ui.kit.keys import is_enter
from desktop.ui.kit.label import Label
from desktop.ui.kit.segments import Segments
from desktop.ui.kit.tip import as_tip
from desktop.ui.message import compose_words as words
from desktop.ui.message.ports import Choice, Writing

_STAGE = Qt.ItemDataRole.UserRole


class StageList(QListWidget):
    """The stages, one below the other; Up and Down choose, Enter goes on.

    What is typed while the page reads is kept and done once it has read: nobody has to wait.

    Signals:
        stage_chosen: (str stage) by the person.
        entered: the choice is made.
        typed_ahead: (QKeyEvent) a key that is for what comes next.
    """

    stage_chosen = Signal(str)
    entered = Signal()
    typed_ahead = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What the message is")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.is_waiting = False
        self._is_own = False
        self.currentItemChanged.connect(self._tell)
        self.itemActivated.connect(self._enter)

    def show_choices(self, choices: Sequence[Choice], stage: Stage) -> None:
        """Offer these, that one chosen; nobody is told."""
        self._is_own = True
        if [self._stage(at) for at in range(self.count())] != [each.stage for each in choices]:
            self.clear()
            for _ in choices:
                self.addItem(QListWidgetItem())
        for at, choice in enumerate(choices):
            item = self.item(at)
            said = words.STAGES[choice.stage]
            item.setText(f"{said}  (proposed)" if choice.is_proposed else said)
            item.setData(_STAGE, choice.stage.value)
            item.setToolTip(as_tip(choice.why))
            if choice.stage is stage:
                self.setCurrentItem(item, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._is_own = False
        self.setFixedHeight(self.sizeHint().height())

    def stage(self) -> str:
        """What is chosen."""
        return self._stage(self.currentRow())

    def sizeHint(self) -> QSize:
        rows = max(self.count(), 1)
        height = self.sizeHintForRow(0) if self.count() else self.fontMetrics().height() + 10
        return QSize(200, rows * height + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyboardSearch(self, _search: str) -> None:
        """Letters choose nothing here: they are for what comes after it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_waiting and event.key() != Qt.Key.Key_Escape:
            self.typed_ahead.emit(event.clone())
        elif is_enter(event):
            self.entered.emit()
        elif event.text().strip() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _stage(self, at: int) -> str:
        item = self.item(at) if 0 <= at < self.count() else None
        return str(item.data(_STAGE)) if item is not None else ""

    def _enter(self, _item: QListWidgetItem) -> None:
        self.entered.emit()

    def _tell(self) -> None:
        if not self._is_own and self.stage():
            self.stage_chosen.emit(self.stage())


class StagePick(QWidget):
    """Audience, stage, and the reason for both.

    Signals:
        audience_chosen: (str) by the person.
    """

    audience_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.audience = Segments([(each.value, said) for each, said in words.AUDIENCES.items()], "Audience")
        self.stages = StageList()
        self.why = Label("", "hint", wrap=True)
        self.refusal = Label("", "danger_small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.audience, self.stages, self.why, self.refusal):
            column.addWidget(widget)
        self.setFocusProxy(self.stages)
        self.audience.chosen.connect(self.audience_chosen)
        self.clear()

    def clear(self) -> None:
        """Nothing is known yet."""
        self.audience.set_value(Audience.CUSTOMER.value)
        self.stages.show_choices([Choice(stage) for stage in STAGES[Audience.CUSTOMER]], Stage.INITIAL)
        self.why.setText("")
        self.refusal.setText("")
        self.refusal.hide()

    def show_writing(self, writing: Writing) -> None:
        """Show what the draft is for."""
        self.audience.set_value(writing.key.audience.value)
        self.stages.show_choices(writing.choices, writing.stage)
        chosen = next((each for each in writing.choices if each.stage is writing.stage), None)
        why = chosen.why if chosen is not None and chosen.why else writing.why
        self.why.setText("  ".join(filter(None, (why, writing.late))))
        self.why.setVisible(bool(self.why.text()))
        self.refusal.setText(writing.refusal)
        self.refusal.setVisible(bool(writing.refusal))
