"""Overrides, shifts taken in an emergency, swaps: both sides want it, who moved is told, it is on record."""

from datetime import timedelta

import pytest

from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.roster_check import Fault
from desktop.services.roster_values import NewOverride
from tests.services.roster_desk import NOW, RosterDesk, a_rota, at

TUESDAY = (at("24 09:00"), at("25 09:00"))
WEDNESDAY = (at("25 09:00"), at("26 09:00"))


@pytest.fixture
def desk(store: Store, clock: ManualClock) -> RosterDesk:
    """Bo has Monday, Cy Tuesday, Bo Wednesday."""
    desk = RosterDesk(store, clock)
    desk.kept = desk.scheduled(["Bo Lund"], ["Cy Marsh"])
    desk.forget_told()
    return desk


def replacing(desk: RosterDesk, start: str, end: str, add: str | None, remove: str | None) -> NewOverride:
    ids = [desk.ids[name] if name else None for name in (add, remove)]
    return NewOverride(at(start), at(end), *ids)


def test_an_override_wins_over_the_rota(desk: RosterDesk):
    desk.roster.add_override(desk.kept, replacing(desk, "24 12:00", "24 18:00", "Dee", "Cy"), desk.by("Dee"))
    assert desk.plan(desk.kept) == [
        "23 09:00 Bo", "24 09:00 Cy", "24 12:00 Dee", "24 18:00 Cy", "25 09:00 Bo",
    ]  # fmt: skip


def test_an_override_wins_over_a_later_version_too(desk: RosterDesk):
    desk.roster.add_override(desk.kept, replacing(desk, "24 09:00", "25 09:00", "Dee", "Cy"), desk.by("Dee"))
    desk.roster.save(desk.kept, a_rota(["Cy Marsh"]), "", desk.by("Ada"))
    assert desk.plan(desk.kept) == ["23 09:00 Cy", "24 09:00 Dee", "25 09:00 Cy"]


def test_an_override_that_changes_nothing_is_warned_of(desk: RosterDesk):
    masked = replacing(desk, "24 09:00", "24 18:00", None, "Bo")  # Bo is not on call then
    seen = desk.roster.preview(desk.kept, overrides=(masked,))
    assert [found.fault for found in seen.findings] == [Fault.MASKED]
    assert seen.sentences == ("The override that takes out Bo Lund changes nothing.",)


def test_what_is_past_stays_as_it_was(desk: RosterDesk):
    desk.clock.set(at("23 15:00"))
    desk.roster.add_override(desk.kept, replacing(desk, "23 09:00", "23 18:00", "Dee", "Bo"), desk.by("Dee"))
    assert desk.plan(desk.kept, days=1) == ["23 09:00 Bo", "23 15:00 Dee", "23 18:00 Bo"]


def test_an_override_cancelled_on_its_way_counts_until_then(desk: RosterDesk):
    new = replacing(desk, "23 12:00", "23 18:00", "Dee", "Bo")
    kept = desk.roster.add_override(desk.kept, new, desk.by("Dee"))
    desk.clock.set(at("23 14:00"))
    desk.roster.cancel_override(kept, desk.by("Dee"))
    assert desk.plan(desk.kept, days=1) == ["23 09:00 Bo", "23 12:00 Dee", "23 14:00 Bo"]


def test_an_override_is_cancelled_once(desk: RosterDesk):
    new = replacing(desk, "24 12:00", "24 18:00", "Dee", "Cy")
    kept = desk.roster.add_override(desk.kept, new, desk.by("Dee"))
    desk.roster.cancel_override(kept, desk.by("Dee"))
    with pytest.raises(Conflict, match="Dee Fox has cancelled it"):
        desk.roster.cancel_override(kept, desk.by("Dee"))


@pytest.mark.parametrize(
    ("by", "add", "remove"), [("Bo", "Bo", "Cy"), ("Bo", "Cy", None), ("Bo", None, "Bo"), ("Cy", None, "Bo")]
)
def test_nobody_changes_shifts_of_others_nor_walks_off_their_own(
    desk: RosterDesk, by: str, add: str | None, remove: str | None
):
    with pytest.raises(NotAllowed):
        desk.roster.add_override(desk.kept, replacing(desk, "24 09:00", "24 10:00", add, remove), desk.by(by))


