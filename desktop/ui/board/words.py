"""What a card says: to the eye where it stands alone, to a screen reader in one sentence."""

from collections.abc import Iterator

from desktop.domain.board import NO_STEP, BoardRow, step_of
from desktop.domain.instant import from_us
from desktop.ui.kit.tip import as_tip
from desktop.ui.text import KIND_WORDS, STEP_WORDS, duration, one_line, short_number, time_left

_LONGEST = 400  # a title may be a megabyte; no card shows more than this


def number(row: BoardRow, now_us: int) -> str:
    """The number, without its year if it is of this year."""
    return short_number(row.number, from_us(now_us).year)


def title(row: BoardRow) -> str:
    """The title as one line."""
    return one_line(row.title[:_LONGEST]) or "Without a title"


def customer(row: BoardRow) -> str:
    """Customer and tier."""
    return " · ".join(filter(None, (one_line(row.customer[:_LONGEST]), one_line(row.tier[:60]))))


def badge(row: BoardRow) -> str:
    """Priority and score; "?" where a part of it was assumed."""
    if not row.priority:
        return "Unscored"
    score = f" · {row.score}" if row.score >= 0 else ""
    return f"{row.priority}{score}{'?' if row.provisional else ''}"


def step_word(row: BoardRow, step: int) -> str:
    """The word of a step, or what there is instead where no clock runs."""
    if step != NO_STEP:
        return STEP_WORDS[step]
    return "Resolved" if row.state == "resolved" else "No clock"


def clock(row: BoardRow, now_us: int) -> str:
    """The time of the tightest commitment: "contain 52 m left", "resolve paused", "in 3 h 10 m"."""
    if row.clock:
        kind = KIND_WORDS.get(row.clock, row.clock)
        return f"{kind} paused" if row.clock_paused else f"{kind} {time_left(row.due_us, now_us)}"
    if row.state == "resolved" and row.resolved_us:
        return f"in {duration(row.resolved_us - row.opened_us)}"
    return ""


def shorter(said: str) -> Iterator[str]:
    """The same clock in ever fewer words, for narrow cards: "contain 4 h 48 m over" … "4 h over".

    Units are left out, never cut in two: half a time would be read as another time.
    """
    yield said
    bare = said.partition(" ")[2]
    yield bare
    yield bare.removesuffix(" left")
    parts = bare.split()
    if len(parts) >= 4 and parts[0].isdigit():
        yield " ".join([*parts[:2], *(part for part in parts[-1:] if part == "over")])


def owner(row: BoardRow) -> str:
    """Who owns it, in words."""
    return one_line(row.owner[:_LONGEST]) if row.owner_id else "nobody"


def spoken(row: BoardRow, now_us: int, mark: str = "") -> str:
    """The card in one sentence: number, customer, severity, step, time, owner, and what else it shows.

    `mark` is the word that a drill's own desk says first.
    """
    parts = [
        mark,
        row.number,
        title(row),
        customer(row),
        f"SEV{row.severity}",
        badge(row) + (" provisional" if row.provisional else ""),
        step_word(row, step_of(row, now_us)).lower(),
        clock(row, now_us),
        f"owner {owner(row)}",
    ]
    if row.unacknowledged:
        parts.append("unacknowledged")
    if row.snoozed_us > now_us:
        parts.append(f"snoozed for {duration(row.snoozed_us - now_us)}")
    if row.waiting_on:
        parts.append(f"waiting on {one_line(row.waiting_on[:_LONGEST])}")
    if row.needs_review:
        parts.append("needs review")
    if row.sample:
        parts.append("sample")
    parts.append(told_next(row, now_us))
    return ", ".join(filter(None, parts))


def told_next(row: BoardRow, now_us: int) -> str:
    """Whom the ladder tells next, and when; empty where it tells nobody."""
    if not row.next_told:
        return ""
    left_us = row.next_told_us - now_us
    when = f" in {duration(left_us)}" if left_us > 0 else " now"
    return f"told next{when}: {one_line(row.next_told[:_LONGEST])}"


def tool_tip(row: BoardRow, now_us: int) -> str:
    """What a card has to leave out for want of room."""
    told = told_next(row, now_us)
    return as_tip(
        f"{row.number}  {title(row)}\n{customer(row)}\nOwner: {owner(row)}"
        + (f"\n{told[0].upper()}{told[1:]}" if told else "")
    )
