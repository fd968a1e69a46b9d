"""Evidence: files and messages of an escalation, kept byte for byte under their content's hash."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.errors import DeskError

LARGEST_BYTES = 25 * 1024 * 1024
LONGEST_NAME = 120

# Signs that a file name cannot hold on some system, or that mean something in a path there.
_FORBIDDEN = frozenset('<>:"|?*')
# Names that are devices on Windows, with any ending.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{kind}{n}" for kind in ("com", "lpt") for n in range(10)}
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece; `sha256` in hexadecimal, `moved_from_id` the escalation it came from by a merge."""

    id: int
    escalation_id: int
    name: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime
    added_by: str
    moved_from_id: int | None = None


def clean_name(name: str) -> str:
    """The name for showing and saving: the last part of a path, one line, nothing a file name cannot hold.

    Invisible signs go as well, those that turn the writing direction among them, so that the ending seen is
    the ending there is. *Evidence* where nothing is left.
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    signs = ("_" if sign in _FORBIDDEN else sign for sign in last if unicodedata.category(sign)[0] != "C")
    kept = " ".join("".join(signs).split()).strip(". ")
    stem, dot, ending = kept.rpartition(".")
    if len(kept) > LONGEST_NAME:
        tail = f".{ending}" if dot and len(ending) <= 10 else ""
        kept = (stem if tail else kept)[: LONGEST_NAME - len(tail)].rstrip(". ") + tail
    if kept.partition(".")[0].casefold() in _DEVICES:
        kept = f"_{kept}"
    return kept or "Evidence"


def checked_content(data: bytes) -> bytes:
    """The bytes as kept.

    Raises: DeskError when there are none, or more than LARGEST_BYTES.
    """
    if not data:
        raise DeskError("The file is empty.", field="evidence", hint="Attach one with content.")
    if len(data) > LARGEST_BYTES:
        raise DeskError(
            f"The file has {len(data) / 1024 / 1024:.1f} MiB.",
            field="evidence",
            hint=f"Attach at most {LARGEST_BYTES // 1024 // 1024} MiB, or a part of it.",
        )
    return data
