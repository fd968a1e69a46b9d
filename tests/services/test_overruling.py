"""What a person sets, rules leave alone; and each time is remembered against the rule that had set it."""

from typing import Any

import pytest

from db.queries import overrule as overrules
from desktop.domain.disposition import Disposition
from tests.services.signal_desk import SignalDesk, cond, do


def the_overrule(desk: SignalDesk) -> overrules.Overrule:
    """The one time a rule was overruled."""
    with desk.store.read() as session:
        (one,) = overrules.of_rules(session)
    return one


def test_another_severity_than_a_rule_set_overrules_it(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 1))
    kept = desk.send("db")
    desk.base.commands.classification.set_severity(kept.escalation_id, 3, "A test system.", desk.coordinator)
    one = the_overrule(desk)
    assert (one.rule_id, one.rule_version, one.field, one.rule_value, one.value, one.reason) == (
        rule.id, 1, "severity", 1, 3, "A test system.",
    )  # fmt: skip


def test_a_rule_leaves_alone_what_a_person_set(desk: SignalDesk):
    desk.rule(do("set_severity", 1), do("set_team", "web"))
    kept = desk.send("db")
    desk.base.commands.classification.set_severity(kept.escalation_id, 3, "A test system.", desk.coordinator)
    desk.base.commands.escalation.edit(kept.escalation_id, {"team": "data"}, desk.coordinator)
    desk.repeat("db")
    assert (desk.escalation(kept).severity, desk.escalation(kept).team) == (3, "data")


def test_what_only_a_person_has_set_is_no_disagreement(desk: SignalDesk):
    desk.rule(do("set_severity", 1))
    kept = desk.send("db")
    desk.base.commands.escalation.edit(kept.escalation_id, {"team": "data"}, desk.coordinator)
    with desk.store.read() as session:
        assert overrules.of_rules(session) == ()
    assert desk.locked(kept) == {"team"}


@pytest.mark.parametrize(
    ("action", "command", "field"),
    [
        (do("set_severity", 1), lambda d, id_: d.classify(id_, business_impact=2, severity=2), "severity"),
        (do("set_business_impact", 5), lambda d, id_: d.classify(id_, business_impact=2), "business_impact"),
        (do("set_team", "web"), lambda d, id_: d.classify(id_, team="data"), "team"),
        (do("set_area", "{area}"), lambda d, id_: d.classify(id_, area=""), "area"),
        (do("assign", "Onno Kay"), lambda d, id_: d.assign(id_, "Sana Ito"), "owner"),
        (do("assign", "Onno Kay"), lambda d, id_: d.assign(id_, None), "owner"),
        (do("set_severity", 1), lambda d, id_: d.override(id_, severity=4), "severity"),
    ],
)
def test_every_command_that_says_otherwise_is_noted(
    desk: SignalDesk, action: dict[str, Any], command: Any, field: str
):
    if action.get("value") == "{area}":
        action = do("set_area", desk.base.policy.active().areas[0].key)
    desk.rule(action)
    kept = desk.send("db")
    command(_By(desk), kept.escalation_id)
    assert (the_overrule(desk).field, desk.locked(kept) >= {field}) == (field, True)


def test_another_customer_than_a_rule_found_overrules_it(desk: SignalDesk):
    desk.rule(do("set_customer", "Northwind"))
    kept = desk.send("db", source=desk.add_source("Anybody", customer_id=None))
    with desk.store.begin() as session:
        session.sql("INSERT INTO customer (name, name_key) VALUES ('Acme', 'acme')")
        (acme,) = session.sql("SELECT id FROM customer WHERE name_key = 'acme'").fetchone()
    desk.base.commands.escalation.edit(kept.escalation_id, {"customer_id": acme}, desk.coordinator)
    assert the_overrule(desk).rule_value == 1
    desk.repeat("db", source=desk.sources.all()[0])
    assert desk.escalation(kept).customer_id == acme


def test_setting_it_back_is_no_disagreement_any_more(desk: SignalDesk):
    desk.rule(do("set_severity", 1))
    kept = desk.send("db")
    for severity in (3, 1):
        desk.base.commands.classification.set_severity(kept.escalation_id, severity, "Why.", desk.coordinator)
    with desk.store.read() as session:
        assert overrules.of_rules(session) == ()
    assert desk.locked(kept) == {"severity"}


