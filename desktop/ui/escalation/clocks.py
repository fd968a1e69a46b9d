"""The commitments of an escalation as tiles, and the strip of the one that was asked about."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.domain.commitment import Kind
from desktop.domain.commitment_row import CANCELLED
from desktop.ui.escalation.standing import TITLES, Standing, standing
from desktop.ui.escalation.strip import DeadlineStrip
from desktop.ui.escalation.tile import CommitmentTile
from desktop.ui.kit.label import Label
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.services.details import CommitmentView

_COLUMNS = 2


class ClocksSection(QFrame):
    """A tile for the latest commitment of each kind; pressing one shows how its deadline came about.

    Signals:
        reveal_requested: (QWidget) this has opened and should come into sight.
    """

    reveal_requested = Signal(QWidget)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "section")
        self.setAccessibleName("Commitments")
        self._views: dict[Kind, CommitmentView] = {}
        self._earlier: dict[Kind, str] = {}
        self._tiles = {kind: CommitmentTile(theme, title, self) for kind, title in TITLES.items()}
        self._open: Kind | None = None
        self._empty = Label("Nothing is promised: it has not been classified yet.", "secondary", wrap=True)
        self._note = Label("", "hint", wrap=True)
        self._strip = DeadlineStrip(theme)
        self._strip.hide()
        grid = self._grid = QGridLayout()
        grid.setSpacing(6)
        for column_at in range(_COLUMNS):
            grid.setColumnStretch(column_at, 1)
        for tile in self._tiles.values():
            tile.hide()
            tile.clicked.connect(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addWidget(self._empty)
        column.addLayout(grid)
        column.addWidget(self._strip)
        column.addWidget(self._note)

    def set_commitments(self, views: Sequence["CommitmentView"], now: datetime, *, is_same: bool) -> None:
        """Show these; `is_same`: they are of the escalation shown already."""
        latest: dict[Kind, CommitmentView] = {}
        for view in views:
            if view.kind not in latest or view.ordinal >= latest[view.kind].ordinal:
                latest[view.kind] = view
        self._views = latest
        if not is_same or self._open not in latest:
            self._open = None
        self._note.setText(_earlier_words(views, latest, now))
        self._note.setVisible(bool(self._note.text()))
        self._empty.setVisible(not latest)
        self._place()
        self.tick(now)
        self._show_strip(now)

    def tick(self, now: datetime) -> None:
        """Say how they stand now; nothing is read for that."""
        for kind, view in self._views.items():
            self._tiles[kind].show_standing(standing_of(view, now))

    def standings(self) -> dict[Kind, Standing]:
        """What the tiles say."""
        return {kind: self._tiles[kind].standing for kind in self._views}

    def open_strip(self, kind: Kind, now: datetime) -> None:
        """Show how the deadline of that kind came about, or hide it again."""
        self._open = None if self._open is kind else kind
        self._show_strip(now)

    @property
    def strip(self) -> DeadlineStrip:
        return self._strip

    def _place(self) -> None:
        for tile in self._tiles.values():
            self._grid.removeWidget(tile)
        shown = [self._tiles[kind] for kind in TITLES if kind in self._views]
        for at, tile in enumerate(shown):
            is_last_alone = at == len(shown) - 1 and at % _COLUMNS == 0
            self._grid.addWidget(tile, at // _COLUMNS, at % _COLUMNS, 1, 2 if is_last_alone else 1)
        for tile in self._tiles.values():
            tile.setVisible(tile in shown)

    def _toggle(self) -> None:
        kind = next(kind for kind, tile in self._tiles.items() if tile is self.sender())
        self.open_strip(kind, self._now)
        if self._open is not None:
            self.reveal_requested.emit(self._strip)

    def _show_strip(self, now: datetime) -> None:
        self._now = now
        for kind, tile in self._tiles.items():
            tile.setChecked(kind is self._open)
        view = self._views.get(self._open) if self._open is not None else None
        self._strip.setVisible(view is not None)
        if view is not None:
            self._strip.show_commitment(
                f"{TITLES[view.kind]}: how its deadline came about", view.commitment, now
            )


def standing_of(view: "CommitmentView", now: datetime) -> Standing:
    """How one commitment stands."""
    is_called_off = view.outcome == CANCELLED
    return standing(view.commitment, view.thresholds, now, is_called_off=is_called_off)


def _earlier_words(
    views: Sequence["CommitmentView"], latest: dict[Kind, "CommitmentView"], now: datetime
) -> str:
    """Which earlier promises of the same kinds were broken: "next update 3 before, 1 late"."""
    parts = []
    for kind, title in TITLES.items():
        earlier = [view for view in views if view.kind is kind and view is not latest.get(kind)]
        late = sum(standing_of(view, now).step is not None for view in earlier)
        if late:
            parts.append(f"{title.lower()} {len(earlier)} before, {late} late")
    return f"Earlier promises: {'; '.join(parts)}." if parts else ""
