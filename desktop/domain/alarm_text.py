"""The words of an alarm: what, whose, how long, what to do; plain text whatever was typed or imported."""

import unicodedata
from collections.abc import Sequence
from itertools import islice

from desktop.domain.alarm import Concern
from desktop.domain.commitment import Kind
from desktop.domain.instant import US_PER_SECOND
from desktop.domain.policy_alarm import Occasion

#: What notification services show without cutting (ux.md 1.3).
TITLE_MOST = 48
BODY_MOST = 160
_CUSTOMER_MOST = 40
_NAME_MOST = 28
_READ_MOST = 1_000
_MARKS_MOST = 3
_MINUTE_US = 60 * US_PER_SECOND

_WORDS = {
    Occasion.NEW: "New",
    Occasion.AT_RISK: "At risk",
    Occasion.BREACHING_SOON: "Breaching soon",
    Occasion.BREACHED: "Breached",
    Occasion.UPDATE_LATE: "Update late",
    Occasion.FORGOTTEN: "Forgotten?",
    Occasion.PAUSE_ENDED: "Pause ended",
    Occasion.UNDELIVERED: "Nobody was told",
    Occasion.HANDOFF_OPEN: "Not handed over",
}
_PROMISES = {
    Kind.ASSIGN: "assignment",
    Kind.ACKNOWLEDGE: "acknowledgement",
    Kind.CONTAIN: "containment",
    Kind.RESOLVE: "resolution",
    Kind.UPDATE: "customer update",
}


def plain(text: str, most: int) -> str:
    """Text as one line of at most `most` characters: no control, formatting or direction characters.

    Only the beginning of a long text is looked at. Marks heaped on one letter are thinned out.
    """
    kept: list[str] = []
    marks = 0
    for character in islice(text, _READ_MOST):
        category = unicodedata.category(character)
        if category in ("Cc", "Zl", "Zp", "Zs"):
            marks = 0
            if kept and kept[-1] != " ":
                kept.append(" ")
        elif category[0] == "C":
            continue
        else:
            marks = marks + 1 if category[0] == "M" else 0
            if marks <= _MARKS_MOST:
                kept.append(character)
    return cut("".join(kept).strip(), most)


def cut(text: str, most: int) -> str:
    """Text of at most `most` characters, an ellipsis standing for the rest."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def span_words(span_us: int) -> str:
    """A length of time in at most two units: `40 s`, `9 min`, `1 h 40 min`, `2 d 3 h`."""
    seconds = abs(span_us) // US_PER_SECOND
    if seconds < 60:
        return f"{seconds} s"
    minutes = seconds // 60
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def promise_word(kind: Kind) -> str:
    """What is promised, as a word in a sentence: `containment`, `customer update`."""
    return _PROMISES[kind]


def word(occasion: Occasion) -> str:
    """An occasion as the first word of a notification."""
    return _WORDS.get(occasion, occasion.replace("_", " ").capitalize())


def title(concern: Concern) -> str:
    """The heading of one alarm: `Breached: Checkout is down`."""
    lead = f"{word(concern.occasion)}: "
    return lead + plain(concern.title, TITLE_MOST - len(lead))


def body(concern: Concern, now_us: int, owner: str, *, call: Sequence[str] = (), act: str = "") -> str:
    """One line under the heading: `ESC-2026-0192 Acme — containment due in 9 min — owner: nobody — ...`.

    `call` names people whom this desk cannot reach by itself; `act`, the policy's advice, is the first to go.
    """
    parts = [
        f"{concern.number} {plain(concern.customer, _CUSTOMER_MOST)}",
        what(concern, now_us),
        f"owner: {plain(owner, _NAME_MOST) or 'nobody'}",
    ]
    if call:
        parts.append(f"{'next: ' if concern.step else ''}call {names(call)}")
    text = " — ".join(parts)
    if act and len(text) + len(act) + 3 <= BODY_MOST:
        text = f"{text} — {act}"
    return cut(text, BODY_MOST)


def what(concern: Concern, now_us: int) -> str:
    """What it is about and how long: `containment due in 9 min`, `unacknowledged for 12 min`."""
    occasion = concern.occasion
    if occasion is Occasion.UNDELIVERED:
        return "its notification did not get through"
    if occasion is Occasion.HANDOFF_OPEN:
        return "its handoff was not accepted in time"
    if occasion is Occasion.FORGOTTEN:
        since = span_words(now_us - concern.last_event_us)
        was_returned = ":returned:" in concern.subject
        return f"back in the queue after {since}" if was_returned else f"untouched for {since}"
    if not concern.kind:
        return f"SEV{concern.severity}, unacknowledged for {span_words(now_us - concern.created_us)}"
    return clock(occasion, Kind(concern.kind), concern.commitment_due_us - now_us)


def clock(occasion: Occasion, kind: Kind, left_us: int) -> str:
    """What a commitment's clock says: `containment due in 9 min`, `containment 4 min late`."""
    promise = f"{_PROMISES[kind]} {_due(left_us)}"
    return f"the pause ran out, {promise}" if occasion is Occasion.PAUSE_ENDED else promise


def names(people: Sequence[str], most: int = 2) -> str:
    """A few names and how many more: `Amara Okafor, Leo Park +1`."""
    shown = ", ".join(plain(name, _NAME_MOST) for name in people[:most])
    more = len(people) - most
    return f"{shown} +{more}" if more > 0 else shown


def group_title(count: int, customer: str = "") -> str:
    """The heading of several alarms told as one."""
    clocks = "1 clock needs attention" if count == 1 else f"{count} clocks need attention"
    if not customer:
        return clocks
    return f"{plain(customer, TITLE_MOST - len(clocks) - 2)}: {clocks}"


def group_body(concerns: Sequence[Concern], now_us: int) -> str:
    """Several alarms told as one, the oldest first and marked so; as many as fit."""
    lines = [_brief(concern, now_us) for concern in concerns[:8]]
    if not lines:
        return ""
    text = f"oldest {lines[0]}"
    for i, line in enumerate(lines[1:], start=1):
        more = len(concerns) - i
        tail = f" +{more} more"
        if len(text) + len(line) + 2 + len(tail) > BODY_MOST:
            return cut(text + tail, BODY_MOST)
        text = f"{text}; {line}"
    left = len(concerns) - len(lines)
    return cut(f"{text} +{left} more" if left else text, BODY_MOST)


def _brief(concern: Concern, now_us: int) -> str:
    customer = plain(concern.customer, 16)
    if concern.kind:
        return f"{concern.number} {customer}, {_left(concern.commitment_due_us - now_us)}"
    return f"{concern.number} {customer}, {word(concern.occasion).lower()}"


def _due(left_us: int) -> str:
    if left_us >= _MINUTE_US:
        return f"due in {span_words(left_us)}"
    if left_us > 0:
        return "due within a minute"
    return f"{span_words(left_us)} late" if left_us <= -_MINUTE_US else "due now"


def _left(left_us: int) -> str:
    return f"{span_words(left_us)} left" if left_us > 0 else f"{span_words(left_us)} over"
