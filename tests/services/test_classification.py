"""Classification, severity, overrides: what counts, what is computed beside it, what is promised then."""

from datetime import timedelta

import pytest

from desktop.domain.commitment import Kind
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.escalation import State
from desktop.domain.instant import to_us
from desktop.domain.policy import Priority
from tests.factories import MONDAY
from tests.fixtures_desk import CommandDesk


def test_classifying_triages_a_new_escalation(commands: CommandDesk):
    opened = commands.open()
    commands.commands.classification.classify(opened.id, commands.coordinator)
    assert commands.get(opened.id).state is State.TRIAGED
    assert commands.running(opened.id) == {"assign", "acknowledge", "contain", "resolve", "update"}


def test_a_first_classification_starts_what_it_promises(commands: CommandDesk):
    opened = commands.open(classified=False)
    commands.clock.forward(minutes=5)
    commands.commands.classification.classify(opened.id, commands.coordinator, severity=2)
    (contain,) = commands.commitments(opened.id, Kind.CONTAIN)
    assert contain.started_us == to_us(MONDAY + timedelta(minutes=5))
    assert commands.kinds(opened.id).count("commitment.started") == 4


def test_classifying_again_starts_nothing_twice(commands: CommandDesk):
    opened = commands.open()
    commands.commands.classification.classify(opened.id, commands.coordinator)
    commands.commands.classification.classify(opened.id, commands.coordinator, business_impact=4)
    assert len(commands.commitments(opened.id)) == 5
    assert commands.kinds(opened.id)[-1] == "escalation.reclassified"


def test_an_issue_type_brings_its_own_severity(commands: CommandDesk):
    opened = commands.open(severity=None)
    policy = commands.policy.active()
    issue_type = next(kind for area in policy.areas for kind in area.issue_types if kind.severity != 4)
    commands.commands.classification.classify(opened.id, commands.coordinator, issue_type=issue_type.key)
    escalation = commands.get(opened.id)
    assert escalation.severity_computed == issue_type.severity
    assert escalation.area == policy.area_of(issue_type.key).key


