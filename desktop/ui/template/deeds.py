"""What is done to templates as a whole, asked for where words are needed."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.template import TemplateDraft, TemplateVersion
from desktop.ui.kit.ask_box import AskBox
from desktop.ui.kit.prompt import PromptField
from desktop.ui.surroundings import Surroundings
from desktop.ui.template.ports import KeepsTemplates, Opened, TemplatesFound
from desktop.ui.template.words import free_places, key_of, place_of, place_words


class TemplateDeeds(QObject):
    """Publishes, discards, puts out of use and begins templates.

    Signals:
        begun: (TemplateDraft) a template was begun.
        done: (str) what was done.
        refused: (str) what could not even be asked for.
    """

    begun = Signal(object)
    done = Signal(str)
    refused = Signal(str)

    def __init__(self, keeps: KeepsTemplates, around: Surroundings, page: QWidget) -> None:
        super().__init__(page)
        self._keeps = keeps
        self._around = around
        self._id = 0
        self.ask = AskBox(page)
        self.ask.answered.connect(self._answer)

    def ask_publish(self, opened: Opened) -> None:
        """Why is it published?"""
        self._id = opened.row.id
        fields = [PromptField("note", "Why", "text", hint="What is better now? It stands with the version.")]
        title = f"Publish “{opened.row.title}”"
        self.ask.ask("publish", title, fields, "Publish", concerns=opened.row.id)

    def ask_discard(self, opened: Opened) -> None:
        """Is it to be thrown away?"""
        self._id = opened.row.id
        text = (
            "What was written is gone; what is published stays in use."
            if opened.versions
            else "Nothing of it was published: the template goes with the draft."
        )
        self.ask.ask("discard", "Discard the draft?", [], "Discard draft", concerns=opened.row.id, text=text)

    def ask_retire(self, opened: Opened) -> None:
        """Why is it used no more?"""
        self._id = opened.row.id
        fields = [PromptField("reason", "Why", "text")]
        text = "New messages of this kind have no template then. What was sent stays as it is."
        title = f"Stop using “{opened.row.title}”"
        self.ask.ask("retire", title, fields, "Stop using it", concerns=opened.row.id, text=text)

    def ask_new(self, found: TemplatesFound) -> None:
        """For whom, when and in which channel?"""
        choices = [(key_of(place), place_words(place)) for place in free_places(found.rows)]
        if not choices:
            self.refused.emit("Every audience, stage and channel has a template. Open one and change it.")
            return
        fields = [
            PromptField("place", "For", "choice", choices),
            PromptField("title", "Title", required=False, hint="Empty: named after stage and channel."),
        ]
        self.ask.ask("new", "New template", fields, "Begin template")

    def _answer(self, key: str, answers: dict[str, str]) -> None:
        run, keeps = self._around.runner.run, self._keeps
        if key == "new":
            work = partial(keeps.create, place_of(answers["place"]), answers["title"])
            run(work, self._begun, self.ask.fail, owner=self)
        elif key == "publish":
            run(partial(keeps.publish, self._id, answers["note"]), self._published, self.ask.fail, owner=self)
        elif key == "discard":
            run(partial(keeps.discard, self._id), self._discarded, self.ask.fail, owner=self)
        elif key == "retire":
            run(partial(keeps.retire, self._id, answers["reason"]), self._retired, self.ask.fail, owner=self)

    def _begun(self, draft: TemplateDraft) -> None:
        self.ask.close()
        self.begun.emit(draft)

    def _published(self, version: TemplateVersion) -> None:
        self._tell(f"“{version.text.title}” is in use as {version.label}.")

    def _discarded(self, _nothing: object) -> None:
        self._tell("The draft is discarded.")

    def _retired(self, _nothing: object) -> None:
        self._tell("The template is no longer used.")

    def _tell(self, sentence: str) -> None:
        self.ask.close()
        self.done.emit(sentence)
