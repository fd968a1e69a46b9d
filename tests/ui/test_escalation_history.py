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
