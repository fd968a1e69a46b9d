"""Saved views of the board."""

from dataclasses import replace

import pytest

from db.unit_of_work import Store
from desktop.domain.board_filter import BoardFilter
from desktop.domain.errors import Conflict, DeskError, NotFound
from desktop.domain.view import SHIPPED, SavedView
from desktop.services.view import ViewService

VIEW = SavedView(0, "Strategic", {"tiers": ["Strategic"]}, "customer", True, "compact", True)


@pytest.fixture
def views(store: Store) -> ViewService:
    return ViewService(store=store)


def saved(views: ViewService) -> list[str]:
    return [view.name for view in views.all() if not view.is_shipped]


def test_the_shipped_views_come_first_and_mean_something(views: ViewService):
    assert views.all() == SHIPPED
    assert all(not view.board_filter(operator_id=1).is_empty for view in SHIPPED)


def test_a_view_is_kept_whole(views: ViewService):
    kept = views.save(VIEW)
    assert views.all()[-1] == kept == replace(VIEW, id=kept.id)
    assert kept.board_filter(None) == BoardFilter(tiers=frozenset({"Strategic"}))


def test_mine_is_whoever_opens_the_view(views: ViewService):
    assert SHIPPED[0].board_filter(3) == BoardFilter(mine=3)


def test_a_view_is_changed_and_renamed_in_its_place(views: ViewService):
    kept = views.save(VIEW)
    views.save(replace(kept, name="Big ones", filter={}))
    assert saved(views) == ["Big ones"]


def test_views_are_put_in_order_and_thrown_away(views: ViewService):
    one, two, three = (views.save(replace(VIEW, name=name)) for name in ("One", "Two", "Three"))
    views.arrange([three.id, one.id, two.id])
    assert saved(views) == ["Three", "One", "Two"]
    views.delete(one.id)
    assert saved(views) == ["Three", "Two"]


@pytest.mark.parametrize("name", ["strategic", "My DESK"])
def test_a_name_is_taken_once(views: ViewService, name: str):
    views.save(VIEW)
    with pytest.raises(Conflict):
        views.save(replace(VIEW, name=name))


def test_a_shipped_view_stays_as_it_is(views: ViewService):
    with pytest.raises(DeskError, match="comes with the program"):
        views.save(SHIPPED[0])
    with pytest.raises(DeskError, match="comes with the program"):
        views.delete(-1)


def test_a_view_that_is_gone_is_not_found(views: ViewService):
    with pytest.raises(NotFound):
        views.delete(9)


@pytest.mark.parametrize("name", ["", " \n", "x" * 61])
def test_a_view_needs_a_name(views: ViewService, name: str):
    with pytest.raises(DeskError) as error:
        views.save(replace(VIEW, name=name))
    assert error.value.field == "name"


@pytest.mark.parametrize("body", ["{", "[]", '{"filter": 3, "order": "colour", "density": "huge"}'])
def test_a_damaged_view_opens_as_an_empty_one(views: ViewService, store: Store, body: str):
    kept = views.save(VIEW)
    with store.begin() as session:
        session.sql("UPDATE saved_view SET body = ?", (body,))
    assert views.all()[-1] == SavedView(kept.id, "Strategic")
