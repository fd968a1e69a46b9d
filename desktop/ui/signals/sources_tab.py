"""Who may send, how it goes with each, and the listener that hears them."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.source import Source, SourceKind
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.dialogs import Question
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.signals import calls, rows
from desktop.ui.signals.calls import Saved, SourcesNow
from desktop.ui.signals.listener_card import ListenerCard, TokenCard
from desktop.ui.signals.ports import ListenerView, SignalsServices
from desktop.ui.signals.source_editing import SourceEditing
from desktop.ui.surroundings import Surroundings

_TABLE_ROWS = 9
_NONE = "No source yet. Add one; those that post are heard while the listener is on."


class SourcesTab(ScrollColumn):
    """The listener, the list of sources, and the form of one of them.

    Signals:
        message_requested: (str) what was done.
        sources_read: (tuple of SourceState) they are known anew.
    """

    message_requested = Signal(str)
    sources_read = Signal(object)

    def __init__(self, services: SignalsServices, around: Surroundings) -> None:
        self._services = services
        self._runner = around.runner
        self._with_token: frozenset[int] = frozenset()
        self._password_notes: Mapping[int, str] = {}
        self.listener = ListenerCard()
        self.token = TokenCard()
        self.editing = SourceEditing(services, around)
        self.form = self.editing.form
        self.model = TwoLineModel(
            rows.source_columns(around.clock.now),
            step=rows.source_step,
            sentence=rows.source_sentence,
            second=rows.source_second(around.clock.now),
        )
        self.table = RowTable(self.model, around.theme, "Sources", key=rows.source_key, spare=(4, 3))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.none = Label(_NONE, "secondary", wrap=True)
        self.fault = Label("", "danger", wrap=True)
        self.fault.hide()
        self.release_button = Button("Release", "primary")
        self.edit_button = Button("Edit", keys="Enter")
        self.switch_button = Button("Switch off")
        self.token_button = Button("New token")
        self.remove_button = Button("Remove…")
        self.add_button = Button("Add source…")
        self._list = Card("Sources")
        self._of_one = (
            self.release_button, self.edit_button, self.switch_button, self.token_button, self.remove_button,
        )  # fmt: skip
        super().__init__(self._laid_out())
        self._connect()
        self._show_buttons()

    def _laid_out(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(14)
        for button in (*self._of_one, self.add_button):
            self._list.add_to_head(button)
        for widget in (self.none, self.table, self.fault):
            self._list.body.addWidget(widget)
        for card in (self.token, self._list, self.form, self.listener):
            column.addWidget(card)
        column.addStretch(1)
        return inside

    def _connect(self) -> None:
        self.table.picked.connect(self._show_buttons)
        self.table.opened.connect(self.edit)
        slots = (self.release, self.edit, self.switch, self.renew, self.remove, self.add_source)
        for button, slot in zip((*self._of_one, self.add_button), slots, strict=True):
            button.clicked.connect(slot)
        self.editing.saved.connect(self._saved)
        self.editing.message_requested.connect(self.message_requested)
        self.form.cancelled.connect(self._close_form)
        self.listener.turn_requested.connect(self._turn)
        self.token.seen.connect(self.table.setFocus)

    def refresh(self) -> None:
        """Fetch the sources anew."""
        self._runner.run(partial(calls.sources, self._services), self._show, owner=self)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        if self.form.isVisible():
            self.form.name.setFocus()
        else:
            (self.table if self.model.rows else self.add_button).setFocus()

    def add_source(self) -> None:
        """Open the form of a new source."""
        self._open_form(Source(0, "", "", SourceKind.ALERTMANAGER))

    def edit(self) -> None:
        """Open the form of the chosen source."""
        if (source := self._chosen()) is not None:
            self._open_form(source, self._password_notes.get(source.id, ""))

    def switch(self) -> None:
        """Off, or on again."""
        if (source := self._chosen()) is not None:
            self._run(partial(calls.enable, self._services, source), self._switched)

    def release(self) -> None:
        """The storm is over."""
        if (source := self._chosen()) is not None:
            self._run(partial(calls.end_storm, self._services, source), self._released)

    def renew(self) -> None:
        """A token in place of the one it has; asked for first, as the sender knows only the old one."""
        source = self._chosen()
        if source is None:
            return
        if source.id not in self._with_token:
            self._renew("renew")
            return
        question = Question(
            self, f"Give {source.name} a new token?", "The one it uses counts no more from then on.",
            (("renew", "Give a new token"), ("keep", "Keep the old one")), safe="keep", cancel="keep",
        )  # fmt: skip
        question.answered.connect(self._renew)
        question.open()

    def remove(self) -> None:
        """Take it away; asked for first, as it cannot be taken back."""
        if (source := self._chosen()) is not None:
            question = Question(
                self, f"Remove {source.name}?", "What it has sent stays; its token counts no more.",
                (("remove", "Remove source"), ("keep", "Keep it")), safe="keep", cancel="keep",
            )  # fmt: skip
            question.answered.connect(self._remove)
            question.open()

    def _renew(self, answer: str) -> None:
        if answer == "renew" and (source := self._chosen()) is not None:
            self._run(partial(calls.renew, self._services, source), self._saved)

    def _remove(self, answer: str) -> None:
        if answer == "remove" and (source := self._chosen()) is not None:
            self._run(partial(calls.remove, self._services, source), self._removed)

    def _run(self, work: Any, then: Any) -> None:  # noqa: ANN401 what the runner takes
        self._say("")
        self._runner.run(work, then, self._refused, owner=self)

    def _saved(self, saved: Saved) -> None:
        self._close_form()
        self.message_requested.emit(f"{saved.source.name} is saved")
        if saved.token is not None:
            self.token.show_token(saved.source.name, saved.token)
        self.refresh()

    def _switched(self, source: Source) -> None:
        self.message_requested.emit(f"{source.name} is switched {'on' if source.enabled else 'off'}")
        self.refresh()

    def _released(self, source: Source) -> None:
        self.message_requested.emit(f"{source.name} may open escalations again")
        self.refresh()

    def _removed(self, source: Source) -> None:
        self.message_requested.emit(f"{source.name} is removed")
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        self._say(str(error))

    def _say(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))

    def _turn(self, on: bool, port: int) -> None:
        work = partial(calls.turn_listener, self._services, on, port)
        self._runner.run(work, self._turned, self.listener.show_error, owner=self)

    def _turned(self, view: ListenerView) -> None:
        self.listener.show_view(view)
        self.message_requested.emit(f"The listener is switched {'on' if view.is_wanted else 'off'}")

    def _show(self, now: SourcesNow) -> None:
        self._with_token = now.with_token
        self._password_notes = now.password_notes
        self.listener.show_view(now.listener)
        if not self.form.isVisible():
            self.form.offer(now.customers, now.areas)
        self.table.show_rows(now.rows)
        self.table.fit_height(_TABLE_ROWS)
        self.table.setVisible(bool(now.rows))
        self.none.setVisible(not now.rows)
        self._show_buttons()
        self.sources_read.emit(now.states)

    def _show_buttons(self) -> None:
        row: rows.SourceRow | None = next(iter(self.table.selected()), None)
        for button in self._of_one:
            button.setVisible(row is not None)
        self.release_button.setVisible(row is not None and row.state.is_braked)
        self.token_button.setVisible(row is not None and row.source.kind.is_pushed)
        if row is not None:
            self.switch_button.set_text("Switch off" if row.source.enabled else "Switch on")

    def _chosen(self) -> Source | None:
        return next((row.source for row in self.table.selected()), None)

    def _open_form(self, source: Source, password_note: str = "") -> None:
        self._list.hide()
        self.editing.open(source, password_note)

    def _close_form(self) -> None:
        self.form.hide()
        self._list.show()
        self.focus_first()
