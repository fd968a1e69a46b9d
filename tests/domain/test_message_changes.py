"""Values are found again in a text that somebody changed by hand."""

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.message import Rendered
from desktop.domain.message_changes import moved, places, told

_WORDS = st.text(alphabet="ab \n.é0", max_size=80)


def rendered(*parts: str) -> Rendered:
    """A text whose second, fourth … part are values."""
    spans, at = [], 0
    for place, part in enumerate(parts):
        if place % 2:
            spans.append((f"field{place}", at, at + len(part)))
        at += len(part)
    return Rendered("", "".join(parts), spans=tuple(spans))


def test_a_value_typed_over_is_told_with_its_new_words():
    base = rendered("Since ", "09:30 UTC", " you see ", "errors", ".")
    (since, impact) = told(base, "Since 08:15 UTC you see errors.")
    assert (since.before, since.words) == ("09:30 UTC", "08:15 UTC")
    assert (impact.before, impact.words) == ("errors", "errors")


def test_a_value_taken_out_has_no_words():
    base = rendered("Please ", "pay by invoice", ", thank you.")
    assert told(base, "Please , thank you.")[0].words == ""


def test_words_before_a_value_move_it():
    base = rendered("Hello. ", "errors", " are seen.")
    assert told(base, "Dear Jo, good morning. errors are seen.")[0].words == "errors"


@given(st.lists(_WORDS, max_size=8), _WORDS, _WORDS)
@settings(max_examples=150, deadline=None)
def test_values_are_untouched_by_what_is_added_around_them(parts: list[str], before: str, after: str):
    base = rendered(*parts)
    for fact in told(base, base.body):
        assert fact.words == fact.before.strip()
    spans = moved(base.spans, places(base.body, before + base.body + after))
    assert all(0 <= begin <= end for _, begin, end in spans)


@given(_WORDS, _WORDS)
@settings(max_examples=200, deadline=None)
def test_the_stretches_are_the_whole_of_both_texts(before: str, after: str):
    found = places(before, after)
    assert "".join(before[each.begin : each.end] for each in found) == before
    assert "".join(after[each.new_begin : each.new_end] for each in found) == after
    for each in found:
        if each.tag == "equal":
            assert before[each.begin : each.end] == after[each.new_begin : each.new_end]
