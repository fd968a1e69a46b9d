"""What an alarm over the page says, short enough for one line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain import alarm_text
from desktop.domain.commitment import Kind
from desktop.domain.drill_mark import marked_line
from desktop.domain.instant import from_us, to_us
from desktop.domain.policy_alarm import InApp, Occasion
from desktop.services.alarm_view import AlarmView
from desktop.services.outbox import OutboxItem
from desktop.ui.text import counted, one_line, short_number

#: The button behind all others in a line, and the link to the rest.
OPEN, LIST = "open", "list"
_TOKENS = {"breached": "breached", "update_late": "breaching_soon", "breaching_soon": "breaching_soon"}
_WITHOUT_CLOCK = (Occasion.FORGOTTEN, Occasion.UNDELIVERED, Occasion.HANDOFF_OPEN)


@dataclass(frozen=True, slots=True)
class BannerText:
    """One line: a headline, the facts behind it, and `full`, all of it for tool tip and screen reader.

    `token` is the ageing step whose colours it wears, `buttons` are (key, words).
    """

    headline: str
    facts: str
    full: str
    token: str
    stays: bool
    buttons: tuple[tuple[str, str], ...]


def of_alarm(view: AlarmView, now_us: int) -> BannerText:
    """One alarm: number, what is late and by how much; then customer, owner and title."""
    headline = f"{_number(view, now_us)} {_what(view, now_us)}"
    facts = f"{view.customer} · owner: {view.owner or 'nobody'} · {view.title}"
    word = alarm_text.word(Occasion(view.occasion))
    return BannerText(
        headline=headline,
        facts=facts,
        full=f"{word}: {headline} · {facts}{f' — {view.act}' if view.act else ''}",
        token=_TOKENS.get(view.occasion, "none"),
        stays=must_stay(view),
        buttons=(("acknowledge", "Acknowledge"), ("snooze", "Snooze 15 min"), (OPEN, "Open")),
    )


def of_flood(views: Sequence[AlarmView], count: int, now_us: int, *, is_second: bool) -> BannerText:
    """Many alarms as one, the oldest named (ux.md 1.3), in the colour of the worst, which leads `views`.

    `count` also has those that are never told by a line; `is_second` says that one alarm stands above it.
    """
    oldest = oldest_of(views)
    headline = f"{counted(count, 'more alarm' if is_second else 'alarm')} need attention"
    facts = f"Oldest: {_number(oldest, now_us)} {_what(oldest, now_us)} · {oldest.customer}"
    return BannerText(
        headline=headline,
        facts=facts,
        full=f"{headline}. {facts}",
        token=_TOKENS.get(views[0].occasion, "none"),
        stays=any(must_stay(view) for view in views),
        buttons=((LIST, "Show all"), (OPEN, "Open oldest")),
    )


def of_item(item: OutboxItem) -> BannerText:
    """A notification about no single escalation: a digest, a group, a test."""
    return BannerText(
        headline=one_line(item.title),
        facts=one_line(item.body),
        full=one_line(f"{item.title}. {item.body}"),
        token="breached" if item.urgency == "critical" else "none",
        stays=False,
        buttons=((LIST, "Show alarms"),) if item.reason != "test" else (),
    )


def marked(text: BannerText, mark: str) -> BannerText:
    """The line as it is said at a drill's own desk; as it is on a real one."""
    if not mark:
        return text
    return replace(text, headline=marked_line(text.headline, mark), full=marked_line(text.full, mark))


def age_of(view: AlarmView) -> tuple[datetime, int]:
    """What sorts alarms by age: when its clock runs out; without a clock, when it was reached.

    `due_at` alone would not do: it moves on with every step of the ladder.
    """
    return (view.clock_at or view.due_at, view.id)


def oldest_of(views: Iterable[AlarmView]) -> AlarmView:
    """The one that came first, as a flood is listed."""
    return min(views, key=age_of)


def must_stay(view: AlarmView) -> bool:
    """Whether its line waits for the person."""
    return view.in_app == InApp.BANNER_STAYS


def stands_alone(view: AlarmView) -> bool:
    """Whether it is shown by itself even in a flood: P1 breaches always are (domain.md)."""
    return view.priority == "P1" and view.occasion == Occasion.BREACHED


def _number(view: AlarmView, now_us: int) -> str:
    return short_number(view.number, from_us(now_us).year)


def _what(view: AlarmView, now_us: int) -> str:
    occasion = Occasion(view.occasion)
    if not view.kind or view.clock_at is None or occasion in _WITHOUT_CLOCK:
        return view.what
    return alarm_text.clock(occasion, Kind(view.kind), to_us(view.clock_at) - now_us)