def test_anybody_may_help_out(desk: RosterDesk):
    desk.roster.add_override(desk.kept, replacing(desk, "24 09:00", "24 10:00", "Bo", None), desk.by("Bo"))
    assert desk.plan(desk.kept)[1] == "24 09:00 Cy+Bo"


@pytest.mark.parametrize(
    ("start", "end", "add", "remove", "field"),
    [
        ("24 10:00", "24 09:00", "Dee", None, "end"),
        ("23 07:00", "23 08:00", "Dee", None, "end"),
        ("24 09:00", "24 10:00", None, None, "add_id"),
        ("24 09:00", "24 10:00", "Dee", "Dee", "add_id"),
    ],
)
def test_an_override_at_fault_is_refused(
    desk: RosterDesk, start: str, end: str, add: str | None, remove: str | None, field: str
):
    with pytest.raises(DeskError) as caught:
        desk.roster.add_override(desk.kept, replacing(desk, start, end, add, remove), desk.by("Ada"))
    assert caught.value.field == field


# ---- taken in an emergency


def test_taking_a_shift_needs_one_side_and_starts_now(desk: RosterDesk):
    desk.clock.set(at("23 20:00"))
    desk.roster.take(desk.kept, at("23 09:00"), at("24 12:00"), desk.by("Dee"), "Bo cannot be reached")
    assert desk.plan(desk.kept, days=2) == ["23 09:00 Bo", "23 20:00 Dee", "24 12:00 Cy"]


def test_those_it_was_taken_from_are_told(desk: RosterDesk):
    desk.roster.take(desk.kept, *TUESDAY, desk.by("Bo"))
    assert [title for title, _ in desk.told()] == ["Shifts of Cy Marsh moved"]


def test_taking_leaves_a_record(desk: RosterDesk):
    desk.roster.take(desk.kept, *TUESDAY, desk.by("Bo"), "Cy is ill")
    (event,) = desk.events("roster.shift_taken")
    assert (event["why"], event["by_id"]) == ("Cy is ill", desk.ids["Bo"])


