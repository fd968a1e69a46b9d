"""Nobody on call: what a rule wanted somebody for is said loudly, not left without a word."""

from db.queries import escalation as escalations
from db.queries import timeline
from desktop.domain.rule import Decision
from desktop.domain.timeline import EventKind
from desktop.services.case import Work
from desktop.services.desk_notice import put_notice


def tell_of_nobody(work: Work, escalation_id: int, decision: Decision) -> bool:
    """Whether a rule wants whoever is on call to own it, there is nobody, and the desk is told so now.

    Each escalation is told of once; the next one of the same team takes the notification's place.
    """
    wanted = decision.values.get("owner_on_call")
    if wanted is None or "owner" in decision.values:
        return False
    escalation = escalations.get(work.session, escalation_id)
    if escalation.owner_id is not None or _is_told(work, escalation_id):
        return False
    team, rule = str(wanted[0]), wanted[1]
    who = f"on call for {team}" if team else "on call"
    body = {"targets": [who], "team": team, "rule": rule.name, "rule_id": rule.rule_id}
    work.tell(EventKind.ONCALL_NOBODY, escalation_id, body)
    put_notice(
        work.session,
        subject=f"nobody:{team}",
        reason="nobody",
        title=f"Nobody is {who}",
        body=f"{escalation.number} has no owner: {escalation.title}",
        now_us=work.at_us,
        urgent=True,
    )
    return True


def _is_told(work: Work, escalation_id: int) -> bool:
    events = timeline.since(work.session, escalation_id, 0)
    return any(event.kind == EventKind.ONCALL_NOBODY and "rule_id" in event.body for event in events)
