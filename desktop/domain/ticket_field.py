"""The fields that a ticket of another system can fill."""

from enum import StrEnum
from typing import NamedTuple

from desktop.domain.escalation import State


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"


class Field(NamedTuple):
    """One field: its key in mappings, its words on screen, what it holds, and what that is for.

    `choices` are the words a value may be translated into, each with what it means.
    """

    key: str
    words: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()


_STATES = tuple(
    (state.value, state.word)
    for state in (
        State.NEW,
        State.TRIAGED,
        State.ACKNOWLEDGED,
        State.WORKING,
        State.CONTAINED,
        State.RESOLVED,
        State.CLOSED,
        State.STANDARD,
    )
)
_SEVERITIES = (("1", "SEV1"), ("2", "SEV2"), ("3", "SEV3"), ("4", "SEV4"))
_FACTOR = tuple((str(step), f"{step} of 5") for step in range(6))
_YES_NO = (("yes", "yes"), ("no", "no"))
_TEXT, _DATE, _CHOICE = FieldKind.TEXT, FieldKind.DATE, FieldKind.CHOICE

FIELDS = (
    Field(
        "reference",
        "Reference",
        required=True,
        help="The ticket's own number; a repeated import finds it by this.",
    ),
    Field("title", "Title", required=True, help="One line; several columns can make it."),
    Field("customer", "Customer", required=True, help="Whose problem it is; new names become customers."),
    Field("description", "Description", help="The text of the ticket."),
    Field("state", "State", _CHOICE, help="Without it every ticket counts as new.", choices=_STATES),
    Field("severity", "Severity", _CHOICE, help="How grave it is technically.", choices=_SEVERITIES),
    Field(
        "business_impact",
        "Business impact",
        _CHOICE,
        help="0 none to 5 the customer's business stopped.",
        choices=_FACTOR,
    ),
    Field(
        "reputational_risk",
        "Reputational risk",
        _CHOICE,
        help="0 none to 5 in the national news.",
        choices=_FACTOR,
    ),
    Field(
        "opened_at", "Opened", _DATE, required=True, help="When the ticket was opened: its clocks start then."
    ),
    Field("assigned_at", "Assigned at", _DATE, help="When somebody was first made responsible."),
    Field("acknowledged_at", "Acknowledged at", _DATE, help="When somebody first took note."),
    Field("contained_at", "Contained at", _DATE, help="When the harm stopped spreading."),
    Field(
        "resolved_at",
        "Resolved at",
        _DATE,
        help="When the problem was gone; counts for resolved and closed ones.",
    ),
    Field("closed_at", "Closed at", _DATE, help="When it was put away."),
    Field("owner", "Owner", help="Becomes the owner where a person of that name is at this desk."),
    Field("team", "Team"),
    Field("reporter", "Reporter"),
    Field("source", "Source", help="How it came in: phone, mail, chat."),
    Field("area", "Product area", help="The key or name of an area of the policy; anything else is refused."),
    Field("issue_type", "Issue type", help="The key or name of an issue type of the policy."),
    Field("tier", "Customer's tier", help="Given to customers that are new; one of the policy's tiers."),
    Field("region", "Customer's region", help="Given to customers that are new."),
    Field(
        "made_sla",
        "Kept in time there",
        _CHOICE,
        help="What the other system says of its own target.",
        choices=_YES_NO,
    ),
)
BY_KEY = {field.key: field for field in FIELDS}
DATES = tuple(field.key for field in FIELDS if field.kind is _DATE)
REQUIRED = tuple(field.key for field in FIELDS if field.required)
