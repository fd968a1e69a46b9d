"""The difference of two versions is what was edited: no more, no less."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.playbook import Content, Step, StepKind, Tags
from desktop.domain.playbook_diff import FIELDS, Difference, aligned, difference, summary, word_changes
from tests.domain.playbooks import CONTENTS, STEPS, TEXTS, a_content

_TAGS = ("areas", "types", "tiers", "levels")


def steps(*ids: str) -> tuple[Step, ...]:
    return tuple(Step(one, f"Do {one}") for one in ids)


def kinds(before: tuple[Step, ...], after: tuple[Step, ...]) -> list[tuple[str, str]]:
    changes = difference(a_content(steps=before), a_content(steps=after)).steps
    return [(change.id, change.kind) for change in changes]


def rebuilt(before: Content, changes: Difference, after_ids: list[str]) -> tuple[Step, ...]:
    """The newer steps, from the older ones and the difference alone; `after_ids` only put them in order."""
    found = {step.id: step for step in before.steps}
    for change in changes.steps:
        found.pop(change.id, None)
        if change.after is not None:
            found[change.id] = change.after
    return tuple(found[one] for one in after_ids)


@given(CONTENTS, CONTENTS)
def test_the_older_version_and_the_difference_give_the_newer(before: Content, after: Content):
    changes = difference(before, after)
    assert rebuilt(before, changes, [step.id for step in after.steps]) == after.steps
    for change in changes.fields:
        assert (change.before, change.after) == tuple(said(before, after, change.field))
    unchanged = {key for key, _, _ in FIELDS} - {change.field for change in changes.fields}
    assert all(raw(before, key) == raw(after, key) for key in unchanged)


def said(before: Content, after: Content, field: str) -> list[str]:
    text = next(text for key, _, text in FIELDS if key == field)
    return [text(before), text(after)]


def raw(content: Content, field: str) -> object:
    return getattr(content.tags if field in _TAGS else content, field)


@given(CONTENTS)
def test_the_same_version_has_no_difference(content: Content):
    assert not difference(content, replace(content))


@given(CONTENTS, st.data())
def test_one_edited_step_is_the_one_that_is_told(content: Content, data: st.DataObject):
    before = content.steps
    new = data.draw(STEPS.filter(lambda step: step.id not in [one.id for one in before]))
    at = data.draw(st.integers(0, len(before)))
    with_it = (*before[:at], new, *before[at:])
    told = kinds(before, with_it)
    assert told == [(new.id, "added")]
    assert kinds(with_it, before) == [(new.id, "removed")]
    reworded = tuple(replace(one, text=f"{one.text} too") if one is new else one for one in with_it)
    assert kinds(with_it, reworded) == [(new.id, "changed")]


@given(CONTENTS, st.data())
def test_a_step_put_elsewhere_is_the_one_that_moved(content: Content, data: st.DataObject):
    new = data.draw(STEPS.filter(lambda step: step.id not in [one.id for one in content.steps]))
    old_at, new_at = (data.draw(st.integers(0, len(content.steps))) for _ in range(2))
    before, after = ((*content.steps[:place], new, *content.steps[place:]) for place in (old_at, new_at))
    told = kinds(before, after)
    if old_at == new_at:
        assert told == []
    elif abs(old_at - new_at) == 1:  # of two neighbours that change places either has moved
        assert [kind for _, kind in told] == ["moved"]
    else:
        assert told == [(new.id, "moved")]


@given(st.permutations(list("abcdefg")))
def test_as_few_steps_as_can_be_are_said_to_have_moved(order: list[str]):
    before = a_content(steps=steps(*"abcdefg"))
    moved = {change.id for change in difference(before, a_content(steps=steps(*order))).steps}
    stayed = [one for one in order if one not in moved]
    assert stayed == sorted(stayed)
    longest = max(
        sum(1 for _ in row)
        for row in ([one for one in order if mask >> ord(one) - 97 & 1] for mask in range(128))
        if row == sorted(row)
    )
    assert len(stayed) == longest


def test_a_removed_step_stands_where_it_stood():
    rows = aligned(a_content(steps=steps("a", "b", "c")), a_content(steps=steps("a", "d", "c")))
    assert [(row.id, row.kind) for row in rows] == [
        ("a", "same"),
        ("b", "removed"),
        ("d", "added"),
        ("c", "same"),
    ]


def test_steps_are_known_by_their_id_and_not_by_their_words():
    before, after = (Step("a", "Check the log"),), (Step("b", "Check the log"),)
    assert kinds(before, after) == [("a", "removed"), ("b", "added")]


def test_a_step_can_be_moved_and_changed_at_once():
    before = (*steps("a", "b", "c"),)
    after = (*steps("b", "c"), Step("a", "Do a twice", StepKind.DECIDE))
    (change,) = difference(a_content(steps=before), a_content(steps=after)).steps
    assert (change.kind, change.is_moved, change.before_at, change.after_at) == ("changed", True, 1, 3)
    assert [part.field for part in change.fields] == ["kind"]


@given(TEXTS, TEXTS)
def test_the_words_of_both_texts_are_all_there(before: str, after: str):
    words = word_changes(before, after)
    assert "".join(text for op, text in words if op != "added") == before
    assert "".join(text for op, text in words if op != "removed") == after


def test_changed_words_stand_together():
    assert word_changes("Ask the lead now", "Ask two engineers now") == (
        ("same", "Ask "),
        ("removed", "the lead"),
        ("added", "two engineers"),
        ("same", " now"),
    )


def test_long_texts_are_compared_line_by_line():
    before = "\n".join(f"line {number}" for number in range(3000))
    words = word_changes(before, before.replace("line 7\n", "line seven\n"))
    assert [text for op, text in words if op == "added"] == ["line seven\n"]


def test_the_difference_in_a_line():
    before = a_content(steps=steps("a", "b", "c", "d"))
    after = a_content(
        title="Another",
        tags=Tags(levels=("P1",)),
        steps=(*steps("d", "b"), Step("c", "Else"), *steps("e")),
    )
    assert summary(difference(before, after)) == (
        "1 step changed, 1 added, 1 removed, 1 moved, title, product areas and 2 more fields changed"
    )
    assert summary(difference(before, before)) == ""
