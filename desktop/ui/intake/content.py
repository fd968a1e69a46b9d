"""What is filled in: kept as a draft, checked, and made an intake of. Knows no widgets."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from desktop.domain.customer import Customer, revenue_of
from desktop.domain.intake import Intake, NewEvidence

_LARGEST_KEPT = 2 * 1024 * 1024
_TEXTS = (
    "customer", "title", "area", "issue_type", "severity", "business_impact", "reputational_risk",
    "description", "reporter", "source", "external_ref", "tier", "revenue", "region",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """Evidence to come: its bytes, and where the file lies that they were read from, if it was one."""

    evidence: NewEvidence
    path: str = ""

    @property
    def name(self) -> str:
        return self.evidence.name


@dataclass(frozen=True, slots=True)
class Content:
    """Everything filled in, as text: what is not chosen is empty.

    `customer_id` 0 is a customer the desk does not know; `tier`, `revenue` and `region` are then told of it.
    `is_severity_own`: the person has chosen the severity, so that an issue type no longer sets it.
    """

    customer_id: int = 0
    customer: str = ""
    tier: str = ""
    revenue: str = ""
    region: str = ""
    title: str = ""
    area: str = ""
    issue_type: str = ""
    severity: str = ""
    is_severity_own: bool = False
    business_impact: str = ""
    reputational_risk: str = ""
    description: str = ""
    reporter: str = ""
    source: str = ""
    external_ref: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it worth keeping."""
        return (
            replace(self, source="", area="", issue_type="", severity="", is_severity_own=False) == Content()
        )

    def intake(self) -> Intake:
        """The intake it comes to; call after `faults` has found none."""
        return Intake(
            customer_id=self.customer_id,
            title=self.title,
            description=self.description,
            area=self.area,
            issue_type=self.issue_type,
            severity=_step(self.severity),
            business_impact=_step(self.business_impact),
            reputational_risk=_step(self.reputational_risk),
            reporter=self.reporter,
            source=self.source,
            external_ref=self.external_ref or None,
            evidence=tuple(piece.evidence for piece in self.pieces),
        )

    def new_customer(self) -> Customer:
        """The customer as it would be added."""
        return Customer(0, self.customer, self.tier or None, revenue_of(self.revenue), region=self.region)

    def to_body(self) -> dict[str, Any]:
        """The draft of it; files are named, pasted pieces kept up to 2 MiB."""
        body: dict[str, Any] = {name: getattr(self, name) for name in _TEXTS}
        body |= {"customer_id": self.customer_id, "is_severity_own": self.is_severity_own}
        body["pieces"] = [_kept(piece) for piece in self.pieces]
        return body

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> "Content":
        """What a draft holds; anything in it that does not fit is left out."""
        found: dict[str, Any] = {name: body[name] for name in _TEXTS if isinstance(body.get(name), str)}
        for name, kind in (("customer_id", int), ("is_severity_own", bool)):
            if isinstance(body.get(name), kind):
                found[name] = body[name]
        pieces = body.get("pieces")
        if isinstance(pieces, list):
            found["pieces"] = tuple(piece for entry in pieces if (piece := _restored(entry)) is not None)
        return cls(**found)


def faults(content: Content) -> dict[str, str]:
    """What is missing or wrong, by field, in the order of the form."""
    found: dict[str, str] = {}
    if not content.customer.strip():
        found["customer"] = "Whose problem is it? Type a customer, known or new."
    if content.revenue.strip() and revenue_of(content.revenue) is None:
        found["revenue"] = "This is not an amount. Type a whole number, or leave it empty."
    if not content.title.strip():
        found["title"] = "Say in a few words what is wrong."
    if not content.severity:
        found["severity"] = "How grave is it technically? In doubt between two, choose the graver."
    return found


def _step(text: str) -> int | None:
    return int(text) if text else None


def _kept(piece: Piece) -> dict[str, str]:
    entry = {"name": piece.name, "type": piece.evidence.media_type, "path": piece.path}
    if not piece.path and len(piece.evidence.data) <= _LARGEST_KEPT:
        entry["data"] = base64.b64encode(piece.evidence.data).decode("ascii")
    return entry


def _restored(entry: object) -> Piece | None:
    """The piece of a draft; one from a file comes without its bytes, which are read again."""
    if not isinstance(entry, dict) or not all(
        isinstance(entry.get(k), str) for k in ("name", "type", "path")
    ):
        return None
    try:
        data = base64.b64decode(entry.get("data", ""), validate=True)
    except (binascii.Error, TypeError, ValueError):
        data = b""
    if not data and not entry["path"]:
        return None
    return Piece(NewEvidence(entry["name"], data, entry["type"]), entry["path"])


FIELD_NAMES = tuple(part.name for part in fields(Content))
