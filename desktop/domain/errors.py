"""What a person can cause and put right; anything else that goes wrong is a bug."""

from enum import StrEnum


class DeskError(Exception):
    """A sentence for the person at the desk: what is wrong and, as `hint`, what to do.

    `field` names the form field or the path in a document concerned (`week.mon[1]`), or is empty.
    `str()` gives the message with its hint.
    """

    def __init__(self, message: str, *, field: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class NotAllowed(DeskError):
    """The person's roles do not include this decision."""


class NotFound(DeskError):
    """Nothing by that name or number."""


class Conflict(DeskError):
    """Somebody changed the same thing meanwhile."""


class StoreFault(StrEnum):
    """What is the matter with the database file."""

    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read_only"
    CORRUPT = "corrupt"
    NOT_A_DATABASE = "not_a_database"
    NEWER_VERSION = "newer_version"
    MISSING = "missing"
    OTHER = "other"


class StoreError(DeskError):
    """The database could not be read or written; nothing of the step was kept."""

    def __init__(
        self, message: str, *, kind: StoreFault = StoreFault.OTHER, field: str = "", hint: str = ""
    ) -> None:
        super().__init__(message, field=field, hint=hint)
        self.kind = StoreFault(kind)
