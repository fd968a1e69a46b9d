"""Keeps what was told to somebody, with all that follows from it: inside one transaction."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from db.queries import promise as promises
from db.queries import sent as messages
from db.queries.sent import NewSent
from desktop.domain.audit import canonical
from desktop.domain.checksum import sha256_hex
from desktop.domain.commitment import Kind
from desktop.domain.contact import Contact, Reach
from desktop.domain.errors import Conflict, DeskError
from desktop.domain.escalation import OPEN_STATES, State
from desktop.domain.instant import to_us
from desktop.domain.letter import Choice, Draft, Shown
from desktop.domain.message import FINAL_STAGES, Audience, Medium, Sent, Stage, Way
from desktop.domain.promise import Promise, PromiseKind, PromiseState
from desktop.domain.timeline import EventKind
from desktop.services import commitment as commitments
from desktop.services.case import Case
from desktop.services.changes import ChangeSet
from desktop.services.contact import chosen
from desktop.services.letters import hand_over
from desktop.services.message_clock import start_until

_REACH = {Way.MAIL: Reach.MAIL, Way.CHAT: Reach.CHAT}
_READERS = {
    Audience.CUSTOMER: "the customer",
    Audience.INTERNAL: "one's own people",
    Audience.EXECUTIVE: "executives",
}
DEED = {Audience.CUSTOMER: "Customer update", Audience.INTERNAL: "Brief", Audience.EXECUTIVE: "Brief"}


def send(
    case: Case,
    draft: Draft,
    used: Mapping[Medium, Shown],
    choices: Sequence[Choice],
    overrides: Mapping[int, str],
) -> tuple[int, ...]:
    """Record each channel and let it leave; gives the ids of what was recorded.

    Raises: Conflict when it was sent before; DeskError for a contact that cannot get it.
    """
    check_state(case)
    session = case.work.session
    contacts = {choice.medium: _contacts(case, choice, draft.audience) for choice in choices}
    if draft.audience is Audience.CUSTOMER:
        turn_clock(case, case.at_us, draft.next_update_at, draft.stage)
    effect = json.dumps(case.changes.entries())
    # What has left the desk is not undone: the event tells of it without offering that.
    case.changes = ChangeSet(session)
    released_by = _released_by(draft)
    ids: list[int] = []
    for choice in choices:
        shown = used[choice.medium]
        row = _row(case, draft, choice, shown, contacts[choice.medium], overrides, effect)
        sent_id = messages.insert(session, row)
        if not sent_id:
            raise Conflict("This message was sent already.", hint="Look at what was sent.")
        ids.append(sent_id)
        if choice.way in _REACH:
            hand_over(
                session,
                sent_id=sent_id,
                escalation_id=case.id,
                contacts=contacts[choice.medium],
                subject=row.subject,
                body=row.body,
                at_us=case.at_us,
            )
    promise_next(case, draft.audience, draft.stage, draft.next_update_at, ids[0])
    _tell(case, ids, overrides, released_by)
    return tuple(ids)


def _row(
    case: Case,
    draft: Draft,
    choice: Choice,
    shown: Shown,
    contacts: Sequence[Contact],
    overrides: Mapping[int, str],
    effect: str,
) -> NewSent:
    """What is recorded of one channel, with the hash of all it says."""
    row = NewSent(
        send_key=f"{messages.batch_of(draft.id)}:{choice.medium.value}",
        batch=messages.batch_of(draft.id),
        escalation_id=case.id,
        audience=draft.audience.value,
        stage=draft.stage.value,
        medium=choice.medium.value,
        way=choice.way.value,
        recipients=", ".join(contact.shown for contact in contacts),
        contact_ids=json.dumps([contact.id for contact in contacts]),
        subject=shown.text.subject,
        body=shown.text.body,
        field_values=_json(shown.rendered.values),
        template=shown.text.template,
        template_version=shown.text.template_version,
        next_update_at=us_of(draft.next_update_at),
        sent_at=case.at_us,
        by_name=case.work.by.name,
        by_id=case.work.by.person_id,
        released_by=_released_by(draft),
        overrides=_json({str(rule): why for rule, why in overrides.items()}),
        hash="",
        effect=effect,
        state="queued" if choice.way in _REACH else "recorded",
        state_at=case.at_us,
    )
    return row._replace(hash=content_hash(row))


def _released_by(draft: Draft) -> str:
    return draft.release.released_by if draft.release and draft.release.is_given else ""


def turn_clock_again(case: Case, sent: Sent) -> None:
    """What a message to a customer brings about, now that it has arrived after all."""
    turn_clock(case, case.at_us, sent.next_update_at, sent.stage)
    promise_next(case, sent.audience, sent.stage, sent.next_update_at, sent.id)


def content_hash(row: NewSent) -> str:
    """SHA-256 over all that was told and how, as canonical JSON."""
    told = {
        name: getattr(row, name)
        for name in NewSent._fields
        if name not in ("hash", "effect", "state", "state_at")
    }
    plain = {name: "" if value is None else value for name, value in told.items()}
    return sha256_hex(canonical(plain).encode("utf-8"))


def turn_clock(case: Case, at_us: int, next_at: datetime | None, stage: Stage) -> None:
    """The promise to write is kept or was broken by now; the next one runs until the time that was told."""
    commitments.stop(case, (Kind.UPDATE,))
    for promise in promises.waiting_of(case.work.session, case.id, PromiseKind.NEXT_UPDATE):
        _settle(case, promise, at_us)
    if case.escalation.state in OPEN_STATES and stage not in FINAL_STAGES:
        if next_at is not None and to_us(next_at) > case.at_us:
            start_until(case, Kind.UPDATE, to_us(next_at))
        else:
            commitments.start(case, (Kind.UPDATE,))


def _settle(case: Case, promise: Promise, at_us: int) -> None:
    is_kept = at_us <= to_us(promise.due_at)
    columns: dict[str, int | str | None] = {"settled_at": at_us, "settled_by": case.work.by.name}
    if is_kept:
        columns |= {"state": PromiseState.KEPT.value, "broken_at": None}
    elif promise.state is PromiseState.OPEN:
        columns |= {"state": PromiseState.BROKEN.value, "broken_at": to_us(promise.due_at)}
        body = {
            "promise": promise.id,
            "what": promise.kind.value,
            "due_at": to_us(promise.due_at),
            "late_s": (at_us - to_us(promise.due_at)) // 1_000_000,
        }
        case.then_tell(EventKind.PROMISE_BROKEN, body)
    case.changes.set("promise", promise.id, **columns)


def promise_next(
    case: Case, audience: Audience, stage: Stage, next_at: datetime | None, sent_id: int
) -> None:
    """Put the next update that a message promises into the ledger."""
    is_promised = audience is Audience.CUSTOMER and stage not in FINAL_STAGES
    if next_at is None or not is_promised or to_us(next_at) <= case.at_us:
        return
    promise_id = promises.insert(
        case.work.session,
        case.id,
        PromiseKind.NEXT_UPDATE,
        "",
        case.at_us,
        case.work.by.name,
        case.escalation.owner_id,
        to_us(next_at),
        sent_id,
    )
    case.changes.added("promise", promise_id, {"state": "withdrawn"}, {"state": "open"})


def _tell(case: Case, ids: Sequence[int], overrides: Mapping[int, str], released_by: str) -> None:
    sent = [messages.get(case.work.session, id_) for id_ in ids]
    # The promise made in it is no change to take back either.
    case.changes = ChangeSet(case.work.session)
    first = sent[0]
    case.tell(
        kind_of(first.audience),
        DEED[first.audience],
        text=first.body,
        message=first.id,
        audience=first.audience.value,
        stage=first.stage.value,
        next_update_at=us_of(first.next_update_at),
        released_by=released_by,
        overrides={str(rule): why for rule, why in overrides.items()} or None,
        values=dict(first.values),
        channels=[
            {
                "message": each.id,
                "medium": each.medium.value,
                "way": each.way.value,
                "to": each.recipients,
                "subject": each.subject,
                "text": each.body,
            }
            for each in sent
        ],
    )


def kind_of(audience: Audience) -> EventKind:
    """What a message to these readers is on the timeline."""
    return EventKind.UPDATE_SENT if audience is Audience.CUSTOMER else EventKind.BRIEF_SENT


def _contacts(case: Case, choice: Choice, audience: Audience) -> tuple[Contact, ...]:
    reach = _REACH.get(choice.way)
    found = chosen(case.work.session, case.id, choice.contact_ids)
    for contact in found:
        if contact.circle.audience is not audience:
            raise DeskError(
                f"{contact.name} is no reader of this message.",
                field="contacts",
                hint=f"It is written for {_READERS[audience]}.",
            )
        if reach is not None and contact.reach is not reach:
            raise DeskError(
                f"{contact.name} is not reached by {choice.way.value}.",
                field="contacts",
                hint="Choose another way, or somebody else.",
            )
    return found


def check_state(case: Case) -> None:
    """Let pass what messages may be about.

    Raises: DeskError for an escalation that is part of another by now.
    """
    if case.escalation.state is State.MERGED:
        raise DeskError("It was merged into another escalation.", hint="Record it there.")


def _json(document: Mapping[str, str]) -> str:
    return json.dumps(dict(document), ensure_ascii=False, sort_keys=True)


def us_of(at: datetime | None) -> int | None:
    """An instant in microseconds, None for none."""
    return None if at is None else to_us(at)
