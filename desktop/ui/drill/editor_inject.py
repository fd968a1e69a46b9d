"""The form of one inject: when and how it comes, what players read, what staff know, what follows."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.drill_node import Fault, Path
from desktop.ui.drill.editor_condition import ConditionField
from desktop.ui.drill.editor_decision import DecisionField
from desktop.ui.drill.editor_effects import EffectsField
from desktop.ui.drill.editor_expectation import EXPECTATIONS, ExpectationForm
from desktop.ui.drill.editor_form import Spec, SpecForm
from desktop.ui.drill.editor_mapping import MappingField
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_things import ThingsField
from desktop.ui.drill.editor_time import TimeField
from desktop.ui.kit.card import Section
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.surroundings import Surroundings

_HOW = (
    Spec("id", "Inject", "name", "inject"),
    Spec("phase", "Phase", "pick", "phases"),
    Spec("type", "Type", "pick", "types"),
    Spec("trigger", "Fired by", "pick", "triggers"),
)
_READ = (
    Spec("channel", "Channel", "pick", "channels"),
    Spec("from", "From", may_miss=True),
    Spec("to", "To", "ticks", "roles", may_miss=True),
    Spec("subject", "Subject", may_miss=True),
    Spec("body", "Text", "text", hint="Type {{ for a variable.", may_miss=True, lines=5),
)
_ARTIFACT = (Spec("artifact.kind", "Opens", "pick", "artifacts", may_miss=True),)
_STAFF = (
    Spec("notes", "Notes", "text", hint="Staff only.", may_miss=True, lines=3),
    Spec(
        "red_flags", "Red flags", "entries", hint="Signs that the team goes astray.", may_miss=True, lines=2
    ),
    Spec("source", "Source", hint="Where this detail comes from.", may_miss=True),
)


class InjectForm(ScrollColumn):
    """Everything about the chosen inject."""

    def __init__(self, pen: Pen, around: Surroundings) -> None:
        self._pen = pen
        self._base: Path | None = None
        theme = around.theme
        self.how = SpecForm(pen, _HOW, theme, None)
        self.time = TimeField(pen)
        self.condition = ConditionField(pen, around)
        self.read = SpecForm(pen, _READ, theme, None)
        self.artifact = _ArtifactForm(pen, _ARTIFACT, theme, None)
        self.artifact_values = MappingField(
            pen, around.icons, "Artifact", known=("series", "title", "file"), skip=("kind",)
        )
        self.staff = SpecForm(pen, _STAFF, theme, None)
        self.effects = EffectsField(pen, around)
        self.decision = DecisionField(pen, around)
        self.expect = ThingsField(EXPECTATIONS, pen, around, ExpectationForm(pen, around))
        self._condition_head = Label("And only when", "strong")
        self._all = column = QWidget()
        self._lay_out(QVBoxLayout(column))
        super().__init__(column)
        self.setAccessibleName("Inject")

    def _lay_out(self, lines: QVBoxLayout) -> None:
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        staff = QFrame()
        staff.setProperty("part", "staff")
        inner = QVBoxLayout(staff)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(_section("For staff alone", self.staff))
        sections = (
            _section("When and how", self.how, self.time, self._condition_head, self.condition),
            _section("What players get", self.read, self.artifact, self.artifact_values),
            staff,
            _section("What is expected", self.expect),
            _section("Decision", self.decision),
            _section("What it does to the desk of the drill", self.effects),
        )
        for section in sections:
            lines.addWidget(section)
        lines.addStretch(1)

    def show_at(self, base: Path | None) -> None:
        """Show another inject."""
        if base != self._base:
            self.verticalScrollBar().setValue(0)
        self._base = base
        self.refresh()

    def refresh(self) -> None:
        """Show what is written by now."""
        inject = self._pen.value(self._base) if self._base is not None and self._pen.is_ready else None
        self._all.setVisible(inject is not None)
        if not isinstance(inject, dict) or self._base is None:
            return
        for part in (self.how, self.time, self.condition, self.read, self.artifact, self.staff):
            part.show_at(self._base)
        for more in (self.effects, self.decision, self.expect):
            more.show_at(self._base)
        is_conditional = inject.get("trigger") == "conditional" or "when" in inject
        self._condition_head.setVisible(is_conditional)
        self.condition.setVisible(is_conditional)
        self.artifact_values.setVisible("artifact" in inject)
        self.artifact_values.show_at((*self._base, "artifact") if "artifact" in inject else None)

    def field_at(self, path: Path) -> QWidget | None:
        """The field of a place."""
        parts = (self.expect, self.decision, self.effects, self.condition, self.time, self.read)
        for part in (*parts, self.artifact, self.staff, self.how):
            if (found := part.field_at(path)) is not None:
                return found
        return None

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say beside each field what is wrong with it."""
        for part in (self.how, self.read, self.staff, self.time):
            part.show_faults(faults)
        for more in (self.effects, self.decision, self.expect):
            more.show_faults(faults)


class _ArtifactForm(SpecForm):
    """What opens with an inject; nothing takes its fields away too."""

    def _write(self, value: object) -> None:
        if self._base is None:
            return
        place = (*self._base, "artifact")
        before = self._pen.value(place) or {}
        self._pen.put(place, {**before, "kind": str(value)} if value else None, typed=False)


def _section(title: str, *parts: QWidget) -> Section:
    section = Section(title)
    for part in parts:
        section.body.addWidget(part)
    return section
