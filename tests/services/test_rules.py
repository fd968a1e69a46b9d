"""Rules as they are kept: versions, order, rights, checks of what they name, and the breaker."""

import pytest

from db.queries import timeline
from db.unit_of_work import Session
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.events import RulesChanged
from desktop.domain.rule import Mode
from tests.services.signal_desk import SignalDesk, a_rule_document, cond, do


def last_of_desk(session: Session) -> tuple[str, dict]:
    """Kind and body of the latest desk-wide event."""
    event = timeline.of_desk_since(session, 0)[-1]
    return event.kind, dict(event.body)


def test_a_new_rule_is_its_first_version_and_asked_last(desk: SignalDesk):
    first, second = desk.rule(do("set_severity", 2), name="A"), desk.rule(do("set_severity", 1), name="B")
    assert [(state.rule.id, state.rule.order) for state in desk.rules.all()] == [
        (first.id, 1),
        (second.id, 2),
    ]
    assert (second.version, desk.rules.get(second.id).made_by) == (1, desk.lead.name)


def test_an_edit_is_a_new_version_and_the_old_one_stays(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 2))
    desk.rules.edit(rule.id, a_rule_document(do("set_severity", 1)), desk.lead)
    newest, oldest = desk.history.versions(rule.id)
    assert (newest.rule.actions[0].value, oldest.rule.actions[0].value) == (1, 2)
    assert newest.difference == (
        "Action removed: sets the severity to SEV2",
        "Action added: sets the severity to SEV1",
    )


def test_every_change_is_told_on_the_timeline_and_on_the_bus(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 2))
    desk.rules.enable(rule.id, desk.lead, enabled=False)
    with desk.store.read() as session:
        kind, body = last_of_desk(session)
    assert (kind, body["what"], body["version"]) == ("rule.changed", "switched off", 2)
    assert len(desk.told(RulesChanged)) == 2


def test_an_edit_that_changes_nothing_is_refused(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 2))
    with pytest.raises(DeskError, match="Nothing was changed"):
        desk.rules.edit(rule.id, a_rule_document(do("set_severity", 2)), desk.lead)


def test_an_edit_of_an_older_version_is_refused(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 2))
    desk.rules.edit(rule.id, a_rule_document(do("set_severity", 3), version=1), desk.lead)
    with pytest.raises(Conflict, match="Leo Marsh has changed the rule meanwhile"):
        desk.rules.edit(rule.id, a_rule_document(do("set_severity", 1), version=1), desk.lead)


def test_an_earlier_version_is_restored_as_the_newest(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 2))
    desk.rules.edit(rule.id, a_rule_document(do("set_severity", 1)), desk.lead)
    restored = desk.history.restore(rule.id, 1, desk.lead)
    assert (restored.version, restored.actions[0].value) == (3, 2)


def test_a_version_that_never_was_is_not_found(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 2))
    with pytest.raises(NotFound, match="no version 7"):
        desk.history.restore(rule.id, 7, desk.lead)


def test_two_versions_are_compared_in_words(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 2))
    desk.rules.set_mode(rule.id, Mode.PROPOSE, desk.lead)
    assert desk.history.difference(rule.id, 1, 2) == ("Only proposes now",)


def test_a_rule_is_moved_and_the_others_make_room(desk: SignalDesk):
    a, b, c = (desk.rule(do("set_severity", 2), name=name) for name in "ABC")
    desk.rules.move(c.id, 1, desk.lead)
    assert [state.rule.name for state in desk.rules.all()] == ["C", "A", "B"]
    assert desk.history.versions(c.id)[0].difference == ("Moved from place 3 to place 1",)
    assert [desk.rules.get(rule.id).rule.version for rule in (a, b)] == [1, 1]


def test_versions_name_people_customers_and_issue_types(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 2))
    names = [
        do("assign", desk.lead.person_id),
        do("set_customer", 1),
        do("set_issue_type", "payments_outage"),
    ]
    desk.rules.edit(rule.id, a_rule_document(*names), desk.lead)
    said = " ".join(desk.history.versions(rule.id)[0].difference)
    assert (desk.lead.name in said, "Northwind" in said, "payments_outage" in said) == (True, True, False)


def test_a_removed_rule_is_brought_back_where_it_stood(desk: SignalDesk):
    a, _ = (desk.rule(do("set_severity", 2), name=name) for name in "AB")
    desk.rules.remove(a.id, desk.lead)
    assert [state.rule.name for state in desk.rules.all()] == ["B"]
    desk.rules.bring_back(a.id, desk.lead)
    assert [state.rule.name for state in desk.rules.all()] == ["A", "B"]


def test_a_removed_rule_cannot_be_edited(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 2))
    desk.rules.remove(rule.id, desk.lead)
    with pytest.raises(NotFound, match="no such rule any more"):
        desk.rules.edit(rule.id, a_rule_document(do("set_severity", 1)), desk.lead)


