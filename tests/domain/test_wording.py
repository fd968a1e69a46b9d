"""Text from people and other programs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.wording import clean, one_line, required


@given(st.text(st.characters()))
def test_every_text_can_be_written_down(text: str):
    assert "\x00" not in clean(text)
    clean(text).encode("utf-8")
    one_line(text).encode("utf-8")


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str):
    assert clean(clean(text)) == clean(text)
    assert one_line(one_line(text)) == one_line(text)


def test_lines_stay_lines_and_a_title_is_one():
    assert clean(" a\r\nb\rc ") == "a\nb\nc"
    assert one_line(" a\r\n b\t c ") == "a b c"


def test_marks_of_direction_and_markup_stay():
    assert clean("<b>\u202eabc</b> &amp; =1+1") == "<b>\u202eabc</b> &amp; =1+1"


def test_nothing_is_not_enough_where_something_is_required():
    with pytest.raises(DeskError, match="Say why") as refusal:
        required(" \n", "reason", "Say why.")
    assert refusal.value.field == "reason"
