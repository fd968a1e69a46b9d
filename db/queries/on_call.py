"""Whether there is any schedule or channel at all: asked before anything that goes by them is loaded."""

from db.unit_of_work import Session


def has_schedule(session: Session) -> bool:
    """Whether any schedule counts."""
    return session.sql("SELECT 1 FROM schedule WHERE is_active LIMIT 1").fetchone() is not None


def has_channel(session: Session) -> bool:
    """Whether anybody has a channel that is switched on."""
    found = session.sql("SELECT 1 FROM channel WHERE removed_at IS NULL AND enabled LIMIT 1")
    return found.fetchone() is not None
