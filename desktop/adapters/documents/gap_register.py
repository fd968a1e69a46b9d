"""The gap register and the actions that answer it as one document."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from desktop.adapters.documents.blocks import Block, Document, Heading, Paragraph, Table, Tone
from desktop.domain.drill_gap import GapState
from desktop.domain.drill_record import ActionItem, Gap
from desktop.domain.drill_words import GAPS, gap_title

_OVER = frozenset({GapState.CLOSED, GapState.DECLINED})


def register_of(gaps: Sequence[Gap], actions: Sequence[ActionItem], made_at: datetime) -> Document:
    """Every gap by category, those that come again first, and the actions."""
    day = f"{made_at.astimezone():%Y-%m-%d %H:%M %Z}"
    return Document("Gap register", f"Gap register · {day}", tuple(_blocks(gaps, actions)))


def _blocks(gaps: Sequence[Gap], actions: Sequence[ActionItem]) -> Iterator[Block]:
    open_gaps = [gap for gap in gaps if gap.state not in _OVER]
    again = sum(gap.times > 1 for gap in open_gaps)
    yield Paragraph(
        f"{len(gaps)} gaps, {len(open_gaps)} of them not closed, {again} seen before within 12 months. A gap "
        "is closed by a later drill that exercises it and passes, by a later escalation that shows it, or by "
        "a lead's written waiver.",
        Tone.MUTED,
    )
    counted = Counter(gap.code for gap in gaps)
    if counted:
        yield Heading(1, "By code")
        rows = tuple((code, gap_title(code), str(count)) for code, count in counted.most_common())
        yield Table(("Code", "What it means", "Gaps"), rows, (2, 10, 2))
    for category in GAPS:
        own = sorted((gap for gap in gaps if gap.category == category), key=_rank)
        if own:
            yield Heading(1, category.replace("_", " ").replace("oncall", "on-call").capitalize())
            headings = ("Code", "Gap", "Severity", "State", "Owner", "Due", "Found", "Seen")
            yield Table(headings, tuple(_row(gap) for gap in own), (2, 9, 2, 3, 4, 3, 3, 2))
    yield Heading(1, "Actions")
    if not actions:
        yield Paragraph("No action was agreed yet.", Tone.MUTED)
        return
    yield Table(
        ("Action", "Kind", "Owner", "Due", "Status", "Evidence"),
        tuple(map(_action, actions)),
        (8, 3, 4, 3, 3, 4),
    )


def _rank(gap: Gap) -> tuple[bool, int, int, int]:
    return gap.state in _OVER, -gap.times, -gap.severity, gap.id


def _row(gap: Gap) -> tuple[str, ...]:
    text = gap.title if not gap.detail else f"{gap.title}\n{gap.detail}"
    state = gap.state.value.replace("_", " ")
    due = f"{gap.due:%Y-%m-%d}" if gap.due else "–"
    seen = f"{gap.times}×" if gap.times > 1 else "once"
    where = f"run {gap.run_id}" if gap.run_id else "an escalation" if gap.escalation_id else "by hand"
    return gap.code, text, str(gap.severity), state, gap.owner or "–", due, where, seen


def _action(each: ActionItem) -> tuple[str, ...]:
    state = each.state.value.replace("_", " ")
    return each.text, each.kind.value, each.owner, f"{each.due:%Y-%m-%d}", state, each.evidence or "–"
