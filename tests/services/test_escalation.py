"""Opening escalations, and what is known and said of them."""

from datetime import UTC, datetime, timedelta

import pytest

from db.queries import search
from db.unit_of_work import Session
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.escalation import Opened, State
from desktop.domain.instant import to_us
from desktop.domain.intake import NewEvidence
from desktop.domain.policy import Priority
from tests.factories import MONDAY, MONDAY_US, an_intake
from tests.fixtures_desk import CommandDesk

MINUTE_US = 60_000_000


def test_an_opened_escalation_is_new_scored_and_numbered(commands: CommandDesk):
    opened = commands.open()
    escalation = commands.get(opened.id)
    assert (escalation.number, escalation.state) == ("ESC-2026-0001", State.NEW)
    assert (escalation.score, escalation.priority) == (68, Priority.P2)
    assert escalation.opened_at == escalation.created_at == MONDAY


def test_opening_starts_every_commitment_of_the_priority(commands: CommandDesk):
    rows = commands.commitments(commands.open().id)
    assert {row.kind: (row.due_us - MONDAY_US) // MINUTE_US for row in rows} == {
        "assign": 10,
        "acknowledge": 15,
        "contain": 240,
        "resolve": 1440,
        "update": 120,
    }


def test_an_unclassified_escalation_is_promised_an_owner_only(commands: CommandDesk):
    opened = commands.open(classified=False)
    assert commands.running(opened.id) == {"assign"}
    assert commands.get(opened.id).priority is None
    assert commands.get(opened.id).needs_review


def test_an_escalation_opened_with_an_owner_has_kept_that_promise(commands: CommandDesk):
    opened = commands.open(owner_id=commands.on_call.person_id)
    assert commands.outcomes(opened.id)["assign"] == "met"


def test_the_clock_shown_is_the_tightest_commitment(commands: CommandDesk):
    opened = commands.open()
    with commands.store.read() as session:
        kind, due = session.sql(
            "SELECT clock_kind, clock_due_at FROM escalation WHERE id = ?", (opened.id,)
        ).fetchone()
    assert (kind, due) == ("assign", MONDAY_US + 10 * MINUTE_US)


def test_opening_writes_one_event_with_what_was_promised(commands: CommandDesk):
    (event,) = commands.events(commands.open().id)
    assert (event.kind, event.actor, event.at) == ("escalation.opened", "Cora Lind", MONDAY)
    assert event.body["priority"] == "P2"
    assert ["assign", 600, MONDAY_US + 10 * MINUTE_US] in event.body["commitments"]


def test_numbers_count_up_within_a_year_and_begin_again_in_the_next(commands: CommandDesk):
    first, second = commands.open(), commands.open()
    commands.clock.set(datetime(2027, 1, 1, tzinfo=UTC))
    assert [first.number, second.number, commands.open().number] == [
        "ESC-2026-0001",
        "ESC-2026-0002",
        "ESC-2027-0001",
    ]


def test_the_ten_thousandth_of_a_year_has_five_digits(commands: CommandDesk):
    opened = commands.open()
    with commands.store.begin() as session:
        session.sql("UPDATE escalation SET sequence = 9999 WHERE id = ?", (opened.id,))
    assert commands.open().number == "ESC-2026-10000"


def test_only_coordinators_and_leads_open(commands: CommandDesk):
    with pytest.raises(NotAllowed, match="Only a coordinator or a lead"):
        commands.commands.escalation.open(an_intake(), commands.on_call)


def test_a_refused_opening_leaves_nothing_behind(commands: CommandDesk):
    def refuse(session: Session, opened: Opened) -> None:
        raise DeskError("No.")

    commands.commands.escalation.on_opened.append(refuse)
    with pytest.raises(DeskError, match=r"No\."):
        commands.open()
    with commands.store.read() as session:
        assert session.sql("SELECT count(*) FROM escalation").fetchone() == (0,)
        assert session.sql("SELECT count(*) FROM timeline").fetchone() == (0,)
    assert commands.told == []


