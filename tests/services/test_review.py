"""The review queue: why something waits, how people decide about it, and that all of it can be undone."""

from datetime import timedelta
from itertools import product

import pytest

from db.queries import mark
from desktop.domain.errors import DeskError
from desktop.domain.escalation import State
from desktop.domain.priority import assess
from desktop.domain.review import Reason
from desktop.domain.signal_kept import KeptSignal
from tests.services.signal_desk import SignalDesk, cond, do


def proposed(desk: SignalDesk, *actions: dict, **more: object) -> KeptSignal:
    """A signal for which a rule proposes something."""
    desk.rule(*actions, mode="propose", name="Shy", **more)
    return desk.send("db")


def test_what_no_rule_classifies_waits_and_says_why(desk: SignalDesk):
    kept = desk.send("db")
    (row,) = desk.review.queue()
    assert (row.number, row.customer, row.why) == (kept.number, "Northwind", (Reason.UNCLASSIFIED,))
    assert row.sentences == ("No rule classifies it.",)


def test_the_oldest_stands_first_with_its_age(desk: SignalDesk):
    desk.send("a")
    desk.clock.forward(minutes=5)
    desk.send("b")
    assert [row.age for row in desk.review.queue()] == [timedelta(minutes=5), timedelta(0)]


def test_a_dispute_is_told_in_full(desk: SignalDesk):
    desk.rule(do("set_severity", 1), name="EU")
    desk.rule(do("set_severity", 2), name="Cards")
    desk.send("db")
    (row,) = desk.review.queue()
    assert row.why[0] is Reason.DISPUTED
    assert row.sentences[0].startswith("The rules dispute: “EU” sets the severity to SEV1 but “Cards”")


def test_what_names_no_customer_waits_for_one(desk: SignalDesk):
    desk.rule(do("set_severity", 2))
    desk.send("db", source=desk.add_source("Anybody", customer_id=None))
    assert desk.review.queue()[0].why == (Reason.NO_CUSTOMER,)


def test_accepting_classifies_and_empties_the_queue(desk: SignalDesk):
    kept = desk.send("db")
    bulk = desk.review.accept([kept.escalation_id], desk.coordinator, severity=2)
    escalation = desk.escalation(kept)
    assert (escalation.state, escalation.severity, escalation.needs_review) == (State.TRIAGED, 2, False)
    assert (desk.review.queue(), bulk.refused, bulk.label) == ((), (), f"Review of {kept.number}")


def test_an_accepted_one_promises_what_its_priority_does(desk: SignalDesk):
    kept = desk.send("db")
    desk.review.accept([kept.escalation_id], desk.coordinator, severity=2)
    assert {"contain", "resolve", "update"} <= desk.base.running(kept.escalation_id)


def test_accepting_gives_it_an_owner(desk: SignalDesk):
    kept = desk.send("db")
    desk.review.accept([kept.escalation_id], desk.coordinator, owner_id=desk.base.on_call.person_id)
    assert desk.escalation(kept).owner_id == desk.base.on_call.person_id
    assert "escalation.assigned" in desk.kinds(kept)


def test_accepting_carries_out_what_is_proposed(desk: SignalDesk):
    kept = proposed(desk, do("set_severity", 1), do("assign", "Onno Kay"), do("add_tag", "eu"))
    assert desk.review.queue()[0].proposals[0].words[0] == "sets the severity to SEV1"
    desk.review.accept([kept.escalation_id], desk.coordinator)
    escalation = desk.escalation(kept)
    assert (escalation.severity, escalation.owner_id) == (1, desk.base.on_call.person_id)
    assert desk.firings(kept) == [("accepted", "proposes: sets the severity to SEV1")]


def test_what_a_person_says_counts_before_a_proposal(desk: SignalDesk):
    kept = proposed(desk, do("set_severity", 1))
    desk.review.accept([kept.escalation_id], desk.coordinator, severity=3, reason="Only a test system.")
    assert desk.escalation(kept).severity == 3
    assert desk.firings(kept)[0][0] == "declined"
    assert {row.field for row in desk.observatory.disagreements(1)} == {"severity", "proposal"}


