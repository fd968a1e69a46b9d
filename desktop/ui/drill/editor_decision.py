"""The decision an inject asks for: its question, who takes it by when, and the ways to decide."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_edit import delete_decision, fresh, new_id
from desktop.domain.drill_node import Fault, Path
from desktop.domain.drill_scenario import Scenario
from desktop.ui.drill.editor_form import Spec, SpecForm, focus_on
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_picks import PickField
from desktop.ui.drill.editor_row import RowsSpec
from desktop.ui.drill.editor_rows import RowsField
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

_SPECS = (
    Spec("id", "Id", "name", "decision"),
    Spec("question", "Question"),
    Spec("role", "Who decides", "pick", "players"),
    Spec("deadline", "Within", "span"),
    Spec("default", "If nobody does", "pick", hint="What counts when the time is over."),
)


class DecisionField(QWidget):
    """None or one."""

    def __init__(self, pen: Pen, around: Surroundings) -> None:
        super().__init__()
        self._pen = pen
        self._base: Path | None = None
        self.setAccessibleName("Decision")
        self.form = SpecForm(pen, _SPECS, around.theme, None)
        options = RowsSpec(
            "options", "Option", (Spec("id", "Id", "name", "option"), Spec("label", "What is decided")),
            self._option, 9,
        )  # fmt: skip
        self.options = RowsField(options, pen, around, None)
        self.add = Button("Add a decision", "small")
        self.remove = Button("Remove the decision", "link")
        self._head = Label("Options", "strong")
        self.add.clicked.connect(self.add_decision)
        self.remove.clicked.connect(self.remove_decision)
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addWidget(self.remove)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addWidget(self._head)
        column.addWidget(self.options)
        column.addLayout(below)

    def show_at(self, base: Path | None) -> None:
        """Show that of another inject."""
        self._base = base
        self.refresh()

    def refresh(self) -> None:
        """Show what is written by now."""
        if self._base is None or not self._pen.is_ready:
            return
        place = (*self._base, "decision")
        decision = self._pen.value(place)
        for widget in (self.form, self._head, self.options, self.remove):
            widget.setVisible(decision is not None)
        self.add.setVisible(decision is None)
        if decision is None:
            return
        default = self.form.fields["default"]
        if isinstance(default, PickField):
            options = decision.get("options") or ()
            default.offer_these([(o["id"], one_line(o["label"])[:60] or o["id"]) for o in options])
        self.form.show_at(place)
        self.options.show_at(place)

    def add_decision(self) -> None:
        """A question with two ways to answer it."""
        if self._base is None:
            return
        players = [role.id for role in self._pen.scenario.roles if not role.staff]
        options = [{"id": "option1", "label": ""}, {"id": "option2", "label": ""}]
        begun = {
            "id": new_id(self._pen.scenario, "decision"), "question": "",
            "role": players[0] if players else "", "deadline": "10m", "default": "option2",
            "options": options,
        }  # fmt: skip
        self._pen.put((*self._base, "decision"), begun, typed=False)
        self.refresh()
        focus_on(self.form.fields["question"])

    def remove_decision(self) -> None:
        """Take it out, and what refers to it."""
        if self._base is not None and isinstance(self._base[1], int):
            at = self._base[1]
            self._pen.edit(lambda scenario: delete_decision(scenario, at), (*self._base, "decision"))
            self.refresh()
            focus_on(self.add)

    def field_at(self, path: Path) -> QWidget | None:
        """The field of a place."""
        if self._base is None or path[: len(self._base) + 1] != (*self._base, "decision"):
            return None
        return self.form.field_at(path) or self.options.field_at(path) or self.add

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say what is wrong with it."""
        self.form.show_faults(faults)
        self.options.show_faults(faults)

    def _option(self, _scenario: Scenario) -> object:
        options = self._pen.value((*(self._base or ()), "decision", "options")) or ()
        return {"id": fresh("option", frozenset(option["id"] for option in options)), "label": ""}
