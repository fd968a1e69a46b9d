"""Writes a rota: its layers from the top, and beside them what that would give and what it would move."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.services.roster_values import ScheduleState
from desktop.ui.kit.button import Button
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.roster.layer_card import LayerCard
from desktop.ui.roster.ports import KeepsRotas, RosterFound, Trial
from desktop.ui.roster.starting_points import blank_layer
from desktop.ui.roster.trial_view import TrialView
from desktop.ui.roster.written import Written, numbered, zone_of, zones_of
from desktop.ui.surroundings import Surroundings

_LAYER = re.compile(r"layers\[(\d+)\]\.?(.*)")
_WAIT_MS = 250
_NARROW_BELOW = 1180


class RotaEditor(QWidget):
    """One rota while it is written.

    Signals:
        save_wanted: keep it as it is `written()`.
        versions_wanted, put_away_wanted: of the rota that is shown.
        closed: the person has done with it.
    """

    save_wanted = Signal()
    versions_wanted = Signal()
    put_away_wanted = Signal()
    closed = Signal()

    def __init__(self, rotas: KeepsRotas, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rotas, self._around = rotas, around
        self._found = RosterFound()
        self._state: ScheduleState | None = None
        self._before: Written | None = None
        self._warned = False
        self._serial = 0
        self.cards: list[LayerCard] = []
        self.title = Label("", "heading")
        self.name, self.note = QLineEdit(), QLineEdit()
        self.team, self.zone = Choice("Team", free=True), Choice("Zone", free=True)
        self.add_layer_button = Button("Add a layer on top")
        self.save_button = Button("Save", "primary", keys="Ctrl+Enter")
        self.close_button = Button("Close", keys="Esc")
        self.versions_button, self.put_away_button = Button("Versions…"), Button("Put away")
        self.error = Label("", "danger", wrap=True)
        self.trial = TrialView(around)
        self._rows: dict[str, FormRow] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WAIT_MS)
        self._soon.timeout.connect(self._try)
        self._lay_out()
        self._connect()

    def show_rota(
        self,
        document: Mapping[str, Any],
        found: RosterFound,
        *,
        name: str,
        team: str,
        state: ScheduleState | None = None,
        note: str = "",
    ) -> None:
        """Write this; `state` is the schedule it is to become the next version of."""
        self._found, self._state = found, state
        self.title.setText("New rota" if state is None else f"Rota {state.name}, version {state.version}")
        teams = [team_.name for team_ in found.teams]
        self.team.offer([(each, each) for each in dict.fromkeys(["", *teams, team])])
        self.team.set_value(team)
        self.zone.offer([(zone, zone) for zone in zones_of(found)])
        self.zone.set_value(str(document["zone"]))
        self.name.setText(name)
        self.note.setText(note)
        self.versions_button.setVisible(state is not None)
        self.put_away_button.setVisible(state is not None)
        self._own_holidays = document.get("holidays")
        self._show_layers(document["layers"])
        self.show_error(None)
        self._warned = False
        self._before = self.written() if not note else None
        self._try()

    def written(self) -> Written:
        """As it is written now; layers in a document stand lowest first."""
        document: dict[str, Any] = {
            "zone": str(self.zone.value()),
            "layers": [card.document() for card in reversed(self.cards)],
        }
        if self._own_holidays:
            document["holidays"] = self._own_holidays
        state = self._state
        return Written(
            state.id if state is not None else 0,
            state.version if state is not None else 0,
            self.name.text().strip(),
            str(self.team.value()),
            document,
            self.note.text().strip(),
        )

    def show_error(self, error: DeskError | None) -> None:
        """What is wrong, beside what it is wrong with; None where nothing is."""
        for row in self._rows.values():
            row.set_error("")
        for card in self.cards:
            card.show_error("", "")
        self.error.hide()
        if error is None:
            return
        field = error.field or ""
        words = str(error).removeprefix(f"{field}: ") if field else str(error)
        layer = _LAYER.match(field)
        if field in self._rows:
            self._rows[field].set_error(words)
        elif layer is not None and int(layer[1]) < len(self.cards):
            self.cards[len(self.cards) - 1 - int(layer[1])].show_error(layer[2], words)
        else:
            self.error.setText(words)
            self.error.show()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.name.setFocus()
        self.name.selectAll()

    def clear(self) -> None:
        """Let go of what was written."""
        self._soon.stop()
        self._serial += 1
        self._show_layers(())
        self._before = None

    def close_editor(self) -> None:
        """Leave; what is not saved is told of once before."""
        if self._before is not None and not self._warned and self.written() != self._before:
            self._warned = True
            self.show_error(DeskError("This is not saved yet.", hint="Press Esc again to leave it."))
        else:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and with_control:
            self.save_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_editor()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW_BELOW * self._around.theme.text_scale
        way = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        self.splitter.setOrientation(way)
        room = self.height() if is_narrow else self.width()
        self.splitter.setSizes([room * 3 // 5, room * 2 // 5] if is_narrow else [room // 2, room // 2])

    # -- within

    def _show_layers(self, layers: Sequence[Mapping[str, Any]]) -> None:
        for card in self.cards:
            self._layers.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for layer in layers:
            self._put_layer(layer)

    def _put_layer(self, layer: Mapping[str, Any]) -> LayerCard:
        """One more on top."""
        card = LayerCard(self._found.people, zones_of(self._found), self._around.icons)
        card.show_document(layer)
        self.cards.insert(0, card)
        self._layers.insertWidget(0, card)
        card.edited.connect(self._look_soon)
        card.remove_wanted.connect(self._remove_layer)
        card.move_wanted.connect(self._move_layer)
        return card

    def _add_layer(self) -> None:
        like = self.cards[0].document() if self.cards else None
        number = len(self.cards) + 1
        card = self._put_layer(blank_layer(number, like, self._around.clock.now(), "UTC"))
        card.name.setFocus()
        card.name.selectAll()
        self._scroll.reveal(card)
        self._look_soon()

    def _remove_layer(self) -> None:
        card = self.sender()
        if isinstance(card, LayerCard):
            self.cards.remove(card)
            self._layers.removeWidget(card)
            card.hide()
            card.deleteLater()
            self.add_layer_button.setFocus()
            self._look_soon()

    def _move_layer(self, by: int) -> None:
        card = self.sender()
        if not isinstance(card, LayerCard):
            return
        place = self.cards.index(card) + by
        if 0 <= place < len(self.cards):
            self.cards.remove(card)
            self.cards.insert(place, card)
            self._layers.removeWidget(card)
            self._layers.insertWidget(place, card)
            self._look_soon()

    def _look_soon(self, *_changed: object) -> None:
        self._warned = False
        self._soon.start()

    def _try(self) -> None:
        self._serial += 1
        written, zone = self.written(), zone_of(str(self.zone.value()))
        period = self.trial.period_of(self._around.clock.now(), zone)
        work = partial(numbered, self._rotas, self._serial, written, period.start, period.end)
        self._around.runner.run(work, self._show_trial, self._fail, owner=self)

    def _show_trial(self, answer: tuple[int, Trial]) -> None:
        serial, trial = answer
        if serial == self._serial:
            self.show_error(None)
            self.trial.show_trial(trial, self._found, zone_of(str(self.zone.value())))

    def _fail(self, error: DeskError) -> None:
        self.show_error(error)

    def _connect(self) -> None:
        self.name.textEdited.connect(self._look_soon)
        self.zone.currentTextChanged.connect(self._look_soon)
        self.add_layer_button.clicked.connect(self._add_layer)
        self.save_button.clicked.connect(self.save_wanted)
        self.close_button.clicked.connect(self.close_editor)
        self.versions_button.clicked.connect(self.versions_wanted)
        self.put_away_button.clicked.connect(self.put_away_wanted)

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("part", "top")
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 10, 12, 8)
        line.setSpacing(8)
        line.addWidget(self.title, 1)
        for button in (self.put_away_button, self.versions_button, self.close_button, self.save_button):
            line.addWidget(button)
        rows = FormRows()
        for key, words, field, hint in (
            ("name", "Name", self.name, ""),
            ("team", "Team", self.team, "Alarms for the team ask this rota."),
            ("zone", "Zone", self.zone, "Handoffs and hours are on this clock, over daylight saving too."),
            ("note", "What changes", self.note, "Kept with the version."),
        ):
            self._rows[key] = rows.add_row(words, field, hint)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 10, 16, 16)
        column.setSpacing(12)
        column.addWidget(rows)
        column.addWidget(Label("Layers: the highest one with somebody wins.", "small_strong", wrap=True))
        column.addWidget(self.add_layer_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._layers = QVBoxLayout()
        self._layers.setSpacing(10)
        column.addLayout(self._layers)
        column.addStretch(1)
        self._scroll = ScrollColumn(inner)
        self.error.setContentsMargins(16, 6, 16, 6)
        self.error.hide()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._scroll)
        self.splitter.addWidget(self.trial)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self.error)
        whole.addWidget(self.splitter, 1)
