"""Who is alarmed at which step, and when the next one is taken."""

from desktop.domain.alarm import Told
from desktop.domain.ladder import next_act, reach, repeats_passed, rungs, targets_of
from desktop.domain.person import Person, Role
from desktop.domain.policy import Occasion, Priority
from tests.domain.alarms import MINUTE, POLICY, a_breach, a_concern
from tests.factories import MONDAY_US

NOW = MONDAY_US
P1_STEPS = POLICY.ladder[Priority.P1]
BREACHED = POLICY.announce[Occasion.BREACHED]
MAYA = Person(1, "Maya Chen", "MC", roles=frozenset({Role.COORDINATOR}))
TOM = Person(2, "Tom Reed", "TR", roles=frozenset({Role.COORDINATOR}))
LEO = Person(3, "Leo Park", "LP", roles=frozenset({Role.ON_CALL_LEADER}))
GONE = Person(4, "Gone Long", "GL", roles=frozenset({Role.ON_CALL}), active=False)
PEOPLE = {person.id: person for person in (MAYA, TOM, LEO, GONE)}


def acknowledge_breach(**fields):
    return a_breach(kind="acknowledge", priority="P1", **fields)


def names(targets, owner_id=0, operator_id=0):
    return [person.name for person in reach(targets, owner_id, PEOPLE, operator_id).people]


def test_a_breach_climbs_the_steps_of_its_own_promise():
    steps = rungs(acknowledge_breach(), BREACHED, P1_STEPS)
    assert [(rung.delay_us // MINUTE, rung.targets) for rung in steps] == [
        (5, ("role:coordinator",)),
        (10, ("role:on-call leader",)),
    ]


def test_a_warning_has_no_steps():
    assert rungs(a_concern(priority="P1"), POLICY.announce[Occasion.BREACHING_SOON], P1_STEPS) == ()


def test_a_missing_owner_has_no_steps_of_its_own():
    assert rungs(a_breach(kind="assign"), BREACHED, P1_STEPS) == ()


def test_a_step_without_delay_belongs_to_the_breach():
    assert targets_of(acknowledge_breach(), BREACHED, P1_STEPS) == (*BREACHED.to, "owner")


def test_the_first_step_comes_before_the_first_repeat():
    act = next_act(
        acknowledge_breach(), Told.ALONE, BREACHED, rungs(acknowledge_breach(), BREACHED, P1_STEPS), NOW
    )
    assert act is not None
    assert (act.at_us, act.climbs) == (NOW + 5 * MINUTE, True)


def test_the_second_step_counts_from_the_breach():
    step = acknowledge_breach(step=1, raised_us=NOW + 5 * MINUTE)
    act = next_act(step, Told.ALONE, BREACHED, rungs(step, BREACHED, P1_STEPS), NOW + 5 * MINUTE)
    assert act is not None
    assert act.at_us == NOW + 10 * MINUTE


def test_the_last_step_is_repeated_as_often_as_it_says():
    step = acknowledge_breach(step=2, raised_us=NOW)
    ladder = rungs(step, BREACHED, P1_STEPS)
    looks = [NOW + minutes * MINUTE for minutes in range(60)]
    instants = {act.at_us for now in looks if (act := next_act(step, Told.ALONE, BREACHED, ladder, now))}
    assert sorted(instants) == [NOW + 10 * MINUTE, NOW + 20 * MINUTE, NOW + 30 * MINUTE]


def test_what_was_told_in_company_is_not_repeated():
    assert next_act(a_breach(kind="assign"), Told.GROUPED, BREACHED, (), NOW) is None


def test_a_breach_without_steps_is_repeated_more_and_more_seldom():
    breach = a_breach(kind="assign")
    assert [repeats_passed(breach, BREACHED, (), NOW + minutes * MINUTE) for minutes in (14, 15, 30, 60)] == [
        0,
        1,
        2,
        3,
    ]


def test_a_new_escalation_names_the_next_person_after_its_repeats():
    new = a_concern(threshold="new", kind="", commitment_id=0)
    (rung,) = rungs(new, POLICY.announce[Occasion.NEW], P1_STEPS)
    assert (rung.delay_us // MINUTE, rung.targets) == (20, ("role:coordinator",))


def test_whoever_sits_here_is_the_coordinator_on_shift():
    assert names(["role:coordinator"], operator_id=TOM.id) == ["Tom Reed"]


def test_without_one_here_every_coordinator_counts():
    assert names(["role:coordinator"], operator_id=LEO.id) == ["Maya Chen", "Tom Reed"]


def test_a_person_reached_twice_is_told_once():
    assert names(["owner", "role:on-call leader", "person:Leo Park"], owner_id=LEO.id) == ["Leo Park"]


def test_a_role_held_only_by_somebody_who_left_reaches_nobody():
    reached = reach(["role:on-call"], 0, PEOPLE, MAYA.id)
    assert (reached.people, reached.empty) == ((), ("role:on-call",))
