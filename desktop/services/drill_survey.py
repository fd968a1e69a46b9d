"""The survey right after a drill: answered by everybody, unnamed, and shown once there are enough."""

from collections.abc import Sequence
from random import SystemRandom

from db.queries import drill_note
from db.queries.drill_note import AnswerRow
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.drill_record import RunState, SurveyAnswer
from desktop.domain.drill_register import LEAST_ANSWERS, SurveyQuestion, SurveyResult
from desktop.domain.drill_scenario import Scenario
from desktop.domain.errors import DeskError
from desktop.domain.events import DrillsChanged
from desktop.domain.wording import clean
from desktop.services import drill_run_rows as rows
from desktop.services.bus import Bus
from desktop.services.drill_reading import DrillReading

#: What is asked after every drill.
FIXED = (
    SurveyQuestion("F1", "The drill was worth the time it took.", is_scored=True),
    SurveyQuestion("F2", "I knew what my role was expected to do.", is_scored=True),
    SurveyQuestion("F3", "Our tools and playbooks gave me what I needed.", is_scored=True),
    SurveyQuestion("F4", "What should we change first?"),
)
_ENDED = (RunState.ENDED, RunState.SCORED, RunState.CLOSED)
_MOST_LETTERS = 4000


class Survey:
    """Keeps answers so that nobody can tell whose they are: no seat, no hour, no order of arrival."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, chance: SystemRandom | None = None) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._reading = DrillReading(store)
        self._chance = chance or SystemRandom()

    def questions(self, scenario: Scenario) -> tuple[SurveyQuestion, ...]:
        """The four that are always asked, and the scenario's own, to be answered in words."""
        own = (
            SurveyQuestion(f"S{number}", scenario.filled(each.text), to=each.to)
            for number, each in enumerate(scenario.questions, start=1)
        )
        return (*FIXED, *own)

    def answer(self, run_id: int, answers: Sequence[SurveyAnswer]) -> None:
        """Keep one person's answers; anybody may answer, and empty answers are left out.

        Raises: DeskError before the end, for a question nobody asked and for a mark that is none; NotFound.
        """
        questions = {each.key: each for each in self.questions(self._reading.scenario(run_id))}
        kept = [_checked(each, questions.get(each.question)) for each in answers]
        kept = [each for each in kept if each.score or each.text]
        if not kept:
            raise DeskError("Nothing is answered yet.", hint="Answer one question at least.")
        if len({each.question for each in kept}) < len(kept):
            raise DeskError("A question is answered once.")
        with self._store.begin() as session:
            if rows.required(session, run_id).state not in _ENDED:
                raise DeskError("The survey begins when the drill has ended.")
            drill_note.add_answers(session, run_id, self._drawn(session, run_id, kept))
        self._bus.publish(DrillsChanged(run_id))

    def results(self, run_id: int) -> tuple[SurveyResult, ...]:
        """How often each question was answered, and how, where that was often enough; in no order.

        Raises: NotFound.
        """
        questions = self.questions(self._reading.scenario(run_id))
        with self._store.read() as session:
            found = drill_note.answers(session, run_id)
        by_question: dict[str, list[AnswerRow]] = {each.key: [] for each in questions}
        for row in found:
            by_question.setdefault(row.question, []).append(row)
        return tuple(self._result(each, by_question[each.key]) for each in questions)

    def _result(self, question: SurveyQuestion, found: Sequence[AnswerRow]) -> SurveyResult:
        if len(found) < LEAST_ANSWERS:
            return SurveyResult(question, len(found))
        # Marks and words each in an order of their own: the two of one answer are not told apart either.
        scores, texts = [row.score for row in found if row.score], [row.text for row in found if row.text]
        self._chance.shuffle(texts)
        return SurveyResult(question, len(found), tuple(sorted(scores)), tuple(texts))

    def _drawn(self, session: Session, run_id: int, kept: Sequence[SurveyAnswer]) -> list[AnswerRow]:
        """Answers as they are stored: under ids drawn at random, by which the table lies."""
        taken = {row.id for row in drill_note.answers(session, run_id)}
        day = self._clock.now().date().isoformat()
        found = []
        for each in kept:
            while (drawn := self._chance.getrandbits(62)) in taken:
                pass
            taken.add(drawn)
            found.append(AnswerRow(drawn, each.question, each.score, each.text, day))
        return sorted(found, key=lambda row: row.id)


def _checked(answer: SurveyAnswer, question: SurveyQuestion | None) -> SurveyAnswer:
    if question is None:
        raise DeskError("This question was not asked.", field="question")
    if not 0 <= answer.score <= 5 or (answer.score and not question.is_scored):
        raise DeskError("A mark is from 1 to 5, where one is asked for.", field="score")
    text = clean(answer.text)
    if len(text) > _MOST_LETTERS:
        raise DeskError(
            f"An answer has {_MOST_LETTERS} letters at most.", field="text", hint="Say it shorter."
        )
    return SurveyAnswer(answer.question, answer.score, text)
