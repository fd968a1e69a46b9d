from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.domain.errors import DeskError, NotAllowed, NotFound
from desktop.domain.escalation import State
from desktop.domain.events import DataImported
from desktop.domain.person import Actor, Person, Role
from desktop.domain.ticket_mapping import FieldRule, TicketMapping
from desktop.services.desk import Desk
from desktop.services.importing import ImportReport, ImportService
from tests.domain.tickets import ATable, a_mapping, a_row

IMPORT = Actor.system("Import")
LEAD = Actor("Lena", None, frozenset({Role.LEAD}))


@pytest.fixture
def desk(store: Store, clock: ManualClock, tmp_path: Path) -> Desk:
    return Desk.over(store, tmp_path / "backups", clock)


@pytest.fixture
def service(desk: Desk) -> ImportService:
    return ImportService(
        store=desk.store,
        clock=desk.clock,
        bus=desk.bus,
        policy=desk.policy,
        escalation=desk.escalations.escalation,
        transition=desk.escalations.transition,
    )


@pytest.fixture
def take(service: ImportService) -> "Take":
    return Take(service)


class Take:
    """Imports rows by the mapping of the tests."""

    def __init__(self, service: ImportService) -> None:
        self.service = service

    def __call__(
        self,
        *rows: tuple[str, ...],
        mapping: TicketMapping | None = None,
        dry: bool = False,
        people: bool = False,
    ) -> ImportReport:
        mapping = mapping or a_mapping()
        return self.service.start(ATable(*rows), mapping, IMPORT, dry=dry, add_people=people).run()


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.new, report.updated, report.unchanged, len(report.refused)


def column(store: Store, name: str, reference: str = "T1") -> object:
    with store.read() as session:
        return session.sql(f"SELECT {name} FROM escalation WHERE external_ref = ?", (reference,)).fetchone()[
            0
        ]


def ids(store: Store) -> list[int]:
    with store.read() as session:
        return [row[0] for row in session.sql("SELECT id FROM escalation ORDER BY id")]


def test_rows_become_escalations_with_their_history(desk: Desk, take: Take) -> None:
    report = take(a_row(state="gone", closed="2026-11-21 09:00"), a_row("T2"))
    assert counts(report) == (2, 0, 0, 0)
    details = desk.escalations.details.details(ids(desk.store)[0], LEAD)
    assert details.escalation.state is State.CLOSED
    assert details.escalation.opened_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert details.timeline[0].kind == "escalation.opened"


def test_a_trial_counts_the_same_and_writes_nothing(desk: Desk, take: Take) -> None:
    rows = (a_row(), a_row("T2"), a_row("T3", state="limbo"))
    assert counts(take(*rows, dry=True)) == (2, 0, 0, 1)
    assert ids(desk.store) == []
    assert counts(take(*rows)) == (2, 0, 0, 1)


def test_the_same_file_again_changes_nothing(desk: Desk, take: Take) -> None:
    take(a_row(), a_row("T2"))
    assert counts(take(a_row(), a_row("T2"))) == (0, 0, 2, 0)
    assert len(ids(desk.store)) == 2


def test_a_later_file_updates_instead_of_doubling(desk: Desk, take: Take) -> None:
    take(a_row())
    assert counts(take(a_row(text="It is very slow", priority="high"))) == (0, 1, 0, 0)
    assert column(desk.store, "title") == "It is very slow"
    assert column(desk.store, "severity") == 2


def test_what_a_person_changed_here_stays_unless_the_file_has_news_of_it(desk: Desk, take: Take) -> None:
    take(a_row())
    desk.escalations.escalation.edit(ids(desk.store)[0], {"title": "Ours"}, LEAD)
    take(a_row(priority="high"))
    assert column(desk.store, "title") == "Ours"
    take(a_row(priority="high", text="Theirs"))
    assert column(desk.store, "title") == "Theirs"


def test_a_resolution_in_a_later_file_counts_at_its_own_instant(desk: Desk, take: Take) -> None:
    take(a_row(priority="high"))
    take(a_row(priority="high", state="gone", resolved="2026-11-20 12:00", closed="2026-11-21 12:00"))
    details = desk.escalations.details.details(ids(desk.store)[0], LEAD)
    resolve = next(each for each in details.commitments if each.kind == "resolve")
    assert (details.escalation.state, resolve.outcome) == (State.CLOSED, "met")
    assert details.escalation.resolved_at == datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_ticket_that_is_open_again_is_reopened(desk: Desk, take: Take) -> None:
    take(a_row(state="solved", resolved="2026-11-20 12:00"))
    take(a_row(state="busy"))
    assert column(desk.store, "state") == "working"


