"""Decision rights, as the rules table has them."""

import pytest

from desktop.domain.errors import NotAllowed
from desktop.domain.person import Actor, Role
from desktop.domain.rights import RIGHTS, Action, allowed, may, why_not
from tests.factories import an_actor

C, L, OWNER, N, S = Role.COORDINATOR, Role.LEAD, Role.OWNER, Role.ON_CALL, Role.SENIOR_ENGINEER


@pytest.mark.parametrize(
    ("action", "roles"),
    [
        (Action.OPEN, {C, L}),
        (Action.CLASSIFY, {C, L}),
        (Action.ASSIGN, {C, L}),
        (Action.UPDATE, {C, L}),
        (Action.ACKNOWLEDGE, {OWNER, N, C, L}),
        (Action.WORK, {OWNER, N, C, L}),
        (Action.ATTACH, {OWNER, N, C, L}),
        (Action.CONTAIN, {S}),
        (Action.RESOLVE, {S}),
        (Action.OVERRIDE, {C, L}),
        (Action.PAUSE, {OWNER, C}),
    ],
)
def test_the_table_of_decision_rights(action: Action, roles: set[Role]):
    for role in (C, L, N, S, Role.TRAINER, Role.STEERING_COMMITTEE):
        assert allowed(an_actor(role), action) == (role in roles), role
    owner = an_actor(person_id=7)
    assert allowed(owner, action, owner_id=7) == (OWNER in roles)


def test_every_action_has_a_right_and_a_button():
    assert set(RIGHTS) == set(Action)
    assert all(action.word[0].isupper() for action in Action)


def test_owning_another_gives_no_right():
    assert not allowed(an_actor(person_id=7), Action.ACKNOWLEDGE, owner_id=8)


def test_nobody_in_particular_owns_what_nobody_owns():
    assert not allowed(an_actor(person_id=None), Action.ACKNOWLEDGE, owner_id=None)


def test_the_desk_itself_never_confirms_overrides_or_decides():
    desk = Actor.system("Sweep")
    barred = {action for action in Action if not allowed(desk, action)}
    assert barred == {Action.CONTAIN, Action.RESOLVE, Action.OVERRIDE, Action.DECIDE}


def test_a_refusal_says_who_may_and_what_this_person_is():
    with pytest.raises(NotAllowed) as refusal:
        may(an_actor(C, name="Ada Quist"), Action.CONTAIN)
    assert refusal.value.message == "Only a senior engineer may do this: confirm containment."
    assert refusal.value.hint == "Ada Quist has these roles: coordinator."


def test_several_roles_are_listed_in_words():
    assert why_not(an_actor(S), Action.PAUSE) == "Only a coordinator or the owner may do this: pause clock."


def test_what_is_allowed_needs_no_sentence():
    assert why_not(an_actor(L), Action.CLASSIFY) == ""
