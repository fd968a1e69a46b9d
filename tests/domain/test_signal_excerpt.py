"""Pieces of logs in signals."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.signal import Signal, SignalAction
from desktop.domain.signal_excerpt import excerpts

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


def found(**fields):
    return [(one.path, one.text) for one in excerpts(Signal(SignalAction.INFO, None, "", "", None, fields))]


def test_texts_under_names_of_logs_are_found():
    assert found(event={"stack_trace": "at x()"}, title="x") == [("event.stack_trace", "at x()")]
    assert found(logs=["one", {"line": "two"}]) == [("logs[0]", "one"), ("logs[1].line", "two")]


def test_an_address_of_a_log_is_a_link_and_no_text():
    assert found(log="https://logs.example.org/1") == []


def test_words_that_only_begin_alike_are_no_logs():
    assert found(logo="x", login="y", catalogue="z") == []


@given(fields=st.dictionaries(st.text(max_size=8), JSON, max_size=5))
def test_whatever_comes_is_looked_through(fields):
    assert len(excerpts(Signal(SignalAction.INFO, None, "", "", None, fields))) <= 20
