"""The policy in force and every version before it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from db.queries import policy as queries
from db.queries.policy import Activation, StoredPolicy
from db.unit_of_work import Session, Store
from desktop import paths
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, NotAllowed, NotFound, StoreError, StoreFault
from desktop.domain.events import PolicyChanged
from desktop.domain.instant import require_utc, to_us
from desktop.domain.person import Actor, Role
from desktop.domain.policy import Policy
from desktop.domain.policy_check import check_examples
from desktop.services.bus import Bus
from desktop.services.policy_holidays import lay_out_holidays


def default_policy() -> Policy:
    """The policy that ships with the program, not stored anywhere yet.

    Raises: DeskError when the program's files are damaged.
    """
    path = paths.resource("policies", "default.yaml")
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DeskError(
            f"The policy shipped with the program, {path}, cannot be read: {error.strerror or error}.",
            hint="Install the program again.",
        ) from error
    return Policy.from_mapping(_read_document(text))


class PolicyService:
    """Keeps numbered, immutable policy versions and knows which one is in force.

    A version is kept as JSON, which loads ten times as fast as YAML; people get and give YAML.
    """

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._versions: dict[int, Policy] = {}
        # The store's revision and the activations seen at it, replaced as one.
        self._seen: tuple[int, Sequence[Activation]] = (-1, ())
        self._told_version: int | None = None

    def active(self, session: Session | None = None) -> Policy:
        """The policy in force: of those whose time has come the one activated last, or else the first of all.

        With a session, as seen in its transaction.

        Raises: NotFound while the database has none.
        """
        entries = queries.activations(session) if session else self._activations()
        number = self._in_force(entries)
        if not number:
            raise NotFound("There is no policy.", hint="Import one, or start again to get the shipped one.")
        return self.version(number, session)

    def version(self, number: int, session: Session | None = None) -> Policy:
        """A version by its number, read once and kept.

        Raises: NotFound.
        """
        kept = self._versions.get(number)
        if kept is not None:
            return kept
        with self._store.read() as own:
            text = queries.body(own, number)
        if text is not None:
            self._versions[number] = policy = _read_stored(text, number)
            return policy
        # Written in this very transaction, perhaps, which may still be undone: so not kept.
        text = queries.body(session, number) if session else None
        if text is None:
            raise NotFound(f"There is no policy version {number}.", hint="Choose one of those listed.")
        return _read_stored(text, number)

    def versions(self) -> tuple[StoredPolicy, ...]:
        """All versions, latest first."""
        with self._store.read() as session:
            return queries.stored(session)

    def ensure_default(self, by: Actor) -> Policy:
        """The policy in force; on a new database the shipped one becomes version 1 first."""
        if not self._activations():
            shipped = default_policy()
            with self._store.begin() as session:
                # Another program may have been quicker.
                if not queries.activations(session):
                    self._add(session, shipped, by, self._clock.now())
        return self.active()

    def keep(
        self, policy: Policy | Mapping[str, Any] | str, by: Actor, active_at: datetime | None = None
    ) -> Policy:
        """Keep a policy, given as such, as a document or as YAML, as the next version, in force from then on.

        Raises: NotAllowed unless by a lead; DeskError naming the place of a fault.
        """
        if Role.LEAD not in by.roles:
            raise NotAllowed(f"{by.name} cannot change the policy.", hint="Ask a lead to do it.")
        now = self._clock.now()
        begins_at = now if active_at is None else require_utc(active_at)
        if begins_at < now:
            raise DeskError("A policy cannot come into force in the past.", field="active_at")
        checked = _checked(policy, now)
        if self._told_version is None:
            self._told_version = self._in_force(self._activations())
        with self._store.begin() as session:
            kept = self._add(session, checked, by, begins_at)
        self.notice_change()
        return kept

    def import_yaml(self, text: str, by: Actor, active_at: datetime | None = None) -> Policy:
        """Keep the policy of a file; see `keep`."""
        return self.keep(text, by, active_at)

    def export_yaml(self, number: int | None = None) -> str:
        """A version, or the one in force, as a file that imports as an equal policy."""
        from desktop.services.yaml_text import write_yaml  # see _read_document

        return write_yaml((self.active() if number is None else self.version(number)).to_mapping())

    def notice_change(self) -> bool:
        """Tell the desk once when another version has come into force since the last look; whether it has.

        To be called from time to time, as another program or the time itself may have done it.
        """
        number = self._in_force(self._activations())
        before, self._told_version = self._told_version, number
        if before is None or before == number:
            return False
        self._bus.publish(PolicyChanged(number))
        return True

    def _activations(self) -> Sequence[Activation]:
        revision = self._store.revision()
        if self._seen[0] != revision or not self._seen[1]:
            with self._store.read() as session:
                self._seen = (revision, queries.activations(session))
        return self._seen[1]

    def _in_force(self, activations: Sequence[Activation]) -> int:
        """The number of the version in force; 0 where there is none at all."""
        now_us = to_us(self._clock.now())
        begun = [(active_us, version) for version, active_us in activations if active_us <= now_us]
        if begun:
            return max(begun)[1]
        # The clock was put back to before the first: better that one than none.
        return min(((active_us, version) for version, active_us in activations), default=(0, 0))[1]

    def _add(self, session: Session, policy: Policy, by: Actor, active_at: datetime) -> Policy:
        number = max((entry.version for entry in queries.activations(session)), default=0) + 1
        kept = replace(policy, version=number)
        session.revision()
        row = StoredPolicy(number, kept.name, active_at, self._clock.now(), by.name)
        queries.add(session, row, json.dumps(kept.to_mapping(), ensure_ascii=False, separators=(",", ":")))
        return kept


def _checked(policy: Policy | Mapping[str, Any] | str, now: datetime) -> Policy:
    if isinstance(policy, str):
        document = _read_document(policy)
    else:
        document = policy.to_mapping() if isinstance(policy, Policy) else policy
    checked = Policy.from_mapping(lay_out_holidays(document, now))
    check_examples(checked)
    return checked


def _read_document(text: str) -> Mapping[str, Any]:
    from desktop.services.yaml_text import read_yaml  # a start with a stored policy does without PyYAML

    document = read_yaml(text)
    if not isinstance(document, Mapping):
        raise DeskError("The file holds no policy.", hint="A policy begins with the line format: …")
    return document


def _read_stored(text: str, number: int) -> Policy:
    try:
        return Policy.from_mapping(json.loads(text), version=number)
    except (ValueError, DeskError) as fault:
        raise StoreError(
            f"Policy version {number} in the database cannot be read: {fault}",
            kind=StoreFault.CORRUPT,
            hint="Restore a backup from before it was damaged.",
        ) from fault
