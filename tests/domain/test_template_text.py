"""Templates filled: values stay text whatever they hold, empty fields follow their rule."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.hostile import SPITEFUL, hostile_values
from desktop.domain.inert import inert, is_blank
from desktop.domain.merge_field import FIELDS, Value
from desktop.domain.message import Audience, Rendered, Stage
from desktop.domain.template_text import LONGEST_MESSAGE, fill, in_words, placeholder

_NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
_UNSEEN = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff"
_HOSTILE = st.one_of(
    st.sampled_from(SPITEFUL),
    st.text(max_size=200),
    st.text(st.sampled_from("{}%#|\r\n\x00\x1b\u202e\u2066\ue000\ue001\ue0020<>=@&'\""), max_size=60),
)


def filled(body: str, subject: str = "", **values: Value) -> Rendered:
    return fill_with(subject, body, values)


def fill_with(subject: str, body: str, values: dict[str, Value], **others: Any) -> Rendered:
    about = {"stage": Stage.INITIAL, "audience": Audience.CUSTOMER, "zone": "Europe/Berlin", "now": _NOW}
    return fill(subject, body, values, **(about | others))


def test_values_take_their_places_and_are_kept_word_for_word():
    rendered = filled("It is {{title_plain}}, {{ref}}.", ref=Value("ESC-1"), title_plain=Value("Login"))
    assert rendered.body == "It is Login, ESC-1."
    assert rendered.values == {"title_plain": "Login", "ref": "ESC-1"}
    assert [(name, rendered.body[begin:end]) for name, begin, end in rendered.spans] == [
        ("title_plain", "Login"),
        ("ref", "ESC-1"),
    ]


@pytest.mark.parametrize("words", SPITEFUL)
def test_no_known_trick_is_carried_out(words: str):
    rendered = filled("<<{{impact_plain}}>>", impact_plain=Value(words))
    assert rendered.body == f"<<{inert(words)}>>"
    assert "49" not in rendered.body


@given(_HOSTILE)
def test_whatever_a_value_holds_stands_there_as_text(words: str):
    rendered = filled(
        "a {{impact_plain}} b {{title_plain}}", impact_plain=Value(words), title_plain=Value("T")
    )
    expected = placeholder("impact_plain") if is_blank(words) else inert(words)
    assert rendered.body == f"a {expected} b T"


@given(_HOSTILE, _HOSTILE)
def test_a_subject_is_one_line_whatever_its_values_hold(one: str, other: str):
    rendered = filled("", "[{{ref}}] {{title_plain}}: news", ref=Value(one), title_plain=Value(other))
    assert len(rendered.subject.splitlines()) <= 1
    assert not set(rendered.subject) & set(_UNSEEN + "\x00\x1b\r\n")


@given(_HOSTILE, st.lists(_HOSTILE, max_size=5))
def test_spans_name_exactly_what_was_put_there(words: str, items: list[str]):
    rendered = filled(
        "{% if workaround %}{{workaround}} {% endif %}{{next_steps|bullets}}\n"
        "{% for x in next_steps %}{{x}};{% endfor %}{{security_statement}}",
        workaround=Value(words),
        next_steps=Value(items=tuple(items)),
    )
    assert all(0 <= begin <= end <= len(rendered.body) for _, begin, end in rendered.spans)
    for name, begin, end in rendered.spans:
        if name == "workaround":
            assert rendered.body[begin:end] == inert(words)


@given(st.data())
def test_every_field_may_be_hostile_at_once(data: st.DataObject):
    names = data.draw(st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=8))
    audience, stage = data.draw(st.sampled_from(Audience)), data.draw(st.sampled_from(Stage))
    body = " ".join(f"{{{{{name}}}}}" for name in names)
    rendered = fill_with("", body, hostile_values(_NOW), audience=audience, stage=stage)
    assert not set(rendered.body) & set(_UNSEEN + "\x00\x1b\x07\r\ue000\ue001\ue002")
    assert set(rendered.unknown) == {name for name in names if audience not in FIELDS[name].audiences}


def test_ten_thousand_signs_pass_whole_and_more_are_cut_with_a_word_about_it():
    assert filled("{{impact_plain}}", impact_plain=Value("x" * 10_240)).body == "x" * 10_240
    assert filled("{{impact_plain}}", impact_plain=Value("x" * 30_000)).body.endswith(
        "(and 10000 more characters)"
    )


def test_a_message_has_an_end_however_often_a_value_is_repeated():
    rendered = filled("{{impact_plain}}" * 100, impact_plain=Value("x" * 20_000))
    assert len(rendered.body) < LONGEST_MESSAGE + 100
    assert "cut here" in rendered.body


def test_a_list_of_very_many_items_says_how_many_it_left_out():
    rendered = filled("{{next_steps|bullets}}", next_steps=Value(items=tuple(map(str, range(80)))))
    assert rendered.body.endswith("- 49\n- and 30 more")


def test_what_must_not_be_empty_is_named_and_stands_out():
    rendered = filled("Since then {{impact_plain}}.")
    assert rendered.missing == ("impact_plain",)
    assert rendered.body == "Since then [still to write: what customers see]."


def test_what_may_be_empty_leaves_no_hole():
    rendered = filled("One.\n{{security_statement}}\nTwo {{not_affected}}. {{credit_statement}}\n\n\n\nThree")
    assert rendered.body == "One.\nTwo.\n\nThree"
    assert rendered.missing == ()


def test_an_empty_field_speaks_where_it_has_words_for_that():
    assert filled("{{workaround}}").body == "There is no work-around at present."


def test_words_for_an_empty_field_name_the_next_update():
    at = Value(at=_NOW + timedelta(hours=1))
    assert filled("{{impact_scope}}", next_update_at=at).body == (
        "we are still counting; next figure at 12:00 Europe/Berlin (UTC+01:00)"
    )
    assert filled("{{impact_scope}}").body == "we are still counting"


def test_a_condition_is_false_for_an_empty_field_that_has_words():
    assert filled("{% if workaround %}yes{% else %}no{% endif %}").body == "no"


def test_a_name_that_no_field_has_is_told_and_does_not_stop_the_rest():
    rendered = filled("{{nope}} {{ref}}", ref=Value("ESC-1"))
    assert rendered.unknown == ("nope",)
    assert rendered.body == "[no such field: nope] ESC-1"


def test_customers_are_not_told_a_field_for_others_whatever_the_template_says():
    rendered = filled("{{owner_name}}", owner_name=Value("Ada Quist"))
    assert rendered.unknown == ("owner_name",)
    assert "Ada" not in rendered.body


def test_a_template_that_cannot_be_read_says_where():
    with pytest.raises(DeskError, match="Line 2"):
        filled("fine\n{{ ref.x }}")


def test_times_name_their_zone_and_their_day_where_it_is_not_today():
    today, yesterday = Value(at=_NOW), Value(at=_NOW - timedelta(days=1))
    assert filled("{{started_at}}", started_at=today).body == "11:00 Europe/Berlin (UTC+01:00)"
    assert filled("{{started_at}}", started_at=yesterday).body == (
        "Mon 23 Nov 2026 11:00 Europe/Berlin (UTC+01:00)"
    )


def test_todays_date_is_that_of_the_reader():
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    rendered = fill_with("", "{{started_at}}", {"started_at": Value(at=late)}, now=_NOW)
    assert rendered.body.startswith("Wed 25 Nov 2026 00:30")


def test_ones_own_people_read_the_next_update_on_their_clock_as_well():
    values = {"next_update_at": Value(at=_NOW)}
    both = fill_with("", "{{next_update_at}}", values, audience=Audience.INTERNAL, also_zone="UTC")
    assert both.body == "11:00 Europe/Berlin (UTC+01:00), 10:00 UTC"
    assert fill_with("", "{{next_update_at}}", values, also_zone="UTC").body.count(":") == 2


@pytest.mark.parametrize(
    ("filter_", "text"),
    [
        ("bullets", "- Restart it.\n- watch"),
        ("lines", "Restart it.\nwatch"),
        ("inline", "Restart it; watch"),
        ("first", "Restart it."),
        ("upper", "RESTART IT.; WATCH"),
        ("short(7)", "Restar…"),
        ("inline|within", "restart it; watch"),
        ("inline|sentence", "Restart it; watch."),
    ],
)
def test_filters_say_a_list_otherwise(filter_: str, text: str):
    value = Value(items=("Restart it.", "watch"))
    assert filled(f"{{{{next_steps|{filter_}}}}}", next_steps=value).body == text


def test_filters_of_times_leave_out_what_stands_beside_them():
    value = Value(at=_NOW - timedelta(days=1))
    assert filled("{{started_at|clock}}", started_at=value).body == "11:00"
    assert filled("{{started_at|local}}", started_at=value).body == "Mon 23 Nov 2026 11:00"


def test_a_filter_leaves_a_placeholder_alone():
    assert filled("{{impact_plain|upper}}").body == placeholder("impact_plain")


def test_an_abbreviation_keeps_its_capitals_within_a_sentence():
    assert filled("{{impact_plain|within}}", impact_plain=Value("API calls fail.")).body == "API calls fail"


def test_the_engines_own_marks_in_a_template_are_no_marks():
    assert filled("\ue0000\ue001 {{ref}}", ref=Value("ESC-1")).body == "\ufffd0\ufffd ESC-1"


def test_a_value_in_words_is_one_line():
    assert in_words("next_steps", Value(items=("a\nb", "c")), "UTC", _NOW) == "a b; c"
    assert in_words("ref", Value(), "UTC", _NOW) == ""
