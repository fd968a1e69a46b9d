"""What the evidence tab lists: files and messages in the order they came, and what the messages name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.evidence import Evidence
from desktop.domain.signal_link import LinkKind
from desktop.services.arrivals import Arrivals, Arrived, NamedExcerpt, NamedLink
from desktop.ui.text import exact, file_size, one_line

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class CameRow:
    """A file, a message, or a message that is kept as a file too; one of the two is there."""

    evidence: Evidence | None
    arrived: Arrived | None

    @property
    def key(self) -> tuple[int, int]:
        """What it is known by."""
        return (
            self.evidence.id if self.evidence is not None else 0,
            self.arrived.message.id if self.arrived is not None else 0,
        )

    @property
    def came_at(self) -> datetime:
        """When a message was received, or a file added."""
        if self.arrived is not None:
            return self.arrived.message.received_at
        assert self.evidence is not None  # one of the two is there
        return self.evidence.added_at

    @property
    def name(self) -> str:
        """What it is called."""
        if self.evidence is not None:
            return one_line(self.evidence.name)
        assert self.arrived is not None  # one of the two is there
        return f"Message of {one_line(self.arrived.source[:80])}"

    @property
    def size(self) -> int:
        """In bytes."""
        if self.evidence is not None:
            return self.evidence.size
        return self.arrived.message.size if self.arrived is not None else 0

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        if self.evidence is not None:
            return self.evidence.sha256
        return self.arrived.message.sha256 if self.arrived is not None else ""


def came(pieces: Sequence[Evidence], arrivals: Arrivals) -> tuple[CameRow, ...]:
    """Everything in the order it came; a message that is kept as a file is one row."""
    by_hash = {piece.sha256: piece for piece in reversed(pieces)}
    rows = []
    for arrived in arrivals.messages:
        rows.append(CameRow(by_hash.pop(arrived.message.sha256, None), arrived))
    taken = {row.evidence.id for row in rows if row.evidence is not None}
    rows += [CameRow(piece, None) for piece in pieces if piece.id not in taken]
    return tuple(sorted(rows, key=_came_at))


def _came_at(row: CameRow) -> datetime:
    return row.came_at


def came_words(row: CameRow) -> str:
    """Where it is from, when it came, how large it is and by which hash it is known."""
    lines = []
    if row.arrived is not None:
        message = row.arrived.message
        sender = f" ({one_line(message.sender[:120])})" if message.sender else ""
        source = one_line(row.arrived.source[:80])
        lines.append(f"Message of {source}{sender}, received {exact(message.received_at)}.")
    elif row.evidence is not None:
        by = one_line(row.evidence.added_by[:120])
        lines.append(f"File added by {by}, {exact(row.evidence.added_at)}.")
    if row.evidence is not None and row.evidence.moved_from_id:
        lines.append("It came with a merged escalation.")
    lines.append(f"{file_size(row.size)} · SHA-256 {row.sha256}")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A link or a piece of a log; `text` is what there is to read of it without asking anybody."""

    kind: str
    shown: str
    source: str
    received_at: datetime
    link: NamedLink | None = None
    text: str = ""


_KINDS = {
    LinkKind.CONFIRM: "Confirmation",
    LinkKind.RUNBOOK: "Runbook",
    LinkKind.GRAPH: "Graph",
    LinkKind.LOG: "Log",
    LinkKind.LINK: "Link",
}


def named(arrivals: Arrivals) -> tuple[NamedRow, ...]:
    """What messages name: links by kind, then pieces of logs."""
    return (*map(_link_row, arrivals.links), *map(_excerpt_row, arrivals.excerpts))


def _link_row(link: NamedLink) -> NamedRow:
    return NamedRow(
        _KINDS[link.link.kind], one_line(link.link.url[:2048]), link.source, link.received_at, link
    )


def _excerpt_row(found: NamedExcerpt) -> NamedRow:
    first = one_line(found.excerpt.text[:_LONGEST])
    return NamedRow("Log excerpt", first, found.source, found.received_at, None, found.excerpt.text)


def named_words(row: NamedRow) -> str:
    """What it is, who named it and when; for what is never fetched, why."""
    source = f"Named by {one_line(row.source[:80])}, {exact(row.received_at)}"
    if row.link is None:
        return f"{source}. Click Show text to read it."
    called = one_line(row.link.link.text[:120])
    words = f"{row.shown[:_LONGEST]}\n{source}{f', as {called}' if called else ''}."
    if row.link.link.kind is LinkKind.CONFIRM:
        return f"{words} To follow it would confirm something, so it is shown and never fetched."
    if not row.link.host:
        return f"{words} It is no plain web address, so it is not fetched."
    if row.link.is_allowed:
        return f"{words} {row.link.host} may be asked."
    return f"{words} {row.link.host} has not been allowed yet."
