"""Schedules kept in versions, previewed before and told after; the past stays as it was."""

from datetime import timedelta

import pytest

from db.queries.channel import page_counts
from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.events import RosterChanged
from desktop.domain.roster_check import Fault
from desktop.services.roster_values import NewOverride
from tests.factories import a_row
from tests.services.roster_desk import NOW, RosterDesk, a_rota, at


@pytest.fixture
def desk(store: Store, clock: ManualClock) -> RosterDesk:
    return RosterDesk(store, clock)


def test_a_schedule_knows_its_people_by_name_or_id(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"], [str(desk.ids["Cy"])])
    assert desk.plan(kept) == ["23 09:00 Bo", "24 09:00 Cy", "25 09:00 Bo"]
    assert desk.roster.get(kept).document["layers"][0]["people"] == [["2"], ["3"]]


def test_who_is_on_call_is_a_person(desk: RosterDesk):
    desk.scheduled(["Bo Lund", "Cy Marsh"])
    assert [person.name for person in desk.roster.on_call("payments", NOW)] == ["Bo Lund", "Cy Marsh"]
    assert desk.roster.on_call("Platform", NOW) == ()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"layers": []}, "layers"),
        ({"zone": "Mars"}, "zone"),
        ({"overrides": [{"from": "2026-01-01T00:00Z", "to": "2026-01-02T00:00Z", "add": "2"}]}, "overrides"),
        (a_rota(["Nobody Known"]), "layers[0].people[0]"),
        (a_rota(["Bo Lund"], restrict=[{"holidays": "XX"}]), "layers[0].restrict[0].holidays"),
    ],
)
def test_a_document_at_fault_is_refused_with_its_path(desk: RosterDesk, change: dict, path: str):
    with pytest.raises(DeskError) as caught:
        desk.roster.create("Rota", "Payments", a_rota(["Bo Lund"]) | change, desk.by("Ada"))
    assert caught.value.field == path


def test_only_who_plans_keeps_schedules(desk: RosterDesk):
    with pytest.raises(NotAllowed, match="cannot plan"):
        desk.roster.create("Rota", "", a_rota(["Bo Lund"]), desk.by("Dee"))


def test_two_schedules_cannot_have_one_name(desk: RosterDesk):
    desk.scheduled(["Bo Lund"])
    with pytest.raises(Conflict, match="Rota 1 already"):
        desk.roster.create(" rota 1 ", "", a_rota(["Bo Lund"]), desk.by("Ada"))


