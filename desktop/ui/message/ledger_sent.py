"""Sent: what left the desk, word for word, and how each delivery stands."""

from functools import partial

from PySide6.QtGui import QGuiApplication

from desktop.services.message_ledger import Recipient, SentRow
from desktop.ui.kit.button import Button
from desktop.ui.kit.dialogs import Question
from desktop.ui.kit.table_model import Column
from desktop.ui.message import ledger_words as words
from desktop.ui.message.ledger_ports import ReadsMessages
from desktop.ui.message.ledger_tab import LedgerTab
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, exact, moment, one_line

_PAGE = 100
_LONGEST_VALUE = 200
_AGAIN = "again"


class SentTab(LedgerTab[SentRow]):
    """Messages, the latest first; older ones come by a button."""

    def __init__(self, reads: ReadsMessages, around: Surroundings) -> None:
        self._rows: tuple[SentRow, ...] = ()
        self._asked: Recipient | None = None
        self.again_button = Button("Send again", "primary")
        self.copy_button = Button("Copy text")
        self.open_button = Button("Open escalation", keys="Enter")
        self.older_button = Button("Show older")
        columns: tuple[Column[SentRow], ...] = (
            Column("Sent", lambda row: moment(row.sent.sent_at, self.now()), width=130),
            Column("Message", self._what),
            Column("To", lambda row: one_line(row.sent.recipients) or "nobody by name", width=190),
            Column("State", words.state_word, width=170),
        )
        super().__init__(
            reads,
            around,
            "Sent messages",
            columns,
            step=lambda row: (words.state_token(row), -1),
            second=self._second,
            sentence=self._sentence,
            key=lambda row: row.sent.id,
            buttons=(
                self.older_button,
                self.copy_button,
                self.open_button,
                self.again_button,
            ),
            stretch=1,
            spare=(2,),
        )
        self.pane.empty.show_state(
            "send", "Nothing was sent yet", "What is sent, or said and recorded, is kept here word for word."
        )
        self.again_button.clicked.connect(self.send_again)
        self.copy_button.clicked.connect(self.copy)
        self.open_button.clicked.connect(self.open_current)
        self.table.opened.connect(self.open_current)
        self.older_button.clicked.connect(self.show_older)

    def read(self) -> tuple[SentRow, ...]:
        """What was sent."""
        return self.reads.sent()

    def show_found(self, found: object) -> None:
        """Show it."""
        assert isinstance(found, tuple)
        self._show_rows(found)
        self.older_button.setVisible(len(found) >= _PAGE)

    def show_older(self) -> None:
        """Fetch what was sent before the last one shown."""
        if self._rows:
            work = partial(self.reads.sent, None, self._rows[-1].sent.id)
            self.around.runner.run(work, self._add, self.refuse, owner=self)

    def copy(self) -> None:
        """Put the text as it was sent on the clipboard."""
        row = self.row()
        if row is not None:
            text = f"{row.sent.subject}\n\n{row.sent.body}" if row.sent.subject else row.sent.body
            QGuiApplication.clipboard().setText(text)
            self.message_requested.emit("Copied, word for word.")

    def send_again(self) -> None:
        """Send it once more to whoever did not get it; of an uncertain one, ask first."""
        row = self.row()
        self._asked = next((one for one in row.recipients if one.can_repeat), None) if row else None
        if self._asked is None:
            return
        if self._asked.state != "unsure":
            self._repeat(_AGAIN)
            return
        question = Question(
            self,
            f"Send it to {one_line(self._asked.name)} again?",
            "The connection broke at the very end: it may have arrived. Ask, or look for an answer, first.",
            [("keep", "Do not send"), (_AGAIN, "Send again")],
            safe="keep",
            cancel="keep",
        )
        question.answered.connect(self._repeat)
        question.open()

    def open_current(self) -> None:
        """See its escalation."""
        row = self.row()
        if row is not None:
            self.open_requested.emit(row.sent.escalation_id)

    def follow(self) -> None:
        """Show it in full."""
        row = self.row()
        for button in (self.copy_button, self.open_button):
            button.setEnabled(row is not None)
        self.again_button.setVisible(row is not None and any(one.can_repeat for one in row.recipients))
        if row is None:
            self.sheet.clear()
        else:
            show_sent(self, row)

    def _repeat(self, answer: str) -> None:
        if self._asked is not None and answer == _AGAIN:
            name = one_line(self._asked.name)
            self.do(partial(self.reads.send_again, self._asked.id), f"On its way to {name} again.")

    def _add(self, rows: tuple[SentRow, ...]) -> None:
        self.older_button.setVisible(len(rows) >= _PAGE)
        self._show_rows((*self._rows, *rows))

    def _show_rows(self, rows: tuple[SentRow, ...]) -> None:
        self._rows = rows
        failed = sum(row.state in ("failed", "unsure") for row in rows)
        self.pane.show_rows(rows)
        silent = self.reads.silent
        told = f"{counted(failed, 'message')} did not arrive, or may not have." if failed else ""
        self.pane.hint.setText(f"{silent} {told}".strip())
        self.counted.emit(failed)
        self.follow()

    def _what(self, row: SentRow) -> str:
        what = one_line(row.sent.subject) or words.for_whom(row.sent.audience, row.sent.stage)
        return what if row.number in what else f"{row.number} {what}"

    def _second(self, row: SentRow, column: int) -> str:
        return (
            one_line(row.sent.by),
            f"{words.for_whom(row.sent.audience, row.sent.stage)} · {one_line(row.customer)}",
            words.way_words(row),
            "",
        )[column]

    def _sentence(self, row: SentRow) -> str:
        return (
            f"{words.for_whom(row.sent.audience, row.sent.stage)} of {row.number}, {row.customer},"
            f" {words.way_words(row)}, {words.state_word(row)}, {moment(row.sent.sent_at, self.now())}"
        )


def show_sent(tab: SentTab, row: SentRow) -> None:
    """Show a message in the sheet of a tab: its head, its words, to whom it went, what was filled in."""
    sent, now = row.sent, tab.now()
    lines = (
        f"{row.number} {one_line(row.title)}, {one_line(row.customer)}",
        f"{words.for_whom(sent.audience, sent.stage)}; {words.way_words(row)}",
        f"Sent {exact(sent.sent_at)} by {one_line(sent.by)}"
        + (f", released by {one_line(sent.released_by)}" if sent.released_by else ""),
        f"Next update promised by {exact(sent.next_update_at)}" if sent.next_update_at else "",
        *(words.recipient_words(one, now) for one in row.recipients),
        f"To {one_line(sent.recipients)}" if sent.recipients and not row.recipients else "",
    )
    values = sorted(sent.values.items())
    filled = ["Filled in:", *(f"{name}: {one_line(text)[:_LONGEST_VALUE]}" for name, text in values if text)]
    title = one_line(sent.subject) or words.stage_word(sent.stage)
    tab.sheet.show_words(title, lines, sent.body, filled if len(filled) > 1 else ())
