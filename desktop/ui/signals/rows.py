"""What the tables of the signals page show of a row."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from desktop.domain.disposition import Disposition
from desktop.domain.signal_kept import KeptSignal
from desktop.domain.source import Source
from desktop.services.source import SourceState
from desktop.ui import text
from desktop.ui.kit.table_model import Column

Now = Callable[[], datetime]
#: By disposition: a shape that goes with its word, and the token of its strip.
_LOOKS = {
    Disposition.OPENED: ("●", "primary.edge"),
    Disposition.JOINED: ("◐", "none.accent"),
    Disposition.SUPPRESSED: ("○", "none.accent"),
    Disposition.HELD: ("■", "text.warning"),
    Disposition.REJECTED: ("×", "text.danger"),
}


def disposition_words(disposition: Disposition) -> str:
    """Shape and word."""
    return f"{_LOOKS[disposition][0]} {disposition.word}"


def signal_columns(now: Now) -> tuple[Column[KeptSignal], ...]:
    """Signals with what became of them."""
    return (
        Column("Became", lambda row: disposition_words(row.disposition), width=120),
        Column("Signal", _title, tip=lambda row: row.signal.title[:400]),
        Column("Why", lambda row: text.one_line(row.why), width=250, tip=lambda row: row.why[:400]),
        Column(
            "Came",
            lambda row: text.moment(row.received_at, now()),
            width=130,
            tip=lambda row: text.exact(row.received_at),
        ),
        Column("Escalation", lambda row: row.number or "–", width=130),
    )


def held_columns(now: Now) -> tuple[Column[KeptSignal], ...]:
    """Signals that wait for a person."""

    def came(row: KeptSignal) -> str:
        return text.moment(row.received_at, now())

    return (
        Column("Came", came, width=130, tip=lambda row: text.exact(row.received_at)),
        Column("Signal", _title, tip=lambda row: row.signal.title[:400]),
        Column("Why it is held", lambda row: text.one_line(row.why), width=300),
    )


def signal_second(row: KeptSignal, column: int) -> str:
    """The second lines of signals."""
    if column == 1:
        return text.one_line(" · ".join(filter(None, (row.source, row.signal.action.value))))
    return ""


def signal_step(row: KeptSignal) -> tuple[str, int]:
    """The strip at the head of a signal."""
    return _LOOKS[row.disposition][1], -1


def signal_sentence(row: KeptSignal) -> str:
    """A signal for a screen reader."""
    return f"{row.disposition.word}: {row.signal.title}, from {row.source}. {row.why}"[:240]


def signal_key(row: KeptSignal) -> object:
    """What a signal is known by."""
    return row.id


class SourceRow(NamedTuple):
    """A source with how it goes, and how it stands with what hears or watches it."""

    state: SourceState
    standing: str

    @property
    def source(self) -> Source:
        return self.state.source

    @property
    def fails(self) -> bool:
        """Whether what it names cannot be watched now."""
        return self.source.enabled and not self.source.kind.is_pushed and bool(self.source.last_error)


def source_row(state: SourceState, *, is_heard: bool, is_watched: bool) -> SourceRow:
    """The row of a source: whether the listener hears anybody, and whether its own place is watched."""
    source = state.source
    if not source.enabled:
        return SourceRow(state, "")
    if source.kind.is_pushed:
        return SourceRow(state, "" if is_heard else "listener is off")
    if source.last_error:
        return SourceRow(state, "is tried again")
    return SourceRow(state, "watching" if is_watched else "connecting")


def source_columns(now: Now) -> tuple[Column[SourceRow], ...]:
    """Sources with how it goes with each."""

    def last(row: SourceRow) -> str:
        at = row.source.last_received_at
        return text.moment(at, now()) if at is not None else "nothing yet"

    return (
        Column("State", state_words, width=120),
        Column("Source", lambda row: text.one_line(row.source.name)),
        Column("Last message", last, width=150),
        Column(
            "Last error",
            lambda row: text.one_line(row.source.last_error) or "none",
            width=240,
            tip=lambda row: row.source.last_error[:400],
        ),
        Column(
            "Held", lambda row: f"{row.state.held}" if row.state.held else "–", align_right=True, width=70
        ),
    )


def source_second(now: Now) -> Callable[[SourceRow, int], str]:
    """The second lines of sources."""

    def second(row: SourceRow, column: int) -> str:
        if column == 0:
            return row.standing
        if column == 1:
            return row.source.kind.word
        if column == 2:
            return f"{row.state.last_minute} / min · {row.state.last_day} / day"
        if column == 3 and row.source.last_error_at is not None and row.source.last_error:
            return text.moment(row.source.last_error_at, now())
        return ""

    return second


def state_words(row: SourceRow) -> str:
    """On, off, braked or failing, with its shape."""
    if row.state.is_braked:
        return "■ Braked"
    if row.fails:
        return "× Fails"
    return "● On" if row.source.enabled else "○ Off"


def source_step(row: SourceRow) -> tuple[str, int]:
    """The strip at the head of a source."""
    if row.state.is_braked:
        return "text.warning", -1
    if not row.source.enabled:
        return "none.accent", -1
    return ("text.danger" if row.source.last_error else "primary.edge"), -1


def source_sentence(row: SourceRow) -> str:
    """A source for a screen reader."""
    fault = f", last error: {row.source.last_error}" if row.source.last_error else ""
    standing = f", {row.standing}" if row.standing else ""
    return f"{row.source.name}, {row.source.kind.word}, {state_words(row)[2:]}{standing}{fault}"[:240]


def source_key(row: SourceRow) -> object:
    """What a source is known by."""
    return row.source.id


def _title(row: KeptSignal) -> str:
    return text.one_line(row.signal.title) or "a signal without a title"
