"""The library of drills: drafts nobody overwrites, published versions that never change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from db.queries import drill_scenario as queries
from db.queries.drill_scenario import Words
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.drill_record import ScenarioRow, ScenarioVersion
from desktop.domain.drill_rights import may_train
from desktop.domain.drill_scenario import Scenario
from desktop.domain.errors import Conflict, DeskError, NotFound
from desktop.domain.events import DrillsChanged
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.playbook_check import slug_of
from desktop.domain.wording import required
from desktop.services import drill_rows as rows
from desktop.services.bus import Bus
from desktop.services.drill_file import MOST_BYTES, read_text, write_text
from desktop.services.drill_shipped import shipped_files

_WRITE = "write scenarios"
_FIRST_NOTE = "Comes with the program."
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class _Work:
    """One change of the library: its transaction, when, and by whom."""

    session: Session
    at: datetime
    by: Actor

    @property
    def at_us(self) -> int:
        """The instant in microseconds."""
        return to_us(self.at)


class DrillLibrary:
    """Keeps scenarios. One draft each is written by all together; what is published stays as it is."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus

    def ensure_shipped(self, by: Actor | None = None) -> int:
        """Put the drills that come with the program into the library, once; gives how many were new.

        Raises: DeskError when the program's files are damaged.
        """
        with self._store.read() as session:
            known = queries.slugs(session)
        texts = [path.read_text(encoding="utf-8") for path in shipped_files()]
        new = {rows.id_in(text): text for text in texts if rows.id_in(text) not in known}
        if not new:
            return 0
        for slug, text in new.items():
            rows.parsed(text, slug)
        fresh = {slug: rows.words(rows.stamped(text, slug, 1)) for slug, text in new.items()}
        return self._change(by or Actor.system("Library"), lambda work: _publish_first(work, fresh))

    def all(self, *, with_retired: bool = False) -> tuple[ScenarioRow, ...]:
        """The scenarios by title."""
        with self._store.read() as session:
            return rows.listed(session, retired=with_retired)

    def of_playbook(self, slug: str) -> tuple[ScenarioRow, ...]:
        """The published scenarios that exercise a playbook, by title."""
        return tuple(row for row in self.all() if row.published and row.playbook == slug)

    def versions(self, slug: str) -> tuple[ScenarioVersion, ...]:
        """All versions, newest first, the draft among them.

        Raises: NotFound.
        """
        with self._store.read() as session:
            rows.head(session, slug)
            found = queries.versions(session, slug)
        return tuple(rows.version_of(row) for row in found)

    def version(self, slug: str, number: int) -> ScenarioVersion:
        """One version.

        Raises: NotFound.
        """
        with self._store.read() as session:
            rows.head(session, slug)
            row = queries.version(session, slug, number)
        if row is None:
            raise NotFound(f"“{slug}” has no version {number}.", hint="Look at its versions again.")
        return rows.version_of(row)

    def draft(self, slug: str) -> ScenarioVersion | None:
        """What is being written of a scenario; None where nothing is."""
        with self._store.read() as session:
            row = queries.draft(session, slug)
        return None if row is None else rows.version_of(row)

    def scenario(self, slug: str, number: int = 0) -> Scenario:
        """A version to be played, the published one unless a number is given.

        Raises: DeskError with the first fault of a draft; NotFound.
        """
        if not number:
            with self._store.read() as session:
                number = rows.head(session, slug).published
            if not number:
                raise DeskError(
                    "Nothing of this scenario is published yet.", hint="Publish its draft, then play it."
                )
        version = self.version(slug, number)
        return rows.parsed(version.text, version.title)

    def create(self, text: str, by: Actor, *, slug: str = "") -> ScenarioVersion:
        """Begin a new scenario as a draft, which may have faults; its short name is made unique.

        Raises: DeskError for a text larger than a scenario can be; NotAllowed.
        """
        may_train(by, _WRITE)
        text = _as_yaml(text)
        words = rows.words(text)

        def create(work: _Work) -> str:
            found = read_text(text).scenario
            named = slug or (found.id if found is not None else words.title)
            own = slug_of(named, queries.slugs(work.session), otherwise="drill")
            scenario_id = queries.insert(work.session, own, work.at_us, work.by.name)
            kept = rows.words(rows.stamped(text, own, 1))
            queries.add_draft(work.session, scenario_id, 1, kept, work.at_us, work.by.name)
            return own

        return self._drafted(self._change(by, create))

    def begin(self, slug: str, by: Actor, *, from_version: int = 0) -> ScenarioVersion:
        """Begin a draft with the next number, of what is published or of an earlier version.

        Raises: Conflict when there is a draft already; NotFound; NotAllowed.
        """
        may_train(by, _WRITE)

        def begin(work: _Work) -> None:
            head = rows.head(work.session, slug)
            there = queries.draft(work.session, slug)
            if there is not None:
                raise Conflict(
                    f"{there.created_by} has begun a draft of this scenario.",
                    hint="Go on with it or discard it.",
                )
            base = queries.version(work.session, slug, from_version or head.published)
            if base is None:
                raise NotFound(f"“{slug}” has no version {from_version}.", hint="Look at its versions again.")
            number = head.published + 1
            words = rows.words(rows.stamped(rows.version_of(base).text, slug, number))
            queries.add_draft(work.session, head.id, number, words, work.at_us, work.by.name)

        self._change(by, begin)
        return self._drafted(slug)

    def save(self, slug: str, text: str, by: Actor, *, edition: int) -> ScenarioVersion:
        """Keep a draft as it is now; `edition` is the one that was changed. The same words change nothing.

        Raises: Conflict naming who saved another since; NotFound; NotAllowed; DeskError for too large a text.
        """
        may_train(by, _WRITE)
        text = _as_yaml(text)

        def save(work: _Work) -> None:
            row = rows.required_draft(work.session, slug)
            words = rows.words(rows.stamped(text, slug, row.number))
            if words.text == row.text:
                return
            if edition != row.edition:
                raise Conflict(
                    f"{row.saved_by} saved this draft since you began to change it.",
                    hint="Open it again, then put your change into theirs.",
                )
            queries.save_draft(work.session, row.scenario_id, words, work.by.name)

        self._change(by, save)
        return self._drafted(slug)

    def publish(self, slug: str, by: Actor, change_note: str) -> ScenarioVersion:
        """Let the draft become the published version, for good.

        Raises: DeskError with its first fault, without a change note, or when it says what is published
        already; NotFound; NotAllowed.
        """
        may_train(by, "publish scenarios")
        note = required(change_note, "change_note", "Say why this version is there.")

        def publish(work: _Work) -> int:
            row = rows.required_draft(work.session, slug)
            rows.parsed(row.text, row.title)
            before = queries.version(work.session, slug, row.published)
            if before is not None and rows.stamped(before.text, slug, row.number) == row.text:
                raise DeskError(
                    "The draft says what is published already.", hint="Change it or throw it away."
                )
            queries.publish_draft(work.session, row.scenario_id, row.number, note, work.at_us, work.by.name)
            return row.number

        return self.version(slug, self._change(by, publish))

    def discard(self, slug: str, by: Actor) -> None:
        """Throw the draft away; a scenario that was never published goes with it.

        Raises: NotFound; NotAllowed.
        """
        may_train(by, _WRITE)

        def discard(work: _Work) -> None:
            row = rows.required_draft(work.session, slug)
            queries.delete_draft(work.session, row.scenario_id)
            if not row.published:
                queries.forget(work.session, row.scenario_id)

        self._change(by, discard)

    def retire(self, slug: str, by: Actor, reason: str) -> None:
        """Take a scenario out of use; its versions and runs stay.

        Raises: DeskError without a reason or when nothing of it is published; NotFound; NotAllowed.
        """
        may_train(by, "take scenarios out of use")
        why = required(reason, "reason", "Say why the scenario is not to be played any more.")

        def retire(work: _Work) -> None:
            head = rows.head(work.session, slug)
            if not head.published:
                raise DeskError("Nothing of this scenario is published.", hint="Discard its draft instead.")
            if head.retired_us is None:
                queries.set_retired(work.session, head.id, work.at_us, work.by.name, why)

        self._change(by, retire)

    def bring_back(self, slug: str, by: Actor) -> None:
        """Take a retired scenario into use again.

        Raises: NotFound; NotAllowed.
        """
        may_train(by, "take scenarios into use again")
        self._change(
            by, lambda work: queries.set_retired(work.session, rows.head(work.session, slug).id, None)
        )

    def _drafted(self, slug: str) -> ScenarioVersion:
        draft = self.draft(slug)
        if draft is None:
            raise NotFound("This draft is gone.", hint="Look at the library again.")
        return draft

    def _change(self, by: Actor, change: Callable[[_Work], _Result]) -> _Result:
        with self._store.begin() as session:
            result = change(_Work(session, self._clock.now(), by))
        self._bus.publish(DrillsChanged())
        return result


def _publish_first(work: _Work, fresh: Mapping[str, Words]) -> int:
    """Publish scenarios that nobody has to look through; gives how many were not there yet."""
    taken = queries.slugs(work.session)
    new = {slug: words for slug, words in fresh.items() if slug not in taken}
    for slug, words in new.items():
        scenario_id = queries.insert(work.session, slug, work.at_us, work.by.name)
        queries.add_draft(work.session, scenario_id, 1, words, work.at_us, work.by.name)
        queries.publish_draft(work.session, scenario_id, 1, _FIRST_NOTE, work.at_us, work.by.name)
    return len(new)


def _as_yaml(text: str) -> str:
    """The text as it is kept: line by line; JSON is written as YAML where it can be read.

    Raises: DeskError for a text larger than a scenario can be.
    """
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise DeskError("The scenario is larger than 1 MB.", hint="Leave attachments out.")
    text = text.replace("\r\n", "\n").encode(errors="replace").decode().replace("\x00", "�")
    if text.lstrip().startswith("{"):
        scenario = read_text(text).scenario
        if scenario is not None:
            return write_text(scenario)
    return text
