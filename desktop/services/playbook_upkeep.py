"""Reminds the owner of a playbook that it is due to be looked through, once for each due date."""

from datetime import datetime

from db.queries import playbook_find as queries
from desktop.domain.events import OutboxFilled
from desktop.domain.instant import from_us, to_us
from desktop.services.case import Cases
from desktop.services.desk_notice import put_notice

_REASON = "playbook_due"


class PlaybookUpkeep:
    """One part of the sweep; one indexed question while nothing is due."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def tick(self) -> datetime | None:
        """Remind of what is due; gives when the next falls due."""
        now_us = to_us(self._cases.clock.now())
        with self._cases.store.read() as session:
            due = queries.stale(session, now_us)
            next_us = queries.next_review_us(session, now_us)
        if due:
            self._remind(now_us)
        return None if next_us is None else from_us(next_us)

    def _remind(self, now_us: int) -> None:
        with self._cases.store.begin() as session:
            due = queries.stale(session, now_us)
            for playbook_id, title, owner, _ in due:
                queries.note_reminded(session, playbook_id, now_us)
                put_notice(
                    session,
                    subject=f"playbook:{playbook_id}",
                    reason=_REASON,
                    title=f"{owner or 'Playbook'}: look through “{title}”",
                    body=f"“{title}” is due for review. Open Playbooks, and publish it again or retire it.",
                    now_us=now_us,
                )
        if due:
            self._cases.publish(OutboxFilled(len(due)))
