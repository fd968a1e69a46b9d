"""A message as it came, into the signals it holds, each in its source's own form."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from db.queries.message import Waiting
from desktop.domain.errors import DeskError
from desktop.domain.signal import Signal, SignalAction, parse
from desktop.domain.signal_mail import read_mail
from desktop.domain.signal_table import read_table
from desktop.domain.source import Source, SourceKind

Reader = Callable[[Waiting, Source], list[Signal]]

_EMPTY = "A message without an alert"
_UNREADABLE = "A message that cannot be read"


def _read_json(message: Waiting, source: Source) -> list[Signal]:
    return parse(source.kind.value, message.body, source.mapping)


def _read_mail(message: Waiting, source: Source) -> list[Signal]:
    return [read_mail(message.body)]


def _read_file(message: Waiting, source: Source) -> list[Signal]:
    if message.media_type.startswith("text/csv"):
        return read_table(message.body, message.media_type, source.mapping)
    return parse(SourceKind.GENERIC.value, message.body, source.mapping)


#: How messages of a kind are read; those not named speak JSON.
READERS: Mapping[SourceKind, Reader] = {SourceKind.MAIL: _read_mail, SourceKind.FOLDER: _read_file}


def signals_of(message: Waiting, source: Source) -> tuple[list[Signal], str]:
    """The signals of a message and, where it cannot be read, why not.

    There is always at least one, so that each message shows what became of it.
    """
    try:
        found = READERS.get(source.kind, _read_json)(message, source)
    except DeskError as error:
        where = f" ({error.field})" if error.field else ""
        return [Signal(SignalAction.INFO, None, _UNREADABLE, "", None, {})], f"{error}{where}"
    if source.kind is SourceKind.PAGERDUTY:
        found = [_keyed(signal, message.reference) for signal in found]
    return found or [Signal(SignalAction.INFO, None, _EMPTY, "", None, {})], ""


def _keyed(signal: Signal, reference: str) -> Signal:
    """An event without a key goes by the one its sender was told when it was kept: it resolves with that."""
    is_own_alert = signal.dedup_key is None and signal.action is SignalAction.TRIGGER
    return replace(signal, dedup_key=reference) if is_own_alert and reference else signal
