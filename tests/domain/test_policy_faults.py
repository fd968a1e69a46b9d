"""Every fault of a policy document is refused by naming its place."""

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.policy import Policy
from tests.domain.policies import GONE, changed

A_TYPE = {"name": "x", "severity": "SEV1", "examples": ["x"]}

FAULTS = [
    # path changed, value, path named, words
    ("format", "something/9", "format", "cannot be read"),
    ("format", GONE, "format", "missing"),
    ("surprise", 1, "surprise", "nothing is known"),
    ("version", 0, "version", "whole number"),
    ("name", "  ", "name", "no text"),
    ("name", 5, "name", "not text"),
    ("name", "\ud800", "name", "half a character"),
    ("factors.business_impact.weight", -1, "factors.business_impact.weight", "zero or more"),
    ("factors.business_impact.weight", True, "factors.business_impact.weight", "zero or more"),
    ("factors.business_impact.weight", float("nan"), "factors.business_impact.weight", "zero or more"),
    ("factors.business_impact.weight", float("inf"), "factors.business_impact.weight", "zero or more"),
    ("factors.business_impact.weight", "1/00", "factors.business_impact.weight", "zero or more"),
    ("factors.business_impact.weight", "heavy", "factors.business_impact.weight", "zero or more"),
    ("factors.business_impact.default", 6, "factors.business_impact.default", "from 0 to 5"),
    ("factors.business_impact.default", 2.5, "factors.business_impact.default", "whole number"),
    ("factors.business_impact.anchors", GONE, "factors.business_impact.anchors", "steps in words"),
    ("factors.business_impact.anchors", ["a", "b"], "factors.business_impact.anchors", "2 listed"),
    ("factors.business_impact.anchors.5", 7, "factors.business_impact.anchors[5]", "not text"),
    (
        "factors.business_impact.anchors.1",
        "no effect on the customer's work",
        "factors.business_impact.anchors[1]",
        "listed twice",
    ),
    ("factors.mood", {}, "factors.mood", "nothing is known"),
    ("factors.technical_severity", GONE, "factors.technical_severity", "missing"),
    ("bands.P2", 75, "bands.P2", "not below"),
    ("bands.P3", 60, "bands.P3", "not below"),
    ("bands.P1", 101, "bands.P1", "from 1 to 100"),
    ("bands.P4", 10, "bands.P4", "nothing is known"),
    ("senior_at", "75", "senior_at", "whole number"),
    ("review_margin", -1, "review_margin", "whole number"),
    ("tiers", {}, "tiers", "nothing is listed"),
    ("tiers.gold", {"name": "Standard", "factor": 3}, "tiers.gold", "has this key or name"),
    ("tiers.gold", {"name": "Gold", "factor": 9}, "tiers.gold.factor", "from 0 to 5"),
    ("tiers", {5: {}}, "tiers", "is not a name"),
    ("tiers", {" gold": {}}, "tiers", "is not a name"),
    ("currency", "Euro", "currency", "not a currency"),
    ("revenue_bands", [], "revenue_bands", "at least 1"),
    ("revenue_bands", {}, "revenue_bands", "not a list"),
    ("revenue_bands.0.at_least", 5, "revenue_bands[0].at_least", "begin at 0"),
    ("revenue_bands.2.at_least", 10000, "revenue_bands[2].at_least", "not above"),
    ("severities.SEV5", {}, "severities.SEV5", "nothing is known"),
    ("severities.SEV2.factor", 5, "severities.SEV2.factor", "graver"),
    ("severities.SEV4.factor", 3, "severities.SEV4.factor", "graver"),
    ("severities.SEV1.examples", [], "severities.SEV1.examples", "at least 1"),
    ("areas.payments.issue_types", {}, "areas.payments.issue_types", "nothing is listed"),
    ("areas.data.issue_types.payments_outage", A_TYPE, "areas.data.issue_types.payments_outage", "already"),
    (
        "areas.data.issue_types.data_loss.severity",
        "SEV9",
        "areas.data.issue_types.data_loss.severity",
        "none of",
    ),
    ("calendars.business.zone", "Europe/Bertin", "calendars.business.zone", "no time zone"),
    ("calendars.business.week.mon", [["9", "17"]], "calendars.business.week.mon[0]", ""),
    ("calendars.business.week", GONE, "calendars.business.week", "weekly hours"),
    ("calendars.business.holidays_of", "DE", "calendars.business.holidays_of", "not laid out"),
    ("calendars.business.holidays_of.dates", [], "calendars.business.holidays_of.dates", "by year"),
    (
        "calendars.business.holidays_of.dates.2026",
        ["02-30"],
        "calendars.business.holidays_of.dates.2026[0]",
        "no day of 2026",
    ),
    ("calendars.24x7", {"zone": "UTC", "always": True}, "calendars.24x7", "never closes"),
    ("calendars.business", "always", "calendars.business", "zone and a week"),
    ("targets.P1.contain", "-1 h", "targets.P1.contain", "not a length"),
    ("targets.P1.contain", "0 min", "targets.P1.contain", "no time at all"),
    ("targets.P1.contain", "", "targets.P1.contain", "no text"),
    ("targets.P1.contain", 60, "targets.P1.contain", "not text"),
    ("targets.P1.contain", "an hour", "targets.P1.contain", "not a length"),
    ("targets.P1.contain", "0 d", "targets.P1.contain", "not a length"),
    ("targets.P1.contain", GONE, "targets.P1.contain", "missing"),
    ("targets.P3.calendar", "holidays", "targets.P3.calendar", "no calendar"),
    (
        "targets.P3.assign",
        {"length": "1 h", "calendar": "nights"},
        "targets.P3.assign.calendar",
        "no calendar",
    ),
    ("targets.P5", {}, "targets.P5", "nothing is known"),
    ("targets.P4", GONE, "targets.P4", "missing"),
    ("forgotten.P1", "soon", "forgotten.P1", "not a length"),
    ("ageing.warming.share", 0, "ageing", "must rise"),
    ("ageing.at_risk.share", 0.95, "ageing", "must rise"),
    ("ageing.at_risk.left", "-5 min", "ageing.at_risk.left", "not a length"),
    ("ageing.minutes_need", 0.5, "ageing", "at least as long"),
    ("pause.kinds", ["lunch"], "pause.kinds[0]", "none of"),
    ("pause.reasons", {}, "pause.reasons", "nothing is listed"),
    ("pause.reasons.change_window.limit", "1 d", "pause.reasons.change_window.limit", "not a length"),
    ("snooze.limits.P1", GONE, "snooze.limits.P1", "missing"),
    ("snooze.presets.0", "0 s", "snooze.presets[0]", "no time at all"),
    ("announce.breached.urgency", "loud", "announce.breached.urgency", "none of"),
    ("announce.breached.act", GONE, "announce.breached.act", "needs this"),
    ("announce.breached.to", GONE, "announce.breached.to", "needs this"),
    ("announce.breached.to", ["everybody"], "announce.breached.to[0]", "nobody the desk could tell"),
    ("announce.breached.sound", 3, "announce.breached.sound", "from 0 to 2"),
    ("announce.breached.repeat_at", ["30 min", "15 min"], "announce.breached.repeat_at[1]", "not later"),
    ("announce.new.severities", ["SEV0"], "announce.new.severities[0]", "none of"),
    ("announce.breached", GONE, "announce.breached", "missing"),
    ("announce.eclipse", {}, "announce.eclipse", "nothing is known"),
    ("flood.leave", 11, "flood.leave", "a flood begins at"),
    ("flood.alone.P1", ["sometimes"], "flood.alone.P1[0]", "none of"),
    ("budget.limit_per_hour", 5, "budget.limit_per_hour", "from 6"),
    ("quiet.lets_pass.P9", [], "quiet.lets_pass.P9", "nothing is known"),
    ("ladder.P1.0.tell", ["role:janitor"], "ladder.P1[0].tell[0]", "no role"),
    ("ladder.P1.0.tell", ["role:owner"], "ladder.P1[0].tell[0]", "no role"),
    ("ladder.P1.0.tell", ["rota:days"], "ladder.P1[0].tell[0]", "nobody the desk could tell"),
    ("ladder.P1.0.tell", ["person:"], "ladder.P1[0].tell[0]", "nobody the desk could tell"),
    ("ladder.P1.0.tell", ["owner", "owner"], "ladder.P1[0].tell[1]", "listed twice"),
    ("ladder.P1.0.unless", "paid", "ladder.P1[0].unless", "none of"),
    ("ladder.P1.0.after", "1 h", "ladder.P1[1]", "before the one above"),
    ("ladder.P1.2.repeat", {"times": 0, "every": "5 min"}, "ladder.P1[2].repeat.times", "from 1"),
    ("sources", [], "sources", "at least 1"),
    ("sources", ["chat", "chat"], "sources[1]", "listed twice"),
    ("resolve_needs", ["blood"], "resolve_needs[0]", "none of"),
    ("examples.0.issue_type", "eclipse", "examples[0].issue_type", "no area"),
    ("examples.0.priority", "P0", "examples[0].priority", "none of"),
    ("examples.0.business_impact", 9, "examples[0].business_impact", "from 0 to 5"),
]


