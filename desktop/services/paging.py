"""Channels of the people of the desk: added, changed, ordered, tested. Addresses are kept as secrets.

Calls that touch a secret may wait for the person to unlock the keyring: for the worker.
"""

import secrets as randomness
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from db.queries import channel as queries
from db.queries import outbox as rows
from db.queries import person as people
from db.unit_of_work import Session, Store
from desktop.domain.channel import Channel, ChannelKind, Tested
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, NotAllowed, NotFound
from desktop.domain.events import ChannelsChanged, OutboxFilled
from desktop.domain.instant import to_us
from desktop.domain.person import Actor, Person, Role
from desktop.domain.policy_alarm import Urgency
from desktop.domain.wording import one_line
from desktop.services.bus import Bus
from desktop.services.undelivered import TEST

_LONGEST_LABEL = 60


class SecretKeeper(Protocol):
    """Where addresses are kept."""

    def put(self, name: str, value: str) -> object:
        """Keep a secret."""
        ...

    def get(self, name: str) -> str | None:
        """The secret of a name; None where there is none."""
        ...

    def delete(self, name: str) -> None:
        """Forget a secret."""
        ...


class Seen(Protocol):
    """What an address is."""

    @property
    def kind(self) -> ChannelKind:
        """What a page travels by."""
        ...

    @property
    def shown(self) -> str:
        """What of it may be seen."""
        ...


class Looker(Protocol):
    """Understands addresses."""

    def look(self, url: str) -> Seen:
        """What an address is.

        Raises: DeskError for one that cannot be used, which is not quoted.
        """
        ...


