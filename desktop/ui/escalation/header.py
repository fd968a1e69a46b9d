"""The head of the panel: which escalation it is, and the next sensible things to do."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.escalation import Escalation
from desktop.ui.escalation.head_buttons import HeadButtons
from desktop.ui.escalation.head_menu import KeysOf
from desktop.ui.escalation.policy_words import LONGEST_NAME, area_word, severity_word
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.pill import Pill
from desktop.ui.kit.severity import SeverityMark
from desktop.ui.text import exact, moment, one_line, short_number
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.services.details import EscalationDetails

_LONGEST_TITLE = 400


class Header(QFrame):
    """Severity, number, priority; title, customer, owner, state and area; below them the buttons.

    Signals:
        action_requested: (str action id) a button or menu entry was chosen.
        close_requested: the person wants the panel away.
    """

    action_requested = Signal(str)
    close_requested = Signal()

    def __init__(self, theme: Theme, icons: Icons, keys_of: KeysOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "section")
        self._mark = SeverityMark(theme)
        self._number = Label("", "strong")
        self._place = Label("", "secondary")
        self._badge = Pill(theme)
        self._title = Label("", "title", wrap=True)
        self._customer = ElidedLabel("", "secondary")
        self._owner = ElidedLabel("", "body")
        self._opened = Label("", "hint")
        for label in (self._number, self._title):
            label.let_select()
        self._buttons = HeadButtons(icons, keys_of)
        self._buttons.action_requested.connect(self.action_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(3)
        column.addLayout(self._made_top(icons))
        column.addWidget(self._title)
        for left, right in ((self._customer, self._opened), (self._owner, self._place)):
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(left, 1)
            line.addWidget(right)
            column.addLayout(line)
        column.addSpacing(5)
        column.addWidget(self._buttons)

    @property
    def primary(self) -> Button:
        """The button of the next sensible thing to do."""
        return self._buttons.primary

    @property
    def buttons(self) -> HeadButtons:
        """All buttons, and the menu of the others."""
        return self._buttons

    @property
    def severity(self) -> int:
        """The severity that the mark shows."""
        return self._mark.severity

    def show_details(self, details: "EscalationDetails", now: datetime) -> None:
        """Show one escalation; texts of outside come as they are."""
        escalation = details.escalation
        self._mark.set_severity(escalation.severity, severity_word(details))
        self._number.setText(short_number(escalation.number, now.astimezone().year))
        self._number.setToolTip(escalation.number)
        self._number.setAccessibleName(escalation.number)
        self._place.setText(" · ".join(filter(None, (escalation.state.word, area_word(details)))))
        self._badge.set_text(*badge(escalation))
        self._title.setText(short_title(escalation.title))
        self._customer.setText(_customer(details))
        owner = one_line(details.owner.name[:LONGEST_NAME]) if details.owner else ""
        self._owner.setText(f"Owner: {owner}" if owner else "Nobody owns it")
        self._owner.set_role("body" if owner or not escalation.is_open else "danger")
        self._opened.setText(f"opened {moment(escalation.opened_at, now)}")
        self._opened.setToolTip(exact(escalation.opened_at))
        self._buttons.show_details(details)

    def _made_top(self, icons: Icons) -> QHBoxLayout:
        close = IconButton(icons, "close", "Close the details")
        close.clicked.connect(self.close_requested)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._mark)
        top.addWidget(self._number, 1)
        top.addWidget(self._badge)
        top.addWidget(close)
        return top


def badge(escalation: Escalation) -> tuple[str, str]:
    """Priority and score with their tone; "?" where a factor was assumed, "by hand" where overridden."""
    if escalation.priority is None:
        return "Not scored", "neutral"
    score = f" · {escalation.score}" if escalation.score is not None else ""
    marks = ("?" if escalation.provisional else "") + (" by hand" if escalation.is_overridden else "")
    return f"{escalation.priority}{score}{marks}", "danger" if escalation.priority == "P1" else "neutral"


def short_title(title: str) -> str:
    """A title that can be laid out, however long it came."""
    shown = one_line(title[: _LONGEST_TITLE + 1])
    return shown if len(shown) <= _LONGEST_TITLE else shown[:_LONGEST_TITLE] + "…"


def _customer(details: "EscalationDetails") -> str:
    """Customer and tier."""
    customer = details.customer
    tier = details.policy.tier(customer.tier) if customer.tier else None
    name = one_line(customer.name[:LONGEST_NAME])
    return " · ".join(filter(None, (name, tier.name if tier else customer.tier)))
