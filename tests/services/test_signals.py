"""Signals: each read once, given its one disposition, and carried out; nothing of a batch by halves."""

import pytest

from db.queries import evidence, message
from desktop.domain.disposition import Cause
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.events import EscalationChanged, SignalsDecided
from desktop.domain.source import Opens
from desktop.services.signals import Release, SignalFilter
from tests.services.signal_desk import SignalDesk, cond, dispositions, do


def test_a_new_thing_opens_an_escalation_with_the_message_as_evidence(desk: SignalDesk):
    kept = desk.send("db", severity="critical")
    escalation = desk.escalation(kept)
    assert (kept.disposition, escalation.title, escalation.source) == (
        "opened",
        "Disk of db is full",
        "Probe",
    )
    with desk.store.read() as session:
        (piece,) = evidence.for_escalation(session, escalation.id)
        assert message.get(session, kept.message_id).sha256 == piece.sha256


def test_a_repeat_joins_what_is_open(desk: SignalDesk):
    first, second = desk.send("db"), desk.send("db")
    assert (second.disposition, second.cause, second.number) == ("joined", Cause.REPEAT, first.number)


def test_a_repeat_soon_after_the_end_still_joins(desk: SignalDesk):
    first = desk.send("db")
    desk.base.commands.transition.resolve(first.escalation_id, desk.base.senior)
    assert desk.repeat("db").escalation_id == first.escalation_id


def test_a_repeat_long_after_the_end_opens_anew(desk: SignalDesk):
    first = desk.send("db")
    desk.base.commands.transition.resolve(first.escalation_id, desk.base.senior)
    desk.clock.forward(days=1)
    assert desk.send("db").escalation_id not in (None, first.escalation_id)


def test_the_timeline_is_not_flooded_by_repeats(desk: SignalDesk):
    kept = desk.send("db")
    desk.keep(*({"title": "Full", "key": "db"} for _ in range(40)))
    desk.signals.process()
    told = [
        event.body["times"] for event in desk.base.events(kept.escalation_id) if event.kind == "signal.joined"
    ]
    assert told == [10]


def test_the_source_acknowledging_is_told(desk: SignalDesk):
    kept = desk.send("db")
    assert desk.send("db", state="seen").cause is Cause.ANSWER
    assert desk.kinds(kept)[-1] == "signal.acknowledged"


def test_a_resolve_proposes_containment_and_closes_nothing(desk: SignalDesk):
    kept = desk.send("db")
    desk.send("db", state="ok")
    escalation = desk.escalation(kept)
    assert (escalation.state, escalation.containment_proposed_by) == ("new", "Probe")


def test_what_fires_again_is_not_over(desk: SignalDesk):
    kept = desk.send("db")
    desk.send("db", state="ok")
    desk.send("db")
    assert desk.escalation(kept).containment_proposed_at is None
    assert desk.kinds(kept)[-1] == "signal.joined"


def test_one_of_two_alerts_being_over_proposes_nothing(desk: SignalDesk):
    kept = desk.send("db")
    desk.rule(do("attach", "customer_area"))
    assert desk.send("web").escalation_id == kept.escalation_id
    desk.send("db", state="ok")
    assert desk.escalation(kept).containment_proposed_at is None
    desk.send("web", state="ok")
    assert desk.escalation(kept).containment_proposed_at is not None


def test_a_resolve_of_nothing_open_opens_nothing(desk: SignalDesk):
    kept = desk.send("db", state="ok")
    assert (kept.disposition, kept.cause) == ("suppressed", Cause.NOTHING_OPEN)


def test_what_cannot_be_read_is_rejected_and_says_why(desk: SignalDesk):
    desk.keep(b'{"title": ')
    desk.signals.process()
    (kept,) = desk.signals.recent()
    assert (kept.disposition, kept.cause) == ("rejected", Cause.FAULT)
    assert kept.why.startswith("The body is not JSON")


def test_a_bad_message_does_not_keep_the_next_from_being_read(desk: SignalDesk):
    desk.keep(b"\xff\xfe", {"title": "Full", "key": "db"})
    assert dispositions(desk.signals.process()) == {"opened": 1, "rejected": 1}


def test_a_source_that_is_off_is_refused(desk: SignalDesk):
    desk.sources.enable(desk.probe.id, desk.lead, enabled=False)
    assert desk.send("db").cause is Cause.SOURCE_OFF


def test_a_source_that_opens_by_rule_opens_nothing_else(desk: SignalDesk):
    quiet = desk.add_source("Quiet", opens=Opens.BY_RULE)
    assert desk.send("a", source=quiet).disposition == "suppressed"
    desk.rule(do("open"))
    assert desk.send("b", source=quiet).disposition == "opened"


