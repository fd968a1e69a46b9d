"""The editor of scenarios with a library in memory, and hands for it."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from desktop.domain.drill_record import ScenarioState, ScenarioVersion
from desktop.domain.errors import Conflict, DeskError
from desktop.services.drill_file import read_text, write_text
from desktop.services.drill_shipped import shipped_files
from desktop.ui.drill.editor import ScenarioEditor
from desktop.ui.drill.editor_ports import DeskWords

AT = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
CHARGED = next(path for path in shipped_files() if "charged" in path.name).read_text(encoding="utf-8")
EMPTY = """\
format: drill-scenario/1
id: drl-new
version: 1
title: ""
summary: ""
origin: {kind: original}
tags: {}
clock: {mode: clock, start: "2026-03-02T09:00:00+01:00", duration: "30m"}
roles: []
objectives: []
competences: {}
phases: []
injects: []
"""


class Keeps:
    """Keeps one draft by its edition, as the library does."""

    def __init__(self, text):
        self.draft = ScenarioVersion("drl-x", 2, ScenarioState.DRAFT, text, "", "A drill", AT, "Cora Lind", 1)
        self.saved, self.published, self.is_gone = [], [], False

    def words(self):
        return DeskWords(
            (("billing", "Billing"), ("access", "Access")),
            (("enterprise", "Enterprise"),),
            (("financial", "Financial"),),
            (("pb-billing", "Billing goes wrong", 4),),
        )

    def open(self, _slug):
        return self.draft

    def save(self, _slug, text, edition):
        if edition != self.draft.edition:
            raise Conflict("Leo Marsh saved this draft since you began to change it.", hint="Open it again.")
        self.saved.append(text)
        self.draft = replace(self.draft, text=text, edition=edition + 1)
        return self.draft

    def publish(self, _slug, note):
        if not note:
            raise DeskError("Say why this version is there.")
        self.published.append((note, self.draft.text))
        return replace(self.draft, state=ScenarioState.PUBLISHED)

    def discard(self, _slug):
        self.is_gone = True

    def save_as_somebody_else(self, text):
        self.draft = replace(self.draft, text=text, edition=self.draft.edition + 1)


class Stand:
    """An editor that is shown, and what a person does in it."""

    def __init__(self, stage, qtbot, text=CHARGED):
        self.qtbot, self.runner = qtbot, stage.runner
        self.keeps = Keeps(text)
        self.editor = ScenarioEditor(self.keeps, stage)
        stage.theme.dress(self.editor)
        qtbot.addWidget(self.editor)
        self.editor.resize(1200, 800)
        with qtbot.waitExposed(self.editor):
            self.editor.show()
        self.editor.activateWindow()
        self.editor.open("drl-x")
        self.settle()

    @property
    def body(self):
        return self.editor.body

    @property
    def scenario(self):
        return self.editor.pen.scenario

    @property
    def form(self):
        return self.body.injects.form

    def settle(self):
        self.qtbot.waitUntil(lambda: self.runner.pending == 0)

    def page(self, name):
        self.body.show_page(name)
        return self.body.page

    def names(self):
        """The parts of the scenario."""
        return [self.body.tabs.tabText(at) for at in range(self.body.tabs.count())]

    def inject(self, name):
        at = next(i for i, each in enumerate(self.scenario.injects) if each.id == name)
        self.page("Injects")
        self.body.injects.choose(at)
        return at

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(QApplication.focusWidget() or self.editor, key, modifiers)

    def tab_to(self, widget):
        """Go there by Tab alone."""
        QApplication.sendPostedEvents()  # what was added to a layout is shown with the next events
        for _ in range(400):
            focus = QApplication.focusWidget()
            if focus is widget or (focus is not None and widget.isAncestorOf(focus)):
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"{widget.accessibleName()} is out of reach of Tab")

    def write(self, widget, text):
        """Go to a field by Tab and type into it in place of what it holds."""
        self.tab_to(widget)
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit | QPlainTextEdit):
            focus.selectAll()
        self.qtbot.keyClicks(focus, text)

    def press(self, button):
        """Go to a button by Tab and press it by Enter."""
        self.tab_to(button)
        self.key(Qt.Key.Key_Return)

    def pick(self, field, words):
        """Go to a list by Tab and choose the words in it by typing them."""
        self.tab_to(field)
        at = next(i for i in range(field.count()) if words in field.itemText(i))
        while field.currentIndex() != at:
            self.key(Qt.Key.Key_Down if field.currentIndex() < at else Qt.Key.Key_Up)

    def kept(self):
        """What was kept last."""
        self.editor.save_now()
        self.settle()
        return read_text(self.keeps.draft.text)

    def faults(self):
        self.body.check()
        return self.body.checks.said()


def same_as_written(scenario):
    """Whether its text gives it back."""
    return read_text(write_text(scenario)).scenario == scenario
