"""A list taken onto a scenario brings injects of the same number up to date and leaves the rest alone."""

from dataclasses import replace

from desktop.domain.drill_check import check_scenario
from desktop.domain.drill_msel import HEADER, recognise
from desktop.domain.drill_msel_export import rows_of
from desktop.domain.drill_msel_import import Wanted, import_rows
from desktop.domain.drill_msel_merge import merged
from desktop.domain.drill_scenario import Scenario
from tests.domain.drills import charged_twice

SCENARIO = charged_twice()


def listed(changes: dict[str, dict[str, str]], *more: dict[str, str]) -> Scenario:
    rows = [row | changes.get(row["Inject #"], {}) for row in rows_of(SCENARIO)] + list(more)
    cells = [(n, tuple(row.get(name, "") for name in HEADER)) for n, row in enumerate(rows, start=2)]
    start = Wanted(start=SCENARIO.pace.start)
    return import_rows(cells, recognise(HEADER), name="list", wanted=start).scenario


def test_its_own_list_changes_nothing_that_can_be_seen():
    done = merged(SCENARIO, listed({}))
    assert (done.created, done.updated) == ((), ())
    assert [each.id for each in done.scenario.injects] == [each.id for each in SCENARIO.injects]
    assert [f for f in check_scenario(done.scenario) if not f.is_warning] == []


def test_a_row_that_says_something_else_changes_its_inject_alone():
    done = merged(SCENARIO, listed({"I02": {"Description": "Locked out since noon."}}))
    assert done.updated == ("I02",)
    inject = next(each for each in done.scenario.injects if each.id == "I02")
    assert inject.body == "Locked out since noon."


def test_conditions_effects_and_what_shows_an_act_stay():
    done = merged(SCENARIO, listed({"I01": {"Title": "Another title"}})).scenario
    before, after = SCENARIO.injects[0], done.injects[0]
    assert after.subject == "Another title"
    assert (after.effects, after.decision, after.when) == (before.effects, before.decision, before.when)
    assert [one.match for one in after.expect] == [one.match for one in before.expect]


def test_a_new_number_becomes_an_inject_in_its_place_with_a_role_of_its_own():
    row = {
        "Inject #": "X1",
        "Title": "Press calls",
        "Scheduled Time": "00:20:00",
        "To / Target": "Press desk",
        "Expected Action": "Answer it",
        "Phase": SCENARIO.phases[0].title,
    }
    done = merged(SCENARIO, listed({}, row))
    assert done.created == ("X1",)
    inject = next(each for each in done.scenario.injects if each.id == "X1")
    assert inject.to[0] in {role.id for role in done.scenario.roles}
    assert len({one.id for _, one in done.scenario.expectations()}) == len(list(done.scenario.expectations()))
    assert [f for f in check_scenario(done.scenario) if not f.is_warning] == []


def test_rows_that_are_missing_from_the_list_stay():
    short = replace(listed({}), injects=listed({}).injects[:2])
    assert len(merged(SCENARIO, short).scenario.injects) == len(SCENARIO.injects)


def test_a_list_without_numbers_brings_nothing_but_new_injects():
    done = merged(SCENARIO, listed({}), by_number=False)
    assert len(done.created) == len(SCENARIO.injects)
    assert done.updated == done.same == ()
    assert len({each.id for each in done.scenario.injects}) == 2 * len(SCENARIO.injects)
