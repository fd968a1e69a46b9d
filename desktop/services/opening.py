"""Stores new escalations: one as a person opens it, or thousands at once with a past of their own."""

from collections.abc import Sequence
from typing import Any

from db.queries import commitment as commitments
from db.queries import escalation as escalations
from db.queries import evidence, search, timeline
from db.queries.escalation import Numbered
from db.queries.search import IndexRow
from db.queries.timeline import NewEvent
from db.unit_of_work import Session
from desktop.domain.errors import Conflict
from desktop.domain.escalation import Opened, State, number_of
from desktop.domain.evidence import checked_content, clean_name
from desktop.domain.history import Recalled
from desktop.domain.opening import Opening
from desktop.domain.person import Actor
from desktop.domain.policy import Priority
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line


def store(session: Session, opening: Opening, by: Actor, **facts: object) -> Opened:
    """Write all rows of a new escalation; `facts` are added to its first event.

    Raises: Conflict when its external reference has an escalation already.
    """
    _check_reference(session, opening)
    sequence = escalations.last_sequence(session, opening.year) + 1
    name = Numbered(number_of(opening.year, sequence), opening.year, sequence)
    escalation_id = escalations.insert(session, name, opening.columns)
    commitments.insert_many(
        session, [row._replace(escalation_id=escalation_id) for row in opening.commitments]
    )
    search.put_many(session, [_index_row(escalation_id, name.number, opening)])
    seq = timeline.append(
        session,
        kind=EventKind.OPENED,
        at_us=opening.at_us,
        actor=by.name,
        escalation_id=escalation_id,
        body=opening.body | facts if facts else opening.body,
    )
    if opening.intake.evidence:
        _attach(session, escalation_id, opening, by)
    return _opened(escalation_id, name.number, opening, seq)


def store_past(session: Session, recalled: Sequence[Recalled], by: Actor) -> list[Opened]:
    """Write many escalations with what was done about them before; gives them in the same order."""
    if not recalled:
        return []
    next_id = escalations.last_id(session) + 1
    names = _names(session, [one.opening for one in recalled])
    openings = [one.opening for one in recalled]
    ids = range(next_id, next_id + len(openings))
    escalations.insert_past(
        session, [(id_, name, one.columns) for id_, name, one in zip(ids, names, openings, strict=True)]
    )
    rows = [
        row._replace(escalation_id=id_)
        for id_, one in zip(ids, openings, strict=True)
        for row in one.commitments
    ]
    if rows:
        commitments.insert_many(session, rows)
    search.put_many(
        session,
        [_index_row(id_, name.number, one) for id_, name, one in zip(ids, names, openings, strict=True)],
    )
    events: list[NewEvent] = []
    firsts: list[int] = []
    for id_, one in zip(ids, recalled, strict=True):
        firsts.append(len(events))
        events += _events(id_, one, by)
    seqs = timeline.append_many(session, events)
    return [
        _opened(id_, name.number, one, seqs[first])
        for id_, name, one, first in zip(ids, names, openings, firsts, strict=True)
    ]


def _names(session: Session, openings: Sequence[Opening]) -> list[Numbered]:
    last = {year: escalations.last_sequence(session, year) for year in {one.year for one in openings}}
    names = []
    for opening in openings:
        last[opening.year] += 1
        sequence = last[opening.year]
        names.append(Numbered(number_of(opening.year, sequence), opening.year, sequence))
    return names


def _events(escalation_id: int, recalled: Recalled, by: Actor) -> list[NewEvent]:
    opening = recalled.opening
    body = opening.body | {"imported": True, "state": opening.columns["state"]}
    later = {"imported": True, "policy": opening.columns["policy_version"]}
    first = NewEvent(EventKind.OPENED, opening.at_us, by.name, escalation_id, body)
    return [first, *(NewEvent(kind, at_us, by.name, escalation_id, later) for kind, at_us in recalled.events)]


def _index_row(escalation_id: int, number: str, opening: Opening) -> IndexRow:
    intake = opening.intake
    return IndexRow(escalation_id, intake.title, intake.description, opening.customer.name, number)


def _attach(session: Session, escalation_id: int, opening: Opening, by: Actor) -> None:
    for piece in opening.intake.evidence:
        sha256 = evidence.keep(session, checked_content(piece.data))
        name = clean_name(piece.name)
        evidence_id = evidence.attach(
            session,
            escalation_id=escalation_id,
            name=name,
            media_type=one_line(piece.media_type),
            sha256=sha256,
            at_us=opening.at_us,
            by=by.name,
        )
        body: dict[str, Any] = {
            "evidence": evidence_id,
            "name": name,
            "size": len(piece.data),
            "sha256": sha256,
        }
        event = NewEvent(EventKind.EVIDENCE_ATTACHED, opening.at_us, by.name, escalation_id, body)
        timeline.append_many(session, [event])


def _check_reference(session: Session, opening: Opening) -> None:
    source, reference = opening.intake.external_source, opening.intake.external_ref
    if reference and (number := escalations.number_of_reference(session, source, reference)):
        raise Conflict(
            f"{number} stands for the reference {reference} already.",
            field="external_ref",
            hint="Add to that one, or leave the reference out.",
        )


def _opened(escalation_id: int, number: str, opening: Opening, seq: int) -> Opened:
    columns = opening.columns
    return Opened(
        id=escalation_id,
        number=number,
        state=State(columns["state"]),
        severity=columns["severity"],
        priority=None if columns["priority"] is None else Priority(columns["priority"]),
        score=columns["score"],
        owner_id=columns["owner_id"],
        customer_id=columns["customer_id"],
        at_us=opening.at_us,
        seq=seq,
    )
