"""Why a Git repository could not be read or written, in a sentence for the person at the desk."""

import struct
import zlib
from collections.abc import Iterator

from dulwich import errors
from dulwich.client import HTTPProxyUnauthorized, HTTPUnauthorized, InvalidWants, StrangeHostname

from desktop.domain.errors import DeskError
from desktop.domain.wording import one_line

_DAMAGED = (
    errors.ChecksumMismatch,
    errors.WrongObjectException,
    errors.MissingCommitError,
    errors.ObjectMissing,
    errors.ApplyDeltaError,
    errors.FileFormatException,
    errors.RefFormatError,
    zlib.error,
    struct.error,
    KeyError,
    ValueError,
    EOFError,
    AssertionError,
    IndexError,
    TypeError,
)
#: Everything that reading or writing a repository raises.
FAULTS = (
    errors.GitProtocolError,
    errors.NotGitRepository,
    HTTPUnauthorized,
    HTTPProxyUnauthorized,
    InvalidWants,
    StrangeHostname,
    OSError,
    *_DAMAGED,
)
_TRY_AGAIN = "Nothing was changed. Try again."
_CLOSED = (
    "permission denied",
    "authentication",
    "access denied",
    "403",
    "401",
    "not permitted",
    "read-only",
    "publickey",
)
_MISSING = ("not found", "does not exist", "does not appear to be a git repository", "404", "no such")
_UNREACHED = (
    "resolve",
    "name or service",
    "connection refused",
    "unreachable",
    "no route",
    "newconnection",
    "getaddrinfo",
    "failed to establish",
    "no such host",
)
_LATE = ("timed out", "timeout", "not responding")


def sentence(error: BaseException, address: str, *, within_s: float) -> DeskError:
    """What to show for anything of `FAULTS`; no token is in it, as the address holds none."""
    place = one_line(address)[:200]
    said = " ".join(_said(error)).lower()
    if isinstance(error, HTTPProxyUnauthorized):
        return DeskError(
            "The proxy on the way wants a name and password.", hint="Ask who keeps your network."
        )
    if "certificate" in said or "host key verification" in said:
        hint = "Connect once by hand to see which it is." if "host key" in said else "Check its address."
        return DeskError(f"{place} cannot prove that it is who it says.", field="address", hint=hint)
    if isinstance(error, StrangeHostname) or _is_unreached(error, said):
        return DeskError(
            f"{place} cannot be reached.", field="address", hint="Check the network and its name."
        )
    if isinstance(error, TimeoutError) or any(word in said for word in _LATE):
        return DeskError(f"{place} took longer than {within_s:g} seconds to answer.", hint=_TRY_AGAIN)
    if isinstance(error, HTTPUnauthorized | PermissionError) or any(word in said for word in _CLOSED):
        hint = "Check the token or key, and that it may also write."
        return DeskError(f"{place} does not let the desk in.", field="token", hint=hint)
    if isinstance(error, errors.NotGitRepository | FileNotFoundError) or any(
        word in said for word in _MISSING
    ):
        hint = "Check the address; a private repository also needs a token."
        return DeskError(f"There is no repository at {place}.", field="address", hint=hint)
    if isinstance(error, errors.HangupException | ConnectionError):
        return DeskError(f"{place} hung up.", hint=_TRY_AGAIN)
    if isinstance(error, _DAMAGED):
        return DeskError(
            f"The repository at {place} is damaged: {_shortly(error)}.",
            hint="Nothing was changed. Ask who keeps it to check it (git fsck).",
        )
    return DeskError(f"{place} could not be used: {_shortly(error)}.", hint=_TRY_AGAIN)


def _is_unreached(error: BaseException, said: str) -> bool:
    return isinstance(error, ConnectionRefusedError) or any(word in said for word in _UNREACHED)


def _said(error: BaseException) -> Iterator[str]:
    """The words of an error, of what ssh wrote, and of what lies below it."""
    found: BaseException | None = error
    for _ in range(6):
        if found is None:
            return
        yield f"{type(found).__name__} {found}"
        lines = getattr(found, "stderr_lines", None) or ()
        yield from (line.decode(errors="replace") for line in lines)
        found = found.__cause__ or getattr(found, "reason", None) or found.__context__
        if not isinstance(found, BaseException):
            return


def _shortly(error: BaseException) -> str:
    return (one_line(str(error)) or type(error).__name__)[:200].rstrip(".")