def test_hooks_see_the_escalation_inside_its_transaction(commands: CommandDesk):
    seen: list[tuple[str, int]] = []

    def look(session: Session, opened: Opened) -> None:
        (count,) = session.sql(
            "SELECT count(*) FROM commitment WHERE escalation_id = ?", (opened.id,)
        ).fetchone()
        seen.append((opened.number, count))

    commands.commands.escalation.on_opened.append(look)
    commands.open()
    assert seen == [("ESC-2026-0001", 5)]


def test_the_desk_hears_of_it_after_it_is_kept(commands: CommandDesk):
    opened = commands.open()
    assert [event.ids for event in commands.told] == [(opened.id,)]
    assert commands.told[0].revision == commands.store.revision()


def test_an_unknown_customer_is_refused(commands: CommandDesk):
    with pytest.raises(NotFound, match="needs a customer"):
        commands.open(customer_id=99)


def test_an_owner_who_is_not_at_the_desk_is_refused(commands: CommandDesk):
    with pytest.raises(DeskError, match="not at the desk") as refusal:
        commands.open(owner_id=99)
    assert refusal.value.field == "owner"


def test_a_reference_stands_for_one_escalation(commands: CommandDesk):
    commands.open(external_source="servicenow", external_ref="INC001")
    with pytest.raises(Conflict, match="ESC-2026-0001 stands for the reference INC001"):
        commands.open(external_source="servicenow", external_ref="INC001")


def test_evidence_comes_with_the_opening(commands: CommandDesk):
    opened = commands.open(evidence=(NewEvidence("../log.txt", b"500 Internal Server Error"),))
    details = commands.commands.details.details(opened.id, commands.coordinator)
    assert [(piece.name, piece.size) for piece in details.evidence] == [("log.txt", 25)]
    assert commands.kinds(opened.id) == ["escalation.opened", "evidence.attached"]


def test_the_opened_escalation_is_found_by_its_words(commands: CommandDesk):
    opened = commands.open(title="Rückerstattung doppelt gebucht")
    with commands.store.read() as session:
        found = search.newest(session, "ruckerstattung", scanned=10, limit=10, is_open=True)
    assert [hit.id for hit in found] == [opened.id]


def test_hostile_text_is_kept_as_text(commands: CommandDesk):
    title = "<b>=1+1\u202e\x00 \ud800'; DROP TABLE escalation;--"
    opened = commands.open(title=title, description="x" * 1_000_000)
    kept = commands.get(opened.id)
    assert kept.title == "<b>=1+1\u202e\ufffd \ufffd'; DROP TABLE escalation;--"
    assert len(kept.description) == 1_000_000
    assert commands.commands.audit.verify().ok


def test_a_preview_tells_what_would_be_promised_and_who_would_hear(commands: CommandDesk):
    preview = commands.commands.escalation.preview(an_intake(), commands.coordinator)
    assert [promised.kind for promised in preview.promises][:2] == ["assign", "acknowledge"]
    assert preview.promises[0].due_at == MONDAY + timedelta(minutes=10)
    assert ("coordinator", ("Cora Lind",)) in {(told.who, told.names) for told in preview.told}


def test_a_preview_of_the_gravest_names_senior_engineers(commands: CommandDesk):
    preview = commands.commands.escalation.preview(an_intake(severity=1), commands.coordinator)
    assert ("senior engineer", ("Sana Ito",)) in {(told.who, told.names) for told in preview.told}


def test_a_preview_stores_nothing(commands: CommandDesk):
    revision = commands.store.revision()
    commands.commands.escalation.preview(an_intake(), commands.coordinator)
    assert commands.store.revision() == revision


def test_anybody_adds_a_note(commands: CommandDesk):
    opened = commands.open()
    done = commands.commands.escalation.note(opened.id, "The customer called.", commands.outsider)
    assert commands.events(opened.id)[-1].body["text"] == "The customer called."
    assert not done.undo


