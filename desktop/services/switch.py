"""The one switch that stops all automation, and lets it go on."""

import json
from dataclasses import dataclass
from datetime import datetime

from db.queries import setting as settings
from db.queries import timeline
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.events import SwitchTurned
from desktop.domain.instant import from_us, to_us
from desktop.domain.person import Actor, Role
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean
from desktop.services.bus import Bus

_KEY = "automation.stopped"
_MAY = frozenset({Role.COORDINATOR, Role.LEAD, Role.ON_CALL_LEADER})


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why automation does nothing, since when and by whom."""

    reason: str
    by: str
    at: datetime


class SwitchService:
    """While it is off, signals are kept and wait, and no rule does anything.

    Alarms are not automation: they go on.
    """

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus

    def state(self) -> Stopped | None:
        """What has stopped automation; None while it runs."""
        with self._store.read() as session:
            return stopped(session)

    def stop(self, reason: str, by: Actor) -> Stopped:
        """Stop all automation at once.

        Raises: DeskError without a reason, or when it is stopped already; NotAllowed.
        """
        _check_right(by)
        reason = clean(reason)
        if not reason:
            raise DeskError("Stopping needs a reason.", field="reason", hint="Others will want to know.")
        at_us = to_us(self._clock.now())
        with self._store.begin() as session:
            if stopped(session) is not None:
                raise DeskError("Automation is stopped already.")
            settings.put(session, _KEY, json.dumps({"reason": reason, "by": by.name, "at": at_us}))
            session.revision()
            self._tell(session, EventKind.AUTOMATION_STOPPED, at_us, by, reason)
        self._bus.publish(SwitchTurned(is_stopped=True, reason=reason, by=by.name))
        return Stopped(reason, by.name, from_us(at_us))

    def resume(self, by: Actor) -> None:
        """Let automation go on; what was held meanwhile still waits for a person or for being decided anew.

        Raises: DeskError when it runs; NotAllowed.
        """
        _check_right(by)
        with self._store.begin() as session:
            if stopped(session) is None:
                raise DeskError("Automation runs.")
            settings.delete(session, _KEY)
            session.revision()
            self._tell(session, EventKind.AUTOMATION_RESUMED, to_us(self._clock.now()), by, "")
        self._bus.publish(SwitchTurned(is_stopped=False, by=by.name))

    def _tell(self, session: Session, kind: EventKind, at_us: int, by: Actor, reason: str) -> None:
        body = {"reason": reason} if reason else {}
        timeline.append(session, kind=kind, at_us=at_us, actor=by.name, escalation_id=None, body=body)


def stopped(session: Session) -> Stopped | None:
    """What has stopped automation, within a transaction."""
    text = settings.all_settings(session).get(_KEY)
    if text is None:
        return None
    known = json.loads(text)
    return Stopped(known["reason"], known["by"], from_us(known["at"]))


def _check_right(by: Actor) -> None:
    if not by.roles & _MAY:
        raise NotAllowed("Only a coordinator, a lead or the on-call leader may turn automation off or on.")
