"""The forms of the editor: its pages, the timeline above them and the checks beside them."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.drill_node import Fault, Path
from desktop.domain.drill_put import faults_of
from desktop.ui.drill.editor_checks import ChecksPane
from desktop.ui.drill.editor_expectation import COMPLICATIONS, CardForm
from desktop.ui.drill.editor_form import focus_on
from desktop.ui.drill.editor_injects import InjectsPage
from desktop.ui.drill.editor_pages import Page, plain_page
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_things import ThingsField
from desktop.ui.drill.editor_timeline import TimelineView
from desktop.ui.kit.wrap_tabs import WrapTabs
from desktop.ui.surroundings import Surroundings

_CHECK_MS = 250
_WIDE, _HIGH = 1000, 500
_ENDLESS = 16_777_215
#: In which page the parts of a document stand.
_HOMES = {
    "title": "About", "summary": "About", "difficulty": "About", "tags": "About", "playbook": "About",
    "origin": "About", "safety": "About", "id": "About", "version": "About",
    "clock": "Clock and seats", "roles": "Clock and seats",
    "objectives": "Goals", "competences": "Goals",
    "phases": "Phases and words", "variables": "Phases and words",
    "world": "World", "injects": "Injects", "complications": "Complications",
    "rubric": "Scoring", "debrief": "Scoring",
}  # fmt: skip
_ORDER = (
    "About", "Clock and seats", "Goals", "Phases and words", "World", "Injects", "Complications", "Scoring",
)  # fmt: skip


class EditorBody(QFrame):
    """All forms over one pen.

    Signals:
        edited: something was written.
        checked: the checks are up to date again.
    """

    edited = Signal()
    checked = Signal()

    def __init__(self, pen: Pen, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "details")
        self._pen = pen
        self._theme = around.theme
        self.faults: list[Fault] = []
        self._room = 0
        self.tabs = WrapTabs("Parts of the scenario")
        self._around = around
        self._made: dict[str, Page | InjectsPage] = {}
        self.timeline = TimelineView(around.theme)
        self.checks = ChecksPane(around.icons)
        self.stack = QStackedWidget()
        for name in _ORDER:
            self.tabs.addTab(name)
        self._check_soon = QTimer(self)
        self._check_soon.setSingleShot(True)
        self._check_soon.setInterval(_CHECK_MS)
        self._lay_out()
        self._connect()
        self.stack.setCurrentWidget(self.page)

    @property
    def errors(self) -> list[Fault]:
        """What must be mended before it can be published."""
        unread = [Fault(path, why) for path, why in self._pen.unread.items()]
        return [*unread, *(fault for fault in self.faults if not fault.is_warning)]

    def check(self) -> None:
        """Look through the scenario now."""
        self._check_soon.stop()
        if not self._pen.is_ready:
            return
        self.faults = faults_of(self._pen.scenario)
        self.checks.show_faults([*self.errors, *self._warnings()], self._pen.document)
        self.page.show_faults(self.faults)
        self._share_room()
        self.checked.emit()

    @property
    def page(self) -> "Page | InjectsPage":
        """The page that is shown."""
        return self.page_of(_ORDER[self.tabs.currentIndex()])

    @property
    def injects(self) -> InjectsPage:
        """The page of injects."""
        page = self.page_of("Injects")
        assert isinstance(page, InjectsPage)  # what is made of that name
        return page

    def page_of(self, name: str) -> "Page | InjectsPage":
        """A page by its name, made when it is first wanted."""
        if name not in self._made:
            page = self._made[name] = self._page(name)
            self.stack.addWidget(page)
            if isinstance(page, InjectsPage):
                page.list.chosen.connect(self._chosen)
        return self._made[name]

    def _page(self, name: str) -> "Page | InjectsPage":
        if name == "Injects":
            return InjectsPage(self._pen, self._around)
        if name == "Complications":
            cards = ThingsField(COMPLICATIONS, self._pen, self._around, CardForm(self._pen, self._around))
            cards.show_at(())
            return Page(name, [("Cards the trainer can draw to make it harder", cards)])
        return plain_page(name, self._pen, self._around)

    def go_to(self, path: Path) -> None:
        """Go to the field of a place in the document."""
        name = _HOMES.get(str(path[0]), "About") if path else "About"
        self.show_page(name)
        page = self.page_of(name)
        field = page.field_at(path)
        if field is None:
            return
        if isinstance(page, Page):
            page.reveal(field)
        else:
            self.injects.form.reveal(field)
        focus_on(field)

    def show_page(self, name: str) -> None:
        """Show one of the pages."""
        self.tabs.setCurrentIndex(_ORDER.index(name))
        self.refresh()

    def refresh(self) -> None:
        """Show what is written by now, in the page that is seen."""
        if self._pen.is_ready:
            self.page.refresh()

    def show_opened(self) -> None:
        """Another scenario."""
        if "Injects" in self._made:
            self.injects.refresh()
            self.injects.choose(0)
        self.refresh()
        self.timeline.show_scenario(self._pen.scenario)
        self.timeline.choose(0 if self._pen.scenario.injects else -1)
        self.check()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """The checks stand beside the forms, or where that is too narrow below them, as small as they can."""
        is_wide = self.width() >= _WIDE * self._theme.text_scale
        self.timeline.set_most_lanes(7 if self.height() >= _HIGH * self._theme.text_scale else 2)
        wanted = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self._sides.orientation() != wanted:
            self._sides.setOrientation(wanted)
        room = 300 if is_wide else 140 if self.faults or self._pen.unread else 40
        most = round(room * self._theme.text_scale)
        if most == self._room:
            return
        self._room = most
        self.checks.setMaximumWidth(most if is_wide else _ENDLESS)
        self.checks.setMaximumHeight(_ENDLESS if is_wide else most)
        whole = self.width() if is_wide else self._sides.height()
        self._sides.setSizes([max(whole - most, 1), most])

    def _warnings(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.is_warning]

    def _follow(self) -> None:
        """Something was written."""
        self.page.refresh()
        self.timeline.show_scenario(self._pen.scenario)
        self._check_soon.start()
        self.edited.emit()

    def _turn_page(self, at: int) -> None:
        self.stack.setCurrentWidget(self.page_of(_ORDER[at]))
        self._pen.rest()
        self.refresh()
        self.page.show_faults(self.faults)

    def _pick_inject(self, at: int) -> None:
        if self.tabs.currentIndex() != _ORDER.index("Injects"):
            self.show_page("Injects")
        self.injects.choose(at)

    def _chosen(self, at: int) -> None:
        self._pen.rest()
        if at != self.timeline.chosen:
            self.timeline.choose(at)
        self.injects.form.show_faults(self.faults)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn_page)
        self._pen.changed.connect(self._follow)
        self._pen.opened.connect(self.show_opened)
        self._pen.went.connect(self.go_to)
        self._check_soon.timeout.connect(self.check)
        self.timeline.picked.connect(self._pick_inject)
        self.checks.picked.connect(self.go_to)

    def _lay_out(self) -> None:
        top = QFrame()
        top.setProperty("part", "filters")
        above = QVBoxLayout(top)
        above.setContentsMargins(12, 0, 12, 0)
        above.addWidget(self.tabs)
        left = QWidget()
        inner = QVBoxLayout(left)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.stack, 1)
        self._sides = QSplitter(Qt.Orientation.Vertical)
        self._sides.setChildrenCollapsible(False)
        self._sides.addWidget(left)
        self._sides.addWidget(self.checks)
        self._sides.setStretchFactor(0, 4)
        self._sides.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.timeline)
        column.addWidget(top)
        column.addWidget(self._sides, 1)
