"""What published versions say, for those who use them."""

from db.unit_of_work import Session
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.playbook import Content
from desktop.domain.playbook_document import from_text


def published(session: Session, playbook_id: int) -> int:
    """The number of the published version.

    Raises: NotFound; DeskError where none is published, or the playbook is retired.
    """
    row = session.sql(
        "SELECT title, published, retired_at FROM playbook WHERE id = ?", (playbook_id,)
    ).fetchone()
    if row is None:
        raise NotFound("There is no such playbook.")
    title, number, retired_us = row
    if retired_us is not None:
        raise DeskError(f"“{title}” is retired.", hint="Choose another playbook.")
    if not number:
        raise DeskError(f"“{title}” is not published yet.", hint="Publish its draft first.")
    return int(number)


def get(session: Session, playbook_id: int, number: int) -> Content:
    """What a version says.

    Raises: NotFound.
    """
    row = session.sql(
        "SELECT content FROM playbook_version WHERE playbook_id = ? AND number = ?", (playbook_id, number)
    ).fetchone()
    if row is None:
        raise NotFound(f"The playbook has no version {number}.")
    return from_text(row[0])


def numbers(session: Session, playbook_id: int) -> tuple[int, ...]:
    """The numbers of all published versions, in order."""
    rows = session.sql(
        "SELECT number FROM playbook_version WHERE playbook_id = ? ORDER BY number", (playbook_id,)
    )
    return tuple(row[0] for row in rows)
