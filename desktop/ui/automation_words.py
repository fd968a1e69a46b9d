"""What a person reads about automation: that it is stopped, and what holds it back."""

from collections.abc import Sequence
from datetime import datetime

from desktop.services.switch import Stopped
from desktop.ui.text import counted, listed, moment

_NAMED = 3


def halt_words(halt: Stopped, now: datetime) -> str:
    """Who stopped it, since when and why, in one line."""
    return f"{halt.by} stopped it {moment(halt.at, now)}: {halt.reason}"


def waiting_words(waiting: int) -> str:
    """What came meanwhile."""
    if not waiting:
        return "No signal has come since. Alarms go on."
    verb = "waits" if waiting == 1 else "wait"
    return f"{counted(waiting, 'signal')} {verb} to be decided. Alarms go on."


def storm_words(names: Sequence[str]) -> str:
    """Which sources are braked and what that means."""
    verb = "sends" if len(names) == 1 else "send"
    return f"{_named(names, 'source')} {verb} more than may open escalations: new signals wait for a person."


def tripped_words(names: Sequence[str]) -> str:
    """Which rules only propose and what to do."""
    rules, only = ("rule", "only proposes") if len(names) == 1 else ("rules", "only propose")
    quoted = [f"“{name}”" for name in names]
    return f"The {rules} {_named(quoted, 'rule')} fired abnormally often and {only} until restored."


def maintenance_words(names: Sequence[str]) -> str:
    """Which maintenance goes on."""
    return f"Maintenance goes on: {_named(names, 'window')}. What it covers opens no escalation."


def _named(names: Sequence[str], noun: str) -> str:
    left = len(names) - _NAMED
    return listed([*names[:_NAMED], counted(left, f"more {noun}")] if left > 0 else list(names))
