"""Who is on call behind the targets of a ladder; the roster is loaded only where there is a schedule."""

from datetime import datetime

from db.unit_of_work import Session, Store

#: A schedule of this name says who the on-call leader is, instead of everybody who holds the role.
LEADERS = "on-call leader"


class LadderRoster:
    """Answers for one instant, asking the schedules once for each target."""

    def __init__(self, store: Store, at: datetime) -> None:
        self._store = store
        self._at = at
        self._known: dict[str, tuple[int, ...] | None] = {}
        self._has_schedule: bool | None = None

    def __call__(self, target: str) -> tuple[int, ...] | None:
        """The people on call for `rotation:NAME`, `team:NAME` or `role:ROLE`; None where no schedule says."""
        if target not in self._known:
            from db.queries import on_call  # as the roster, only where a ladder asks for it

            with self._store.read() as session:
                if self._has_schedule is None:
                    self._has_schedule = on_call.has_schedule(session)
                self._known[target] = self._asked(session, target) if self._has_schedule else None
        return self._known[target]

    def _asked(self, session: Session, target: str) -> tuple[int, ...] | None:
        from desktop.services import roster_read  # a desk without schedules does without

        form, _, name = target.partition(":")
        if form == "team":
            found = roster_read.on_call_of_team(session, name, self._at)
        else:
            found = roster_read.on_call_by_name(session, LEADERS if form == "role" else name, self._at)
        return None if found is None else tuple(person.id for person in found)
