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
class SettingChanged:
    """Another value of a setting is kept and in force."""

    key: str


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


@dataclass(frozen=True, slots=True)
class MessagesKept:
    """Messages came from outside and wait to be read."""

    count: int


@dataclass(frozen=True, slots=True)
class SignalsDecided:
    """Signals were given their disposition; how many of each."""

    revision: int
    opened: int = 0
    joined: int = 0
    suppressed: int = 0
    held: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class SourcesChanged:
    """Sources were added, changed, braked or released."""

    revision: int


@dataclass(frozen=True, slots=True)
class RulesChanged:
    """Rules were changed, or one dropped out by its breaker."""

    revision: int


@dataclass(frozen=True, slots=True)
class SwitchTurned:
    """A person has stopped all automation, or let it go on; `reason` is empty when it runs."""

    is_stopped: bool
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class MaintenanceChanged:
    """A maintenance window was planned, announced, opened, closed or cancelled."""

    revision: int


@dataclass(frozen=True, slots=True)
class HandoffsChanged:
    """Handoffs were drafted, offered, answered or withdrawn."""

    ids: tuple[int, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class RosterChanged:
    """Schedules, overrides, swaps, teams or time off are others than before."""

    revision: int


@dataclass(frozen=True, slots=True)
class ChannelsChanged:
    """Somebody can be reached by other channels than before, or one of them was tested."""

    person_ids: tuple[int, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class StandupsChanged:
    """A stand-up was started or ended, or somebody's turn came."""

    ids: tuple[int, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class PlaybooksChanged:
    """Playbooks were drafted, published, retired or read from a repository."""

    ids: tuple[int, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class PlaybookRunsChanged:
    """The checklists of these escalations are others than before."""

    escalation_ids: tuple[int, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class TemplatesChanged:
    """Templates of messages were drafted, published or retired."""

    revision: int


@dataclass(frozen=True, slots=True)
class MessagesChanged:
    """Drafts, messages, promises or facts for messages of these escalations are others than before."""

    escalation_ids: tuple[int, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class ContactsChanged:
    """Who is written to, or how mail leaves the desk, is another than before."""

    revision: int


@dataclass(frozen=True, slots=True)
class DrillsChanged:
    """Scenarios, runs, gaps or actions are others than before; `run_id` 0 where no run is meant."""

    run_id: int = 0
