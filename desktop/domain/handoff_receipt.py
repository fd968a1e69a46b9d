"""How well a handoff went: how long until it was accepted, what had to be asked, how whole it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from desktop.domain.handoff import Handoff, Item, filled_parts, standing


@dataclass(frozen=True, slots=True)
class Receipt:
    """How a handoff was received.

    `latency` is from the offer to the last word of the receiver so far, `typical` the middle one of the
    accepted items; both None where nothing was accepted. `asked` counts questions, `asked_later` those of
    them that came after accepting. `in_time` is None while nobody can say yet.
    """

    items: int
    accepted: int
    declined: int
    dropped: int
    open: int
    asked: int
    asked_later: int
    parts_filled: int
    parts_wanted: int
    in_time: bool | None
    latency: timedelta | None
    typical: timedelta | None

    @property
    def completeness(self) -> Fraction | None:
        """The share of parts that were written; None where there was nothing to write."""
        return Fraction(self.parts_filled, self.parts_wanted) if self.parts_wanted else None

    @property
    def quality(self) -> Fraction | None:
        """The completeness less one part for each question: what had to be asked was not said."""
        if not self.parts_wanted:
            return None
        return Fraction(max(0, self.parts_filled - self.asked), self.parts_wanted)


def receipt(handoff: Handoff, now: datetime) -> Receipt:
    """How a handoff was received so far; of a draft, what it would begin with."""
    items = standing(handoff.items)
    accepted = [item for item in items if item.kept == "accepted" and item.answered_at is not None]
    spans = sorted(_span(handoff, item) for item in accepted)
    filled, wanted = handoff.parts_filled, handoff.parts_wanted
    if handoff.offered_at is None:
        filled, wanted = filled_parts(handoff.items)
    questions = [(item, question) for item in items for question in item.questions]
    return Receipt(
        items=len(items),
        accepted=len(accepted),
        declined=sum(item.kept == "declined" for item in items),
        dropped=len(handoff.items) - len(items),
        open=sum(item.is_open for item in items),
        asked=len(questions),
        asked_later=sum(
            item.kept == "accepted" and item.answered_at is not None and question.asked_at > item.answered_at
            for item, question in questions
        ),
        parts_filled=filled,
        parts_wanted=wanted,
        in_time=_in_time(handoff, items, now),
        latency=spans[-1] if spans else None,
        typical=spans[len(spans) // 2] if spans else None,
    )


def _span(handoff: Handoff, item: Item) -> timedelta:
    began_at = max(handoff.offered_at or item.added_at, item.added_at)
    return (item.answered_at or began_at) - began_at


def _in_time(handoff: Handoff, items: Sequence[Item], now: datetime) -> bool | None:
    """Whether all was accepted before the alarm was due; None while nobody can say yet."""
    if handoff.alarm_at is None or handoff.kept != "offered":
        return None
    if any(item.kept == "declined" for item in items):
        return False
    ends = [item.answered_at for item in items if item.kept == "accepted" and item.answered_at is not None]
    if len(ends) == len(items):
        return all(at <= handoff.alarm_at for at in ends)
    return False if now > handoff.alarm_at else None
