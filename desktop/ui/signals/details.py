"""One signal in full: as it came, what became of it and why, and the addresses it names."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout

from desktop.domain.signal_kept import KeptSignal
from desktop.domain.signal_link import LinkKind
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.signals.calls import Body
from desktop.ui.signals.rows import disposition_words
from desktop.ui.text import exact, file_size, one_line
from desktop.ui.verbatim import verbatim

_LEAST = 300
_MOST_LINKS = 12
_LONGEST_URL = 160


class SignalPane(QFrame):
    """Nothing in it can be followed: addresses are text.

    Signals:
        open_requested: (int escalation_id) the escalation it counts on.
    """

    open_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "details")
        self._escalation_id = 0
        self.title = Label("", "heading", wrap=True)
        self.became = Label("", wrap=True)
        self.facts = Label("", "secondary", wrap=True)
        self.links = Label("", "secondary", wrap=True)
        self.body = QPlainTextEdit()
        self.body.setReadOnly(True)
        self.body.setTabChangesFocus(True)
        self.body.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.body.setAccessibleName("Message as it came")
        self.open_button = Button("Open escalation")
        self.open_button.clicked.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for label in (self.title, self.became, self.facts, self.links):
            label.let_select()
        for widget in (self.title, self.became, self.facts):
            column.addWidget(widget)
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.body, 1)
        column.addWidget(self.links)
        self.setMinimumWidth(_LEAST)
        self.show_signal(None)

    def show_signal(self, row: KeptSignal | None) -> None:
        """What the table knows of it at once; the rest follows by `show_body`."""
        self._escalation_id = (row.escalation_id or 0) if row is not None else 0
        self.title.setText(one_line(row.signal.title) if row is not None else "")
        self.became.setText(_became(row) if row is not None else "")
        self.open_button.set_text(
            f"Open {row.number}" if row is not None and row.number else "Open escalation"
        )
        self.open_button.setVisible(self._escalation_id > 0)
        self.facts.setText(_facts(row) if row is not None else "")
        self.links.hide()
        self.body.setPlainText("")

    def show_body(self, body: Body) -> None:
        """The message it came in."""
        sender = f" from {one_line(body.sender)}" if body.sender else ""
        self.facts.setText(f"{_facts(body.signal)}\n{file_size(body.size)}{sender} · SHA-256 {body.sha256}")
        self.body.setPlainText(body.text)
        lines = [f"{_KINDS[link.kind]}: {_shown(link.url)}" for link in body.links[:_MOST_LINKS]]
        if len(body.links) > _MOST_LINKS:
            lines.append(f"and {len(body.links) - _MOST_LINKS} more")
        self.links.setText("\n".join(lines))
        self.links.setVisible(bool(lines))

    def _open(self) -> None:
        if self._escalation_id:
            self.open_requested.emit(self._escalation_id)


_KINDS = {
    LinkKind.CONFIRM: "Asks to confirm a subscription, never followed",
    LinkKind.RUNBOOK: "Runbook",
    LinkKind.GRAPH: "Graph",
    LinkKind.LOG: "Log",
    LinkKind.LINK: "Link",
}


def _became(row: KeptSignal) -> str:
    rule = one_line(row.rule) or "a rule that is gone"
    # What the rule decided names it already; what only went through it does not.
    is_named = not row.rule_version or f"“{row.rule}” (version {row.rule_version})" in row.why
    behind = "" if is_named else f"\nRule “{rule}”, version {row.rule_version}."
    return f"{disposition_words(row.disposition)} by {one_line(row.decided_by)}. {one_line(row.why)}{behind}"


def _facts(row: KeptSignal) -> str:
    key = one_line(row.signal.dedup_key or "") or "none"
    severity = one_line(row.signal.severity_hint) or "not said"
    return f"{one_line(row.source)} · came {exact(row.received_at)}\nKey {key} · severity {severity}"


def _shown(url: str) -> str:
    text = verbatim(url.encode())
    return text if len(text) <= _LONGEST_URL else text[:_LONGEST_URL] + "…"
