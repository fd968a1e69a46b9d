"""Rules, signals and facts as tests need them."""

from datetime import UTC, datetime

from desktop.domain.facts import MISSING, SignalFacts
from desktop.domain.rule import Rule, compile
from desktop.domain.signal import Signal, SignalAction

AT = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # a Monday


def cond(field, operator, value=None):
    """One condition as documents write it."""
    return {"field": field, "operator": operator} | ({} if value is None else {"value": value})


def do(kind, value=None):
    """One action as documents write it."""
    return {"kind": kind} | ({} if value is None else {"value": value})


ALWAYS = cond("source", "exists")


def a_document(*actions, when=(ALWAYS,), join="all", **more):
    """The document of a rule."""
    return {
        "name": "Checkout",
        "conditions": {join: list(when)},
        "actions": list(actions or [do("open")]),
    } | more


def a_rule(*actions, **more):
    """A rule that holds for everything, unless `when` says otherwise."""
    return Rule.from_mapping(a_document(*actions, **({"id": 1, "version": 1} | more)))


def a_signal(title="Checkout fails in EU", action="trigger", severity_hint="critical", **fields):
    """A signal with the sender's fields."""
    return Signal(SignalAction(action), "k", title, severity_hint, None, fields)


def facts(signal=None, counts=None, **more):
    """The facts of a signal; counts by name."""
    known = counts or {}
    given = {"source": "monitoring-eu", "kind": "alertmanager"} | more
    return SignalFacts(signal or a_signal(), counts=lambda field: known.get(field, MISSING), **given)


def decided(*rules, on=None, locked=(), tripped=()):
    """What rules make of the facts."""
    return compile(rules, frozenset(tripped)).decide(on or facts(), frozenset(locked))


def holds(condition, on):
    """Whether a condition holds of facts."""
    return bool(decided(a_rule(when=[condition]), on=on).applied)
