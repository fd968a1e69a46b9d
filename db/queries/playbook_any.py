"""Whether playbooks are in use at all; asked at every sweep, so it costs next to nothing."""

from db.unit_of_work import Session


def has_published(session: Session) -> bool:
    """Whether any playbook is published."""
    row = session.sql("SELECT 1 FROM playbook WHERE published AND retired_at IS NULL LIMIT 1").fetchone()
    return row is not None
