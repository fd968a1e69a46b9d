"""What rules decide: values, disputes, outcomes, locks, proposals and the stop flag."""

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.facts import MISSING
from desktop.domain.rule import OUTCOME, Condition, Conditions, Mode, Rule, RuleAction, compile
from tests.domain.rules import a_rule, a_signal, cond, decided, do, facts, holds

SEV1, SEV2 = do("set_severity", 1), do("set_severity", 2)


def test_a_rule_that_holds_sets_its_value_and_says_whose_it_is():
    value, by = decided(a_rule(SEV1, id=7, version=3)).values["severity"]
    assert (value, by.rule_id, by.version) == (1, 7, 3)


def test_a_rule_that_does_not_hold_does_nothing():
    decision = decided(a_rule(SEV1, when=[cond("title", "contains", "invoice")]))
    assert (decision.applied, decision.values, decision.why) == ((), {}, "No rule holds for it.")


def test_rules_are_tried_in_their_order_and_equal_ones_by_number():
    rules = [a_rule(id=3, order=1), a_rule(id=1, order=2), a_rule(id=2, order=1)]
    assert [rule.rule_id for rule in decided(*rules).applied] == [2, 3, 1]


def test_a_rule_that_is_switched_off_is_not_tried():
    assert decided(a_rule(SEV1, enabled=False)).applied == ()


def test_after_a_stop_no_later_rule_is_tried():
    decision = decided(a_rule(SEV1, id=1, stop=True), a_rule(SEV2, id=2))
    assert [rule.rule_id for rule in decision.applied] == [1]


def test_two_rules_that_say_the_same_do_not_dispute_and_the_first_counts():
    decision = decided(a_rule(SEV1, id=1), a_rule(SEV1, id=2))
    assert (decision.disputed, decision.values["severity"][1].rule_id) == ((), 1)


def test_two_rules_that_say_different_things_dispute_and_neither_wins():
    decision = decided(a_rule(SEV1, id=1, name="EU"), a_rule(SEV2, id=2, name="Cards"))
    [dispute] = decision.disputed
    assert (dispute.field, dispute.values, [rule.name for rule in dispute.rules]) == (
        "severity",
        (1, 2),
        ["EU", "Cards"],
    )
    assert decision.values == {}


def test_a_dispute_names_both_rules_in_a_sentence():
    [dispute] = decided(a_rule(SEV1, id=1, name="EU"), a_rule(SEV2, id=2, name="Cards")).disputed
    assert dispute.sentence == (
        "The rules dispute: “EU” sets the severity to SEV1 but “Cards” sets the severity to SEV2."
    )


def test_a_person_and_who_is_on_call_dispute_the_owner():
    [dispute] = decided(a_rule(do("assign", 7), id=1), a_rule(do("assign_on_call", "Web"), id=2)).disputed
    assert (dispute.field, dispute.values) == ("owner", (7, "Web"))


def test_who_is_on_call_has_a_name_of_its_own_among_the_values():
    assert decided(a_rule(do("assign_on_call", "Web"))).values["owner_on_call"][0] == "Web"


def test_a_field_that_a_person_set_is_left_alone_and_that_is_said():
    decision = decided(a_rule(SEV1, do("set_team", "Web")), locked={"severity"})
    assert (set(decision.values), decision.applied[0].kept) == ({"team"}, ("severity",))
    assert decision.applied[0].words[-1] == "leaves severity as a person set it"


def test_a_rule_that_only_proposes_sets_nothing_and_proposes_everything():
    decision = decided(a_rule(SEV1, do("suppress", "noise"), mode="propose"))
    assert (decision.values, decision.verdict) == ({}, "none")
    assert [action.kind for action in decision.proposals[0].actions] == ["set_severity", "suppress"]


def test_a_rule_that_only_proposes_stops_nobody_and_disputes_nothing():
    decision = decided(a_rule(SEV1, id=1, stop=True, mode="propose"), a_rule(SEV2, id=2))
    assert (decision.values["severity"][0], decision.disputed) == (2, ())


def test_a_tripped_rule_only_proposes():
    decision = decided(a_rule(SEV1, id=9), tripped={9})
    assert (decision.values, decision.applied[0].mode, decision.applied[0].is_tripped) == (
        {},
        Mode.PROPOSE,
        True,
    )


def test_tags_and_playbooks_of_all_rules_are_added_each_once():
    rules = [a_rule(do("add_tag", "eu"), id=1), a_rule(do("add_tag", "eu"), do("link_playbook", "pay"), id=2)]
    found = [(action.kind, action.value, by.rule_id) for action, by in decided(*rules).additions]
    assert found == [("add_tag", "eu", 1), ("link_playbook", "pay", 2)]


@pytest.mark.parametrize(
    ("actions", "verdict"),
    [
        ([SEV1], "none"),
        ([do("open")], "open"),
        ([do("attach", "fingerprint")], "join"),
        ([do("attach", "fingerprint"), do("open")], "join"),
        ([do("suppress", "noise")], "suppress"),
        ([do("suppress", "noise"), do("suppress", "test")], "suppress"),
        ([do("review", "odd")], "review"),
        ([do("open"), do("review", "odd")], "open"),
        ([do("suppress", "noise"), do("open")], "review"),
        ([do("suppress", "noise"), do("attach", "customer_area")], "review"),
        ([do("suppress", "noise"), do("review", "odd")], "review"),
    ],
)
def test_what_becomes_of_a_signal(actions, verdict):
    assert decided(*(a_rule(action, id=i + 1) for i, action in enumerate(actions))).verdict == verdict