def test_undoing_what_a_person_set_lets_rules_set_it_again(desk: SignalDesk):
    desk.rule(do("set_severity", 1))
    kept = desk.send("db")
    done = desk.base.commands.classification.set_severity(
        kept.escalation_id, 3, "A test system.", desk.coordinator
    )
    undone = desk.base.commands.undoing.undo(done.seqs, desk.coordinator)
    assert (desk.locked(kept), desk.rules.all()[0].overruled) == (frozenset(), 0)
    desk.base.commands.undoing.undo(undone.seqs, desk.coordinator)
    assert (desk.locked(kept), desk.rules.all()[0].overruled) == ({"severity"}, 1)


def test_rules_act_on_repeats_with_an_event_that_says_so(desk: SignalDesk):
    kept = desk.send("db")
    desk.rule(do("set_severity", 1), do("assign", "Onno Kay"), do("add_tag", "eu"), name="Late")
    desk.repeat("db")
    escalation = desk.escalation(kept)
    assert (escalation.severity, escalation.owner_id) == (1, desk.base.on_call.person_id)
    event = next(event for event in desk.base.events(kept.escalation_id) if event.kind == "rule.applied")
    assert event.body["did"] == [
        "sets the severity to SEV1", "assigns it to Onno Kay", "adds the tag “eu”",
    ]  # fmt: skip


def test_a_rule_that_changes_nothing_on_a_repeat_says_nothing(desk: SignalDesk):
    desk.rule(do("set_severity", 1), do("add_tag", "eu"))
    kept = desk.send("db")
    desk.repeat("db"), desk.repeat("db")
    assert desk.kinds(kept).count("rule.applied") == 1
    assert desk.firings(kept) == [("done", "sets the severity to SEV1")]


def test_a_rule_that_classifies_on_a_repeat_starts_what_that_promises(desk: SignalDesk):
    kept = desk.send("db")
    assert desk.escalation(kept).priority is None
    desk.rule(do("set_severity", 1))
    desk.repeat("db")
    assert desk.escalation(kept).priority is not None
    assert "unclassified" not in desk.escalation(kept).review_why
    assert {"contain", "resolve"} <= desk.base.running(kept.escalation_id)


def test_what_a_rule_did_on_a_repeat_can_be_undone_and_stays_so(desk: SignalDesk):
    kept = desk.send("db")
    before = desk.escalation(kept).severity
    desk.rule(do("set_severity", 1))
    desk.repeat("db")
    event = next(event for event in desk.base.events(kept.escalation_id) if event.kind == "rule.applied")
    desk.base.commands.undoing.undo([event.seq], desk.coordinator)
    assert the_overrule(desk).reason == "undone"
    desk.repeat("db")
    assert desk.escalation(kept).severity == before


def test_a_rule_only_proposes_once_on_repeats(desk: SignalDesk):
    kept = desk.send("db")
    desk.rule(do("set_severity", 1), mode="propose")
    desk.repeat("db"), desk.repeat("db")
    assert [state for state, *_ in desk.firings(kept)] == ["proposed"]
    assert "proposal" in desk.escalation(kept).review_why


def test_what_rules_cannot_carry_out_on_a_repeat_is_for_a_person(desk: SignalDesk):
    kept = desk.send("db")
    desk.rule(do("assign", "Onno Kay"), name="Night")
    with desk.store.begin() as session:
        session.sql("UPDATE person SET active = 0 WHERE name = 'Onno Kay'")
    desk.repeat("db"), desk.repeat("db")
    told = [line for row in desk.review.queue() for line in row.sentences if "Night" in line]
    assert told == ["Rule “Night” cannot be carried out: There is nobody called Onno Kay at the desk."]
    assert desk.firings(kept) == [("proposed", "assigns it to Onno Kay")]