def test_only_the_proposals_chosen_are_carried_out(desk: SignalDesk):
    desk.rule(do("set_team", "web"), mode="propose", name="Web")
    kept = proposed(desk, do("set_severity", 1))
    _, shy = desk.review.queue()[0].proposals
    desk.review.accept([kept.escalation_id], desk.coordinator, proposal_ids=[shy.id])
    assert (desk.escalation(kept).severity, desk.escalation(kept).team) == (1, "")
    assert [state for state, *_ in desk.firings(kept)] == ["declined", "accepted"]


def test_proposals_that_contradict_each_other_are_for_the_person(desk: SignalDesk):
    desk.rule(do("set_severity", 2), mode="propose", name="Other")
    kept = proposed(desk, do("set_severity", 1))
    (refusal,) = desk.review.accept([kept.escalation_id], desk.coordinator).refused
    assert refusal.sentence == (
        "“Other” and “Shy” propose different things for the severity. Take one of them."
    )


def test_an_accepted_proposal_to_suppress_sends_it_to_standard_support(desk: SignalDesk):
    kept = proposed(desk, do("suppress", "known noise"))
    desk.review.accept([kept.escalation_id], desk.coordinator)
    assert desk.escalation(kept).state is State.STANDARD


def test_an_accepted_proposal_to_attach_merges_it(desk: SignalDesk):
    other = desk.send("a")
    kept = proposed(desk, do("attach", "customer_area"))
    desk.review.accept([kept.escalation_id], desk.coordinator)
    assert desk.escalation(kept).merged_into_id == other.escalation_id
    assert desk.firings(kept)[0][0] == "accepted"


def test_where_nothing_is_open_any_more_attaching_is_refused(desk: SignalDesk):
    kept = proposed(desk, do("attach", "customer_area"))
    (refusal,) = desk.review.accept([kept.escalation_id], desk.coordinator).refused
    assert "nothing open any more" in refusal.sentence


def test_undoing_an_acceptance_brings_everything_back(desk: SignalDesk):
    kept = proposed(desk, do("set_severity", 1), do("add_tag", "eu"), do("assign", "Onno Kay"))
    before, waiting = desk.escalation(kept), desk.review.queue()
    bulk = desk.review.accept([kept.escalation_id], desk.coordinator)
    desk.base.commands.undoing.undo(bulk.seqs, desk.coordinator)
    after = desk.escalation(kept)
    assert (after.state, after.severity, after.owner_id) == (before.state, before.severity, None)
    assert desk.review.queue() == waiting


def test_many_at_once_are_one_step_to_undo(desk: SignalDesk):
    ids = [desk.send(key).escalation_id for key in "abc"]
    bulk = desk.review.accept(ids, desk.coordinator, severity=3)
    assert (bulk.label, len(desk.review.queue())) == ("Review of 3 escalations", 0)
    desk.base.commands.undoing.undo(bulk.seqs, desk.coordinator)
    assert len(desk.review.queue()) == 3


def test_those_that_refuse_are_told_and_the_others_go_on(desk: SignalDesk):
    ids = [desk.send(key).escalation_id for key in "ab"]
    desk.review.accept(ids[:1], desk.coordinator)
    bulk = desk.review.accept(ids, desk.coordinator)
    assert [refusal.escalation_id for refusal in bulk.refused] == ids[:1]
    assert bulk.refused[0].sentence.startswith("It needs no review any more.")


def test_a_duplicate_is_merged_into_the_one_it_repeats(desk: SignalDesk):
    first, second = desk.send("a"), desk.send("b")
    desk.review.duplicate([second.escalation_id], first.escalation_id, desk.coordinator)
    assert desk.escalation(second).merged_into_id == first.escalation_id
    assert [row.escalation_id for row in desk.review.queue()] == [first.escalation_id]


