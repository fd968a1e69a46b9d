"""Makes a drill's own desk: a database apart, with the real desk's rules and the scenario's people in it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from db import place
from db.queries import channel as channels
from db.queries import contact as contacts
from db.queries import drill_sandbox as rows
from db.queries import time_off
from desktop.domain.channel import Channel, ChannelKind
from desktop.domain.clock import Clock
from desktop.domain.contact import Circle, Contact, Reach
from desktop.domain.customer import Customer
from desktop.domain.drill_record import Seat
from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_seat import Sitter, sitters
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.instant import to_us
from desktop.domain.intake import Intake
from desktop.domain.person import Actor, Person, Role
from desktop.domain.policy import Policy
from desktop.domain.time_off import TimeOff
from desktop.services.desk import Desk
from desktop.services.outbox import CHANNELS

#: Who does what the scenario brings about; what it does is no act of a player.
SIMULATION = Actor.system("Simulation")
#: What a ticket of a drill gives as the system it came from.
SOURCE = "drill"
TEAM = "Escalations"
_ROTA = "On call"
_LONG = timedelta(days=30)
_STAFF = Actor("Simulation", roles=frozenset({Role.LEAD, Role.COORDINATOR}))
#: How the player's window looks is as at the real desk.
_AS_AT_HOME = ("theme", "density", "letter_keys", "reduce_motion")
WORLD_ENDS, CUSTOMERS, SEATS = "world_ends", "customers", "seats"


def sandbox_path(folder: Path, run_id: int) -> Path:
    """Where the desk of a run lies."""
    return folder / f"run-{run_id}" / "sandbox.sqlite3"


def open_world(path: Path, live: Desk, clock: Clock, scenario: Scenario, seats: Sequence[Seat]) -> Desk:
    """The desk of a run, made whole where it is not there yet; one that was left half-made is made anew.

    Raises: DeskError when the path is the real desk's; StoreError when the file cannot be used.
    """
    _refuse_live(path, live)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not is_whole(path, clock):
        discard(path)
    is_new = not path.exists()
    desk = Desk.open(path, path.parent / "backups", clock)
    try:
        if is_new:
            _fill(desk, live, scenario, seats)
    except BaseException:
        desk.close()
        raise
    return desk


def is_whole(path: Path, clock: Clock) -> bool:
    """Whether a drill's desk has been made to its end."""
    from db.migrate import prepare

    try:
        store = prepare(path, path.parent / "backups", clock)
    except DeskError:
        return False
    try:
        with store.read() as session:
            return bool(rows.mark(session, WORLD_ENDS))
    finally:
        store.close()


def discard(path: Path) -> None:
    """Delete a drill's database."""
    for file in (path, *place.side_files(path)):
        file.unlink(missing_ok=True)


def seat_people(desk: Desk) -> dict[str, list[int]]:
    """Who sits in each seat at the drill's desk: ids of people, by role."""
    with desk.store.read() as session:
        found: dict[str, list[int]] = json.loads(rows.mark(session, SEATS) or "{}")
    return found


def customer_ids(desk: Desk) -> dict[str, int]:
    """The scenario's customers at the drill's desk, by their id in the scenario."""
    with desk.store.read() as session:
        found: dict[str, int] = json.loads(rows.mark(session, CUSTOMERS) or "{}")
    return found


def known_area(policy: Policy, area: str) -> str:
    """A product area, empty where the policy has none of that name."""
    try:
        return policy.area(area).key if area else ""
    except NotFound:
        return ""


def zone_like(start: datetime, wanted: str = "") -> str:
    """A zone in which the story's hours are read as they are written; that of the desk where it agrees."""
    offset = start.utcoffset() or timedelta()
    try:
        if wanted and start.astimezone(ZoneInfo(wanted)).utcoffset() == offset:
            return wanted
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    hours, rest = divmod(int(offset.total_seconds()), 3600)
    if not hours and not rest:
        return "UTC"
    return wanted if rest else f"Etc/GMT{-hours:+d}"


