"""Rules as people read them: why they held, what they do, and what changed between two versions."""

import pytest

from desktop.domain.rule import RuleAction
from desktop.domain.rule_action import ACTIONS, action_words
from desktop.domain.rule_difference import difference
from desktop.domain.rule_words import actions_words, condition_words
from tests.domain.rules import a_rule, a_signal, cond, decided, do, facts

LONG = "All is well. " * 20 + "The checkout refuses every card. " + "Nothing else is known. " * 20
S = a_signal(
    labels={"team": "Web", "tags": ["eu", "CARDS", "x"], "ok": True, "many": list("abcdefg")}, long=LONG
)


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (cond("title", "contains", "checkout"), "title contains “checkout”: it reads “Checkout fails in EU”"),
        (
            cond("labels.team", "is one of", ["web", "db"]),
            "labels.team is one of “web” or “db”: it reads “Web”",
        ),
        (cond("labels.region", "is not", "eu"), "labels.region is not “eu”: there is none"),
        (cond("labels.region", "is missing"), "labels.region is missing"),
        (cond("labels.team", "exists"), "labels.team exists: it reads “Web”"),
        (cond("labels.tags", "is", "cards"), "labels.tags is “cards”: it reads “CARDS”"),
        (cond("labels.tags", "is not", "us"), "labels.tags is not “us”: it lists “eu”, “CARDS” and “x”"),
        (
            cond("labels.many", "exists"),
            "labels.many exists: it lists “a”, “b”, “c”, “d”, “e” and 2 more",
        ),
        (cond("labels.ok", "is", True), "labels.ok is true: it is true"),
        (cond("rate.ratio", "at least", 3), "rate against the usual is at least 3 ×: it is 4.2 ×"),
        (cond("uptime", "less than", 99.9), "uptime is less than 99.9 %: it is 99.5 %"),
        (cond("title", "matches", "check*"), "title matches “check*”: it reads “Checkout fails in EU”"),
    ],
)
def test_a_condition_that_held_says_why(condition, sentence):
    on = facts(S, counts={"rate.ratio": 4.2, "uptime": 99.5})
    assert decided(a_rule(when=[condition]), on=on).applied[0].because == (sentence,)


def test_of_a_long_text_the_place_that_was_sought_is_shown():
    [line] = (
        decided(a_rule(when=[cond("fields.long", "contains", "CHECKOUT")]), on=facts(S)).applied[0].because
    )
    assert "…" in line
    assert "The checkout refuses every card." in line
    assert len(line) < 150


def test_a_text_of_several_lines_is_shown_as_one():
    on = facts(a_signal(title="Checkout\nfails"))
    [line] = decided(a_rule(when=[cond("title", "exists")]), on=on).applied[0].because
    assert line == "title exists: it reads “Checkout fails”"


def test_every_condition_that_held_of_a_group_is_told_and_no_other():
    group = {
        "any": [
            cond("title", "contains", "eu"),
            cond("title", "contains", "us"),
            cond("title", "contains", "f"),
        ]
    }
    lines = decided(a_rule(when=[cond("source", "exists"), group])).applied[0].because
    assert [line.split(":")[0] for line in lines] == [
        "source exists",
        "title contains “eu”",
        "title contains “f”",
    ]


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("set_issue_type", "payments_outage", "sets the issue type to “payments_outage”"),
        ("set_severity", 1, "sets the severity to SEV1"),
        ("set_business_impact", 0, "sets the business impact to 0"),
        ("set_reputational_risk", 5, "sets the reputational risk to 5"),
        ("set_team", "Web", "gives it to the team “Web”"),
        ("set_area", "payments", "sets the area to “payments”"),
        ("set_customer", 3, "says that the customer is customer no. 3"),
        ("assign", 7, "assigns it to Mira Kos"),
        ("assign", 8, "assigns it to person no. 8"),
        ("assign", "Ada", "assigns it to Ada"),
        ("assign_on_call", "Web", "assigns it to who is on call for “Web”"),
        ("add_tag", "eu", "adds the tag “eu”"),
        ("link_playbook", "pay", "links the playbook “pay”"),
        ("open", None, "opens an escalation"),
        ("attach", "customer_area", "attaches it to the open one of the same customer and area"),
        ("attach", "fingerprint", "attaches it to the open one that tells of the same thing"),
        ("suppress", "known {noise}", "suppresses it: known {noise}"),
        ("review", "odd", "asks a person to look: odd"),
    ],
)
def test_an_action_says_what_it_does(kind, value, words):
    assert action_words(RuleAction(kind, value), {("assign", 7): "Mira Kos"}) == words


