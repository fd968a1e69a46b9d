"""Parent and child: of escalations of one cause only the parent announces, and nothing of a child is lost."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.person import Actor, Role
from desktop.services.family import FamilyService
from desktop.services.family_tree import ancestors, announcer
from desktop.services.search import SearchService
from tests.services.alarm_desk import P1, P2, AlarmDesk
from tests.services.signal_desk import SignalDesk


@pytest.fixture
def alarms(store, clock):
    return AlarmDesk(store, clock)


def a_family(base) -> FamilyService:
    cases = base.do.cases if isinstance(base, AlarmDesk) else base.base.commands.cases
    return FamilyService(cases=cases, search=SearchService(store=base.store, clock=base.clock))


@pytest.fixture
def family(alarms):
    return a_family(alarms)


def parent_and_child(alarms, family, **facts):
    """Both told of as new, then made parent and child."""
    parent, child = alarms.open("Acme", **P1), alarms.open("Brisk", **(facts or P1))
    alarms.sweep()
    alarms.clock.forward(seconds=1)
    family.set_parent(child, parent, alarms.me)
    alarms.sweep()
    alarms.shown.clear()
    return parent, child


def to(alarms, **span):
    """Lets time pass without the desk having been away; gives what was told of which escalation."""
    alarms.clock.forward(**span)
    alarms.calm()
    alarms.shown.clear()
    alarms.sweep()
    return [(item.reason, item.escalation_id) for item in alarms.shown]


def suppressed(alarms, escalation_id):
    rows = alarms.rows(
        "SELECT json_extract(body, '$.why') FROM timeline WHERE escalation_id = ?"
        " AND kind = 'alarm.suppressed' ORDER BY seq",
        escalation_id,
    )
    return [row[0] for row in rows]


def test_only_the_parent_announces(alarms, family):
    parent, _ = parent_and_child(alarms, family)
    told = to(alarms, minutes=20)
    assert {escalation_id for _, escalation_id in told} == {parent}


def test_alarms_of_a_child_are_raised_and_on_its_timeline_with_the_reason(alarms, family):
    _, child = parent_and_child(alarms, family)
    to(alarms, minutes=20)
    assert alarms.thresholds(child, "assign") != []
    assert set(suppressed(alarms, child)) == {"ESC-2026-0001 announces for it"}


def test_what_was_told_of_a_child_is_taken_off_the_screen(alarms, family):
    child = parent_and_child(alarms, family)[1]
    views = [(view.told, view.is_banner) for view in alarms.alarm.alarms_of(child)]
    assert views == [("suppressed", False)]


def test_the_card_of_a_child_names_nobody_to_be_told(alarms, family):
    _, child = parent_and_child(alarms, family)
    (row,) = alarms.rows("SELECT next_told, next_told_at FROM escalation WHERE id = ?", child)
    assert tuple(row) == ("", None)


def test_a_child_on_its_own_again_announces_what_still_stands(alarms, family):
    _, child = parent_and_child(alarms, family)
    to(alarms, minutes=20)
    family.clear_parent(child, alarms.me)
    assert child in [escalation_id for _, escalation_id in to(alarms, seconds=5)]


@pytest.mark.parametrize("end", ["resolve", "to_standard"])
def test_a_child_whose_parent_ends_announces_again(alarms, family, end):
    parent, child = parent_and_child(alarms, family)
    to(alarms, minutes=20)
    reason = {"reason": "Not ours"} if end == "to_standard" else {}
    getattr(alarms.do.transition, end)(parent, alarms.amara.actor(), **reason)
    assert [escalation_id for _, escalation_id in to(alarms, seconds=5)] == [child]


def test_a_child_whose_parent_comes_back_is_silent_again(alarms, family):
    parent, child = parent_and_child(alarms, family)
    alarms.do.transition.resolve(parent, alarms.amara.actor())
    to(alarms, seconds=5)
    alarms.do.transition.reopen(parent, alarms.me, "It came back")
    assert child not in [escalation_id for _, escalation_id in to(alarms, minutes=20)]


def test_a_child_that_ends_is_not_heard_of_again(alarms, family):
    _, child = parent_and_child(alarms, family)
    alarms.do.transition.resolve(child, alarms.amara.actor())
    family.clear_parent(child, alarms.me)
    assert child not in [escalation_id for _, escalation_id in to(alarms, minutes=20)]


def test_a_child_of_a_snoozed_parent_does_not_announce_in_its_place(alarms, family):
    parent, _ = parent_and_child(alarms, family)
    until = alarms.clock.now() + timedelta(minutes=4)
    alarms.do.snooze.snooze(parent, until, "At lunch", alarms.me)
    assert to(alarms, minutes=3) == []


def test_undone_both_announce(alarms, family):
    parent, child = alarms.open("Acme", **P1), alarms.open("Brisk", **P1)
    alarms.sweep()
    done = family.set_parent(child, parent, alarms.me)
    alarms.do.undoing.undo(done.seqs, alarms.me)
    assert family.family(child).parent is None
    assert {parent, child} <= {escalation_id for _, escalation_id in to(alarms, minutes=20)}


def test_both_show_their_family(alarms, family):
    parent, child = parent_and_child(alarms, family)
    assert family.family(child).parent.id == parent
    assert [(one.id, one.customer) for one in family.family(parent).children] == [(child, "Brisk")]


def test_who_is_part_of_another_stands_for_that_one(alarms, family):
    parent, child = parent_and_child(alarms, family)
    third = alarms.open("Corto", **P2)
    family.set_parent(third, child, alarms.me)
    assert family.family(third).parent.id == parent


def test_its_own_children_come_along_and_undo_takes_all_back(alarms, family):
    parent, child = parent_and_child(alarms, family)
    top = alarms.open("Corto", **P2)
    done = family.set_parent(parent, top, alarms.me)
    assert [one.id for one in family.family(top).children] == [parent, child]
    alarms.do.undoing.undo(done.seqs, alarms.me)
    assert ([one.id for one in family.family(parent).children], family.family(top).children) == ([child], ())


def test_nobody_is_part_of_what_is_part_of_them(alarms, family):
    parent, child = parent_and_child(alarms, family)
    with pytest.raises(DeskError, match="part of itself or of what is part of it"):
        family.set_parent(parent, child, alarms.me)


def test_what_has_ended_is_no_parent(alarms, family):
    parent, child = alarms.open("Acme"), alarms.open("Brisk")
    alarms.do.transition.resolve(parent, alarms.amara.actor())
    with pytest.raises(DeskError, match="ESC-2026-0001 is resolved"):
        family.set_parent(child, parent, alarms.me)


def test_who_has_no_parent_cannot_leave_one(alarms, family):
    with pytest.raises(DeskError, match="has no parent"):
        family.clear_parent(alarms.open(), alarms.me)


def test_only_the_desk_may_let_an_escalation_be_silent(alarms, family):
    with pytest.raises(NotAllowed):
        family.set_parent(alarms.open(), alarms.open(), Actor("Theo", 9, frozenset({Role.TRAINER})))


def test_merging_a_parent_hands_its_children_to_the_survivor(alarms, family):
    parent, child = parent_and_child(alarms, family)
    survivor = alarms.open("Corto", **P2)
    done = alarms.do.merging.merge(parent, survivor, alarms.me)
    assert family.family(child).parent.id == survivor
    alarms.do.undoing.undo(done.seqs, alarms.me)
    assert family.family(child).parent.id == parent


def test_a_parent_merged_into_its_child_leaves_it_on_its_own(alarms, family):
    parent, child = parent_and_child(alarms, family)
    other = alarms.open("Corto", **P2)
    family.set_parent(other, parent, alarms.me)
    alarms.do.merging.merge(parent, child, alarms.me)
    assert family.family(child).parent is None
    assert [one.id for one in family.family(child).children] == [other]


def test_the_timeline_tells_of_it_on_both_sides(alarms, family):
    parent, child = parent_and_child(alarms, family)
    family.clear_parent(child, alarms.me, "Another cause")
    assert alarms.events(child, "escalation.parent%") == [
        "escalation.parent_set",
        "escalation.parent_cleared",
    ]
    assert alarms.events(parent, "escalation.parent%") == ["escalation.parent_set"]


def test_the_same_kind_of_signal_is_proposed_first(desk: SignalDesk):
    first = desk.send("db1", title="Disk of db1 is full")
    second = desk.send("db2", title="Disk of db2 is full")
    desk.base.open(title="Disk of the mail server is full")
    found = a_family(desk).similar(second.escalation_id)
    assert [(one.hit.id == first.escalation_id, one.why) for one in found] == [
        (True, "The same kind of signal"), (False, "Same customer, similar title"),
    ]  # fmt: skip


def test_what_is_family_already_is_not_proposed(desk: SignalDesk):
    first, second = desk.send("db1"), desk.send("db2")
    service = a_family(desk)
    service.set_parent(second.escalation_id, first.escalation_id, desk.lead)
    assert service.similar(first.escalation_id) == service.similar(second.escalation_id) == ()


def test_no_way_up_leads_back_even_over_one_that_had_ended(alarms, family):
    """A child of what has ended takes one in; what had ended comes back and shall be part of that one."""
    top, middle, low = (alarms.open(name, **P2) for name in ("Acme", "Brisk", "Corto"))
    family.set_parent(middle, top, alarms.me)
    alarms.do.transition.resolve(top, alarms.amara.actor())
    family.set_parent(low, middle, alarms.me)
    alarms.do.transition.reopen(top, alarms.me, "It came back")
    with pytest.raises(DeskError, match="part of itself or of what is part of it"):
        family.set_parent(top, low, alarms.me)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    deeds=st.lists(
        st.tuples(
            st.sampled_from(["set", "set", "clear", "end", "reopen", "merge"]),
            st.integers(0, 4),
            st.integers(0, 4),
        ),
        max_size=12,
    )
)
def test_whatever_is_done_somebody_announces_for_everybody(store, clock, deeds):
    alarms = AlarmDesk(store, clock)
    family = a_family(alarms)
    ids = [alarms.open(f"Customer {place}", **P2) for place in range(5)]
    do = alarms.do
    for deed, one, other in deeds:
        with suppress(DeskError):
            if deed == "set":
                family.set_parent(ids[one], ids[other], alarms.me)
            elif deed == "clear":
                family.clear_parent(ids[one], alarms.me)
            elif deed == "end":
                do.transition.resolve(ids[one], alarms.amara.actor())
            elif deed == "reopen":
                do.transition.reopen(ids[one], alarms.me, "Again")
            else:
                do.merging.merge(ids[one], ids[other], alarms.me)
    with store.read() as session:
        for id_ in ids:
            above = [found.id for found in ancestors(session, id_)]
            assert id_ not in above
            top = announcer(session, id_)
            assert not any(found.is_open for found in ancestors(session, top)[:1])


def test_one_word_in_common_proposes_nothing_two_say_which(alarms, family):
    first = alarms.open("Acme", title="Disk usage of the booking database is high")
    alarms.open("Brisk", title="Disk of a laptop was stolen")
    like = alarms.open("Brisk", title="Booking database answers slowly")
    proposed = {one.hit.id: one.why for one in family.similar(first)}
    assert proposed == {like: "Words in common: booking, database"}
