"""Finds the open escalation that a rule wants a signal attached to."""

from db.queries import alert as alerts
from db.unit_of_work import Session
from desktop.domain.customer import Customer
from desktop.domain.disposition import Told
from desktop.domain.instant import US_PER_DAY
from desktop.domain.source import Source

_ATTACH_WITHIN_US = US_PER_DAY


class Attaching:
    """What is open at one instant and has something in common with a signal."""

    def __init__(
        self, session: Session, source: Source, customer: Customer | None, mark: str, now_us: int
    ) -> None:
        self._session = session
        self._source = source
        self._customer = customer
        self._mark = mark
        self._now_us = now_us

    def find(self, by: str) -> Told | None:
        """The open escalation found in this way (`rule_action.AttachBy`), the latest one."""
        if by == "fingerprint":
            like = alerts.like(self._session, self._mark, self._now_us - _ATTACH_WITHIN_US)
            return next((Told(alert.escalation_id, alert.number) for alert in like if alert.is_open), None)
        if self._customer is None:
            return None
        found = alerts.open_of_customer(self._session, self._customer.id, self._source.area)
        return None if found is None else Told(*found)
