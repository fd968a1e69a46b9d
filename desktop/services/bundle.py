"""Evidence bundles: all that is kept of escalations in one file, with what proves that it is whole."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from db.queries import bundle as queries
from db.queries import escalation as escalations
from db.queries import evidence as pieces
from db.queries import message as messages
from db.queries import timeline
from db.unit_of_work import Session, Store
from desktop.domain.audit import verify
from desktop.domain.bundle import FORMAT, MANIFEST, TIMELINE, Piece, event_entry
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.evidence import clean_name
from desktop.domain.instant import from_us
from desktop.domain.person import Actor

#: Of a flood the first this many messages go out; how many stayed behind stands in the manifest.
MOST_MESSAGES = 20_000
_ENDINGS = {"mail": ".eml", "folder": ".txt"}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as written; `sha256` of the file as a whole."""

    path: Path
    sha256: str
    files: int
    is_chain_whole: bool


class BundleService:
    """Writes bundles; nothing of the desk is changed by it."""

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def export(self, escalation_ids: int | Sequence[int], target: Path, by: Actor) -> Bundle:
        """Write evidence, messages and timeline of escalations, and of what was merged into them, to a file.

        The file is there as a whole or not at all.

        Raises: NotFound; DeskError when the file cannot be written.
        """
        ids = [escalation_ids] if isinstance(escalation_ids, int) else list(dict.fromkeys(escalation_ids))
        if not ids:
            raise DeskError("No escalation was chosen.", hint="Choose at least one.")
        try:
            handle, name = tempfile.mkstemp(prefix=".bundle-", suffix=".part", dir=target.parent)
            part = Path(name)
            try:
                with os.fdopen(handle, "w+b") as file:
                    with self._store.read() as session, ZipFile(file, "w", ZIP_DEFLATED) as archive:
                        made = _Making(session, archive, self._clock, by)
                        made.write(ids)
                    file.flush()
                    os.fsync(file.fileno())
                    file.seek(0)
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)
        except OSError as fault:
            raise DeskError(
                f"The bundle could not be written to {target}: {fault.strerror or fault}.",
                hint="Choose another place.",
            ) from fault
        return Bundle(target, digest, len(made.listed), made.is_chain_whole)


class _Making:
    """One bundle while it is written."""

    def __init__(self, session: Session, archive: ZipFile, clock: Clock, by: Actor) -> None:
        self._session = session
        self._archive = archive
        self._at = clock.now()
        self._by = by
        self.listed: list[Piece] = []
        self.is_chain_whole = False

    def write(self, ids: Sequence[int]) -> None:
        """Write all of it, the manifest last."""
        named = {id_: escalations.get(self._session, id_) for id_ in self._with_merged(ids)}
        for id_, escalation in named.items():
            self._write_evidence(id_, escalation.number)
        found = queries.messages_of(self._session, list(named), MOST_MESSAGES + 1)
        for message in found[:MOST_MESSAGES]:
            self._write_message(message)
        self._write_timeline(list(named))
        fault = verify(timeline.links(self._session), *timeline.head(self._session))
        self.is_chain_whole = fault is None
        seq, head = timeline.head(self._session)
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "made_at": self._at.isoformat(),
            "made_by": self._by.name,
            "escalations": [{"number": one.number, "title": one.title} for one in named.values()],
            "chain": {
                "seq": seq,
                "hash": head,
                "is_whole": self.is_chain_whole,
                "first_bad_event": None if fault is None else fault.seq,
            },
            "are_messages_left_out": len(found) > MOST_MESSAGES,
            "files": [piece.to_mapping() for piece in self.listed],
        }
        self._archive.writestr(self._info(MANIFEST), _json(manifest))

    def _with_merged(self, ids: Sequence[int]) -> Iterator[int]:
        for id_ in ids:
            yield id_
            yield from (merged for merged, _ in escalations.merged_into(self._session, id_))

    def _write_evidence(self, escalation_id: int, number: str) -> None:
        for piece in pieces.for_escalation(self._session, escalation_id):
            data = pieces.content(self._session, piece.id) or b""
            name = f"evidence/{number}/{piece.id}-{clean_name(piece.name)}"
            self._write(name, data, piece.added_at.isoformat(), "evidence", piece.added_by)

    def _write_message(self, message: queries.KeptMessage) -> None:
        body = messages.body(self._session, message.id)
        ending = ".csv" if message.media_type.startswith("text/csv") else _ENDINGS.get(message.kind, ".json")
        received = from_us(message.received_us).isoformat()
        self._write(f"signals/{message.id}{ending}", body, received, message.source, message.source)

    def _write_timeline(self, ids: Sequence[int]) -> None:
        entries = [
            event_entry(event, previous, json.loads(event.body_json), from_us(event.at_us).isoformat())
            for event, previous in queries.linked_events(self._session, ids)
        ]
        self._write(TIMELINE, _json(entries), self._at.isoformat(), "timeline", self._by.name)

    def _write(self, name: str, data: bytes, received: str, source: str, added_by: str) -> None:
        self._archive.writestr(self._info(name), data)
        digest = hashlib.sha256(data).hexdigest()
        self.listed.append(Piece(name, digest, len(data), received, source, added_by))

    def _info(self, name: str) -> ZipInfo:
        at = self._at
        info = ZipInfo(name, (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second))
        info.compress_type = ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        return info


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
