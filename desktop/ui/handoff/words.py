"""What a handoff says on the screen: where it stands, who still owns what, how well it went."""

from datetime import datetime, timedelta
from fractions import Fraction

from desktop.domain.handoff import HandoffState, Item, ItemState, Part
from desktop.domain.handoff_facts import LeftOut, Promise, Silenced, Waiting
from desktop.domain.handoff_words import absolute_in
from desktop.domain.instant import from_us, to_us
from desktop.services.handoff_view import HandoffView
from desktop.ui.text import age, counted, duration, listed, moment, one_line

_MICROSECOND = timedelta(microseconds=1)


def standing_words(view: HandoffView, operator_id: int, now: datetime) -> str:
    """Where a handoff stands, in one sentence to whoever looks."""
    giver, receiver = view.giver.name, view.receiver.name if view.receiver else "nobody yet"
    gives = view.handoff.from_id == operator_id
    takes = view.handoff.to_id == operator_id
    match view.state:
        case HandoffState.DRAFT:
            filled = age(to_us(view.handoff.filled_at), to_us(now)).replace("now", "just now")
            return f"Draft, not offered yet. Facts read {filled}."
        case HandoffState.OFFERED:
            since = _since(view, now)
            to, who = ("you" if takes else receiver), ("you" if gives else giver)
            return f"Offered to {to} by {who} {since}. {_answered(view)}."
        case HandoffState.ACCEPTED:
            return f"Accepted by {'you' if takes else receiver} {_at(view, now)}. {owner_words(view, gives)}"
        case HandoffState.PARTLY:
            return f"Answered, but not all of it was accepted. {_answered(view)}."
        case _:
            return f"Withdrawn by {'you' if gives else giver}. What was not accepted stayed where it was."


def owner_words(view: HandoffView, gives: bool) -> str:
    """Who owns what is in it now, in words."""
    receipt = view.receipt
    whose = "yours" if gives else f"{view.giver.name}'s"
    kept = receipt.open + receipt.declined
    if view.state is HandoffState.DRAFT:
        return f"All of it is {whose} until it is accepted."
    if not kept:
        return f"Nothing in it is {whose} any more." if receipt.accepted else ""
    return f"Not accepted: still {whose} – {counted(kept, 'escalation')}."


def item_words(item: Item, view: HandoffView, operator_id: int, now: datetime) -> str:
    """Where one item stands and whose it is."""
    gives = view.handoff.from_id == operator_id
    whose = "yours" if gives else f"{view.giver.name}'s"
    match item.state:
        case ItemState.ACCEPTED:
            at = f" {moment(item.answered_at, now)}" if item.answered_at else ""
            return f"Accepted by {item.answered_by}{at}."
        case ItemState.DECLINED:
            return f"Declined by {item.answered_by}: {item.why} It is still {whose}."
        case ItemState.DROPPED:
            return item.why
        case ItemState.ASKED_BACK if item.waits_for_answer:
            return f"Asked back, waits for an answer. Not accepted: still {whose}."
        case ItemState.ASKED_BACK:
            return f"Asked back and answered. Not accepted: still {whose}."
        case _ if view.state is HandoffState.WITHDRAWN:
            return f"The handoff was withdrawn: it stayed {whose}."
        case _ if view.state is HandoffState.DRAFT:
            return f"{parts_words(item)} written. {missing_words(item)}".strip()
        case _:
            return f"Not accepted: still {whose}."


def short_state(item: Item, view: HandoffView) -> str:
    """The same in a word or two, for a list."""
    if view.state is HandoffState.DRAFT and item.is_open:
        return parts_words(item)
    if item.state is ItemState.ASKED_BACK:
        return "Asked back" if item.waits_for_answer else "Answered"
    return "Not accepted" if item.is_open else item.state.value.capitalize()


def parts_words(item: Item) -> str:
    """How much of an item is written."""
    written = len(Part) - len(item.empty_parts)
    return f"{written} of {len(Part)} parts"


def missing_words(item: Item) -> str:
    """Which parts nobody has written; empty where all are there."""
    empty = [part.heading.lower() for part in item.empty_parts]
    return f"Not written: {listed(empty)}." if empty else ""


