"""What the drill trains: a weight for each competence."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.drill_node import Fault, Path
from desktop.ui.drill.editor_form import Spec, SpecForm
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_said import sentence_of
from desktop.ui.drill.editor_words import COMPETENCES_IN_ORDER
from desktop.ui.surroundings import Surroundings


class WeightsForm(SpecForm):
    """0 leaves a competence out; beside each stands its share of the whole."""

    def __init__(self, pen: Pen, around: Surroundings) -> None:
        specs = [
            Spec(f"competences.{name}", words, "number", least=0, most=1000, usual=0)
            for name, words in COMPETENCES_IN_ORDER
        ]
        super().__init__(pen, specs, around.theme)
        self.set_label_width(150)

    def refresh(self) -> None:
        super().refresh()
        if self._pen.is_ready:
            self._say_shares()

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say what is wrong with a weight."""
        for spec in self.specs:
            found = next((f for f in faults if f.path == spec.path), None)
            self.rows[spec.key].set_error(sentence_of(found) if found is not None else "")

    def field_at(self, path: Path) -> QWidget | None:
        if path == ("competences",):
            first: QWidget = self.fields[self.specs[0].key]
            return first
        return super().field_at(path)

    def _say_shares(self) -> None:
        weights = self._pen.scenario.competences
        whole = sum(weights.values())
        for spec in self.specs:
            weight = weights.get(str(spec.path[-1]), 0)
            words = f"{round(100 * weight / whole)} % of the score" if whole and weight else "Left out"
            self.rows[spec.key].set_hint(words)

    def _write(self, value: object) -> None:
        spec = self._spec_of(self.sender())
        if spec is not None:
            self._pen.put(spec.path, value or None)