def test_declining_sends_to_standard_support_with_the_reason(desk: SignalDesk):
    kept = proposed(desk, do("set_severity", 1))
    desk.review.decline([kept.escalation_id], "The probe is broken.", desk.coordinator)
    assert (desk.escalation(kept).state, desk.review.queue()) == (State.STANDARD, ())
    assert desk.firings(kept)[0][0] == "declined"
    assert desk.observatory.disagreements(1)[0].reason == "The probe is broken."


def test_declining_needs_a_reason(desk: SignalDesk):
    kept = desk.send("db")
    with pytest.raises(DeskError, match="needs a reason"):
        desk.review.decline([kept.escalation_id], " ", desk.coordinator)


def test_what_is_put_off_comes_back_in_its_old_place(desk: SignalDesk):
    ids = [desk.send(key).escalation_id for key in "ab"]
    desk.review.snooze(ids[:1], desk.in_an_hour(), desk.coordinator, "The vendor looks at it.")
    assert [row.escalation_id for row in desk.review.queue()] == ids[1:]
    assert desk.review.next_back_at() == desk.in_an_hour()
    desk.clock.forward(hours=1)
    rows = desk.review.queue()
    assert ([row.escalation_id for row in rows], rows[0].why[-1]) == (ids, Reason.CAME_BACK)


def test_what_is_put_off_is_listed_and_can_be_woken(desk: SignalDesk):
    kept = desk.send("db")
    desk.review.snooze([kept.escalation_id], desk.in_an_hour(), desk.coordinator)
    assert desk.review.snoozed()[0].snoozed_until == desk.in_an_hour()
    desk.review.wake([kept.escalation_id], desk.coordinator)
    assert len(desk.review.queue()) == 1


def test_nothing_is_put_off_into_the_past(desk: SignalDesk):
    with pytest.raises(DeskError, match="time is over"):
        desk.review.snooze([desk.send("db").escalation_id], desk.clock.now(), desk.coordinator)


def test_engineers_do_not_decide_the_queue(desk: SignalDesk):
    kept = desk.send("db")
    assert desk.review.accept([kept.escalation_id], desk.base.senior).refused[0].sentence.startswith("Only a")


def test_a_classification_by_hand_ends_the_review(desk: SignalDesk):
    kept = proposed(desk, do("set_severity", 2))
    desk.base.commands.classification.classify(kept.escalation_id, desk.coordinator, severity=2)
    escalation = desk.escalation(kept)
    assert (escalation.needs_review, escalation.review_why, escalation.review_at) == (False, "", None)
    assert desk.firings(kept)[0][0] == "accepted"


def test_undoing_a_classification_brings_the_review_back(desk: SignalDesk):
    kept = desk.send("db")
    waiting = desk.review.queue()
    done = desk.base.commands.classification.classify(kept.escalation_id, desk.coordinator, severity=2)
    desk.base.commands.undoing.undo(done.seqs, desk.coordinator)
    assert desk.review.queue() == waiting


def test_a_new_review_does_not_bar_undoing_the_last(desk: SignalDesk):
    kept = desk.send("db")
    done = desk.base.commands.classification.classify(kept.escalation_id, desk.coordinator, severity=2)
    desk.rule(do("set_team", "web"), mode="propose")
    desk.repeat("db")
    desk.base.commands.undoing.undo(done.seqs, desk.coordinator)
    assert (desk.escalation(kept).state, desk.review.queue()[0].why) == (State.NEW, (Reason.PROPOSAL,))


def test_an_override_keeps_proposals_waiting(desk: SignalDesk):
    kept = proposed(desk, do("set_team", "web"))
    desk.base.commands.classification.override(
        kept.escalation_id, desk.coordinator, "The board asked.", priority="P1"
    )
    assert desk.review.queue()[0].why == (Reason.PROPOSAL,)


@pytest.mark.parametrize(("near_edge", "why"), [(True, (Reason.NEAR_EDGE,)), (False, ())])
def test_what_is_acknowledged_unclassified_waits_only_near_the_edge_of_a_band(
    desk: SignalDesk, near_edge: bool, why: tuple[Reason, ...]
):
    opened = desk.base.open(classified=False, **graded(desk, near_edge=near_edge))
    desk.base.commands.transition.acknowledge(opened.id, desk.base.on_call)
    assert tuple(reason for row in desk.review.queue() for reason in row.why) == why


