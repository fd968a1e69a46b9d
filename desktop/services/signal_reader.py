"""A message as it came, into the signals it holds, each in its source's own form."""

from collections.abc import Callable, Mapping

from db.queries.message import Waiting
from desktop.domain.errors import DeskError
from desktop.domain.signal import Signal, SignalAction, parse
from desktop.domain.source import Source, SourceKind

Reader = Callable[[bytes, Source], list[Signal]]

_EMPTY = "A message without an alert"
_UNREADABLE = "A message that cannot be read"


def _read_json(body: bytes, source: Source) -> list[Signal]:
    return parse(source.kind.value, body, source.mapping)


#: How messages of a kind are read; those not named speak JSON.
READERS: Mapping[SourceKind, Reader] = {}


def signals_of(message: Waiting, source: Source) -> tuple[list[Signal], str]:
    """The signals of a message and, where it cannot be read, why not.

    There is always at least one, so that each message shows what became of it.
    """
    try:
        found = READERS.get(source.kind, _read_json)(message.body, source)
    except DeskError as error:
        where = f" ({error.field})" if error.field else ""
        return [Signal(SignalAction.INFO, None, _UNREADABLE, "", None, {})], f"{error}{where}"
    return found or [Signal(SignalAction.INFO, None, _EMPTY, "", None, {})], ""
