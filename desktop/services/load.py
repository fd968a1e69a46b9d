"""What being on call costs: a person's own weeks for them and the leads; for others only the team's sums.

Nobody is ranked: people stand in the order of their names, and what is exported has no names at all.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.queries import load as queries
from db.queries import person as people
from db.unit_of_work import Session, Store
from desktop.domain.burden import Page, WeekBurden, Weights, burden, heat_map
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, NotAllowed, NotFound
from desktop.domain.handoff_shift import OnCallShift
from desktop.domain.instant import from_us, to_us
from desktop.domain.person import Actor, Person, Role
from desktop.domain.roster import Shift

#: How far back, unless somebody says otherwise.
WEEKS = 8
_MOST_WEEKS = 53
#: Days in a row may have begun before the first week shown.
_BEFORE = timedelta(weeks=5)
#: Sums of fewer people would tell of each of them.
_LEAST_PEOPLE = 3
_COLUMNS = (
    "week", "people", "pages", "night_pages", "weekend_pages", "interruptions", "hours_on_call", "index_sum",
)  # fmt: skip


#: The shifts from one instant to another, of all schedules.
Final = Callable[[datetime, datetime], Iterable[OnCallShift]]


def no_rota(start: datetime, end: datetime) -> Iterable[OnCallShift]:
    """The shifts of a desk without a rota."""
    return ()


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """One person's weeks, the earliest first, and how many pages came in each hour of their week.

    `hours` has Monday to Sunday, 24 hours each, on the person's own clock on the wall.
    """

    person: Person
    weeks: tuple[WeekBurden, ...]
    hours: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """A week of everybody who was paged or on call, as sums.

    Where fewer than three people stand behind it, it would tell of each of them: `is_shown` is False and the
    sums are 0.
    """

    week: date
    people: int
    is_shown: bool
    pages: int = 0
    night_pages: int = 0
    weekend_pages: int = 0
    interruptions: int = 0
    hours_on_call: float = 0.0
    index: float = 0.0


class LoadService:
    """Measures the load. `final` gives the shifts as they were, where there is a rota."""

    def __init__(
        self, *, store: Store, clock: Clock, final: Final = no_rota, weights: Weights | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._final = final
        self._weights = weights

    def of_person(self, person_id: int, by: Actor, weeks: int = WEEKS) -> PersonLoad:
        """The last weeks of one person, this one so far included; none where all of them were quiet.

        Raises: NotAllowed unless it is oneself or one is a lead; NotFound; DeskError naming `weeks`.
        """
        if by.person_id != person_id and Role.LEAD not in by.roles:
            raise NotAllowed("Only a person themselves and the leads see that load.", hint="Ask a lead.")
        with self._store.read() as session:
            person = people.by_id(session, person_id)
            if person is None:
                raise NotFound("There is no such person at the desk.")
            return self._loads(session, [person], weeks)[0]

    def of_everybody(self, by: Actor, weeks: int = WEEKS) -> tuple[PersonLoad, ...]:
        """The same of everybody at the desk, by name.

        Raises: NotAllowed unless by a lead; DeskError naming `weeks`.
        """
        if Role.LEAD not in by.roles:
            raise NotAllowed("Only leads see the load of others.", hint="Look at your own.")
        with self._store.read() as session:
            everybody = [person for person in people.all_people(session) if person.active]
            return self._loads(session, everybody, weeks)

    def of_team(self, weeks: int = WEEKS) -> tuple[TeamWeek, ...]:
        """The sums of everybody, week by week, without names: anybody may see them.

        Raises: DeskError naming `weeks`.
        """
        with self._store.read() as session:
            loads = self._loads(session, people.all_people(session), weeks)
        found: dict[date, list[WeekBurden]] = {}
        for load in loads:
            for week in load.weeks:
                found.setdefault(week.week, []).append(week)
        return tuple(_team_week(monday, found[monday]) for monday in sorted(found))

    def export(self, weeks: int = WEEKS) -> str:
        """`of_team` as CSV; weeks that would tell of single people have no figures.

        Raises: as `of_team`.
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        for week in self.of_team(weeks):
            sums: Sequence[object] = (
                week.pages,
                week.night_pages,
                week.weekend_pages,
                week.interruptions,
                f"{week.hours_on_call:.1f}",
                f"{week.index:g}",
            )
            hidden = (f"fewer than {_LEAST_PEOPLE}", *[""] * len(sums))
            said = (week.people, *sums) if week.is_shown else hidden
            writer.writerow((week.week.isoformat(), *said))
        return text.getvalue()

    def _loads(self, session: Session, wanted: Sequence[Person], weeks: int) -> tuple[PersonLoad, ...]:
        if not 1 <= weeks <= _MOST_WEEKS:
            raise DeskError(f"{weeks} weeks cannot be shown.", field="weeks", hint="Choose 1 to 53.")
        now = self._clock.now()
        start = now - timedelta(weeks=weeks - 1)
        zones = {str(person.id): person.zone for person in wanted}
        # The first week begins up to seven days before `start`, and earlier in zones ahead of UTC.
        since = start - timedelta(days=8)
        whose = wanted[0].id if len(wanted) == 1 else None
        pages = [
            Page(str(row.person_id), from_us(row.at_us))
            for row in queries.pages(session, to_us(since), whose)
            if str(row.person_id) in zones
        ]
        shifts = self._shifts(start - _BEFORE, now, zones.keys())
        found: dict[str, list[WeekBurden]] = {}
        for week in burden(pages, shifts, start, now, zone_of=zones.__getitem__, weights=self._weights):
            found.setdefault(week.person, []).append(week)
        return tuple(_load(person, found.get(str(person.id), []), pages) for person in wanted)

    def _shifts(self, start: datetime, end: datetime, whose: Iterable[str]) -> list[Shift]:
        wanted = frozenset(whose)
        found: list[Shift] = []
        for shift in self._final(start, end):
            names = tuple(str(each) for each in shift.people if str(each) in wanted)
            if names and shift.start < end:
                found.append(Shift(shift.start, min(shift.end, end), names, ""))
        return found


def _load(person: Person, weeks: Sequence[WeekBurden], pages: Iterable[Page]) -> PersonLoad:
    zone = ZoneInfo(person.zone)
    shown = [
        page
        for page in pages
        if weeks and page.person == str(person.id) and page.at.astimezone(zone).date() >= weeks[0].week
    ]
    return PersonLoad(person, tuple(weeks), heat_map(shown, zone_of=lambda _: person.zone))


def _team_week(monday: date, weeks: Sequence[WeekBurden]) -> TeamWeek:
    busy = [week for week in weeks if week.pages or week.hours_on_call]
    if len(busy) < _LEAST_PEOPLE:
        return TeamWeek(monday, len(busy), is_shown=False)
    return TeamWeek(
        week=monday,
        people=len(busy),
        is_shown=True,
        pages=sum(week.pages for week in busy),
        night_pages=sum(week.night_pages for week in busy),
        weekend_pages=sum(week.weekend_pages for week in busy),
        interruptions=sum(week.interruptions for week in busy),
        hours_on_call=sum(week.hours_on_call for week in busy),
        index=sum(week.index for week in busy),
    )
