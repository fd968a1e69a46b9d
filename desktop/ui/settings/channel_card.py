"""How one person is reached beyond the desk: their channels, added, changed, ordered, tested."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.channel import Channel
from desktop.domain.errors import DeskError
from desktop.domain.person import Person
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.dialogs import Question
from desktop.ui.kit.label import Label
from desktop.ui.settings.channel_form import ChannelForm
from desktop.ui.settings.channel_list import ChannelList
from desktop.ui.settings.channel_words import NO_CHANNEL
from desktop.ui.settings.staff_ports import ChannelKept, KeepsChannels
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

_KEPT = (
    "Tried from the top. Addresses hold passwords: they are kept in the keyring of this system, or where"
    " there is none in a file that only you may read, and never in the database."
)


class ChannelCard(Card):
    """The channels of a person who is known to the desk.

    Signals:
        changed: somebody is reached otherwise.
    """

    changed = Signal()

    def __init__(self, channels: KeepsChannels, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("Channels", parent=parent)
        self._channels = channels
        self._runner = around.runner
        self._person = Person(0, "", "")
        self._chosen: Channel | None = None
        self.add_button = Button("Add channel…")
        self.list = ChannelList(around)
        self.form = ChannelForm()
        self.none = Label("", wrap=True)
        self.note = Label("", "success", wrap=True)
        self.error = Label("", "danger", wrap=True)
        self.add_to_head(self.add_button)
        hint = Label(channels.silent or _KEPT, "hint", wrap=True)
        for widget in (hint, self.none, self.note, self.error, self.list, self.form):
            self.body.addWidget(widget)
        self._say()
        self._close()
        self._connect()

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add)
        self.list.test_requested.connect(self._test)
        self.list.edit_requested.connect(self._edit)
        self.list.switch_requested.connect(self._switch)
        self.list.order_requested.connect(self._order)
        self.list.remove_requested.connect(self._ask_to_remove)
        self.form.keep_requested.connect(self._keep)
        self.form.cancelled.connect(self.close_form)

    def show_person(self, person: Person) -> None:
        """Show the channels of somebody."""
        self._person = person
        self.set_title(f"How {one_line(person.name)} is reached")
        self._say()
        self._show_channels(())
        self._close()
        self.refresh()

    def refresh(self) -> None:
        """Fetch them anew."""
        if self._person.id:
            work = partial(self._channels.of, self._person.id)
            self._runner.run(work, self._show_channels, owner=self)

    def add(self) -> None:
        """Ask for one more."""
        self._chosen = None
        self.form.show_new(self._person)
        self._open()

    def close_form(self) -> None:
        """Back to the list."""
        self._close()
        (self.list.table if self.list.channels else self.add_button).setFocus()

    # -- what is done

    def _edit(self, channel: Channel) -> None:
        self._chosen = channel
        self.form.show_channel(self._person, channel)
        self._open()

    def _test(self, channel: Channel) -> None:
        if self._channels.silent:
            self._refuse(DeskError(self._channels.silent, hint="Test channels at your own desk."))
        else:
            self._do(partial(self._channels.test, channel.id))

    def _switch(self, channel: Channel) -> None:
        self._do(partial(self._channels.edit, channel.id, enabled=not channel.enabled))

    def _order(self, ids: Sequence[int]) -> None:
        self._do(partial(self._channels.order, self._person.id, ids))

    def _ask_to_remove(self, channel: Channel) -> None:
        """The address cannot be had back."""
        self._chosen = channel
        question = Question(
            self,
            f"Remove {one_line(channel.label)}?",
            "Its address is forgotten. What waits to be sent by it goes by the next channel.",
            [("keep", "Keep it"), ("remove", "Remove channel")],
            safe="keep",
            cancel="keep",
        )
        question.answered.connect(self._remove)
        question.open()

    def _remove(self, answer: str) -> None:
        if self._chosen is not None and answer == "remove":
            self._do(partial(self._channels.remove, self._chosen.id))

    def _keep(self, url: str, label: str) -> None:
        if self._chosen is None:
            work = partial(self._channels.add, self._person.id, url, label)
        else:
            work = partial(self._channels.edit, self._chosen.id, label=label, url=url or None)
        self._runner.run(work, self._kept, self.form.show_error, owner=self)

    def _kept(self, kept: ChannelKept) -> None:
        self.close_form()
        self._say(f"{one_line(kept.channel.label)} is saved. {kept.note}".strip())
        self._done(None)

    def _do(self, work: Callable[[], object]) -> None:
        self._say()
        self._runner.run(work, self._done, self._refuse, owner=self)

    def _done(self, _answer: object) -> None:
        self.refresh()
        self.changed.emit()

    # -- what shows

    def _refuse(self, error: DeskError) -> None:
        self._say()
        self.error.setText(str(error))
        self.error.show()

    def _say(self, note: str = "") -> None:
        self.error.hide()
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _show_channels(self, channels: Sequence[Channel]) -> None:
        name = one_line(self._person.name)
        self.list.show_channels(name, channels)
        self.none.setText(f"{NO_CHANNEL}: {name} is told at this desk alone.")
        self._show_parts()

    def _open(self) -> None:
        self._say()
        self.form.show()
        self._show_parts()
        self.form.focus_first()

    def _close(self) -> None:
        self.form.forget()
        self.form.hide()
        self._show_parts()

    def _show_parts(self) -> None:
        is_list = self.form.isHidden()
        self.add_button.setVisible(is_list)
        self.none.setVisible(is_list and not self.list.channels)
        self.list.setVisible(is_list and bool(self.list.channels))
