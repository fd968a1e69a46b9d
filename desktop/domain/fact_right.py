"""Who may write what messages say, and who approves what customers are told only then."""

from desktop.domain.fact_text import written_field
from desktop.domain.merge_field import Approver
from desktop.domain.person import Actor, Role
from desktop.domain.rights import Action, allowed

_APPROVERS = {
    Approver.LEAD: frozenset({Role.LEAD}),
    Approver.ENGINEER: frozenset({Role.LEAD, Role.SENIOR_ENGINEER}),
}


def why_not_written(by: Actor, owner_id: int | None) -> str:
    """A sentence that says who may write facts; empty when the actor may."""
    if allowed(by, Action.EDIT, owner_id) or Role.SENIOR_ENGINEER in by.roles:
        return ""
    return "Only the owner, the desk, those on call and senior engineers may write what messages say."


def why_not_approved(by: Actor, name: str) -> str:
    """A sentence that says who may approve a field; empty when the actor may, or nobody has to."""
    field = written_field(name)
    wanted = _APPROVERS.get(field.approver, frozenset())
    if by.roles & wanted:
        return ""
    if not wanted:
        return f"{field.label} needs no approval."
    who = "a lead" if field.approver is Approver.LEAD else "a lead or a senior engineer"
    return f"Only {who} may approve this: {field.label.lower()}."
