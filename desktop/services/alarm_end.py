"""What is written down when somebody acknowledges the alarms of an escalation."""

from db.queries import alarm as alarms
from db.queries import timeline
from db.unit_of_work import Session
from desktop.domain.person import Actor
from desktop.domain.timeline import EventKind


def acknowledged(session: Session, escalation_id: int, by: Actor, now_us: int, note: str = "") -> bool:
    """End every alarm of an escalation that stands, each with an event; whether there was any."""
    concerns = alarms.raised_of(session, [escalation_id])
    if not concerns:
        return False
    revision = session.revision()
    alarms.end(session, [("acknowledged", now_us, by.name, revision, c.alarm_id) for c in concerns])
    for concern in concerns:
        body: dict[str, object] = {
            "alarm": concern.alarm_id,
            "threshold": concern.threshold,
            "step": concern.step,
        }
        body |= {"kind": concern.kind} if concern.kind else {}
        timeline.append(
            session,
            kind=EventKind.ALARM_ACKNOWLEDGED,
            at_us=now_us,
            actor=by.name,
            escalation_id=escalation_id,
            body={**body, "note": note} if note else body,
        )
    return True
