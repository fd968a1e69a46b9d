"""The form of one source: who it is, where it is, what holds for it, and how its bodies are read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.signal_preset import FORMAT, SignalPreset
from desktop.domain.source import Opens, Source, SourceKind
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.pick import PickField
from desktop.ui.kit.suggest import Suggestion
from desktop.ui.signals.mapping_editor import MappingEditor
from desktop.ui.signals.place_fields import FolderFields, MailboxFields
from desktop.ui.signals.trying import MAPPED
from desktop.ui.text import one_line

if TYPE_CHECKING:
    from desktop.domain.customer import Customer
    from desktop.domain.policy_taxonomy import Area


class SourceForm(Card):
    """For a new or a known source; what was typed stays until it is kept or cancelled.

    Signals:
        keep_requested: (Source, str password) as filled in; id 0 for a new one, no password to keep its own.
        cancelled: nothing is to be changed.
        look_requested: (Source, str password) what is in that mailbox?
        try_requested: (SourceKind, str sample, mapping or None) what would come of this?
        last_requested: (int source_id) show what it sent last.
        open_requested: (Path) take the mapping of that file.
        save_requested: (Path, SignalPreset) write the mapping into that file.
    """

    keep_requested = Signal(object, str)
    cancelled = Signal()
    look_requested = Signal(object, str)
    try_requested = Signal(object, str, object)
    last_requested = Signal(int)
    open_requested = Signal(object)
    save_requested = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Source", parent=parent)
        self._source = Source(0, "", "", SourceKind.ALERTMANAGER)
        self.start = QComboBox()
        self.name = QLineEdit()
        self.kind = QComboBox()
        for kind in SourceKind:
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
        self.rate.setAccessibleName("Messages a second at most")
        self.window_h.setAccessibleName("Hours in which repeats count")
        self.storm.setAccessibleName("Openings that brake it")
        self.storm_min.setAccessibleName("Minutes in which they come")
        self.reading = MappingEditor()
        self.keep_button = Button("Save source", "primary")
        self.cancel_button = Button("Cancel")
        self._error = Label("", "danger", wrap=True)
        self._rows: dict[str, FormRow] = {}
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        width = max(self._top.label_width(), self._bottom.label_width())
        for rows in (self._top, self._bottom):
            rows.set_label_width(width)

    def _lay_out(self) -> None:
        rows = self._top = FormRows()
        fields: tuple[tuple[str, str, QWidget, str], ...] = (
            ("name", "Name", self.name, "Who sends, as people call it."),
            ("kind", "Kind", self.kind, ""),
            ("start", "Start from", self.start, "A mapping that is known to read what such a tool sends."),
        )
        for key, words, widget, hint in fields:
            self._rows[key] = rows.add_row(words, widget, hint)
        self.mailbox = MailboxFields(rows)
        self.files = FolderFields(rows)
        self.body.addWidget(rows)
        self.body.addSpacing(6)
        self.body.addWidget(self.reading)
        self.body.addSpacing(6)
        self.body.addWidget(self._limits())
        buttons = QHBoxLayout()
        buttons.addWidget(self._error, 1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.keep_button)
        self.body.addLayout(buttons)

    def _limits(self) -> FormRows:
        """What holds for whatever it sends."""
        rows = self._bottom = FormRows()
        storm = _side_by_side(self.storm, Label("within"), self.storm_min)
        fields: tuple[tuple[str, str, QWidget, str], ...] = (
            ("customer_id", "Customer", self.customer, "Holds for signals that name none."),
            ("area", "Area", self.area, ""),
            ("opens", "Opens", self.opens, ""),
            ("rate_per_s", "At most", _side_by_side(self.rate), "What comes faster is refused for a moment."),
            ("window", "Repeats count for", _side_by_side(self.window_h), "After its escalation has ended."),
            ("storm_window", "Brake at", storm, "More than that is held until a person looks."),
        )
        for key, words, widget, hint in fields:
            self._rows[key] = rows.add_row(words, widget, hint)
        return rows

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.start.activated.connect(self._start_from)
        self.mailbox.try_requested.connect(self._ask_look)
        self.reading.try_requested.connect(self._ask_try)
        self.reading.last_requested.connect(self._ask_last)
        self.reading.open_requested.connect(self.open_requested)
        self.reading.save_requested.connect(self._ask_save)
        self.keep_button.clicked.connect(self.keep)
        self.cancel_button.clicked.connect(self.cancelled)

    def offer(self, customers: "Sequence[Customer]", areas: "Sequence[Area]") -> None:
        """What a source can be given."""
        self.customer.set_options([Suggestion(str(each.id), one_line(each.name)) for each in customers])
        chosen = self.area.currentData()
        self.area.clear()
        self.area.addItem("As rules say", "")
        for area in areas:
            self.area.addItem(area.name, area.key)
        self.area.setCurrentIndex(max(self.area.findData(chosen), 0))

    def offer_presets(self, presets: Sequence[SignalPreset]) -> None:
        """What it can start from."""
        self.start.clear()
        self.start.addItem("Nothing", None)
        for preset in sorted(presets, key=lambda preset: preset.name.casefold()):
            self.start.addItem(preset.name, preset)

    def show_source(self, source: Source, password_note: str = "") -> None:
        """Fill the fields; whatever was typed before is gone."""
        self._source = source
        self.set_title(one_line(source.name) if source.id else "New source")
        self.name.setText(source.name)
        self.start.setCurrentIndex(0)
        self._rows["start"].set_hint("A mapping that is known to read what such a tool sends.")
        self.mailbox.show_options(source.options if source.kind is SourceKind.MAIL else {}, password_note)
        self.files.show_options(source.options if source.kind is SourceKind.FOLDER else {})
        self.kind.setCurrentIndex(self.kind.findData(source.kind))
        self.kind.setEnabled(not source.id)
        self.customer.set_value(str(source.customer_id or ""))
        self.area.setCurrentIndex(max(self.area.findData(source.area), 0))
        self.opens.setCurrentIndex(self.opens.findData(source.opens))
        self.rate.setValue(source.rate_per_s)
        self.window_h.setValue(round(source.window / timedelta(hours=1)))
        self.storm.setValue(source.storm_count)
        self.storm_min.setValue(max(1, round(source.storm_window / timedelta(minutes=1))))
        self.reading.show_source(source.mapping, has_sent=source.last_received_at is not None)
        self.show_error(None)
        self._show_kind()

    def show_error(self, error: DeskError | None) -> None:
        """Say what is wrong, beside its field; what was typed stays."""
        rows = self._rows | self._place_rows()
        for row in rows.values():
            row.set_error("")
        self._show_rows()
        self.reading.show_fault(None)
        field = error.field if error is not None else ""
        if field in rows:
            rows[field].set_error(str(error))
            rows[field].field.setFocus()
        self._error.setText(str(error) if error is not None and field not in rows else "")

    def show_preset(self, preset: SignalPreset) -> None:
        """Read bodies as that mapping does; a form that has none becomes one of any JSON."""
        if self._kind() not in MAPPED and not self._source.id:
            self.kind.setCurrentIndex(self.kind.findData(SourceKind.GENERIC))
        if not self.name.text().strip():
            self.name.setText(preset.name)
        self._rows["start"].set_hint(preset.about)
        self.reading.fields.show_mapping(preset.mapping.to_mapping())

    def keep(self) -> None:
        """Ask for what is filled in to be kept."""
        source = self._filled_in()
        if source is not None:
            self.keep_requested.emit(source, self._password())

    def _filled_in(self) -> Source | None:
        """The source as it would be kept; None where a field is at fault, which is said then."""
        if self.customer.is_unclear:
            self.show_error(
                DeskError("No such customer.", field="customer_id", hint="Choose one of the list.")
            )
            return None
        try:
            mapping = self._mapping()
        except DeskError as error:
            self.reading.show_fault(error)
            return None
        customer = self.customer.value()
        return replace(
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
            options=self._options(),
        )

    def _kind(self) -> SourceKind:
        return SourceKind(self.kind.currentData())

    def _password(self) -> str:
        return self.mailbox.password.text() if self._kind() is SourceKind.MAIL else ""

    def _options(self) -> Mapping[str, Any]:
        places = {SourceKind.MAIL: self.mailbox.options, SourceKind.FOLDER: self.files.options}
        filled_in = places.get(self._kind(), dict[str, Any])()
        return {**self._source.options, **filled_in}

    def _mapping(self) -> Mapping[str, Any] | None:
        return self.reading.mapping() if self._kind() in MAPPED else self._source.mapping

    def _place_rows(self) -> dict[str, FormRow]:
        places = {SourceKind.MAIL: self.mailbox.rows, SourceKind.FOLDER: self.files.rows}
        return places.get(self._kind(), {})

    def _show_kind(self) -> None:
        self._show_rows()
        self.reading.show_kind(is_mapped=self._kind() in MAPPED)

    def _show_rows(self) -> None:
        kind = self._kind()
        self._rows["start"].set_visible(kind in MAPPED or (not self._source.id and kind.is_pushed))
        self._rows["rate_per_s"].set_visible(kind.is_pushed)
        for row in self.mailbox.rows.values():
            row.set_visible(kind is SourceKind.MAIL)
        for row in self.files.rows.values():
            row.set_visible(kind is SourceKind.FOLDER)
        self.reading.setVisible(kind is not SourceKind.MAIL)

    def _start_from(self) -> None:
        preset = self.start.currentData()
        if preset is not None:
            self.show_preset(preset)

    def _ask_look(self) -> None:
        source = self._filled_in()
        if source is not None:
            self.mailbox.show_found("Looking…")
            self.look_requested.emit(source, self._password())

    def _ask_try(self, sample: str, mapping: Mapping[str, Any] | None) -> None:
        self.try_requested.emit(self._kind(), sample, mapping)

    def _ask_last(self) -> None:
        self.last_requested.emit(self._source.id)

    def _ask_save(self, path: Path) -> None:
        name = one_line(self.name.text()) or path.stem
        document = {"format": FORMAT, "name": name, "mapping": self.reading.mapping() or {}}
        self.save_requested.emit(path, SignalPreset.from_mapping(document))


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
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    whole.setFocusProxy(widgets[0])
    return whole
