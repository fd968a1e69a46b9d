"""What is done to playbooks as a whole, asked for where words are needed."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.playbook import Draft, Version
from desktop.ui.kit.ask_box import AskBox
from desktop.ui.kit.check_list import CheckList
from desktop.ui.kit.prompt import PromptField
from desktop.ui.playbook.ports import Answerable, KeepsPlaybooks, Opened
from desktop.ui.surroundings import Surroundings


class PlaybookDeeds(QObject):
    """Begins, clones, publishes, answers reviews, discards and retires.

    Signals:
        begun: (Draft) there is a draft to write.
        done: (str) what was done.
        discarded: the draft is thrown away.
        refused: (DeskError) what could not be done without a form that says so.
    """

    begun = Signal(object)
    done = Signal(str)
    discarded = Signal()
    refused = Signal(object)

    def __init__(self, keeps: KeepsPlaybooks, around: Surroundings, page: QWidget) -> None:
        super().__init__(page)
        self._keeps = keeps
        self._run = around.runner.run
        self._id = 0
        self._number = 0
        self._notes: dict[int, str] = {}
        self.ask = AskBox(page)
        self.ask.answered.connect(self._answer)

    def keep_note(self, playbook_id: int, note: str) -> None:
        """What the next version of a playbook answers, to begin its change note with."""
        self._notes[playbook_id] = note

    def ask_new(self, title: str = "") -> None:
        """What is the new one called?"""
        fields = [PromptField("title", "Title", value=title, hint="The kind of problem, as people say it.")]
        self.ask.ask("new", "New playbook", fields, "Begin draft", concerns=title)

    def ask_clone(self, opened: Opened, number: int) -> None:
        """What is the copy called?"""
        self._id, self._number = opened.row.id, number
        fields = [PromptField("title", "Title of the copy")]
        title = f"Clone “{opened.row.title}” v{number}"
        self.ask.ask("clone", title, fields, "Clone", concerns=(opened.row.id, number))

    def ask_publish(self, opened: Opened) -> None:
        """Why is it published, and what does it answer?"""
        self._id = opened.row.id
        if opened.draft is not None and opened.draft.base != opened.row.version:
            text = f"v{opened.row.version} was published since this draft was begun. Compare the two first."
            self.ask.ask("follow", "Publish over it?", [], "Publish over it", concerns=self._id, text=text)
            return
        self._publish(opened.row.title)

    def ask_discard(self, opened: Opened) -> None:
        """Is it to be thrown away?"""
        self._id = opened.row.id
        text = (
            "What was written is gone; what is published stays in use."
            if opened.row.version
            else "Nothing of it was published: the playbook goes with the draft."
        )
        self.ask.ask("discard", "Discard the draft?", [], "Discard draft", concerns=self._id, text=text)

    def ask_retire(self, opened: Opened) -> None:
        """Why is it used no more?"""
        self._id = opened.row.id
        text = "It is no longer found or proposed. Its versions stay, and what runs on escalations goes on."
        fields = [PromptField("reason", "Why", "text")]
        self.ask.ask("retire", f"Retire “{opened.row.title}”", fields, "Retire", concerns=self._id, text=text)

    def ask_objection(self, opened: Opened) -> None:
        """What is wrong with the draft?"""
        self._id = opened.row.id
        fields = [PromptField("remark", "What has to change", "text", hint="Its author reads this.")]
        self.ask.ask("object", "Object to the draft", fields, "Send back", concerns=self._id)

    def ask_review(self, opened: Opened) -> None:
        """Put it before its reviewers."""
        self._do(partial(self._keeps.ask_review, opened.row.id), "The draft is up for review.")

    def approve(self, opened: Opened) -> None:
        """The draft is good."""
        self._do(partial(self._keeps.answer_review, opened.row.id, True, ""), "The draft is approved.")

    def bring_back(self, opened: Opened) -> None:
        """Use it again."""
        self._do(partial(self._keeps.bring_back, opened.row.id), "The playbook is in use again.")

    def confirm(self, opened: Opened) -> None:
        """It is still true."""
        self._do(partial(self._keeps.confirm, opened.row.id), "Noted: the playbook is still true.")

    def _publish(self, title: str) -> None:
        work = partial(_answerable, self._keeps, self._id, title)
        self._run(work, self._ask_note, self.refused.emit, owner=self)

    def _ask_note(self, found: tuple[str, tuple[Answerable, ...]]) -> None:
        """Why is this version there, and which of these does it answer?"""
        title, answerable = found
        hint = "What is better now? It stands with the version."
        fields = [PromptField("note", "Why", "text", value=self._notes.get(self._id, ""), hint=hint)]
        if answerable:
            choices = [(str(each.id), each.sentence) for each in answerable]
            make = partial(CheckList, choices, "What it answers")
            fields.append(PromptField("answers", "It answers", required=False, make=make))
        self.ask.ask("publish", f"Publish “{title}”", fields, "Publish", concerns=self._id)

    def _answer(self, key: str, answers: dict[str, str]) -> None:
        keeps, fail = self._keeps, self.ask.fail
        if key == "new":
            self._run(partial(keeps.create, answers["title"]), self._begun, fail, owner=self)
        elif key == "clone":
            work = partial(keeps.clone, self._id, self._number, answers["title"])
            self._run(work, self._begun, fail, owner=self)
        elif key == "follow":
            self._run(partial(keeps.follow, self._id), self._followed, fail, owner=self)
        elif key == "publish":
            ids = [int(each) for each in answers.get("answers", "").split(",") if each]
            publish = partial(_publish, keeps, self._id, answers["note"], ids)
            self._run(publish, self._published, fail, owner=self)
        elif key == "discard":
            self._run(partial(keeps.discard, self._id), self._discarded, fail, owner=self)
        elif key == "retire":
            self._finish(partial(keeps.retire, self._id, answers["reason"]), "The playbook is retired.")
        elif key == "object":
            objects = partial(keeps.answer_review, self._id, False, answers["remark"])
            self._finish(objects, "The draft goes back to its author.")

    def _begun(self, draft: Draft) -> None:
        self.ask.close()
        self.begun.emit(draft)

    def _followed(self, draft: Draft) -> None:
        self.ask.close()
        self._publish(draft.content.title)

    def _published(self, made: tuple[Version, tuple[str, ...]]) -> None:
        version, drills = made
        self._notes.pop(version.playbook_id, None)
        offer = f" To test it, play “{drills[0]}” under Drills." if drills else ""
        self._tell(f"“{version.content.title}” is in use as {version.label}.{offer}")

    def _discarded(self, _none: object) -> None:
        self.discarded.emit()
        self._tell("The draft is discarded.")

    def _finish(self, work: Callable[[], object], sentence: str) -> None:
        self._run(partial(_done, work, sentence), self._tell, self.ask.fail, owner=self)

    def _do(self, work: Callable[[], object], sentence: str) -> None:
        self._run(partial(_done, work, sentence), self._tell, self.refused.emit, owner=self)

    def _tell(self, sentence: str) -> None:
        self.ask.close()
        self.done.emit(sentence)


def _done(work: Callable[[], object], sentence: str) -> str:
    work()
    return sentence


def _publish(
    keeps: KeepsPlaybooks, playbook_id: int, note: str, answers: Sequence[int]
) -> tuple[Version, tuple[str, ...]]:
    version = keeps.publish(playbook_id, note, answers)
    return version, keeps.drills_of(version.slug)


def _answerable(keeps: KeepsPlaybooks, playbook_id: int, title: str) -> tuple[str, tuple[Answerable, ...]]:
    return title, keeps.answerable(playbook_id)
