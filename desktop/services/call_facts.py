"""How tired each of some people is, and whether they can be called: what a suggestion goes by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db.queries import channel as channels
from db.queries import load as loads
from db.queries import on_call
from db.queries import time_off as leave
from db.unit_of_work import Session
from desktop.domain.burden import is_night, is_weekend
from desktop.domain.handoff_shift import OnCallShift
from desktop.domain.instant import US_PER_DAY, from_us, to_us
from desktop.domain.person import Person
from desktop.domain.quiet import quiet_until
from desktop.domain.roster import Shift
from desktop.domain.roster_people import by_person, day_runs
from desktop.domain.roster_suggest import Candidate
from desktop.domain.roster_wall import WallClock
from desktop.domain.worktime_layout import Stretch

_LATELY = timedelta(days=7)
_HOUR = timedelta(hours=1)
_MOMENT = timedelta(microseconds=1)
_MORNING = time(7)


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is known of everybody at one instant; `shifts` run up to it, and past it where they still run.

    `reachable` are the people with a channel, None on a desk where nobody has one: it reaches people on
    their screens alone.
    """

    now: datetime
    paged: Mapping[int, Sequence[datetime]]
    paged_this_hour: Mapping[int, int]
    most_per_hour: int
    shifts: Mapping[str, Sequence[Stretch]]
    away: frozenset[int]
    reachable: frozenset[int] | None

    @classmethod
    def read(
        cls, session: Session, now: datetime, worked: Iterable[OnCallShift], most_per_hour: int
    ) -> "CallFacts":
        """As they stand now. Pages are those of the last seven days."""
        paged: dict[int, list[datetime]] = {}
        for row in loads.pages(session, to_us(now - _LATELY)):
            paged.setdefault(row.person_id, []).append(from_us(row.at_us))
        shifts = [Shift(one.start, one.end, tuple(map(str, one.people)), "") for one in worked]
        has_channels = on_call.has_channel(session)
        return cls(
            now=now,
            paged=paged,
            paged_this_hour=channels.page_counts(session, to_us(now - _HOUR)),
            most_per_hour=most_per_hour,
            shifts=by_person(sorted(shifts)),
            away=frozenset(
                entry.person_id for entry in leave.between(session, to_us(now), to_us(now + _MOMENT))
            ),
            reachable=frozenset(channels.usable(session)) if has_channels else None,
        )

    def candidate(self, person: Person, place: int | None) -> Candidate:
        """One person, who stands there by the rota."""
        zone = ZoneInfo(person.zone)
        paged_at = self.paged.get(person.id, ())
        walls = [at.astimezone(zone) for at in paged_at]
        shifts = self.shifts.get(str(person.id), ())
        morning_at = morning_of(person, self.now)
        return Candidate(
            person=str(person.id),
            name=person.name,
            place=place,
            pages=len(walls),
            night_pages=sum(map(is_night, walls)),
            weekend_pages=sum(map(is_weekend, walls)),
            days_in_a_row=_days_in_a_row(shifts, person.zone, self.now),
            rested=_rested(shifts, paged_at, self.now),
            is_night=morning_at is not None,
            morning_at=morning_at,
            is_away=person.id in self.away,
            is_reachable=self.reachable is None or person.id in self.reachable,
            pages_left=max(self.most_per_hour - self.paged_this_hour.get(person.id, 0), 0),
        )


def morning_of(person: Person, now: datetime) -> datetime | None:
    """When somebody's night is over, in UTC; None where their own clock shows no night.

    Quiet hours over midnight are their night, and end when they say; else it ends at the next 07:00.
    """
    begin, end = person.quiet_from, person.quiet_to
    if begin is not None and end is not None and begin > end and (until := quiet_until(person, now)):
        return until
    zone = ZoneInfo(person.zone)
    wall = now.astimezone(zone)
    if not is_night(wall):
        return None
    day = wall.date() if wall.time() < _MORNING else wall.date() + timedelta(days=1)
    return datetime.combine(day, _MORNING, zone).astimezone(UTC)


def _days_in_a_row(shifts: Sequence[Stretch], zone: str, now: datetime) -> int:
    """On how many dates up to today somebody was on call one after the other; 0 where not today."""
    clock, now_us = WallClock(zone), to_us(now)
    runs = day_runs(shifts, clock)
    today = clock.over(now_us, now_us).shown(now_us) // US_PER_DAY
    return runs[-1].days if runs and runs[-1].last >= today else 0


def _rested(shifts: Sequence[Stretch], paged_at: Sequence[datetime], now: datetime) -> timedelta | None:
    """Since the last shift that is over or the last page; the shift that runs now is not over."""
    ended = [from_us(end) for _, end in shifts if from_us(end) <= now]
    last = max((*ended, *paged_at), default=None)
    return now - last if last is not None and now - last < _LATELY else None
