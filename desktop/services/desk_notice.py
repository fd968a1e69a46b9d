"""Notifications that concern the desk rather than one escalation."""

from db.queries import outbox
from db.unit_of_work import Session
from desktop.domain.policy_alarm import Urgency
from desktop.services.outbox import DESKTOP

_LONGEST_TITLE, _LONGEST_BODY = 48, 160


def put_notice(
    session: Session, *, subject: str, reason: str, title: str, body: str, now_us: int, urgent: bool = False
) -> bool:
    """Tell whoever sits at the desk; a notice of the same subject and instant is put once.

    A later one of the same subject replaces it on the screen.
    """
    row = outbox.NewRow(
        key=f"{subject}|{now_us}|0|0|{DESKTOP}",
        escalation_id=None,
        alarm_id=None,
        reason=reason,
        step=0,
        person_id=None,
        channel=DESKTOP,
        urgency=(Urgency.CRITICAL if urgent else Urgency.NORMAL).value,
        title=cut_title(title),
        body=cut_body(body),
        sound=1,
        created_us=now_us,
    )
    return outbox.put_one(session, row) != 0


def cut_title(text: str) -> str:
    """As much of a title as a notification shows."""
    return _cut(text, _LONGEST_TITLE)


def cut_body(text: str) -> str:
    """As much of a text as a notification shows."""
    return _cut(text, _LONGEST_BODY)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