def measured(view: HandoffView) -> str:
    """How whole it is, how long it took, and what had to be asked."""
    receipt = view.receipt
    said = []
    if receipt.completeness is not None:
        share = _percent(receipt.completeness)
        said.append(f"{receipt.parts_filled} of {counted(receipt.parts_wanted, 'part')} written ({share})")
    if receipt.latency is not None:
        typical = f" (typically {_length(receipt.typical)})" if receipt.accepted > 1 else ""
        said.append(f"accepted within {_length(receipt.latency)}{typical}")
    if receipt.asked:
        later = f", {receipt.asked_later} after accepting" if receipt.asked_later else ""
        said.append(f"{counted(receipt.asked, 'question')} asked back{later}")
    if receipt.in_time is not None:
        said.append("in time" if receipt.in_time else "not in time")
    return f"{_first_large(', '.join(said))}." if said else ""


def until_words(view: HandoffView, now: datetime) -> str:
    """When somebody is alarmed unless it is accepted; empty where nobody will be."""
    handoff = view.handoff
    if handoff.alarm_at is None or view.state not in (HandoffState.DRAFT, HandoffState.OFFERED):
        return ""
    if handoff.alarmed_at is not None:
        return f"The coordinator was alarmed {moment(handoff.alarmed_at, now)}: it was not accepted in time."
    return f"Not accepted by {moment(handoff.alarm_at, now)}, it alarms the coordinator."


def promise_words(each: Promise, view: HandoffView, now: datetime) -> str:
    """A promise with its absolute time in the zones of both, and how long that is."""
    due_at = from_us(each.due_us)
    over = "over for" if each.due_us < to_us(now) else "in"
    span = f"{over} {duration(each.due_us - to_us(now))}"
    at = absolute_in(due_at, view.zones)
    paused = "at the earliest: the clock is paused; " if each.is_paused else ""
    return f"{each.number}  {each.kind}, {paused}{at} ({span})"


def silenced_words(each: Silenced, view: HandoffView) -> str:
    """What keeps quiet, why, and until when."""
    until = absolute_in(from_us(each.until_us), view.zones) if each.until_us else "nothing of its own"
    why = f": {each.reason}" if each.reason else ""
    by = f" ({each.by})" if each.by else ""
    return f"{each.number or 'The desk'}  {each.how}{why}{by} – returns by {until}"


def waiting_words(each: Waiting, view: HandoffView) -> str:
    """A decision to take, or something risky."""
    said = f"{each.number}  {each.text}" if each.number else each.text
    return f"{said} – {absolute_in(from_us(each.at_us), view.zones)}" if each.at_us else said


def do_not_words(text: str) -> str:
    """A thing not to do, said as one."""
    said = one_line(text)
    is_said = said.casefold().startswith(("do not", "don't", "don’t", "never"))
    return said if is_said else f"Do not: {said}"


def left_out_words(each: LeftOut) -> str:
    """An escalation that is not handed over, and why."""
    why = "came since the draft" if each.is_new else ""
    if each.waits_for:
        why = f"waits for {each.waits_for} to accept it"
    return f"{each.number}  {each.title}{f' ({why})' if why else ''}"


def past_words(view: HandoffView, operator_id: int, now: datetime) -> str:
    """A handoff in a list: when, and between whom."""
    at = view.handoff.offered_at or view.handoff.drafted_at
    gives = view.handoff.from_id == operator_id
    other = view.receiver.name if gives and view.receiver else view.giver.name
    whom = f"to {other}" if gives and view.receiver else ("draft" if gives else f"from {other}")
    return _first_large(f"{moment(at, now)}, {whom}")


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]


def _answered(view: HandoffView) -> str:
    receipt = view.receipt
    said = [f"{receipt.accepted} of {counted(receipt.items, 'escalation')} accepted"]
    asked = sum(item.waits_for_answer for item in view.items)
    said += [f"{asked} asked back"] if asked else []
    said += [f"{receipt.declined} declined"] if receipt.declined else []
    return ", ".join(said)


def _since(view: HandoffView, now: datetime) -> str:
    at = view.handoff.offered_at
    return "" if at is None else age(to_us(at), to_us(now)).replace("now", "just now")


def _at(view: HandoffView, now: datetime) -> str:
    ends = [item.answered_at for item in view.items if item.answered_at is not None]
    return moment(max(ends), now) if ends else ""


def _length(span: timedelta | None) -> str:
    return duration((span or timedelta()) // _MICROSECOND)


def _percent(share: Fraction) -> str:
    return f"{int(100 * share)} %"
