"""A person who was paged by mail answers it: that acknowledges, and is no answer of the customer's.

What machines answer by themselves never comes here (services/mail_deeds.py): being away acknowledges nothing.
"""

import re
from collections.abc import Mapping
from typing import Any

from db.queries import escalation as escalations
from db.queries import page as tokens
from db.queries import person as people
from db.queries.page import PageToken
from db.unit_of_work import Session
from desktop.domain.escalation import State
from desktop.domain.person import Actor
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.services.alarm_end import acknowledged
from desktop.services.case import Work
from desktop.services.page_ack import MAIL, actor_of, note
from desktop.services.page_queue import hash_of
from desktop.services.transition import reach

_REFERENCE = re.compile(r"\[page ([a-z2-7]{16})\]", re.IGNORECASE)
_LONGEST_NOTE = 200


def escalation_of(session: Session, mail: Mapping[str, Any]) -> int:
    """The escalation of the page that a mail answers, however old; 0 for none."""
    token = _token(session, mail)
    return 0 if token is None else token.escalation_id


def answer(work: Work, mail: Mapping[str, Any], text: str) -> bool:
    """Acknowledge in the name of whoever was paged; whether the mail answers a page of this desk at all.

    One that was answered before, or is too old, acknowledges nothing; its words are kept all the same.
    """
    token = _token(work.session, mail)
    if token is None:
        return False
    person = people.by_id(work.session, token.person_id)
    if person is None or not person.active or not tokens.spend(work.session, token.outbox_id, work.at_us):
        return True
    said = _first_line(text)
    words = f"by answering the page: {said}" if said else "by answering the page"
    _acknowledge(work, escalations.survivor(work.session, token.escalation_id), actor_of(person), words)
    note(work.session, token, person, work.at_us, MAIL)
    return True


def _acknowledge(work: Work, escalation_id: int, by: Actor, words: str) -> None:
    own = Work(work.session, work.at, by, work.policies)
    case = own.case(escalation_id)
    if case.escalation.is_open and case.escalation.acknowledged_at is None:
        reach(case, State.ACKNOWLEDGED)
        case.tell(EventKind.ACKNOWLEDGED, "Acknowledgement", note=words)
    acknowledged(work.session, escalation_id, by, work.at_us, words)
    work.ids[escalation_id] = None


def _token(session: Session, mail: Mapping[str, Any]) -> PageToken | None:
    found = _REFERENCE.search(str(mail.get("subject", "")))
    return None if found is None else tokens.find(session, hash_of(found[1].lower()), MAIL)


def _first_line(text: str) -> str:
    """What the person wrote before the quoted page."""
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith(">"):
            return one_line(line)[:_LONGEST_NOTE]
    return ""