def test_an_unknown_issue_type_is_refused_by_name(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(DeskError, match="no issue type “nonsense”") as refusal:
        commands.commands.classification.classify(opened.id, commands.coordinator, issue_type="nonsense")
    assert refusal.value.field == "issue_type"


def test_a_factor_off_the_scale_is_refused(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(DeskError, match="not on the scale"):
        commands.commands.classification.classify(opened.id, commands.coordinator, business_impact=6)


def test_an_unknown_factor_makes_the_score_provisional(commands: CommandDesk):
    opened = commands.open()
    commands.commands.classification.classify(opened.id, commands.coordinator, business_impact=None)
    assert commands.get(opened.id).provisional


def test_a_graver_severity_shortens_what_runs(commands: CommandDesk):
    opened = commands.open(business_impact=4)
    commands.commands.classification.set_severity(opened.id, 1, "Payments are down.", commands.coordinator)
    (contain,) = commands.commitments(opened.id, Kind.CONTAIN)
    assert (commands.get(opened.id).score, commands.get(opened.id).priority) == (78, Priority.P1)
    assert contain.target_s == 3600


def test_a_priority_change_keeps_the_start_and_moves_the_deadline(commands: CommandDesk):
    opened = commands.open()
    commands.clock.forward(minutes=30)
    commands.commands.classification.override(
        opened.id, commands.coordinator, "The press calls.", priority=Priority.P1
    )
    (contain,) = commands.commitments(opened.id, Kind.CONTAIN)
    assert contain.started_us == to_us(MONDAY)
    assert contain.due_us == to_us(MONDAY + timedelta(hours=1))


def test_a_deadline_moved_into_the_past_is_breached_now(commands: CommandDesk):
    opened = commands.open()
    commands.clock.forward(minutes=90)
    commands.commands.classification.override(opened.id, commands.coordinator, "Press.", priority="P1")
    (contain,) = commands.commitments(opened.id, Kind.CONTAIN)
    assert contain.breached_us == contain.due_us == to_us(MONDAY + timedelta(hours=1))
    assert contain.next_threshold_us is not None
    assert contain.next_threshold_us <= to_us(commands.clock.now())
    assert "commitment.breached" in commands.kinds(opened.id)


def test_an_earlier_breach_stays_when_the_deadline_moves_out(commands: CommandDesk):
    opened = commands.open()
    commands.clock.forward(hours=5)
    commands.commands.classification.override(opened.id, commands.coordinator, "Minor.", priority="P4")
    (contain,) = commands.commitments(opened.id, Kind.CONTAIN)
    assert contain.due_us > to_us(commands.clock.now())
    assert contain.breached_us == to_us(MONDAY + timedelta(hours=4))
    commands.commands.transition.contain(opened.id, commands.senior)
    assert commands.outcomes(opened.id)["contain"] == "breached"


def test_an_ended_commitment_keeps_its_target(commands: CommandDesk):
    opened = commands.open()
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    commands.commands.classification.override(opened.id, commands.coordinator, "Press.", priority="P1")
    (acknowledge,) = commands.commitments(opened.id, Kind.ACKNOWLEDGE)
    assert acknowledge.target_s == 15 * 60


def test_an_override_keeps_the_computed_values_beside_it(commands: CommandDesk):
    opened = commands.open()
    commands.commands.classification.override(opened.id, commands.coordinator, "Board meeting.", score=91)
    escalation = commands.get(opened.id)
    assert (escalation.score, escalation.score_computed) == (91, 68)
    assert (escalation.priority, escalation.priority_computed) == (Priority.P1, Priority.P2)
    assert (escalation.override_reason, escalation.override_by) == ("Board meeting.", "Cora Lind")


def test_an_override_wants_a_reason_and_a_change(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(DeskError, match="needs a reason"):
        commands.commands.classification.override(opened.id, commands.coordinator, "", priority="P1")
    with pytest.raises(DeskError, match="changes nothing"):
        commands.commands.classification.override(opened.id, commands.coordinator, "So.", priority="P2")


def test_an_override_stays_when_the_score_is_computed_anew(commands: CommandDesk):
    opened = commands.open()
    commands.commands.classification.override(opened.id, commands.coordinator, "Press.", priority="P1")
    commands.commands.classification.classify(opened.id, commands.coordinator, business_impact=0)
    escalation = commands.get(opened.id)
    assert escalation.priority is Priority.P1
    assert escalation.priority_computed is not Priority.P1


def test_ending_an_override_lets_the_computed_values_count(commands: CommandDesk):
    opened = commands.open()
    commands.commands.classification.override(opened.id, commands.coordinator, "Press.", priority="P1")
    commands.commands.classification.clear_override(opened.id, commands.coordinator, "It was another firm.")
    escalation = commands.get(opened.id)
    assert (escalation.priority, escalation.is_overridden) == (Priority.P2, False)
    assert [row.target_s for row in commands.commitments(opened.id, Kind.CONTAIN)] == [4 * 3600]


def test_a_severity_other_than_the_issue_types_own_is_an_override(commands: CommandDesk):
    issue_type = commands.policy.active().areas[0].issue_types[0]
    opened = commands.open(issue_type=issue_type.key, severity=None)
    other = 4 if issue_type.severity != 4 else 1
    commands.commands.classification.set_severity(opened.id, other, "Seen in the logs.", commands.coordinator)
    escalation = commands.get(opened.id)
    assert (escalation.severity, escalation.severity_computed) == (other, issue_type.severity)
    assert escalation.is_overridden
    assert commands.kinds(opened.id)[-1] == "override.applied"


def test_a_severity_without_an_issue_type_is_a_reclassification(commands: CommandDesk):
    opened = commands.open()
    commands.commands.classification.set_severity(
        opened.id, 3, "Smaller than it seemed.", commands.coordinator
    )
    assert commands.kinds(opened.id)[-1] == "escalation.reclassified"
    assert commands.events(opened.id)[-1].body["severity"] == [2, 3]


def test_the_same_severity_again_is_refused(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(DeskError, match="SEV2 already"):
        commands.commands.classification.set_severity(opened.id, 2, "Yes.", commands.coordinator)


def test_there_is_no_fifth_severity(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(DeskError, match="no severity 5"):
        commands.commands.classification.set_severity(opened.id, 5, "Bad.", commands.coordinator)


def test_an_engineer_does_not_classify(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(NotAllowed):
        commands.commands.classification.classify(opened.id, commands.senior)
    with pytest.raises(NotAllowed):
        commands.commands.classification.override(opened.id, commands.on_call, "So.", priority="P1")


def test_a_closed_escalation_keeps_its_classification(commands: CommandDesk):
    opened = commands.open()
    commands.commands.transition.resolve(opened.id, commands.senior)
    commands.commands.transition.close(opened.id, commands.coordinator)
    with pytest.raises(DeskError, match="its classification stands"):
        commands.commands.classification.classify(opened.id, commands.coordinator, business_impact=5)


def test_reclassifying_takes_the_policy_in_force(commands: CommandDesk):
    opened = commands.open()
    document = commands.policy.active().to_mapping()
    document["targets"]["P2"]["contain"] = "2 h"
    commands.clock.forward(minutes=1)
    commands.policy.keep(document, commands.lead)
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    assert [row.target_s for row in commands.commitments(opened.id, Kind.CONTAIN)] == [4 * 3600]
    commands.commands.classification.classify(opened.id, commands.coordinator)
    assert [row.target_s for row in commands.commitments(opened.id, Kind.CONTAIN)] == [2 * 3600]
    assert commands.get(opened.id).policy_version == 2


def test_other_bands_of_a_new_policy_are_no_override(commands: CommandDesk):
    opened = commands.open()
    document = commands.policy.active().to_mapping()
    document["bands"]["P1"] = 60
    document["examples"] = []
    commands.clock.forward(minutes=1)
    commands.policy.keep(document, commands.lead)
    commands.commands.classification.classify(opened.id, commands.coordinator)
    escalation = commands.get(opened.id)
    assert escalation.priority is escalation.priority_computed is Priority.P1


def test_a_severity_set_back_ends_its_override(commands: CommandDesk):
    issue_type = commands.policy.active().areas[0].issue_types[0]
    opened = commands.open(issue_type=issue_type.key, severity=None)
    other = 4 if issue_type.severity != 4 else 1
    commands.commands.classification.set_severity(opened.id, other, "Seen.", commands.coordinator)
    commands.commands.classification.set_severity(opened.id, issue_type.severity, "No.", commands.coordinator)
    assert not commands.get(opened.id).is_overridden