def test_a_version_edited_by_two_is_kept_once(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"])
    desk.roster.save(kept, a_rota(["Cy Marsh"]), "", desk.by("Ada"), version=1)
    with pytest.raises(Conflict, match="Ada Quist has saved version 2"):
        desk.roster.save(kept, a_rota(["Dee Fox"]), "", desk.by("Ada"), version=1)


def test_saving_without_a_change_is_refused(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"])
    with pytest.raises(Conflict, match="Nothing was changed"):
        desk.roster.save(kept, desk.roster.get(kept).document, "", desk.by("Ada"))


def test_versions_stay_with_their_notes(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"])
    desk.roster.save(kept, a_rota(["Cy Marsh"]), "Bo is back in January", desk.by("Ada"))
    assert [(each.version, each.note) for each in desk.roster.versions(kept)] == [
        (2, "Bo is back in January"),
        (1, ""),
    ]


def test_what_was_is_not_rewritten_by_a_new_version(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"])
    desk.clock.set(at("24 12:00"))
    desk.roster.save(kept, a_rota(["Cy Marsh"]), "", desk.by("Ada"))
    assert desk.plan(kept) == ["23 09:00 Bo", "24 12:00 Cy"]


def test_a_preview_says_who_gains_and_loses_and_changes_nothing(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"])
    seen = desk.roster.preview(kept, document=a_rota(["Bo Lund"], ["Cy Marsh"]))
    assert [moved.person for moved in seen.difference.people] == ["2", "3"]
    assert any(text.startswith("Cy Marsh gains 60 d") for text in seen.sentences)
    assert desk.plan(kept) == ["23 09:00 Bo"]


def test_a_preview_of_the_same_is_empty(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"])
    assert desk.roster.preview(kept, document=desk.roster.get(kept).document).sentences == ()


def test_a_preview_shows_the_gap_that_an_empty_slot_would_leave(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"])
    seen = desk.roster.preview(kept, document=a_rota(["Bo Lund"], []))
    assert seen.difference.opened[0] == (at("24 09:00"), at("25 09:00"))


def test_who_moved_is_told_on_their_own_clock(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"], ["Cy Marsh"])
    desk.forget_told()
    new = NewOverride(at("24 09:00"), at("24 17:00"), desk.ids["Bo"], desk.ids["Cy"], "dentist")
    desk.roster.add_override(kept, new, desk.by("Dee"))
    assert desk.told() == [
        (
            "Shifts of Cy Marsh moved",
            "Rota 1: No longer Tue 24 Nov 09:00–17:00 (UTC). Changed by Dee Fox.",
        ),
        (
            "Shifts of Bo Lund moved",
            "Rota 1: Now on call Tue 24 Nov 10:00–18:00 (Europe/Berlin). Changed by Dee Fox.",
        ),
    ]


def test_who_moved_is_told_beyond_the_desk_by_their_quietest_channel(desk: RosterDesk):
    with desk.store.begin() as session:
        for place, kind in enumerate(("sms", "mail")):
            a_row(
                session,
                "channel",
                person_id=desk.ids["Bo"],
                kind=kind,
                label=kind,
                position=place,
                secret_name=kind,
            )
    desk.scheduled(["Bo Lund"])
    with desk.store.read() as session:
        rows = session.sql("SELECT channel, channel_id FROM outbox WHERE reason = 'roster.changed'")
        assert [tuple(row) for row in rows.fetchall()] == [("desktop", None), ("mail", 2)]
        assert page_counts(session, 0) == {}


def test_who_is_on_call_by_a_new_schedule_is_told_by_which(desk: RosterDesk):
    desk.roster.create("Nights", "", a_rota(["Bo Lund"]), desk.by("Ada"))
    assert [body.partition(":")[0] for _, body in desk.told()] == ["Nights"]


def test_who_did_it_is_not_told(desk: RosterDesk):
    desk.scheduled(["Ada Quist"], ["Bo Lund"])
    assert [title for title, _ in desk.told()] == ["Shifts of Bo Lund moved"]


def test_every_change_is_on_the_timeline_with_who_moved(desk: RosterDesk):
    desk.scheduled(["Bo Lund"])
    (event,) = desk.events("roster.schedule_changed")
    assert (event["version"], event["by_id"]) == (1, desk.ids["Ada"])
    assert [moved["person"] for moved in event["moved"]] == [str(desk.ids["Bo"])]


def test_a_change_is_published(desk: RosterDesk):
    heard: list[RosterChanged] = []
    desk.bus.subscribe(RosterChanged, heard.append)
    desk.scheduled(["Bo Lund"])
    assert len(heard) == 1


def test_a_schedule_put_away_has_nobody_on_call_and_says_so(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"])
    desk.forget_told()
    desk.roster.set_facts(kept, desk.by("Ada"), name="Rota 1", team="Payments", is_active=False)
    assert (desk.roster.schedules(), desk.roster.on_call("Payments", NOW)) == ((), ())
    assert [title for title, _ in desk.told()] == ["Shifts of Bo Lund moved"]


def test_holidays_of_a_country_are_laid_out_when_it_is_kept(desk: RosterDesk):
    holiday = {"holidays": "DE-BY", "only": False}
    kept = desk.roster.create("Rota", "Payments", a_rota(["Bo Lund"], restrict=[holiday]), desk.by("Ada")).id
    away = desk.roster.next_gap(kept, timedelta(days=60))
    assert away is not None
    assert f"{away.start:%m-%d}" == "12-25"
    assert "holidays" not in desk.roster.get(kept).document


def test_a_gap_counts_within_the_hours_of_the_team_only(desk: RosterDesk):
    hours = {"from": "09:00", "to": "12:00"}
    kept = desk.scheduled(["Bo Lund"], restrict=[hours])
    with desk.store.begin() as session:
        session.sql(
            "INSERT INTO team (name, zone, working_hours) VALUES ('Payments', 'UTC', ?)",
            ('{"wed": [["09:00", "13:00"]]}',),
        )
    gap = desk.roster.next_gap(kept)
    assert gap is not None
    assert (gap.start, gap.end) == (at("25 12:00"), at("25 13:00"))


def test_quality_is_half_coverage_half_fairness(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"], ["Bo Lund"], ["Cy Marsh"], [])
    found = desk.roster.quality(kept, NOW, NOW + timedelta(days=8))
    assert (found.coverage, found.fairness, found.score) == (0.75, 0.5, 0.625)


def test_warnings_know_channels_and_other_schedules(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"])
    desk.scheduled(["Bo Lund"])
    faults = {found.fault for found in desk.roster.warnings(kept, NOW, NOW + timedelta(days=2))}
    assert faults == {Fault.NO_CHANNEL, Fault.OVERLAP}


def test_a_schedule_that_is_not_there_is_said_to_be_so(desk: RosterDesk):
    with pytest.raises(NotFound):
        desk.roster.get(7)


def test_nobody_worked_by_a_rota_before_there_was_one(desk: RosterDesk):
    desk.scheduled(["Bo Lund"])
    now = desk.clock.now()
    desk.clock.forward(days=3)
    assert desk.roster.final(now - timedelta(days=30), now)
    worked = desk.roster.worked(now - timedelta(days=30), desk.clock.now())
    assert worked[0].start == now
