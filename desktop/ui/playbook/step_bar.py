"""All of the chosen step, and what can be done about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.playbook import StepKind
from desktop.domain.playbook_run import Run, RunStep
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.playbook.use_words import step_more

_LEADS = {
    StepKind.SEND: ("send", "Write the message"),
    StepKind.PAGE: ("escalation.whom", "Whom to call"),
    StepKind.HAND_OVER: ("handoff", "Hand over"),
}


class StepBar(QWidget):
    """Its whole text, what it wants, and buttons.

    Signals:
        done, skip, prove, lead, unclear: what the person wants with it; `done` opens a settled one again.
    """

    done = Signal()
    skip = Signal()
    prove = Signal()
    lead = Signal()
    unclear = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = Label("", wrap=True)
        self.text.let_select()
        self.more = Label("", "secondary", wrap=True)
        self.lead_button = Button("", keys="Enter")
        self.done_button = Button("Mark as done", "primary", keys="Space")
        self.skip_button = Button("Skip…", keys="S")
        self.prove_button = Button("Add evidence…", keys="E")
        self.unclear_button = Button("Unclear…", keys="Q")
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=8)
        shown = (self.done_button, self.lead_button, self.prove_button, self.skip_button, self.unclear_button)
        for button in shown:
            flow.addWidget(button)
        self._buttons = buttons
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        for widget in (self.text, self.more, buttons):
            column.addWidget(widget)
        for button, told in (
            (self.done_button, self.done),
            (self.skip_button, self.skip),
            (self.prove_button, self.prove),
            (self.lead_button, self.lead),
            (self.unclear_button, self.unclear),
        ):
            button.clicked.connect(told)

    def show_step(self, run: Run, one: RunStep) -> None:
        """Show this step of a run."""
        self.text.setText(one.step.text)
        more = step_more(one, run.decision(one.step))
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self._buttons.setVisible(run.is_open)
        is_decision = one.step.kind is StepKind.DECIDE
        done = "Record decision…" if is_decision else "Mark as done"
        self.done_button.set_text(done if one.is_open else "Open it again")
        self.skip_button.setVisible(one.is_open)
        self.prove_button.setVisible(one.is_open and not is_decision)
        leads = _LEADS.get(one.step.kind)
        self.lead_button.setVisible(bool(leads) and one.is_open)
        if leads:
            self.lead_button.set_text(leads[1])

    def leads_to(self, one: RunStep) -> str:
        """Where a step leads: "send", an action of the window, or nowhere."""
        return _LEADS.get(one.step.kind, ("", ""))[0] if one.is_open else ""
