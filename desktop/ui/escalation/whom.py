"""Whom to call about an escalation: the rota's answer and the suggestion side by side; a person decides."""

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.rights import Action
from desktop.services.call_suggestion import Called, CallSuggestion, Whom
from desktop.ui.escalation.calls import Answers
from desktop.ui.escalation.ports import Desk, onlooker_of
from desktop.ui.escalation.whom_words import (
    in_short,
    is_instead,
    needs_reason,
    note_of,
    rota_line,
    standing,
    suggestion_line,
)
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.popover import Popover, top_of_page
from desktop.ui.kit.table_model import Column, RowsModel
from desktop.ui.kit.tip import as_tip
from desktop.ui.tasks import TaskRunner

_WIDTH, _LINES, _REASON_LINES = 720, 7, 3
_LONGEST_REASON = 200
_WHY = "Why not by the rota"


class WhomDesk(QObject):
    """Finds both answers and shows them over the window.

    Signals:
        wanted: (Action, tuple of ids, answers) the assignment.
    """

    wanted = Signal(object, object, object)

    def __init__(self, desk: Desk, runner: TaskRunner, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._runner = runner
        self._window = window
        self.popover = Popover(window)

    def look(self, escalation_id: int) -> None:
        """Show whom to call about this one."""
        self._runner.run(partial(_whom, self._desk, escalation_id), self._show, owner=self)

    def _show(self, whom: Whom) -> None:
        listing = WhomList(whom)
        listing.wanted.connect(self._want)
        listing.close_requested.connect(self.popover.close_popover)
        self.popover.show_at(listing, top=top_of_page(self._window))

    def _want(self, action: Action, ids: tuple[int, ...], answers: Answers) -> None:
        self.popover.close_popover()
        self.wanted.emit(action, ids, answers)


class WhomList(QFrame):
    """Everybody who could be called, the best first, with the reasons of the one that is marked.

    Signals:
        wanted: (Action, tuple of ids, answers)
        close_requested: the person has seen enough.
    """

    wanted = Signal(object, object, object)
    close_requested = Signal()

    def __init__(self, whom: Whom, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "prompt")
        self._whom = whom
        self.model: RowsModel[Called] = RowsModel(_columns(whom), self)
        self.model.set_rows(whom.order)
        self.table = self._made_table()
        self.reasons = Label("", "secondary", wrap=True)
        self.reasons.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.reason = self._made_reason()
        self.why = Label(_WHY, "strong")
        self.why.setBuddy(self.reason)
        self.assign = Button("", "primary")
        self.close_ = Button("Close", keys="Esc")
        self.assign.clicked.connect(self._assign)
        self.close_.clicked.connect(self.close_requested)
        self.setMinimumWidth(_WIDTH if whom.order else 460)
        self._lay_out()
        if whom.order:
            self.setFocusProxy(self.table)
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self.setFocusProxy(self.close_)
            for widget in (self.table, self.reasons, self.why, self.reason, self.assign):
                widget.hide()

    def event(self, event: QEvent) -> bool:
        """What depends on the looks is set once they are known, before there is a place to find."""
        done = super().event(event)
        if event.type() is QEvent.Type.Polish:
            self._fit(self.table)
            # As many lines for everybody: the buttons stay where they are while one looks through the list.
            self.reasons.ensurePolished()
            self.reasons.setMinimumHeight(_REASON_LINES * self.reasons.fontMetrics().lineSpacing())
        return done

    def sizeHint(self) -> QSize:
        """As high as the lines of its sentences need at the width it gets."""
        size, column = super().sizeHint().expandedTo(self.minimumSize()), self.layout()
        return size if column is None else QSize(size.width(), column.totalHeightForWidth(size.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            (self.reason if self.reason.isEnabled() else self.assign).setFocus()
        else:
            super().keyPressEvent(event)

    @property
    def chosen(self) -> Called | None:
        """The one that is marked."""
        return self.model.row(self.table.currentIndex())

    def _lay_out(self) -> None:
        title = f"Whom to call about {self._whom.escalation.number}"
        self.setAccessibleName(title)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.assign)
        row.addStretch(1)
        row.addWidget(self.close_)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(Label(title, "heading"))
        column.addWidget(Label(rota_line(self._whom), "strong", wrap=True))
        column.addWidget(Label(suggestion_line(self._whom), "body", wrap=True))
        column.addWidget(self.table)
        column.addWidget(self.reasons)
        column.addWidget(self.why)
        column.addWidget(self.reason)
        column.addLayout(row)

    def _made_reason(self) -> QLineEdit:
        field = QLineEdit()
        field.setMaxLength(_LONGEST_REASON)
        field.setAccessibleName(_WHY)
        field.textEdited.connect(self._withdraw_refusal)
        field.returnPressed.connect(self._assign)
        return field

    def _made_table(self) -> QTableView:
        view = QTableView()
        view.setModel(self.model)
        view.setAccessibleName("People who could be called")
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(max(30, view.fontMetrics().height() + 12))
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self._fit(view)
        view.selectionModel().currentRowChanged.connect(self._show_chosen)
        return view

    def _fit(self, table: QTableView) -> None:
        table.horizontalHeader().ensurePolished()
        line, head = table.verticalHeader().defaultSectionSize(), table.horizontalHeader().sizeHint().height()
        table.setFixedHeight(line * min(max(len(self.model.rows), 1), _LINES) + head + 8)

    def _withdraw_refusal(self) -> None:
        self._say(_WHY, "strong")

    def _say(self, words: str, role: str) -> None:
        """Above the line for the reason, so that nothing moves when it has to be asked for."""
        self.why.setText(words)
        self.why.set_role(role)
        self.reason.setAccessibleDescription("" if words == _WHY else words)

    def _show_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        self._withdraw_refusal()
        self.reasons.setText(" ".join(chosen.suggestion.reasons))
        self.assign.set_text(f"Assign to {chosen.person.name}")
        is_owner = chosen.person.id == self._whom.escalation.owner_id
        why = f"{chosen.person.name} owns it already." if is_owner else ""
        self.assign.setEnabled(not why)
        self.assign.setToolTip(as_tip(why))
        self.assign.setAccessibleDescription(why)
        self.reason.setEnabled(is_instead(chosen, self._whom) and not is_owner)
        self.reason.setPlaceholderText(self._asked(chosen))
        self.why.setEnabled(self.reason.isEnabled())

    def _asked(self, chosen: Called) -> str:
        if not self.reason.isEnabled():
            return "Not needed"
        if needs_reason(chosen, self._whom):
            return "Say it in a few words; it is kept in the note"
        return "In your words, or leave it to the suggestion; it is kept in the note"

    def _assign(self) -> None:
        chosen = self.chosen
        if chosen is None or not self.assign.isEnabled():
            return
        reason = self.reason.text().strip()
        if not reason and needs_reason(chosen, self._whom):
            name = chosen.person.name
            self._say(f"Say why {name}: neither the rota nor the suggestion names them.", "danger")
            self.reason.setFocus()
            return
        answers = {"owner": str(chosen.person.id), "note": note_of(chosen, self._whom, reason)}
        self.wanted.emit(Action.ASSIGN, (self._whom.escalation.id,), answers)


def _whom(desk: Desk, escalation_id: int) -> Whom:
    cases = desk.escalations.cases
    service = CallSuggestion(store=cases.store, clock=cases.clock, policy=desk.policy)
    return service.for_escalation(escalation_id, onlooker_of(desk))


def _columns(whom: Whom) -> tuple[Column[Called], ...]:
    return (
        Column("Name", _name),
        Column("Stands", partial(standing, whom=whom)),
        Column("Why", in_short, tip=_reasons),
    )


def _name(called: Called) -> str:
    return called.person.name


def _reasons(called: Called) -> str:
    return " ".join(called.suggestion.reasons)
