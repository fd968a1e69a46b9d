"""One draft of a scenario while it is written, as forms; it is kept by itself."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.drill_node import Path
from desktop.domain.drill_record import ScenarioVersion
from desktop.domain.drill_scenario import Scenario
from desktop.domain.errors import DeskError
from desktop.services.drill_file import write_text
from desktop.ui.drill.editor_frame import EditorFrame
from desktop.ui.drill.editor_keep import Keeper
from desktop.ui.drill.editor_ports import DeskWords, KeepsScenario
from desktop.ui.drill.editor_said import place_of, sentence_of
from desktop.ui.drill.editor_text import opens_in_forms
from desktop.ui.kit.prompt import PromptField
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

_PUBLISH, _DISCARD = "publish", "discard"


class ScenarioEditor(EditorFrame):
    """Forms for everything in a scenario, its timeline and its checks.

    Signals:
        left: the person wants back to the library; all is kept.
        published: (str slug)
        message_requested: (str) something worth a short word was done.
    """

    left = Signal()
    published = Signal(str)
    message_requested = Signal(str)

    def __init__(self, keeps: KeepsScenario, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._around = around
        self._note = ""
        self._is_leaving = False
        self._is_other = False  # whether the forms began with something else than what is kept
        self.keeper = Keeper(keeps, around.runner, self)
        self._connect()

    # -- what is written
    def open(self, slug: str) -> None:
        """Fetch the draft of a scenario and show it; what is open is kept before that."""
        self.save_now()
        self.conflict.forget()
        self._note, self._is_leaving = "", False
        self.stack.setEnabled(False)  # until it is here
        self.keeper.open(slug)

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed that is not kept yet."""
        version = self.keeper.version
        return version is not None and (self.keeper.is_busy or self.written() != self.keeper.kept)

    def written(self) -> str:
        """The draft as it stands here; as it was read while nothing was written."""
        version = self.keeper.version
        if self.is_text or not self.pen.is_ready:
            return self.text.written()
        if version is not None and not self.pen.can_undo and not self.pen.can_redo and not self._is_other:
            return self.keeper.kept
        return write_text(self.pen.scenario)

    def save_now(self) -> None:
        """Have kept what was typed, without waiting."""
        if self.keeper.version is not None and not self.conflict.is_open:
            self.keeper.save(self.written())

    def hideEvent(self, event: QHideEvent) -> None:
        self.save_now()
        super().hideEvent(event)

    # -- deeds
    def ask_publish(self) -> None:
        """Ask for a change note; refused while something is to be mended, which is named and shown."""
        if self.keeper.version is None or not self.pen.is_ready or self.is_text:
            self._around.announcer.say(self, "Mend the text first: then it can be published.")
            return
        self.body.check()
        if errors := self.body.errors:
            place = place_of(self.pen.document, errors[0].path)
            said = f"It cannot be published yet. {place}: {sentence_of(errors[0])}"
            self.conflict.say_failed(said)
            self._around.announcer.say(self, said)
            self.body.go_to(errors[0].path)
            return
        self.conflict.say_well()
        field = PromptField("note", "What is new in it", "text", hint="Others read it beside the version.")
        self.asking.ask(
            _PUBLISH, "Publish the scenario", [field], "Publish", about=one_line(self.pen.scenario.title),
            concerns=self.keeper.version.slug, text="Published versions stay as they are.",
        )  # fmt: skip

    def ask_discard(self) -> None:
        """Ask whether the draft may go."""
        if self.keeper.version is not None:
            text = "What was written since the last published version is gone then, for everybody."
            self.asking.ask(_DISCARD, "Discard the draft?", [], "Discard draft", text=text)

    def leave(self) -> None:
        """Back to the library as soon as all is kept."""
        if self.keeper.version is None or self.conflict.is_open or not self.has_unsaved:
            self.left.emit()
            return
        self._is_leaving = True
        self.save_now()

    # -- what comes back
    def _take(self, words: DeskWords, version: ScenarioVersion, scenario: Scenario | None) -> None:
        self.stack.setEnabled(True)
        self.pen.words = words
        self._is_other = False
        self._show_scenario(scenario, version.text)
        self.head.say_kept(version)
        focus = QApplication.focusWidget()
        if focus is None or self.isAncestorOf(focus):
            self.focus_first()

    def focus_first(self) -> None:
        """Take the focus where writing begins."""
        if self.is_text:
            self.text.text.setFocus()
        else:
            self.body.go_to(("title",))

    def _fill(self, text: str, *, is_other: bool = False) -> None:
        """Show a text: as forms where they can show all of it. `is_other` where it is not what is kept."""
        self._is_other = is_other
        self._show_scenario(opens_in_forms(text), text)

    def _show_scenario(self, scenario: Scenario | None, text: str) -> None:
        if scenario is None:
            self.pen.drop()
            self.show_view(self.text)
            self.text.show_text(text)
        else:
            self.show_view(self.body)
            self.pen.take(scenario)
        self.show_head(self.keeper.version)

    def _open_forms(self, scenario: Scenario) -> None:
        text = self.text.written()
        version = self.keeper.version
        self._is_other = version is None or text != self.keeper.kept
        self.show_view(self.body)
        self.pen.take(scenario)
        self.show_head(self.keeper.version)
        self.save_now()

    def _follow(self) -> None:
        """Something was typed."""
        self.head.say_unkept()
        self.keeper.follow()
        self.show_head(self.keeper.version)

    def _kept(self) -> None:
        self._is_other = False if not self.pen.can_undo else self._is_other
        self.conflict.say_well()
        if not self.has_unsaved:
            self.head.say_kept(self.keeper.version)
        if self._note and not self.has_unsaved:
            note, self._note = self._note, ""
            self.keeper.publish(note)
        elif self._is_leaving:
            self._is_leaving = False
            self.left.emit()

    def _clash(self, sentence: str, theirs: ScenarioVersion) -> None:
        self._note, self._is_leaving = "", False
        if theirs.text == self.written():  # both wrote the same
            self.keeper.go_on_from(theirs)
            self.head.say_kept(theirs)
            return
        self.conflict.ask(sentence, theirs)
        self._around.announcer.say(self, sentence)

    def _take_theirs(self, theirs: ScenarioVersion) -> None:
        mine = self.written()
        self.keeper.go_on_from(theirs)
        self._fill(theirs.text)
        self.head.say_kept(theirs)
        self.conflict.put_aside(mine)

    def _keep_mine(self, theirs: ScenarioVersion) -> None:
        self.keeper.go_on_from(theirs)
        self._is_other = True
        self.save_now()

    def _take_mine(self, mine: str) -> None:
        self._fill(mine, is_other=True)
        self._follow()

    def _fail(self, error: DeskError) -> None:
        self._note, self._is_leaving = "", False
        if self.asking.prompt is not None:
            self.asking.fail(error)
        else:
            self.conflict.say_failed(str(error))
            self._around.announcer.say(self, str(error))

    def _answer(self, key: str, answers: dict[str, str]) -> None:
        if key == _DISCARD:
            self.asking.close()
            self.keeper.discard()
            return
        self._note = answers["note"].strip()
        self.save_now()

    def _published(self, version: ScenarioVersion) -> None:
        self.asking.close()
        self.pen.drop()
        self.keeper.forget()
        self.message_requested.emit(f"Published: {one_line(version.title)}, version {version.version}.")
        self.published.emit(version.slug)

    def _discarded(self) -> None:
        self.pen.drop()
        self.message_requested.emit("The draft was discarded.")
        self.left.emit()

    def _go(self, _path: Path) -> None:
        self.show_head(self.keeper.version)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and self.isAncestorOf(old):
            self.pen.rest()
            if not (new is not None and self.isAncestorOf(new)):
                self.save_now()

    def _connect(self) -> None:
        self.body.edited.connect(self._follow)
        self.text.edited.connect(self._follow)
        self.text.forms_wanted.connect(self._open_forms)
        self.pen.went.connect(self._go)
        keeper, head = self.keeper, self.head
        keeper.rested.connect(self.save_now)
        keeper.opened.connect(self._take)
        keeper.saved.connect(self._kept)
        keeper.conflicted.connect(self._clash)
        keeper.failed.connect(self._fail)
        keeper.published.connect(self._published)
        keeper.discarded.connect(self._discarded)
        self.conflict.take_wanted.connect(self._take_theirs)
        self.conflict.keep_wanted.connect(self._keep_mine)
        self.conflict.back_wanted.connect(self._take_mine)
        self.asking.answered.connect(self._answer)
        head.back.clicked.connect(self.leave)
        head.publish.clicked.connect(self.ask_publish)
        head.discard.clicked.connect(self.ask_discard)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
