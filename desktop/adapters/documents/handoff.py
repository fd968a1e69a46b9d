"""A handoff as a document: what holds for the whole shift first, then each escalation with its five parts."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime

from desktop.adapters.documents.blocks import Block, Bullets, Document, Facts, Heading, Paragraph, Table, Tone
from desktop.domain.handoff import RISK, RISK_TITLE, HandoffState, Item, ItemState, NoteKind, Part, Question
from desktop.domain.handoff_facts import LeftOut, Promise, Silenced, Waiting
from desktop.domain.handoff_words import absolute, absolute_in, counted, more
from desktop.domain.instant import from_us
from desktop.services.handoff_view import HandoffView

_STATES = {
    HandoffState.DRAFT: "Draft: not offered yet",
    HandoffState.OFFERED: "Offered: what is not accepted is still the giver's",
    HandoffState.ACCEPTED: "Accepted",
    HandoffState.PARTLY: "Answered, but not all of it was accepted",
    HandoffState.WITHDRAWN: "Withdrawn",
}
_UNKNOWN = "Not yet known."


def document_of(view: HandoffView, made_at: datetime) -> Document:
    """The whole handoff; times are said in the zones of both its readers."""
    to = f" to {view.receiver.name}" if view.receiver else ""
    title = f"Handoff from {view.giver.name}{to}"
    is_draft = view.state is HandoffState.DRAFT
    return Document(
        title=title,
        running=f"{title}, {absolute(made_at, view.zones[0])}",
        blocks=tuple(_blocks(view, made_at)),
        mark="DRAFT, internal" if is_draft else "Internal",
    )


def file_name(view: HandoffView, ending: str) -> str:
    """A name for the file that any system takes: `handoff_2026-11-23_onno-kay_sana-ito.pdf`."""
    at = view.handoff.offered_at or view.handoff.filled_at
    people = [view.giver.name, *([view.receiver.name] if view.receiver else [])]
    return "_".join(("handoff", f"{at:%Y-%m-%d}", *map(_slug, people))) + f".{ending}"


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:40] or "somebody"


def _blocks(view: HandoffView, made_at: datetime) -> Iterator[Block]:
    yield Facts(tuple(_head(view, made_at)))
    yield from _notes(view, NoteKind.DO_NOT, Tone.WARNING)
    yield from _risks(view)
    yield from _promises(view)
    yield from _silenced(view)
    yield from _decisions(view)
    yield from _notes(view, NoteKind.KNOWS)
    yield Heading(1, f"Escalations ({len(view.items)})")
    if not view.items:
        yield Paragraph("None.", Tone.MUTED)
    for place, item in enumerate(view.items, start=1):
        yield from _item(view, place, item)
    yield from _left_out(view)


def _head(view: HandoffView, made_at: datetime) -> Iterator[tuple[str, str]]:
    handoff, receipt = view.handoff, view.receipt
    yield "State", _STATES[view.state]
    if handoff.team:
        yield "Team", handoff.team
    if handoff.shift_end_at is not None:
        yield "Shift ends", absolute_in(handoff.shift_end_at, view.zones)
    if handoff.offered_at is not None:
        yield "Offered", absolute_in(handoff.offered_at, view.zones)
    else:
        yield "Facts as of", absolute_in(handoff.filled_at, view.zones)
    if receipt.parts_wanted:
        written = f"{receipt.parts_filled} of {counted(receipt.parts_wanted, 'part')} written"
        yield "Completeness", written
    if receipt.asked:
        yield "Asked back", counted(receipt.asked, "question")
    yield "Document made", absolute_in(made_at, view.zones)


def _notes(view: HandoffView, kind: NoteKind, tone: Tone = Tone.PLAIN) -> Iterator[Block]:
    texts = [note.text for note in view.handoff.notes if note.kind is kind]
    if not texts:
        return
    yield Heading(1, kind.heading)
    if tone is Tone.PLAIN:
        yield Bullets(tuple(texts))
    else:
        yield from (Paragraph(text, tone) for text in texts)


def _risks(view: HandoffView) -> Iterator[Block]:
    typed = [note.text for note in view.handoff.notes if note.kind is NoteKind.RISKY]
    known = [_waiting(view, each) for each in view.facts.risks]
    yield from _listed(NoteKind.RISKY.heading, [*typed, *known], view.facts.left_out("risks"))


def _decisions(view: HandoffView) -> Iterator[Block]:
    typed = [note.text for note in view.handoff.notes if note.kind is NoteKind.DECISION]
    known = [_waiting(view, each) for each in view.facts.decisions]
    yield from _listed(NoteKind.DECISION.heading, [*typed, *known], view.facts.left_out("decisions"))


def _listed(heading: str, lines: list[str], left_out: int) -> Iterator[Block]:
    if lines:
        tail = more(left_out)
        yield Heading(1, heading)
        yield Bullets((*lines, tail) if tail else tuple(lines))


def _waiting(view: HandoffView, each: Waiting) -> str:
    about = f"{each.number}: {each.text}" if each.number else each.text
    return f"{about} ({absolute_in(from_us(each.at_us), view.zones)})" if each.at_us else about


def _promises(view: HandoffView) -> Iterator[Block]:
    yield Heading(1, "Open promises")
    if not view.facts.promises:
        yield Paragraph("None.", Tone.MUTED)
        return
    headings = ("Escalation", "Promise", *(f"Due in {zone}" for zone in view.zones))
    rows = tuple(_promise(view, each) for each in view.facts.promises)
    yield Table(headings, rows, (5, 6, *(9 for _ in view.zones)))
    if tail := more(view.facts.left_out("promises")):
        yield Paragraph(tail, Tone.MUTED)


def _promise(view: HandoffView, each: Promise) -> tuple[str, ...]:
    kind = f"{each.kind}, at the earliest: the clock is paused" if each.is_paused else each.kind
    due = (absolute(from_us(each.due_us), zone).replace(f" {zone}", "") for zone in view.zones)
    return each.number, kind, *due


def _silenced(view: HandoffView) -> Iterator[Block]:
    if not view.facts.silenced:
        return
    yield Heading(1, "Kept quiet")
    rows = tuple(
        (each.number or "The desk", each.how, _why(each), _until(view, each)) for each in view.facts.silenced
    )
    yield Table(("What", "How", "Why", "Returns"), rows, (3, 3, 4, 5))
    if tail := more(view.facts.left_out("silenced")):
        yield Paragraph(tail, Tone.MUTED)


def _why(each: Silenced) -> str:
    return f"{each.reason} ({each.by})" if each.by else each.reason


def _until(view: HandoffView, each: Silenced) -> str:
    return absolute_in(from_us(each.until_us), view.zones) if each.until_us else "by nothing of its own"


def _item(view: HandoffView, place: int, item: Item) -> Iterator[Block]:
    yield Heading(2, f"{place}. {item.number} {item.title}")
    grade = " ".join(part for part in (item.priority, f"SEV{item.severity}") if part)
    yield Paragraph(f"{item.customer}, {grade}. {_state(view, item)}", Tone.MUTED)
    for part in Part:
        text = item.words.get(part, "").strip()
        yield Heading(3, part.heading)
        yield Paragraph(text or _UNKNOWN, Tone.PLAIN if text else Tone.MUTED)
    if risk := item.words.get(RISK, "").strip():
        yield Heading(3, RISK_TITLE)
        yield Paragraph(risk, Tone.WARNING)
    if item.questions:
        yield Heading(3, "Asked back")
        yield Bullets(tuple(_question(view, question) for question in item.questions))


def _state(view: HandoffView, item: Item) -> str:
    at = absolute_in(item.answered_at, view.zones) if item.answered_at else ""
    match item.state:
        case ItemState.ACCEPTED:
            return f"Accepted by {item.answered_by}, {at}."
        case ItemState.DECLINED:
            return f"Declined by {item.answered_by}, {at}: {item.why}"
        case ItemState.DROPPED:
            return item.why
        case _:
            return f"Still {view.giver.name}'s."


def _question(view: HandoffView, question: Question) -> str:
    zone = view.zones[0]
    asked = f"{question.asked_by}, {absolute(question.asked_at, zone)}: {question.question}"
    if question.answered_at is None:
        return f"{asked}\nNot answered yet."
    return f"{asked}\n{question.answered_by}, {absolute(question.answered_at, zone)}: {question.answer}"


def _left_out(view: HandoffView) -> Iterator[Block]:
    if not view.left_out:
        return
    lines = [f"{each.number} {each.title}{_why_left_out(each)}" for each in view.left_out]
    yield from _listed(f"Not in this handoff: still {view.giver.name}'s", lines, view.more_left_out)


def _why_left_out(each: LeftOut) -> str:
    if each.waits_for:
        return f" (waits for {each.waits_for} to accept it)"
    return " (came since the draft)" if each.is_new else ""