class PagingService:
    """Keeps the channels; only a lead changes them, a person tests their own."""

    def __init__(
        self, *, store: Store, clock: Clock, bus: Bus, secrets: SecretKeeper, looker: Looker
    ) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._secrets = secrets
        self._looker = looker

    def channels(self, person_id: int) -> tuple[Channel, ...]:
        """A person's channels in the order they are tried."""
        with self._store.read() as session:
            return queries.of_person(session, person_id)

    def all(self) -> dict[int, tuple[Channel, ...]]:
        """Everybody's channels, by person."""
        with self._store.read() as session:
            found = queries.all_channels(session)
        return {one.person_id: tuple(c for c in found if c.person_id == one.person_id) for one in found}

    def reachable(self) -> frozenset[int]:
        """The people with a working channel: one that is switched on and whose last test did not fail."""
        with self._store.read() as session:
            return frozenset(one.person_id for one in queries.all_channels(session) if one.works)

    def add(self, person_id: int, url: str, by: Actor, label: str = "") -> Channel:
        """Add a channel as the person's last one.

        Raises: NotAllowed unless by a lead; NotFound; DeskError for an address that cannot be used.
        """
        _check_right(by)
        seen = self._looker.look(url)
        name = f"channel.{randomness.token_hex(8)}"
        channel = Channel(0, person_id, seen.kind, _label(label, seen.kind), 0, name, seen.shown)
        self._secrets.put(name, url.strip())
        try:
            with self._store.begin() as session:
                _person(session, person_id)
                channel = _required(session, queries.insert(session, channel))
                revision = session.revision()
        except DeskError:
            self._secrets.delete(name)
            raise
        self._bus.publish(ChannelsChanged((person_id,), revision))
        return channel

    def edit(
        self,
        channel_id: int,
        by: Actor,
        *,
        label: str | None = None,
        url: str | None = None,
        enabled: bool | None = None,
    ) -> Channel:
        """Change what is given; another address wants another test.

        Raises: as `add`.
        """
        _check_right(by)
        with self._store.read() as session:
            before = _required(session, channel_id)
        after = before if enabled is None else replace(before, enabled=enabled)
        if url is not None:
            seen = self._looker.look(url)
            name = f"channel.{randomness.token_hex(8)}"
            after = replace(after, kind=seen.kind, shown=seen.shown, secret_name=name)
            self._secrets.put(name, url.strip())
        if label is not None:
            after = replace(after, label=_label(label, after.kind))
        try:
            with self._store.begin() as session:
                _required(session, channel_id)
                queries.update(session, after, is_new_address=url is not None)
                kept, revision = _required(session, channel_id), session.revision()
        except DeskError:
            if url is not None:
                self._secrets.delete(after.secret_name)
            raise
        if url is not None:
            self._secrets.delete(before.secret_name)
        self._bus.publish(ChannelsChanged((kept.person_id,), revision))
        return kept

    def remove(self, channel_id: int, by: Actor) -> None:
        """Take a channel away and forget its address; what waits for it goes by the next one.

        Raises: NotAllowed unless by a lead; NotFound.
        """
        _check_right(by)
        with self._store.begin() as session:
            channel = _required(session, channel_id)
            queries.remove(session, channel_id, to_us(self._clock.now()))
            revision = session.revision()
        self._secrets.delete(channel.secret_name)
        self._bus.publish(ChannelsChanged((channel.person_id,), revision))

    def order(self, person_id: int, channel_ids: Sequence[int], by: Actor) -> tuple[Channel, ...]:
        """Try a person's channels in this order.

        Raises: NotAllowed unless by a lead; DeskError where these are not exactly the person's.
        """
        _check_right(by)
        with self._store.begin() as session:
            known = [channel.id for channel in queries.of_person(session, person_id)]
            if sorted(known) != sorted(channel_ids):
                raise DeskError("The channels have changed meanwhile.", hint="Look at them again.")
            queries.order(session, person_id, channel_ids)
            found, revision = queries.of_person(session, person_id), session.revision()
        self._bus.publish(ChannelsChanged((person_id,), revision))
        return found

    def test(self, channel_id: int, by: Actor) -> int:
        """Send a test by a channel; gives its id in the outbox, whose status tells what came of it.

        Raises: NotAllowed unless by a lead or the person; NotFound; DeskError while one is under way.
        """
        now_us = to_us(self._clock.now())
        with self._store.begin() as session:
            channel = _required(session, channel_id)
            if by.person_id != channel.person_id:
                _check_right(by)
            person = _person(session, channel.person_id)
            queries.note_test(session, channel_id)
            revision = session.revision()
            row = rows.NewRow(
                key=f"test|{revision}|0|{person.id}|page:{channel.id}",
                escalation_id=None,
                alarm_id=None,
                reason=TEST,
                step=0,
                person_id=person.id,
                channel=channel.kind.value,
                urgency=Urgency.NORMAL.value,
                title="Test page",
                body=f"This is how a page of this desk reaches {person.name}.",
                sound=0,
                created_us=now_us,
                channel_id=channel.id,
            )
            row_id = rows.put_one(session, row)
        self._bus.publish(ChannelsChanged((channel.person_id,), revision))
        self._bus.publish(OutboxFilled(1))
        return row_id


def state_words(channel: Channel) -> str:
    """How a channel stands, in words: `works`, `not tested`, `failed: The server answered 503.`"""
    if not channel.enabled:
        return "switched off"
    if channel.last_error:
        return f"failed: {channel.last_error}"
    words = {Tested.UNTESTED: "not tested", Tested.UNDER_WAY: "test under way", Tested.FAILED: "test failed"}
    return words.get(channel.test_state, "works")


def _label(label: str, kind: ChannelKind) -> str:
    kept = one_line(label) or kind.word
    if "://" in kept:  # the address in the wrong field: it would be seen by everybody
        raise DeskError("This is an address, not a name.", field="label", hint="Write a word, as work phone.")
    if len(kept) > _LONGEST_LABEL:
        raise DeskError(
            "The name is too long.", field="label", hint=f"Use at most {_LONGEST_LABEL} characters."
        )
    return kept


def _person(session: Session, person_id: int) -> Person:
    person = people.by_id(session, person_id)
    if person is None:
        raise NotFound("There is no such person any more.", hint="Choose another one.")
    return person


def _required(session: Session, channel_id: int) -> Channel:
    channel = queries.get(session, channel_id)
    if channel is None:
        raise NotFound("There is no such channel any more.", hint="Choose another one.")
    return channel


def _check_right(by: Actor) -> None:
    if Role.LEAD not in by.roles:
        raise NotAllowed(f"{by.name} cannot change channels.", hint="Ask a lead to do it.")
