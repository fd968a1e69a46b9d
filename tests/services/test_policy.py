"""Policy versions: kept for good, told once when another comes into force, exact as YAML."""

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from db.engine import open_store
from desktop.domain.errors import DeskError, NotAllowed, NotFound, StoreError, StoreFault
from desktop.domain.events import PolicyChanged
from desktop.domain.person import Actor, Role
from desktop.services.bus import Bus
from desktop.services.policy import PolicyService, default_policy
from tests.domain.policies import a_policy
from tests.factories import MONDAY

LEAD = Actor("Lena Lead", 1, frozenset({Role.LEAD}))
SETUP = Actor.system("set-up")
DAY = timedelta(days=1)


@pytest.fixture
def bus():
    return Bus()


@pytest.fixture
def told(bus):
    events = []
    bus.subscribe(PolicyChanged, events.append)
    return events


@pytest.fixture
def service(store, clock, bus):
    service = PolicyService(store=store, clock=clock, bus=bus)
    service.ensure_default(SETUP)
    return service


@pytest.fixture
def other_program(database_path, clock, service):
    """The same database, opened by somebody else."""
    other = open_store(database_path)
    yield PolicyService(store=other, clock=clock, bus=Bus())
    other.close()


def named(name):
    return a_policy(name=name)


def test_the_shipped_policy_becomes_version_1(service):
    assert service.active() == replace(default_policy(), version=1)


def test_the_shipped_policy_is_put_in_once(service):
    service.ensure_default(SETUP)
    assert [entry.version for entry in service.versions()] == [1]


def test_without_any_policy_nothing_is_in_force(store, clock, bus):
    with pytest.raises(NotFound, match="no policy"):
        PolicyService(store=store, clock=clock, bus=bus).active()


def test_two_programs_on_a_new_database_put_in_one_policy(store, database_path, clock):
    slow = PolicyService(store=store, clock=clock, bus=Bus())
    slow_view = slow._activations()
    quick_store = open_store(database_path)
    PolicyService(store=quick_store, clock=clock, bus=Bus()).ensure_default(SETUP)
    quick_store.close()
    assert slow_view == ()
    assert slow.ensure_default(SETUP).version == 1
    assert len(slow.versions()) == 1


def test_the_next_policy_is_the_next_version_and_in_force(service):
    kept = service.keep(named("Second"), LEAD)
    assert (kept.version, kept.name) == (2, "Second")
    assert service.active() == kept


def test_old_versions_stay_as_they_were(service):
    service.keep(named("Second"), LEAD)
    assert service.version(1) == replace(default_policy(), version=1)


def test_a_version_is_read_once(service):
    assert service.version(1) is service.version(1)


def test_an_unknown_version_is_not_found(service):
    with pytest.raises(NotFound, match="no policy version 9"):
        service.version(9)


def test_who_kept_a_version_and_when_is_listed(service, clock):
    clock.forward(hours=1)
    service.keep(named("Second"), LEAD, MONDAY + DAY)
    latest = service.versions()[0]
    assert (latest.version, latest.name, latest.created_by) == (2, "Second", "Lena Lead")
    assert (latest.created_at, latest.active_at) == (MONDAY + timedelta(hours=1), MONDAY + DAY)


def test_a_policy_for_tomorrow_waits_for_tomorrow(service, clock):
    service.keep(named("Tomorrow's"), LEAD, MONDAY + DAY)
    assert service.active().version == 1
    clock.forward(DAY)
    assert service.active().name == "Tomorrow's"


def test_a_policy_cannot_begin_yesterday(service):
    with pytest.raises(DeskError, match="in the past"):
        service.keep(named("Yesterday's"), LEAD, MONDAY - DAY)


def test_of_two_policies_the_one_that_began_last_is_in_force(service, clock):
    service.keep(named("Tomorrow's"), LEAD, MONDAY + DAY)
    service.keep(named("Today's"), LEAD)
    assert service.active().name == "Today's"
    clock.forward(DAY)
    assert service.active().name == "Tomorrow's"


def test_of_two_policies_for_the_same_instant_the_later_version_counts(service):
    service.keep(named("Second"), LEAD)
    service.keep(named("Third"), LEAD)
    assert service.active().name == "Third"


def test_a_clock_put_back_before_the_first_policy_leaves_that_one(service, clock):
    service.keep(named("Tomorrow's"), LEAD, MONDAY + DAY)
    clock.jump(days=-400)
    assert service.active().version == 1


def test_what_another_program_put_in_force_is_seen(service, other_program):
    assert service.active().version == 1
    other_program.keep(named("Theirs"), LEAD)
    assert service.active().name == "Theirs"


def test_a_transaction_sees_the_policy_of_another_program(service, store, other_program):
    other_program.keep(named("Theirs"), LEAD)
    with store.begin() as session:
        assert service.active(session).name == "Theirs"


def test_a_change_is_told_once(service, told):
    service.keep(named("Second"), LEAD)
    service.notice_change()
    assert told == [PolicyChanged(2)]


def test_the_first_look_is_no_change(service, told):
    assert not service.notice_change()
    assert told == []


def test_a_policy_for_tomorrow_is_told_tomorrow(service, clock, told):
    service.keep(named("Tomorrow's"), LEAD, MONDAY + DAY)
    assert told == []
    clock.forward(DAY)
    assert service.notice_change()
    assert told == [PolicyChanged(2)]


def test_a_change_by_another_program_is_told(service, other_program, told):
    service.notice_change()
    other_program.keep(named("Theirs"), LEAD)
    assert service.notice_change()
    assert told == [PolicyChanged(2)]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEAD])
def test_only_a_lead_may_change_the_policy(service, role):
    with pytest.raises(NotAllowed, match="Carl cannot change the policy"):
        service.keep(named("Mine"), Actor("Carl", 2, frozenset({role})))
    assert len(service.versions()) == 1


def test_a_version_damaged_in_the_database_is_said_to_be_so(service, store, clock):
    with store.begin() as session:
        session.sql("INSERT INTO policy VALUES (2, 'Broken', '{', 0, 0, 'nobody')")
    with pytest.raises(StoreError, match="version 2 in the database cannot be read") as fault:
        service.version(2)
    assert fault.value.kind is StoreFault.CORRUPT


def test_a_version_seen_in_a_transaction_that_is_undone_is_forgotten(service, store):
    text = json.dumps(named("Undone").to_mapping())
    with suppress(ZeroDivisionError), store.begin() as session:
        session.sql("INSERT INTO policy VALUES (2, 'Undone', ?, 0, 0, 'nobody')", (text,))
        assert service.version(2, session).name == "Undone"
        _ = 1 / 0
    with pytest.raises(NotFound):
        service.version(2)


def test_a_start_with_a_stored_policy_needs_no_yaml_and_no_holidays(service, database_path):
    program = f"""
import sys
from datetime import UTC, datetime
from db.engine import open_store
from desktop.domain.clock import ManualClock
from desktop.services.bus import Bus
from desktop.services.policy import PolicyService
store = open_store({str(database_path)!r})
clock = ManualClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
policy = PolicyService(store=store, clock=clock, bus=Bus()).active()
print(policy.name, sorted({{"yaml", "holidays", "sqlalchemy"}} & set(sys.modules)))
store.close()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "Default policy []\n"
