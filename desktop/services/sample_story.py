"""The story of the sample desk, acted out by the commands that do such things at any desk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desktop.domain.clock import ManualClock
from desktop.domain.customer import Customer
from desktop.domain.intake import Intake, NewEvidence
from desktop.domain.person import Actor, Person, Role
from desktop.services.desk import SET_UP, Desk
from desktop.services.outbox import DESKTOP, WINDOW

# How often the alarms of the past are looked after at most: the story has no finer grain.
_SWEEP_EVERY = timedelta(minutes=2)
_MANY = 1_000


@dataclass(frozen=True, slots=True)
class Scene:
    """What somebody, by first name, did about an escalation; `words` are what that needs."""

    at: datetime
    title: str
    who: str
    what: str
    words: tuple[Any, ...] = ()


def scenes_of(escalations: Sequence[Mapping[str, Any]], now: datetime) -> list[Scene]:
    """All scenes in order of time, of entries as `sample.yaml` describes them."""
    scenes: list[Scene] = []
    for entry in escalations:
        opened_at = now - timedelta(minutes=entry["opened"])
        scenes.append(Scene(opened_at, entry["title"], entry["by"], "open", (entry,)))
        for ago_min, who, what, *words in entry.get("story", ()):
            at = now - timedelta(minutes=ago_min)
            scenes.append(Scene(at, entry["title"], who, what, tuple(words)))
    return sorted(scenes, key=lambda scene: scene.at)


def cast_of(desk: Desk, entries: Sequence[Mapping[str, Any]], operator: str, zone: str) -> dict[str, Person]:
    """Everybody in the story by first name, `me` being the operator; a new desk gets them as its people."""
    lead = Actor(SET_UP.name, roles=frozenset({Role.LEAD}))
    me = desk.person.ensure_first_person(operator, zone)
    cast = {} if me is None else {"me": me}
    for entry in entries:
        roles = frozenset(map(Role, entry["roles"]))
        person = Person(0, entry["name"], "", team=entry["team"], zone=entry["zone"], roles=roles)
        cast[entry["name"].split()[0]] = desk.person.create(person, lead)
    desk.settings.set("first_run_done", True)
    return cast


def customers_of(desk: Desk, entries: Sequence[Mapping[str, Any]]) -> dict[str, Customer]:
    """The customers in the story by name; a new desk gets them."""
    people = {person.name.split()[0]: person.id for person in desk.person.all()}
    return {
        entry["name"]: desk.customer.add(
            Customer(
                0,
                entry["name"],
                tier=entry["tier"],
                revenue=entry.get("revenue"),
                currency="",
                region=entry["region"],
                account_owner_id=people.get(entry.get("owner", "")),
                contacts=entry.get("contacts", ""),
                zone=entry.get("zone", ""),
            ),
            SET_UP,
        ).customer
        for entry in entries
    }


class Player:
    """Acts scenes out on a desk, and lets its alarms ring in between as they would have."""

    def __init__(
        self, desk: Desk, clock: ManualClock, cast: Mapping[str, Person], customers: Mapping[str, Customer]
    ) -> None:
        self._desk = desk
        self._clock = clock
        self._cast = cast
        self._customers = customers
        self._ids: dict[str, int] = {}
        self._acts: Mapping[str, Callable[..., object]] = {
            "acknowledge": desk.escalations.transition.acknowledge,
            "assign": self._assign,
            "attach": self._attach,
            "classify": desk.escalations.classification.classify,
            "close": desk.escalations.transition.close,
            "contain": desk.escalations.transition.contain,
            "merge": self._merge,
            "note": self._note,
            "pause": self._pause,
            "reopen": desk.escalations.transition.reopen,
            "resolve": self._resolve,
            "snooze": self._snooze,
            "standard": desk.escalations.transition.to_standard,
            "update": self._update,
            "work": desk.escalations.transition.work,
        }

    def let_pass(self, at: datetime) -> None:
        """Let time pass to an instant, with the alarms that fall due on the way."""
        while (wake_at := self._desk.alarm.next_wake_at()) is not None:
            wake_at = max(wake_at, self._clock.now() + _SWEEP_EVERY)
            if wake_at >= at:
                break
            self._clock.set(wake_at)
            self._ring()
        self._clock.set(at)
        self._ring()

    def act(self, scene: Scene) -> None:
        """Do what the scene says."""
        by = self._cast[scene.who].actor()
        if scene.what == "open":
            self._open(scene.words[0], by)
        else:
            self._acts[scene.what](self._ids[scene.title], by, *scene.words)

    def _ring(self) -> None:
        self._desk.alarm.sweep()
        for item in self._desk.outbox.claim((DESKTOP, WINDOW), limit=_MANY):
            self._desk.outbox.delivered(item.id, "shown in the window")
            self._desk.outbox.confirmed(item.id, "closed by the person")

    def _open(self, entry: Mapping[str, Any], by: Actor) -> None:
        source, reference = entry.get("ref", (None, None))
        intake = Intake(
            customer_id=self._customers[entry["customer"]].id,
            title=entry["title"],
            description=entry.get("description", ""),
            issue_type=entry["type"],
            severity=entry.get("severity"),
            business_impact=entry.get("impact"),
            reputational_risk=entry.get("risk"),
            reporter=entry["reporter"],
            source=entry["source"],
            external_source=source,
            external_ref=reference,
            team=entry.get("team", ""),
            classified=entry.get("classified", True),
        )
        self._ids[entry["title"]] = self._desk.escalations.escalation.open(intake, by).id

    def _assign(self, case: int, by: Actor, name: str) -> None:
        self._desk.escalations.ownership.assign(case, self._cast[name].id, by)

    def _note(self, case: int, by: Actor, text: str) -> None:
        self._desk.escalations.escalation.note(case, text, by)

    def _update(self, case: int, by: Actor, text: str) -> None:
        self._desk.escalations.escalation.record_update(case, text, by)

    def _attach(self, case: int, by: Actor, name: str, text: str) -> None:
        piece = NewEvidence(name, text.encode(), "text/plain")
        self._desk.escalations.attaching.attach(case, piece, by)

    def _resolve(self, case: int, by: Actor, reason: str, note: str) -> None:
        self._desk.escalations.transition.resolve(case, by, note, reason)

    def _pause(self, case: int, by: Actor, reason: str, note: str) -> None:
        self._desk.escalations.pausing.pause(case, reason, by, note=note)

    def _snooze(self, case: int, by: Actor, minutes: int, reason: str) -> None:
        self._desk.escalations.snooze.snooze(case, self._clock.now() + timedelta(minutes=minutes), reason, by)

    def _merge(self, case: int, by: Actor, into: str, reason: str) -> None:
        self._desk.escalations.merging.merge(case, self._ids[into], by, reason)
