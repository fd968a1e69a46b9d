"""Whom a handoff goes to, when the shift ends, and what can be done about it."""

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.handoff import HandoffState
from desktop.domain.handoff_words import absolute_in
from desktop.services.handoff_view import HandoffView
from desktop.ui.handoff.ports import HandoffsFound
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.pick import PickField
from desktop.ui.kit.suggest import Suggestion


class EndField(QDateTimeEdit):
    """When the shift ends, on this machine's clock."""

    def __init__(self, at_us: int) -> None:
        super().__init__(QDateTime.fromMSecsSinceEpoch(at_us // 1000))
        self.setDisplayFormat("ddd d MMM yyyy HH:mm")
        self.setCalendarPopup(True)

    def value(self) -> str:
        """The instant, in microseconds."""
        return str(self.dateTime().toMSecsSinceEpoch() * 1000)


class GiveHead(QWidget):
    """Of a draft everything can be changed; of an offer it is read."""

    def __init__(self, save_button: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._receiver_of = 0
        self.receiver = PickField(eager=False)
        self.receiver.setAccessibleName("Hand over to")
        self.receiver.setPlaceholderText("Who comes next")
        self.receiver.setMinimumWidth(220)
        self.why = Label("", "hint", wrap=True)
        self.end = Label("", "hint")
        self.end_button = Button("Change when the shift ends…", "link")
        self.offer_button = Button("Offer", "primary", keys="Ctrl+Enter")
        self.withdraw_button = Button("Withdraw…")
        self.anew_button = Button("Read the facts anew")
        self._lay_out(save_button)

    def set_people(self, found: HandoffsFound) -> None:
        """Who can take over: everybody but the giver."""
        own_id = found.operator.id if found.operator is not None else 0
        self.receiver.set_options(
            [
                Suggestion(person.id, person.name, " · ".join(filter(None, (person.team, person.zone))))
                for person in found.people
                if person.id != own_id
            ]
        )

    def show_view(self, view: HandoffView, found: HandoffsFound, *, can_withdraw: bool) -> None:
        """Show it; who comes next is proposed once for each draft."""
        operator_id = found.operator.id if found.operator is not None else 0
        is_draft = view.state is HandoffState.DRAFT and view.handoff.from_id == operator_id
        proposal = found.proposal
        if is_draft and self._receiver_of != view.id:
            self._receiver_of = view.id
            known = view.handoff.to_id or (proposal.person_id if proposal is not None else 0)
            self.receiver.set_value(str(known or ""))
        is_proposed = proposal is not None and self.receiver.value() == str(proposal.person_id)
        self.why.setText(proposal.why if proposal is not None and is_proposed else "")
        end_at = view.handoff.shift_end_at
        words = f"The shift ends {absolute_in(end_at, view.zones)}." if end_at else ""
        self.end.setText(words or "The shift ends with the offer.")
        self.end.setVisible(is_draft or end_at is not None)
        for widget in (self._to_row, self.offer_button, self.anew_button, self.end_button):
            widget.setVisible(is_draft)
        self.withdraw_button.setVisible(can_withdraw)
        self.withdraw_button.set_text("Give up the draft…" if is_draft else "Withdraw…")

    def receiver_id(self) -> int:
        """Who is chosen, 0 for nobody."""
        return int(self.receiver.value() or 0)

    def ask_receiver(self) -> None:
        """Nobody is chosen yet: go there."""
        self.receiver.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, save_button: Button) -> None:
        self._to_row = QWidget()
        line = QHBoxLayout(self._to_row)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(8)
        label = Label("Hand over to")
        label.setBuddy(self.receiver)
        line.addWidget(label)
        line.addWidget(self.receiver)
        line.addWidget(self.why, 1)
        line.addWidget(self.offer_button)
        ends = QHBoxLayout()
        ends.setSpacing(6)
        ends.addWidget(self.end)
        ends.addWidget(self.end_button)
        ends.addStretch(1)
        for button in (self.anew_button, save_button, self.withdraw_button):
            ends.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._to_row)
        column.addLayout(ends)
