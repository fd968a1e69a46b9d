"""Last step of turning an escalation into a drill: what is left of real names, and somebody's word for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.drill_folded import fold
from desktop.domain.drill_leftover import Leftover
from desktop.services.drill_from_escalation import Built
from desktop.ui.kit.button import Button
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, one_line

_SUSPECTS = 24


class SearchStep(QWidget):
    """Every place where a word of a real name still stands: replaced, or answered for.

    Signals:
        replaced: (str word, str instead)
        changed: something was answered for, or signed.
    """

    replaced = Signal(str, str)
    changed = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Search and sign")
        self._built: Built | None = None
        self._stays: set[str] = set()
        self.figures = Label("", "secondary", wrap=True)
        self.sentence = Label("", "heading", wrap=True)
        self.faults = Label("", "danger", wrap=True)
        self.faults.let_select()
        columns = [
            Column[Leftover]("Word", _token, width=150),
            Column[Leftover]("Where it stands", _quote, width=320, tip=_quote),
            Column[Leftover]("Answer", self._answer, width=150),
        ]
        model = TwoLineModel(columns, step=self._step, sentence=self._sentence, second=_second, strong=(0,))
        self.table = RowTable(model, around.theme, "What is left of real names", key=_key)
        self.empty = EmptyState(around.icons)
        self.empty.show_state(
            "check", "Nothing is left of any real name", "Read the draft once more, then sign."
        )
        self.instead = QLineEdit()
        self.instead.setPlaceholderText("Say instead")
        self.instead.setAccessibleName("What to say in place of the word")
        self.replace = Button("Replace it everywhere")
        self.stay = Button("It may stay")
        self.suspects = Label("", "secondary", wrap=True)
        self.suspects.let_select()
        self.sign = CheckBox("")
        self._mend = QWidget()
        self._lay_out()
        self.table.picked.connect(self._show_hit)
        self.replace.clicked.connect(self._replace)
        self.instead.returnPressed.connect(self._replace)
        self.stay.clicked.connect(self._let_stay)
        self.sign.toggled.connect(self._signed)

    def set_signer(self, name: str) -> None:
        """Whoever works at the desk signs."""
        self.sign.setText(f"I, {one_line(name)[:80]}, have read the search and answer for what stays")
        self.sign.setChecked(False)

    def forget(self) -> None:
        """Another escalation: nothing is answered for."""
        self._stays.clear()
        self.sign.setChecked(False)

    def show_built(self, built: Built) -> None:
        """What was found in the draft as it would be."""
        before = self._built
        self._built = built
        if before is None or before.scenario != built.scenario:
            self.sign.setChecked(False)  # what was signed was another draft
        scenario = built.scenario
        said = (
            counted(len(scenario.injects), "inject"),
            counted(len(list(scenario.expectations())), "expected action"),
            counted(len(list(scenario.decisions())), "decision"),
            f"{scenario.pace.duration_s // 60} min",
        )
        kept = counted(len(built.benchmark), "expected action")
        self.figures.setText(f"{', '.join(said)}. What the real team needed is kept beside {kept}.")
        errors = [fault for fault in built.faults if not fault.is_warning]
        more = f" And {len(errors) - 1} more." if len(errors) > 1 else ""
        self.faults.setText(
            f"To put right in the editor: {errors[0].message} {errors[0].hint}{more}" if errors else ""
        )
        self.faults.setVisible(bool(errors))
        shown = ", ".join(built.suspects[:_SUSPECTS])
        self.suspects.setText(f"On no record, but written like names: {shown}. Are they?" if shown else "")
        self.suspects.setVisible(bool(shown))
        self._show_hits()

    @property
    def built(self) -> Built | None:
        """What is shown."""
        return self._built

    def open_count(self) -> int:
        """How many places nobody has answered for."""
        return sum(fold(each.token) not in self._stays for each in self._hits())

    def why_not(self) -> str:
        """What stands in the way of the draft; empty for nothing."""
        if self._built is None:
            return " "
        left = self.open_count()
        if left:
            return f"{counted(left, 'place')} to replace, or to answer for."
        return "" if self.sign.isChecked() else "Read the search, then sign it."

    def focus_first(self) -> None:
        """Put the focus where something is to be done."""
        widget = self.table if self._hits() and self.open_count() else self.sign
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- parts

    def _hits(self) -> tuple[Leftover, ...]:
        return self._built.leftovers if self._built is not None else ()

    def _show_hits(self) -> None:
        hits = self._hits()
        words = {fold(each.token) for each in hits}
        stand = "stands" if len(words) == 1 else "stand"
        found = f"{counted(len(words), 'word')} of real names still {stand} in {counted(len(hits), 'place')}."
        self.sentence.setText(found if hits else "The search found nothing.")
        self.table.show_rows(hits)
        self.table.setVisible(bool(hits))
        self.empty.setVisible(not hits)
        self._mend.setVisible(bool(hits))
        self._show_hit()
        self.changed.emit()

    def _show_hit(self) -> None:
        hit = self.table.current() if self._hits() else None
        if hit is not None:
            is_staying = fold(hit.token) in self._stays
            self.stay.set_text("It may not stay" if is_staying else f"“{one_line(hit.token)[:30]}” may stay")

    def _replace(self) -> None:
        hit, instead = self.table.current(), self.instead.text().strip()
        if hit is None:
            return
        if not instead:
            self.instead.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.instead.clear()
        self.replaced.emit(hit.token, instead)

    def _let_stay(self) -> None:
        hit = self.table.current()
        if hit is not None:
            self._stays ^= {fold(hit.token)}
            self.sign.setChecked(False)
            self._show_hits()

    def _signed(self) -> None:
        self.changed.emit()

    def _answer(self, hit: Leftover) -> str:
        return "May stay" if fold(hit.token) in self._stays else "Replace it"

    def _step(self, hit: Leftover) -> tuple[str, int]:
        return ("text.success", -2) if fold(hit.token) in self._stays else ("text.danger", -1)

    def _sentence(self, hit: Leftover) -> str:
        return f"{hit.token}, word of {hit.origin}, in {hit.place}: {hit.quote}. {self._answer(hit)}"

    def _lay_out(self) -> None:
        line = QHBoxLayout(self._mend)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self.instead, 1)
        line.addWidget(self.replace)
        line.addWidget(self.stay)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(10)
        column.addWidget(self.sentence)
        column.addWidget(self.figures)
        column.addWidget(self.faults)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self._mend)
        column.addWidget(self.suspects)
        column.addWidget(self.sign)


def _key(hit: Leftover) -> object:
    return hit.place, hit.token, hit.quote


def _token(hit: Leftover) -> str:
    return one_line(hit.token)


def _quote(hit: Leftover) -> str:
    return one_line(hit.quote)


def _second(hit: Leftover, column: int) -> str:
    return f"{_place(hit)} · {hit.origin}" if column == 1 else ""


def _place(hit: Leftover) -> str:
    """Where it stands, in words: "I01, from"."""
    return hit.place.removeprefix("injects ").removeprefix("world.").replace(".", ", ").replace("_", " ")
