"""The channels of one person in the order in which they are tried, and what can be done with them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from desktop.domain.channel import Channel, Tested
from desktop.domain.clock import Clock
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.settings import channel_words as words
from desktop.ui.settings.keyed_table import KeyedTable
from desktop.ui.surroundings import Surroundings

_TABLE_ROWS = 6


class ChannelList(QWidget):
    """Table, all that is known of the current channel, buttons.

    Signals:
        test_requested, edit_requested, switch_requested, remove_requested: (Channel) the current one.
        order_requested: (list[int]) try the channels of these ids in this order.
    """

    test_requested = Signal(object)
    edit_requested = Signal(object)
    switch_requested = Signal(object)
    remove_requested = Signal(object)
    order_requested = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = around.clock
        self._name = ""
        self.channels: tuple[Channel, ...] = ()
        model = TwoLineModel(_columns(around.clock), step=_step, sentence=self._sentence, second=self._second)
        self.table: KeyedTable[Channel] = KeyedTable(
            model, around.theme, "Channels", key=_key, stretch=0, spare=(3,)
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.test_button = Button("Send test")
        self.edit_button = Button("Edit channel", keys="Enter")
        self.switch_button = Button("Switch off", keys="Space")
        self.up_button = Button("Try earlier", keys="Ctrl+Up")
        self.down_button = Button("Try later", keys="Ctrl+Down")
        self.remove_button = Button("Remove channel", keys="Del")
        self.standing = Label("", wrap=True)
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=8)
        for button in self._buttons():
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.table, self.standing, buttons):
            column.addWidget(widget)
        self._connect()

    def _connect(self) -> None:
        self.test_button.clicked.connect(self.test)
        self.edit_button.clicked.connect(self.edit)
        self.switch_button.clicked.connect(self.switch)
        self.up_button.clicked.connect(self._shift_up)
        self.down_button.clicked.connect(self._shift_down)
        self.remove_button.clicked.connect(self.take_away)
        self.table.opened.connect(self.edit)
        self.table.switched.connect(self.switch)
        self.table.moved.connect(self.shift)
        self.table.removed.connect(self.take_away)
        self.table.picked.connect(self._follow_table)

    def _buttons(self) -> tuple[Button, ...]:
        return (
            self.test_button,
            self.edit_button,
            self.switch_button,
            self.up_button,
            self.down_button,
            self.remove_button,
        )

    def show_channels(self, name: str, channels: Sequence[Channel]) -> None:
        """Show those of somebody called so."""
        self._name, self.channels = name, tuple(channels)
        self.table.show_rows(self.channels)
        self.table.fit_height(_TABLE_ROWS)
        self._follow_table()

    def test(self) -> None:
        """Ask for a test."""
        if (channel := self.table.current()) is not None:
            self.test_requested.emit(channel)

    def edit(self) -> None:
        """Ask for the form."""
        if (channel := self.table.current()) is not None:
            self.edit_requested.emit(channel)

    def switch(self) -> None:
        """Ask for it to be used, or no more."""
        if (channel := self.table.current()) is not None:
            self.switch_requested.emit(channel)

    def shift(self, by: int) -> None:
        """Ask for it to be tried so many places later."""
        at = self.table.currentIndex().row()
        ids = [channel.id for channel in self.channels]
        if 0 <= at < len(ids) and 0 <= at + by < len(ids):
            ids.insert(at + by, ids.pop(at))
            self.order_requested.emit(ids)

    def take_away(self) -> None:
        """Ask for it to be removed."""
        if (channel := self.table.current()) is not None:
            self.remove_requested.emit(channel)

    def _shift_up(self) -> None:
        self.shift(-1)

    def _shift_down(self) -> None:
        self.shift(1)

    def _follow_table(self) -> None:
        channel = self.table.current()
        for button in self._buttons():
            button.setEnabled(channel is not None)
        if channel is None:
            return
        at = self.table.currentIndex().row()
        self.up_button.setEnabled(at > 0)
        self.down_button.setEnabled(at < len(self.channels) - 1)
        self.test_button.setEnabled(channel.enabled and channel.test_state is not Tested.UNDER_WAY)
        self.switch_button.set_text("Switch off" if channel.enabled else "Switch on")
        self.standing.setText(words.standing_words(channel, self._name, self._clock.now()))

    def _sentence(self, channel: Channel) -> str:
        said = words.standing_words(channel, self._name, self._clock.now())
        return f"{channel.label}, {channel.kind.word}, {channel.shown}. {said}"

    def _second(self, channel: Channel, column: int) -> str:
        if column == 0:
            return channel.kind.word
        return words.tested_words(channel, self._clock.now()) if column == 2 else ""


def _columns(clock: Clock) -> tuple[Column[Channel], ...]:
    def success(channel: Channel) -> str:
        return words.success_words(channel, clock.now())

    return (
        Column("Channel", lambda row: row.label),
        Column("Goes to", lambda row: row.shown, width=230),
        Column("Last test", words.test_words, width=120),
        Column("Last success", success, width=110),
    )


def _step(channel: Channel) -> tuple[str, int]:
    return ("", -1) if channel.works else ("text.warning", -1)


def _key(channel: Channel) -> object:
    return channel.id
