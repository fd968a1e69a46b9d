"""Two texts of a template side by side."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.template import TemplateText
from desktop.domain.template_diff import side_by_side, summary

_TEXTS = st.text(st.sampled_from("ab {}|\n"), max_size=60)


def text(body: str, subject: str = "s", title: str = "t") -> TemplateText:
    return TemplateText(title, subject, body)


def test_only_what_differs_in_a_line_is_marked():
    (row,) = side_by_side("We write by {{started_at}} again", "We write by {{next_update_at}} again")
    assert row.before is not None
    assert row.after is not None
    assert [row.before[a:b] for a, b in row.gone] == ["{{started_at}}"]
    assert [row.after[a:b] for a, b in row.new] == ["{{next_update_at}}"]


def test_a_new_line_has_nothing_beside_it():
    rows = side_by_side("one\ntwo", "one\nnew\ntwo")
    assert [(row.before, row.after) for row in rows] == [("one", "one"), (None, "new"), ("two", "two")]
    assert rows[1].new == ((0, 3),)


def test_a_summary_counts_what_differs():
    assert summary(text("a\nb\nc"), text("a\nx\nc\nd", subject="other")) == (
        "subject changed, 1 line changed, 1 line added"
    )
    assert summary(text("a"), text("a")) == "nothing changed"


@given(_TEXTS, _TEXTS)
def test_each_side_is_the_whole_text_it_stands_for(before: str, after: str):
    rows = side_by_side(before, after)
    assert "\n".join(row.before for row in rows if row.before is not None) == before
    assert "\n".join(row.after for row in rows if row.after is not None) == after


@given(_TEXTS, _TEXTS)
def test_what_is_not_marked_is_the_same_on_both_sides(before: str, after: str):
    for row in side_by_side(before, after):
        if row.before is not None and row.after is not None:
            assert without(row.before, row.gone) == without(row.after, row.new)


def without(line: str, spans: tuple[tuple[int, int], ...]) -> str:
    marked = {at for begin, end in spans for at in range(begin, end)}
    return "".join(sign for at, sign in enumerate(line) if at not in marked)
