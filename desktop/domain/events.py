"""What happened at the desk, as its parts tell one another after it is stored."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EscalationChanged:
    """Escalations were opened or changed; the board asks for what changed since its own revision."""

    ids: tuple[int, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class AlarmsChanged:
    """Alarms were raised, acknowledged, withdrawn or held back."""

    escalation_ids: tuple[int, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class OutboxFilled:
    """Something waits to leave the program."""

    count: int


@dataclass(frozen=True, slots=True)
class PolicyChanged:
    """Another policy version is active."""

    version: int


@dataclass(frozen=True, slots=True)
class PeopleChanged:
    """People were added or changed."""

    ids: tuple[int, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class CustomersChanged:
    """Customers were added or changed."""

    ids: tuple[int, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class AutomationStopped:
    """The desk stopped doing something by itself; people have to know."""

    reason: str


@dataclass(frozen=True, slots=True)
class DataImported:
    """Many rows came in at once: reload rather than ask for each."""

    count: int
    revision: int


@dataclass(frozen=True, slots=True)
class AutomationRunning:
    """What had stopped runs again."""