def test_the_trail_names_rule_version_and_deed(desk: SignalDesk):
    desk.rule(do("set_severity", 1), name="Disks")
    kept = desk.send("db")
    (firing,) = desk.history.trail(kept.escalation_id)
    assert (firing.rule, firing.version, firing.state, firing.signal_id) == ("Disks", 1, "done", kept.id)
    assert firing.did["words"] == ["sets the severity to SEV1"]


def test_who_is_on_call_does_not_take_it_from_its_owner(desk: SignalDesk):
    desk.rule(do("assign", "Sana Ito"), when=(cond("count", "at most", 1),))
    kept = desk.send("db")
    desk.rule(do("assign_on_call", "web"), when=(cond("count", "more than", 1),))
    desk.repeat("db")
    assert desk.escalation(kept).owner_id == desk.base.senior.person_id


def test_rules_leave_alone_what_was_given_when_a_person_opened_it(desk: SignalDesk):
    opened = desk.base.open(team="data", severity=2)
    desk.switch.stop("Release", desk.lead)
    held = desk.send("db")
    desk.switch.resume(desk.lead)
    desk.signals.release([held.id], desk.coordinator, "join", into_id=opened.id)
    desk.rule(do("set_severity", 1), do("set_team", "web"), do("assign", "Onno Kay"))
    kept = desk.repeat("db")
    escalation = desk.escalation(kept)
    assert (escalation.id, escalation.severity, escalation.team) == (opened.id, 2, "data")
    assert escalation.owner_id == desk.base.on_call.person_id


def test_rules_do_nothing_on_a_repeat_of_what_is_over(desk: SignalDesk):
    kept = desk.send("db")
    desk.base.commands.transition.resolve(kept.escalation_id, desk.base.senior)
    desk.rule(do("set_severity", 1))
    assert desk.repeat("db").disposition is Disposition.JOINED
    assert desk.firings(kept) == []


def test_the_rules_people_disagree_with_most_stand_first(desk: SignalDesk):
    desk.rule(do("set_severity", 1), name="Loud")
    desk.rule(do("set_team", "web"), name="Right")
    for key in "abc":
        kept = desk.send(key)
        desk.base.commands.classification.set_severity(
            kept.escalation_id, 3, "A test system.", desk.coordinator
        )
    loud, right = desk.observatory.ranked()
    assert (loud.rule, loud.figures.overruled, loud.figures.fired) == ("Loud", 3, 3)
    assert loud.figures.reasons == (("A test system.", 3),)
    assert (loud.figures.changes, right.figures.overruled) == ((("SEV1 → SEV3", 3),), 0)


def test_a_mended_rule_begins_anew(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 1))
    kept = desk.send("a")
    desk.base.commands.classification.set_severity(kept.escalation_id, 3, "Why.", desk.coordinator)
    desk.rules.edit(rule.id, {**rule.to_mapping(), "name": "Mended", "version": 1}, desk.lead)
    desk.send("b")
    (observed,) = desk.observatory.ranked(newest_only=True)
    assert (observed.rule, observed.figures.fired, observed.figures.overruled) == ("Mended", 1, 0)


def test_names_stand_where_numbers_are_kept(desk: SignalDesk):
    rule = desk.rule(do("assign", "Onno Kay"))
    kept = desk.send("db")
    desk.base.commands.ownership.assign(kept.escalation_id, desk.base.senior.person_id, desk.coordinator)
    (one,) = desk.observatory.disagreements(rule.id)
    assert (one.was, one.became, one.by, one.number) == ("Onno Kay", "Sana Ito", "Cora Lind", kept.number)


class _By:
    """Commands of the coordinator, in the fewest words."""

    def __init__(self, desk: SignalDesk) -> None:
        self._desk = desk

    def classify(self, id_: int, **said: Any) -> None:
        self._desk.base.commands.classification.classify(id_, self._desk.coordinator, reason="Why.", **said)

    def override(self, id_: int, **said: Any) -> None:
        self._desk.base.commands.classification.override(id_, self._desk.coordinator, "Why.", **said)

    def assign(self, id_: int, name: str | None) -> None:
        ids = {person.name: person.id for person in self._desk.base.staff.values()}
        self._desk.base.commands.ownership.assign(id_, ids.get(name or ""), self._desk.coordinator)