def test_a_rule_suppresses_and_its_name_is_told(desk: SignalDesk):
    rule = desk.rule(do("suppress", "a test machine"), name="Tests")
    kept = desk.send("db")
    assert (kept.disposition, kept.cause, kept.rule_id) == ("suppressed", Cause.RULE, rule.id)
    assert kept.why == "Rule “Tests” (version 1) suppresses it: a test machine"


def test_rules_say_what_an_escalation_is_opened_as(desk: SignalDesk):
    policy = desk.base.policy.active()
    kind = policy.areas[0].issue_types[0]
    desk.rule(do("set_issue_type", kind.key), do("set_business_impact", 4), do("set_team", "web"))
    escalation = desk.escalation(desk.send("db"))
    assert (escalation.issue_type, escalation.area, escalation.severity) == (
        kind.key, policy.areas[0].key, kind.severity,
    )  # fmt: skip
    assert (escalation.business_impact, escalation.team) == (4, "web")
    assert escalation.priority is not None


def test_the_trail_says_which_rule_and_version_did_what_and_why(desk: SignalDesk):
    desk.rule(do("set_severity", 1), name="Disks", when=(cond("title", "contains", "disk"),))
    kept = desk.send("db")
    event = next(event for event in desk.base.events(kept.escalation_id) if event.kind == "rule.applied")
    assert (event.body["rule"], event.body["version"]) == ("Disks", 1)
    assert event.body["did"] == ["sets the severity to SEV1"]
    assert event.body["because"] == ["title contains “disk”: it reads “Disk of db is full”"]


def test_an_owner_nobody_knows_is_said_and_waits_for_a_person(desk: SignalDesk):
    desk.rule(do("assign_on_call", "moon base"), do("set_severity", 2))
    escalation = desk.escalation(desk.send("db"))
    assert (escalation.owner_id, escalation.needs_review) == (None, True)
    assert "no_owner" in escalation.review_why


def test_a_signal_with_the_reference_of_an_escalation_joins_it(desk: SignalDesk):
    first = desk.send("a", reference="T-1")
    second = desk.send("b", reference="T-1")
    assert (second.disposition, second.escalation_id) == ("joined", first.escalation_id)


def test_a_signal_that_came_first_under_a_merged_one_joins_its_survivor(desk: SignalDesk):
    first, second = desk.send("a"), desk.send("b")
    desk.base.commands.merging.merge(second.escalation_id, first.escalation_id, desk.coordinator)
    assert desk.repeat("b").escalation_id == first.escalation_id


def test_when_the_trouble_began_is_kept_but_never_in_the_future(desk: SignalDesk):
    past = desk.escalation(desk.send("a", at="2026-11-23T08:00:00Z"))
    future = desk.escalation(desk.send("b", at="2027-01-01T00:00:00Z"))
    assert (past.opened_at.hour, future.opened_at) == (8, future.created_at)


def test_everyone_hears_once_of_a_batch(desk: SignalDesk):
    desk.keep(*({"title": "Full", "key": str(n)} for n in range(5)))
    desk.heard.clear()
    desk.signals.process()
    assert (len(desk.told(EscalationChanged)), desk.told(SignalsDecided)[0].opened) == (1, 5)


def test_a_message_is_read_once(desk: SignalDesk):
    desk.send("db")
    assert desk.signals.process().messages == 0
    assert desk.receiving.count_waiting() == 0


def test_as_many_are_read_as_asked_for(desk: SignalDesk):
    desk.keep(*({"title": "Full", "key": str(n)} for n in range(3)))
    first, second = desk.signals.process(limit=2), desk.signals.process(limit=2)
    assert [(one.messages, one.remaining) for one in (first, second)] == [(2, True), (1, False)]


def test_signals_are_found_by_source_disposition_and_text(desk: SignalDesk):
    other = desk.add_source("Other")
    desk.send("a"), desk.send("b", source=other), desk.send("b", source=other)
    assert [kept.source for kept in desk.signals.recent(SignalFilter(source_id=other.id))] == ["Other"] * 2
    assert len(desk.signals.recent(SignalFilter(disposition="joined"))) == 1
    assert len(desk.signals.recent(SignalFilter(text="OF A IS"))) == 1


def test_pages_of_signals_do_not_overlap(desk: SignalDesk):
    for key in "abc":
        desk.send(key)
    first = desk.signals.recent(limit=2)
    rest = desk.signals.recent(limit=2, before_id=first[-1].id)
    assert [kept.signal.dedup_key for kept in (*first, *rest)] == ["c", "b", "a"]


def test_details_hold_the_message_byte_for_byte_with_its_links(desk: SignalDesk):
    desk.keep(b'{"title":"Full","key":"db","link":"https://graphs.example/d/1"}')
    desk.signals.process()
    details = desk.signals.details(desk.signals.recent()[0].id)
    assert details.body == b'{"title":"Full","key":"db","link":"https://graphs.example/d/1"}'
    assert [link.url for link in details.links] == ["https://graphs.example/d/1"]


