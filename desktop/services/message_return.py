"""What became of a message on its way: who was promised it waits on when it never arrived."""

from collections.abc import Mapping

from db.queries import alarm, recipient
from db.queries import promise as promises
from db.queries import sent as messages
from db.queries.alarm import NewAlarm
from db.queries.sent import Delivery
from desktop.domain.alarm import Told
from desktop.domain.events import AlarmsChanged
from desktop.domain.instant import to_us
from desktop.domain.message import Audience, Sent
from desktop.domain.policy_alarm import Occasion
from desktop.domain.promise import PromiseState
from desktop.domain.timeline import EventKind
from desktop.services import message_keeping as keeping
from desktop.services.case import DESK, Case, Cases
from desktop.services.changes import ChangeSet, put_back

_ALIVE = frozenset({"queued", "sent", "unsure", "recorded"})
#: From where a delivery may still come to what.
_FROM: Mapping[str, frozenset[str]] = {
    "sent": frozenset({"queued", "unsure", "failed"}),
    "failed": frozenset({"queued", "unsure"}),
    "unsure": frozenset({"queued"}),
}


def came_back(cases: Cases, sent_id: int, state: str, why: str) -> int:
    """Note how a delivery stands, once, with all that follows; gives the escalation, 0 for nothing new."""
    with cases.work(DESK) as work:
        delivery = messages.delivery(work.session, sent_id)
        if delivery.state not in _FROM[state]:
            return 0
        case = work.case(delivery.escalation_id)
        sent = messages.get(work.session, sent_id)
        if state == "failed" and _reached_somebody(case, sent_id):
            messages.set_state(work.session, sent_id, "sent", work.at_us, why)
        else:
            messages.set_state(work.session, sent_id, state, work.at_us, why)
            _turn(case, sent, delivery, state)
        if state == "sent":
            case.settle()
        else:
            _tell(case, sent, state, why)
        revision = work.session.revision()
    if state != "sent":
        cases.publish(AlarmsChanged((delivery.escalation_id,), revision))
    return delivery.escalation_id


def _turn(case: Case, sent: Sent, delivery: Delivery, state: str) -> None:
    """Clock and promises follow: nobody heard what failed, and has heard what arrived after all."""
    if sent.audience is not Audience.CUSTOMER or not _is_the_last(case, sent, delivery):
        return
    if state == "failed" and not _others_alive(case, sent, delivery):
        _take_back(case, delivery)
    elif state == "sent" and delivery.state == "failed" and not _others_alive(case, sent, delivery):
        keeping.turn_clock_again(case, sent)
    case.changes = ChangeSet(case.work.session)


def _take_back(case: Case, delivery: Delivery) -> None:
    session = case.work.session
    for entry in reversed(delivery.effect):
        case.changes.set(entry["table"], entry["id"], **put_back(session, entry))
    batch = [each.id for each in messages.of_batch(session, delivery.batch)]
    for promise in promises.of_message(session, batch):
        if promise.state is PromiseState.OPEN:
            case.changes.set(
                "promise",
                promise.id,
                state=PromiseState.WITHDRAWN.value,
                settled_at=case.at_us,
                settled_by=DESK.name,
                reason="The message did not arrive.",
            )
    case.reload()


def _is_the_last(case: Case, sent: Sent, delivery: Delivery) -> bool:
    """Whether nobody wrote again since: a later message has turned the clock on."""
    heard = messages.heard(case.work.session, sent.escalation_id, sent.audience)
    batch = {each.id for each in messages.of_batch(case.work.session, delivery.batch)}
    return all(each.id in batch or each.id < sent.id for each in heard)


def _others_alive(case: Case, sent: Sent, delivery: Delivery) -> bool:
    batch = messages.of_batch(case.work.session, delivery.batch)
    return any(each.id != sent.id and each.state in _ALIVE for each in batch)


def _reached_somebody(case: Case, sent_id: int) -> bool:
    return any(row.state == "sent" for row in recipient.of_sent(case.work.session, [sent_id]))


def _tell(case: Case, sent: Sent, state: str, why: str) -> None:
    case.tell(
        EventKind.UPDATE_FAILED,
        "Delivery",
        counts=False,
        message=sent.id,
        state=state,
        why=why,
        medium=sent.medium.value,
        audience=sent.audience.value,
        to=sent.recipients,
        sent_at=to_us(sent.sent_at),
    )
    alarm.add(case.work.session, [_alarm(case, sent)])


def _alarm(case: Case, sent: Sent) -> NewAlarm:
    return NewAlarm(
        escalation_id=case.id,
        commitment_id=None,
        subject=f"escalation:{case.id}:undelivered:message:{sent.id}",
        threshold=Occasion.UNDELIVERED,
        step=0,
        due_us=case.at_us,
        raised_us=case.at_us,
        late_s=0,
        told=Told.NOT,
        state="raised",
        ended_us=None,
        ended_by=None,
        climb_us=None,
        revision=case.work.session.revision(),
    )
