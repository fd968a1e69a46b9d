"""What the form asks the desk; everything here runs on the worker."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.commitment import Kind
from desktop.domain.customer import Customer
from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done, Opened
from desktop.domain.instant import from_us
from desktop.domain.person import Actor
from desktop.domain.policy import Policy
from desktop.domain.priority import Score
from desktop.ui.intake.content import Content, Piece
from desktop.ui.intake.ports import Desk
from desktop.ui.kit.drop import read_pieces

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.services.draft import Draft
    from desktop.services.preview import Told
    from desktop.services.search import Similar

DRAFT_KIND = "intake"
_UNTITLED = "…"


@dataclass(frozen=True)
class Beginning:
    """What the form begins with."""

    policy: Policy
    drafts: "tuple[Draft, ...]"
    operator_id: int


@dataclass(frozen=True)
class Outlook:
    """What opening it now would come to; `serial` says for which question this is the answer."""

    serial: int
    score: Score
    promises: "tuple[tuple[Kind, datetime], ...]"
    told: "tuple[Told, ...]"
    is_customer_known: bool


def begin(desk: Desk) -> Beginning:
    """The policy in force and the drafts there are, newest first."""
    person = desk.person.operator()
    return Beginning(desk.policy.active(), desk.draft.all(DRAFT_KIND), person.id if person is not None else 0)


def complete(desk: Desk, serial: int, text: str) -> tuple[int, str, tuple[Customer, ...]]:
    """Customers whose name is being typed."""
    return serial, text, desk.customer.complete(text[:200], 8)


def look_ahead(desk: Desk, serial: int, content: Content) -> Outlook:
    """Score, promises and who is told, as far as they can be told already."""
    intake = replace(content.intake(), title=content.title.strip() or _UNTITLED, evidence=())
    by = _somebody(desk)
    if content.customer_id:
        preview = desk.escalations.escalation.preview(intake, by)
        promises = tuple((promise.kind, promise.due_at) for promise in preview.promises)
        return Outlook(serial, preview.score, promises, preview.told, True)
    customer = replace(content.new_customer(), name=content.customer.strip() or _UNTITLED)
    opening = desk.escalations.escalation.build(intake, customer, desk.policy.active(), desk.clock.now(), by)
    running = sorted((from_us(row.due_us), Kind(row.kind)) for row in opening.commitments if row.is_running)
    return Outlook(serial, opening.score, tuple((kind, due) for due, kind in running), (), False)


def alike(desk: Desk, serial: int, content: Content) -> "tuple[int, Similar]":
    """Open and past escalations like this one."""
    text = content.title[:400] or content.description[:400]
    return serial, desk.search.similar(text, content.customer_id or None, content.external_ref[:200], 4)


def keep_draft(desk: Desk, key: str, body: Mapping[str, Any]) -> "datetime":
    """Keep what is filled in; gives when."""
    person = desk.person.operator()
    desk.draft.save(DRAFT_KIND, key, body, person.id if person is not None else None)
    return desk.clock.now()


def drop_draft(desk: Desk, key: str) -> None:
    """Throw a draft away."""
    desk.draft.delete(DRAFT_KIND, key)


def all_drafts(desk: Desk) -> "tuple[Draft, ...]":
    """The drafts there are, newest first."""
    return desk.draft.all(DRAFT_KIND)


def read_files(found: tuple[Any, ...]) -> tuple[Piece, ...]:
    """Dropped files and pieces with their bytes.

    Raises: DeskError for a file that cannot be read or is too large.
    """
    pieces = read_pieces(found)
    paths = [str(each) if isinstance(each, Path) else "" for each in found]
    return tuple(Piece(piece, path) for piece, path in zip(pieces, paths, strict=True))


def submit(desk: Desk, key: str, content: Content) -> Opened:
    """Open the escalation, adding its customer where that is new, and let go of the draft.

    Raises: DeskError naming the field at fault; nothing is opened then.
    """
    by = _operator(desk)
    whole = replace(content, pieces=_read_again(content.pieces))
    opened = desk.escalations.escalation.open(
        replace(whole.intake(), customer_id=_customer_id(desk, content, by)), by
    )
    desk.draft.delete(DRAFT_KIND, key)
    return opened


def join(desk: Desk, key: str, content: Content, into_id: int) -> tuple[Done, ...]:
    """Add what is filled in to an escalation that is open already, as a note and as evidence.

    Raises: DeskError when it cannot be written.
    """
    by = _operator(desk)
    pieces = _read_again(content.pieces)
    done = [desk.escalations.escalation.note(into_id, joined_note(content), by)]
    done.extend(desk.escalations.attaching.attach(into_id, piece.evidence, by) for piece in pieces)
    desk.draft.delete(DRAFT_KIND, key)
    return tuple(done)


def joined_note(content: Content) -> str:
    """What was filled in, as a note."""
    told = (
        ("Also reported", content.title),
        ("By", content.reporter),
        ("Customer", content.customer),
        ("Reference", content.external_ref),
    )
    head = "\n".join(f"{name}: {value}" for name, value in told if value.strip())
    return f"{head}\n\n{content.description}".strip()


def _read_again(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Pieces of a draft whose file was only named are read now."""
    return tuple(piece if piece.evidence.data else read_files((Path(piece.path),))[0] for piece in pieces)


def _customer_id(desk: Desk, content: Content, by: Actor) -> int:
    if content.customer_id:
        return content.customer_id
    known = desk.customer.find(content.customer)
    if known is not None:
        return known.id
    new = content.new_customer()
    return desk.customer.create(new.name, by, tier=new.tier, revenue=new.revenue, region=new.region).id


def _operator(desk: Desk) -> Actor:
    person = desk.person.operator()
    if person is None:
        raise DeskError("The desk does not know who you are.", hint="Choose your name in Settings.")
    return person.actor()


def _somebody(desk: Desk) -> Actor:
    person = desk.person.operator()
    return person.actor() if person is not None else Actor("Nobody")


def organisation_name(desk: Desk, word: str) -> str:
    """The only customer whose name begins with a word of an address; empty where there is none or several."""
    found = desk.customer.complete(word, 2)
    return found[0].name if len(found) == 1 else ""