def held(desk: SignalDesk, *keys: str) -> list[int]:
    """Signals that came while automation was stopped; gives their ids."""
    desk.switch.stop("Release", desk.lead)
    ids = [desk.send(key).id for key in keys]
    desk.switch.resume(desk.lead)
    return ids


def test_what_was_held_is_opened_by_a_person(desk: SignalDesk):
    ids = held(desk, "db")
    assert dispositions(desk.signals.release(ids, desk.coordinator, Release.OPEN)) == {"opened": 1}
    (kept,) = desk.signals.recent()
    assert (kept.cause, kept.why) == (Cause.PERSON, "Cora Lind opened it.")


def test_two_of_one_key_released_at_once_are_one_escalation(desk: SignalDesk):
    ids = held(desk, "db", "db")
    assert dispositions(desk.signals.release(ids, desk.coordinator, Release.OPEN)) == {
        "opened": 1,
        "joined": 1,
    }


def test_what_was_held_joins_what_a_person_chooses(desk: SignalDesk):
    (first,) = held(desk, "db")
    opened = desk.base.open()
    desk.signals.release([first], desk.coordinator, Release.JOIN, into_id=opened.id)
    assert desk.signals.recent()[0].number == opened.number


def test_nothing_joins_what_is_not_there(desk: SignalDesk):
    ids = held(desk, "db")
    with pytest.raises(NotFound):
        desk.signals.release(ids, desk.coordinator, Release.JOIN, into_id=99)
    with pytest.raises(DeskError, match="which escalation"):
        desk.signals.release(ids, desk.coordinator, Release.JOIN)


def test_what_was_held_is_dismissed_with_the_reason(desk: SignalDesk):
    ids = held(desk, "db")
    desk.signals.release(ids, desk.coordinator, Release.DISMISS, reason="a drill")
    (kept,) = desk.signals.recent()
    assert (kept.disposition, kept.why) == ("suppressed", "Cora Lind dismissed it: a drill")


def test_a_dismissed_signal_is_no_deed_of_any_rule(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 1))
    desk.signals.release(held(desk, "db"), desk.coordinator, Release.DISMISS)
    assert desk.rules.get(rule.id).fired_day == 0


def test_what_was_held_is_decided_as_if_it_came_now(desk: SignalDesk):
    ids = held(desk, "db", "db", "web")
    desk.rule(do("suppress", "known"), when=(cond("title", "contains", "web"),))
    done = desk.signals.release(ids, desk.coordinator, Release.DECIDE)
    assert dispositions(done) == {"opened": 1, "joined": 1, "suppressed": 1}


def test_nobody_releases_twice(desk: SignalDesk):
    ids = held(desk, "db")
    desk.signals.release(ids, desk.coordinator, Release.OPEN)
    with pytest.raises(Conflict, match="opened by now"):
        desk.signals.release(ids, desk.coordinator, Release.OPEN)


def test_engineers_do_not_release(desk: SignalDesk):
    with pytest.raises(NotAllowed, match="coordinator or a lead"):
        desk.signals.release(held(desk, "db"), desk.base.senior, Release.OPEN)


def test_a_storm_holds_what_is_too_much_and_says_so_once(desk: SignalDesk):
    braked = desk.add_source("Loud", storm_count=2)
    desk.keep(*({"title": "Full", "key": str(n)} for n in range(5)), source=braked)
    assert dispositions(desk.signals.process()) == {"opened": 2, "held": 3}
    with desk.store.read() as session:
        assert session.sql("SELECT count(*) FROM storm").fetchone()[0] == 1


def test_a_signal_that_is_held_is_no_deed_of_any_rule(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 2))
    braked = desk.add_source("Loud", storm_count=1)
    desk.keep(*({"title": "Full", "key": str(n)} for n in range(3)), source=braked)
    desk.signals.process()
    assert desk.rules.get(rule.id).fired_day == 1


def test_after_a_storm_was_ended_the_source_opens_again(desk: SignalDesk):
    braked = desk.add_source("Loud", storm_count=1)
    desk.send("a", source=braked), desk.send("b", source=braked)
    desk.clock.forward(minutes=1)
    desk.signals.end_storm(braked.id, desk.coordinator)
    assert desk.send("c", source=braked).disposition == "opened"
    assert [kept.signal.dedup_key for kept in desk.signals.held()] == ["b"]


def test_only_a_storm_can_be_ended(desk: SignalDesk):
    with pytest.raises(DeskError, match="not braked"):
        desk.signals.end_storm(desk.probe.id, desk.coordinator)


def test_all_that_happened_is_in_one_unbroken_chain(desk: SignalDesk):
    desk.rule(do("set_severity", 2), do("add_tag", "eu"))
    desk.send("a"), desk.repeat("a"), desk.send("a", state="ok")
    assert desk.base.commands.audit.verify().ok
