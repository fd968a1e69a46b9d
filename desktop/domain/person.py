"""People of the desk, the roles they hold, and who or what acts."""

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum


class Role(StrEnum):
    """What somebody decides at the desk; OWNER is never held, it follows from owning one escalation."""

    COORDINATOR = "coordinator"
    LEAD = "lead"
    OWNER = "owner"
    ON_CALL = "on-call"
    SENIOR_ENGINEER = "senior engineer"
    ON_CALL_LEADER = "on-call leader"
    TRAINER = "trainer"
    STEERING_COMMITTEE = "steering committee"


@dataclass(frozen=True, slots=True)
class Person:
    """One person; quiet hours are wall times of `zone`, both or neither.

    `working_hours` is a text as in `working_hours`, empty where those of the team count.
    """

    id: int
    name: str
    initials: str
    email: str = ""
    team: str = ""
    zone: str = "UTC"
    quiet_from: time | None = None
    quiet_to: time | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    active: bool = True
    working_hours: str = ""
    phone: str = ""

    def actor(self) -> "Actor":
        """This person as somebody who acts."""
        return Actor(self.name, self.id, self.roles)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who or what does something: a person with roles, or the desk itself under the name of its rule."""

    name: str
    person_id: int | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    automatic: bool = False

    @classmethod
    def system(cls, name: str) -> "Actor":
        """The desk acting by itself; `name` says which part of it."""
        return cls(name, automatic=True)
