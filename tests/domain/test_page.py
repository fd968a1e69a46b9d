"""Who is paged: people are spared where they were paged too often, and somebody else is asked."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.channel import PageChannel, in_turn
from desktop.domain.page import PageTerms, plan_pages
from desktop.domain.person import Person

ADA, BO, CY = (Person(i, name, "") for i, name in enumerate(("Ada", "Bo", "Cy"), start=1))
MORNING = datetime(2026, 11, 24, 7, tzinfo=UTC)


def channels(*people, kinds=("mail",)):
    ways = list(enumerate(kinds))
    return {p.id: [PageChannel(10 * p.id + i, p.id, kind, "") for i, kind in ways] for p in people}


def terms(*people, counts=None, **more):
    return PageTerms(channels=channels(*people), counts=counts or {}, most_per_hour=3, **more)


def names(plan):
    return [one.person.name for one in plan.paged]


def spared(plan):
    return [(one.person.name, one.why) for one in plan.spared]


def test_whoever_has_a_channel_is_paged():
    plan = plan_pages([ADA, BO], [], terms(ADA))
    assert (names(plan), spared(plan)) == (["Ada"], [("Bo", "no channel")])


def test_somebody_paged_too_often_is_spared_while_another_is_there():
    plan = plan_pages([ADA, BO], [[CY]], terms(ADA, BO, CY, counts={1: 3}))
    assert (names(plan), spared(plan)) == (["Bo"], [("Ada", "paged 3 times within the hour")])


def test_where_all_are_spared_the_next_person_is_asked():
    plan = plan_pages([ADA], [[BO], [CY]], terms(ADA, BO, CY, counts={1: 3, 2: 5}))
    assert [(one.person.name, one.instead) for one in plan.paged] == [("Cy", "Ada")]


def test_a_grave_page_with_nobody_else_goes_out_all_the_same():
    plan = plan_pages([ADA], [[BO]], terms(ADA, counts={1: 9}, may_exceed=True))
    assert (names(plan), spared(plan)) == (["Ada"], [])


def test_any_other_page_with_nobody_else_is_spared():
    assert names(plan_pages([ADA], [[BO]], terms(ADA, counts={1: 9}))) == []


def test_somebody_in_quiet_hours_is_left_asleep():
    plan = plan_pages([ADA], [], terms(ADA, quiet_until=lambda person: MORNING))
    assert spared(plan) == [("Ada", "quiet hours")]


def test_a_step_says_which_kind_is_tried_first():
    ways = channels(ADA, kinds=("mail", "chat", "sms"))[1]
    assert [one.kind for one in in_turn(ways, ("sms",))] == ["sms", "mail", "chat"]


@given(
    st.lists(st.sampled_from([ADA, BO, CY]), unique=True),
    st.lists(st.sampled_from([ADA, BO, CY]), unique=True),
    st.dictionaries(st.integers(1, 3), st.integers(0, 6)),
    st.booleans(),
)
def test_nobody_is_paged_twice_nor_over_the_limit_unless_it_is_grave(people, above, counts, is_grave):
    plan = plan_pages(people, [above], terms(ADA, BO, counts=counts, may_exceed=is_grave))
    paged = [one.person.id for one in plan.paged]
    assert len(set(paged)) == len(paged)
    assert is_grave or all(counts.get(person_id, 0) < 3 for person_id in paged)
    assert not set(paged) & {one.person.id for one in plan.spared if one.why == "no channel"}
