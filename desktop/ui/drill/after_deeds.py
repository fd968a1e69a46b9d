"""What is done to a run after its end: each wish goes to the worker, and the page is read anew."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject

from desktop.domain.drill_record import NoteKind, SurveyAnswer
from desktop.domain.errors import DeskError
from desktop.ui.drill.after_asking import AfterAsking
from desktop.ui.drill.after_ports import AfterFound, KeepsAfter, SurveyFound
from desktop.ui.drill.after_survey import SurveyTab
from desktop.ui.surroundings import Surroundings


class ShowsAfter(Protocol):
    """The page, as far as what is done there needs it."""

    asking: AfterAsking
    survey: SurveyTab
    found: AfterFound | None

    def refresh(self) -> None:
        """Read everything anew."""
        ...

    def say_fault(self, sentence: str) -> None:
        """What could not be done."""
        ...


class AfterDeeds(QObject):
    """The wishes of one page."""

    def __init__(self, keeps: KeepsAfter, around: Surroundings, page: ShowsAfter, parent: QObject) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._around = around
        self._page = page
        self._run_id = 0
        asking = page.asking
        asking.note_written.connect(self._write_note)
        asking.note_removed.connect(self._remove_note)
        asking.overridden.connect(self._override)
        asking.dismissed.connect(self._dismiss)
        asking.gap_added.connect(self._add_gap)
        asking.thrown_away.connect(self._throw_away)

    def show_run(self, run_id: int) -> None:
        """What is done is done to this run."""
        self._run_id = run_id

    def keep_answer(self, link: str, text: str) -> None:
        """Keep what was said to one of the scenario's questions."""
        self._write(0, text, NoteKind.FACT, self._sim_ms(), (link,), from_box=False)

    def confirm_gap(self, gap_id: int) -> None:
        """It is one; the next proposed one is chosen then."""
        self._do(partial(self._keeps.confirm_gap, gap_id), from_box=False)

    def close_run(self) -> None:
        """The hot-wash is over."""
        self._do(partial(self._keeps.close, self._run_id), from_box=False)

    def read_survey(self) -> None:
        """Read how many have answered."""
        work = partial(self._keeps.survey, self._run_id)
        self._around.runner.run(work, self._show_survey, self._refuse, owner=self)

    def answer_survey(self, answers: tuple[SurveyAnswer, ...]) -> None:
        """Keep one person's answers."""
        work = partial(self._keeps.answer, self._run_id, answers)
        self._around.runner.run(work, self._thank, self._not_answered, owner=self)

    def _thank(self, _done: object) -> None:
        self._page.survey.thank()
        self.read_survey()

    def _not_answered(self, error: DeskError) -> None:
        self._page.survey.refuse(str(error))

    def _show_survey(self, found: SurveyFound) -> None:
        self._page.survey.show_found(found)

    def _write_note(self, note_id: int, text: str, kind: str, sim_ms: int) -> None:
        self._write(note_id, text, NoteKind(kind), sim_ms, (), from_box=True)

    def _write(
        self, note_id: int, text: str, kind: NoteKind, sim_ms: int, links: tuple[str, ...], *, from_box: bool
    ) -> None:
        work = partial(self._keeps.write_note, self._run_id, note_id, text, kind, sim_ms=sim_ms, links=links)
        self._do(work, from_box=from_box)

    def _remove_note(self, note_id: int) -> None:
        self._do(partial(self._keeps.remove_note, note_id))

    def _override(self, expectation: str, reason: str, rating: str, seconds: int) -> None:
        t_s = seconds if seconds >= 0 else None
        self._do(partial(self._keeps.override, self._run_id, expectation, reason, rating=rating, t_s=t_s))

    def _dismiss(self, gap_id: int, reason: str) -> None:
        self._do(partial(self._keeps.dismiss_gap, gap_id, reason))

    def _add_gap(self, code: str, detail: str) -> None:
        self._do(partial(self._keeps.add_gap, self._run_id, code, detail))

    def _throw_away(self) -> None:
        self._do(partial(self._keeps.throw_away, self._run_id))

    def _sim_ms(self) -> int:
        return self._page.found.run.sim_ms if self._page.found is not None else 0

    def _do(self, work: Callable[[], None], *, from_box: bool = True) -> None:
        done, failed = (self._close_box, self._fail_in_box) if from_box else (self._done, self._refuse)
        self._around.runner.run(work, done, failed, owner=self)

    def _close_box(self, _done: object) -> None:
        self._page.asking.box.close()
        self._page.refresh()

    def _done(self, _done: object) -> None:
        self._page.refresh()

    def _fail_in_box(self, error: DeskError) -> None:
        self._page.asking.box.fail(error)

    def _refuse(self, error: DeskError) -> None:
        self._page.say_fault(str(error))