def test_two_rows_of_one_reference_are_not_both_taken(take: Take) -> None:
    report = take(a_row(), a_row(text="again"))
    assert counts(report) == (1, 0, 0, 1)
    assert report.refused[0].reason == "Row 2 has the reference T1 already."


def test_a_refused_row_is_handed_back_whole(take: Take) -> None:
    bad = a_row("T9", opened="never")
    report = take(a_row(), bad)
    assert (report.refused[0].row, report.refused[0].cells, report.refused[0].field) == (3, bad, "opened_at")


def test_customers_are_made_once_however_they_are_written(desk: Desk, take: Take) -> None:
    report = take(a_row(), a_row("T2", company="ACME"), a_row("T3", company="Other"))
    assert report.customers == 2
    assert [customer.name for customer in desk.customer.all()] == ["Acme", "Other"]


def test_an_owner_at_this_desk_owns_the_escalation(desk: Desk, take: Take) -> None:
    ada = desk.person.create(Person(0, "Ada Quist", ""), LEAD)
    take(a_row(state="busy", who="ada quist"), a_row("T2", state="busy", who="Stranger"))
    assert column(desk.store, "owner_id") == ada.id
    assert column(desk.store, "owner_id", "T2") is None


def test_owners_become_people_only_when_asked_for(desk: Desk, take: Take) -> None:
    assert take(a_row(who="Stranger"), people=True).people == 1
    assert [person.name for person in desk.person.all()] == ["Stranger"]


def test_the_history_holds_together_afterwards(desk: Desk, take: Take) -> None:
    ended = {"state": "gone", "closed": "2026-11-22 10:00"}
    take(*(a_row(f"T{n}", **ended) for n in range(600)))
    take(*(a_row(f"T{n}", **ended, text=f"new {n}") for n in range(0, 600, 50)))
    assert desk.escalations.audit.verify().ok


def test_what_was_taken_before_a_stop_stays(desk: Desk, service: ImportService) -> None:
    table = ATable(*(a_row(f"T{n}") for n in range(30)))
    job = service.start(table, a_mapping(), IMPORT, dry=False)
    job.step(10)
    job.cancel()
    assert counts(job.run()) == (10, 0, 0, 0)
    assert len(ids(desk.store)) == 10


def test_the_desk_is_told_of_each_batch(desk: Desk, take: Take) -> None:
    told: list[DataImported] = []
    desk.bus.subscribe(DataImported, told.append)
    take(a_row(), a_row("T2"))
    assert [event.count for event in told] == [2]


def test_history_raises_no_alarm_and_what_is_late_comes_together(desk: Desk, take: Take) -> None:
    take(*(a_row(f"T{n}", state="gone", closed="2026-11-22 10:00", priority="high") for n in range(20)))
    assert desk.alarm.sweep().raised == 0


def test_only_those_who_open_escalations_may_import(service: ImportService) -> None:
    with pytest.raises(NotAllowed):
        service.start(ATable(a_row()), a_mapping(), Actor("Guest"), dry=True)


def test_a_table_that_breaks_off_keeps_what_was_read(desk: Desk, service: ImportService) -> None:
    class Broken(ATable):
        def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
            yield 2, a_row()
            raise DeskError("It breaks off.")

    report = service.start(Broken(), a_mapping(), IMPORT, dry=False).run()
    assert report.problems == ["It breaks off."]


def test_hostile_texts_are_kept_as_texts(desk: Desk, take: Take) -> None:
    nasty = "=cmd|' /C calc'!A0 <b>\u202eevil\u202c\x00\x07 {title} %s"
    take(a_row(text=nasty, company="<script>"))
    assert column(desk.store, "title") == nasty.replace("\x00", "\ufffd")


def test_mappings_are_kept_by_name(service: ImportService) -> None:
    service.save(replace(a_mapping(), name="Ours"))
    service.save(replace(a_mapping(), name="Ours", zone="Europe/Lisbon"))
    assert service.mapping("ours").zone == "Europe/Lisbon"
    service.delete("Ours")
    with pytest.raises(NotFound):
        service.mapping("Ours")


def test_a_mapping_without_a_name_is_not_kept(service: ImportService) -> None:
    with pytest.raises(DeskError, match="no name"):
        service.save(replace(a_mapping(), name=" "))


def test_a_row_that_breaks_a_rule_when_updated_leaves_the_others_alone(desk: Desk, take: Take) -> None:
    mapping = a_mapping(area=FieldRule(("{who}",)))
    area = desk.policy.active().areas[0].key
    take(a_row(), a_row("T2"), mapping=mapping)
    report = take(a_row(who="Basement"), a_row("T2", who=area), mapping=mapping)
    assert counts(report) == (0, 1, 0, 1)
    assert column(desk.store, "area", "T2") == area
