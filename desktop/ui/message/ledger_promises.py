"""Promises: every time told to somebody outside, kept or broken, for whom and by whom."""

from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.domain.promise import Promise, PromiseKind
from desktop.services.message_ledger import PromisesFound, Rate
from desktop.ui.kit.ask_box import AskBox
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.prompt import PromptField
from desktop.ui.kit.segments import Segments
from desktop.ui.kit.table_model import Column
from desktop.ui.message import ledger_words as words
from desktop.ui.message.ledger_ports import ReadsMessages
from desktop.ui.message.ledger_tab import LedgerTab
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import exact, moment, one_line

_OPEN, _PAST, _CUSTOMERS, _OWNERS = "1", "2", "3", "4"
_VIEWS = ((_OPEN, "Open"), (_PAST, "Past"), (_CUSTOMERS, "By customer"), (_OWNERS, "By owner"))
_TAKE_BACK = "take_back"
_KEPT_BY_MESSAGE = "It is kept by the next message, which is written on the escalation."
Row = Promise | Rate


class PromisesTab(LedgerTab[Row]):
    """Open promises by due time; those that were, kept or broken; how many were kept to whom and by whom."""

    def __init__(self, reads: ReadsMessages, around: Surroundings) -> None:
        self._found_all = PromisesFound()
        self.view = Segments(_VIEWS, "Promises shown", even=False)
        self.view.set_value(_OPEN)
        self.rate = Label("", "strong")
        self.open_button = Button("Open escalation", keys="Enter")
        self.keep_button = Button("Mark as kept")
        self.back_button = Button("Take back…")
        bar = QFrame()
        bar.setProperty("part", "filters")
        line = QHBoxLayout(bar)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self.view)
        line.addStretch(1)
        line.addWidget(self.rate)
        columns: tuple[Column[Row], ...] = (
            Column("Due", self._due, width=150),
            Column("Promised", self._what),
            Column("Customer", _customer, width=170),
            Column("State", self._state, width=130),
        )
        super().__init__(
            reads,
            around,
            "Promises",
            columns,
            step=self._step,
            second=self._second,
            sentence=self._sentence,
            key=_key,
            buttons=(self.keep_button, self.back_button, self.open_button),
            stretch=1,
            spare=(2,),
            filters=bar,
        )
        self.box = AskBox(self)
        self.box.answered.connect(self._take_back)
        self.view.chosen.connect(self._show_view)
        self.open_button.clicked.connect(self.open_current)
        self.table.opened.connect(self.open_current)
        self.keep_button.clicked.connect(self.keep)
        self.back_button.clicked.connect(self.ask_to_take_back)

    def read(self) -> PromisesFound:
        """What was promised."""
        return self.reads.promises()

    def show_found(self, found: object) -> None:
        """Show it."""
        assert isinstance(found, PromisesFound)
        self._found_all = found
        self.rate.setText(words.kept_words(found.all))
        self.counted.emit(sum(one.is_late(self.now()) for one in found.open))
        self._show_view()

    def open_current(self) -> None:
        """See its escalation."""
        row = self.row()
        if isinstance(row, Promise):
            self.open_requested.emit(row.escalation_id)

    def keep(self) -> None:
        """Note that it was kept."""
        row = self.row()
        if isinstance(row, Promise):
            self.do(partial(self.reads.keep, row.id), f"Promise to {one_line(row.customer)} kept.")

    def ask_to_take_back(self) -> None:
        """Ask why it is taken back."""
        row = self.row()
        if isinstance(row, Promise):
            self.box.ask(
                _TAKE_BACK,
                "Take the promise back",
                (PromptField("reason", "Why", "text", hint="Say also how the customer was told."),),
                "Take back",
                concerns=row.id,
                about=f"{row.kind.word} · {row.number} {row.title}",
            )

    def follow(self) -> None:
        """Show it in full."""
        row = self.row()
        is_promise = isinstance(row, Promise)
        is_open = isinstance(row, Promise) and row.settled_at is None
        can_keep = isinstance(row, Promise) and is_open and row.kind is not PromiseKind.NEXT_UPDATE
        self.open_button.setVisible(is_promise)
        self.keep_button.setVisible(can_keep)
        self.back_button.setVisible(is_open)
        if isinstance(row, Promise):
            self._show_promise(row)
        elif isinstance(row, Rate):
            self.sheet.show_words(one_line(row.name), (words.kept_words(row.kept),))
        else:
            self.sheet.clear()

    def _show_promise(self, row: Promise) -> None:
        now = self.now()
        is_update = row.kind is PromiseKind.NEXT_UPDATE and row.settled_at is None
        lines = (
            f"{row.number} {one_line(row.title)}",
            f"To {one_line(row.customer)}, by {one_line(row.owner) or 'nobody who owns it'}",
            f"Due {exact(row.due_at)}",
            f"{words.promise_state(row, now)}, {words.promise_left(row, now)}",
            f"Promised {moment(row.made_at, now)} by {one_line(row.made_by)}",
            f"Settled by {one_line(row.settled_by)}: {one_line(row.reason)}" if row.reason else "",
        )
        self.sheet.show_words(row.kind.word, lines, row.text, (_KEPT_BY_MESSAGE,) if is_update else ())

    def _show_view(self, _key: str = "") -> None:
        found, view = self._found_all, self.view.value() or _OPEN
        rows: dict[str, tuple[Row, ...]] = {
            _OPEN: found.open,
            _PAST: found.past,
            _CUSTOMERS: found.customers,
            _OWNERS: found.owners,
        }
        empty = {
            _OPEN: (
                "No promise is open",
                "Every time told to a customer stands here until then.",
            ),
            _PAST: ("No promise has come due", "Kept and broken promises of the last weeks stand here."),
        }
        title, text = empty.get(view, ("Nothing to add up", "No promise has come due in the last weeks."))
        self.pane.empty.show_state("clock", title, text)
        self.pane.show_rows(rows[view])
        self.table.setColumnHidden(0, view in (_CUSTOMERS, _OWNERS))
        self.pane.hint.setText("")
        self.follow()

    def _take_back(self, _key: str, answers: dict[str, str]) -> None:
        row = self.row()
        if isinstance(row, Promise):
            self.box.close()
            work = partial(self.reads.take_back, row.id, answers["reason"])
            self.do(work, f"Promise to {one_line(row.customer)} taken back.")

    def _due(self, row: Row) -> str:
        return moment(row.due_at, self.now()) if isinstance(row, Promise) else ""

    def _what(self, row: Row) -> str:
        if isinstance(row, Rate):
            return one_line(row.name)
        return f"{row.kind.word}: {one_line(row.text)}" if row.text else row.kind.word

    def _state(self, row: Row) -> str:
        if isinstance(row, Rate):
            share = row.kept.share
            return "–" if share is None else f"{round(100 * share)} %"
        return words.promise_state(row, self.now())

    def _second(self, row: Row, column: int) -> str:
        if isinstance(row, Rate):
            return words.kept_words(row.kept) if column == 1 else ""
        return (
            words.promise_left(row, self.now()),
            f"{row.number} {one_line(row.title)}",
            one_line(row.owner),
            "",
        )[column]

    def _step(self, row: Row) -> tuple[str, int]:
        return (words.promise_token(row, self.now()) if isinstance(row, Promise) else ""), -1

    def _sentence(self, row: Row) -> str:
        if isinstance(row, Rate):
            return f"{row.name}: {words.kept_words(row.kept)}"
        return (
            f"{row.kind.word} to {row.customer}, {row.number}, due {self._due(row)},"
            f" {self._state(row)}, {words.promise_left(row, self.now())}"
        )


def _customer(row: Row) -> str:
    return one_line(row.customer) if isinstance(row, Promise) else ""


def _key(row: Row) -> object:
    return row.id if isinstance(row, Promise) else row.name
