"""What playbooks did not give, and the changes that follow from it."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session
from desktop.domain.instant import from_us
from desktop.domain.playbook_heat import Evidence, Gap, GapKind, Proposal, ProposalKind

_GAP = (
    "SELECT g.id, g.kind, g.text, g.playbook_id, g.step_id, g.escalation_id, coalesce(e.number, ''), g.at,"
    " g.by FROM playbook_gap g LEFT JOIN escalation e ON e.id = g.escalation_id "
)


class ProposalRow(NamedTuple):
    """An open proposal as stored; `evidence` are ids of steps of runs, or of gaps."""

    id: int
    kind: ProposalKind
    playbook_id: int | None
    step_id: str
    title: str
    evidence: tuple[int, ...]
    raised_us: int


class NewGap(NamedTuple):
    """A gap to be kept."""

    kind: GapKind
    text: str
    playbook_id: int | None
    step_id: str
    escalation_id: int | None
    at_us: int
    by: str


def add(session: Session, gap: NewGap) -> int:
    """Keep a gap."""
    row = session.sql(
        "INSERT INTO playbook_gap (kind, text, playbook_id, step_id, escalation_id, at, by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (gap.kind.value, *gap[1:]),
    )
    return int(row.lastrowid or 0)


def known(session: Session, text: str, escalation_id: int | None, since_us: int) -> bool:
    """Whether the same was missed on the same escalation since then."""
    row = session.sql(
        "SELECT 1 FROM playbook_gap WHERE kind = 'not_found' AND answered_at IS NULL AND text = ?"
        " AND escalation_id IS ? AND at >= ?",
        (text, escalation_id, since_us),
    ).fetchone()
    return row is not None


def not_found(session: Session, limit: int) -> list[tuple[int, str]]:
    """Id and words of the latest searches that found nothing and have no answer yet."""
    return session.sql(
        "SELECT id, text FROM playbook_gap WHERE kind = 'not_found' AND answered_at IS NULL"
        " ORDER BY id DESC LIMIT ?",
        (limit,),
    ).fetchall()


def unclear(session: Session, playbook_id: int, step_id: str) -> list[int]:
    """The gaps of a step that have no answer yet."""
    rows = session.sql(
        "SELECT id FROM playbook_gap WHERE playbook_id = ? AND step_id = ? AND kind = 'unclear'"
        " AND answered_at IS NULL ORDER BY id",
        (playbook_id, step_id),
    )
    return [row[0] for row in rows]


def open_gaps(session: Session, playbook_id: int | None, limit: int = 200) -> tuple[Gap, ...]:
    """Gaps without an answer: those of a playbook, or with None the searches that found nothing."""
    where = "g.kind = 'not_found'" if playbook_id is None else "g.playbook_id = ?"
    rows = session.sql(
        f"{_GAP} WHERE {where} AND g.answered_at IS NULL ORDER BY g.id DESC LIMIT ?",
        (limit,) if playbook_id is None else (playbook_id, limit),
    )
    return tuple(
        Gap(id_, GapKind(kind), text, about, step_id, escalation_id, number, from_us(at_us), by)
        for id_, kind, text, about, step_id, escalation_id, number, at_us, by in rows
    )


def answer(session: Session, gap_ids: Sequence[int], playbook_id: int, version: int, at_us: int) -> int:
    """A version answers these gaps; gives how many were open."""
    marks = ", ".join("?" * len(gap_ids))
    rows = session.sql(
        "UPDATE playbook_gap SET answered_at = ?, answered_version = ?,"
        f" playbook_id = coalesce(playbook_id, ?) WHERE answered_at IS NULL AND id IN ({marks})",
        (at_us, version, playbook_id, *gap_ids),
    )
    return rows.rowcount


def skips(session: Session, playbook_id: int, step_id: str) -> list[int]:
    """The skips of a step, in runs of its playbook, that no closed proposal has spoken of."""
    rows = session.sql(
        "SELECT s.id FROM playbook_run_step s JOIN playbook_run r ON r.id = s.run_id WHERE r.playbook_id = ?"
        " AND s.step_id = ? AND s.state = 'skipped' AND s.at > (SELECT coalesce(max(closed_at), 0)"
        " FROM playbook_proposal WHERE playbook_id = ? AND step_id = ? AND kind = 'skips'"
        " AND state <> 'open')"
        " ORDER BY s.at, s.id",
        (playbook_id, step_id, playbook_id, step_id),
    )
    return [row[0] for row in rows]


def propose(
    session: Session,
    kind: ProposalKind,
    playbook_id: int | None,
    step_id: str,
    title: str,
    evidence: Sequence[int],
    at_us: int,
) -> bool:
    """Raise a proposal, or let the open one speak of this evidence too; true where it is a new one."""
    ids = sorted(evidence)
    for known_row in proposals(session, playbook_id):
        is_same = known_row.kind is kind and known_row.step_id == step_id
        if is_same and (playbook_id is not None or set(known_row.evidence) & set(ids)):
            merged = json.dumps(sorted({*known_row.evidence, *ids}))
            session.sql("UPDATE playbook_proposal SET evidence = ? WHERE id = ?", (merged, known_row.id))
            return False
    session.sql(
        "INSERT INTO playbook_proposal (kind, playbook_id, step_id, title, evidence, raised_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (kind.value, playbook_id, step_id, title, json.dumps(ids), at_us),
    )
    return True


def proposals(session: Session, playbook_id: int | None) -> list[ProposalRow]:
    """Open proposals: those of a playbook, or with None those for playbooks nobody has written."""
    rows = session.sql(
        "SELECT id, kind, playbook_id, step_id, title, evidence, raised_at FROM playbook_proposal"
        " WHERE state = 'open' AND playbook_id IS ? ORDER BY id",
        (playbook_id,),
    )
    return [
        ProposalRow(id_, ProposalKind(kind), about, step_id, title, tuple(json.loads(evidence)), raised_us)
        for id_, kind, about, step_id, title, evidence, raised_us in rows
    ]


def with_evidence(session: Session, row: ProposalRow) -> Proposal:
    """A proposal with what speaks for it; what was taken back since no longer does."""
    marks = ", ".join("?" * len(row.evidence))
    if row.kind is ProposalKind.SKIPS:
        found = session.sql(
            "SELECT s.reason, r.escalation_id, e.number, s.at, s.by FROM playbook_run_step s"
            " JOIN playbook_run r ON r.id = s.run_id JOIN escalation e ON e.id = r.escalation_id"
            f" WHERE s.state = 'skipped' AND s.id IN ({marks}) ORDER BY s.at DESC",
            row.evidence,
        )
    else:
        found = session.sql(
            "SELECT g.text, g.escalation_id, coalesce(e.number, ''), g.at, g.by FROM playbook_gap g"
            " LEFT JOIN escalation e ON e.id = g.escalation_id"
            f" WHERE g.answered_at IS NULL AND g.id IN ({marks}) ORDER BY g.at DESC",
            row.evidence,
        )
    evidence = tuple(Evidence(text, id_, number, from_us(at), by) for text, id_, number, at, by in found)
    return Proposal(
        row.id, row.kind, row.playbook_id, row.step_id, row.title, evidence, from_us(row.raised_us)
    )


def close(
    session: Session, proposal_ids: Sequence[int], state: str, by: str, at_us: int, version: int = 0
) -> list[int]:
    """Close open proposals; gives the ids of those that were open."""
    marks = ", ".join("?" * len(proposal_ids))
    rows = session.sql(
        "UPDATE playbook_proposal SET state = ?, closed_at = ?, closed_by = ?, answered_version = ?"
        f" WHERE state = 'open' AND id IN ({marks}) RETURNING id",
        (state, at_us, by, version, *proposal_ids),
    ).fetchall()
    return [row[0] for row in rows]
