"""The audit chain: every event carries the hash of the one before it, so no event changes unnoticed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from desktop.domain.checksum import sha256_hex
from desktop.domain.errors import DeskError

#: What the first event is linked to.
GENESIS = "0" * 64

_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode


def canonical(body: Mapping[str, Any]) -> str:
    """The body as the one JSON text it has: keys sorted, no spaces, letters as they are.

    Raises: DeskError where a number is not whole, for fractions have more than one spelling.
    """
    if not _is_plain(body):
        _check(body, "body")
    return _encode(body)


def link(
    previous_hash: str, seq: int, kind: str, at_us: int, actor: str, escalation_id: int | None, body_json: str
) -> str:
    """The hash of an event: SHA-256 over its predecessor's hash, a line feed and its own canonical JSON.

    `body_json` is the canonical text of the body and stands in the event as it is.
    """
    concerned = "null" if escalation_id is None else str(escalation_id)
    event = (
        f'{previous_hash}\n{{"actor":{_encode(actor)},"at":{at_us},"body":{body_json},'
        f'"escalation":{concerned},"kind":{_encode(kind)},"seq":{seq}}}'
    )
    return sha256_hex(event.encode("utf-8"))


class Link(NamedTuple):
    """One event as it is stored."""

    seq: int
    escalation_id: int | None
    kind: str
    at_us: int
    actor: str
    body_json: str
    hash: str


class FaultKind(StrEnum):
    """What is wrong with a chain at its first bad event."""

    ALTERED = "altered"
    MISSING = "missing"
    OUT_OF_ORDER = "out of order"
    CUT_OFF = "cut off"
    UNRECORDED = "unrecorded"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first event at which a chain does not hold; its details are None where there is no such event."""

    seq: int
    what: FaultKind
    escalation_id: int | None = None
    kind: str | None = None
    at_us: int | None = None


def verify(events: Iterable[Link], head_seq: int, head_hash: str) -> Fault | None:
    """The first fault of a chain read in order of seq, or None when all of it holds.

    The head is what the desk noted as its last event: without it a cut-off end would go unnoticed.
    """
    previous, wanted = GENESIS, 1
    for event in events:
        if event.seq != wanted:
            # A seq that comes again or too early stands out of order; a later one shows that others are gone.
            what = FaultKind.MISSING if event.seq > wanted else FaultKind.OUT_OF_ORDER
            return _fault(event, what) if what is FaultKind.OUT_OF_ORDER else Fault(wanted, what)
        expected = link(
            previous, event.seq, event.kind, event.at_us, event.actor, event.escalation_id, event.body_json
        )
        if event.hash != expected:
            return _fault(event, FaultKind.ALTERED)
        if event.seq > head_seq:
            return _fault(event, FaultKind.UNRECORDED)
        previous, wanted = event.hash, wanted + 1
    if wanted - 1 < head_seq:
        return Fault(wanted, FaultKind.CUT_OFF)
    if previous != head_hash:
        return Fault(head_seq, FaultKind.ALTERED)
    return None


def _fault(event: Link, what: FaultKind) -> Fault:
    return Fault(event.seq, what, event.escalation_id, event.kind, event.at_us)


_PLAIN = frozenset((str, int, bool, type(None)))


def _is_plain(body: object) -> bool:
    """Whether there is clearly nothing to object to; quick, for every event passes here."""
    waiting = [body]
    while waiting:
        value = waiting.pop()
        kind = type(value)
        if kind in _PLAIN:
            continue
        if kind is list or kind is tuple:
            waiting.extend(value)  # type: ignore[arg-type]
        elif kind is dict and all(type(key) is str for key in value):  # type: ignore[attr-defined]
            waiting.extend(value.values())  # type: ignore[attr-defined]
        else:
            return False
    return True


def _check(value: object, path: str) -> None:
    if value is None or isinstance(value, str | int):
        return
    if isinstance(value, Mapping):
        for key, part in value.items():
            if not isinstance(key, str):
                raise _unfit(f"{path}.{key!r}")
            _check(part, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            _check(part, f"{path}[{index}]")
    else:
        raise _unfit(path)


def _unfit(path: str) -> DeskError:
    return DeskError(f"The event's {path} is not text, a whole number, true, false, a list or a mapping.")
