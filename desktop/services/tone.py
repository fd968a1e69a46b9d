"""The rules of tone of this desk: the shipped ones until somebody edits them, then version after version."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from db.queries import timeline
from db.queries import tone as queries
from db.queries.tone import ToneRow
from db.unit_of_work import Store
from desktop import paths
from desktop.domain.audit import canonical
from desktop.domain.checksum import sha256_hex
from desktop.domain.clock import Clock
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.events import TemplatesChanged
from desktop.domain.instant import from_us, to_us
from desktop.domain.message_lint_words import Tone, from_document, to_document
from desktop.domain.person import Actor, Role
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.services.bus import Bus
from desktop.services.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class ToneVersion:
    """One version of the rules; number 0 is what the program ships."""

    number: int
    tone: Tone
    hash: str
    note: str
    by: str
    at: datetime | None


class ToneService:
    """Reads and changes the rules of tone."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._kept: ToneVersion | None = None

    def current(self) -> ToneVersion:
        """The version in force; cheap while nobody has changed it."""
        with self._store.read() as session:
            number = queries.newest_number(session)
            if self._kept is not None and self._kept.number == number:
                return self._kept
            row = queries.newest(session)
        self._kept = shipped() if row is None else _version(row)
        return self._kept

    def tone(self) -> Tone:
        """The rules in force."""
        return self.current().tone

    def versions(self) -> tuple[ToneVersion, ...]:
        """Every version, the newest first; the shipped one is the last."""
        with self._store.read() as session:
            rows = queries.all_versions(session)
        return (*map(_version, rows), shipped())

    def version(self, number: int) -> ToneVersion:
        """One version.

        Raises: NotFound.
        """
        for each in self.versions():
            if each.number == number:
                return each
        raise NotFound(f"There is no version {number} of the rules of tone.")

    def publish(self, tone: Tone, by: Actor, *, note: str, seen: int) -> ToneVersion:
        """Let other rules hold from now on; `seen` is the number of the version that was changed.

        Raises: NotAllowed unless by a lead; DeskError for no note, no change or rules that cannot be;
            Conflict when somebody changed them since.
        """
        if Role.LEAD not in by.roles:
            raise NotAllowed(f"{by.name} cannot change the rules of tone.", hint="Ask a lead to do it.")
        note = one_line(note)
        if not note:
            raise DeskError("The change has no reason.", field="note", hint="Say why in a few words.")
        document = to_document(from_document(to_document(tone)))
        text = canonical(document)
        row = ToneRow(
            seen + 1, text, sha256_hex(text.encode("utf-8")), note, by.name, to_us(self._clock.now())
        )
        if row.hash == self.version(seen).hash:
            raise DeskError("Nothing was changed.")
        with self._store.begin() as session:
            newest = queries.newest(session)
            if newest is not None and newest.number != seen:
                raise Conflict(f"{newest.by_name} changed the rules meanwhile.", hint="Read them again.")
            queries.insert(session, row)
            timeline.append(
                session,
                kind=EventKind.TONE_CHANGED,
                at_us=row.at_us,
                actor=by.name,
                escalation_id=None,
                body={"number": row.number, "note": note, "hash": row.hash}
                | ({} if by.person_id is None else {"by_id": by.person_id}),
            )
            revision = session.revision()
        self._bus.publish(TemplatesChanged(revision))
        return _version(row)


@cache
def shipped() -> ToneVersion:
    """The rules that the program comes with."""
    text = paths.resource("tone", "default.yaml").read_text(encoding="utf-8")
    tone = from_document(read_yaml(text))
    return ToneVersion(0, tone, sha256_hex(canonical(to_document(tone)).encode("utf-8")), "", "", None)


def _version(row: ToneRow) -> ToneVersion:
    return ToneVersion(
        row.number,
        from_document(json.loads(row.document)),
        row.hash,
        row.note,
        row.by_name,
        from_us(row.at_us),
    )
