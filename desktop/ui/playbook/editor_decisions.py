"""The decision rights of a playbook while they are written."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.domain.playbook import Decision
from desktop.domain.playbook_check import MOST_ENTRIES, slug_of
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.card import Card, Section
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import Label
from desktop.ui.playbook.editor_words import words_for_id
from desktop.ui.surroundings import Surroundings

_FIELDS = (
    ("what", "What", "Stop payouts for an hour"),
    ("who", "Who decides", "Desk lead"),
    ("delegate", "Who stands in", "Head of finance"),
    ("limit", "Up to", "24 hours; longer needs finance"),
    ("recorded", "Recorded", "In the escalation, with the reason"),
)


class DecisionsSection(Section):
    """Adds, writes and removes decisions; each keeps the id made of its first words.

    Signals:
        edited: something else is written.
        listed: there are others to choose from.
    """

    edited = Signal()
    listed = Signal()

    def __init__(self, around: Surroundings) -> None:
        super().__init__("Decisions")
        self._icons = around.icons
        self._known: set[str] = set()
        self.cards: list[DecisionCard] = []
        self.empty = Label("Who may decide what, and up to which limit.", "secondary", wrap=True)
        self.add_button = Button("Add decision", "small")
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self.body.addWidget(self.empty)
        self.body.addLayout(self._column)
        self.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button.clicked.connect(self.add_decision)

    def show_decisions(self, decisions: Sequence[Decision], known: Iterable[str]) -> None:
        """Write these; `known` are ids that no new decision may take."""
        self._known = {*known, *(one.id for one in decisions)}
        while len(self.cards) > len(decisions):
            self._drop(self.cards[-1])
        while len(self.cards) < len(decisions):
            self._made()
        for card, decision in zip(self.cards, decisions, strict=True):
            card.show_decision(decision)
        self._number()

    def decisions(self) -> tuple[Decision, ...]:
        """The decisions as they are written, new ones with the id that their words give by now."""
        found: list[Decision] = []
        taken = self._known | {card.id for card in self.cards if card.id}
        for card in self.cards:
            decision = card.decision()
            if not decision.id:
                decision = replace(decision, id=slug_of(words_for_id(decision.what), taken, "decision"))
            taken = taken | {decision.id}
            found.append(decision)
        return tuple(found)

    def add_decision(self) -> None:
        """One more."""
        if len(self.cards) < MOST_ENTRIES:
            self._made().fields["what"].setFocus(Qt.FocusReason.OtherFocusReason)
            self._number()
            self.edited.emit()

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        cards = [part for card in self.cards for part in (*card.fields.values(), card.remove_button)]
        return [*cards, self.add_button]

    def field_of(self, at: int) -> QWidget:
        """The field of a decision that wants words."""
        if not 0 <= at < len(self.cards):
            return self.add_button
        fields = self.cards[at].fields
        wanted = next((key for key in ("what", "who") if not fields[key].text().strip()), "what")
        return fields[wanted]

    def _settle(self) -> None:
        """The words of a new decision are complete: its id stays from now on."""
        for card, decision in zip(self.cards, self.decisions(), strict=True):
            if not card.id and decision.what.strip():
                card.set_id(decision.id)
                self._known.add(decision.id)
        self.listed.emit()

    def _remove(self) -> None:
        sender = self.sender()
        card = sender.parent() if isinstance(sender, IconButton) else None
        if isinstance(card, DecisionCard) and card in self.cards:
            self._settle()
            self._drop(card)
            self._number()
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()
            self.listed.emit()

    def _made(self) -> "DecisionCard":
        card = DecisionCard(self._icons)
        card.remove_button.clicked.connect(self._remove)
        card.edited.connect(self.edited)
        card.fields["what"].editingFinished.connect(self._settle)
        self.cards.append(card)
        self._column.addWidget(card)
        card.show()  # at once, so that the focus can go there
        return card

    def _drop(self, card: "DecisionCard") -> None:
        self.cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _number(self) -> None:
        self.empty.setVisible(not self.cards)
        for at, card in enumerate(self.cards, 1):
            card.show_place(at)


class DecisionCard(Card):
    """One decision.

    Signals:
        edited: it says something else.
    """

    edited = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__("Decision")
        self.id = ""
        self._place = 1
        self.remove_button = IconButton(icons, "trash", "Remove the decision")
        self.fields: dict[str, QLineEdit] = {}
        self.set_tight()
        self.add_to_head(self.remove_button)
        rows = FormRows()
        rows.set_label_width(90)
        for key, words, example in _FIELDS:
            field = self.fields[key] = QLineEdit()
            field.setPlaceholderText(f"Such as: {example}")
            field.textChanged.connect(self.edited)
            rows.add_row(words, field)
        self.body.addWidget(rows)

    def show_decision(self, decision: Decision) -> None:
        """Write it."""
        for key, field in self.fields.items():
            text = getattr(decision, key)
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)
        self.set_id(decision.id)

    def decision(self) -> Decision:
        """It as it is written; without an id while it is new."""
        return Decision(self.id, **{key: field.text() for key, field in self.fields.items()})

    def set_id(self, decision_id: str) -> None:
        """What it is called for good."""
        self.id = decision_id
        self.set_aside(f"#{decision_id}" if decision_id else "")

    def show_place(self, place: int) -> None:
        """Which of the decisions it is."""
        self.set_title(f"Decision {place}")
        self.remove_button.setAccessibleName(f"Remove decision {place}")
        for key, words, _ in _FIELDS:
            self.fields[key].setAccessibleName(f"Decision {place}: {words}")
