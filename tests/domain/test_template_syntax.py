"""What a template may say: fields, if, for over lists, a few filters, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.message import Audience
from desktop.domain.template_syntax import LONGEST_BODY, check, fields_of, names_in


@pytest.mark.parametrize(
    "text",
    [
        "Plain words with { braces } and %.",
        "{{ref}} {{ title_plain }}",
        "{% if workaround %}{{workaround|sentence}}{% elif not_affected %}so{% else %}none{% endif %}",
        "{% for step in next_steps %}- {{step}}\n{% endfor %}",
        "{{title_plain|short(40)|upper}}",
        "{# a note to whoever edits this #}",
        "{% if not workaround and (impact_scope or next_steps) %}x{% endif %}",
    ],
)
def test_fields_conditions_lists_and_filters_are_fine(text: str):
    assert check(text, Audience.CUSTOMER) == ()


@pytest.mark.parametrize(
    "text",
    [
        "{{ ref.__class__ }}",
        "{{ ref['x'] }}",
        "{{ ref() }}",
        "{{ 7 * 7 }}",
        "{{ ref ~ title_plain }}",
        "{{ ref is defined }}",
        "{{ [1, 2] }}",
        "{{ ref if title_plain else 'x' }}",
        "{{ ref == 'x' }}",
        "{% set ref = 1 %}",
        "{% for i in range(9) %}x{% endfor %}",
        "{% for i in [1, 2] %}x{% endfor %}",
        "{% for a, b in next_steps %}x{% endfor %}",
        "{% for a in next_steps recursive %}x{% endfor %}",
        "{% for a in next_steps if a %}x{% endfor %}",
        "{% for a in next_steps %}{% for b in watch_items %}x{% endfor %}{% endfor %}",
        "{% for a in ref %}x{% endfor %}",
        "{% for ref in next_steps %}x{% endfor %}",
        "{% macro m() %}{% endmacro %}",
        "{% include 'other' %}",
        "{% extends 'other' %}",
        "{% import 'other' as o %}",
        "{% block b %}{% endblock %}",
        "{% filter upper %}x{% endfilter %}",
        "{% with a = 1 %}{% endwith %}",
        "{% raw %}{{ x }}{% endraw %}{{ 1 + 1 }}",
        "{{ ref|tojson }}",
        "{{ ref|attr('x') }}",
        "{{ ref|short }}",
        "{{ ref|short(title_plain) }}",
        "{{ ref|short(99999) }}",
        "{{ ref|upper(1) }}",
        "{{ range }}",
        "{{ loop.index }}",
        "{{ lipsum }}",
        "{{ self }}",
        "{{ unknown_name }}",
        "{{ ref",
        "{% if ref %}",
        "{{}}",
    ],
)
def test_everything_else_is_refused_with_a_sentence(text: str):
    faults = check(text, Audience.CUSTOMER)
    assert faults
    assert all(fault.why and fault.quote for fault in faults)


def test_a_fault_tells_line_words_and_what_was_meant():
    (fault,) = check("one\ntwo {{next_udate_at}}")
    assert fault.sentence == (
        "Line 2: “next_udate_at”: There is no such field. Did you mean “next_update_at”?"
    )


def test_a_field_for_others_is_refused_and_another_is_named():
    (fault,) = check("{{owner_name}} works on it", Audience.CUSTOMER)
    assert "Use “owner_role”." in fault.sentence
    assert check("{{owner_name}} works on it", Audience.INTERNAL) == ()


def test_a_subject_has_one_line():
    assert check("one\ntwo", in_subject=True)[0].in_subject


def test_a_text_has_a_longest_length():
    assert "Shorten" in check("x" * (LONGEST_BODY + 1))[0].sentence


def test_names_are_found_while_they_are_typed():
    text = "{{ref}} {{ next_udate }} {% for x in next_steps %}{{x|short(3)}}{% endfor %} {{own"
    assert [(name, text[begin:end] == name, known) for name, begin, end, known in names_in(text)] == [
        ("ref", True, True),
        ("next_udate", True, False),
        ("next_steps", True, True),
        ("own", True, False),
    ]


def test_fields_of_texts_are_those_that_exist():
    assert fields_of("[{{ref}}]", "{{nope}} {{workaround}}") == {"ref", "workaround"}


@given(st.text(st.sampled_from(list("{}%#|()[]._ \n'\"abref09=~*")), max_size=60))
def test_no_text_at_all_breaks_the_check(text: str):
    check(text, Audience.CUSTOMER)
    names_in(text)
