"""What whoever takes over says back: what they own from now on, what is next, what was promised."""

from collections.abc import Iterable
from datetime import datetime

from desktop.domain.handoff import Item, NoteKind, Part
from desktop.domain.handoff_facts import Promise
from desktop.domain.handoff_words import absolute
from desktop.domain.instant import from_us, to_us
from desktop.services.handoff_view import HandoffView
from desktop.ui.handoff.words import do_not_words
from desktop.ui.text import counted, duration, one_line

_LONGEST = 220
_MOST = 4


def item_sentence(item: Item, view: HandoffView, now: datetime) -> str:
    """What accepting one item means, to be read before it is accepted."""
    about = one_line(item.words.get(Part.SUMMARY, "").split("\n")[0]) or one_line(item.title)
    steps = one_line(item.words.get(Part.NEXT_STEPS, "")) or "nobody has written what is next – ask back"
    said = [f"Read back: from now on you own “{_cut(about.rstrip('.'))}”", f"Next: {_cut(steps)}"]
    promise = _first(each for each in view.facts.promises if each.escalation_id == item.escalation_id)
    if promise is not None:
        said.append(f"First promise: {_promise(promise, view, now)}")
    return ". ".join(part.rstrip(".") for part in said) + "."


def whole_summary(view: HandoffView, now: datetime) -> str:
    """What accepting all that waits means."""
    waiting = [item for item in view.items if item.is_open]
    asked = sum(item.waits_for_answer for item in waiting)
    lines = [f"You own {counted(len(waiting), 'escalation')} of {view.giver.name}'s from now on."]
    if asked:
        lines.append(f"{asked} of them were asked back about and are not answered yet.")
    unwritten = sum(not item.words.get(Part.NEXT_STEPS, "").strip() for item in waiting)
    if unwritten:
        lines.append(f"For {unwritten} nobody has written the next steps.")
    ids = {item.escalation_id for item in waiting}
    promise = _first(each for each in view.facts.promises if each.escalation_id in ids)
    if promise is not None:
        lines.append(f"First promise: {_promise(promise, view, now)}.")
    notes = [note.text for note in view.handoff.notes if note.kind is NoteKind.DO_NOT]
    lines += [_cut(do_not_words(text)) for text in notes[:_MOST]]
    if len(notes) > _MOST:
        lines.append(f"and {len(notes) - _MOST} more")
    return "\n".join(lines)


def _first(promises: Iterable[Promise]) -> Promise | None:
    return min((each for each in promises if not each.is_paused), key=lambda each: each.due_us, default=None)


def _promise(promise: Promise, view: HandoffView, now: datetime) -> str:
    span = promise.due_us - to_us(now)
    left = f"in {duration(span)}" if span > 0 else f"over for {duration(span)}"
    zone = view.zones[0]
    return f"{promise.number} {promise.kind}, {absolute(from_us(promise.due_us), zone)} ({left})"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
