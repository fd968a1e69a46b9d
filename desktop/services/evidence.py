"""Evidence: listed, read, and written out for a person to open; never opened or run by the desk."""

import stat
from itertools import count
from pathlib import Path

from db.queries import evidence as queries
from db.unit_of_work import Store
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.evidence import Evidence, clean_name

_READ_ONLY = stat.S_IRUSR
_TRIES = 1000


class EvidenceService:
    """Gives what is kept of an escalation's evidence; attaching is a command on the escalation."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    def all(self, escalation_id: int) -> tuple[Evidence, ...]:
        """The evidence of an escalation in the order it came."""
        with self._store.read() as session:
            return queries.for_escalation(session, escalation_id)

    def get(self, evidence_id: int) -> Evidence:
        """One piece.

        Raises: NotFound.
        """
        with self._store.read() as session:
            found = queries.by_id(session, evidence_id)
        if found is None:
            raise _gone()
        return found

    def read(self, evidence_id: int) -> bytes:
        """The bytes of a piece, as they came.

        Raises: NotFound.
        """
        with self._store.read() as session:
            data = queries.content(session, evidence_id)
        if data is None:
            raise _gone()
        return data

    def write_to(self, evidence_id: int, folder: Path) -> Path:
        """Write a piece into a folder for a person to open; gives the file.

        It can only be read, never run; a file that is there already is left alone and another name taken.

        Raises: NotFound; DeskError when the folder takes no file.
        """
        name = clean_name(self.get(evidence_id).name)
        data = self.read(evidence_id)
        try:
            return _write_new(folder, name, data)
        except OSError as error:
            raise DeskError(
                f"The file could not be written to {folder}: {error.strerror or error}.",
                hint="Choose another folder.",
            ) from error


def _write_new(folder: Path, name: str, data: bytes) -> Path:
    stem, suffix = Path(name).stem, Path(name).suffix
    for number in count(1):
        path = folder / (name if number == 1 else f"{stem} ({number}){suffix}")
        try:
            file = path.open("xb")
        except FileExistsError:
            if number == _TRIES:
                raise
            continue
        try:
            with file:
                file.write(data)
            path.chmod(_READ_ONLY)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path
    raise AssertionError("count() does not end")


def _gone() -> NotFound:
    return NotFound("This piece of evidence is not there any more.", hint="Look at the timeline for why.")