def _refuse_live(path: Path, live: Desk) -> None:
    other = live.store.path
    is_same = path.absolute() == other.absolute() or path.resolve() == other.resolve()
    if is_same or (path.exists() and other.exists() and path.samefile(other)):
        raise DeskError("A drill never runs on the real desk's database.", hint="Choose another folder.")


def _fill(desk: Desk, live: Desk, scenario: Scenario, seats: Sequence[Seat]) -> None:
    _settings(desk, live, scenario)
    policy = live.policy.active()
    if policy.to_mapping() != desk.policy.active().to_mapping():
        desk.policy.keep(policy, _STAFF)
    with live.store.read() as source, desk.store.begin() as target:
        rows.copy_library(source, target)
    people = _people(desk, scenario, sitters(scenario.roles, seats, scenario.world.roster))
    customers = _customers(desk, scenario)
    _escalations(desk, scenario, customers)
    _tell_nobody(desk)
    with desk.store.begin() as session:
        rows.put_mark(session, SEATS, json.dumps(people))
        rows.put_mark(session, CUSTOMERS, json.dumps(customers))
        rows.put_mark(session, WORLD_ENDS, str(rows.head(session)[0]))


def _tell_nobody(desk: Desk) -> None:
    """What making the desk has to tell its people is no news of the drill."""
    while items := desk.outbox.claim(CHANNELS, 100):
        for item in items:
            desk.outbox.delivered(item.id, "nobody: the desk was being made")


def _settings(desk: Desk, live: Desk, scenario: Scenario) -> None:
    ours = live.settings.current
    for key in _AS_AT_HOME:
        desk.settings.set(key, getattr(ours, key))
    desk.settings.set("zone", zone_like(scenario.pace.start, ours.zone))
    desk.settings.set("drill_mark", scenario.safety.banner)
    desk.settings.set("first_run_done", True)
    desk.settings.set("first_run_at", to_us(scenario.pace.start))
    for key in ("sound", "tray", "listener_on", "desktop_notifications"):
        desk.settings.set(key, False)


def _people(desk: Desk, scenario: Scenario, known: Sequence[Sitter]) -> dict[str, list[int]]:
    """The people with their rota, absences and captured channels; gives their ids by seat."""
    zone = zone_like(scenario.pace.start)
    found: dict[str, list[int]] = {}
    on_call: list[int] = []
    for one in known:
        person = Person(0, one.name, "", team=TEAM, zone=_zone(one.zone, zone), roles=one.rights)
        person = desk.person.create(person, _STAFF)
        found.setdefault(one.role, []).append(person.id)
        if Role.ON_CALL in one.rights:
            on_call.append(person.id)
        with desk.store.begin() as session:
            own = Channel(0, person.id, ChannelKind.CHAT, "Page", 0, f"{SOURCE}.{person.id}", "stays here")
            channels.insert(session, own)
        if one.is_away:
            set_away(desk, person.id, is_away=True)
    seats = {role.id for role in scenario.roles if not role.staff}
    first = next((ids[0] for role, ids in found.items() if role in seats), None)
    if first is not None:
        desk.person.set_operator(first)
    if on_call:
        _rota(desk, on_call, scenario.pace.start, zone)
    return found


def _zone(wanted: str, otherwise: str) -> str:
    try:
        return ZoneInfo(wanted).key if wanted else otherwise
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return otherwise


def set_away(desk: Desk, person_id: int, *, is_away: bool) -> None:
    """Let somebody of the drill's desk be away from now on, or be there again; safe to repeat."""
    now = desk.clock.now()
    with desk.store.begin() as session:
        known = time_off.of_person(session, person_id, to_us(now))
        for entry in known:
            if not is_away:
                time_off.delete(session, entry.id)
        if is_away and not known:
            entry = TimeOff(0, person_id, now, now + _LONG, "away in this drill", f"{SOURCE}.{person_id}")
            time_off.insert(session, entry, to_us(now), SIMULATION.name)
        session.revision()


