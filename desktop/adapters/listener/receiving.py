"""From a request to a kept message: who sends, the whole body, can it be read, is it on the disk."""

import secrets
from collections.abc import Mapping
from typing import Any

from desktop.adapters.listener.arriving import Arrival
from desktop.adapters.listener.bridge import Bridge, Submit
from desktop.adapters.listener.door import Door, Visitor
from desktop.adapters.listener.refusal import Refusal, later
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, StoreError
from desktop.domain.signal import parse
from desktop.domain.signal_body import read_body
from desktop.domain.signal_pagerduty import read_pagerduty
from desktop.domain.signal_type import SignalAction
from desktop.domain.source import NewMessage, SourceKind

#: After how long a sender comes again when the message could not be kept.
_RETRY_S = 10


class Receiver:
    """Takes messages in; what it gives back is on the disk."""

    def __init__(self, *, door: Door, submit: Submit, clock: Clock) -> None:
        self._door = door
        self._clock = clock
        self._bridge = Bridge(submit)

    async def alert(self, arrival: Arrival, kind: SourceKind) -> tuple[Visitor, dict[str, Any]]:
        """Keep a webhook's body; gives its sender and the answer.

        Raises: Refusal; ClientDisconnect.
        """
        visitor = self._door.of_header(arrival.line(b"authorization"), kind)
        body = await arrival.whole_body()
        try:
            found = parse(visitor.source.kind.value, body, visitor.mapping)
        except DeskError as error:
            raise _unreadable(error, visitor) from None
        message_id = await self._keep(arrival, visitor, body)
        return visitor, {"message": message_id, "signals": len(found)}

    async def event(self, arrival: Arrival) -> tuple[Visitor, dict[str, Any]]:
        """Keep an event of the PagerDuty Events API v2; gives its sender and the answer.

        Raises: Refusal; ClientDisconnect.
        """
        body = await arrival.whole_body()
        try:
            value = read_body(body)
        except DeskError as error:
            raise _unreadable(error) from None
        routing_key = value.get("routing_key") if isinstance(value, dict) else None
        visitor = self._door.of_key(routing_key, SourceKind.PAGERDUTY)
        try:
            (signal,) = read_pagerduty(value)
        except DeskError as error:
            raise _unreadable(error, visitor) from None
        key = signal.dedup_key
        is_own_alert = key is None and signal.action is SignalAction.TRIGGER
        reference = secrets.token_hex(16) if is_own_alert else ""
        await self._keep(arrival, visitor, without_key(body, visitor.token), reference)
        if signal.action is SignalAction.INFO:
            return visitor, {"status": "success", "message": "Change event processed"}
        return visitor, {"status": "success", "message": "Event processed", "dedup_key": key or reference}

    async def _keep(self, arrival: Arrival, visitor: Visitor, body: bytes, reference: str = "") -> int:
        message = NewMessage(
            source_id=visitor.source.id,
            body=body,
            received_at=self._clock.now(),
            media_type=arrival.media_type,
            sender=arrival.sender,
            reference=reference,
        )
        try:
            return await self._bridge.keep(message)
        except StoreError as error:
            sentence = f"Not kept, send it again: {error.message}"
            raise later(503, sentence, _RETRY_S, visitor.source.id) from error
        except DeskError as error:
            raise _unreadable(error, visitor) from None
        except RuntimeError:
            raise later(503, "Not kept, send it again: the desk is closing.", _RETRY_S) from None


def without_key(body: bytes, token: bytes) -> bytes:
    """The event as it came, but for the sender's credential: each of its characters is an asterisk.

    Raises: Refusal for a key written with escapes, which could not be found in it.
    """
    quoted = b'"%s"' % token
    if quoted not in body:
        raise Refusal(400, "routing_key is written with escapes: write it plainly.", field="routing_key")
    hidden = b"*" * len(token)
    body = body.replace(quoted, b'"%s"' % hidden)
    if token in body:  # in a link, say; or half of it is the end of an escape, which must not be cut up
        body = body.replace(token, hidden)
        try:
            read_body(body)
        except DeskError:
            raise Refusal(400, "The routing_key stands in the body a second time, with escapes.") from None
    return body


def event_problem(refusal: Refusal) -> Mapping[str, Any]:
    """The answer to an event that is not taken, in the form its senders know."""
    status = "throttle exceeded" if refusal.status == 429 else "invalid event"
    where = f"{refusal.field}: " if refusal.field else ""
    return {
        "status": status if refusal.status < 500 else "error",
        "message": refusal.sentence,
        "errors": [f"{where}{refusal.sentence}"],
    }


def _unreadable(error: DeskError, visitor: Visitor | None = None) -> Refusal:
    source_id = visitor.source.id if visitor else 0
    return Refusal(400, f"{error.message} {error.hint}".strip(), field=error.field, source_id=source_id)
