"""The head of the panel: which escalation it is, and the next sensible things to do."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.domain.action_state import ActionState
from desktop.domain.errors import NotFound
from desktop.domain.escalation import Escalation, State
from desktop.domain.rights import Action
from desktop.ui.escalation.action_ids import ID_OF, words_of
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.pill import Pill
from desktop.ui.text import exact, moment, one_line
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.services.details import EscalationDetails

_LONGEST_TITLE = 400
_LONGEST_NAME = 120
_MOVE = "escalation.move"


class Header(QFrame):
    """Number, area, priority, title, customer, owner; below them the buttons.

    Signals:
        action_requested: (str action id) a button or menu entry was chosen.
        close_requested: the person wants the panel away.
    """

    action_requested = Signal(str)
    close_requested = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "section")
        self._states: tuple[ActionState, ...] = ()
        self._number = Label("", "secondary", wrap=True)
        self._badge = Pill(theme)
        self._title = Label("", "title", wrap=True)
        self._customer = Label("", "secondary", wrap=True)
        self._owner = Label("", "body", wrap=True)
        for label in (self._number, self._title):
            label.let_select()
        close = IconButton(icons, "close", "Close the details")
        close.clicked.connect(self.close_requested)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._number, 1)
        top.addWidget(self._badge)
        top.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 12)
        column.setSpacing(4)
        column.addLayout(top)
        for part in (self._title, self._customer, self._owner):
            column.addWidget(part)
        column.addSpacing(6)
        column.addLayout(self._made_buttons(icons))

    @property
    def primary(self) -> Button:
        """The button of the next sensible thing to do."""
        return self._primary

    @property
    def menu(self) -> QMenu:
        """Every action, with the reason beside those that cannot be taken."""
        return self._menu

    def show_details(self, details: "EscalationDetails", now: datetime) -> None:
        """Show one escalation; texts of outside come as they are."""
        escalation = details.escalation
        self._number.setText(
            " · ".join(filter(None, (escalation.number, _area(details), escalation.state.word)))
        )
        self._number.setToolTip(f"Opened {exact(escalation.opened_at)}")
        self._badge.set_text(*badge(escalation))
        self._title.setText(short_title(escalation.title))
        self._customer.setText(_origin(details, now))
        owner = one_line(details.owner.name[:_LONGEST_NAME]) if details.owner else ""
        self._owner.setText(f"Owner: {owner}" if owner else "Nobody owns it")
        self._owner.set_role("body" if owner or not escalation.is_open else "danger")
        self._show_buttons(details)

    def _made_buttons(self, icons: Icons) -> FlowLayout:
        self._primary = Button("", "primary")
        self._assign = Button(words_of(Action.ASSIGN))
        self._update = Button("Update…")
        self._move = Button("Move to…")
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.triggered.connect(self._choose)
        self._more = Button("", "menu")
        self._icons = icons
        icons.icons_changed.connect(self._redraw)
        self._redraw()
        self._more.setMenu(self._menu)
        self._more.setAccessibleName("More actions")
        self._update.setAccessibleName("Record a customer update")
        flow = FlowLayout(spacing=8)
        for button, action_id in (
            (self._primary, ""),
            (self._assign, ID_OF[Action.ASSIGN]),
            (self._update, ID_OF[Action.UPDATE]),
            (self._move, _MOVE),
        ):
            button.setObjectName(action_id)
            button.clicked.connect(self._press)
            flow.addWidget(button)
        flow.addWidget(self._more)
        return flow

    def _redraw(self) -> None:
        self._more.setIcon(self._icons.icon("more", "text.primary"))

    def _show_buttons(self, details: "EscalationDetails") -> None:
        states = {state.action: state for state in details.actions}
        primary = states.get(details.primary)
        self._primary.set_text(words_of(details.primary))
        self._primary.setObjectName(ID_OF.get(details.primary, ""))
        _allow(self._primary, primary)
        for button, action in ((self._assign, Action.ASSIGN), (self._update, Action.UPDATE)):
            button.setVisible(action is not details.primary)
            _allow(button, states.get(action))
        self._move.setEnabled(details.escalation.state is not State.MERGED)
        if details.actions != self._states:
            self._states = details.actions
            self._fill_menu()

    def _fill_menu(self) -> None:
        self._menu.clear()
        possible = [state for state in self._states if state.allowed and state.action in ID_OF]
        impossible = [state for state in self._states if not state.allowed and state.action in ID_OF]
        for state in possible:
            self._menu.addAction(words_of(state.action)).setObjectName(ID_OF[state.action])
        if impossible:
            self._menu.addSeparator()
        for state in impossible:
            entry = self._menu.addAction(
                f"{state.action.word}: {_first_sentence(state.why_not)}".replace("&", "&&")
            )
            entry.setToolTip(state.why_not)
            entry.setEnabled(False)

    def _press(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button) and sender.objectName():
            self.action_requested.emit(sender.objectName())

    def _choose(self, entry: QAction) -> None:
        self.action_requested.emit(entry.objectName())


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


def _area(details: "EscalationDetails") -> str:
    area = details.escalation.area
    if not area:
        return ""
    try:
        return details.policy.area(area).name
    except NotFound:
        return one_line(area[:_LONGEST_NAME])


def _origin(details: "EscalationDetails", now: datetime) -> str:
    """Customer and tier, who opened it and when."""
    escalation, customer = details.escalation, details.customer
    tier = details.policy.tier(customer.tier) if customer.tier else None
    opened = (
        f"opened by {one_line(escalation.created_by[:_LONGEST_NAME])}, {moment(escalation.opened_at, now)}"
    )
    name = one_line(customer.name[:_LONGEST_NAME])
    return " · ".join(filter(None, (name, tier.name if tier else customer.tier, opened)))


def _allow(button: Button, state: ActionState | None) -> None:
    is_allowed = state is None or state.allowed
    button.setEnabled(is_allowed)
    why = "" if state is None else state.why_not
    button.setToolTip(why)
    button.setAccessibleDescription(why)


def _first_sentence(text: str) -> str:
    return text if len(text) <= 90 else text[:90].rsplit(" ", 1)[0] + "…"