def _rota(desk: Desk, people: Sequence[int], start: datetime, zone: str) -> None:
    """A rota of everybody on call, all at once and around the clock, so that a page finds them."""
    from desktop.services.roster import RosterService

    begin = (start - timedelta(days=7)).date().isoformat()
    layer = {
        "name": "Everybody",
        "start": f"{begin}T00:00",
        "every": {"unit": "week", "count": 1},
        "people": [[str(one) for one in people]],
    }
    roster = RosterService(store=desk.store, clock=desk.clock, bus=desk.bus)
    roster.create(_ROTA, TEAM, {"zone": zone, "layers": [layer]}, _STAFF, "As the drill has it.")


def _customers(desk: Desk, scenario: Scenario) -> dict[str, int]:
    policy = desk.policy.active()
    found: dict[str, int] = {}
    for entry in scenario.world.customers:
        name = scenario.filled(str(entry.get("name") or entry.get("id") or "Customer"))
        tier = policy.tier(str(entry.get("tier") or ""))
        arr = entry.get("arr")
        contact = scenario.filled(str(entry.get("contact") or ""))
        customer = Customer(
            0,
            name,
            tier.key if tier is not None else None,
            arr if isinstance(arr, int) and not isinstance(arr, bool) else None,
            "",
            contacts=contact,
        )
        known = desk.customer.find(name)
        kept = known if known is not None else desk.customer.add(customer, SIMULATION).customer
        found[str(entry.get("id") or name)] = kept.id
        if "@" in contact and known is None:
            person = Contact(0, name, Circle.CUSTOMER, Reach.MAIL, contact, kept.id, is_default=True)
            with desk.store.begin() as session:
                contacts.insert(session, person)
    return found


def _escalations(desk: Desk, scenario: Scenario, customers: Mapping[str, int]) -> None:
    for number, entry in enumerate(scenario.world.escalations, 1):
        open_ticket(desk, scenario, customers, entry, f"world:{number}", ("", "", ""))


def open_ticket(
    desk: Desk,
    scenario: Scenario,
    customers: Mapping[str, int],
    entry: Mapping[str, Any],
    reference: str,
    told: tuple[str, str, str],
) -> int:
    """Open an escalation as the support system would, unclassified; gives its id.

    `told` are subject, body and sender of the inject, which count where the entry has no words of its own.
    One that is there under its reference already is left as it is: an effect works once.

    Raises: DeskError when the desk's rules do not allow it.
    """
    with desk.store.read() as session:
        known = rows.ticket(session, SOURCE, reference)
    if known is not None:
        return known[0]
    subject, body, sender = told
    policy = desk.policy.active()
    customer_id = customers.get(str(entry.get("customer", ""))) or _somebody(desk, sender, customers)
    title = scenario.filled(str(entry.get("title") or "")) or subject or body.split("\n")[0] or "Ticket"
    severity = entry.get("severity")
    intake = Intake(
        customer_id=customer_id,
        title=title[:200],
        description=scenario.filled(str(entry.get("description") or "")) or body,
        area=known_area(policy, str(entry.get("product_area") or entry.get("area") or "")),
        severity=severity if isinstance(severity, int) and severity in range(1, 5) else None,
        reporter=sender,
        source="support system",
        external_source=SOURCE,
        external_ref=reference,
        team=TEAM,
        classified=bool(entry.get("classified", False)),
    )
    return desk.escalations.escalation.open(intake, SIMULATION).id


def _somebody(desk: Desk, sender: str, customers: Mapping[str, int]) -> int:
    """Whose ticket it is where the scenario names no customer: the sender's, or the only one's."""
    for customer in desk.customer.all():
        if customer.name.casefold() in sender.casefold():
            return customer.id
    if customers:
        return next(iter(customers.values()))
    known = desk.customer.find("Unknown customer")
    added = known or desk.customer.add(Customer(0, "Unknown customer", None, None, ""), SIMULATION).customer
    return added.id