def test_no_action_is_without_a_sentence_of_its_own():
    assert len({known.phrase for known in ACTIONS.values()}) == len(ACTIONS)


def test_what_a_rule_proposes_is_called_a_proposal():
    assert decided(a_rule(do("open"), mode="propose")).applied[0].words == ("proposes: opens an escalation",)


def test_groups_are_written_with_brackets():
    rule = a_rule(
        when=[{"any": [cond("title", "is", "a"), cond("title", "is", "b")]}, cond("count", "more than", 2)]
    )
    words = condition_words(rule.conditions)
    assert words == "((title is “a” or title is “b”) and number of times this alert came is more than 2)"


def test_actions_are_listed_as_people_list_them():
    rule = a_rule(do("set_severity", 1), do("add_tag", "eu"), do("open"))
    assert (
        actions_words(rule.actions) == "sets the severity to SEV1, adds the tag “eu” and opens an escalation"
    )


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({}, ()),
        ({"version": 2}, ()),
        ({"name": "Cards"}, ("Renamed from “Checkout” to “Cards”",)),
        ({"order": 4}, ("Moved from place 0 to place 4",)),
        ({"enabled": False}, ("Switched off",)),
        ({"mode": "propose"}, ("Only proposes now",)),
        ({"stop": True}, ("Later rules are no longer tried",)),
        ({"join": "any"}, ("Any condition is enough",)),
        (
            {"when": [cond("title", "contains", "pay")]},
            ("Condition removed: source exists", "Condition added: title contains “pay”"),
        ),
        ({"actions": [do("open"), do("add_tag", "eu")]}, ("Action added: adds the tag “eu”",)),
    ],
)
def test_a_change_is_told_in_words(change, sentences):
    assert difference(a_rule(), a_rule(**change)) == sentences


def test_only_the_order_of_conditions_changed():
    one, other = cond("title", "exists"), cond("count", "exists")
    assert difference(a_rule(when=[one, other]), a_rule(when=[other, one])) == (
        "Conditions in another order",
    )


def test_of_a_long_text_that_ends_as_wanted_the_end_is_shown():
    on = facts(a_signal(title="So it went on. " * 20 + "Then it broke."))
    [line] = decided(a_rule(when=[cond("title", "ends with", "broke.")]), on=on).applied[0].because
    assert line.endswith("Then it broke.”")


NAMES = {
    ("assign", 7): "Mira Kos",
    ("assign", 8): "Mira Kos",
    ("set_area", "eu"): "Europe",
    ("source", "p2"): "Probe",
}


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        (do("set_severity", 2), do("assign", 7), "Action added: assigns it to Mira Kos"),
        (do("set_severity", 2), do("set_area", "eu"), "Action added: sets the area to “Europe”"),
        (do("set_severity", 2), do("set_area", "us"), "Action added: sets the area to “us”"),
    ],
)
def test_changes_name_people_and_things_as_people_call_them(old, new, sentences):
    assert sentences in difference(a_rule(old), a_rule(new), NAMES)


def test_a_condition_names_its_source():
    old, new = a_rule(), a_rule(when=[cond("source", "is one of", ["p2", "p3"])])
    assert "Condition added: source is one of “Probe” or “p3”" in difference(old, new, NAMES)


def test_two_people_of_one_name_are_still_two():
    assert len(difference(a_rule(do("assign", 7)), a_rule(do("assign", 8)), NAMES)) == 2
