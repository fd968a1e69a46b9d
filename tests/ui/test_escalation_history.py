from datetime import UTC, datetime

import pytest

from desktop.domain.timeline import EventKind, TimelineEvent
from desktop.ui.escalation.history import Show, details, is_shown, sentence
from tests.factories import MONDAY


def event(name, /, **body):
    return TimelineEvent(1, 1, name, MONDAY, "Ada Quist", body, "0" * 64)


def test_every_kind_of_event_has_a_sentence_without_dots():
    for kind in EventKind:
        assert "." not in sentence(event(kind)), kind


def test_a_move_says_from_where_to_where():
    assert (
        sentence(event("escalation.moved", **{"from": "new", "to": "working"}))
        == "moved it from new to working"
    )


def test_a_change_of_severity_shows_before_and_after_and_the_reason():
    told = event("override.applied", severity=[2, 1], reason="all of Europe")
    assert details(told) == ["Severity: 2 → 1", "Reason: all of Europe"]


def test_markup_and_control_characters_stay_text():
    told = event("note.added", text="<b>bold</b>\x00\u202egnp.exe\nsecond line")
    assert details(told) == ["<b>bold</b> gnp.exe", "second line"]


def test_a_body_of_other_shape_than_expected_is_told_all_the_same():
    odd = event(
        "escalation.moved", **{"from": {"a": 1}, "to": None, "reason": 7, "severity": "x", "note": ["n"]}
    )
    assert sentence(odd).startswith("moved it from")
    assert details(odd) == []


def test_the_notes_filter_lets_notes_through_and_moves_with_a_note():
    assert is_shown(event("note.added", text="x"), Show.NOTES)
    assert is_shown(event("escalation.moved", note="x"), Show.NOTES)
    assert not is_shown(event("escalation.moved"), Show.NOTES)


def test_the_status_filter_hides_notes_and_alarms():
    shown = [
        kind
        for kind in ("note.added", "alarm.raised", "escalation.moved")
        if is_shown(event(kind), Show.STATUS)
    ]
    assert shown == ["escalation.moved"]


def test_a_merge_names_the_other_one_from_either_side():
    assert sentence(event("escalation.linked", merged="ESC-2026-0031")) == "merged ESC-2026-0031 into this"
    assert sentence(event("escalation.linked", into="ESC-2026-0012")) == "merged this into ESC-2026-0012"


def test_a_family_is_told_on_both_sides():
    child = sentence(event("escalation.parent_set", parent="ESC-2026-0012"))
    parent = sentence(event("escalation.parent_set", children=["ESC-2026-0013", "ESC-2026-0014"]))
    assert child == "made this part of ESC-2026-0012, which announces for it"
    assert parent == "took in ESC-2026-0013 and ESC-2026-0014: this announces for them"
    assert (
        sentence(event("escalation.parent_cleared", parent="ESC-2026-0012"))
        == "took this out of ESC-2026-0012"
    )


def test_an_alarm_names_what_it_is_about():
    told = event("alarm.raised", kind="contain", threshold="at_risk", told="alone", to=["Sam Porter"])
    assert sentence(told) == "raised an alarm: contain at risk, for Sam Porter"
    seen = event("alarm.acknowledged", kind="contain", threshold="at_risk")
    assert sentence(seen) == "acknowledged the alarm: contain at risk"


def test_the_alarm_filter_lets_alarms_and_paging_through():
    assert is_shown(event("alarm.raised"), Show.ALARMS)
    assert is_shown(event("oncall.nobody"), Show.ALARMS)
    assert not is_shown(event("escalation.moved"), Show.ALARMS)


def test_a_handoff_names_the_other_side_and_what_was_said():
    asked = event("handoff.asked", giver="Onno Kay", note="Who has the logs?")
    assert (sentence(asked), details(asked)) == ("asked Onno Kay back", ["Who has the logs?"])
    assert sentence(event("handoff.accepted", giver="Onno Kay")) == "took it over from Onno Kay"


def test_what_signals_did_is_told_in_words():
    joined = event("signal.joined", source="Probe", title="Disk is full", times=3, came_back=True)
    assert sentence(joined) == "added “Disk is full” from Probe, for the 3rd time; it had ended before"
    over = event("signal.resolved", source="Probe", title="Disk is full", firing=2)
    assert sentence(over) == "heard from Probe that “Disk is full” is over; 2 others not yet"


