"""What opening an escalation would promise, and who would hear of it: shown beside the form."""

from dataclasses import dataclass
from datetime import datetime

from db.queries import person as people
from db.unit_of_work import Session
from desktop.domain.commitment import Kind
from desktop.domain.instant import from_us
from desktop.domain.opening import Opening
from desktop.domain.person import Role
from desktop.domain.policy import Occasion, Policy, Severity
from desktop.domain.priority import Score


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment that would start, and the instant it would fall due."""

    kind: Kind
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Whom the desk would tell: the role or place, the people in it (may be none), and on what occasion."""

    who: str
    names: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What an intake comes to before it is opened."""

    score: Score
    promises: tuple[Promised, ...]
    told: tuple[Told, ...]


def preview_of(session: Session, opening: Opening, policy: Policy) -> Preview:
    """What this opening promises, in the order it falls due, and who is told of it."""
    promises = [
        Promised(Kind(row.kind), from_us(row.due_us)) for row in opening.commitments if row.is_running
    ]
    promises.sort(key=lambda promised: promised.due_at)
    return Preview(opening.score, tuple(promises), tuple(_told(session, opening, policy)))


def _told(session: Session, opening: Opening, policy: Policy) -> list[Told]:
    found: dict[str, Told] = {}

    def add(target: str, why: str) -> None:
        told = _target(session, target, opening, why)
        if told is not None:
            found.setdefault(told.who, told)

    announcement = policy.announce[Occasion.NEW]
    if announcement.is_told and Severity(opening.columns["severity"]) in announcement.severities:
        for target in announcement.to:
            add(target, "at once")
    steps = policy.ladder.get(opening.score.priority, ())
    for target in steps[0].targets if steps else ():
        add(target, "if nobody acknowledges in time")
    if opening.score.senior:
        add(f"role:{Role.SENIOR_ENGINEER}", "senior involvement")
    if opening.score.sponsor:
        add(f"role:{Role.STEERING_COMMITTEE}", "executive sponsor")
    if opening.customer.account_owner:
        found.setdefault(
            "account owner", Told("account owner", (opening.customer.account_owner,), "owns the account")
        )
    return list(found.values())


def _target(session: Session, target: str, opening: Opening, why: str) -> Told | None:
    sort, _, name = target.partition(":")
    if sort == "role":
        return Told(name, tuple(person.name for person in people.by_role(session, Role(name))), why)
    if sort == "person":
        return Told(name, (name,), why)
    owner_id = opening.intake.owner_id
    owner = people.by_id(session, owner_id) if owner_id is not None else None
    return Told("owner", (owner.name,), why) if owner else None
