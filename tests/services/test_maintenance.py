"""Maintenance windows: announced, open, closed with one digest; what they cover opens nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from db.queries import timeline
from desktop.domain.disposition import Cause
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.events import MaintenanceChanged
from desktop.domain.instant import to_us
from desktop.domain.maintenance import MaintenanceWindow, read_scope
from desktop.domain.rule_value import Condition, Conditions
from desktop.services.maintenance import MaintenanceService
from tests.services.signal_desk import SignalDesk, cond


@pytest.fixture
def service(desk: SignalDesk) -> MaintenanceService:
    return MaintenanceService(store=desk.store, clock=desk.clock, bus=desk.bus)


def a_window(
    desk: SignalDesk, *, in_min: float = 60, for_min: float = 60, **more: object
) -> MaintenanceWindow:
    begin = desk.clock.now() + timedelta(minutes=in_min)
    span = {"starts_us": to_us(begin), "ends_us": to_us(begin + timedelta(minutes=for_min))}
    return MaintenanceWindow(0, **({"name": "Database upgrade", **span} | more))


def kinds(desk: SignalDesk) -> list[str]:
    with desk.store.read() as session:
        found = timeline.of_desk_since(session, 0)
    return [event.kind for event in found if event.kind.startswith("maintenance.")]


def notices(desk: SignalDesk) -> list[tuple[str, str]]:
    with desk.store.read() as session:
        rows = session.sql("SELECT title, body FROM outbox WHERE reason = 'maintenance' ORDER BY id")
        return [tuple(row) for row in rows.fetchall()]


def tick(desk: SignalDesk, service: MaintenanceService, minutes: float) -> datetime | None:
    desk.clock.forward(minutes=minutes)
    return service.tick()


def test_a_window_is_announced_opened_and_closed_each_once(desk: SignalDesk, service: MaintenanceService):
    service.plan(a_window(desk), desk.lead)
    for _ in range(30):
        tick(desk, service, 5)
    assert kinds(desk) == [
        "maintenance.planned", "maintenance.announced", "maintenance.opened", "maintenance.closed",
    ]  # fmt: skip


def test_it_is_told_of_when_announced_and_when_over(desk: SignalDesk, service: MaintenanceService):
    service.plan(a_window(desk), desk.lead)
    for _ in range(30):
        tick(desk, service, 5)
    (first, body), (second, _) = notices(desk)
    assert (first, second) == ("Maintenance: Database upgrade", "Maintenance over: Database upgrade")
    assert body.startswith("Maintenance in 30 min: Database upgrade, for 1 h")


def test_a_tick_says_when_the_next_one_is_due(desk: SignalDesk, service: MaintenanceService):
    begin = desk.clock.now() + timedelta(hours=1)
    service.plan(a_window(desk), desk.lead)
    expected = [begin - timedelta(minutes=30), begin, begin + timedelta(hours=1), None]
    assert [tick(desk, service, minutes) for minutes in (0, 30, 30, 60)] == expected


def test_one_that_begins_at_once_says_so(desk: SignalDesk, service: MaintenanceService):
    service.plan(a_window(desk, in_min=0), desk.lead)
    service.tick()
    ((_, body),) = notices(desk)
    assert body.startswith("Maintenance has begun: Database upgrade, 1 h left")


def test_what_it_covers_opens_nothing_and_is_kept(desk: SignalDesk, service: MaintenanceService):
    service.plan(a_window(desk, in_min=0), desk.lead)
    kept = desk.send("db")
    assert (kept.disposition, kept.cause, kept.why) == (
        "suppressed", Cause.MAINTENANCE, "Maintenance: Database upgrade",
    )  # fmt: skip


def test_what_it_does_not_cover_opens_as_ever(desk: SignalDesk, service: MaintenanceService):
    scope = read_scope({"all": [cond("title", "contains", "web")]})
    service.plan(a_window(desk, in_min=0, scope=scope), desk.lead)
    assert [desk.send(key).disposition for key in ("db", "web")] == ["opened", "suppressed"]


def test_what_lasts_is_shown_with_what_it_has_kept_quiet(desk: SignalDesk, service: MaintenanceService):
    service.plan(a_window(desk, in_min=0), desk.lead)
    service.plan(a_window(desk, name="Later"), desk.lead)
    desk.send("db")
    (state,), (later,) = service.active(), service.upcoming()
    assert (state.window.name, state.suppressed, later.window.name) == ("Database upgrade", 1, "Later")


def test_a_hundred_signals_make_one_digest(desk: SignalDesk, service: MaintenanceService):
    service.plan(a_window(desk, in_min=0, for_min=10), desk.lead)
    service.tick()
    desk.keep(*({"title": f"Disk {i % 3} is full", "key": f"k{i % 3}"} for i in range(100)))
    while desk.signals.process().remaining:
        pass
    tick(desk, service, 10)
    tick(desk, service, 10)
    told = notices(desk)[1:]
    assert told == [
        ("Maintenance over: Database upgrade",
         "100 signals were suppressed; 3 still fire and need a person's look"),
    ]  # fmt: skip


def test_the_digest_is_kept_with_the_window_and_on_the_timeline(
    desk: SignalDesk, service: MaintenanceService
):
    window = service.plan(a_window(desk, in_min=0, for_min=10), desk.lead)
    desk.send("db")
    tick(desk, service, 10)
    with desk.store.read() as session:
        event = timeline.of_desk_since(session, 0)[-1]
    digest = service.get(window.id).digest
    assert event.body["digest"] == digest
    assert [(line["title"], line["count"]) for line in digest["lines"]] == [("Disk of db is full", 1)]


def test_what_its_source_says_is_over_does_not_still_fire(desk: SignalDesk, service: MaintenanceService):
    window = service.plan(a_window(desk, in_min=0, for_min=10), desk.lead)
    for key, state in (("db", ""), ("web", ""), ("db", "ok")):
        desk.send(key, state=state)
    tick(desk, service, 10)
    firing = service.get(window.id).digest["still_firing"]
    assert [one["key"] for one in firing] == ["web"]


def test_what_was_opened_after_its_end_needs_nobody_through_the_digest(
    desk: SignalDesk, service: MaintenanceService
):
    window = service.plan(a_window(desk, in_min=0, for_min=10), desk.lead)
    desk.send("db")
    desk.clock.forward(minutes=11)
    assert desk.send("db").disposition == "opened"
    service.tick()
    assert service.get(window.id).digest["still_firing"] == []


def test_it_suppresses_nothing_after_its_end_though_nobody_closed_it(
    desk: SignalDesk, service: MaintenanceService
):
    service.plan(a_window(desk, in_min=0, for_min=10), desk.lead)
    desk.clock.forward(minutes=10)
    assert desk.send("db").disposition == "opened"


def test_a_window_slept_through_is_only_closed(desk: SignalDesk, service: MaintenanceService):
    service.plan(a_window(desk), desk.lead)
    tick(desk, service, 600)
    assert kinds(desk) == ["maintenance.planned", "maintenance.closed"]


def test_ended_early_it_closes_with_its_digest(desk: SignalDesk, service: MaintenanceService):
    window = service.plan(a_window(desk, in_min=0), desk.lead)
    desk.send("db")
    state = service.end_now(window.id, desk.coordinator)
    tick(desk, service, 120)
    assert (state.digest["total"], kinds(desk)[-1], kinds(desk).count("maintenance.closed")) == (
        1, "maintenance.closed", 1,
    )  # fmt: skip
    assert desk.send("web").disposition == "opened"


def test_called_off_before_anybody_heard_of_it_nobody_does(desk: SignalDesk, service: MaintenanceService):
    window = service.plan(a_window(desk), desk.lead)
    service.cancel(window.id, desk.lead)
    tick(desk, service, 600)
    assert (notices(desk), service.get(window.id).is_cancelled) == ([], True)


def test_called_off_after_it_was_announced_that_is_told(desk: SignalDesk, service: MaintenanceService):
    window = service.plan(a_window(desk), desk.lead)
    tick(desk, service, 40)
    desk.clock.forward(minutes=1)
    service.cancel(window.id, desk.lead)
    assert notices(desk)[-1][0] == "Maintenance called off: Database upgrade"


def test_what_has_begun_is_ended_not_called_off(desk: SignalDesk, service: MaintenanceService):
    window = service.plan(a_window(desk, in_min=0), desk.lead)
    with pytest.raises(Conflict, match="has begun"):
        service.cancel(window.id, desk.lead)


def test_what_has_not_begun_is_called_off_not_ended(desk: SignalDesk, service: MaintenanceService):
    window = service.plan(a_window(desk), desk.lead)
    with pytest.raises(Conflict, match="has not begun"):
        service.end_now(window.id, desk.lead)


def test_a_window_that_moves_is_announced_anew(desk: SignalDesk, service: MaintenanceService):
    window = service.plan(a_window(desk), desk.lead)
    tick(desk, service, 40)
    hour_us = 3_600_000_000
    moved = replace(window, starts_us=window.starts_us + hour_us, ends_us=window.ends_us + hour_us)
    service.change(moved, desk.lead)
    tick(desk, service, 60)
    assert kinds(desk).count("maintenance.announced") == 2


def test_one_that_lasts_can_be_made_longer(desk: SignalDesk, service: MaintenanceService):
    window = service.plan(a_window(desk, in_min=0, for_min=10), desk.lead)
    service.tick()
    service.change(replace(window, ends_us=window.ends_us + 600_000_000), desk.lead)
    desk.clock.forward(minutes=15)
    assert desk.send("db").disposition == "suppressed"


def test_the_start_of_one_that_lasts_stays(desk: SignalDesk, service: MaintenanceService):
    window = service.plan(a_window(desk, in_min=0), desk.lead)
    with pytest.raises(DeskError, match="its start stays"):
        service.change(replace(window, starts_us=window.starts_us + 120_000_000), desk.lead)


def test_a_start_without_its_seconds_is_the_same(desk: SignalDesk, service: MaintenanceService):
    desk.clock.forward(seconds=17)
    window = service.plan(a_window(desk, in_min=0), desk.lead)
    to_the_minute = window.starts_us // 60_000_000 * 60_000_000
    assert service.change(replace(window, starts_us=to_the_minute), desk.lead).starts_us == window.starts_us


def test_a_window_that_is_over_is_not_changed(desk: SignalDesk, service: MaintenanceService):
    window = service.plan(a_window(desk, in_min=0), desk.lead)
    service.end_now(window.id, desk.lead)
    with pytest.raises(Conflict, match="is over"):
        service.change(window, desk.lead)


def test_none_is_planned_for_the_past(desk: SignalDesk, service: MaintenanceService):
    with pytest.raises(DeskError, match="over already") as caught:
        service.plan(a_window(desk, in_min=-120), desk.lead)
    assert caught.value.field == "ends_us"


def test_a_scope_that_could_not_be_read_is_refused(desk: SignalDesk, service: MaintenanceService):
    scope = Conditions("all", (Condition("no such field", "is", "x"),))
    with pytest.raises(DeskError) as caught:
        service.plan(a_window(desk, scope=scope), desk.lead)
    assert caught.value.field == "scope.all[0].field"


def test_what_came_back_after_it_was_over_still_fires(desk: SignalDesk, service: MaintenanceService):
    window = service.plan(a_window(desk, in_min=0, for_min=10), desk.lead)
    for state in ("", "ok", ""):
        desk.send("db", state=state)
    tick(desk, service, 10)
    assert [one["key"] for one in service.get(window.id).digest["still_firing"]] == ["db"]


def test_engineers_may_not_plan_silence(desk: SignalDesk, service: MaintenanceService):
    with pytest.raises(NotAllowed):
        service.plan(a_window(desk), desk.base.senior)


def test_two_desks_on_one_database_tell_once(desk: SignalDesk, service: MaintenanceService):
    other = MaintenanceService(store=desk.store, clock=desk.clock, bus=desk.bus)
    service.plan(a_window(desk), desk.lead)
    tick(desk, service, 40)
    other.tick()
    assert kinds(desk).count("maintenance.announced") == 1


def test_everyone_hears_of_each_change(desk: SignalDesk, service: MaintenanceService):
    service.plan(a_window(desk), desk.lead)
    before = len(desk.told(MaintenanceChanged))
    service.tick()
    tick(desk, service, 40)
    assert (before, len(desk.told(MaintenanceChanged))) == (1, 2)


def test_the_latest_leads_the_list_of_all(desk: SignalDesk, service: MaintenanceService):
    service.plan(a_window(desk), desk.lead)
    service.plan(a_window(desk, in_min=90, name="Second"), desk.lead)
    assert [state.window.name for state in service.recent()] == ["Second", "Database upgrade"]
