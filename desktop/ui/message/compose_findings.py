"""What there is to say about the texts: what keeps them from being sent, what warns, what would be better."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.message import Finding
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.pill import Pill
from desktop.ui.message import compose_words as words
from desktop.ui.text import counted, listed
from desktop.ui.theme import Theme

_MOST = 30
_SHOWN = 60
#: How a text says that something is missing in it.
GAP = "[still to write:"
#: The rule that nothing may be missing: what is missing stands nowhere, but can be gone to.
_COMPLETE = 1
_ORDER = ("block", "warning", "suggestion")


Group = tuple[Finding, ...]


class FindingRow(QWidget):
    """One finding, in one text or in several: how grave, which words, why, and what can be done about it.

    Signals: those of the list.
    """

    fix_requested = Signal(object)
    shown = Signal(object)
    override_requested = Signal(object)

    def __init__(self, group: Group, theme: Theme, reason: str) -> None:
        super().__init__()
        self.group = group
        finding = self.finding = group[0]
        kind, tone = words.KINDS.get(finding.kind, words.KINDS["suggestion"])
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(Pill(theme, "Overridden" if reason else kind, "neutral" if reason else tone))
        media = listed([words.MEDIA[medium] for medium in dict.fromkeys(each.medium for each in group)])
        head.addWidget(ElidedLabel(media, "hint"), 1)
        gap = _gap(finding)
        said = f"“{_short(finding.quote)}”: {finding.why}" if finding.quote else finding.why
        hint = "" if gap else finding.suggestion
        self.why = Label(f"Still to write: {gap}" if gap else said, wrap=True)
        self.more = Label(f"Overridden: {reason}" if reason else hint, "hint", wrap=True)
        self._buttons = QWidget()
        self._line = FlowLayout(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.why)
        column.addWidget(self.more)
        column.addWidget(self._buttons)
        self.more.setVisible(bool(self.more.text()))

    def offer(self, *, is_overridden: bool) -> None:
        """Offer what can be done about it."""
        finding = self.finding
        if finding.replacement is not None:
            deed = f"Put “{_short(finding.replacement)}”" if finding.replacement else "Take it out"
            self._add_button(deed, deed, self._fix)
        if finding.end > finding.begin or finding.rule == _COMPLETE:
            deed = "Write it" if _gap(finding) else "Go there"
            self._add_button(deed, deed, self._go_there)
        if finding.kind == "block" and finding.can_override and not is_overridden:
            self._add_button("Send all the same…", "Send all the same", self._override)
        self._buttons.setVisible(self._line.count() > 0)

    def _add_button(self, text: str, name: str, pressed: Callable[[], None]) -> None:
        button = Button(text, "small")
        button.setAccessibleName(f"{name}: {_short(self.finding.quote or self.finding.why)}")
        button.clicked.connect(pressed)
        self._line.addWidget(button)

    def _fix(self) -> None:
        self.fix_requested.emit(self.group)

    def _go_there(self) -> None:
        self.shown.emit(self.finding)

    def _override(self) -> None:
        self.override_requested.emit(self.finding)


class FindingList(QWidget):
    """The findings, gravest first.

    Signals:
        fix_requested: (tuple of Finding) put their replacement there.
        shown: (Finding) go where it is.
        override_requested: (Finding) send all the same, with a reason.
    """

    fix_requested = Signal(object)
    shown = Signal(object)
    override_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._told: tuple[tuple[Group, str], ...] = ()
        self.rows: list[FindingRow] = []
        self.head = Label("", "strong", wrap=True)
        self.rest = Label("", "hint")
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addLayout(self._column)
        column.addWidget(self.rest)
        self.rest.hide()

    def show_findings(
        self, findings: Sequence[Finding], overrides: Mapping[int, str], elsewhere: int = 0
    ) -> None:
        """Show them; of `overrides` the reason stands instead of the button.

        `elsewhere` is how many there are in texts that are not used.
        """
        groups = grouped(findings)
        told = tuple((each, overrides.get(each[0].rule, "") if _is_block(each) else "") for each in groups)
        self.head.setText(summary(findings, overrides))
        self.rest.setText(_left_out(len(told) - _MOST, elsewhere))
        self.rest.setVisible(bool(self.rest.text()))
        if told == self._told:
            return
        self._told = told
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(group, reason) for group, reason in told[:_MOST]]
        for row in self.rows:
            self._column.addWidget(row)

    def focus_first(self) -> None:
        """Go to what can be done about the gravest."""
        for row in self.rows:
            button = row.findChild(Button)
            if button is not None:
                button.setFocus()
                return

    def _row(self, group: Group, reason: str) -> FindingRow:
        row = FindingRow(group, self._theme, reason)
        row.fix_requested.connect(self.fix_requested)
        row.shown.connect(self.shown)
        row.override_requested.connect(self.override_requested)
        row.offer(is_overridden=bool(reason))
        return row


def grouped(findings: Sequence[Finding]) -> list[Group]:
    """The findings, gravest first; what is the same in several texts stands together."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for each in sorted(findings, key=_gravity):
        groups.setdefault((each.rule, each.kind, each.quote, each.why, each.replacement), []).append(each)
    return [tuple(group) for group in groups.values()]


def summary(findings: Sequence[Finding], overrides: Mapping[int, str]) -> str:
    """All of them in a line: "2 things keep it from being sent, 1 warning"."""
    blocks = len(grouped(blocking(findings, overrides)))
    kinds = [group[0].kind for group in grouped(findings)]
    said = []
    if blocks:
        verb = "keeps" if blocks == 1 else "keep"
        said.append(f"{counted(blocks, 'thing')} {verb} it from being sent")
    for kind in _ORDER[1:]:
        if kind in kinds:
            said.append(counted(kinds.count(kind), kind))
    return listed(said) if said else "Nothing keeps it from being sent"


def blocking(findings: Sequence[Finding], overrides: Mapping[int, str]) -> list[Finding]:
    """What keeps it from being sent now."""
    return [
        each
        for each in findings
        if each.kind == "block" and not (each.can_override and overrides.get(each.rule))
    ]


def _gap(finding: Finding) -> str:
    """What is missing, where that is all there is to say."""
    begins = finding.quote.startswith(GAP) and finding.quote.endswith("]")
    return finding.quote[len(GAP) : -1].strip() if begins else ""


def _is_block(group: Group) -> bool:
    return group[0].kind == "block"


def _left_out(more: int, elsewhere: int) -> str:
    said = [f"and {more} more"] if more > 0 else []
    if elsewhere:
        said.append(f"{elsewhere} in channels that are not used")
    return ", ".join(said)


def _gravity(finding: Finding) -> int:
    return _ORDER.index(finding.kind) if finding.kind in _ORDER else len(_ORDER)


def _short(text: str) -> str:
    line = " ".join(text[:_SHOWN].split())
    return line if len(text) <= _SHOWN else f"{line}…"
