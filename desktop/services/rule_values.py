"""Checks what a rule names against what exists: issue types, areas, people, customers, sources, tiers."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from db.queries import customer as customers
from db.queries import person as people
from db.queries import source as sources
from db.unit_of_work import Session
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.intake import area_of
from desktop.domain.policy import Policy
from desktop.domain.rule import Condition, Conditions, Rule
from desktop.domain.rule_field import nearest
from desktop.services.rule_names import customer_of

_COMPARED = ("is", "is not", "is one of")


class Known:
    """What exists at the desk, looked up when a rule first names such a thing."""

    def __init__(self, session: Session, policy: Policy) -> None:
        self.session = session
        self.policy = policy
        self.areas = {area.key for area in policy.areas}
        self.issue_types = {kind.key for area in policy.areas for kind in area.issue_types}
        self.tiers = {tier.key for tier in policy.tiers}

    @cached_property
    def people(self) -> dict[int | str, str]:
        """Everybody at the desk, by number and by name."""
        here = [person for person in people.all_people(self.session) if person.active]
        return {key: person.name for person in here for key in (person.id, person.name)}

    @cached_property
    def sources(self) -> set[str]:
        """The keys of all sources."""
        return {source.key for source in sources.all_sources(self.session)}

    def has_customer(self, wanted: int | str) -> bool:
        """Whether there is a customer of this number or name."""
        return customer_of(self.session, wanted) is not None

    def customer_names(self) -> list[str]:
        """What customers are called."""
        return [customer.name for customer in customers.all_customers(self.session)]


def check_values(session: Session, rule: Rule, policy: Policy) -> None:
    """Let pass a rule that names only what exists.

    Raises: DeskError with the path of the fault and what was meant.
    """
    _check(Known(session, policy), rule)


def fault_of(known: Known, rule: Rule) -> str:
    """What a rule names that does not exist; empty where all of it does."""
    try:
        _check(known, rule)
    except DeskError as error:
        return str(error)
    return ""


def _check(known: Known, rule: Rule) -> None:
    for path, condition in _conditions(rule.conditions, "conditions"):
        _check_condition(known, condition, f"{path}.value")
    checks: dict[str, Callable[[Known, str | int, str], None]] = {
        "set_issue_type": _issue_type,
        "set_area": _area,
        "set_customer": _customer,
        "assign": _person,
    }
    values = {}
    for place, action in enumerate(rule.actions):
        path = f"actions[{place}].value"
        if action.kind in checks:
            checks[action.kind](known, action.value, path)
        values[action.kind] = (action.value, path)
    if {"set_area", "set_issue_type"} <= values.keys():
        area, path = values["set_area"]
        _located(lambda: area_of(area, values["set_issue_type"][0], known.policy), path)


def _conditions(part: Condition | Conditions, path: str) -> Iterator[tuple[str, Condition]]:
    if isinstance(part, Condition):
        yield path, part
        return
    for place, inner in enumerate(part.parts):
        yield from _conditions(inner, f"{path}.{part.join}[{place}]")


def _check_condition(known: Known, condition: Condition, path: str) -> None:
    if condition.operator not in _COMPARED or condition.field not in ("source", "tier"):
        return
    wanted = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    there = known.sources if condition.field == "source" else known.tiers
    for value in wanted:
        _must_be(str(value), there, "source" if condition.field == "source" else "customer tier", path)


def _issue_type(known: Known, value: str | int, path: str) -> None:
    _must_be(str(value), known.issue_types, "issue type", path)


def _area(known: Known, value: str | int, path: str) -> None:
    _must_be(str(value), known.areas, "product area", path)


def _person(known: Known, value: str | int, path: str) -> None:
    if value not in known.people:
        raise _unknown(value, set(known.people.values()), "person at the desk", path)


def _customer(known: Known, value: str | int, path: str) -> None:
    if not known.has_customer(value):
        raise _unknown(value, known.customer_names(), "customer", path)


def _must_be(value: str, there: set[str], noun: str, path: str) -> None:
    if value not in there:
        raise _unknown(value, sorted(there), noun, path)


def _unknown(value: str | int, there: Iterable[str], noun: str, path: str) -> NotFound:
    by_word = {word.lower(): word for word in there}
    hint = nearest(str(value), by_word)
    for lower, word in by_word.items():
        hint = hint.replace(f"“{lower}”", f"“{word}”")
    return NotFound(f"{path}: there is no {noun} “{value}”.", field=path, hint=hint)


def _located(check: Callable[[], object], path: str) -> None:
    try:
        check()
    except DeskError as error:
        raise DeskError(f"{path}: {error.message}", field=path, hint=error.hint) from None
