"""Which thresholds were reached, and what becomes of the alarms about them."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.alarm import (
    THRESHOLDS,
    Told,
    Verdict,
    judge,
    late_s,
    reached,
    why_suppressed,
    worst_of_each,
)
from desktop.domain.instant import US_PER_SECOND
from desktop.domain.policy import Occasion
from tests.domain.alarms import MINUTE, POLICY, a_breach, a_concern, a_situation
from tests.factories import MONDAY_US

NOW = MONDAY_US


def decided(concern, **situation) -> Verdict:
    return judge(concern, POLICY.announce[concern.occasion], a_situation(**situation))


def test_the_next_threshold_alone_is_reached_when_the_others_lie_ahead():
    passed, name, at_us = reached("at_risk", NOW, NOW + MINUTE, NOW + 2 * MINUTE, NOW)
    assert (passed, name, at_us) == (((Occasion.AT_RISK, NOW),), "breaching_soon", NOW + MINUTE)


def test_thresholds_passed_together_come_mildest_first():
    passed, name, at_us = reached("at_risk", NOW - 9, NOW - 6, NOW - 3, NOW)
    assert [threshold for threshold, _ in passed] == list(THRESHOLDS)
    assert (name, at_us) == (None, None)


def test_a_threshold_one_microsecond_ahead_is_not_reached():
    assert reached("breached", NOW + 1, 0, NOW + 1, NOW) == ((), "breached", NOW + 1)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.lists(st.integers(0, 12), max_size=8))
def test_every_threshold_is_reached_exactly_once_however_often_one_looks(risk, soon, due, looks):
    instants = sorted((risk, soon, due))
    name, at_us = "at_risk", instants[0]
    told = []
    for now in [*sorted(looks), 12]:
        if name is not None:
            passed, name, at_us = reached(name, at_us, instants[1], instants[2], now)
            told += passed
    assert told == list(zip(THRESHOLDS, instants, strict=True))


def test_lateness_counts_from_the_last_look_for_what_had_been_due_before():
    assert late_s(NOW - 60 * MINUTE, NOW - 20 * US_PER_SECOND, NOW) == 20


def test_lateness_counts_from_the_due_instant_for_what_came_while_nobody_looked():
    assert late_s(NOW - 60 * MINUTE, NOW - 480 * MINUTE, NOW) == 3600


def test_a_clock_put_back_makes_nothing_late():
    assert late_s(NOW - MINUTE, NOW + 60 * MINUTE, NOW) == 0


def test_a_breach_is_told_alone():
    assert decided(a_breach()).told is Told.ALONE


def test_an_alarm_of_a_closed_escalation_ends():
    assert decided(a_breach(state="closed")).gone


def test_an_alarm_whose_promise_was_kept_ends():
    assert decided(a_breach(stopped=1)).why == "the commitment has ended"


def test_an_alarm_whose_deadline_moved_ahead_ends():
    assert decided(a_breach(reached_us=NOW + 1)).why == "the deadline moved"


def test_a_paused_promise_holds_its_alarm():
    assert decided(a_breach(paused=1)).told is Told.PAUSED


def test_an_alarm_waits_a_minute_after_its_clock_was_resumed():
    verdict = decided(a_breach(resumed_us=NOW - 10 * US_PER_SECOND))
    assert (verdict.told, verdict.until_us) == (Told.WAITING, NOW + 50 * US_PER_SECOND)


def test_at_risk_is_told_when_nobody_owns_it():
    assert decided(a_concern(threshold="at_risk", raised_us=NOW - MINUTE)).told is Told.ALONE


def test_at_risk_waits_while_its_owner_is_at_it():
    verdict = decided(a_concern(threshold="at_risk", owner_id=3, last_event_us=NOW - 10 * MINUTE))
    assert (verdict.told, verdict.until_us) == (Told.WAITING, NOW + 20 * MINUTE)


def test_at_risk_is_told_when_its_owner_did_nothing_for_half_an_hour():
    untouched = a_concern(
        threshold="at_risk", owner_id=3, last_event_us=NOW - 30 * MINUTE, raised_us=NOW - MINUTE
    )
    assert decided(untouched).told is Told.ALONE


def test_a_new_escalation_of_low_severity_is_not_announced():
    quiet = a_concern(threshold="new", commitment_id=0, kind="", severity=3, reached_us=0)
    assert decided(quiet).told is Told.NOT


def test_the_first_minutes_at_a_new_desk_hold_everything_back():
    verdict = decided(a_breach(priority="P1", late_s=121), first_until_us=NOW + 3 * MINUTE)
    assert (verdict.told, verdict.until_us) == (Told.HELD, NOW + 3 * MINUTE)


def test_once_they_are_over_they_hold_nothing():
    assert decided(a_breach(), first_until_us=NOW).told is Told.ALONE


def test_a_snoozed_alarm_waits_for_the_end_of_the_snooze():
    verdict = decided(a_breach(snoozed_us=NOW + 5 * MINUTE))
    assert (verdict.told, verdict.until_us) == (Told.SNOOZED, NOW + 5 * MINUTE)


def test_what_fell_due_while_nobody_was_there_is_left_to_the_digest():
    assert decided(a_breach(late_s=121)).told is Told.AWAITING_DIGEST


def test_what_is_a_little_late_is_told_by_itself():
    assert decided(a_breach(late_s=120)).told is Told.ALONE


def test_what_was_broken_before_the_desk_knew_of_it_is_left_to_the_digest():
    assert decided(a_breach(created_us=NOW + 1)).told is Told.AWAITING_DIGEST


def test_old_news_is_left_to_the_digest():
    assert decided(a_breach(due_us=NOW - 25 * 60 * MINUTE)).told is Told.AWAITING_DIGEST


def test_quiet_hours_hold_a_warning_of_p2():
    verdict = decided(a_concern(), quiet_until_us=NOW + 60 * MINUTE)
    assert (verdict.told, verdict.until_us) == (Told.HELD, NOW + 60 * MINUTE)


def test_quiet_hours_let_a_breach_of_p2_pass():
    assert decided(a_breach(), quiet_until_us=NOW + 60 * MINUTE).told is Told.ALONE


def test_quiet_hours_let_a_warning_of_p1_pass():
    assert decided(a_concern(priority="P1"), quiet_until_us=NOW + 60 * MINUTE).told is Told.ALONE


def test_a_warning_waits_half_a_minute_for_company():
    verdict = decided(a_concern())
    assert (verdict.told, verdict.until_us) == (Told.WAITING, NOW + 30 * US_PER_SECOND)


def test_a_warning_waits_longer_when_its_customer_was_told_of_just_now():
    verdict = decided(a_concern(), group_told_us={7: NOW - MINUTE})
    assert verdict.until_us == NOW + 4 * MINUTE


def test_a_breach_waits_for_nobody():
    assert decided(a_breach(), group_told_us={7: NOW - MINUTE}).told is Told.ALONE


def test_of_several_alarms_of_an_escalation_the_worst_is_told():
    soon = a_concern(alarm_id=1)
    breach = a_breach(alarm_id=2, kind="assign")
    assert worst_of_each([soon, breach]) == {10: breach}


def test_a_late_customer_update_is_an_occasion_of_its_own():
    assert a_breach(kind="update").occasion is Occasion.UPDATE_LATE


def test_an_unclassified_escalation_counts_by_its_severity():
    assert a_concern(priority="", severity=1).band == "P1"


def test_a_reminder_ends_when_somebody_goes_on_with_it():
    reminder = a_concern(
        threshold="forgotten", subject="escalation:10:forgotten:1", state="acknowledged", kind="",
        commitment_id=0, due_us=NOW, last_event_us=NOW + 1,
    )  # fmt: skip
    assert decided(reminder).why == "somebody went on with it"


def test_of_a_family_only_the_parent_announces_however_grave():
    breach = a_breach(priority="P1", severity=1, parent="ESC-2026-0003")
    assert decided(breach) == Verdict(Told.SUPPRESSED, 0, "ESC-2026-0003 announces for it")


def test_a_child_that_has_ended_is_withdrawn_like_any_other():
    assert decided(a_concern(state="resolved", parent="ESC-2026-0003")).gone


def test_that_a_notification_reached_nobody_is_no_consequence_of_a_parent():
    lost = a_concern(threshold="undelivered", commitment_id=0, kind="", parent="ESC-2026-0003")
    assert why_suppressed(lost) == ""
