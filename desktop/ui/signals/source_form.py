"""The form of one source: who it is, what holds for it, and how its bodies are read, with a live sample."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.source import Opens, Source, SourceKind
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText
from desktop.ui.kit.pick import PickField
from desktop.ui.kit.suggest import Suggestion
from desktop.ui.signals.mapping_text import HINT, as_mapping, as_text
from desktop.ui.text import one_line

if TYPE_CHECKING:
    from desktop.domain.customer import Customer
    from desktop.domain.policy_taxonomy import Area

_WAIT_MS = 250
#: Kinds whose bodies are read by a mapping.
_MAPPED = frozenset(
    {SourceKind.GENERIC, SourceKind.ZENDESK, SourceKind.JIRA, SourceKind.ZAMMAD, SourceKind.FRESHDESK}
)
#: The other kinds are set up by files and folders of their own.
_KINDS = tuple(kind for kind in SourceKind if kind.is_pushed)


class SourceForm(Card):
    """For a new or a known source; what was typed stays until it is kept or cancelled.

    Signals:
        keep_requested: (Source) as filled in; id 0 for a new one.
        cancelled: nothing is to be changed.
        try_requested: (SourceKind, str sample, mapping or None) what would come of this?
        last_requested: (int source_id) show what it sent last.
    """

    keep_requested = Signal(object)
    cancelled = Signal()
    try_requested = Signal(object, str, object)
    last_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Source", parent=parent)
        self._source = Source(0, "", "", SourceKind.ALERTMANAGER)
        self.name = QLineEdit()
        self.kind = QComboBox()
        for kind in _KINDS:
            self.kind.addItem(kind.word, kind)
        self.customer = PickField(eager=False)
        self.area = QComboBox()
        self.opens = QComboBox()
        self.opens.addItem("Every signal that repeats nothing", Opens.ALWAYS)
        self.opens.addItem("Only what a rule opens", Opens.BY_RULE)
        self.rate = _spin(1, 10_000, " a second")
        self.window_h = _spin(0, 90 * 24, " h")
        self.storm = _spin(1, 10_000, " openings")
        self.storm_min = _spin(1, 1_440, " min")
        self.mapping = LongText(lines=6)
        self.sample = LongText(lines=6)
        self.outcome = Label("", "secondary", wrap=True)
        self.last_button = Button("Show the last message")
        self.keep_button = Button("Save source", "primary")
        self.cancel_button = Button("Cancel")
        self._error = Label("", "danger", wrap=True)
        self._rows: dict[str, FormRow] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WAIT_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        rows = FormRows()
        storm = _side_by_side(self.storm, Label("within"), self.storm_min)
        tried = _side_by_side(self.outcome, self.last_button)
        fields: tuple[tuple[str, str, QWidget, str], ...] = (
            ("name", "Name", self.name, "Who sends, as people call it."),
            ("kind", "Speaks", self.kind, ""),
            ("customer_id", "Customer", self.customer, "Holds for signals that name none."),
            ("area", "Area", self.area, ""),
            ("opens", "Opens", self.opens, ""),
            ("rate_per_s", "At most", self.rate, "What comes faster is refused for a moment."),
            ("window", "Repeats count for", self.window_h, "After its escalation has ended."),
            ("storm_window", "Brake at", storm, "More than that is held until a person looks."),
            ("mapping", "Mapping", self.mapping, HINT),
            ("sample", "Sample", self.sample, "Paste a message: what comes of it is told below."),
            ("outcome", "Comes to", tried, ""),
        )
        for key, words, widget, hint in fields:
            self._rows[key] = rows.add_row(words, widget, hint)
        buttons = QHBoxLayout()
        buttons.addWidget(self._error, 1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.keep_button)
        self.body.addWidget(rows)
        self.body.addLayout(buttons)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.mapping.textChanged.connect(self._soon.start)
        self.sample.textChanged.connect(self._soon.start)
        self._soon.timeout.connect(self._try)
        self.last_button.clicked.connect(self._ask_last)
        self.keep_button.clicked.connect(self.keep)
        self.cancel_button.clicked.connect(self.cancelled)

    def offer(self, customers: "Sequence[Customer]", areas: "Sequence[Area]") -> None:
        """What a source can be given."""
        self.customer.set_options([Suggestion(one.id, one_line(one.name[:200])) for one in customers])
        chosen = self.area.currentData()
        self.area.clear()
        self.area.addItem("As the rules say", "")
        for area in areas:
            self.area.addItem(area.name, area.key)
        self.area.setCurrentIndex(max(self.area.findData(chosen), 0))

    def show_source(self, source: Source) -> None:
        """Fill the fields; whatever was typed before is gone."""
        self._source = source
        self.set_title(one_line(source.name) if source.id else "New source")
        self.name.setText(source.name)
        self.kind.setCurrentIndex(max(self.kind.findData(source.kind), 0))
        self.kind.setEnabled(not source.id)
        self.customer.set_value(str(source.customer_id or ""))
        self.area.setCurrentIndex(max(self.area.findData(source.area), 0))
        self.opens.setCurrentIndex(self.opens.findData(source.opens))
        self.rate.setValue(source.rate_per_s)
        self.window_h.setValue(round(source.window / timedelta(hours=1)))
        self.storm.setValue(source.storm_count)
        self.storm_min.setValue(max(1, round(source.storm_window / timedelta(minutes=1))))
        self.mapping.setPlainText(as_text(source.mapping))
        self.sample.setPlainText("")
        self.last_button.setVisible(source.id > 0)
        self.show_error(None)
        self._show_kind()

    def show_error(self, error: DeskError | None) -> None:
        """Say what is wrong, beside its field; what was typed stays."""
        for row in self._rows.values():
            row.set_error("")
        self._show_mapping()
        field = error.field if error is not None else ""
        if field in self._rows:
            self._rows[field].set_error(str(error))
            self._rows[field].field.setFocus()
        self._error.setText(str(error) if error is not None and field not in self._rows else "")

    def show_sample(self, text: str) -> None:
        """What it sent last."""
        self.sample.setPlainText(text)
        if not text:
            self.outcome.setText("It has sent nothing yet.")

    def show_outcome(self, text: str) -> None:
        """What comes of the sample."""
        self.outcome.setText(text)

    def keep(self) -> None:
        """Ask for what is filled in to be kept."""
        if self.customer.is_unclear:
            self.show_error(
                DeskError("No such customer.", field="customer_id", hint="Choose one of the list.")
            )
            return
        try:
            mapping = self._mapping()
        except DeskError as error:
            self.show_error(error)
            return
        customer = self.customer.value()
        self.keep_requested.emit(
            replace(
                self._source,
                name=self.name.text(),
                kind=self._kind(),
                customer_id=int(customer) if customer else None,
                area=self.area.currentData() or "",
                opens=self.opens.currentData(),
                rate_per_s=self.rate.value(),
                window=timedelta(hours=self.window_h.value()),
                storm_count=self.storm.value(),
                storm_window=timedelta(minutes=self.storm_min.value()),
                mapping=mapping,
            )
        )

    def _kind(self) -> SourceKind:
        """A source of another kind, such as a mailbox, keeps its own."""
        return SourceKind(self.kind.currentData()) if self._source.kind in _KINDS else self._source.kind

    def _mapping(self) -> Mapping[str, Any] | None:
        return as_mapping(self.mapping.toPlainText()) if self._kind() in _MAPPED else self._source.mapping

    def _show_kind(self) -> None:
        self._show_mapping()
        self._soon.start()

    def _show_mapping(self) -> None:
        self._rows["mapping"].set_visible(self._kind() in _MAPPED)

    def _try(self) -> None:
        sample = self.sample.toPlainText().strip()
        try:
            mapping = self._mapping()
        except DeskError as error:
            self._rows["mapping"].set_error(str(error))
            return
        self._rows["mapping"].set_error("")
        self._show_mapping()
        if sample:
            self.try_requested.emit(self._kind(), sample, mapping)
        else:
            self.outcome.setText("")

    def _ask_last(self) -> None:
        self.last_requested.emit(self._source.id)


def _spin(least: int, most: int, suffix: str) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(least, most)
    spin.setSuffix(suffix)
    return spin


def _side_by_side(*widgets: QWidget) -> QWidget:
    whole = QWidget()
    line = QHBoxLayout(whole)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for at, widget in enumerate(widgets):
        line.addWidget(widget, 1 if at == 0 and isinstance(widget, Label) else 0)
    if not isinstance(widgets[0], Label):
        line.addStretch(1)
    return whole
