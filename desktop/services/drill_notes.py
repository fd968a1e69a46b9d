"""What observers write about a run of a drill."""

from collections.abc import Callable
from typing import TypeVar

from db.queries import drill_note
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.drill_record import ObserverNote
from desktop.domain.events import DrillsChanged
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.wording import required
from desktop.services import drill_run_rows as rows
from desktop.services.bus import Bus
from desktop.services.drill_reading import DrillReading

_Result = TypeVar("_Result")


class DrillNotes(DrillReading):
    """Keeps notes, which their authors, trainers and leads may change."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        super().__init__(store)
        self._clock = clock
        self._bus = bus

    def add_note(self, run_id: int, note: ObserverNote) -> ObserverNote:
        """Keep what an observer wrote; its id and run are given here.

        Raises: DeskError without words; NotFound.
        """
        text = required(note.text, "text", "Write what you saw.")

        def add(session: Session) -> ObserverNote:
            rows.required(session, run_id)
            return rows.add_note(session, run_id, note, text)

        return self._change(add, run_id)

    def edit_note(self, note: ObserverNote, by: Actor | str) -> None:
        """Let a note say something else; its author and its time stay.

        Raises: DeskError without words; NotFound; NotAllowed for others than its author, trainers and leads.
        """
        text = required(note.text, "text", "Write what you saw.")

        def edit(session: Session) -> None:
            rows.own_note(session, note.id, by)
            drill_note.change(session, note.id, text, note.kind.value, note.rating, int(note.is_private))

        self._change(edit, note.run_id)

    def remove_note(self, note_id: int, by: Actor | str) -> None:
        """Take a note away.

        Raises: NotFound; NotAllowed for others than its author, trainers and leads.
        """

        def remove(session: Session) -> int:
            row = rows.own_note(session, note_id, by)
            drill_note.remove(session, note_id)
            return row.run_id

        run_id = self._change(remove, is_told=False)
        self._bus.publish(DrillsChanged(run_id))

    def _now_us(self) -> int:
        return to_us(self._clock.now())

    def _change(
        self, change: Callable[[Session], _Result], run_id: int = 0, *, is_told: bool = True
    ) -> _Result:
        with self._store.begin() as session:
            result = change(session)
        if is_told:
            self._bus.publish(DrillsChanged(run_id))
        return result
