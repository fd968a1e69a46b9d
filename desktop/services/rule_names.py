"""Whom and what rules mean by the names and numbers they hold."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.queries import customer as customers
from db.queries import on_call
from db.queries import person as people
from db.queries import rule_name as called
from db.unit_of_work import Session
from desktop.domain.customer import Customer, name_key
from desktop.domain.person import Person, Role
from desktop.domain.policy import Policy
from desktop.domain.rule_action import Names


def person_of(session: Session, wanted: object) -> Person | None:
    """Whom a rule names by number or name; None where nobody at the desk is called so."""
    known = [person for person in people.all_people(session) if person.active]
    return next((person for person in known if wanted in (person.id, person.name)), None)


def on_call_for(session: Session, team: str, at: datetime) -> Person | None:
    """Who is on call for a team at an instant, by its rota: the first of several, None for nobody.

    A team without a rota is asked for those who hold the role. Without a team's name all are asked, rotas
    first.
    """
    scheduled: frozenset[str] = frozenset()
    if on_call.has_schedule(session):
        from desktop.services.roster_read import first_on_call, scheduled_teams  # a desk may have no rota

        scheduled = scheduled_teams(session)
        found = first_on_call(session, team, at)
        if found is not None or team.casefold() in scheduled:
            return found
    holders = [
        person
        for person in people.by_role(session, Role.ON_CALL)
        if (not team or person.team == team) and person.team.casefold() not in scheduled
    ]
    return min(holders, key=lambda person: person.id, default=None)


def customer_of(session: Session, wanted: object) -> Customer | None:
    """The customer a rule names by number or name."""
    if isinstance(wanted, int):
        return customers.by_id(session, wanted)
    return customers.by_key(session, name_key(str(wanted)))


def names_of(session: Session, policy: Policy) -> Names:
    """What people read for the numbers and keys in rules, by kind of action or field, and value."""
    by_kind: dict[str, Mapping[Any, str]] = {
        "assign": called.people(session),
        "set_customer": called.customers(session),
        "set_area": {area.key: area.name for area in policy.areas},
        "set_issue_type": {kind.key: kind.name for area in policy.areas for kind in area.issue_types},
        "source": called.sources(session),
        "tier": {tier.key: tier.name for tier in policy.tiers},
    }
    return {(kind, value): name for kind, names in by_kind.items() for value, name in names.items()}
