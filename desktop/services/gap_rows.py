"""Gaps and actions as they are kept, into what people read of them; how a new gap is counted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.queries import action as actions
from db.queries import escalation as escalations
from db.queries import gap as queries
from db.queries import person as people
from db.queries.action import ActionRow
from db.queries.gap import GapRow, NewGap
from db.unit_of_work import Session
from desktop.domain.drill_gap import GapState, recurrences
from desktop.domain.drill_record import ActionItem, ActionKind, ActionState, Gap
from desktop.domain.drill_words import GAPS, gap_title, is_gap_code
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.escalation import Escalation
from desktop.domain.instant import from_us, to_us


@dataclass(frozen=True, slots=True)
class Seen:
    """A gap that somebody or the engine has seen, before it is in the register."""

    code: str
    detail: str
    severity: int
    by: str
    at: datetime
    team: str = ""
    run_id: int | None = None
    escalation_id: int | None = None
    expectation: str = ""
    evidence: tuple[int, ...] = ()
    places: frozenset[str] = frozenset()
    playbook_slug: str = ""
    playbook_step: str = ""


def add(session: Session, seen: Seen) -> int:
    """Put a gap into the register, counted with those of the last 12 months; gives its id.

    Raises: DeskError for a code that no category has.
    """
    if not is_gap_code(seen.code):
        raise DeskError(
            f"“{seen.code[:20]}” is no code of a gap.", field="code", hint="Choose one of the list."
        )
    before = _before(session, seen)
    found = recurrences(seen.code, seen.places, [(seen.code, places) for _, places in before])
    same = [gap_id for gap_id, places in before if places & seen.places]
    new = NewGap(
        category=next(category for category, codes in GAPS.items() if seen.code in codes),
        code=seen.code,
        title=gap_title(seen.code),
        detail=seen.detail,
        severity=seen.severity,
        found_us=to_us(seen.at),
        proposed_by=seen.by,
        team=seen.team,
        run_id=seen.run_id,
        escalation_id=seen.escalation_id,
        expectation=seen.expectation,
        evidence=json.dumps(list(seen.evidence)),
        places=json.dumps(sorted(seen.places), ensure_ascii=False),
        playbook_slug=seen.playbook_slug,
        playbook_step=seen.playbook_step,
        recurrence_of=same[-1] if same else None,
        times=found,
    )
    return queries.add(session, new)


def a_year_before(at: datetime) -> datetime:
    """The same day a year earlier; the 28th where there was no 29th of February."""
    try:
        return at.replace(year=at.year - 1)
    except ValueError:
        return at.replace(year=at.year - 1, day=28)


def gap(session: Session, gap_id: int) -> Gap:
    """One gap.

    Raises: NotFound.
    """
    row = queries.get(session, gap_id)
    if row is None:
        raise NotFound("There is no such gap.", hint="Look at the register again.")
    return gap_of(row)


def gap_of(row: GapRow) -> Gap:
    """The gap of a row."""
    return Gap(
        id=row.id,
        category=row.category,
        code=row.code,
        title=row.title,
        detail=row.detail,
        severity=row.severity,
        state=GapState(row.state),
        found_at=from_us(row.found_us),
        proposed_by=row.proposed_by,
        run_id=row.run_id,
        escalation_id=row.escalation_id,
        expectation=row.expectation,
        evidence=tuple(json.loads(row.evidence)),
        places=tuple(json.loads(row.places)),
        owner_id=row.owner_id,
        owner=row.owner,
        due=date.fromisoformat(row.due) if row.due else None,
        action_id=row.action_id,
        playbook_slug=row.playbook_slug,
        playbook_step=row.playbook_step,
        recurrence_of=row.recurrence_of,
        times=row.times,
        confirmed_by=row.confirmed_by,
        declined_why=row.declined_why,
        waiver=row.waiver,
        verified_by_run=row.verified_by_run,
        closed_at=None if row.closed_us is None else from_us(row.closed_us),
        team=row.team,
    )


def action(session: Session, action_id: int) -> ActionItem:
    """One action.

    Raises: NotFound.
    """
    row = actions.get(session, action_id)
    if row is None:
        raise NotFound("There is no such action.", hint="Look at the list again.")
    return action_of(row)


def action_of(row: ActionRow) -> ActionItem:
    """The action of a row."""
    return ActionItem(
        id=row.id,
        text=row.text,
        kind=ActionKind(row.kind),
        state=ActionState(row.state),
        owner_id=row.owner_id,
        owner=row.owner,
        due=date.fromisoformat(row.due),
        made_at=from_us(row.made_us),
        made_by=row.made_by,
        run_id=row.run_id,
        escalation_id=row.escalation_id,
        gap_id=row.gap_id,
        evidence=row.evidence,
        verified_by=row.verified_by,
        why=row.why,
    )


def check_owner(session: Session, owner_id: int) -> None:
    """Let somebody pass who works here.

    Raises: DeskError.
    """
    person = people.by_id(session, owner_id)
    if person is None or not person.active:
        raise DeskError("Choose somebody who works here.", field="owner_id")


def check_due(due: date, now: datetime) -> None:
    """Let a day pass that is still to come; the zone of whoever chose it may be a day behind or ahead.

    Raises: DeskError.
    """
    if (now.date() - due).days > 1:
        raise DeskError("This day is over.", field="due", hint="Choose one that is still to come.")


def _before(session: Session, seen: Seen) -> Sequence[tuple[int, frozenset[str]]]:
    """Gaps of the code in the 12 months before, what one drill or escalation showed as one."""
    found = queries.earlier(session, seen.code, to_us(a_year_before(seen.at)))
    by_source: dict[object, tuple[int, frozenset[str]]] = {}
    for each in found:
        source: object = (each.run_id, each.escalation_id)
        if source == (None, None):
            source = each.id
        elif source == (seen.run_id, seen.escalation_id):
            continue
        _, places = by_source.get(source, (0, frozenset()))
        by_source[source] = (each.id, places | each.places)
    return list(by_source.values())


def escalation(session: Session, number: str) -> Escalation:
    """The escalation of a number, as people type it.

    Raises: NotFound, also where several are meant.
    """
    found = escalations.with_number(session, number.strip().upper())
    if len(found) != 1:
        raise NotFound(
            f"No escalation is called “{number.strip()[:40]}”.", field="number", hint="Type its whole number."
        )
    return escalations.get(session, found[0])
