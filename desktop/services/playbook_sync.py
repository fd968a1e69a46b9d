"""The playbooks of the desk and those of a Git repository: looked at, taken or left, added to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from db.queries import playbook_sync as queries
from db.queries import timeline
from db.queries.playbook_sync import RemoteRow
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.events import PlaybooksChanged
from desktop.domain.instant import from_us, to_us
from desktop.domain.person import Actor, Role
from desktop.domain.playbook_exchange import Comparison, Incoming, Outcome, Outgoing, Way
from desktop.domain.playbook_sync import Addition, Moved, Remote, Snapshot, checked
from desktop.domain.timeline import EventKind
from desktop.services.bus import Bus
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_exchange import PlaybookExchange

#: Under which the token of the repository is kept among the secrets.
TOKEN = "playbooks:token"
_TRIES = 4


class Repository(Protocol):
    """One branch of a repository; see `adapters.git_repository`."""

    def read(self) -> Snapshot:
        """What it holds now."""
        ...

    def add(
        self, base: Snapshot, additions: Sequence[Addition], by: str, email: str, at: datetime
    ) -> Snapshot:
        """Add files as commits, or raise `Moved`."""
        ...


class Progress(Protocol):
    """How far it has come, and whether to stop."""

    def told(self, words: str) -> None:
        """Hear how far."""
        ...

    def is_stopped(self) -> bool:
        """Whether somebody wants it to stop."""
        ...


class Tokens(Protocol):
    """Where the token is kept."""

    def put(self, name: str, value: str) -> object:
        """Keep it."""
        ...

    def get(self, name: str) -> str | None:
        """The one that is kept."""
        ...

    def delete(self, name: str) -> None:
        """Forget it."""
        ...


#: Opens a repository with its token; the third hears how far it has come.
Opens = Callable[[Remote, str, Progress], Repository]


@dataclass(frozen=True, slots=True)
class Kept:
    """The repository of this desk and when it was last looked at and added to."""

    remote: Remote
    set_by: str
    looked_at: datetime | None
    pushed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Look:
    """What a repository held, beside the library."""

    snapshot: Snapshot
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was added, what could not be, and how it looks now."""

    added: tuple[Outgoing, ...]
    conflicts: tuple[Outgoing, ...]
    look: Look


