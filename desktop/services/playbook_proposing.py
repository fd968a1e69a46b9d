"""What speaks for another wording: skips of a step, and gaps that belong together, become a proposal."""

from db.queries import playbook_gap as gaps
from db.queries.playbook_gap import NewGap
from db.unit_of_work import Session
from desktop.domain.playbook import Step
from desktop.domain.playbook_heat import GAPS, SKIPS, GapKind, ProposalKind, related

_LOOKED_THROUGH = 500


def after_skip(session: Session, playbook_id: int, step: Step, at_us: int) -> bool:
    """A step was skipped; whether a change is proposed for the first time. Optional steps may be skipped."""
    if step.is_optional:
        return False
    found = gaps.skips(session, playbook_id, step.id)
    if len(found) < SKIPS:
        return False
    return gaps.propose(session, ProposalKind.SKIPS, playbook_id, step.id, step.text, found, at_us)


def after_hint(session: Session, gap: NewGap, step: Step) -> bool:
    """Somebody found a step unclear: keep it; whether a change is proposed for the first time."""
    gaps.add(session, gap)
    assert gap.playbook_id is not None
    found = gaps.unclear(session, gap.playbook_id, step.id)
    if len(found) < GAPS:
        return False
    return gaps.propose(session, ProposalKind.GAPS, gap.playbook_id, step.id, step.text, found, gap.at_us)


def after_miss(session: Session, text: str, escalation_id: int | None, at_us: int, by: str) -> int:
    """Nothing was found for these words: keep it, and propose to write one when others missed it too."""
    others = gaps.not_found(session, _LOOKED_THROUGH)
    gap_id = gaps.add(session, NewGap(GapKind.NOT_FOUND, text, None, "", escalation_id, at_us, by))
    alike = related(text, others)
    if len(alike) + 1 >= GAPS:
        gaps.propose(session, ProposalKind.MISSING, None, "", text, [*alike, gap_id], at_us)
    return gap_id
