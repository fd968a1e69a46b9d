"""Teams: kept by leads; people, rotas and open escalations follow a team's new name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from db.queries import person as people
from db.queries import team as queries
from db.queries import timeline
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.events import EscalationChanged, PeopleChanged, RosterChanged
from desktop.domain.instant import to_us
from desktop.domain.person import Actor, Person, Role
from desktop.domain.team import Team
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.domain.working_hours import check_hours
from desktop.services.bus import Bus
from desktop.services.roster_read import of_team

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class TeamState:
    """A team with its people and the names of its rotas; id 0 for one that is only a name people carry."""

    team: Team
    people: tuple[Person, ...]
    schedules: tuple[str, ...]


class TeamService:
    """Keeps the teams; only a lead changes them."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus

    def all(self) -> tuple[TeamState, ...]:
        """Every team by name, those included that people name and nobody has described."""
        with self._store.read() as session:
            known = {team.name: team for team in queries.all_teams(session)}
            unknown = (name for name in queries.names_in_use(session) if name not in known)
            found = [*known.values(), *(Team(0, name) for name in unknown)]
            everybody = people.all_people(session)
            return tuple(_state(session, team, everybody) for team in sorted(found, key=_by_name))

    def get(self, team_id: int) -> Team:
        """One team.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return _required(session, team_id)

    def keep(self, team: Team, by: Actor) -> Team:
        """Add a team given without an id (0), or keep other values of one; another name is one everywhere.

        Raises: NotAllowed unless by a lead; NotFound; Conflict when there is one of that name; DeskError
        naming the field that is wrong.
        """
        _check_right(by)
        with self._store.begin() as session:
            team = _checked(session, team)
            before = _required(session, team.id) if team.id else None
            team_id = team.id or queries.insert(session, team)
            if before is not None:
                queries.update(session, team)
                if before.name != team.name:
                    queries.rename_everywhere(session, before.name, team.name)
            self._tell(session, by, "kept", team, "" if before is None else before.name)
            kept, revision = _required(session, team_id), session.revision()
        self._publish(revision)
        if before is not None and before.name != kept.name:
            self._bus.publish(EscalationChanged((), revision))
        return kept

    def remove(self, team_id: int, by: Actor) -> None:
        """Take a team away that nobody is in and no rota is of.

        Raises: NotAllowed unless by a lead; NotFound; DeskError while it is in use.
        """
        _check_right(by)
        with self._store.begin() as session:
            team = _required(session, team_id)
            count = queries.count_people(session, team.name)
            rotas = of_team(session, team.name)
            if count or rotas:
                who = f"{count} people are in it" if count else f"{rotas[0].name} is its rota"
                raise DeskError(f"{team.name} is in use: {who}.", hint="Move them to another team first.")
            queries.delete(session, team_id)
            self._tell(session, by, "removed", team, "")
            revision = session.revision()
        self._publish(revision)

    def _tell(self, session: Session, by: Actor, deed: str, team: Team, before: str) -> None:
        body = {"team": team.name, "deed": deed, "before": before, "zone": team.zone}
        timeline.append(
            session,
            kind=EventKind.STAFF_CHANGED,
            at_us=to_us(self._clock.now()),
            actor=by.name,
            escalation_id=None,
            body=body if by.person_id is None else {**body, "by_id": by.person_id},
        )

    def _publish(self, revision: int) -> None:
        self._bus.publish(RosterChanged(revision))
        self._bus.publish(PeopleChanged((), revision))


def _by_name(team: Team) -> str:
    return team.name.casefold()


def _state(session: Session, team: Team, everybody: Sequence[Person]) -> TeamState:
    members = tuple(person for person in everybody if person.active and person.team == team.name)
    return TeamState(team, members, tuple(row.name for row in of_team(session, team.name)))


def _checked(session: Session, team: Team) -> Team:
    name = one_line(team.name)
    if not name or len(name) > _LONGEST_NAME:
        raise DeskError(
            "The team has no name." if not name else "The name is too long.",
            field="name",
            hint=f"Type a name of at most {_LONGEST_NAME} characters.",
        )
    for other in queries.all_teams(session):
        if other.id != team.id and other.name.casefold() == name.casefold():
            raise Conflict(
                f"There is a team {other.name} already.", field="name", hint="Choose another name."
            )
    lead = None if team.lead_id is None else people.by_id(session, team.lead_id)
    if team.lead_id is not None and (lead is None or not lead.active):
        raise DeskError("The lead is not at the desk.", field="lead_id", hint="Choose somebody else.")
    zone = _zone(team.zone)
    return replace(team, name=name, zone=zone, working_hours=check_hours(team.working_hours, zone))


def _zone(zone: str) -> str:
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise DeskError(
            f"The time zone {zone!r} is not known.", field="zone", hint="Use a name such as Europe/Berlin."
        ) from None


def _check_right(by: Actor) -> None:
    if Role.LEAD not in by.roles:
        raise NotAllowed(f"{by.name} cannot change teams.", hint="Ask a lead to do it.")


def _required(session: Session, team_id: int) -> Team:
    team = queries.by_id(session, team_id)
    if team is None:
        raise NotFound("There is no such team any more.", hint="Choose another one.")
    return team
