"""Drafts: what is being written, by whom, and what waits for a second person's release."""

from functools import partial

from desktop.ui.kit.button import Button
from desktop.ui.kit.table_model import Column
from desktop.ui.message import ledger_words as words
from desktop.ui.message.ledger_ports import ReadsMessages, TextsFound, WaitingDraft
from desktop.ui.message.ledger_tab import LedgerTab
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, exact, moment, one_line


class DraftsTab(LedgerTab[WaitingDraft]):
    """Drafts of the whole desk; what waits for a release stands first and is read here before it goes."""

    def __init__(self, reads: ReadsMessages, around: Surroundings) -> None:
        self._texts = TextsFound(0)
        self.release_button = Button("Release", "primary")
        self.write_button = Button("Go on writing", keys="Enter")
        self.open_button = Button("Open escalation")
        columns: tuple[Column[WaitingDraft], ...] = (
            Column("Message", self._what),
            Column("State", self._state, width=260),
            Column("Next update", self._next, width=150),
        )
        super().__init__(
            reads,
            around,
            "Drafts",
            columns,
            step=lambda row: ("text.warning" if row.waits else "", -1),
            second=self._second,
            sentence=self._sentence,
            key=lambda row: row.draft.id,
            buttons=(self.open_button, self.write_button, self.release_button),
            stretch=0,
            spare=(2,),
        )
        self.pane.empty.show_state(
            "edit", "Nobody is writing", "Choose an escalation and press U to write to its customer."
        )
        self.release_button.clicked.connect(self.release)
        self.write_button.clicked.connect(self.write)
        self.table.opened.connect(self.write)
        self.open_button.clicked.connect(self.open_current)

    def read(self) -> tuple[WaitingDraft, ...]:
        """What is written."""
        return self.reads.drafts()

    def show_found(self, found: object) -> None:
        """Show it."""
        assert isinstance(found, tuple)
        waiting = sum(row.waits for row in found)
        self._texts = TextsFound(0)
        self.pane.show_rows(found)
        self.pane.hint.setText(
            f"{counted(waiting, 'message')} to release." if waiting else "Nothing waits for a release."
        )
        self.counted.emit(waiting)
        self.follow()

    def release(self) -> None:
        """Let it go."""
        row = self.row()
        if row is not None:
            work = partial(self.reads.release, row.draft.id)
            asked = row.draft.release.asked_by if row.draft.release is not None else ""
            self.do(work, f"Released: {one_line(asked)} can send it now.")

    def write(self) -> None:
        """Go on writing it."""
        row = self.row()
        if row is not None:
            self.write_requested.emit(row.draft.escalation_id, row.draft.audience.value)

    def open_current(self) -> None:
        """See its escalation."""
        row = self.row()
        if row is not None:
            self.open_requested.emit(row.draft.escalation_id)

    def follow(self) -> None:
        """Show it in full; its texts are read first."""
        row = self.row()
        self.release_button.setVisible(row is not None and row.waits)
        for button in (self.write_button, self.open_button):
            button.setEnabled(row is not None)
        if row is None:
            self.sheet.clear()
            return
        if self._texts.draft_id != row.draft.id:
            self.release_button.setEnabled(False)  # nobody releases what was not seen
            work = partial(self.reads.texts, row.draft.id)
            self.around.runner.run(work, self._show_texts, self.refuse, owner=self)
        self._show(row)

    def _show_texts(self, found: TextsFound) -> None:
        row = self.row()
        self._texts = found
        if row is not None and row.draft.id == found.draft_id:
            self._show(row)

    def _show(self, row: WaitingDraft) -> None:
        draft, now = row.draft, self.now()
        is_read = self._texts.draft_id == draft.id
        self.release_button.setEnabled(is_read and not row.why_not)
        lines = (
            f"{draft.number} {one_line(draft.title)}, {one_line(draft.customer)}",
            words.draft_state(row, now),
            words.draft_second(row, now),
            f"Next update {exact(draft.next_update_at)}" if draft.next_update_at else "No next update",
            row.why_not if row.waits else "",
        )
        texts = [
            f"{words.MEDIA[medium].upper()}\n{subject}\n\n{body}".replace("\n\n\n", "\n\n")
            for medium, (subject, body) in (self._texts.texts.items() if is_read else ())
        ]
        title = words.for_whom(draft.audience, draft.stage)
        self.sheet.show_words(title, lines, "\n\n".join(texts))

    def _what(self, row: WaitingDraft) -> str:
        return f"{row.draft.number} {words.for_whom(row.draft.audience, row.draft.stage)}"

    def _state(self, row: WaitingDraft) -> str:
        return words.draft_state(row, self.now())

    def _next(self, row: WaitingDraft) -> str:
        return moment(row.draft.next_update_at, self.now()) if row.draft.next_update_at else "–"

    def _second(self, row: WaitingDraft, column: int) -> str:
        if column == 0:
            return f"{one_line(row.draft.customer)} · {one_line(row.draft.title)}"
        return words.draft_second(row, self.now()) if column == 1 else ""

    def _sentence(self, row: WaitingDraft) -> str:
        return f"{self._what(row)}, {row.draft.customer}: {self._state(row)}. {self._second(row, 1)}"
