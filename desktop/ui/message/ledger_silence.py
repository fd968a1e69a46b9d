"""Silence: who has heard nothing for how long, the most forgotten first."""

from desktop.domain.silence import Feeling, Silence
from desktop.ui.kit.button import Button
from desktop.ui.kit.table_model import Column
from desktop.ui.message import ledger_words as words
from desktop.ui.message.ledger_ports import ReadsMessages
from desktop.ui.message.ledger_tab import LedgerTab
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, exact, one_line

_HINT = (
    "A customer may go without a word until the promised update; account team and engineers twice as long,"
    " executives four times, as the policy has it for the priority."
)


class SilenceTab(LedgerTab[Silence]):
    """Circles of people that wait to hear of an open escalation."""

    def __init__(self, reads: ReadsMessages, around: Surroundings) -> None:
        self.write_button = Button("Write to them", "primary", keys="U")
        self.open_button = Button("Open escalation", keys="Enter")
        columns: tuple[Column[Silence], ...] = (
            Column("Who", lambda row: row.circle.word, width=150),
            Column("Escalation", lambda row: f"{row.number} {one_line(row.title)}"),
            Column("Silent for", self._length, width=130, align_right=True),
            Column("Should hear by", self._due, width=170),
        )
        super().__init__(
            reads,
            around,
            "Silence",
            columns,
            step=lambda row: (words.silence_token(row, self.now()), -1),
            second=self._second,
            sentence=lambda row: f"{row.number} {row.title}. {words.silence_sentence(row, self.now())}",
            key=lambda row: (row.escalation_id, row.circle),
            buttons=(self.open_button, self.write_button),
            stretch=1,
        )
        self.pane.empty.show_state(
            "success", "Nobody waits to hear", "Open escalations with a priority are listed here."
        )
        self.write_button.clicked.connect(self.write)
        self.open_button.clicked.connect(self.open_current)
        self.table.opened.connect(self.open_current)

    def read(self) -> tuple[Silence, ...]:
        """Who waits."""
        return self.reads.silence()

    def show_found(self, found: object) -> None:
        """Show it."""
        assert isinstance(found, tuple)
        now = self.now()
        forgotten = sum(one.feeling(now) is Feeling.FORGOTTEN for one in found)
        soon = sum(one.feeling(now) is Feeling.WAITING for one in found)
        self.pane.show_rows(found)
        self.pane.hint.setText(
            f"{forgotten} forgotten, {soon} about to feel so."
            if forgotten or soon
            else f"{counted(len(found), 'circle')} informed in time."
        )
        self.counted.emit(forgotten)
        self.follow()

    def write(self) -> None:
        """Write to them."""
        row = self.row()
        if row is not None:
            self.write_requested.emit(row.escalation_id, row.circle.audience.value)

    def open_current(self) -> None:
        """See its escalation."""
        row = self.row()
        if row is not None:
            self.open_requested.emit(row.escalation_id)

    def follow(self) -> None:
        """Show it in full."""
        row = self.row()
        for button in (self.write_button, self.open_button):
            button.setEnabled(row is not None)
        if row is None:
            self.sheet.clear()
            return
        lines = (
            words.silence_sentence(row, self.now()),
            f"Customer: {one_line(row.customer)}",
            f"Priority {row.priority}",
            f"Silent since {exact(row.since_at)}",
        )
        self.sheet.show_words(f"{row.number} {one_line(row.title)}", lines, "", (_HINT,))

    def _length(self, row: Silence) -> str:
        return words.silent_for(row, self.now()).partition(",")[0]

    def _due(self, row: Silence) -> str:
        return words.allowed_words(row, self.now()).partition(",")[0]

    def _second(self, row: Silence, column: int) -> str:
        now = self.now()
        return (
            row.feeling(now).word,
            one_line(row.customer),
            "" if row.heard_at is not None else "never heard",
            words.allowed_words(row, now).partition(", ")[2],
        )[column]