def test_a_rule_that_silences_and_one_that_opens_dispute_the_outcome():
    decision = decided(a_rule(do("suppress", "noise"), id=1), a_rule(do("open"), id=2))
    [dispute] = decision.disputed
    assert (dispute.field, dispute.values, decision.decided_by) == (OUTCOME, ("suppress", "open"), None)


def test_the_reason_names_the_rule_and_its_version():
    why = decided(a_rule(do("suppress", "known noise"), name="Quiet", version=4)).why
    assert why == "Rule “Quiet” (version 4) suppresses it: known noise"


def test_a_wish_for_a_persons_look_is_kept_beside_the_outcome():
    decision = decided(a_rule(do("open"), id=1), a_rule(do("review", "odd"), id=2))
    assert [(why, by.rule_id) for why, by in decision.asks] == [("odd", 2)]


@pytest.mark.parametrize(
    ("actions", "locked", "classified"),
    [
        ([SEV1], (), True),
        ([do("set_issue_type", "payments_outage")], (), True),
        ([do("set_team", "Web")], (), False),
        ([do("set_team", "Web")], ("severity",), True),
    ],
)
def test_a_rule_or_person_that_says_how_grave_it_is_classifies_it(actions, locked, classified):
    assert decided(a_rule(*actions), locked=locked).is_classified is classified


def test_a_disputed_severity_classifies_nothing():
    assert not decided(a_rule(SEV1, id=1), a_rule(SEV2, id=2)).is_classified


def test_no_field_is_asked_for_twice_nor_without_need():
    asked = []

    class Counting:
        def get(self, field):
            asked.append(field)
            return "x" if field == "title" else MISSING

    rules = [
        a_rule(id=i, when=[cond("title", "is", "y"), cond("rate.10m", "at least", 5)]) for i in range(1, 4)
    ]
    decided(*rules, on=Counting())
    assert asked == ["title"]


def test_any_condition_is_enough_where_one_is_wanted():
    rule = a_rule(
        SEV1, join="any", when=[cond("title", "contains", "invoice"), cond("kind", "is", "alertmanager")]
    )
    assert decided(rule).applied[0].because == ("kind of source is “alertmanager”: it reads “alertmanager”",)


def test_groups_may_stand_inside_groups():
    group = {"any": [cond("title", "contains", "invoice"), {"all": [cond("title", "contains", "eu")]}]}
    assert holds(group, facts())


S = a_signal(
    title="Disk 93 % full ",
    severity_hint="",
    labels={
        "n": "12.5",
        "p": "93 %",
        "big": 10**30,
        "yes": True,
        "list": ["Web", "db", 7],
        "map": {"a": 1},
        "ß": "STRASSE",
    },
)


@pytest.mark.parametrize(
    ("field", "operator", "value", "expected"),
    [
        ("title", "is", "disk 93 % FULL", True),
        ("title", "is not", "disk", True),
        ("title", "contains", "93", True),
        ("title", "does not contain", "FULL", False),
        ("title", "starts with", "dIsK", True),
        ("title", "ends with", "full", True),
        ("title", "is one of", ["x", "Disk 93 % full"], True),
        ("title", "matches", "disk*full", True),
        ("title", "matches", "disk ?? % *", True),
        ("title", "matches", "disk [0-9]*", False),
        ("title", "matches", "isk*", False),
        ("title", "exists", None, True),
        ("severity_hint", "is missing", None, True),
        ("severity_hint", "is not", "critical", True),
        ("severity_hint", "does not contain", "crit", True),
        ("severity_hint", "is", "critical", False),
        ("labels.n", "at least", 12.5, True),
        ("labels.n", "more than", 12.5, False),
        ("labels.n", "at most", 12, False),
        ("labels.n", "is", 12.5, True),
        ("labels.n", "is", "12.5", True),
        ("labels.p", "less than", 94, True),
        ("labels.big", "more than", 5, True),
        ("labels.yes", "is", True, True),
        ("labels.yes", "is", "true", True),
        ("labels.yes", "at least", 1, False),
        ("labels.list", "is", "web", True),
        ("labels.list", "is not", "web", False),
        ("labels.list", "contains", "eb", True),
        ("labels.list", "is one of", [7], True),
        ("labels.list", "at least", 7, True),
        ("labels.map", "contains", '"a": 1', True),
        ("labels.ß", "is", "straße", True),
        ("labels.none", "at most", 5, False),
        ("rate.10m", "more than", 5, False),
    ],
)
def test_an_operator_holds(field, operator, value, expected):
    assert holds(cond(field, operator, value), facts(S)) is expected


def test_a_rule_of_an_unknown_field_is_not_made_ready():
    rule = Rule(1, 1, "x", 0, Conditions("all", (Condition("titel", "exists"),)), (RuleAction("open"),))
    with pytest.raises(DeskError, match="Did you mean “title”"):
        compile([rule])
