"""Parent and child: escalations of one cause, of which only the parent announces; and what looks alike."""

from dataclasses import dataclass

from db.queries import escalation as escalations
from db.queries import family as queries
from db.queries import search
from db.queries.family import Relative
from db.unit_of_work import Session
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.escalation import Done, State
from desktop.domain.instant import US_PER_DAY, to_us
from desktop.domain.likeness import telling_words, words_of
from desktop.domain.person import Actor
from desktop.domain.rights import Action, allowed
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean
from desktop.services.case import Case, Cases
from desktop.services.family_tree import ancestors, announcer
from desktop.services.search import Hit, SearchService, hit_of

_ALIKE_WITHIN_US = 30 * US_PER_DAY
_PROPOSED = 12


@dataclass(frozen=True, slots=True)
class Family:
    """Whom an escalation is part of, and who is part of it."""

    parent: Relative | None
    children: tuple[Relative, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An escalation that may tell of the same cause, with the reason to think so."""

    hit: Hit
    why: str
    is_same_fingerprint: bool


class FamilyService:
    """Makes escalations part of one another; a family has one parent and its children, no deeper."""

    def __init__(self, *, cases: Cases, search: SearchService) -> None:
        self._cases = cases
        self._search = search

    def set_parent(self, escalation_id: int, parent_id: int, by: Actor, reason: str = "") -> Done:
        """Make one part of another, its own children with it; from now on only the parent announces.

        Whatever is itself part of another that is open stands for that one.

        Raises: DeskError when they are the same, one has ended or belongs to the other; NotAllowed.
        """
        _check_right(by, Action.SET_PARENT)
        with self._cases.work(by) as work:
            parent_id = escalations.survivor(work.session, parent_id)
            case, parent = work.case(escalation_id), work.case(announcer(work.session, parent_id))
            _check(case, parent)
            members = [case, *(work.case(child.id) for child in queries.children(work.session, case.id))]
            done = [_join(member, parent, reason) for member in members]
            numbers = [member.escalation.number for member in members]
            work.case(parent.id).tell(EventKind.PARENT_SET, "Linking", children=numbers)
        ids = (*(member.id for member in members), parent.id)
        return Done(ids, tuple(seq for one in done for seq in one.seqs), done[0].label)

    def clear_parent(self, escalation_id: int, by: Actor, reason: str = "") -> Done:
        """Let one stand on its own again: it announces itself.

        Raises: DeskError when it is part of none; NotAllowed.
        """
        _check_right(by, Action.CLEAR_PARENT)
        with self._cases.work(by) as work:
            case = work.case(escalation_id)
            if case.escalation.parent_id is None:
                raise DeskError(f"{case.escalation.number} has no parent.", field="parent_id")
            parent = escalations.get(work.session, case.escalation.parent_id)
            case.set(parent_id=None)
            done = case.tell(
                EventKind.PARENT_CLEARED,
                "Unlinking",
                parent=parent.number,
                was_id=parent.id,
                reason=clean(reason),
            )
            work.ids[parent.id] = None
            return Done((case.id, parent.id), done.seqs, done.label)

    def family(self, escalation_id: int) -> Family:
        """Whom it is part of, and who is part of it.

        Raises: NotFound.
        """
        with self._cases.store.read() as session:
            parent_id = escalations.get(session, escalation_id).parent_id
            parent = None if parent_id is None else queries.relative(session, parent_id)
            return Family(parent, queries.children(session, escalation_id))

    def similar(self, escalation_id: int) -> tuple[Proposal, ...]:
        """Others that may have the same cause: by the fingerprint of their signals first, then by words.

        Open ones lead; its own family and what was merged are left out.

        Raises: NotFound.
        """
        since_us = to_us(self._cases.clock.now()) - _ALIKE_WITHIN_US
        with self._cases.store.read() as session:
            it = escalations.get(session, escalation_id)
            alike = _by_fingerprint(session, escalation_id, since_us)
            left_out = {
                escalation_id,
                it.parent_id,
                *(c.id for c in queries.children(session, escalation_id)),
            }
        found = self._search.similar(it.title, it.customer_id, it.external_ref or "", limit=_PROPOSED)
        said = [
            Proposal(hit, why, False)
            for hit in (*found.open, *found.past)
            if (why := hit.why or _words_in_common(it.title, hit.title))
        ]
        proposals = {one.hit.id: one for one in (*said, *alike) if one.hit.id not in left_out}
        ordered = sorted(
            proposals.values(), key=lambda one: (not one.is_same_fingerprint, not one.hit.is_open)
        )
        return tuple(one for one in ordered if one.hit.state != State.MERGED)[:_PROPOSED]


def _words_in_common(title: str, other: str) -> str:
    """Two telling words of one title in the other, or the only one there is; less proposes anything."""
    telling = telling_words(title)
    held = set(words_of(other))
    shared = [word for word in telling if word in held]
    return f"Words in common: {', '.join(shared[:4])}" if len(shared) >= min(2, len(telling)) > 0 else ""


def _check_right(by: Actor, action: Action) -> None:
    if not allowed(by, action):
        raise NotAllowed("Only a coordinator or a lead may set a parent.", hint="Ask one of them.")


def _check(case: Case, parent: Case) -> None:
    number = case.escalation.number
    above = {one.id for one in ancestors(case.work.session, parent.id)}
    if case.id in {parent.id, *above}:
        raise DeskError(
            f"{number} cannot be part of itself or of what is part of it.",
            field="parent_id",
            hint="Take the other one out first.",
        )
    for one in (case.escalation, parent.escalation):
        if not one.is_open:
            raise DeskError(
                f"{one.number} is {one.state.word.lower()}.", field="parent_id", hint="Choose an open one."
            )
    if case.escalation.parent_id == parent.id:
        raise DeskError(f"{number} is part of {parent.escalation.number} already.", field="parent_id")


def _join(case: Case, parent: Case, reason: str) -> Done:
    case.set(parent_id=parent.id)
    return case.tell(
        EventKind.PARENT_SET,
        "Linking",
        parent=parent.escalation.number,
        into_id=parent.id,
        reason=clean(reason),
    )


def _by_fingerprint(session: Session, escalation_id: int, since_us: int) -> list[Proposal]:
    ids = [row.escalation_id for row in queries.alike(session, escalation_id, since_us)]
    found = search.by_ids(session, ids[:_PROPOSED])
    return [Proposal(hit_of(one), "The same kind of signal", True) for one in found]
