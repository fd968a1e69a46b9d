"""A rota kept, changed and exported over the change of clocks: nothing moves by an hour, nothing is lost."""

from datetime import timedelta
from itertools import pairwise

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.unit_of_work import Store
from desktop.adapters.calendars import write_shifts
from desktop.domain.clock import ManualClock
from desktop.services.roster_calendar import RosterCalendar
from desktop.services.roster_values import NewOverride
from tests.services.roster_desk import NOW, RosterDesk, a_rota, at

_HOUR = timedelta(hours=1)


@pytest.fixture
def desk(store: Store, clock: ManualClock) -> RosterDesk:
    return RosterDesk(store, clock)


def in_berlin(desk: RosterDesk) -> int:
    """Bo and Cy take turns each day at nine on the wall of Berlin."""
    document = a_rota(["Bo Lund"], ["Cy Marsh"]) | {"zone": "Europe/Berlin"}
    return desk.roster.create("Berlin", "Payments", document, desk.by("Ada")).id


def test_an_export_hands_over_at_the_same_time_on_the_wall_all_year(desk: RosterDesk):
    in_berlin(desk)
    calendar = RosterCalendar(store=desk.store, clock=desk.clock, write=write_shifts)
    events = icalendar.Calendar.from_ical(calendar.of_team("Payments")).walk("VEVENT")
    hours = {f"{event['DTSTART'].dt:%m %H}" for event in events}
    assert {"12 08", "07 07"} <= hours
    assert not {"12 07", "07 08"} & hours


def test_an_export_has_every_hour_once(desk: RosterDesk):
    in_berlin(desk)
    calendar = RosterCalendar(store=desk.store, clock=desk.clock, write=write_shifts)
    events = icalendar.Calendar.from_ical(calendar.of_team("Payments")).walk("VEVENT")
    spans = sorted((event["DTSTART"].dt, event["DTEND"].dt) for event in events)
    assert all(end == start for (_, end), (start, _) in pairwise(spans))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(st.tuples(st.integers(0, 70), st.integers(1, 30), st.sampled_from("ABCD"))))
def test_whoever_is_put_in_is_on_call_and_no_hour_is_lost(
    desk: RosterDesk, wanted: list[tuple[int, int, str]]
):
    everybody = {name[0]: person_id for name, person_id in desk.ids.items()}
    name = f"Rota {len(desk.roster.schedules()) + 1}"
    kept = desk.roster.create(name, "Payments", a_rota(["Bo Lund"], ["Cy Marsh"]), desk.by("Ada")).id
    for start_h, length_h, who in wanted[:4]:
        start = NOW + start_h * _HOUR
        desk.roster.add_override(
            kept, NewOverride(start, start + length_h * _HOUR, everybody[who]), desk.by("Ada")
        )
    shifts = desk.roster.final(NOW, at("27 09:00"), schedule_id=kept)
    assert sum((shift.end - shift.start for shift in shifts), timedelta()) == timedelta(days=4)
    for start_h, length_h, who in wanted[:4]:
        middle = NOW + (start_h + length_h / 2) * _HOUR
        on_call = next(s.people for s in shifts if s.start <= middle < s.end)
        assert everybody[who] in on_call
