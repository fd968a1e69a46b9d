"""A past escalation becomes a draft in the library, once somebody has signed what is left of names."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.clock import ManualClock
from desktop.domain.drill_engine import DrillRun
from desktop.domain.drill_log import Kind
from desktop.domain.drill_score import score_log
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.person import Actor, Role
from desktop.services import sample
from desktop.services.desk import Desk
from desktop.services.drill_file import read_text, write_text
from desktop.services.drill_from_escalation import DrillFromEscalation
from desktop.services.drill_library import DrillLibrary
from desktop.services.drill_past import PastReading

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TRAINER = Actor("Theo Wynn", None, frozenset({Role.TRAINER}))
FARES = 27


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample desk")
    sample.build(folder / "sample.sqlite3", folder / "backups", ManualClock(NOW))
    return folder / "sample.sqlite3"


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Iterator[Desk]:
    path = Path(shutil.copy(built, tmp_path / "sample.sqlite3"))
    opened = Desk.open(path, tmp_path / "backups", ManualClock(NOW))
    yield opened
    opened.close()


@pytest.fixture
def service(desk: Desk) -> DrillFromEscalation:
    reading = PastReading(store=desk.store, details=desk.escalations.details, policy=desk.policy)
    library = DrillLibrary(store=desk.store, clock=desk.clock, bus=desk.bus)
    return DrillFromEscalation(reading=reading, library=library, clock=desk.clock)


def test_every_escalation_of_the_sample_desk_gives_a_draft_without_a_fault(service: DrillFromEscalation):
    faults = {}
    for escalation_id in range(1, 41):
        scenario = service.build(service.read(escalation_id, TRAINER, seed=4)).scenario
        faults[escalation_id] = [str(each) for each in read_text(write_text(scenario)).faults]
    assert {key: each for key, each in faults.items() if each} == {}


def test_no_name_of_the_desk_is_left_under_any_of_several_seeds(service: DrillFromEscalation):
    for seed in range(8):
        text = write_text(service.build(service.read(FARES, TRAINER, seed=seed)).scenario).casefold()
        for name in ("aurelspan", "prado", "adeyemi", "ekwall", "esc-2026-0028", "sync-0210"):
            assert name not in text


def test_what_is_left_blocks_until_somebody_answers_for_every_hit(service: DrillFromEscalation):
    material = service.read(FARES, TRAINER, seed=4).with_alias("Aurelspan Travel", "Aurelspan Travel")
    built = service.build(material)
    assert built.leftovers
    with pytest.raises(DeskError, match="Real names are left"):
        service.sign(material, built, TRAINER)
    assert service.sign(material, built, TRAINER, len(built.leftovers)).left == len(built.leftovers)


def test_a_signed_draft_stands_in_the_library_and_says_who_signed(service: DrillFromEscalation, desk: Desk):
    material = service.read(FARES, TRAINER, seed=4)
    built = service.build(material)
    draft = service.create(material, built, service.sign(material, built, TRAINER), TRAINER)
    found = read_text(draft.text)
    assert found.faults == ()
    assert found.scenario is not None
    assert found.scenario.origin.kind == "real_escalation"
    assert "read by Theo Wynn on 2026-11-24: nothing found" in found.scenario.origin.ref


def test_a_signature_is_of_what_was_signed_alone(service: DrillFromEscalation):
    material = service.read(FARES, TRAINER, seed=4)
    built = service.build(material)
    signature = service.sign(material, built, TRAINER)
    with pytest.raises(DeskError, match="changed since"):
        service.create(material, built, replace(signature, left=3), TRAINER)


def test_reading_changes_nothing(service: DrillFromEscalation, desk: Desk):
    before = desk.store.revision(), json.dumps(service.read(FARES, TRAINER).past.document(), default=str)
    service.build(service.read(FARES, TRAINER))
    assert (
        desk.store.revision(),
        json.dumps(service.read(FARES, TRAINER).past.document(), default=str),
    ) == before


def test_pseudonyms_are_another_time_by_time(service: DrillFromEscalation):
    names = {service.read(FARES, TRAINER).aliases.entries[0].alias for _ in range(6)}
    assert len(names) > 1


def test_the_deadlines_are_those_of_the_policy_it_was_opened_under(service: DrillFromEscalation):
    built = service.build(service.read(FARES, TRAINER, seed=4))
    deadlines = {one.text: one.deadline_s for _, one in built.scenario.expectations()}
    assert deadlines["Given to somebody by name"] == 300
    assert deadlines["First word to the customer sent"] == 1800


def test_only_trainers_and_leads_may(service: DrillFromEscalation):
    with pytest.raises(NotAllowed):
        service.read(FARES, Actor("Onno Kay", None, frozenset({Role.ON_CALL})))


def test_what_had_begun_long_before_it_came_here_begins_with_its_first_event(commands, tmp_path):
    long_ago = commands.clock.now() - timedelta(days=900)
    opened = commands.open(opened_at=long_ago, title="Old trouble")
    desk = Desk.over(commands.store, tmp_path, commands.clock)
    past = PastReading(store=desk.store, details=desk.escalations.details, policy=desk.policy).read(
        opened.id, TRAINER
    )
    assert past.zero_at == commands.clock.now()
    assert all(timedelta() < at - past.zero_at < timedelta(days=30) for at in past.due.values())


def test_a_name_written_into_the_draft_later_is_found_before_it_is_published(service: DrillFromEscalation):
    material = service.read(FARES, TRAINER, seed=4)
    built = service.build(material)
    draft = service.create(material, built, service.sign(material, built, TRAINER), TRAINER)
    scenario = read_text(draft.text).scenario
    assert scenario is not None
    service.recheck(scenario)
    with pytest.raises(DeskError, match="«Aurelspan»"):
        service.recheck(replace(scenario, summary="Aurelspan calls."))


def test_what_was_answered_for_does_not_block_later(service: DrillFromEscalation):
    material = service.read(FARES, TRAINER, seed=4).with_alias("Aurelspan Travel", "Aurelspan Air")
    built = service.build(material)
    signature = service.sign(material, built, TRAINER, len(built.leftovers))
    found = read_text(service.create(material, built, signature, TRAINER).text).scenario
    assert found is not None
    service.recheck(found)


def test_a_draft_can_be_played_to_its_end(service: DrillFromEscalation):
    scenario = service.build(service.read(FARES, TRAINER, seed=4)).scenario
    run = DrillRun(scenario)
    run.start(0)
    run.advance(70 * 60_000)
    run.end(70 * 60_000)
    fired = [entry for entry in run.log if entry.kind == Kind.FIRED]
    assert len(fired) >= 4
    assert score_log(scenario, run.log).expectations