def test_a_gap_and_a_group_are_taken_too(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund", "Cy Marsh"], [])
    desk.roster.take(kept, at("23 12:00"), at("24 12:00"), desk.by("Dee"))
    assert desk.plan(kept, days=2) == ["23 09:00 Bo+Cy", "23 12:00 Dee"]


def test_who_is_alone_on_call_has_nothing_to_take(desk: RosterDesk):
    with pytest.raises(DeskError, match="nothing to take"):
        desk.roster.take(desk.kept, *TUESDAY, desk.by("Cy"))


# ---- swaps


def asked(desk: RosterDesk) -> int:
    """Cy gives Tuesday for Bo's Wednesday."""
    return desk.roster.swaps.ask(desk.kept, desk.ids["Bo"], TUESDAY, desk.by("Cy"), back=WEDNESDAY).id


def test_asking_alone_changes_nothing_and_tells_the_other(desk: RosterDesk):
    asked(desk)
    assert desk.plan(desk.kept) == ["23 09:00 Bo", "24 09:00 Cy", "25 09:00 Bo"]
    assert [title for title, _ in desk.told("roster.swap")] == ["Swap asked for: Bo Lund"]


def test_agreed_the_shifts_change_hands(desk: RosterDesk):
    swap = desk.roster.swaps.answer(asked(desk), desk.by("Bo"), accepts=True)
    assert swap.state == "accepted"
    assert desk.plan(desk.kept) == ["23 09:00 Bo", "24 09:00 Bo", "25 09:00 Cy"]


def test_agreed_the_asker_is_told(desk: RosterDesk):
    swap = asked(desk)
    desk.forget_told()
    desk.roster.swaps.answer(swap, desk.by("Bo"), accepts=True)
    assert [title for title, _ in desk.told("roster.swap")] == ["Swap agreed: Cy Marsh"]
    assert [title for title, _ in desk.told()] == ["Shifts of Cy Marsh moved"]


def test_declined_and_withdrawn_change_nothing(desk: RosterDesk):
    desk.roster.swaps.answer(asked(desk), desk.by("Bo"), accepts=False, why="away")
    desk.roster.swaps.withdraw(asked(desk), desk.by("Cy"))
    assert [swap.state for swap in desk.roster.swaps.recent()] == ["withdrawn", "declined"]
    assert desk.plan(desk.kept) == ["23 09:00 Bo", "24 09:00 Cy", "25 09:00 Bo"]


@pytest.mark.parametrize("who", ["Cy", "Ada", "Dee"])
def test_nobody_agrees_for_another(desk: RosterDesk, who: str):
    with pytest.raises(NotAllowed, match="Only Bo Lund"):
        desk.roster.swaps.answer(asked(desk), desk.by(who), accepts=True)


def test_only_who_asked_withdraws(desk: RosterDesk):
    with pytest.raises(NotAllowed, match="Only Cy Marsh"):
        desk.roster.swaps.withdraw(asked(desk), desk.by("Bo"))


def test_a_swap_is_answered_once(desk: RosterDesk):
    swap = asked(desk)
    desk.roster.swaps.answer(swap, desk.by("Bo"), accepts=False)
    with pytest.raises(Conflict, match="declined already"):
        desk.roster.swaps.answer(swap, desk.by("Bo"), accepts=True)


def test_a_swap_goes_stale_when_one_of_its_shifts_moves(desk: RosterDesk):
    asked(desk)
    desk.roster.take(desk.kept, at("25 10:00"), at("25 11:00"), desk.by("Dee"))
    (swap,) = desk.roster.swaps.recent()
    assert (swap.state, swap.ended_why) == ("stale", "Bo Lund is not on call then any more.")


def test_both_hear_that_a_swap_went_stale(desk: RosterDesk):
    asked(desk)
    desk.forget_told()
    desk.roster.save(desk.kept, a_rota(["Bo Lund"]), "", desk.by("Ada"))
    assert [title for title, _ in desk.told("roster.swap")] == [
        "Swap no longer possible: Cy Marsh",
        "Swap no longer possible: Bo Lund",
    ]


def test_a_swap_whose_shift_has_begun_is_stale_when_answered(desk: RosterDesk):
    swap = asked(desk)
    desk.clock.set(at("24 10:00"))
    answered = desk.roster.swaps.answer(swap, desk.by("Bo"), accepts=True)
    assert (answered.state, answered.ended_why) == ("stale", "The shift of Cy Marsh has begun.")
    assert desk.plan(desk.kept)[1] == "24 09:00 Cy"


def test_a_swap_elsewhere_in_the_rota_stays_asked(desk: RosterDesk):
    asked(desk)
    desk.roster.take(desk.kept, at("23 10:00"), at("23 11:00"), desk.by("Dee"))
    assert [swap.state for swap in desk.roster.swaps.recent()] == ["asked"]


@pytest.mark.parametrize(
    ("shift", "back", "field"),
    [(WEDNESDAY, None, "shift"), (TUESDAY, TUESDAY, "back"), ((NOW, at("23 10:00")), None, "shift")],
)
def test_only_ones_own_shifts_to_come_are_swapped(desk: RosterDesk, shift, back, field: str):
    with pytest.raises(DeskError) as caught:
        desk.roster.swaps.ask(desk.kept, desk.ids["Bo"], shift, desk.by("Cy"), back=back)
    assert caught.value.field == field


def test_an_accepted_swap_is_seen_in_every_answer(desk: RosterDesk):
    desk.roster.swaps.answer(asked(desk), desk.by("Bo"), accepts=True)
    (person,) = desk.roster.on_call("Payments", TUESDAY[0] + timedelta(hours=1))
    assert person.name == "Bo Lund"
