"""The library of drills: shipped once, drafts nobody overwrites, versions that never change."""

import json
import sqlite3

import pytest

from desktop.domain.drill_record import ScenarioState
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound, StoreError
from desktop.services.drill_file import read_text, write_json
from tests.services.drill_desk import CHARGED, PASSED, DrillDesk


def test_the_six_drills_come_once(drills: DrillDesk):
    assert drills.library.ensure_shipped() == 6
    assert drills.library.ensure_shipped() == 0
    rows = drills.library.all()
    assert len(rows) == 6
    assert {row.state for row in rows} == {ScenarioState.PUBLISHED}


def test_a_shipped_drill_that_was_retired_does_not_come_back(drills: DrillDesk):
    drills.library.ensure_shipped()
    drills.library.retire(CHARGED, drills.trainer, "Too easy")
    assert drills.library.ensure_shipped() == 0
    assert CHARGED not in {row.slug for row in drills.library.all()}
    assert CHARGED in {row.slug for row in drills.library.all(with_retired=True)}
    drills.library.bring_back(CHARGED, drills.trainer)
    assert drills.library.version(CHARGED, 1).state is ScenarioState.PUBLISHED


def test_the_library_tells_what_a_drill_is_about(drills: DrillDesk):
    drills.library.ensure_shipped()
    (row,) = (row for row in drills.library.all() if row.slug == CHARGED)
    assert (row.title, row.duration_s, row.difficulty, row.seats) == ("Charged again and again", 5400, 3, 5)
    assert row.areas == ("billing", "payments")
    assert "DA2" in row.gap_codes
    assert (row.runs, row.last_overall) == (0, None)


def test_the_library_tells_how_a_drill_came_out_last_in_earnest(drills: DrillDesk):
    _, score = drills.played(acts=PASSED)
    drills.played(practice=True)
    (row,) = (row for row in drills.library.all() if row.slug == CHARGED)
    assert (row.runs, row.last_overall, row.last_band) == (1, score.overall, score.band)


def test_a_playbook_knows_the_drills_that_exercise_it(drills: DrillDesk):
    drills.library.ensure_shipped()
    drills.library.create("title: Mine\nplaybook: {id: charged-twice, version: 1}\n", drills.trainer)
    assert [row.slug for row in drills.library.of_playbook("charged-twice")] == [CHARGED]
    assert drills.library.of_playbook("none") == ()


def test_a_shipped_text_is_kept_to_the_letter(drills: DrillDesk):
    from desktop.services.drill_shipped import shipped_files

    drills.library.ensure_shipped()
    texts = {path.read_text(encoding="utf-8") for path in shipped_files()}
    assert {drills.library.version(row.slug, 1).text for row in drills.library.all()} == texts


def test_a_draft_of_what_is_published_has_the_next_number(drills: DrillDesk):
    drills.library.ensure_shipped()
    draft = drills.library.begin(CHARGED, drills.trainer)
    assert (draft.version, draft.state, draft.edition) == (2, ScenarioState.DRAFT, 1)
    scenario = read_text(draft.text).scenario
    assert scenario is not None
    assert scenario.version == 2
    assert [version.version for version in drills.library.versions(CHARGED)] == [2, 1]


def test_two_do_not_begin_a_draft(drills: DrillDesk):
    drills.library.ensure_shipped()
    drills.library.begin(CHARGED, drills.trainer)
    with pytest.raises(Conflict, match="Theo Wynn has begun"):
        drills.library.begin(CHARGED, drills.desk.lead)


def test_players_write_no_scenarios(drills: DrillDesk):
    drills.library.ensure_shipped()
    with pytest.raises(NotAllowed, match="trainer"):
        drills.library.begin(CHARGED, drills.desk.coordinator)


def test_who_saved_since_is_not_overwritten(drills: DrillDesk):
    drills.library.ensure_shipped()
    draft = drills.library.begin(CHARGED, drills.trainer)
    drills.library.save(CHARGED, draft.text + "# Leo\n", drills.desk.lead, edition=1)
    with pytest.raises(Conflict, match="Leo Marsh saved"):
        drills.library.save(CHARGED, draft.text + "# Theo\n", drills.trainer, edition=1)
    again = drills.library.save(CHARGED, draft.text + "# Leo\n", drills.trainer, edition=1)
    assert again.edition == 2


def test_a_version_is_published_and_played_from_then_on(drills: DrillDesk):
    drills.library.ensure_shipped()
    draft = drills.library.begin(CHARGED, drills.trainer)
    text = draft.text.replace("Charged again and again", "Charged anew")
    drills.library.save(CHARGED, text, drills.trainer, edition=1)
    version = drills.library.publish(CHARGED, drills.trainer, "A better title")
    assert (version.version, version.state, version.change_note) == (
        2,
        ScenarioState.PUBLISHED,
        "A better title",
    )
    assert drills.library.scenario(CHARGED).title == "Charged anew"
    assert drills.library.scenario(CHARGED, 1).title == "Charged again and again"


