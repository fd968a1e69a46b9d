"""What is otherwise than in the last message."""

from datetime import UTC, datetime

from desktop.domain.merge_field import Value
from desktop.domain.message_since import news

_AT = datetime(2026, 11, 24, 10, tzinfo=UTC)


def told(last: dict[str, str], newer: set[str] | None = None, **now: str) -> tuple[str, ...]:
    return news(last, {name: Value(text) for name, text in now.items()}, newer or set(), "UTC", _AT)


def test_nothing_is_news_while_all_says_the_same():
    assert told({"status_word": "Investigating"}, status_word="Investigating", workaround="Use the app") == ()


def test_another_status_is_told_with_the_one_before():
    assert told({"status_word": "Investigating"}, status_word="Contained") == (
        "Status is now Contained, it was Investigating",
    )


def test_a_fact_that_changed_is_told_as_it_is_now():
    assert told({"impact_plain": "all fail"}, impact_plain="some fail") == ("What customers see: some fail",)


def test_a_fact_written_since_is_news_though_it_was_not_in_the_message():
    assert told({}, {"workaround"}, workaround="Use the app") == ("Work-around: Use the app",)


def test_a_work_around_after_none_is_news():
    last = {"workaround": "There is no work-around at present."}
    assert told(last, workaround="Use the app") == ("Work-around: Use the app",)
