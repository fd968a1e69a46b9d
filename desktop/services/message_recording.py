"""Keeps what was said elsewhere, by telephone or by another program, word for word."""

import json
from dataclasses import dataclass
from datetime import datetime

from db.queries import sent as messages
from db.queries.sent import NewSent
from desktop.domain.drill_mark import marked_line, marked_text
from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done
from desktop.domain.instant import to_us
from desktop.domain.message import Audience, Medium, Stage, Way
from desktop.domain.wording import one_line, required
from desktop.services import message_keeping as keeping
from desktop.services.case import Case
from desktop.services.drill_marking import mark_of


@dataclass(frozen=True, slots=True)
class Told:
    """What was said elsewhere; without a stage it is the first message or one more, `at` None is now."""

    text: str
    medium: Medium = Medium.PHONE
    audience: Audience = Audience.CUSTOMER
    stage: Stage | None = None
    subject: str = ""
    recipients: str = ""
    next_update_at: datetime | None = None
    at: datetime | None = None


def record(case: Case, told: Told) -> tuple[int, Done]:
    """Record what was said elsewhere, word for word; gives its id and what was done, which can be undone.

    Raises: DeskError for an empty text, a time to come, or a next update before it.
    """
    keeping.check_state(case)
    text = required(told.text, "text", "The update is empty.", "Paste what the customer was told.")
    at_us = case.at_us if told.at is None else to_us(told.at)
    if at_us > case.at_us:
        raise DeskError("It cannot have been said later than now.", field="at", hint="Correct the time.")
    if told.next_update_at is not None and to_us(told.next_update_at) <= at_us:
        raise DeskError(
            "The next update was promised for a time before.", field="next_update_at", hint="Correct it."
        )
    session = case.work.session
    mark = mark_of(session)
    text = marked_text(text, mark, is_short=told.medium is Medium.SMS)
    first = messages.last_heard(session, case.id, told.audience) is None
    stage = told.stage or _stage(told.audience, is_first=first)
    if told.audience is Audience.CUSTOMER:
        keeping.turn_clock(case, at_us, told.next_update_at, stage)
    row = NewSent(
        send_key="",
        batch="",
        escalation_id=case.id,
        audience=told.audience.value,
        stage=stage.value,
        medium=told.medium.value,
        way=Way.RECORDED.value,
        recipients=one_line(told.recipients),
        contact_ids="[]",
        subject=marked_line(one_line(told.subject), mark) if told.subject else "",
        body=text,
        field_values="{}",
        template="",
        template_version=0,
        next_update_at=keeping.us_of(told.next_update_at),
        sent_at=at_us,
        by_name=case.work.by.name,
        by_id=case.work.by.person_id,
        released_by="",
        overrides="{}",
        hash="",
        effect=json.dumps(case.changes.entries()),
        state="recorded",
        state_at=case.at_us,
    )
    key = f"told:{case.id}:{session.revision()}"
    row = row._replace(send_key=key, batch=key)
    sent_id = messages.insert(session, row._replace(hash=keeping.content_hash(row)))
    case.changes.added("sent_message", sent_id, {"state": "taken_back"}, {"state": "recorded"})
    keeping.promise_next(case, told.audience, stage, told.next_update_at, sent_id)
    done = case.tell(
        keeping.kind_of(told.audience), keeping.DEED[told.audience], text=text, message=sent_id,
        stage=stage.value,
        medium=told.medium.value, audience=told.audience.value, next_update_at=row.next_update_at,
        said_at=None if at_us == case.at_us else at_us,
    )  # fmt: skip
    return sent_id, done


def _stage(audience: Audience, *, is_first: bool) -> Stage:
    if audience is Audience.CUSTOMER:
        return Stage.INITIAL if is_first else Stage.PERIODIC
    return Stage.INTERNAL_BRIEF if audience is Audience.INTERNAL else Stage.EXECUTIVE_BRIEF
