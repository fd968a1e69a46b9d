"""Rosters over every clock change of 2025 to 2030 and month ends, by property and by walking minutes."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.roster import Schedule
from tests.domain.roster_reference import MinuteWalk
from tests.domain.rosters import HOUR, MINUTE, YEARS, ZONES, clock_changes, layer, schedule, utc

DAY = timedelta(days=1)
CHANGES = [(zone, at) for zone in ZONES for at in clock_changes(zone) or (utc("2027-06-01T00:00"),)]
PEOPLE = "ABCDEF"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

changes = st.sampled_from(CHANGES)
people = st.sampled_from(PEOPLE)
groups = st.lists(st.lists(people, max_size=2, unique=True), min_size=1, max_size=4)
full_groups = st.lists(st.lists(people, min_size=1, max_size=2, unique=True), min_size=1, max_size=4)
hours = st.integers(0, 6 * 365 * 24)
times = st.builds("{:02}:{:02}".format, st.integers(0, 4) | st.integers(0, 23), st.sampled_from([0, 15, 30]))
every = st.one_of(
    st.builds(lambda n: {"unit": "hour", "count": n}, st.sampled_from([1, 2, 8, 12, 24, [2, 1], [10, 14]])),
    st.builds(lambda n: {"unit": "day", "count": n}, st.sampled_from([1, 2, [4, 3]])),
    st.builds(lambda n: {"unit": "week", "count": n}, st.integers(1, 2)),
    st.builds(lambda n: {"unit": "month", "count": n}, st.integers(1, 2)),
)
restrictions = st.fixed_dictionaries(
    {"from": times, "to": times},
    optional={"days": st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True)},
)


@st.composite
def layers_near(draw, at, name, entries=groups, restrict=True):
    """A layer that starts some days before or after an instant."""
    day = (at + draw(st.integers(-9, 9)) * DAY).date()
    document = {
        "name": name,
        "start": f"{day}T{draw(times)}",
        "every": draw(every),
        "people": draw(entries),
    }
    if restrict:
        document["restrict"] = draw(st.lists(restrictions, max_size=2))
    return document


@st.composite
def stretches_near(draw, at):
    """From and to of an override or of time off, within two days of an instant."""
    begin = at + draw(st.integers(-2880, 2800)) * MINUTE
    end = begin + draw(st.integers(1, 1500)) * MINUTE
    return {"from": begin.isoformat(), "to": end.isoformat()}


@st.composite
def documents(draw):
    """A schedule of up to three layers with overrides and time off around a clock change, and the change."""
    zone, at = draw(changes)
    layers = [draw(layers_near(at, name)) for name in ("low", "middle", "high")[: draw(st.integers(1, 3))]]
    document = {"zone": zone, "layers": layers}
    document["overrides"] = [
        draw(stretches_near(at)) | draw(st.sampled_from([{"add": a}, {"remove": b}, {"add": a, "remove": b}]))
        for a, b in draw(st.lists(st.tuples(people, people), max_size=3))
    ]
    document["time_off"] = [
        draw(stretches_near(at)) | {"person": person} for person in draw(st.lists(people, max_size=2))
    ]
    return document, at


def midnight(at, days):
    return at.replace(hour=0, minute=0) + days * DAY


def vectors(zone, at):
    """A rota whose turns and hours all lie about a clock change, each layer in another way."""
    day = midnight(at, -5).date()
    handoff = (at - MINUTE).astimezone(ZoneInfo(zone)).strftime("%H:31")
    entries = [["A"], ["B", "C"], [], ["D"]]
    return {
        "zone": zone,
        "layers": [
            layer("weekly", f"{day}T{handoff}", people="EF"),
            layer("daily", f"{day}T{handoff}", "day", people=entries),
            layer("nights", f"{day}T00:00", "hour", 12, entries, restrict=[{"from": "20:00", "to": "02:30"}]),
            layer("hourly", f"{day}T00:30", "hour", 1, entries, restrict=[{"from": "00:15", "to": "03:00"}]),
            layer("brief", f"{day}T00:00", "hour", 24, "GH", restrict=[{"from": "02:15", "to": "02:45"}]),
        ],
        "overrides": [
            {**around(at, 30, 45), "add": "X", "remove": "A"},
            {**around(at, 200, -90), "add": "Y"},
        ],
        "time_off": [{**around(at, 90, 1000), "person": "E"}, {**around(at, 5, 5), "person": "B"}],
    }


def around(at, before, after):
    return {"from": (at - before * MINUTE).isoformat(), "to": (at + after * MINUTE).isoformat()}


@pytest.mark.parametrize("zone", ZONES)
def test_at_every_clock_change_of_six_years_the_walk_agrees(zone):
    for at in clock_changes(zone) or (utc("2027-06-01T00:00"),):
        document, start = vectors(zone, at), midnight(at, -1)
        walk = MinuteWalk(document, start, 3)
        assert Schedule.from_mapping(document).shifts(start, start + 3 * DAY) == walk.shifts(), at


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("count", [1, 12, 24, [5, 19]])
def test_at_every_clock_change_of_six_years_hours_hand_over_without_gap_or_overlap(zone, count):
    rota = schedule(layer(start="2025-01-01T00:30", unit="hour", count=count), zone=zone)
    start, end = utc(f"{YEARS.start}-01-01T00:00"), utc(f"{YEARS.stop}-01-01T00:00")
    shifts = rota.shifts(start, end)
    assert [shifts[0].start, shifts[-1].end] == [start, end]
    assert all(earlier.end == later.start for earlier, later in pairwise(shifts))


@settings(max_examples=60)
@given(documents())
def test_walking_minute_by_minute_finds_the_same_shifts(case):
    document, at = case
    start = midnight(at, -1)
    walk = MinuteWalk(document, start, 3)
    assert Schedule.from_mapping(document).shifts(start, start + 3 * DAY) == walk.shifts()


@pytest.mark.thorough
@settings(max_examples=600)
@given(documents())
def test_walking_minute_by_minute_finds_the_same_shifts_in_hundreds_of_rotas(case):
    document, at = case
    start = midnight(at, -1)
    walk = MinuteWalk(document, start, 3)
    assert Schedule.from_mapping(document).shifts(start, start + 3 * DAY) == walk.shifts()


@given(changes, st.data())
def test_a_rotation_leaves_no_gap_and_no_overlap_over_a_clock_change(change, data):
    zone, at = change
    rota = schedule(data.draw(layers_near(at, "only", full_groups, restrict=False)), zone=zone)
    shifts = rota.shifts(at - 3 * DAY, at + 3 * DAY)
    assert [shifts[0].start, shifts[-1].end] == [at - 3 * DAY, at + 3 * DAY]
    assert all(earlier.end == later.start for earlier, later in pairwise(shifts))


@given(changes, times, times, times)
def test_restrictions_that_meet_on_the_wall_never_leave_a_gap(change, one, two, three):
    zone, at = change
    bounds = sorted({one, two, three})
    spans = zip(bounds, [*bounds[1:], bounds[0]], strict=True)
    rota = schedule(
        *(
            layer(
                f"{start}–{end}", "2025-01-01T00:00", people=start[:1], restrict=[{"from": start, "to": end}]
            )
            for start, end in spans
        ),
        zone=zone,
    )
    assert rota.gaps(at - 3 * DAY, at + 3 * DAY) == []


@given(documents(), st.integers(-4000, 4000))
def test_on_call_and_shifts_and_gaps_agree(case, minute):
    document, change = case
    rota, at = Schedule.from_mapping(document), change + minute * MINUTE
    around = [shift for shift in rota.shifts(at - DAY, at + DAY) if shift.start <= at < shift.end]
    gaps = [gap for gap in rota.gaps(at - DAY, at + DAY) if gap.start <= at < gap.end]
    assert [shift.people for shift in around] == ([rota.on_call(at)] if rota.on_call(at) else [])
    assert len(around) + len(gaps) == 1


@given(documents(), st.lists(st.integers(-3000, 3000), min_size=3, max_size=3, unique=True))
def test_hours_are_conserved_wherever_the_window_is_cut(case, minutes):
    document, change = case
    rota = Schedule.from_mapping(document)
    start, cut, end = (change + minute * MINUTE for minute in sorted(minutes))

    def hours(*windows):
        total = {}
        for window in windows:
            for shift in rota.shifts(*window):
                for person in shift.people:
                    total[person] = total.get(person, 0) + (shift.end - shift.start) / MINUTE
        return total

    assert hours((start, end)) == hours((start, cut), (cut, end))
    covered = sum((shift.end - shift.start for shift in rota.shifts(start, end)), timedelta())
    assert covered + sum((gap.end - gap.start for gap in rota.gaps(start, end)), timedelta()) == end - start


@given(documents(), people, people)
def test_overrides_always_win(case, added, removed):
    document, at = case
    last = {"from": (at - HOUR).isoformat(), "to": (at + HOUR).isoformat(), "add": added, "remove": removed}
    rota = Schedule.from_mapping({**document, "overrides": [*document["overrides"], last]})
    shifts = rota.shifts(at - HOUR, at + HOUR)
    assert sum((shift.end - shift.start for shift in shifts), timedelta()) == 2 * HOUR
    assert all(added in shift.people for shift in shifts)
    assert added == removed or not any(removed in shift.people for shift in shifts)


@given(documents())
def test_nobody_is_missing_where_a_layer_has_somebody(case):
    document, at = case
    window = at - 2 * DAY, at + 2 * DAY
    plain = Schedule.from_mapping({**document, "overrides": [], "time_off": []})
    assert plain.shifts(*window) == Schedule.from_mapping(document).planned(*window)
    for each in document["layers"]:
        alone = Schedule.from_mapping({"zone": document["zone"], "layers": [each]})
        for shift in alone.shifts(*window):
            assert plain.gaps(shift.start, shift.end) == []


@given(documents())
def test_a_document_survives_being_written_and_read(case):
    rota = Schedule.from_mapping(case[0])
    again = Schedule.from_mapping(rota.to_mapping())
    assert again == rota
    assert hash(again) == hash(rota)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("count", [{"unit": "hour", "count": 24}, {"unit": "day", "count": 1}])
def test_a_daily_handoff_keeps_its_local_time_for_six_years(zone, count):
    rota = schedule({**layer(start="2025-06-01T09:00"), "every": count}, zone=zone)
    place = ZoneInfo(zone)
    handoffs = rota.handoffs("primary", utc(f"{YEARS.start}-01-01T00:00"), utc(f"{YEARS.stop}-01-01T00:00"))
    assert {f"{at.astimezone(place):%H:%M}" for at in handoffs} == {"09:00"}
    assert len(handoffs) == sum(366 if year % 4 == 0 else 365 for year in YEARS)


@given(st.sampled_from(ZONES), st.integers(28, 31), times, st.integers(1, 3))
def test_a_month_hands_over_on_its_own_day_or_the_last_one(zone, day, time, count):
    rota = schedule(layer(start=f"2026-01-{day}T{time}", unit="month", count=count), zone=zone)
    handoffs = rota.handoffs("primary", utc("2025-01-02T00:00"), utc("2030-12-30T00:00"))
    local = [at.astimezone(ZoneInfo(zone)) for at in handoffs]
    months = [wall.year * 12 + wall.month for wall in local]
    assert all(later - earlier == count for earlier, later in pairwise(months))
    for wall in local:
        assert wall.day == day or (wall + DAY).month != wall.month


@given(st.sampled_from(ZONES), every, groups, st.integers(1, 60), hours)
def test_a_rotation_extends_backwards_as_it_goes_on_forwards(zone, step, entries, rounds, hour):
    later = layer(start="2027-03-01T09:00", people=entries)
    later["every"] = step
    units = rounds * len(entries) * _units_of(step)
    earlier = {**later, "start": _back(later["start"], step["unit"], units)}
    at = utc("2025-01-01T00:00") + hour * HOUR
    assert schedule(later, zone=zone).on_call(at) == schedule(earlier, zone=zone).on_call(at)


def _units_of(step):
    return sum(step["count"]) * 2 if isinstance(step["count"], list) else step["count"]


def _back(start, unit, units):
    wall = datetime.fromisoformat(start)
    if unit == "month":
        years, month = divmod(wall.year * 12 + wall.month - 1 - units, 12)
        return wall.replace(year=years, month=month + 1).isoformat()
    return (wall - timedelta(**{unit + "s": units})).isoformat()
