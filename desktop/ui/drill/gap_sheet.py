"""One gap in full: what is known of it, what may be done next, and why not the rest."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.drill_gap_deeds import GapDeed, why_not
from desktop.domain.drill_record import Gap
from desktop.ui.drill import after_words as words
from desktop.ui.drill.after_gaps import STATE_WORDS
from desktop.ui.drill.gaps_ports import GapsFound
from desktop.ui.drill.gaps_words import gap_about
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.pill import Pill
from desktop.ui.surroundings import Surroundings

_VERBS = {
    GapDeed.CONFIRM: "Confirm",
    GapDeed.ACCEPT: "Accept…",
    GapDeed.LINK: "Link an action…",
    GapDeed.CLOSE: "Close",
    GapDeed.DECLINE: "Decline…",
    GapDeed.SHOW: "Shown by an escalation…",
    GapDeed.WAIVE: "Waive…",
    GapDeed.REOPEN: "Open again…",
}
#: Told even where they cannot be done, because people look for them.
_ALWAYS = (GapDeed.CLOSE,)


class GapSheet(QFrame):
    """Shows one gap.

    Signals:
        deed_wanted: (str GapDeed) it is to be done to this gap.
        drill_wanted: (str slug) the drill that exercises it is to be started.
        run_wanted: (int run) the run that showed it.
    """

    deed_wanted = Signal(str)
    drill_wanted = Signal(str)
    run_wanted = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "aside")
        self._around = around
        self._gap: Gap | None = None
        self._slug = ""
        self.title = Label("", "heading", wrap=True)
        self.state = Pill(around.theme)
        self.about = Label("", wrap=True)
        self.about.let_select()
        self.buttons: dict[GapDeed, Button] = {}
        self.reason = Label("", "secondary", wrap=True)
        self.drill = Button("Start the drill that exercises this", "link")
        self.drill_note = Label("", "secondary", wrap=True)
        self.run = Button("Show the run", "link")
        self._lay_out()
        self.drill.clicked.connect(self._start)
        self.run.clicked.connect(self._show_run)

    def show_gap(self, gap: Gap | None, found: GapsFound) -> None:
        """Show it, or nothing."""
        self._gap = gap
        self.setVisible(gap is not None)
        if gap is None:
            return
        self.title.setText(words.gap_words(gap))
        times = words.times_words(gap.times)
        self.state.set_text(f"{STATE_WORDS[gap.state]}{f' · {times}' if times else ''}")
        self.about.setText(gap_about(gap, self._around.clock.now()))
        reasons = []
        for deed, button in self.buttons.items():
            reason = found.why_not or why_not(deed, gap, is_lead=found.is_lead)
            button.setEnabled(not reason)
            button.setVisible(not found.why_not and (not reason or deed in _ALWAYS))
            button.setAccessibleDescription(reason)
            if reason and deed in _ALWAYS:
                reasons.append(reason)
        self._mark_next()
        self.reason.setText("\n".join(dict.fromkeys(reasons)))
        self.reason.setVisible(bool(reasons))
        self._slug, title = found.drills.get(gap.code, ("", ""))
        self.drill.setVisible(bool(self._slug))
        self.drill_note.setText(title or "No published drill exercises this code.")
        self.run.setVisible(gap.run_id is not None)

    def _mark_next(self) -> None:
        """Let the first thing that can be done stand out."""
        first = next((button for button in self.buttons.values() if button.isEnabled()), None)
        for button in self.buttons.values():
            button.set_kind("primary" if button is first else "normal")

    def _press(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.deed_wanted.emit(sender.objectName())

    def _start(self) -> None:
        if self._slug:
            self.drill_wanted.emit(self._slug)

    def _show_run(self) -> None:
        if self._gap is not None and self._gap.run_id is not None:
            self.run_wanted.emit(self._gap.run_id)

    def _lay_out(self) -> None:
        held = QWidget()
        flow = FlowLayout(held, spacing=8)
        for deed, verb in _VERBS.items():
            button = self.buttons[deed] = Button(verb)
            button.setObjectName(deed.value)
            button.clicked.connect(self._press)
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        for part in (
            self.title, self.state, self.about, held, self.reason, self.drill, self.drill_note, self.run,
        ):  # fmt: skip
            column.addWidget(part)
        for link in (self.drill, self.run):
            column.setAlignment(link, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
