"""Drafts survive what happens to the program."""

from datetime import timedelta

import pytest

from db.engine import open_store
from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.services.draft import DraftService
from tests.factories import MONDAY

BODY = {"title": "Ünfinished \0 \u202e", "severity": 2, "known": True, "files": ["a", "b"], "owner": None}


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MONDAY)


@pytest.fixture
def drafts(store: Store, clock: ManualClock) -> DraftService:
    return DraftService(store=store, clock=clock)


def test_a_draft_is_there_in_the_next_program(drafts: DraftService, store: Store, clock: ManualClock):
    drafts.save("intake", "new", BODY)
    other = open_store(store.path)
    try:
        found = DraftService(store=other, clock=clock).load("intake", "new")
    finally:
        other.close()
    assert found is not None
    assert (found.body, found.updated_at) == (BODY, MONDAY)


def test_saving_again_replaces(drafts: DraftService, clock: ManualClock):
    drafts.save("intake", "new", {"title": "a"})
    clock.forward(timedelta(seconds=2))
    drafts.save("intake", "new", {"title": "ab"})
    assert [draft.body for draft in drafts.all("intake")] == [{"title": "ab"}]


def test_the_newest_comes_first_and_kinds_are_apart(drafts: DraftService, clock: ManualClock):
    for key in ("one", "two"):
        drafts.save("intake", key, {})
        clock.forward(timedelta(seconds=2))
    drafts.save("note", "one", {})
    assert [draft.key for draft in drafts.all("intake")] == ["two", "one"]


def test_a_draft_thrown_away_is_gone_and_may_be_thrown_away_again(drafts: DraftService):
    drafts.save("intake", "new", {})
    drafts.delete("intake", "new")
    drafts.delete("intake", "new")
    assert drafts.load("intake", "new") is None


def test_half_a_letter_from_a_broken_paste_is_kept(drafts: DraftService):
    drafts.save("intake", "new", {"title": "\ud83d"})
    found = drafts.load("intake", "new")
    assert found is not None
    assert found.body == {"title": "\ud83d"}


@pytest.mark.parametrize("text", ["{", "[]", "7"])
def test_a_damaged_draft_is_passed_over(drafts: DraftService, store: Store, text: str):
    drafts.save("intake", "new", {})
    with store.begin() as session:
        session.sql("UPDATE draft SET body = ?", (text,))
    assert (drafts.load("intake", "new"), drafts.all("intake")) == (None, ())
