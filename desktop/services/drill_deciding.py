"""Writes a decision of a drill onto its desk's timeline, where the drill's log finds it."""

from dataclasses import replace

from db.queries import drill_sandbox as rows
from db.queries import timeline
from desktop.domain.drill_plan import Plan
from desktop.domain.instant import to_us
from desktop.domain.person import Actor, Role
from desktop.domain.timeline import EventKind
from desktop.services.deciding import Deciding
from desktop.services.desk import Desk


def record_decision(
    desk: Desk,
    plan: Plan,
    decision: str,
    option: str,
    by: str,
    *,
    person_id: int,
    approver: str = "",
    reason: str = "",
) -> None:
    """Record which option was taken, by whose authority and why, on the escalation at hand.

    Without any escalation it stands on the timeline of the desk.

    Raises: DeskError when the desk does not take it.
    """
    _, point = plan.decisions[decision]
    label = next(each.label for each in point.options if each.id == option)
    text = f"{plan.scenario.filled(point.question)} {plan.scenario.filled(label)}"
    person = desk.person.get(person_id) if person_id else None
    actor = person.actor() if person is not None else Actor(by or "Player")
    # Who decides in a drill is said by its scenario, whatever the seat may do at the desk otherwise.
    actor = replace(actor, roles=actor.roles | {Role.STEERING_COMMITTEE})
    with desk.store.read() as session:
        escalation_id = rows.newest_open(session) or rows.newest(session)
    name = approver.strip() or actor.name
    if escalation_id:
        Deciding(desk.escalations.cases).record(
            escalation_id, text, actor, decision=decision, option=option, approver=name, reason=reason
        )
        return
    body = {"text": text, "decision": decision, "option": option, "approver": name, "reason": reason.strip()}
    with desk.store.begin() as session:
        timeline.append(
            session,
            kind=EventKind.DECISION_RECORDED,
            at_us=to_us(desk.clock.now()),
            actor=actor.name,
            escalation_id=None,
            body=body,
        )
