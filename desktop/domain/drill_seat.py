"""What the seats of a drill may decide at its own desk, read from what they are called."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.drill_record import Seat
from desktop.domain.drill_scenario import SeatRole
from desktop.domain.person import Role

_DESK = frozenset({Role.COORDINATOR})
_LEAD = frozenset({Role.LEAD, Role.COORDINATOR})
_HANDS = frozenset({Role.ON_CALL, Role.SENIOR_ENGINEER})
_ABOVE = frozenset({Role.STEERING_COMMITTEE})

#: Which words in a seat's id or title give which rights; everything that is found counts together.
WORDS: Mapping[str, frozenset[Role]] = {
    "triage": _DESK,
    "support": _DESK,
    "coordinator": _DESK,
    "comms": _DESK,
    "communications": _DESK,
    "liaison": _DESK,
    "account": _DESK,
    "press": _DESK,
    "lead": _LEAD,
    "nextlead": _LEAD,
    "commander": _LEAD,
    "oncall": _HANDS,
    "on-call": _HANDS,
    "engineer": _HANDS,
    "security": _HANDS,
    "database": _HANDS,
    "platform": _HANDS,
    "operations": _HANDS,
    "duty": frozenset({Role.ON_CALL_LEADER}),
    "delegate": frozenset({Role.ON_CALL_LEADER, Role.STEERING_COMMITTEE}),
    "manager": frozenset({Role.ON_CALL_LEADER}),
    "director": _ABOVE,
    "executive": _ABOVE,
    "exec": _ABOVE,
    "sponsor": _ABOVE,
    "vp": _ABOVE,
    "president": _ABOVE,
    "officer": _ABOVE,
    "finance": _ABOVE,
    "legal": frozenset(),
    "counsel": frozenset(),
}
_PIECE = re.compile(r"[a-z]+(?:-[a-z]+)*")
#: Words that only say whose the seat is: "Vice president, platform" is no engineer.
_RANKS = frozenset({"president", "vp", "director", "executive", "exec", "sponsor", "manager"})
_FIELDS = frozenset({"platform", "security", "database", "operations", "support", "account", "finance"})


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody at the drill's own desk: their seat, what they are called and may decide, who is away."""

    role: str
    title: str
    name: str
    rights: frozenset[Role]
    is_away: bool = False
    zone: str = ""


def rights_of(role_id: str, title: str) -> frozenset[Role]:
    """What somebody in a seat may decide; nothing for one whose name says nothing."""
    words = [piece for text in (role_id, title) for piece in _PIECE.findall(text.casefold())]
    if _RANKS & set(words):
        words = [word for word in words if word not in _FIELDS]
    found: frozenset[Role] = frozenset()
    for word in words:
        found |= WORDS.get(word, frozenset())
    return found


def sitters(
    roles: Sequence[SeatRole], seats: Iterable[Seat], roster: Iterable[Mapping[str, object]]
) -> tuple[Sitter, ...]:
    """Everybody at the drill's desk, the seats first and in their order; staff of the drill have none.

    A seat without a person is called as the roster says, or by its title. One of them may always lead.
    """
    known = {each.id: each for each in roles}
    listed = {str(each.get("role", "")): each for each in roster}
    taken = [seat for seat in seats if not seat.is_staff and seat.role in known]
    there = {seat.role for seat in taken}
    wanted = [(seat.role, seat.name) for seat in taken]
    wanted += [(role.id, "") for role in roles if not role.staff and role.id not in there]
    wanted += [(role, "") for role in listed if role not in known]
    order = {role.id: i for i, role in enumerate(roles)}
    wanted.sort(key=lambda each: order.get(each[0], len(order)))
    found: list[Sitter] = []
    for role_id, name in wanted:
        found.append(_sitter(role_id, name, known.get(role_id), listed.get(role_id, {}), found))
    return tuple(_with_a_lead(found))


def _sitter(
    role_id: str,
    name: str,
    role: SeatRole | None,
    entry: Mapping[str, object],
    before: Sequence[Sitter],
) -> Sitter:
    title = role.title if role is not None else str(entry.get("person", "")) or role_id
    called = name.strip() or str(entry.get("person", "")).strip() or title
    taken = {each.name.casefold() for each in before}
    if called.casefold() in taken:
        called = f"{called} ({title})"
    number = 2
    plain = called
    while called.casefold() in taken:
        called, number = f"{plain} {number}", number + 1
    is_away = bool(role is not None and role.absent) or entry.get("available") is False
    rights = rights_of(role_id, title) if role is not None else frozenset()
    return Sitter(role_id, title, called[:120], rights, is_away, str(entry.get("zone", "")))


def _with_a_lead(found: list[Sitter]) -> list[Sitter]:
    if not found or any(Role.LEAD in each.rights and not each.is_away for each in found):
        return found
    first = next((i for i, each in enumerate(found) if not each.is_away), 0)
    one = found[first]
    led = Sitter(one.role, one.title, one.name, one.rights | _LEAD, one.is_away, one.zone)
    return [*found[:first], led, *found[first + 1 :]]
