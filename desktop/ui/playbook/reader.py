"""One playbook to be read: quick to scan, and what not to do where nobody overlooks it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.playbook import Content, Decision, Example, State, Step
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.tip import as_tip
from desktop.ui.playbook.ports import Choices, Opened
from desktop.ui.playbook.words import (
    draft_words,
    for_words,
    is_stale,
    review_words,
    step_words,
    use_words,
    version_words,
)
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import moment


class ReaderPane(QFrame):
    """Shows what is published, or the draft where nothing is.

    Signals:
        edit_requested: change it, or go on with the draft.
        versions_requested, use_requested, retire_requested, bring_back_requested, confirm_requested: of what
            is shown.
        open_example_requested: (str number) an example that is an escalation.
    """

    edit_requested = Signal()
    versions_requested = Signal()
    use_requested = Signal()
    retire_requested = Signal()
    bring_back_requested = Signal()
    confirm_requested = Signal()
    open_example_requested = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "details")
        self._clock = around.clock
        self.title = Label("", "title", wrap=True)
        self.state = Label("", "secondary", wrap=True)
        self.stale = Label("", "warning", wrap=True)
        self.edit = Button("Change", "primary")
        self.confirm = Button("Still true")
        self.versions = Button("Versions")
        self.use = Button("In use")
        self.retire = Button("Retire…")
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(16, 4, 16, 20)
        self._column.setSpacing(6)
        self._scroll = ScrollColumn(self._body)
        self._is_retired = False
        self._lay_out()
        self.edit.clicked.connect(self.edit_requested)
        self.confirm.clicked.connect(self.confirm_requested)
        self.versions.clicked.connect(self.versions_requested)
        self.use.clicked.connect(self.use_requested)
        self.retire.clicked.connect(self._retire)

    def show_playbook(
        self, opened: Opened, choices: Choices, *, why_not_write: str, why_not_retire: str
    ) -> None:
        """Show one."""
        row, now = opened.row, self._clock.now()
        version = opened.published
        content = version.content if version is not None else opened.draft.content if opened.draft else None
        self.title.setText(row.title)
        said = [version_words(row)]
        if version is not None:
            said.append(f"by {version.author}, approved by {version.approved_by}")
            said.append(moment(version.approved_at, now))
        said += [words for words in (draft_words(row), f"kept by {row.owner}" if row.owner else "") if words]
        self.state.setText(" · ".join([*said, use_words(row, now)]))
        stale = is_stale(row, now)
        self.stale.setText(f"△ Stale: {review_words(row, now)}. Is it still true?" if stale else "")
        self.stale.setVisible(stale)
        self._is_retired = row.state is State.RETIRED
        self._show_buttons(opened, why_not_write, why_not_retire, stale=stale)
        self._show_content(content, for_words(row.tags, choices))
        self._scroll.verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.edit if self.edit.isVisible() else self.versions).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_buttons(self, opened: Opened, why_not_write: str, why_not_retire: str, *, stale: bool) -> None:
        row = opened.row
        self.edit.set_text("Go on with the draft" if opened.draft is not None else "Change")
        self.edit.setEnabled(not why_not_write)
        self.edit.setToolTip(as_tip(why_not_write))
        self.edit.setVisible(not self._is_retired)
        self.versions.setVisible(bool(opened.versions))
        self.use.setVisible(bool(opened.versions))
        self.confirm.setVisible(stale)
        self.retire.setVisible(bool(row.version))
        self.retire.set_text("Use it again" if self._is_retired else "Retire…")
        self.retire.setEnabled(not why_not_retire)
        self.retire.setToolTip(as_tip(why_not_retire))

    def _show_content(self, content: Content | None, is_for: str) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if content is None:
            return
        for part in self._parts(content, is_for):
            self._column.addWidget(part)
        self._column.addStretch(1)

    def _parts(self, content: Content, is_for: str) -> Iterator[QWidget]:
        if content.purpose:
            yield _selectable(Label(content.purpose, wrap=True))
        yield Label(f"For: {is_for}", "secondary", wrap=True)
        if content.do_not:
            yield _do_not(content.do_not)
        decided = {each.id: each.what for each in content.decisions}
        sections: tuple[tuple[str, Sequence[object], Callable[[], QWidget]], ...] = (
            ("Begin when", content.entry, partial(_bullets, content.entry)),
            ("Done when", content.exit, partial(_bullets, content.exit)),
            (f"Steps ({len(content.steps)})", content.steps, partial(_steps, content.steps, decided)),
            ("Who decides what", content.decisions, partial(_decisions, content.decisions)),
            ("Examples", content.examples, partial(self._examples, content.examples)),
        )
        for heading, entries, made in sections:
            if entries:
                yield _heading(heading)
                yield made()
        if content.templates:
            yield Label(f"Templates: {', '.join(content.templates)}", "secondary", wrap=True)
        if content.reviewers:
            yield Label(f"Reviewed by {', '.join(content.reviewers)}", "secondary", wrap=True)

    def _examples(self, examples: Sequence[Example]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for example in examples:
            line = QHBoxLayout()
            line.setSpacing(8)
            kind = "Drill: " if example.is_drill and not example.text.lower().startswith("drill") else ""
            line.addWidget(_selectable(Label(f"{kind}{example.text}", wrap=True)), 1)
            if example.link.upper().startswith("ESC-"):
                button = Button(example.link)
                button.setAccessibleName(f"Open {example.link}")
                button.clicked.connect(self._open_example)
                line.addWidget(button)
            elif example.link:
                line.addWidget(_selectable(Label(example.link, "secondary", wrap=True)))
            column.addLayout(line)
        return box

    def _open_example(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.open_example_requested.emit(button.accessibleName().removeprefix("Open "))

    def _retire(self) -> None:
        (self.bring_back_requested if self._is_retired else self.retire_requested).emit()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.edit, self.confirm, self.versions, self.use, self.retire):
            buttons.addWidget(button)
        buttons.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 4)
        head.setSpacing(6)
        for label in (self.title, self.state, self.stale):
            head.addWidget(label)
        head.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)


def _heading(text: str) -> Label:
    label = Label(text, "heading")
    label.setContentsMargins(0, 10, 0, 0)
    return label


def _selectable(label: Label) -> Label:
    label.let_select()
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return label


def _bullets(lines: Sequence[str], role: str = "body", mark: str = "•") -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    for at, line in enumerate(lines):
        grid.addWidget(Label(mark, role), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_selectable(Label(line, role, wrap=True)), at, 1)
    return box


def _do_not(lines: Sequence[str]) -> QWidget:
    box = QFrame()
    box.setProperty("part", "warned")
    box.setAccessibleName("Do not")
    column = QVBoxLayout(box)
    column.setContentsMargins(12, 8, 12, 10)
    column.setSpacing(4)
    column.addWidget(Label("Do not", "danger"))
    column.addWidget(_bullets(lines, mark="✕"))
    return box


def _steps(steps: Sequence[Step], decisions: Mapping[str, str]) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(1)
    grid.setColumnStretch(1, 1)
    for at, step in enumerate(steps):
        grid.addWidget(Label(f"{at + 1}", "strong"), 2 * at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_selectable(Label(step.text, wrap=True)), 2 * at, 1)
        about = Label(step_words(step, decisions), "hint", wrap=True)
        about.setContentsMargins(0, 0, 0, 6)
        grid.addWidget(about, 2 * at + 1, 1)
    return box


def _decisions(decisions: Sequence[Decision]) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(5)
    for at, (heading, stretch) in enumerate(
        (("What", 3), ("Who", 2), ("Stands in", 2), ("Limit", 2), ("Recorded", 2))
    ):
        grid.setColumnStretch(at, stretch)
        grid.addWidget(Label(heading, "secondary"), 0, at)
    for line, each in enumerate(decisions, 1):
        words = (each.what, each.who, each.delegate or "nobody", each.limit or "none", each.recorded or "–")
        for at, text in enumerate(words):
            grid.addWidget(_selectable(Label(text, wrap=True)), line, at, Qt.AlignmentFlag.AlignTop)
    return box