def test_an_empty_note_is_refused(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(DeskError, match="note is empty"):
        commands.commands.escalation.note(opened.id, " \n", commands.outsider)


def test_an_edit_changes_title_and_index(commands: CommandDesk):
    opened = commands.open()
    commands.commands.escalation.edit(opened.id, {"title": " Refunds\nfail "}, commands.coordinator)
    with commands.store.read() as session:
        found = search.newest(session, "refunds", scanned=10, limit=10, is_open=True)
    assert [hit.title for hit in found] == ["Refunds fail"]


def test_an_edit_of_another_field_is_refused(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(DeskError, match="cannot be edited: state"):
        commands.commands.escalation.edit(opened.id, {"state": "closed"}, commands.coordinator)


def test_an_edit_that_changes_nothing_is_refused(commands: CommandDesk):
    opened = commands.open(title="Same")
    with pytest.raises(DeskError, match="Nothing was changed"):
        commands.commands.escalation.edit(opened.id, {"title": "Same"}, commands.coordinator)


def test_another_customer_changes_the_score(commands: CommandDesk):
    opened = commands.open()
    with commands.store.begin() as session:
        session.sql(
            "INSERT INTO customer (name, name_key, tier, revenue)"
            " VALUES ('Big', 'big', 'strategic', 900000000)"
        )
    commands.commands.escalation.edit(opened.id, {"customer_id": 2}, commands.coordinator)
    assert (commands.get(opened.id).score or 0) > 68


def test_a_customer_update_keeps_its_promise_and_starts_the_next(commands: CommandDesk):
    opened = commands.open()
    commands.clock.forward(minutes=90)
    commands.commands.escalation.record_update(opened.id, "We found the cause.", commands.coordinator)
    first, second = [row for row in commands.commitments(opened.id) if row.kind == "update"]
    assert (first.outcome, second.outcome, second.ordinal) == ("met", None, 2)
    assert second.due_us == to_us(MONDAY + timedelta(minutes=90 + 120))
    assert "update.sent" in commands.kinds(opened.id)


def test_a_late_customer_update_is_breached_and_met(commands: CommandDesk):
    opened = commands.open()
    commands.clock.forward(minutes=120)
    commands.commands.escalation.record_update(opened.id, "Sorry, late.", commands.coordinator)
    first = next(row for row in commands.commitments(opened.id) if row.kind == "update")
    assert (first.outcome, first.breached_us) == ("breached", to_us(MONDAY + timedelta(minutes=120)))


def test_updates_are_rarer_once_contained(commands: CommandDesk):
    opened = commands.open()
    commands.commands.transition.contain(opened.id, commands.senior)
    commands.commands.escalation.record_update(opened.id, "Contained.", commands.coordinator)
    assert [row.target_s for row in commands.commitments(opened.id) if row.kind == "update"] == [7200, 14400]


def test_a_number_is_found_however_it_is_typed(commands: CommandDesk):
    opened = commands.open()
    assert commands.commands.escalation.find(" esc-2026-0001 ") == (opened.id,)
    assert commands.commands.escalation.find("ESC-2026-0002") == ()


def test_one_command_on_many_is_one_step_and_tells_who_refused(commands: CommandDesk):
    ids = [commands.open().id for _ in range(3)]
    own = commands.commands.ownership.own
    own(ids[1], commands.on_call)
    bulk = commands.commands.escalation.many(ids, lambda id_: own(id_, commands.on_call))
    assert [done.escalation_id for done in bulk.done] == [ids[0], ids[2]]
    assert [(refusal.number, refusal.sentence[:8]) for refusal in bulk.refused] == [
        ("ESC-2026-0002", "It is ow")
    ]
    assert bulk.label == "Assignment of 2 escalations"
    commands.commands.undoing.undo(bulk.seqs, commands.on_call)
    assert [commands.get(id_).owner_id for id_ in ids] == [None, commands.on_call.person_id, None]
