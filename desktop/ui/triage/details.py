"""One escalation of the queue in full: what there is to know before deciding on it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.services.review_rows import Proposal, ReviewRow
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.text import one_line
from desktop.ui.triage.calls import About

if TYPE_CHECKING:
    from desktop.services.search import Hit

_LINES = 12
_LEAST = 300


class LikeButton(Button):
    """Another escalation that looks like this one."""

    def __init__(self, hit: "Hit") -> None:
        self.escalation_id = hit.id
        why = f", {hit.why.lower()}" if hit.why else ""
        super().__init__(f"{hit.number}  {one_line(hit.title)[:60]} ({hit.state}{why})", "link")


class ReviewDetails(ScrollColumn):
    """Why it waits, what rules propose, what was heard, what is like it.

    Signals:
        open_requested: (int escalation_id) show that one.
    """

    open_requested = Signal(int)

    def __init__(self) -> None:
        inside = QFrame()
        inside.setProperty("part", "details")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.title = Label("", "heading", wrap=True)
        self.facts = Label("", "secondary", wrap=True)
        self.why = Label("", wrap=True)
        self.proposals = Label("", wrap=True)
        self.heard = LongText(lines=_LINES)
        self.heard.setReadOnly(True)
        self.heard.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.heard.setAccessibleName("Signal as it came")
        self.trail = Label("", wrap=True)
        self._like = QVBoxLayout()
        self._sections: dict[str, Section] = {}
        for label in (self.title, self.facts, self.why, self.proposals, self.trail):
            label.let_select()
        for name, widgets in (
            ("", (self.title, self.facts)),
            ("Why it needs you", (self.why,)),
            ("Rules propose", (self.proposals,)),
            ("Signal as it came", (self.heard,)),
            ("What happened so far", (self.trail,)),
            ("Similar escalations", ()),
        ):
            column.addWidget(self._section(name, widgets))
        self._sections["Similar escalations"].body.addLayout(self._like)
        column.addStretch(1)
        super().__init__(inside)
        self.setMinimumWidth(_LEAST)

    def show_row(self, row: ReviewRow | None) -> None:
        """What the queue tells of it at once; the rest follows by `show_about`."""
        self.title.setText(one_line(row.title) if row is not None else "")
        self.facts.setText(_facts(row) if row is not None else "")
        self.why.setText("\n".join(row.sentences) if row is not None else "")
        words = "\n\n".join(map(_proposal, row.proposals)) if row is not None else ""
        self.proposals.setText(words)
        self._sections["Rules propose"].setVisible(bool(words))
        for name in ("Signal as it came", "What happened so far", "Similar escalations"):
            self._sections[name].hide()

    def show_about(self, about: About) -> None:
        """What was read about it."""
        heard = about.body or about.description
        self.heard.setPlainText(heard)
        section = self._sections["Signal as it came"]
        section.set_title("Signal as it came" if about.body else "Description")
        section.setVisible(bool(heard))
        self.trail.setText("\n".join(about.trail))
        self._sections["What happened so far"].setVisible(bool(about.trail))
        self._show_like(about.similar)

    def _show_like(self, similar: "Sequence[Hit]") -> None:
        while (item := self._like.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for hit in similar:
            button = LikeButton(hit)
            button.clicked.connect(self._open)
            self._like.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._sections["Similar escalations"].setVisible(bool(similar))

    def _open(self) -> None:
        button = self.sender()
        if isinstance(button, LikeButton):
            self.open_requested.emit(button.escalation_id)

    def _section(self, name: str, widgets: Sequence[QWidget]) -> Section:
        section = self._sections[name] = Section(name)
        for widget in widgets:
            section.body.addWidget(widget)
        return section


def _facts(row: ReviewRow) -> str:
    graded = f"SEV{row.severity}" + (f" · {row.priority} · score {row.score}" if row.priority else "")
    owner = f"owner: {row.owner or 'nobody'}"
    return " · ".join(map(one_line, filter(None, (row.number, row.customer, graded, row.source, owner))))


def _proposal(proposal: Proposal) -> str:
    because = f"\nbecause {one_line('; '.join(proposal.because))}" if proposal.because else ""
    words = one_line(", ".join(proposal.words))
    return f"{words}\nby rule “{one_line(proposal.rule)}”, version {proposal.version}{because}"