class PlaybookSync:
    """Looks at the repository, and changes neither side but by adding what somebody chose."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        bus: Bus,
        playbooks: PlaybookService,
        tokens: Tokens,
        opens: Opens,
        email_of: Callable[[str], str] | None = None,
    ) -> None:
        """`email_of` is the address of a person by name, for the commits."""
        self._store = store
        self._clock = clock
        self._bus = bus
        self._exchange = PlaybookExchange(playbooks)
        self._tokens = tokens
        self._opens = opens
        self._email_of = email_of or _no_address

    def kept(self) -> Kept | None:
        """The repository of this desk; None while nobody named one."""
        with self._store.read() as session:
            row = queries.remote(session)
        if row is None:
            return None
        remote = Remote(row.address, row.branch, row.folder, row.user)
        return Kept(remote, row.set_by, _at(row.looked_us), _at(row.pushed_us))

    def keep(self, remote: Remote, by: Actor, token: str | None = None) -> Kept:
        """Name the repository; the token stays as it is where none is given, and goes with an empty one.

        Raises: DeskError naming the field at fault; NotAllowed.
        """
        _lead(by)
        remote = checked(remote)
        before = self.kept()
        if token is None and before is not None and _host(before.remote) != _host(remote):
            token = ""  # a token is for one place: it is not shown to another
        if token:
            self._tokens.put(TOKEN, token.strip())
        elif token is not None:
            self._tokens.delete(TOKEN)
        at_us = to_us(self._clock.now())
        with self._store.begin() as session:
            row = RemoteRow(
                remote.address, remote.branch, remote.folder, remote.user, at_us, by.name, "", None, None
            )
            queries.put_remote(session, row)
            self._tell(session, by, at_us, deed="named the repository", address=remote.address)
            revision = session.revision()
        self._bus.publish(PlaybooksChanged((), revision))
        return Kept(remote, by.name, None, None)

    def forget(self, by: Actor) -> None:
        """Name no repository any more; nothing of it or of the library changes.

        Raises: NotAllowed.
        """
        _lead(by)
        self._tokens.delete(TOKEN)
        with self._store.begin() as session:
            queries.forget_remote(session)
            self._tell(session, by, to_us(self._clock.now()), deed="forgot the repository")
            revision = session.revision()
        self._bus.publish(PlaybooksChanged((), revision))

    def has_token(self) -> bool:
        """Whether a token is kept. May wait for the keyring."""
        return bool(self._tokens.get(TOKEN))

    def look(self, progress: Progress) -> Look:
        """Read the repository and tell what differs; changes nothing.

        Raises: DeskError where it cannot be read, or none is named; Stopped.
        """
        remote = self._remote()
        found = self._compared(self._open(remote, progress).read(), remote)
        self._note(found.snapshot, pushed=False)
        return found

    def again(self, snapshot: Snapshot) -> Look:
        """Compare what was read with the library as it is now."""
        return self._compared(snapshot, self._remote())

    def take(self, entries: Sequence[tuple[Incoming, Way]], by: Actor) -> tuple[Outcome, ...]:
        """Take what was chosen and remember what was left; each is told by itself."""
        outcomes = self._exchange.take(entries, by)
        left = [
            (each.slug, each.number, each.hash) for each, way in entries if way is Way.LEAVE and each.hash
        ]
        done = sum(outcome.is_done for outcome in outcomes)
        at_us = to_us(self._clock.now())
        with self._store.begin() as session:
            queries.leave(session, left, at_us, by.name)
            self._tell(session, by, at_us, taken=done, left=len(left))
        return outcomes

    def push(self, by: Actor, progress: Progress, paths: frozenset[str] | None = None) -> Pushed:
        """Add what the repository does not have, one commit for each version; all, or those of `paths`.

        Where somebody pushed meanwhile it is read again, and what still differs from nothing there is added.

        Raises: DeskError; NotAllowed; Stopped. What was added before stays.
        """
        _lead(by)
        remote = self._remote()
        repository = self._open(remote, progress)
        for _ in range(_TRIES):
            look = self._compared(repository.read(), remote)
            wanted = [each for each in look.comparison.outgoing if paths is None or each.path in paths]
            going = [each for each in wanted if not each.conflict]
            conflicts = tuple(each for each in wanted if each.conflict)
            if not going:
                return Pushed((), conflicts, look)
            try:
                snapshot = repository.add(
                    look.snapshot,
                    [self._addition(each) for each in going],
                    by.name,
                    self._email_of(by.name),
                    self._clock.now(),
                )
            except Moved:
                progress.told("Somebody pushed meanwhile: reading again …")
                continue
            self._note(snapshot, pushed=True, by=by, count=len(going))
            return Pushed(tuple(going), conflicts, self._compared(snapshot, remote))
        raise Conflict("Others push to the branch all the time.", hint="Try again in a minute.")

    def _remote(self) -> Remote:
        kept = self.kept()
        if kept is None:
            raise DeskError("No repository is named.", field="address", hint="Enter its address first.")
        return kept.remote

    def _open(self, remote: Remote, progress: Progress) -> Repository:
        return self._opens(remote, self._tokens.get(TOKEN) or "", progress)

    def _compared(self, snapshot: Snapshot, remote: Remote) -> Look:
        with self._store.read() as session:
            left = frozenset(queries.left(session))
        found = self._exchange.compare(snapshot.files, remote.folder, left)
        return Look(snapshot, replace(found, skipped=snapshot.skipped))

    def _addition(self, each: Outgoing) -> Addition:
        return Addition(
            path=each.path,
            text=each.text,
            author=each.author,
            email=self._email_of(each.author),
            message=f"{each.title}: version {each.number}\n\n{each.change_note}",
            at=each.approved_at,
        )

    def _note(self, snapshot: Snapshot, *, pushed: bool, by: Actor | None = None, count: int = 0) -> None:
        at_us = to_us(self._clock.now())
        with self._store.begin() as session:
            queries.note_look(session, snapshot.commit, at_us, pushed=pushed)
            if by is not None:
                self._tell(session, by, at_us, pushed=count, commit=snapshot.commit)

    def _tell(self, session: Session, by: Actor, at_us: int, **facts: object) -> None:
        body = {name: value for name, value in facts.items() if value}
        if by.person_id is not None:
            body["by_id"] = by.person_id
        timeline.append(
            session,
            kind=EventKind.PLAYBOOK_SYNCED,
            at_us=at_us,
            actor=by.name,
            escalation_id=None,
            body=body,
        )


def _lead(by: Actor) -> None:
    if not by.automatic and Role.LEAD not in by.roles:
        raise NotAllowed("Only a lead may name a repository or add playbooks to it.")


def _host(remote: Remote) -> str:
    return remote.address.partition("://")[2].partition("/")[0].casefold()


def _at(us: int | None) -> datetime | None:
    return None if us is None else from_us(us)


def _no_address(_name: str) -> str:
    return ""
