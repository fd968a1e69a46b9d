"""YAML written by hand is taken at its word, faults are named with their line, hostile files do no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.services.yaml_text import read_yaml, write_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("-5", -5),
        ("0", 0),
        ("007", "007"),
        ("12.5", 12.5),
        ("1.0e-07", 1e-07),
        ("1e5", "1e5"),
        (".nan", ".nan"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("NO", "NO"),
        ("off", "off"),
        ("17:30", "17:30"),
        ("2026-12-24", "2026-12-24"),
        ("'5'", "5"),
        ('"true"', "true"),
        ("!!str 5", "5"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_a_value_means_what_it_looks_like(text, value):
    assert read_yaml(f"- {text}") == [value]


def test_names_are_text_whatever_they_look_like():
    assert read_yaml("{2026: a, true: b, NO: c}") == {"2026": "a", "true": "b", "NO": "c"}


def test_a_part_without_a_value_is_nothing():
    assert read_yaml("a:\nb: 1\n") == {"a": None, "b": 1}


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("a: 1\na: 2\n", "a", r"given twice \(line 2\)"),
        ("x:\n  - y: {z: 1,\n        z: 2}\n", "x[0].y.z", r"given twice \(line 3\)"),
        ("a: &b 1\nc: *b\n", "c", r"refers to another place \(line 2\)"),
        ("a: !!python/object:os.system ls\n", "a", "is not known here"),
        ("[1]: 2\n", "", "a name is a list"),
        ("{a: 1}: 2\n", "", "a name is a list"),
        ("a: [1\nb: 2\n", "", "Line 2 is not YAML"),
        ("a:\n\t- b\n", "", "Line 2 is not YAML"),
        ("a: \x00\n", "", "not YAML"),
        ("", "", "holds nothing"),
        ("# only words\n", "", "holds nothing"),
        ("a: 1\n---\nb: 2\n", "", "two documents"),
    ],
)
def test_a_fault_is_named_with_its_line(text, field, words):
    with pytest.raises(DeskError, match=words) as fault:
        read_yaml(text)
    assert fault.value.field == field


@pytest.mark.parametrize("text", ["[" * 200_000, "- " * 300_000, "{a: " * 200_000, "a:\n " * 100])
def test_a_bottomless_file_is_refused(text):
    with pytest.raises(DeskError):
        read_yaml(text)


def test_an_endless_file_is_refused():
    with pytest.raises(DeskError, match="longer than"):
        read_yaml("a" * 2_000_001)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**17), 10**17), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read_the_same(value):
    assert read_yaml(write_yaml({"value": value})) == {"value": value}


def test_short_parts_stand_on_one_line():
    assert write_yaml({"bands": {"P1": 75, "P2": 55}, "name": "x" * 90}) == (
        "bands: {P1: 75, P2: 55}\nname: " + "x" * 90 + "\n"
    )
