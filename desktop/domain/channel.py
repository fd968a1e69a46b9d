"""Channels: the ways to reach a person beyond the desk, in the order in which they are tried."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class ChannelKind(StrEnum):
    """What a page travels by."""

    MAIL = "mail"
    CHAT = "chat"
    SMS = "sms"
    WEBHOOK = "webhook"

    @property
    def word(self) -> str:
        """The kind on screen."""
        return {"mail": "Mail", "chat": "Chat", "sms": "SMS", "webhook": "Webhook"}[self.value]


class Tested(StrEnum):
    """What came of the last test of a channel."""

    UNTESTED = "untested"
    UNDER_WAY = "under way"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach one person. The address is a secret and is not here; `shown` is what may be seen."""

    id: int
    person_id: int
    kind: ChannelKind
    label: str
    position: int
    secret_name: str
    shown: str = ""
    enabled: bool = True
    tested_at: datetime | None = None
    test_state: Tested = Tested.UNTESTED
    last_ok_at: datetime | None = None
    last_error: str = ""
    last_error_at: datetime | None = None

    @property
    def works(self) -> bool:
        """Whether there is reason to believe so: it is switched on and its last test did not fail."""
        return self.enabled and self.test_state is not Tested.FAILED


class PageChannel(NamedTuple):
    """What must be known of a channel to page by it."""

    id: int
    person_id: int
    kind: str
    label: str


def in_turn(channels: Iterable[PageChannel], wanted: Sequence[str] = ()) -> list[PageChannel]:
    """Channels as they are tried: kinds that a ladder step wants first, then the person's own order."""
    rank = {kind: i for i, kind in enumerate(wanted)}
    return sorted(channels, key=lambda channel: rank.get(channel.kind, len(rank)))
