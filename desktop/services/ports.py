"""What the desk's automation needs of others, as small protocols."""

from collections.abc import Sequence
from typing import Protocol

from desktop.domain.escalation import Done
from desktop.domain.person import Actor, Person
from desktop.domain.policy import Policy


class People(Protocol):
    """Who is told."""

    def all(self, *, inactive: bool = False) -> Sequence[Person]:
        """Everybody at the desk, with `inactive` former people too."""
        ...

    def operator(self) -> Person | None:
        """Who sits at this desk; None while nobody has said."""
        ...


class Policies(Protocol):
    """Policy versions."""

    def active(self) -> Policy:
        """The one in force."""
        ...

    def version(self, number: int) -> Policy:
        """One by its number."""
        ...

    def notice_change(self) -> bool:
        """Tell the desk where another one came into force."""
        ...


class Keeper(Protocol):
    """What time alone does to escalations, by the services that own those rules."""

    def end_overdue_pauses(self) -> tuple[Done, ...]:
        """End pauses whose limit has come."""
        ...

    def end_due_snoozes(self) -> tuple[Done, ...]:
        """End snoozes whose time is over."""
        ...

    def remind_or_return(self, escalation_id: int) -> Done | None:
        """Remind the owner of a forgotten escalation, or take it back."""
        ...

    def refresh_clocks(self) -> tuple[int, ...]:
        """Bring the clocks of the board up to date."""
        ...

    def acknowledge(self, escalation_id: int, by: Actor, note: str) -> Done | None:
        """Acknowledge an escalation that wants it."""
        ...
