"""What becomes of a signal, and in which order that is decided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.disposition import Cause, Disposition, During, Standing, Told, dispose, rejected
from tests.domain.rules import a_rule, decided, do

ESC = Told(412, "ESC-2026-0412")
OTHER = Told(7, "ESC-2026-0007")
WINDOW = During(3, "Database upgrade")


def ruled(*actions):
    """A desk whose one rule does this."""
    return lambda: decided(a_rule(*actions, id=5, version=2))


def unruled():
    return decided()


def became(action="trigger", **standing):
    """Disposition and cause."""
    verdict = dispose(action, Standing(**({"decide": unruled} | standing)))
    return verdict.disposition, verdict.cause


def never():
    raise AssertionError("nobody should have asked")


def test_while_automation_is_stopped_everything_is_held():
    asked = {"decide": never, "maintenance": never, "is_braked": never}
    assert became(stopped="Bad rule", open_alert=ESC, **asked) == (Disposition.HELD, Cause.STOPPED)


def test_a_source_that_is_switched_off_is_rejected():
    assert became(is_source_on=False) == (Disposition.REJECTED, Cause.SOURCE_OFF)


@pytest.mark.parametrize("action", ["acknowledge", "resolve"])
def test_an_answer_to_nothing_is_suppressed(action):
    assert became(action, decide=never) == (Disposition.SUPPRESSED, Cause.NOTHING_OPEN)


@pytest.mark.parametrize("action", ["acknowledge", "resolve"])
def test_an_answer_joins_what_is_open_even_in_maintenance(action):
    assert became(action, open_alert=ESC, maintenance=lambda: WINDOW) == (Disposition.JOINED, Cause.ANSWER)


def test_only_a_resolve_proposes_containment():
    proposing = [
        action
        for action in ("trigger", "acknowledge", "resolve", "info")
        if dispose(action, Standing(open_alert=ESC)).proposes_containment
    ]
    assert proposing == ["resolve"]


def test_a_trigger_in_maintenance_is_suppressed_by_that_window():
    verdict = dispose("trigger", Standing(maintenance=lambda: WINDOW, open_alert=ESC, decide=never))
    assert (verdict.disposition, verdict.window_id, verdict.why) == (
        Disposition.SUPPRESSED,
        3,
        "Maintenance: Database upgrade",
    )


def test_a_repeat_joins_what_is_open_and_names_it():
    verdict = dispose("trigger", Standing(open_alert=ESC, decide=never, is_braked=never))
    assert (verdict.joins, verdict.why) == (ESC, "It repeats what is open as ESC-2026-0412.")


def test_information_joins_what_is_open():
    assert became("info", open_alert=ESC) == (Disposition.JOINED, Cause.REPEAT)


def test_information_alone_is_suppressed():
    assert became("info", is_braked=never) == (Disposition.SUPPRESSED, Cause.INFORMATION)


def test_information_that_a_rule_opens_is_opened():
    assert became("info", decide=ruled(do("open"))) == (Disposition.OPENED, Cause.RULE)


def test_what_a_rule_suppresses_is_suppressed_by_that_version():
    verdict = dispose("trigger", Standing(decide=ruled(do("suppress", "noise")), is_braked=never))
    assert (verdict.disposition, verdict.rule_id, verdict.rule_version) == (Disposition.SUPPRESSED, 5, 2)


def test_what_a_rule_attaches_joins_the_one_that_is_found():
    standing = Standing(decide=ruled(do("attach", "fingerprint")), attachable={"fingerprint": OTHER}.get)
    verdict = dispose("trigger", standing)
    assert (verdict.disposition, verdict.joins) == (Disposition.JOINED, OTHER)


def test_what_finds_nothing_to_be_attached_to_is_opened():
    assert became(decide=ruled(do("attach", "fingerprint"))) == (Disposition.OPENED, Cause.RULE)


def test_a_storm_holds_what_would_be_opened():
    assert became(is_braked=lambda: True) == (Disposition.HELD, Cause.STORM)


def test_a_storm_holds_nothing_that_joins():
    assert became(is_braked=lambda: True, open_alert=ESC) == (Disposition.JOINED, Cause.REPEAT)


def test_what_no_rule_knows_is_opened_for_a_person():
    verdict = dispose("trigger", Standing(decide=unruled))
    assert (verdict.disposition, verdict.why) == (
        Disposition.OPENED,
        "No rule holds for it. It is opened for a person to look at.",
    )


def test_a_proposal_to_suppress_does_not_suppress():
    propose = a_rule(do("suppress", "noise"), mode="propose")
    assert became(decide=lambda: decided(propose)) == (Disposition.OPENED, Cause.NEW)


def test_rules_that_dispute_whether_to_suppress_open_it_for_a_person():
    two = decided(a_rule(do("suppress", "noise"), id=1), a_rule(do("open"), id=2))
    assert became(decide=lambda: two) == (Disposition.OPENED, Cause.RULE)


def test_a_fault_is_told_as_it_is():
    verdict = rejected("alerts[1].labels: this part is missing.")
    assert (verdict.disposition, verdict.why) == (
        Disposition.REJECTED,
        "alerts[1].labels: this part is missing.",
    )


STANDINGS = st.builds(
    Standing,
    stopped=st.sampled_from(["", "Bad rule"]),
    is_source_on=st.booleans(),
    open_alert=st.none() | st.just(ESC),
    maintenance=st.sampled_from([lambda: None, lambda: WINDOW]),
    decide=st.sampled_from(
        [None, unruled, ruled(do("open")), ruled(do("suppress", "x")), ruled(do("review", "x"))]
    ),
    attachable=st.sampled_from([lambda by: None, lambda by: OTHER]),
    is_braked=st.sampled_from([lambda: False, lambda: True]),
)
ACTIONS = st.sampled_from(["trigger", "acknowledge", "resolve", "info"])


@given(ACTIONS, STANDINGS)
def test_every_signal_has_one_disposition_with_a_reason(action, standing):
    verdict = dispose(action, standing)
    assert verdict.why
    assert (verdict.joins is not None) == (verdict.disposition is Disposition.JOINED)


@given(ACTIONS, STANDINGS)
def test_what_a_rule_or_a_window_silences_is_never_opened(action, standing):
    is_silenced = standing.maintenance() is not None or (
        standing.decide is not None and standing.decide().verdict == "suppress"
    )
    assert not is_silenced or dispose(action, standing).disposition is not Disposition.OPENED


@given(ACTIONS, STANDINGS)
def test_nothing_is_opened_while_automation_is_stopped_the_source_off_or_in_a_storm(action, standing):
    is_safe = bool(standing.stopped) or not standing.is_source_on or standing.is_braked()
    assert not is_safe or dispose(action, standing).disposition is not Disposition.OPENED


@given(ACTIONS, STANDINGS)
def test_deciding_again_decides_the_same(action, standing):
    assert dispose(action, standing) == dispose(action, standing)
