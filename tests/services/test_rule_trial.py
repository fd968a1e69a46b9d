"""A rule is tried on what was kept: which it holds for, what it would change, how many escalations a day."""

import pytest

from tests.services.signal_desk import SignalDesk, a_rule_document, cond, do

IS_A = (cond("title", "contains", "of a is"),)


def test_the_signals_it_holds_for_are_shown_with_the_reason(desk: SignalDesk):
    desk.send("a"), desk.send("b")
    found = desk.trials.try_out(a_rule_document(do("set_severity", 1), when=IS_A))
    (row,) = found.rows
    assert (found.looked_at, found.matched, row.signal.signal.title) == (2, 1, "Disk of a is full")
    assert row.because == ("title contains “of a is”: it reads “Disk of a is full”",)


def test_a_silencing_rule_opens_fewer(desk: SignalDesk):
    desk.send("a"), desk.send("b")
    found = desk.trials.try_out(a_rule_document(do("suppress", "known"), when=IS_A))
    assert (found.opened_before, found.opened_after, found.changed) == (2, 1, 1)
    assert found.rows[0].changes == ("Suppressed instead of opened",)


def test_repeats_of_what_would_not_have_been_opened_are_silenced_too(desk: SignalDesk):
    desk.send("a"), desk.send("a"), desk.send("a")
    found = desk.trials.try_out(a_rule_document(do("suppress", "known"), when=IS_A))
    assert (found.opened_after, [row.after for row in found.rows]) == (0, ["suppressed"] * 3)


def test_the_first_repeat_it_does_not_hold_for_would_have_opened(desk: SignalDesk):
    desk.send("a"), desk.send("a", severity="high")
    silence = a_rule_document(do("suppress", "known"), when=(cond("severity_hint", "is missing"),))
    found = desk.trials.try_out(silence)
    assert [(row.after, bool(row.because)) for row in found.rows] == [("opened", False), ("suppressed", True)]


def test_a_rule_made_narrower_lets_through_what_it_silenced(desk: SignalDesk):
    rule = desk.rule(do("suppress", "noise"))
    desk.send("a"), desk.send("b"), desk.send("b")
    found = desk.trials.try_out(a_rule_document(do("suppress", "noise"), when=IS_A, id=rule.id))
    assert (found.opened_before, found.opened_after) == (0, 1)
    assert [row.after for row in found.rows] == ["joined", "opened", "suppressed"]


def test_fields_are_compared_with_what_rules_have_set(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 2), do("set_team", "web"))
    desk.send("a")
    found = desk.trials.try_out(a_rule_document(do("set_severity", 1), do("set_team", "web"), id=rule.id))
    assert found.rows[0].changes == ("Severity: SEV2 → SEV1",)


def test_the_version_in_force_changes_nothing(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 2), do("assign", "Onno Kay"), do("set_customer", "Northwind"))
    desk.send("a"), desk.send("a")
    same = a_rule_document(*rule.to_mapping()["actions"], id=rule.id)
    assert desk.trials.try_out(same).changed == 0


def test_a_dispute_with_another_rule_is_foretold(desk: SignalDesk):
    desk.rule(do("set_severity", 2), name="Other")
    desk.send("a")
    found = desk.trials.try_out(a_rule_document(do("set_severity", 1)))
    assert any(
        line.startswith("The rules dispute: “Other” sets the severity") for line in found.rows[0].changes
    )


def test_a_rule_that_only_proposes_changes_nothing(desk: SignalDesk):
    desk.send("a")
    found = desk.trials.try_out(a_rule_document(do("suppress", "known"), mode="propose"))
    assert (found.matched, found.changed) == (1, 0)
    assert found.rows[0].did == ("proposes: suppresses it: known",)


def test_what_a_person_decided_stays(desk: SignalDesk):
    desk.switch.stop("Move of the data centre", desk.lead)
    kept = desk.send("a")
    desk.switch.resume(desk.lead)
    desk.signals.release([kept.id], desk.coordinator, "open")
    assert desk.trials.try_out(a_rule_document(do("suppress", "known"))).changed == 0


def test_escalations_a_day_are_of_the_time_the_signals_cover(desk: SignalDesk):
    desk.send("a")
    desk.clock.forward(days=4)
    desk.send("b")
    found = desk.trials.try_out(a_rule_document(do("suppress", "known"), when=IS_A))
    assert (found.days, found.a_day_before, found.a_day_after) == (4.0, 0.5, 0.25)


def test_only_the_last_ones_are_looked_at(desk: SignalDesk):
    desk.send("a"), desk.send("b"), desk.send("c")
    found = desk.trials.try_out(a_rule_document(do("set_severity", 1)), last_n=2)
    assert [row.signal.signal.dedup_key for row in found.rows] == ["c", "b"]


def test_without_any_signal_there_is_nothing_to_show(desk: SignalDesk):
    assert desk.trials.try_out(a_rule_document(do("open"))).rows == ()


def test_counts_are_as_they_were_when_the_signal_came(desk: SignalDesk):
    for _ in range(3):
        desk.send("a")
    found = desk.trials.try_out(a_rule_document(do("set_severity", 1), when=(cond("count", "at least", 3),)))
    assert [row.signal.id for row in found.rows] == [desk.signals.recent(limit=1)[0].id]


def test_a_rule_for_repeats_changes_the_first_of_them_it_holds_for(desk: SignalDesk):
    for _ in range(4):
        desk.send("a")
    found = desk.trials.try_out(a_rule_document(do("set_severity", 1), when=(cond("count", "at least", 3),)))
    assert [row.changes for row in found.rows] == [(), ("Severity: nothing → SEV1",)]


def test_rates_and_repeats_are_as_they_were_when_the_signal_came(desk: SignalDesk):
    desk.send("a")
    desk.clock.forward(minutes=30)
    desk.send("b"), desk.send("c")
    rates = (cond("rate.10m", "at least", 2), cond("repeat.7d", "at least", 0))
    found = desk.trials.try_out(a_rule_document(do("set_severity", 1), when=rates))
    assert [row.signal.signal.dedup_key for row in found.rows] == ["c"]


@pytest.mark.parametrize(
    "condition",
    [
        cond("repeat.7d", "at least", 2),
        cond("repeat.30d", "at least", 3),
        cond("rate.10m", "at least", 2),
        cond("rate.ratio", "at least", 2),
        cond("open.customer", "at least", 3),
        cond("hour", "at least", 12),
    ],
    ids=lambda condition: condition["field"],
)
def test_a_rule_holds_for_what_it_held_for_when_it_was_in_force(desk: SignalDesk, condition: dict):
    rule = desk.rule(do("suppress", "known"), when=(condition,))
    for n, hours in enumerate((1, 0, 0, 3, 30, 100, 0, 80, 80, 24, 0, 0)):
        desk.clock.forward(hours=hours)
        desk.send(str(n))
    found = desk.trials.try_out(rule.to_mapping())
    held = [row.signal.id for row in found.rows if row.because]
    assert held == [kept.id for kept in desk.signals.recent() if kept.disposition == "suppressed"] != []


def test_attaching_is_tried_with_what_these_signals_opened(desk: SignalDesk):
    desk.send("a"), desk.send("b")
    found = desk.trials.try_out(a_rule_document(do("attach", "customer_area")))
    assert (found.opened_before, found.opened_after) == (2, 1)


def test_trying_writes_nothing(desk: SignalDesk):
    desk.send("a")
    before = desk.store.revision()
    desk.trials.try_out(a_rule_document(do("suppress", "known")))
    assert (desk.store.revision(), desk.escalation(desk.signals.recent(limit=1)[0]).state) == (before, "new")
