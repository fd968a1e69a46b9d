"""Whom the review queue proposes as owner: who is on call by the rota, or without one by the role."""

from dataclasses import replace

import pytest

from desktop.domain.person import Role
from desktop.services.ladder_roster import LadderRoster
from desktop.ui.triage.calls import about
from desktop.ui.triage.ports import TriageServices
from tests.services.call_desk import Calling
from tests.services.signal_desk import SignalDesk


@pytest.fixture
def desk(real_desk):
    return SignalDesk(real_desk.base)


@pytest.fixture
def calling(real_desk):
    return Calling(real_desk.base)


@pytest.fixture
def services(desk, real_desk):
    return TriageServices(
        reviews=desk.review,
        signals=desk.signals,
        search=real_desk.search,
        details=real_desk.escalations.details,
        people=real_desk.person,
        policy=real_desk.policy,
        clock=real_desk.clock,
        on_call=lambda team, at: LadderRoster(desk.store, at)(f"team:{team}"),
    )


def proposed(services, desk, real_desk, calling):
    kept = desk.send("db")
    real_desk.escalations.escalation.edit(kept.escalation_id, {"team": "Payments"}, desk.coordinator)
    row = next(row for row in services.reviews.queue() if row.escalation_id == kept.escalation_id)
    return about(services, row).proposed_owner_id


def test_who_is_on_call_by_the_rota_is_proposed(services, desk, real_desk, calling):
    calling.person("Ana")
    calling.scheduled(ben := calling.person("Ben", roles=frozenset({Role.SENIOR_ENGINEER})))
    assert proposed(services, desk, real_desk, calling) == ben


def test_without_a_rota_somebody_of_the_team_with_that_role_is_proposed(services, desk, real_desk, calling):
    ana = calling.person("Ana")
    assert proposed(services, desk, real_desk, calling) == ana


def test_the_rota_of_another_team_proposes_nobody(services, desk, real_desk, calling):
    calling.scheduled(calling.person("Ben", team="Cards"), team="Cards")
    assert proposed(services, desk, real_desk, calling) is None


def test_where_the_rota_has_nobody_now_nobody_is_proposed(services, desk, real_desk, calling):
    calling.person("Ana")
    empty = replace(services, on_call=lambda _team, _at: ())
    assert proposed(empty, desk, real_desk, calling) is None
