"""How a playbook fares: its steps as a heat map over versions, changes, gaps, and where it was used."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.instant import span_us
from desktop.domain.playbook_heat import Proposal
from desktop.services.playbook_pulse import Pulse, Use
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.playbook.heat_table import HeatTable
from desktop.ui.playbook.use_ports import ReadsPulse
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, duration, moment, one_line

_MOST_USES = 8
_MOST_GAPS = 10
_NEVER = "It was not used yet. Once it is opened on escalations, this page shows which of its steps help."


class PulsePane(QWidget):
    """Reads what it shows by itself.

    Signals:
        open_escalation_requested: (int id)
        edit_requested: (int playbook, str note) a draft was begun that answers a proposal.
    """

    open_escalation_requested = Signal(int)
    edit_requested = Signal(int, str)

    def __init__(self, reads: ReadsPulse, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reads = reads
        self._around = around
        self._id = 0
        self._proposal_rows: list[QWidget] = []
        self.fault = Label("", "danger", wrap=True)
        self.summary = Label("", wrap=True)
        self.proposed = Section("Proposed changes")
        self.heat_box = Section("Steps in use", "the redder, the more often skipped, late or unclear")
        self.heat = HeatTable(around.theme)
        self.reasons = Label("", "secondary", wrap=True)
        self.gap_box = Section("Open gaps")
        self.gaps = Label("", wrap=True)
        self.use_box = Section("Used on")
        self.uses = self._made_uses()
        self._lay_out()
        self.uses.opened.connect(self._open)
        self.heat.picked.connect(self._follow)

    def show_playbook(self, playbook_id: int) -> None:
        """Show this one."""
        self._id = playbook_id
        self.refresh()

    def refresh(self, *_what: object) -> None:
        """Read it anew."""
        if self._id:
            work = partial(self._reads.pulse, self._id)
            self._around.runner.run(work, self._show, self._refuse, owner=self)

    def _show(self, pulse: Pulse) -> None:
        if pulse.playbook_id != self._id:
            return
        self.fault.hide()
        used = counted(len(pulse.uses), "escalation")
        mean = f", closed after {duration(span_us(pulse.mean))} on average" if pulse.mean is not None else ""
        self.summary.setText(f"Used on {used}{mean}." if pulse.uses else _NEVER)
        self._show_proposals(pulse.proposals)
        self.heat_box.setVisible(bool(pulse.uses))
        self.heat.show_heat(pulse.versions, pulse.rows)
        self.gap_box.setVisible(bool(pulse.gaps))
        now = self._around.clock.now()
        said = [
            f"•  {one_line(gap.text)} ({gap.number or 'no escalation'}, {moment(gap.at, now)})"
            for gap in pulse.gaps[:_MOST_GAPS]
        ]
        self.gaps.setText("\n".join(said))
        self.use_box.setVisible(bool(pulse.uses))
        self.uses.show_rows(pulse.uses)
        self.uses.fit_height(_MOST_USES)
        self._follow()

    def _show_proposals(self, proposals: tuple[Proposal, ...]) -> None:
        for row in self._proposal_rows:
            row.hide()
            row.deleteLater()
        self._proposal_rows = [self._made_proposal(each) for each in proposals]
        for row in self._proposal_rows:
            self.proposed.body.addWidget(row)
        self.proposed.setVisible(bool(proposals))

    def _made_proposal(self, proposal: Proposal) -> QWidget:
        row = QWidget()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(proposal.sentence, "strong", wrap=True))
        said = [f"•  {each.number or 'no escalation'}: {one_line(each.text)}" for each in proposal.evidence]
        words.addWidget(Label("\n".join(said), "secondary", wrap=True))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(words, 1)
        for verb, press in (("Begin a draft", self._improve), ("Decline", self._decline)):
            button = Button(verb)
            button.setObjectName(str(proposal.id))
            button.setAccessibleName(f"{verb}: {proposal.sentence}")
            button.clicked.connect(press)
            line.addWidget(button)
        return row

    def _improve(self) -> None:
        sender = self.sender()
        if sender is not None:
            work = partial(self._reads.improve, int(sender.objectName()), self._id)
            self._around.runner.run(work, self._improved, self._refuse, owner=self)

    def _improved(self, note: str) -> None:
        self.edit_requested.emit(self._id, note)

    def _decline(self) -> None:
        sender = self.sender()
        if sender is not None:
            work = partial(self._reads.decline, int(sender.objectName()))
            self._around.runner.run(work, self.refresh, self._refuse, owner=self)

    def _refuse(self, error: DeskError) -> None:
        self.fault.setText(str(error))
        self.fault.show()

    def _open(self) -> None:
        use = self.uses.current()
        if use is not None:
            self.open_escalation_requested.emit(use.escalation_id)

    def _follow(self) -> None:
        row = self.heat.current()
        lines = (
            [f"Skipped {count} ×: {one_line(why)}" for why, count in row.reasons] if row is not None else []
        )
        self.reasons.setText("\n".join(lines))
        self.reasons.setVisible(bool(lines))

    def _made_uses(self) -> RowTable[Use]:
        columns: tuple[Column[Use], ...] = (
            Column("Escalation", lambda use: f"{use.number} {one_line(use.title)}"),
            Column("Version", lambda use: f"v{use.version}", width=70),
            Column("Steps", lambda use: f"{use.settled} of {use.steps}", width=80),
            Column("Took", lambda use: "open" if use.took is None else duration(span_us(use.took)), width=90),
        )
        model = TwoLineModel(
            columns, step=_no_mark, sentence=self._sentence, second=self._second, strong=(0,)
        )
        table: RowTable[Use] = RowTable(
            model, self._around.theme, "Escalations it was used on", key=lambda use: use.run_id, stretch=0
        )
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._around.actions.give_page_letters_to(table)
        return table

    def _second(self, use: Use, column: int) -> str:
        if column:
            return ""
        return f"opened {moment(use.opened_at, self._around.clock.now())} by {one_line(use.opened_by)}"

    def _sentence(self, use: Use) -> str:
        return f"{use.number}, {one_line(use.title)}, v{use.version}, {use.settled} of {use.steps} steps"

    def _lay_out(self) -> None:
        self.heat_box.body.addWidget(self.heat)
        self.heat_box.body.addWidget(self.reasons)
        self.gap_box.body.addWidget(self.gaps)
        self.use_box.body.addWidget(self.uses)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(10)
        self.fault.hide()
        for said in (self.fault, self.summary):
            said.setContentsMargins(16, 0, 16, 0)
        for part in (self.fault, self.summary, self.proposed, self.heat_box, self.gap_box, self.use_box):
            column.addWidget(part)
        column.addStretch(1)
        for box in (self.proposed, self.heat_box, self.gap_box, self.use_box):
            box.hide()


def _no_mark(_use: Use) -> tuple[str, int]:
    return "", -1
