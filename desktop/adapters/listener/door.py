"""Lets in who has the token of a source, and no more of them than the source may send."""

import hmac
import math
from collections.abc import Callable, Sequence

from desktop.adapters.listener.book import KnownSource
from desktop.adapters.listener.refusal import Refusal, later
from desktop.domain.errors import DeskError
from desktop.domain.signal_mapping import SignalMapping
from desktop.domain.source import Source, SourceKind

_BEARER = b"bearer "
#: For how long a sender waits where the desk itself must be put right first.
_MENDING_S = 60


class Bucket:
    """Lets `rate_per_s` through, and as many at once after a quiet second."""

    def __init__(self, rate_per_s: int, now_s: float) -> None:
        self._rate_per_s = rate_per_s
        self._left = float(rate_per_s)
        self._filled_s = now_s

    def take(self, now_s: float) -> float:
        """Take one; gives 0 or, where none is left, the seconds until there is one."""
        passed_s = max(now_s - self._filled_s, 0.0)
        self._left = min(self._left + passed_s * self._rate_per_s, float(self._rate_per_s))
        self._filled_s = now_s
        if self._left < 1.0:
            return (1.0 - self._left) / self._rate_per_s
        self._left -= 1.0
        return 0.0

    def set_rate(self, rate_per_s: int) -> None:
        """Another rate from now on; what was taken stays taken."""
        self._rate_per_s = rate_per_s


class Visitor:
    """A source as the listener knows it: token, bucket, and its mapping made ready once."""

    def __init__(self, known: KnownSource, bucket: Bucket) -> None:
        self.source: Source = known.source
        self.token: bytes = known.token.encode()
        self.mapping: SignalMapping | None = None
        self.fault = ""
        self._bucket = bucket
        self._read_mapping()

    def _read_mapping(self) -> None:
        mapping = self.source.mapping
        try:
            self.mapping = None if mapping is None else SignalMapping.from_mapping(mapping)
        except DeskError as error:
            self.fault = f"The desk's mapping of this source is at fault: {error.message}"

    def check(self, kind: SourceKind, now_s: float) -> None:
        """Let it speak in this form now.

        Raises: Refusal: the source speaks another form, is switched off, sends too much, or cannot be read.
        """
        if self.source.kind is not kind:
            raise Refusal(403, f"This token is for {self.source.kind.word}: send to the path of that kind.")
        if not self.source.enabled:
            raise Refusal(403, "This source is switched off at the desk.")
        wait_s = self._bucket.take(now_s)
        if wait_s:
            sentence = f"More than {self.source.rate_per_s} messages a second: send the rest later."
            raise later(429, sentence, math.ceil(wait_s), self.source.id)
        if self.fault:
            raise later(503, self.fault, _MENDING_S, self.source.id)


class Door:
    """Every source that has a token; read again in one step when they change."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._visitors: tuple[Visitor, ...] = ()
        self._buckets: dict[int, Bucket] = {}

    def reread(self, known: Sequence[KnownSource]) -> None:
        """These and no others from now on; what a source has used up of its rate stays so."""
        now_s = self._monotonic()
        for each in known:
            rate_per_s = each.source.rate_per_s
            self._buckets.setdefault(each.source.id, Bucket(rate_per_s, now_s)).set_rate(rate_per_s)
        self._visitors = tuple(Visitor(each, self._buckets[each.source.id]) for each in known if each.token)

    def of_header(self, authorization: bytes, kind: SourceKind) -> Visitor:
        """Who sends an `Authorization: Bearer` header.

        Raises: Refusal.
        """
        is_bearer = authorization[: len(_BEARER)].lower() == _BEARER
        visitor = self.find(authorization[len(_BEARER) :].strip()) if is_bearer else None
        if visitor is None:
            sentence = "The token is missing or wrong: send the source's token as Authorization: Bearer …"
            raise Refusal(401, sentence, headers={"WWW-Authenticate": 'Bearer realm="signals"'})
        visitor.check(kind, self._monotonic())
        return visitor

    def of_key(self, routing_key: object, kind: SourceKind) -> Visitor:
        """Who sends a `routing_key` in the body.

        Raises: Refusal.
        """
        is_text = isinstance(routing_key, str)
        visitor = self.find(str(routing_key).encode("utf-8", "replace")) if is_text else None
        if visitor is None:
            raise Refusal(400, "routing_key is missing or not a source's token.", field="routing_key")
        visitor.check(kind, self._monotonic())
        return visitor

    def find(self, token: bytes) -> Visitor | None:
        """Who has this token, in the same time wherever it stands and however much of it is right."""
        found = None
        for visitor in self._visitors:
            if hmac.compare_digest(visitor.token, token):
                found = visitor
        return found