def test_an_earlier_version_is_begun_anew(drills: DrillDesk):
    drills.library.ensure_shipped()
    first = drills.library.version(CHARGED, 1)
    drills.library.begin(CHARGED, drills.trainer)
    drills.library.save(CHARGED, first.text.replace("again and again", "anew"), drills.trainer, edition=1)
    drills.library.publish(CHARGED, drills.trainer, "Another title")
    draft = drills.library.begin(CHARGED, drills.trainer, from_version=1)
    assert draft.version == 3
    assert "again and again" in draft.text


def test_nothing_is_published_that_cannot_be_played(drills: DrillDesk):
    draft = drills.library.create("format: drill-scenario/1\nid: mine\ntitle: Mine\n", drills.trainer)
    assert (draft.slug, draft.title, draft.version) == ("mine", "Mine", 1)
    with pytest.raises(DeskError, match=r"line \d+"):
        drills.library.publish("mine", drills.trainer, "First")
    with pytest.raises(DeskError, match="Nothing of this scenario is published"):
        drills.library.scenario("mine")


def test_the_same_words_are_not_published_twice(drills: DrillDesk):
    drills.library.ensure_shipped()
    drills.library.begin(CHARGED, drills.trainer)
    with pytest.raises(DeskError, match="published already"):
        drills.library.publish(CHARGED, drills.trainer, "Again")


def test_a_new_scenario_gets_a_short_name_of_its_own(drills: DrillDesk):
    drills.library.ensure_shipped()
    text = drills.library.version(CHARGED, 1).text
    draft = drills.library.create(text, drills.trainer)
    assert draft.slug == f"{CHARGED}-2"
    assert drills.library.publish(draft.slug, drills.trainer, "A copy").version == 1
    assert drills.library.scenario(draft.slug).id == draft.slug


@pytest.mark.parametrize("text", ["", "\x00", "{", "title: [", "\ud800", "title: <b>\u202e", "- 1\n" * 9])
def test_any_text_can_be_a_draft(drills: DrillDesk, text: str):
    draft = drills.library.create(text, drills.trainer)
    assert drills.library.draft(draft.slug) == draft
    assert drills.library.all()[0].has_draft


def test_json_is_kept_as_yaml(drills: DrillDesk):
    drills.library.ensure_shipped()
    text = write_json(drills.library.scenario(CHARGED))
    draft = drills.library.create(text, drills.trainer, slug="in-json")
    assert draft.text.startswith("format: drill-scenario/1")
    assert drills.library.publish("in-json", drills.trainer, "First").slug == "in-json"


def test_a_discarded_scenario_frees_its_name(drills: DrillDesk):
    drills.library.create("title: Mine\n", drills.trainer, slug="mine")
    drills.library.discard("mine", drills.trainer)
    assert drills.library.all() == ()
    with pytest.raises(NotFound):
        drills.library.versions("mine")
    assert drills.library.create("title: Mine\n", drills.trainer, slug="mine").slug == "mine"


def test_a_discarded_draft_leaves_what_is_published(drills: DrillDesk):
    drills.library.ensure_shipped()
    drills.library.begin(CHARGED, drills.trainer)
    drills.library.discard(CHARGED, drills.trainer)
    assert drills.library.draft(CHARGED) is None
    assert drills.library.version(CHARGED, 1).version == 1


def test_a_text_larger_than_a_scenario_is_refused(drills: DrillDesk):
    with pytest.raises(DeskError, match="larger than 1 MB"):
        drills.library.create("x" * 1_100_000, drills.trainer)


def test_a_text_changed_in_the_database_is_not_played(drills: DrillDesk):
    drills.library.ensure_shipped()
    with drills.desk.store.begin() as session:
        session.sql("DROP TRIGGER scenario_version_kept")
        session.sql("UPDATE scenario_version SET text = text || ' '")
    with pytest.raises(StoreError, match="not what was kept"):
        drills.library.scenario(CHARGED)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE scenario_version SET text = ''",
        "UPDATE scenario_version SET state = 'draft', published_at = NULL",
        "DELETE FROM scenario_version",
        "INSERT OR REPLACE INTO scenario_version SELECT * FROM scenario_version",
    ],
)
def test_a_published_version_never_changes(drills: DrillDesk, statement: str):
    drills.library.ensure_shipped()
    with pytest.raises(sqlite3.IntegrityError, match="never changes"), drills.desk.store.begin() as session:
        session.sql(statement)


def test_windows_hear_of_it(drills: DrillDesk):
    drills.library.ensure_shipped()
    assert [event.run_id for event in drills.told] == [0]
    assert json.dumps([row.slug for row in drills.library.all()])
