"""Changes to rows, column by column, as a command makes them and as undo takes them back."""

from collections.abc import Mapping
from typing import Any

from db.unit_of_work import Session
from desktop.domain.errors import NotFound

_ESCALATION = (
    "title", "description", "state", "severity", "severity_computed", "area", "issue_type", "customer_id",
    "team", "owner_id", "reporter", "source", "external_source", "external_ref", "business_impact",
    "reputational_risk", "score", "score_computed", "priority", "priority_computed", "provisional",
    "override_reason", "override_by", "policy_version", "acknowledged_at", "acknowledged_by",
    "contained_at", "resolved_at", "closed_at", "merged_into_id", "needs_review", "forget_after_s",
    "next_step", "parent_id", "review_why", "review_at", "review_snoozed_until",
    "containment_proposed_at", "containment_proposed_by",
)  # fmt: skip
_CUSTOMER = (
    "name", "name_key", "tier", "revenue", "currency", "region", "account_owner_id", "contacts", "zone",
    "archived_at", "merged_into_id",
)  # fmt: skip

#: What a command may change, by table. What follows from these columns is worked out anew, not undone.
COLUMNS: Mapping[str, frozenset[str]] = {
    "escalation": frozenset(_ESCALATION),
    "commitment": frozenset(
        {"target_s", "calendar", "policy_version", "breached_at", "stopped_at", "outcome"}
    ),
    "pause": frozenset({"ended_at", "limit_at"}),
    "snooze": frozenset({"ended_at", "end_reason"}),
    "evidence": frozenset({"escalation_id", "moved_from_id", "removed_at"}),
    "watcher": frozenset({"escalation_id"}),
    "alert": frozenset({"escalation_id"}),
    "signal": frozenset({"escalation_id"}),
    "customer": frozenset(_CUSTOMER),
    "rule_firing": frozenset({"state", "did", "decided_at", "decided_by", "reason"}),
    "overrule": frozenset({"rule_id", "rule_version", "rule_value", "value", "reason", "at", "by"}),
    "mark": frozenset({"added_at", "added_by", "removed_at"}),
    "handoff_item": frozenset({"state", "why", "answered_at", "answered_by"}),
    "sent_message": frozenset({"state"}),
    "promise": frozenset({"state", "broken_at", "settled_at", "settled_by", "reason"}),
    "playbook_run": frozenset({"version", "ended_at", "ended_by", "stayed"}),
    "playbook_run_step": frozenset(
        {"version", "state", "at", "by", "reason", "evidence", "answer", "due_at", "gone"}
    ),
}

_OWNER_OF = {
    "escalation": "SELECT id FROM escalation WHERE id = ?",
    "pause": "SELECT c.escalation_id FROM pause p JOIN commitment c ON c.id = p.commitment_id WHERE p.id = ?",
    "playbook_run_step": (
        "SELECT r.escalation_id FROM playbook_run_step s JOIN playbook_run r ON r.id = s.run_id"
        " WHERE s.id = ?"
    ),
}


def read(session: Session, table: str, row_id: int, columns: tuple[str, ...]) -> dict[str, Any]:
    """The columns of a row as stored.

    Raises: NotFound when there is no such row.
    """
    _check(table, columns)
    row = session.sql(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (row_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no {table} {row_id} any more.")
    return dict(zip(columns, row, strict=True))


def exists(session: Session, table: str, row_id: int) -> bool:
    """Whether there is such a row: whoever stops watching leaves none."""
    _check(table, ())
    return session.sql(f"SELECT 1 FROM {table} WHERE id = ?", (row_id,)).fetchone() is not None


def write(session: Session, table: str, row_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of a row; who watches there already does so once."""
    _check(table, tuple(values))
    marks = ", ".join(f"{column} = ?" for column in values)
    update = "UPDATE OR REPLACE" if table == "watcher" else "UPDATE"
    session.sql(f"{update} {table} SET {marks} WHERE id = ?", (*values.values(), row_id))


def escalation_of(session: Session, table: str, row_id: int) -> int:
    """The escalation a row belongs to."""
    _check(table, ())
    question = _OWNER_OF.get(table, f"SELECT escalation_id FROM {table} WHERE id = ?")
    return int(session.sql(question, (row_id,)).fetchone()[0])


def _check(table: str, columns: tuple[str, ...]) -> None:
    # Names come from events on the timeline too: only known ones get into a statement.
    unknown = set(columns) - COLUMNS.get(table, frozenset())
    if table not in COLUMNS or unknown:
        raise ValueError(f"not a column that commands change: {table} {sorted(unknown)}")