@pytest.mark.parametrize(("path", "value", "named", "words"), FAULTS)
def test_a_fault_is_named_with_its_place(path, value, named, words):
    with pytest.raises(DeskError) as fault:
        Policy.from_mapping(changed(path, value))
    assert fault.value.field == named
    assert words in fault.value.message


@pytest.mark.parametrize(("path", "value", "named", "words"), FAULTS)
def test_the_sentence_itself_names_the_place(path, value, named, words):
    with pytest.raises(DeskError) as fault:
        Policy.from_mapping(changed(path, value))
    assert named in fault.value.message


def test_a_policy_in_which_nothing_weighs_anything_is_refused():
    document = changed("name", "Weightless")
    for factor in document["factors"].values():
        factor["weight"] = 0
    with pytest.raises(DeskError, match="every weight is zero") as fault:
        Policy.from_mapping(document)
    assert fault.value.field == "factors"


@pytest.mark.parametrize("nothing", [None, [], "policy", 5])
def test_what_is_no_mapping_is_no_policy(nothing):
    with pytest.raises(DeskError, match="not a list of names with values"):
        Policy.from_mapping(nothing)


@pytest.mark.parametrize("part", sorted(set(changed("name", "x")) - {"format"}))
@pytest.mark.parametrize("nonsense", [None, 500, "", [5], {"a": 5}, [[]], True, -1.5])
def test_nonsense_anywhere_is_a_fault_and_never_a_crash(part, nonsense):
    with pytest.raises(DeskError):
        Policy.from_mapping(changed(part, nonsense))


@pytest.mark.parametrize("part", sorted(changed("name", "x")))
def test_no_part_may_be_missing(part):
    with pytest.raises(DeskError, match="missing") as fault:
        Policy.from_mapping(changed(part, GONE))
    assert fault.value.field == part
