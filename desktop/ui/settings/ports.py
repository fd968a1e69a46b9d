"""What the settings page asks of the desk; all of it on the worker, except `current`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.domain.customer import Customer, ListedCustomer
from desktop.domain.customer_change import CustomerDone, Rescoring
from desktop.domain.person import Actor, Person
from desktop.domain.policy import Policy
from desktop.services.settings import Settings
from desktop.ui.settings.sending_ports import KeepsSending
from desktop.ui.settings.staff_ports import KeepsChannels, KeepsLadder, KeepsStaff
from desktop.ui.settings.tone_ports import KeepsTone


class KeepsSettings(Protocol):
    """The settings of this desk."""

    @property
    def current(self) -> Settings:
        """As last read or set; cheap."""
        ...

    def set(self, key: str, value: str | bool | int) -> Settings:
        """Keep one."""
        ...


class KeepsPeople(Protocol):
    """The people of the desk."""

    def all(self, *, inactive: bool = False) -> Sequence[Person]:
        """By name."""
        ...

    def operator(self) -> Person | None:
        """Who works here."""
        ...

    def set_operator(self, person_id: int) -> Person:
        """Somebody else works here from now on."""
        ...

    def create(self, person: Person, by: Actor) -> Person:
        """Add somebody."""
        ...

    def edit(self, person: Person, by: Actor) -> Person:
        """Keep other values of somebody."""
        ...


class BackupFile(Protocol):
    """One backup."""

    @property
    def path(self) -> Path: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def why(self) -> str: ...
    @property
    def size(self) -> int: ...


class KeepsBackups(Protocol):
    """The backups of the database."""

    @property
    def database(self) -> Path: ...
    @property
    def folder(self) -> Path: ...

    def list(self) -> Sequence[BackupFile]:
        """Newest first."""
        ...

    def make(self, why: str = "hand") -> BackupFile:
        """One more, verified."""
        ...

    def verify(self, path: Path) -> str:
        """What is wrong with one; empty when it can be restored."""
        ...


class Verified(Protocol):
    """What a verification found."""

    @property
    def ok(self) -> bool: ...
    @property
    def sentence(self) -> str: ...


class Verifies(Protocol):
    """Looks through the whole history."""

    def verify(self) -> Verified:
        """Whether it is as it was written."""
        ...


class PolicyVersion(Protocol):
    """One version as listed."""

    @property
    def version(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def active_at(self) -> datetime: ...
    @property
    def created_by(self) -> str: ...


class KeepsPolicies(Protocol):
    """Policy versions."""

    def active(self) -> Policy:
        """The one in force."""
        ...

    def versions(self) -> Sequence[PolicyVersion]:
        """Latest first."""
        ...

    def export_yaml(self, number: int | None = None) -> str:
        """One, or the one in force, as a file."""
        ...

    def import_yaml(self, text: str, by: Actor) -> Policy:
        """Keep the policy of a file as the next version, in force at once."""
        ...


class KeepsCustomers(Protocol):
    """The customers of the desk."""

    def listed(self) -> Sequence[ListedCustomer]:
        """All of them, archived ones included, by name."""
        ...

    def add(self, customer: Customer, by: Actor) -> CustomerDone:
        """One more."""
        ...

    def edit(self, customer: Customer, by: Actor) -> CustomerDone:
        """Keep other values of one."""
        ...

    def archive(self, customer_id: int, by: Actor) -> CustomerDone:
        """Offer one no more."""
        ...

    def restore(self, customer_id: int, by: Actor) -> CustomerDone:
        """Offer one again."""
        ...

    def merge(self, customer_id: int, into_id: int, by: Actor) -> CustomerDone:
        """Give everything of a duplicate to another."""
        ...

    def preview(self, customer: Customer) -> Rescoring:
        """What keeping these values would do to open escalations."""
        ...

    def preview_merge(self, customer_id: int, into_id: int) -> Rescoring:
        """What a merge would do to open escalations."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsServices:
    """Everything the page asks for. `is_sample` says whether this is the sample desk.

    A desk of the past has no `channels` and no `sending`: nothing leaves it.
    """

    settings: KeepsSettings
    people: KeepsPeople
    staff: KeepsStaff
    channels: KeepsChannels | None
    ladder: KeepsLadder
    customers: KeepsCustomers
    backups: KeepsBackups
    audit: Verifies
    policies: KeepsPolicies
    is_sample: bool = False
    sending: KeepsSending | None = None
    tone: KeepsTone | None = None
