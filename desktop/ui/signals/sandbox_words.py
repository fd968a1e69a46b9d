"""What a replay in the sandbox made of signals, in the words of its table."""

from desktop.domain.policy_score import Severity
from desktop.services.sandbox import Fate, ReplayDifference, ReplayedSignal
from desktop.ui.kit.table_model import Column
from desktop.ui.signals.rows import disposition_words
from desktop.ui.text import clock_time, counted, day, listed, one_line

_SAME = "the same"


def columns() -> tuple[Column[ReplayedSignal], ...]:
    """Then, the signal, now, and what is another thing."""
    return (
        Column("Then", _then, width=120),
        Column("Signal", _title, tip=lambda row: row.signal.signal.title[:400]),
        Column("In the sandbox", _now, width=140),
        Column("Difference", _difference, width=290, tip=lambda row: "\n".join(row.changes)),
    )


def second(row: ReplayedSignal, column: int) -> str:
    """The second lines."""
    if column == 1:
        at = row.signal.received_at
        return one_line(f"{row.signal.source} · {day(at.astimezone())} {clock_time(at)}")
    if column == 0:
        return row.then.number
    if column == 2 and row.now is not None:
        return row.now.number
    return one_line(" · ".join(row.changes[1:])) if column == 3 else ""


def step(row: ReplayedSignal) -> tuple[str, int]:
    """The strip at the head of a row: what differs stands out."""
    return ("text.warning", -1) if row.changes else ("none.accent", -1)


def sentence(row: ReplayedSignal) -> str:
    """A row for a screen reader."""
    now = row.now.disposition.word if row.now is not None else "not in it"
    return f"{row.signal.signal.title}: {row.then.disposition.word} then, {now} in the sandbox."[:240]


def key(row: ReplayedSignal) -> object:
    """What a row is known by."""
    return row.signal.id


def ordered(found: ReplayDifference) -> tuple[ReplayedSignal, ...]:
    """What differs first, in the order the signals came."""
    return tuple(sorted(found.rows, key=lambda row: not row.changes))


def summary(found: ReplayDifference) -> str:
    """How many differ, and what became of all of them then and now."""
    count = len(found.rows)
    if not found.changed:
        lines = [f"{counted(count, 'signal')}: nothing would become of them but what did."]
    else:
        lines = [f"{counted(found.changed, 'signal')} of {count:,} differ."]
        for word, totals in (("Then", found.then), ("In the sandbox", found.now)):
            said = [f"{number:,} {disposition.value}" for disposition, number in totals.items()]
            lines.append(f"{word}: {listed(said) or 'nothing'}.")
    if found.tripped:
        names = listed([f"“{one_line(name[:80])}”" for name in found.tripped[:6]])
        lines.append(f"Firing so often, these would only propose: {names}.")
    return " ".join(lines)


def compared(row: ReplayedSignal) -> list[tuple[str, str, str]]:
    """What is compared: its name, how it was then, how it is in the sandbox."""
    then, now = _told(row.then), _told(row.now)
    return [(name, then[name], now[name]) for name in then if then[name] or now[name]]


def _told(fate: Fate | None) -> dict[str, str]:
    if fate is None:
        return dict.fromkeys(("Became", "Escalation", "Title", "Severity", "Owner", "Rule", "Why"), "–")
    has_one = bool(fate.title)
    return {
        "Became": disposition_words(fate.disposition),
        "Escalation": fate.number or ("one in the sandbox alone" if has_one else ""),
        "Title": one_line(fate.title[:300]),
        "Severity": Severity(fate.severity).name if fate.severity else "",
        "Owner": one_line(fate.owner[:80]) or ("nobody" if has_one else ""),
        "Rule": one_line(fate.rule[:200]) or "none",
        "Why": one_line(fate.why[:600]),
    }


def _then(row: ReplayedSignal) -> str:
    return disposition_words(row.then.disposition)


def _title(row: ReplayedSignal) -> str:
    return one_line(row.signal.signal.title) or "a signal without a title"


def _now(row: ReplayedSignal) -> str:
    return disposition_words(row.now.disposition) if row.now is not None else "–"


def _difference(row: ReplayedSignal) -> str:
    return one_line(row.changes[0]) if row.changes else _SAME
