"""Actions: what one person does by a day, how old each is, and who has seen that it works."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_gap_deeds import is_settled, vague_advice
from desktop.domain.drill_record import ActionItem, ActionState
from desktop.ui.drill.gaps_ports import GapsFound
from desktop.ui.drill.gaps_register import SHEET_PX
from desktop.ui.drill.gaps_words import (
    ACTION_WORDS,
    KIND_WORDS,
    action_about,
    action_age,
    action_mark,
    action_sentence,
    due_words,
)
from desktop.ui.kit.button import Button
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.table_model import Column
from desktop.ui.kit.table_pane import TablePane
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, one_line

ACCEPT, START, FINISH, VERIFY, HAND_ON, DECLINE = "accept", "start", "finish", "verify", "hand_on", "decline"
_UNDER_WAY = (ActionState.PROPOSED, ActionState.ACCEPTED, ActionState.IN_PROGRESS)
_VERBS = {
    ACCEPT: "Accept",
    START: "Begin",
    FINISH: "Done…",
    VERIFY: "Verify",
    HAND_ON: "Hand on…",
    DECLINE: "Decline…",
}
_FROM = {
    ACCEPT: (ActionState.PROPOSED,),
    START: (ActionState.ACCEPTED,),
    FINISH: (ActionState.ACCEPTED, ActionState.IN_PROGRESS),
    VERIFY: (ActionState.DONE,),
    HAND_ON: _UNDER_WAY,
    DECLINE: _UNDER_WAY,
}
_OWN = "Done is not verified: somebody else than its owner has to see that it works, or a later drill."


class ActionsPane(QWidget):
    """The list of actions with what may be done next.

    Signals:
        deed_wanted: (str deed, ActionItem)
        new_wanted: a new action is to be made.
    """

    deed_wanted = Signal(str, object)
    new_wanted = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._found = GapsFound()
        self.buttons: dict[str, Button] = {}
        self.title = Label("", "heading", wrap=True)
        self.about = Label("", wrap=True)
        self.vague = Label("", "warning", wrap=True)
        self.why_not = Label("", "secondary", wrap=True)
        self.new = Button("New action…", "primary")
        self.with_settled = CheckBox("Settled ones too")
        self.count = Label("", "secondary")
        self.table = self._made_table(around)
        beside = ScrollColumn(self._made_sheet())
        beside.setMaximumWidth(round(SHEET_PX * around.theme.text_scale))
        self.pane: TablePane[ActionItem] = TablePane(self.table, beside, around.icons, (), self._made_bar())
        self.pane.hint.setText("Done is not verified: somebody else, or a later drill, shows that it works.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)
        self.table.picked.connect(self._follow)
        self.new.clicked.connect(self.new_wanted)
        self.pane.empty.button_pressed.connect(self.new_wanted)
        self.with_settled.toggled.connect(self._show)

    def show_found(self, found: GapsFound) -> None:
        """Show the actions."""
        self._found = found
        self._show()

    def current(self) -> ActionItem | None:
        """The chosen action."""
        return next(iter(self.table.selected()), None)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.pane.focus_first()

    def _show(self, *_is_on: object) -> None:
        shown = [
            each for each in self._found.actions if self.with_settled.isChecked() or not is_settled(each)
        ]
        now = self._around.clock.now()
        late = sum(action_age(each, now) == "Overdue" for each in shown)
        self.count.setText(
            f"{counted(len(shown), 'action')}, {late} overdue" if late else counted(len(shown), "action")
        )
        verb = "" if self._found.why_not else "New action…"
        self.new.setVisible(bool(verb))
        self.pane.empty.show_state(
            "check",
            "No action is open",
            "What one person does by a day stands here until it is verified.",
            verb,
        )
        self.pane.show_rows(shown)
        self._follow()

    def _follow(self) -> None:
        action = self.current()
        if action is None:
            return
        self.title.setText(one_line(action.text))
        self.about.setText(action_about(action, self._around.clock.now()))
        advice = "" if is_settled(action) else vague_advice(action.text)
        self.vague.setText(advice)
        self.vague.setVisible(bool(advice))
        reason = self._why_no_verifying(action)
        for deed, button in self.buttons.items():
            is_next = action.state in _FROM[deed] and not self._found.why_not
            button.setVisible(is_next)
            button.setEnabled(is_next and not (deed == VERIFY and reason))
        self.why_not.setText(reason)
        self.why_not.setVisible(bool(reason))

    def _why_no_verifying(self, action: ActionItem) -> str:
        is_own = action.owner_id == self._found.operator_id
        return _OWN if action.state is ActionState.DONE and is_own else ""

    def _press(self) -> None:
        action = self.current()
        if action is not None:
            self.deed_wanted.emit(self.sender().objectName(), action)

    def _made_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("part", "filters")
        line = QHBoxLayout(bar)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(12)
        line.addWidget(self.with_settled)
        line.addWidget(self.count, 1)
        line.addWidget(self.new)
        return bar

    def _made_sheet(self) -> QFrame:
        sheet = QFrame()
        sheet.setProperty("part", "aside")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        for part in (self.title, self.about, self.vague):
            column.addWidget(part)
        held = QWidget()
        line = FlowLayout(held, spacing=8)
        for deed, verb in _VERBS.items():
            button = self.buttons[deed] = Button(verb, "normal" if deed in (HAND_ON, DECLINE) else "primary")
            button.setObjectName(deed)
            button.clicked.connect(self._press)
            line.addWidget(button)
        column.addWidget(held)
        column.addWidget(self.why_not)
        column.addStretch(1)
        return sheet

    def _made_table(self, around: Surroundings) -> RowTable[ActionItem]:
        columns: tuple[Column[ActionItem], ...] = (
            Column("Action", lambda each: one_line(each.text), tip=lambda each: each.text),
            Column("State", lambda each: ACTION_WORDS[each.state], width=140),
            Column("Owner", lambda each: one_line(each.owner), width=120),
            Column("Due", lambda each: due_words(each.due), width=110, align_right=True),
        )
        model = TwoLineModel(
            columns, step=self._mark, sentence=self._sentence, second=self._second, strong=(0,)
        )
        table: RowTable[ActionItem] = RowTable(
            model, around.theme, "Actions", key=lambda each: each.id, stretch=0, spare=(2,)
        )
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        around.actions.give_page_letters_to(table)
        return table

    def _mark(self, action: ActionItem) -> tuple[str, int]:
        return action_mark(action, self._around.clock.now())

    def _second(self, action: ActionItem, column: int) -> str:
        if column == 0:
            return f"{KIND_WORDS[action.kind]}{f' · gap {action.gap_id}' if action.gap_id else ''}"
        return action_age(action, self._around.clock.now()) if column == 3 else ""

    def _sentence(self, action: ActionItem) -> str:
        return action_sentence(action, self._around.clock.now())
