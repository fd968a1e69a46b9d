import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.signal_path import child, path_of

BODY = {
    "alert": {"rule": {}, "advisory": {"summary": "Old library"}, "tags": ["a", {"b": 7}]},
    "so.and.so": {"x or y": False},
    "ping time": "15 ms",
    "nothing": None,
    "empty": "",
    "zero": 0,
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("alert.advisory.summary", "Old library"),
        ("alert.tags[0]", "a"),
        ("alert.tags[1].b", "7"),
        ('["so.and.so"]["x or y"]', "false"),
        ("ping time", "15 ms"),
        ("zero", "0"),
        ("alert.rule.description or .advisory.summary", "Old library"),
        ("nothing or empty or alert or ping time", "15 ms"),
        ("alert.tags[9]", ""),
        ("alert.tags.b", ""),
        ("ping time.x", ""),
        ("nowhere", ""),
    ],
)
def test_a_path_leads_to_the_first_text_number_or_yes_or_no(path: str, text: str) -> None:
    assert path_of(path).text_in(BODY) == text


def test_a_path_may_lead_to_a_whole_part() -> None:
    assert path_of("alert.advisory").first(BODY) == {"summary": "Old library"}


@pytest.mark.parametrize(
    "path", ["", " ", "a..b", "a.", "a[x]", "a[", 'a["b]', "a[0", "a or ", "]", '"a"', "a" * 1001]
)
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(DeskError, match=r"path"):
        path_of(path)


@given(st.lists(st.text(), min_size=1, max_size=4), st.integers())
def test_the_path_of_any_names_leads_back_to_what_stands_there(names: list[str], value: int) -> None:
    body: object = value
    path = ""
    for name in reversed(names):
        body = {name: body}
    for name in names:
        path = child(path, name)
    assert path_of(path[:]).first(body) == value or len(path) > 1000
