"""The messages of one escalation in its panel: who has heard what, what was promised, what was sent."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.contact import Circle
from desktop.domain.errors import DeskError
from desktop.domain.promise import PromiseKind
from desktop.domain.silence import Silence
from desktop.services.message_ledger import SentRow
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText
from desktop.ui.kit.meter import Meter
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.message import ledger_words as words
from desktop.ui.message.ledger_ports import AboutOne, ReadsMessages
from desktop.ui.message.promise_form import PromiseForm
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import moment, one_line

_MOST_ROWS = 6
_MOST_PROMISES = 8
_TEXT_LINES = 8


class SilenceLine(QWidget):
    """One circle: its name, how much of what is allowed has passed, and the same in words."""

    def __init__(self, circle: Circle, around: Surroundings) -> None:
        super().__init__()
        self._now = around.clock.now
        self._silence: Silence | None = None
        self.name = Label(circle.word, "strong")
        self.meter = Meter(around.theme)
        self.words = Label("", "secondary", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.name)
        head.addWidget(self.meter, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.words)

    def show_silence(self, silence: Silence) -> None:
        """Show how long they have heard nothing."""
        self._silence = silence
        self.tick()

    def tick(self) -> None:
        """The time has gone on."""
        if self._silence is not None:
            now = self._now()
            said = words.silence_sentence(self._silence, now).partition(": ")[2]
            sentence = said[:1].upper() + said[1:]
            self.words.setText(sentence)
            self.meter.setVisible(self._silence.due_at is not None)
            token = words.silence_token(self._silence, now) or "primary.bar"
            self.meter.set_share(min(self._silence.used(now), 1.0), sentence, token)


class MessagesTab(QWidget):
    """Reads what it shows by itself.

    Signals:
        write_requested: (int escalation, str audience) write a message.
        message_requested: (str) for the toast.
    """

    write_requested = Signal(int, str)
    message_requested = Signal(str)

    def __init__(self, reads: ReadsMessages, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reads = reads
        self._around = around
        self._now = around.clock.now
        self._id = 0
        self.write_button = Button("Write a message", "primary", keys="U")
        self.silent = Label(reads.silent, "warning", wrap=True)
        self.silent.setVisible(bool(reads.silent))
        self.fault = Label("", "danger", wrap=True)
        self.heard = Section("Who has heard")
        self.lines = {circle: SilenceLine(circle, around) for circle in Circle}
        for line in self.lines.values():
            self.heard.body.addWidget(line)
        self.promised = Section("Promised")
        self.promises = Label("", wrap=True)
        self.promise_button = Button("Note a promise…", "link")
        self.form: PromiseForm | None = None
        self.promised.add_to_head(self.promise_button)
        self.promised.body.addWidget(self.promises)
        self.sent = Section("Sent")
        self.table = self._made_table()
        self.recipients = Label("", "secondary", wrap=True)
        self.text = LongText(lines=_TEXT_LINES)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Text of the message")
        self.again_button = Button("Send again")
        self.copy_button = Button("Copy text")
        self._lay_out()
        self.write_button.clicked.connect(self._write)
        self.promise_button.clicked.connect(self.ask_for_promise)
        self.again_button.clicked.connect(self.send_again)
        self.copy_button.clicked.connect(self.copy)
        self.table.picked.connect(self._follow)
        around.heartbeat.slowly_ticked.connect(self._tick)

    def show_escalation(self, escalation_id: int) -> None:
        """Show this one, or read again what is shown of it."""
        if escalation_id != self._id:
            self._close_form()
        self._id = escalation_id
        self.refresh()

    def refresh(self, *_what: object) -> None:
        """Read it anew."""
        if self._id:
            self._around.runner.run(partial(self._reads.of, self._id), self._show, owner=self)

    def copy(self) -> None:
        """Put the chosen text as it was sent on the clipboard."""
        row = self._row()
        if row is not None:
            QGuiApplication.clipboard().setText(row.sent.body)
            self.message_requested.emit("Copied, word for word.")

    def send_again(self) -> None:
        """Send it once more to whoever certainly did not get it; an uncertain one is sent from its page."""
        row = self._row()
        failed = next((one for one in row.recipients if one.state == "failed"), None) if row else None
        if failed is not None:
            work = partial(self._reads.send_again, failed.id)
            self._around.runner.run(work, self._sent_again, self._refuse, owner=self)

    def ask_for_promise(self) -> None:
        """Ask what was promised otherwise than in a message."""
        if self.form is None:
            self.form = PromiseForm()
            self.form.keep_requested.connect(self._promise)
            self.form.cancelled.connect(self._close_form)
            self.promised.body.addWidget(self.form)
        self.form.show()
        self.promise_button.hide()
        self.form.show_new(self._now())

    def _promise(self, kind: PromiseKind, due_at: datetime, text: str) -> None:
        work = partial(self._reads.promise, self._id, kind, due_at, text)
        refuse = self.form.show_error if self.form is not None else self._refuse
        self._around.runner.run(work, self._promised, refuse, owner=self)

    def _promised(self, _answer: object) -> None:
        self._close_form()
        self.message_requested.emit("The promise is noted: it stands under Messages until it is kept.")
        self.refresh()

    def _close_form(self) -> None:
        if self.form is None or self.form.isHidden():
            return
        had_focus = any(field.hasFocus() for field in self.form.findChildren(QWidget))
        self.form.hide()
        self.promise_button.show()
        if had_focus:
            self.promise_button.setFocus()

    def _sent_again(self, _answer: object) -> None:
        self.message_requested.emit("On its way again.")
        self.refresh()

    def _show(self, found: AboutOne) -> None:
        if found.escalation_id != self._id:
            return
        self.fault.hide()
        by_circle = {silence.circle: silence for silence in found.silence}
        self.heard.setVisible(bool(by_circle))
        for circle, line in self.lines.items():
            line.setVisible(circle in by_circle)
            if circle in by_circle:
                line.show_silence(by_circle[circle])
        now = self._now()
        lines = [
            f"{one.kind.word} {moment(one.due_at, now)} · {words.promise_state(one, now)},"
            f" {words.promise_left(one, now)}"
            for one in found.promises[:_MOST_PROMISES]
        ]
        self.promises.setText("\n".join(lines) or "Nothing was promised yet.")
        self.table.show_rows(found.sent)
        self.table.fit_height(_MOST_ROWS)
        self.sent.set_aside(str(len(found.sent)) if found.sent else "")
        self._follow()

    def _follow(self) -> None:
        row = self._row()
        for widget in (self.table, self.text, self.recipients, self.copy_button):
            widget.setVisible(row is not None)
        self.none.setVisible(row is None)
        self.again_button.setVisible(row is not None and any(one.state == "failed" for one in row.recipients))
        if row is None:
            return
        now = self._now()
        told = [words.recipient_words(one, now) for one in row.recipients]
        self.recipients.setText("\n".join([words.way_words(row), *told]))
        subject = f"{row.sent.subject}\n\n" if row.sent.subject else ""
        if self.text.toPlainText() != subject + row.sent.body:
            self.text.setPlainText(subject + row.sent.body)

    def _refuse(self, error: DeskError) -> None:
        self.fault.setText(str(error))
        self.fault.show()

    def _tick(self, _now_us: int) -> None:
        if self.isVisible():
            for line in self.lines.values():
                line.tick()

    def _write(self) -> None:
        if self._id:
            self.write_requested.emit(self._id, "")

    def _row(self) -> SentRow | None:
        return next(iter(self.table.selected()), None)

    def _made_table(self) -> RowTable[SentRow]:
        columns: tuple[Column[SentRow], ...] = (
            Column("Message", lambda row: words.for_whom(row.sent.audience, row.sent.stage)),
            Column("State", words.state_word, width=160),
        )
        table: RowTable[SentRow] = RowTable(
            TwoLineModel(
                columns,
                step=lambda row: (words.state_token(row), -1),
                sentence=self._sentence,
                second=self._second,
                strong=(0,),
            ),
            self._around.theme,
            "Messages sent",
            key=lambda row: row.sent.id,
            stretch=0,
        )
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._around.actions.give_page_letters_to(table)
        return table

    def _second(self, row: SentRow, column: int) -> str:
        if column:
            return words.MEDIA[row.sent.medium]
        return f"{moment(row.sent.sent_at, self._now())} by {one_line(row.sent.by)}"

    def _sentence(self, row: SentRow) -> str:
        return (
            f"{words.for_whom(row.sent.audience, row.sent.stage)}, {words.way_words(row)},"
            f" {words.state_word(row)}, {self._second(row, 0)}"
        )

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=8)
        flow.addWidget(self.copy_button)
        flow.addWidget(self.again_button)
        self.none = Label("Nothing was sent yet: press U to write.", "secondary", wrap=True)
        for widget in (self.none, self.table, self.recipients, self.text, buttons):
            self.sent.body.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.addWidget(self.write_button)
        top.addStretch(1)
        column.addLayout(top)
        self.fault.hide()
        for part in (self.silent, self.fault, self.heard, self.promised, self.sent):
            column.addWidget(part)