def graded(desk: SignalDesk, *, near_edge: bool) -> dict[str, int]:
    """Factors of the one customer whose score lies close to the edge of a band, or does not."""
    policy, weight = desk.base.policy.active(), {"tier": "enterprise", "revenue": 2_000_000}
    names = ("severity", "business_impact", "reputational_risk")
    for values in product((1, 2, 3, 4), range(6), range(6)):
        factors = dict(zip(names, values, strict=True))
        if assess(policy, **factors, **weight).near_edge is near_edge:
            return factors
    raise AssertionError("no such score")


def test_undoing_an_acceptance_takes_its_tags_away(desk: SignalDesk):
    kept = proposed(desk, do("add_tag", "eu"), do("set_severity", 2))
    bulk = desk.review.accept([kept.escalation_id], desk.coordinator)
    with desk.store.read() as session:
        assert mark.of_escalation(session, kept.escalation_id) == (("tag", "eu"),)
    desk.base.commands.undoing.undo(bulk.seqs, desk.coordinator)
    with desk.store.read() as session:
        assert mark.of_escalation(session, kept.escalation_id) == ()


def test_what_is_resolved_waits_no_more(desk: SignalDesk):
    kept = desk.send("db")
    desk.base.commands.transition.resolve(kept.escalation_id, desk.base.senior)
    assert desk.review.queue() == ()


def test_what_comes_back_after_it_was_resolved_waits_again_until_it_is_reopened(desk: SignalDesk):
    kept = desk.send("db")
    desk.base.commands.transition.resolve(kept.escalation_id, desk.base.senior)
    desk.repeat("db")
    assert desk.review.queue()[0].why == (Reason.CAME_BACK,)
    desk.base.commands.transition.reopen(kept.escalation_id, desk.coordinator, "It is back.")
    assert desk.review.queue() == ()


def test_what_came_back_leaves_the_queue_when_it_is_declined(desk: SignalDesk):
    kept = desk.send("db")
    desk.base.commands.transition.resolve(kept.escalation_id, desk.base.senior)
    desk.repeat("db")
    desk.review.decline([kept.escalation_id], "An echo of the old one.", desk.coordinator)
    assert (desk.escalation(kept).state, desk.review.queue()) == (State.RESOLVED, ())


def test_a_rule_that_asks_for_a_person_gets_one(desk: SignalDesk):
    desk.rule(do("set_severity", 2), do("review", "Check the contract"), when=(cond("title", "exists"),))
    desk.send("db")
    assert "asks a person to look: Check the contract" in desk.review.queue()[0].sentences[0]


def test_whoever_finds_the_customer_answers_the_question_for_it(desk: SignalDesk):
    desk.rule(do("set_severity", 2))
    kept = desk.send("db", source=desk.add_source("Anybody", customer_id=None))
    desk.base.commands.escalation.edit(kept.escalation_id, {"customer_id": 1}, desk.coordinator)
    assert desk.review.queue() == ()


def test_whoever_gives_it_an_owner_answers_the_question_for_one(desk: SignalDesk):
    desk.rule(do("set_severity", 2), do("assign_on_call", "moon base"))
    kept = desk.send("db")
    assert desk.review.queue()[0].why == (Reason.NO_OWNER,)
    desk.base.commands.ownership.own(kept.escalation_id, desk.base.on_call)
    assert desk.review.queue() == ()


def test_a_customer_that_only_a_rule_knows_is_asked_for(desk: SignalDesk):
    desk.rule(do("set_severity", 2), do("set_customer", "Northwind"))
    with desk.store.begin() as session:
        session.sql("UPDATE customer SET name = 'Southwind', name_key = 'southwind'")
    assert desk.escalation(desk.send("db")).customer_id == 1
    assert desk.review.queue()[0].why == (Reason.NO_CUSTOMER,)
