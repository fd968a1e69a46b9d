"""Turns a past escalation into a drill in four steps; nothing is kept before the last is signed."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.drill_from_events import Line
from desktop.domain.errors import DeskError
from desktop.services.drill_from_escalation import Built, Material
from desktop.ui.drill.from_choose import ChooseStep
from desktop.ui.drill.from_lines import LinesStep
from desktop.ui.drill.from_names import NamesStep
from desktop.ui.drill.from_ports import Begun, Candidate, MakesDrills
from desktop.ui.drill.from_search import SearchStep
from desktop.ui.kit.button import Button
from desktop.ui.kit.step_frame import StepFrame
from desktop.ui.surroundings import Surroundings

CHOOSE, LINES, NAMES, SEARCH = range(4)


class FromEscalation(QWidget):
    """Leads from an escalation that happened to a draft scenario.

    Signals:
        created: (str slug) the draft is there.
        left: the person wants back.
        message_requested: (str) what was done.
    """

    created = Signal(str)
    left = Signal()
    message_requested = Signal(str)

    def __init__(
        self, makes: MakesDrills, around: Surroundings, escalation_id: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Turn an escalation into a drill")
        self._makes = makes
        self._runner = around.runner
        self._wanted = escalation_id
        self._material: Material | None = None
        self._is_busy = False
        self._is_asked = False
        self.choose = ChooseStep(around)
        self.lines = LinesStep(around)
        self.names = NamesStep(around)
        self.search = SearchStep(around)
        steps = (
            ("Escalation", self.choose),
            ("Lines", self.lines),
            ("Names", self.names),
            ("Search and sign", self.search),
        )
        self.frame = StepFrame("Turn an escalation into a drill", steps)
        self.cancel = Button("Back to the library", "quiet")
        self.frame.add_to_foot(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self._connect()
        self._go(CHOOSE)

    def focus_first(self) -> None:
        """Put the focus where work goes on."""
        focus: Mapping[int, Callable[[], None]] = {
            CHOOSE: self.choose.words.setFocus,
            LINES: self.lines.focus_first,
            NAMES: self.names.focus_first,
            SEARCH: self.search.focus_first,
        }
        focus[self.frame.step]()

    def open_escalation(self, escalation_id: int) -> None:
        """Begin with this one."""
        self._work("Reading the escalation…")
        self._runner.run(partial(self._makes.begin, escalation_id), self._begun, self._unread, owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_asked:
            self._is_asked = True
            self._runner.run(self._makes.candidates, self._offer, owner=self)
            if self._wanted:
                self.open_escalation(self._wanted)

    # ---- reading

    def _offer(self, candidates: tuple[Candidate, ...]) -> None:
        self.choose.show_candidates(candidates)
        self._refresh()

    def _begun(self, begun: Begun) -> None:
        self._is_busy = False
        self._material = begun.material
        self.choose.show_error("")
        self.search.forget()
        self.search.set_signer(begun.signer)
        self._show_material()
        self._go(LINES)
        self.focus_first()

    def _unread(self, error: DeskError) -> None:
        self._is_busy = False
        self.choose.show_error(str(error))
        self._go(CHOOSE)

    # ---- changing

    def _change_line(self, line: Line) -> None:
        if self._material is not None:
            self._material = self._material.with_line(line)
            self.lines.show_material(self._material)

    def _change_alias(self, real: str, alias: str) -> None:
        if self._material is not None:
            self._material = self._material.with_alias(real, alias)
            self._show_material()
            if self.frame.step == SEARCH:
                self._build()

    def _show_material(self) -> None:
        if self._material is not None:
            self.lines.show_material(self._material)
            self.names.show_material(self._material)

    # ---- going on

    def _go_on(self) -> None:
        step = self.frame.step
        if self._is_busy:
            return
        if step == CHOOSE:
            self._choose(self.choose.current_id)
        elif step == LINES:
            self._go(NAMES)
            self.focus_first()
        elif step == NAMES:
            self._build()
        else:
            self._create()

    def _choose(self, escalation_id: int) -> None:
        if self._material is not None and self._material.past.id == escalation_id:
            self._go(LINES)  # what was changed there stays
            self.focus_first()
        elif escalation_id:
            self.open_escalation(escalation_id)

    def _go_back(self, step: int) -> None:
        if not self._is_busy:
            self._go(step)
            self.focus_first()

    def _build(self) -> None:
        if self._material is not None:
            self._work("Searching for real names…")
            self._runner.run(
                partial(self._makes.build, self._material), self._show_built, self._failed, owner=self
            )

    def _show_built(self, built: Built) -> None:
        self._is_busy = False
        is_there = self.frame.step == SEARCH
        self._go(SEARCH)
        self.search.show_built(built)
        if not is_there:
            self.focus_first()

    def _create(self) -> None:
        built = self.search.built
        if self._material is not None and built is not None:
            self._work("Writing the draft…")
            work = partial(self._makes.create, self._material, built)
            self._runner.run(work, self._made, self._failed, owner=self)

    def _made(self, slug: str) -> None:
        self._is_busy = False
        self.message_requested.emit("The draft is there, signed. Publish it when you have gone through it.")
        self.created.emit(slug)

    def _failed(self, error: DeskError) -> None:
        self._is_busy = False
        self._refresh()
        self.frame.why.setText(str(error))

    # ---- what can be seen

    def _work(self, words: str) -> None:
        self._is_busy = True
        self.frame.next.setEnabled(False)
        self.frame.why.setText(words)

    def _go(self, step: int) -> None:
        self.frame.show_step(step)
        self._refresh()

    def _refresh(self) -> None:
        if not self._is_busy:
            words, why = self._next_step()
            self.frame.show_next(words, why)
        self.frame.back.setVisible(self.frame.step > CHOOSE)

    def _next_step(self) -> tuple[str, str]:
        """What the main button says, and why it cannot be pressed now."""
        step = self.frame.step
        if step == CHOOSE:
            return "Read it", "" if self.choose.current_id else "Choose an escalation."
        if step == LINES:
            return "See the names", ""
        if step == NAMES:
            return "Search for what is left", ""
        return "Create the draft", self.search.why_not()

    def _connect(self) -> None:
        self.choose.chosen.connect(self._choose)
        self.choose.changed.connect(self._refresh)
        self.lines.changed.connect(self._change_line)
        self.names.changed.connect(self._change_alias)
        self.search.replaced.connect(self._change_alias)
        self.search.changed.connect(self._refresh)
        self.frame.next_pressed.connect(self._go_on)
        self.frame.step_picked.connect(self._go_back)
        self.cancel.clicked.connect(self.left)
