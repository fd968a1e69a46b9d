"""What the problem is: description, reporter, source, reference, next step."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.ui.escalation.policy_words import issue_type_word, severity_word
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.label import Label
from desktop.ui.text import listed, moment, one_line

if TYPE_CHECKING:
    from desktop.services.details import EscalationDetails

_SHORT = 110
#: Of the small facts, what is worth a line before all are wanted.
_FIRST = frozenset({"Next step", "Merged here"})
_LONG = 4000


class FactsSection(Section):
    """The description, cut until more is wanted, and the small facts below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setAccessibleName("What is wrong")
        self.set_tight()
        self._description = ""
        self._text = Label("", wrap=True)
        self._text.let_select()
        self._facts: list[tuple[str, str]] = []
        self._more = Button("Show more", "link")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._show_all)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[Label, Label]] = []
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._text, 1)
        line.addWidget(self._more, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(line)
        self.body.addLayout(self._grid)

    def show_details(self, details: "EscalationDetails", now: datetime, *, is_same: bool) -> None:
        """Show what is known of one escalation."""
        self._description = fit_text(details.escalation.description)
        if not is_same:
            self._more.setChecked(False)
        self._facts = facts_of(details, now)
        self._show_all(self._more.isChecked())

    def _show_all(self, is_whole: bool) -> None:
        self._more.set_text("Show less" if is_whole else "Show more")
        self._show_text(is_whole)
        facts = [fact for fact in self._facts if is_whole or fact[0] in _FIRST]
        while len(self._lines) < len(facts):
            self._add_line()
        for at, (name, value) in enumerate(self._lines):
            has_fact = at < len(facts)
            name.setText(facts[at][0] if has_fact else "")
            value.setText(facts[at][1] if has_fact else "")
            name.setVisible(has_fact)
            value.setVisible(has_fact)

    def _add_line(self) -> None:
        pair = (Label("", "hint"), Label("", "small", wrap=True))
        pair[1].let_select()
        row = len(self._lines)
        self._grid.addWidget(pair[0], row, 0)
        self._grid.addWidget(pair[1], row, 1)
        self._lines.append(pair)

    def _show_text(self, is_whole: bool) -> None:
        text = self._description
        shown = text if is_whole or len(text) <= _SHORT else text[:_SHORT].rsplit(" ", 1)[0] + "…"
        if not is_whole:
            shown = " ".join(shown.split())
        self._text.setText(shown or "No description.")
        self._text.set_role("body" if shown else "secondary")


def facts_of(details: "EscalationDetails", now: datetime) -> list[tuple[str, str]]:
    """Name and value of each small fact that is known."""
    escalation = details.escalation
    reference = " ".join(filter(None, (escalation.external_source, escalation.external_ref)))
    reporter = " · ".join(filter(None, (escalation.reporter, escalation.source)))
    watchers = listed([one_line(person.name[:80]) for person in details.watchers[:8]])
    found = (
        ("Next step", escalation.next_step),
        ("Issue type", issue_type_word(details)),
        ("Severity", f"{escalation.severity} {severity_word(details)}".strip()),
        ("Reported by", reporter),
        ("Opened", f"by {escalation.created_by}, {moment(escalation.opened_at, now)}"),
        ("Reference", reference),
        ("Team", escalation.team),
        ("Watched by", watchers),
        ("Merged here", listed([number for _, number in details.merged[:12]])),
        ("Also known as", listed(details.also[:12])),
    )
    return [(name, one_line(value[:_LONG])) for name, value in found if value]


def fit_text(text: str) -> str:
    """A text of several lines that can be laid out: cut, no control characters."""
    lines = text[:_LONG].split("\n")
    cut = "\n".join(one_line(line) for line in lines).strip()
    return cut + "…" if len(text) > _LONG else cut
