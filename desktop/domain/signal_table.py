"""The rows of a table that came as a file, each read as a signal."""

import csv
import io
from collections.abc import Mapping
from email.message import Message
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.signal_generic import PLAIN, read_generic
from desktop.domain.signal_mapping import SignalMapping
from desktop.domain.signal_type import Signal

MOST_ROWS = 5000
_LONGEST_CELL = 100_000


def table_type(encoding: str, separator: str) -> str:
    """The media type that says how a table is written."""
    return f'text/csv; charset="{encoding}"; separator="{separator.encode().hex()}"'


def read_table(body: bytes, media_type: str, mapping: Mapping[str, Any] | None = None) -> list[Signal]:
    """The signals of a table: one for each row, the mapping's paths being the columns of the first line.

    `media_type` as `table_type` gives it.

    Raises: DeskError naming the row that cannot be read.
    """
    encoding, separator = _how(media_type)
    try:
        text = body.decode(encoding).replace("\0", "\ufffd").removeprefix("\ufeff")
    except (LookupError, UnicodeDecodeError):
        raise DeskError(f"The file is not written in {encoding}.", hint="Save it in UTF-8.") from None
    if text.startswith("sep="):
        text = text.partition("\n")[2]
    csv.field_size_limit(_LONGEST_CELL)
    used = PLAIN if mapping is None else SignalMapping.from_mapping(mapping)
    signals: list[Signal] = []
    names: list[str] = []
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(rows, start=1):
            if not any(cells):
                continue
            if not names:
                names = _names([cell.casefold() for cell in cells] if mapping is None else cells)
                continue
            signals.append(_signal(names, cells, used, number))
            if len(signals) > MOST_ROWS:
                raise DeskError(f"The file has more than {MOST_ROWS} rows.", hint="Split it.")
    except csv.Error as fault:
        raise DeskError(f"The file cannot be read as a table: {fault}.") from None
    return signals


def _signal(names: list[str], cells: list[str], mapping: SignalMapping, number: int) -> Signal:
    row = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}
    try:
        return read_generic(row, mapping)[0]
    except DeskError as fault:
        raise DeskError(f"Row {number}: {fault.message}", field=fault.field, hint=fault.hint) from None


def _names(cells: list[str]) -> list[str]:
    """The columns by name; a name that stands there twice counts the first time."""
    names: list[str] = []
    for cell in cells:
        name = cell.strip()
        names.append("" if name in names else name)
    return names


def _how(media_type: str) -> tuple[str, str]:
    header: Message[str, str] = Message()
    header["Content-Type"] = media_type
    encoding = str(header.get_param("charset") or "utf-8")
    try:
        separator = bytes.fromhex(str(header.get_param("separator") or "2c")).decode()
    except ValueError:
        separator = ","
    return encoding, separator if len(separator) == 1 else ","
