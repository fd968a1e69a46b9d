"""What the review queue shows of a row."""

from collections.abc import Callable
from datetime import datetime

from desktop.domain.instant import to_us
from desktop.services.review_rows import ReviewRow
from desktop.ui import text
from desktop.ui.kit.table_model import Column

Now = Callable[[], datetime]
_US = 1_000_000
#: From this age on a row stands out: (seconds, token), the longest first.
_AGES = ((4 * 3600, "breached.accent"), (3600, "at_risk.accent"))


def columns(now: Now) -> tuple[Column[ReviewRow], ...]:
    """Age, what it is, why a person is needed."""

    def waits(row: ReviewRow) -> str:
        return text.duration(to_us(now()) - to_us(row.since_at))

    return (
        Column("Waits", waits, width=110, tip=lambda row: text.exact(row.since_at)),
        Column("Escalation", lambda row: text.one_line(row.title), tip=lambda row: row.title[:400]),
        Column("Why", why, width=280, tip=lambda row: "\n".join(row.sentences)[:800]),
        Column("Owner", lambda row: row.owner or "nobody", width=130),
    )


def second(row: ReviewRow, column: int) -> str:
    """The second lines."""
    if column == 0:
        return f"SEV{row.severity} · {row.priority}" if row.priority else f"SEV{row.severity}"
    if column == 1:
        return text.one_line(" · ".join(filter(None, (row.number, row.customer, row.source))))
    if column == 2:
        return proposed(row)
    return ""


def why(row: ReviewRow) -> str:
    """The gravest reason."""
    return text.one_line(row.sentences[0]) if row.sentences else ""


def proposed(row: ReviewRow) -> str:
    """What rules propose, in a few words."""
    words = [word for proposal in row.proposals for word in proposal.words]
    if not words:
        others = len(row.sentences) - 1
        return f"and {text.counted(others, 'reason')} more" if others > 0 else ""
    return f"Proposed: {text.one_line(', '.join(words))}"


def step_of(now: Now) -> Callable[[ReviewRow], tuple[str, int]]:
    """The strip at the head of a row: how long it has waited; its words say the same."""

    def step(row: ReviewRow) -> tuple[str, int]:
        waited_s = (to_us(now()) - to_us(row.since_at)) // _US
        return next((token for least_s, token in _AGES if waited_s >= least_s), "none.accent"), -1

    return step


def sentence(row: ReviewRow) -> str:
    """A row for a screen reader."""
    return f"{row.number}, severity {row.severity}, {row.title}, {row.customer}: {why(row)}"[:240]


def key(row: ReviewRow) -> object:
    """What a row is known by."""
    return row.escalation_id
