"""The fields a template may name: what each is, whom it is for, where it comes from, and what if it is empty.

An empty field is never a blank: each has a rule. The table itself stands in `merge_field_table`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum

from desktop.domain.inert import is_blank
from desktop.domain.merge_field_table import TABLE
from desktop.domain.merge_field_value import Approver, Empty, EmptyKind, FieldKind, MergeField
from desktop.domain.message import Audience, Stage

__all__ = ["FIELDS", "Approver", "Empty", "EmptyKind", "FieldKind", "MergeField", "Value"]

#: Every field by its name, in the order of the table.
FIELDS: Mapping[str, MergeField] = {each.name: each for each in TABLE}


class Group(StrEnum):
    """Under which heading a field is offered."""

    PEOPLE = "Written for messages"
    RECORD = "From the record"


@dataclass(frozen=True, slots=True)
class Value:
    """What one field is filled with for one escalation and audience; empty text is a missing value.

    A date-time has its instant in `at`, a list its `items`; their `text` is one line of it. `pending` is
    what somebody wrote that nobody has approved: it is not part of a message until then. `missing_rule` says
    what becomes of it when it is empty: "block", "omit" or "say".
    """

    text: str = ""
    source: str = ""
    as_of: datetime | None = None
    is_written: bool = False
    approved_by: str = ""
    missing_rule: str = ""
    at: datetime | None = None
    items: tuple[str, ...] = ()
    pending: str = ""
    by: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether there is nothing to say: signs that nobody sees are nothing."""
        return self.at is None and is_blank(self.text) and all(map(is_blank, self.items))


#: What a field is that nobody knows anything about.
NOTHING = Value()


def is_for(name: str, audience: Audience) -> bool:
    """Whether readers of this kind may be told it."""
    field = FIELDS.get(name)
    return field is not None and audience in field.audiences


def of_audience(audience: Audience) -> tuple[MergeField, ...]:
    """The fields for readers of one kind, as they stand in the table."""
    return tuple(field for field in FIELDS.values() if audience in field.audiences)


def rule_at(name: str, stage: Stage) -> Empty:
    """What becomes of an empty field in messages of a stage: one that blocks elsewhere only is left out."""
    empty = FIELDS[name].empty
    if empty.kind is EmptyKind.BLOCK and empty.stages and stage not in empty.stages:
        return replace(empty, kind=EmptyKind.OMIT, words="")
    return empty


def blocks(name: str, stage: Stage) -> bool:
    """Whether a message of this stage is not sent while the field is empty."""
    return rule_at(name, stage).kind is EmptyKind.BLOCK


def meant(name: str, among: Sequence[str] = ()) -> str:
    """The field that was probably meant by a name no field has; empty where none is like it."""
    known = list(among or FIELDS)
    wanted = name.strip().casefold().replace("-", "_")
    if wanted in known:
        return wanted
    near = get_close_matches(wanted, known, n=1, cutoff=0.6)
    if near:
        return near[0]
    longer = [each for each in known if wanted and (each.startswith(wanted) or wanted in each)]
    return longer[0] if longer else ""