def test_only_a_lead_changes_rules(desk: SignalDesk):
    with pytest.raises(NotAllowed, match="Only a lead"):
        desk.rules.add(a_rule_document(do("set_severity", 1)), desk.coordinator)


@pytest.mark.parametrize(
    ("action", "path", "sentence"),
    [
        (do("set_issue_type", "checkout_dwn"), "actions[0].value", "no issue type “checkout_dwn”"),
        (do("set_area", "paymentz"), "actions[0].value", "no product area “paymentz”"),
        (do("assign", "Onno Kai"), "actions[0].value", "no person at the desk “Onno Kai”"),
        (do("set_customer", "Nortwind"), "actions[0].value", "no customer “Nortwind”"),
    ],
)
def test_what_a_rule_names_must_exist(desk: SignalDesk, action: dict, path: str, sentence: str):
    with pytest.raises(DeskError, match=sentence) as refusal:
        desk.rules.check(a_rule_document(action))
    assert refusal.value.field == path


@pytest.mark.parametrize(
    ("action", "meant"),
    [(do("assign", "onno kai"), "“Onno Kay”"), (do("set_customer", "Nortwind"), "“Northwind”")],
)
def test_what_was_meant_is_suggested(desk: SignalDesk, action: dict, meant: str):
    with pytest.raises(DeskError) as refusal:
        desk.rules.check(a_rule_document(action))
    assert refusal.value.hint == f"Did you mean {meant}?"


def test_a_source_in_a_condition_must_exist(desk: SignalDesk):
    assert desk.probe.key == "probe"
    with pytest.raises(DeskError, match="no source “prob”") as refusal:
        desk.rules.check(a_rule_document(do("open"), when=(cond("source", "is", "prob"),)))
    assert (refusal.value.field, refusal.value.hint) == ("conditions.all[0].value", "Did you mean “probe”?")


def test_a_rule_that_names_what_is_gone_says_so(desk: SignalDesk):
    rule = desk.rule(do("assign", "Onno Kay"))
    with desk.store.begin() as session:
        session.sql("UPDATE person SET active = 0 WHERE name = 'Onno Kay'")
    assert "no person at the desk “Onno Kay”" in desk.rules.get(rule.id).fault


def test_how_often_a_rule_fired_is_counted(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 2))
    desk.send("a")
    desk.clock.forward(days=2)
    desk.send("b")
    state = desk.rules.get(rule.id)
    assert (state.fired_day, state.fired_week) == (1, 2)


def trip(desk: SignalDesk) -> int:
    """A rule that suppressed too much within an hour; gives its id."""
    rule = desk.rule(do("suppress", "noise"))
    desk.keep(*({"title": "Noise", "key": str(n)} for n in range(21)))
    desk.signals.process()
    return rule.id


def test_a_rule_that_fires_too_often_only_proposes(desk: SignalDesk):
    rule_id = trip(desk)
    assert desk.rules.get(rule_id).tripped_why.startswith("It fired 21 times in 60 min.")
    assert desk.send("after").disposition == "opened"


def test_one_click_restores_a_tripped_rule_for_good(desk: SignalDesk):
    rule_id = trip(desk)
    desk.clock.forward(minutes=1)
    desk.rules.reset_breaker(rule_id, desk.coordinator)
    assert desk.send("after").disposition == "suppressed"
    assert not desk.rules.get(rule_id).is_tripped


def test_a_breaker_that_is_in_cannot_be_restored(desk: SignalDesk):
    rule = desk.rule(do("suppress", "noise"))
    with pytest.raises(DeskError, match="not out"):
        desk.rules.reset_breaker(rule.id, desk.lead)


def test_engineers_do_not_restore_breakers(desk: SignalDesk):
    rule_id = trip(desk)
    with pytest.raises(NotAllowed, match="coordinator or a lead"):
        desk.rules.reset_breaker(rule_id, desk.base.senior)


def test_the_editor_is_offered_what_signals_really_contain(desk: SignalDesk):
    desk.send("a", labels={"team": "web", "so.so": "x"})
    desk.send("b", labels={"team": "web"}, tags=["eu", "card"])
    seen = {field.name: field.values for field in desk.trials.fields_seen("labels")}
    assert seen == {"labels.team": (("web", 2),), 'labels["so.so"]': (("x", 1),)}
    assert dict(desk.trials.fields_seen("fields.tags")[0].values) == {"eu": 1, "card": 1}


def test_what_the_editor_offers_can_be_asked_for(desk: SignalDesk):
    desk.send("a", labels={"so.so": "x"}, deep={"list": [{"n": 1}]})
    for field in desk.trials.fields_seen("fields") + desk.trials.fields_seen("labels"):
        document = a_rule_document(do("open"), when=(cond(field.name, "is", field.values[0][0]),))
        assert desk.trials.try_out(document).matched == 1
