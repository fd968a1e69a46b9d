"""The hash chain: any tampering is found, and the first bad event named."""

import json
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.audit import GENESIS, Fault, FaultKind, Link, canonical, link, verify
from desktop.domain.errors import DeskError

texts = st.text(max_size=5)
small = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | texts
bodies = st.dictionaries(texts, small | st.lists(small, max_size=2), max_size=3)
deep = small | st.lists(small, max_size=2) | st.dictionaries(texts, small, max_size=2)
nested = st.dictionaries(texts, deep | st.lists(deep, max_size=2), max_size=3)
events = st.lists(
    st.tuples(st.none() | st.integers(1, 5), texts, st.integers(0, 10**15), texts, bodies),
    min_size=1,
    max_size=5,
)


def chain(facts: list[Any]) -> list[Link]:
    links, previous = [], GENESIS
    for seq, (escalation_id, kind, at_us, actor, body) in enumerate(facts, 1):
        text = canonical(body)
        previous = link(previous, seq, kind, at_us, actor, escalation_id, text)
        links.append(Link(seq, escalation_id, kind, at_us, actor, text, previous))
    return links


def check(links: list[Link], whole: list[Link]) -> Fault | None:
    """Verify against the head that the desk had noted of the whole chain."""
    return verify(links, whole[-1].seq, whole[-1].hash)


@given(events)
def test_an_untouched_chain_holds(facts: list[Any]):
    links = chain(facts)
    assert check(links, links) is None


def test_no_events_at_all_hold_too():
    assert verify([], 0, GENESIS) is None


@given(events, st.data())
def test_an_altered_event_is_the_first_bad_one(facts: list[Any], data: st.DataObject):
    links = chain(facts)
    place = data.draw(st.integers(0, len(links) - 1))
    field = data.draw(st.sampled_from(["escalation_id", "kind", "at_us", "actor", "body_json", "hash"]))
    old = getattr(links[place], field)
    new = (old or 0) + 1 if field in ("escalation_id", "at_us") else f"{old}x"
    tampered = [*links[:place], links[place]._replace(**{field: new}), *links[place + 1 :]]
    found = check(tampered, links)
    assert found is not None
    assert (found.seq, found.what) == (place + 1, FaultKind.ALTERED)


@given(events, st.data())
def test_a_removed_event_is_missed_at_its_place(facts: list[Any], data: st.DataObject):
    links = chain(facts)
    place = data.draw(st.integers(0, len(links) - 1))
    found = check([*links[:place], *links[place + 1 :]], links)
    assert found is not None
    assert found.seq == place + 1


@given(events, st.data())
def test_a_removed_event_with_the_rest_moved_up_is_found(facts: list[Any], data: st.DataObject):
    links = chain(facts)
    place = data.draw(st.integers(0, len(links) - 1))
    closed = [*links[:place], *(later._replace(seq=later.seq - 1) for later in links[place + 1 :])]
    found = check(closed, links)
    assert found is not None
    assert found.seq == place + 1


@given(events.filter(lambda facts: len(facts) > 1), st.data())
def test_swapped_events_are_found_at_the_first(facts: list[Any], data: st.DataObject):
    links = chain(facts)
    place = data.draw(st.integers(0, len(links) - 2))
    first, second = links[place : place + 2]
    swapped = [
        *links[:place],
        second._replace(seq=first.seq),
        first._replace(seq=second.seq),
        *links[place + 2 :],
    ]
    found = check(swapped, links)
    assert found is not None
    assert found.seq == place + 1
    unmoved = [*links[:place], second, first, *links[place + 2 :]]
    assert check(unmoved, links) is not None


@given(events, bodies)
def test_an_event_appended_past_the_head_is_found(facts: list[Any], body: dict[str, Any]):
    links = chain(facts)
    more = chain([*facts, (None, "note.added", 0, "Mallory", body)])
    assert check(more, links) == Fault(len(more), FaultKind.UNRECORDED, None, "note.added", 0)


@given(events, st.data())
def test_an_event_appended_out_of_order_is_found(facts: list[Any], data: st.DataObject):
    links = chain(facts)
    again = data.draw(st.sampled_from(links))
    found = check([*links, again], links)
    assert found is not None
    assert (found.seq, found.what) == (again.seq, FaultKind.OUT_OF_ORDER)


@given(events, st.data())
def test_a_cut_off_end_is_found(facts: list[Any], data: st.DataObject):
    links = chain(facts)
    kept = data.draw(st.integers(0, len(links) - 1))
    found = check(links[:kept], links)
    assert found == Fault(kept + 1, FaultKind.CUT_OFF)


@given(events)
def test_a_chain_rewritten_whole_does_not_fit_its_head(facts: list[Any]):
    links = chain(facts)
    escalation_id, kind, at_us, actor, body = facts[-1]
    rewritten = chain([*facts[:-1], (escalation_id, kind, at_us, f"{actor}x", body)])
    found = check(rewritten, links)
    assert found is not None
    assert found.what is FaultKind.ALTERED


@given(nested)
def test_a_body_has_one_text_whatever_the_order_of_its_keys(body: dict[str, Any]):
    backwards = dict(reversed(body.items()))
    assert canonical(body) == canonical(backwards)
    assert json.loads(canonical(body)) == body


@given(events)
def test_each_hash_depends_on_the_one_before(facts: list[Any]):
    for before, after in pairwise(chain(facts)):
        relinked = link(
            GENESIS, after.seq, after.kind, after.at_us, after.actor, after.escalation_id, after.body_json
        )
        assert (relinked == after.hash) == (before.hash == GENESIS)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"share": 0.5}, "body.share"),
        ({"a": [1, {"b": float("nan")}]}, "body.a[1].b"),
        ({"a": {1: "x"}}, "body.a.1"),
        ({"a": b"x"}, "body.a"),
    ],
)
def test_what_has_more_than_one_spelling_is_refused(body: dict[str, Any], path: str):
    with pytest.raises(DeskError, match=path.replace("[", r"\[").replace(".", r"\.")):
        canonical(body)


def test_the_hash_is_the_documented_one():
    event = '{"actor":"Ada","at":5,"body":{"note":"ü"},"escalation":null,"kind":"note.added","seq":1}'
    text = f"{GENESIS}\n{event}"
    assert (
        link(GENESIS, 1, "note.added", 5, "Ada", None, canonical({"note": "ü"}))
        == sha256(text.encode()).hexdigest()
    )