def test_a_rule_is_named_with_its_version_and_what_it_did_and_why():
    told = event(
        "rule.applied", rule="Card payments", rule_id=7, version=3, did=["Set severity to SEV1"],
        because=["title contains card"],
    )  # fmt: skip
    assert sentence(told) == "applied rule “Card payments” (version 3): Set severity to SEV1"
    assert details(told) == ["Because title contains card"]


AUTOMATION = ("signal.", "rule.", "source.", "maintenance.", "automation.", "escalation.parent_", "review.")
PEOPLE = ("roster.", "time_off.", "staff.", "oncall.", "handoff.")


@pytest.mark.parametrize("prefix", [*AUTOMATION, *PEOPLE])
def test_no_event_of_automation_or_people_falls_back_to_its_kind(prefix):
    kinds = [kind for kind in EventKind if kind.startswith(prefix)]
    fallen = [kind for kind in kinds if sentence(event(kind)) == kind.replace(".", " ").replace("_", " ")]
    assert kinds
    assert not fallen


@pytest.mark.parametrize("odd", [7, None, [1, {}], {"a": 1}, "x"])
def test_bodies_of_automation_and_people_of_any_shape_are_told(odd):
    names = ("rule", "version", "did", "because", "source", "name", "title", "times", "how", "signals",
             "starts_at", "ends_at", "reasons", "difference", "firing", "what", "from", "to", "by", "state",
             "team", "deed", "before", "called", "is_active", "targets", "standup")  # fmt: skip
    body = dict.fromkeys(names, odd)
    for kind in EventKind:
        assert sentence(event(kind, **body)), kind
        details(event(kind, **body))


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("open", "opened 2 held signals"),
        ("join", "joined 2 held signals to an escalation"),
        ("decide", "let the rules decide about 2 held signals"),
        ("undone", "took back the release of 2 held signals"),
    ],
)
def test_a_release_of_held_signals_says_how(how, said):
    assert sentence(event("signal.released", how=how, signals=[1, 2])) == said


def test_maintenance_says_when():
    told = event("maintenance.planned", name="Database", starts_at=0, ends_at=3_600_000_000)
    assert sentence(told).startswith("planned maintenance “Database”, ")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"version": 1}, "drew up the rota First line"),
        ({"version": 3}, "saved version 3 of the rota First line"),
        ({"called": "First line", "is_active": 0}, "put the rota First line away"),
        ({"called": "Second line", "is_active": 1}, "renamed the rota First line to Second line"),
        ({"called": "First line", "is_active": 1}, "changed the rota First line"),
    ],
)
def test_a_change_of_a_rota_says_which(body, said):
    assert sentence(event("roster.schedule_changed", name="First line", **body)) == said


def test_a_shift_that_changed_hands_says_when():
    span = {"from": 1_795_424_400_000_000, "to": 1_795_453_200_000_000}
    told = sentence(event("roster.shift_taken", name="First line", why="Bo is ill", **span))
    begins, ends = (datetime.fromtimestamp(us / 1e6, UTC).astimezone() for us in span.values())
    assert told.startswith(f"took over shifts of the rota First line: {begins.day} {begins:%b %H:%M} until")
    assert told.endswith(f"{ends:%H:%M}")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("accepted", "agreed to swap shifts of the rota First line"),
        ("withdrawn", "withdrew a swap of shifts of the rota First line"),
        ("stale", "ended a swap, no longer possible, of shifts of the rota First line"),
    ],
)
def test_a_swap_says_what_became_of_it(state, said):
    assert sentence(event("roster.swap_ended", name="First line", state=state)) == said


def test_time_off_says_whose_and_where_it_is_from():
    told = event("time_off.added", name="Bo Lund", source="ical", why="Holiday")
    assert sentence(told) == "noted time off of Bo Lund, read from a calendar"
    assert details(told) == ["Holiday"]


def test_a_team_that_is_called_otherwise_names_both():
    told = event("staff.changed", team="Payments", before="Cards", deed="kept")
    assert sentence(told) == "renamed the team Cards to Payments"


def test_a_page_names_who_was_paged_and_how_it_was_answered():
    assert sentence(event("oncall.paged", to="Leo Park", by="Mail")) == "paged Leo Park by Mail"
    assert sentence(event("oncall.acknowledged", by="link")) == "answered the page by the link in it"


def test_a_note_of_the_stand_up_says_so():
    told = event("note.added", standup=4, note="Waits for the vendor")
    assert (sentence(told), details(told)) == ("noted at the stand-up", ["Waits for the vendor"])
