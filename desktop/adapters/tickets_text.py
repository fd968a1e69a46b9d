"""Tables as text: finds out how the letters are encoded and what separates the cells."""

import codecs
import csv
from collections.abc import Iterator
from math import log2
from pathlib import Path
from typing import NamedTuple

from desktop.domain.errors import DeskError

SEPARATORS = (",", ";", "\t", "|")
#: How much of a file is looked at to find the separator, in characters.
_LOOKED_AT = 262_144
_GUESSED_FROM = 131_072
_CHUNK = 1 << 20
#: Encodings of one or two bytes a letter that exports come in, the usual ones first.
_LIKELY = ("cp1252", "cp1250", "cp1251", "cp1253", "cp932", "gb18030", "big5", "euc_kr")
#: Files up to this size are read once to count their rows; of larger ones the lines are counted.
_COUNTED = 32 << 20
#: A single cell longer than this is no ticket's text any more.
LONGEST_CELL = 32 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class _Survey(NamedTuple):
    """What a pass over all of a file tells."""

    lines: int
    quotes: int
    head: str


class TextTable:
    """A CSV or TSV file."""

    def __init__(self, path: Path, encoding: str = "", separator: str = "") -> None:
        """Raises: DeskError when it is no text, or not in the encoding that was stated."""
        self._path = path
        self.encoding = _checked_encoding(encoding) if encoding else find_encoding(path)
        survey = _survey(path, self.encoding)
        self._hinted = survey.head.startswith("sep=") and len(survey.head.split("\n", 1)[0].rstrip("\r")) == 5
        found = survey.head[4] if self._hinted else find_separator(survey.head)
        self.separator = _checked_separator(separator) or found
        self.count: int | None = max(survey.lines - 1, 1)
        if path.stat().st_size < _COUNTED:
            self.count = sum(1 for _ in self.lines()) - 1
        self.notes: list[str] = []
        if survey.quotes % 2:
            self.notes.append("The number of quotation marks is odd: a text may lack its closing mark.")

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that is not blank with its number, the first row of the file being 1.

        Raises: DeskError when a cell is too long or the file changed meanwhile.
        """
        csv.field_size_limit(LONGEST_CELL)
        try:
            with self._path.open(encoding=self.encoding, newline="") as file:
                if self._hinted:
                    file.readline()
                for number, cells in enumerate(
                    csv.reader(_without_nul(file), delimiter=self.separator), start=1
                ):
                    if any(cells):
                        yield number, cells
        except csv.Error as error:
            raise DeskError(
                f"{self._path.name} cannot be read on: {error}.",
                hint="A quotation mark may be missing; look at the end of the last row that was read.",
            ) from error
        except (OSError, UnicodeError) as error:
            raise DeskError(f"{self._path.name} cannot be read on: {_said(error)}.") from error


def find_encoding(path: Path) -> str:
    """The encoding of a text file.

    Raises: DeskError when it is no text.
    """
    head = _read(path, _GUESSED_FROM)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if wide := _wide(head):
        return wide
    if b"\0" in head[:4096] and not _is_text(head):
        raise DeskError(f"{path.name} is no text.", hint="Choose a CSV, TSV or XLSX file.")
    if _is_utf8(path):
        return "utf-8"
    return _guessed(_unusual_part(path))


def find_separator(text: str) -> str:
    """What separates the cells: the sign that gives the most columns in the most even rows.

    A comma inside a quoted text does not count, for the rows are really read with each candidate.
    """
    whole = text if len(text) < _LOOKED_AT else text[: text.rfind("\n")]
    scores = {sign: _score(whole, sign) for sign in SEPARATORS}
    best = max(SEPARATORS, key=lambda sign: scores[sign])
    return best if scores[best] > 0 else ","


def _score(text: str, separator: str) -> float:
    widths = []
    try:
        for cells in csv.reader(text.splitlines(keepends=True), delimiter=separator):
            if any(cells):
                widths.append(len(cells))
            if len(widths) >= 300:
                break
    except csv.Error:
        return 0.0
    if not widths or widths[0] < 2:
        return 0.0
    even = sum(width == widths[0] for width in widths) / len(widths)
    return even * even * log2(widths[0] + 1)


def _survey(path: Path, encoding: str) -> _Survey:
    lines = quotes = 0
    head = ""
    try:
        with path.open(encoding=encoding, newline="") as file:
            while chunk := file.read(_CHUNK):
                head = head or chunk[:_LOOKED_AT]
                lines += chunk.count("\n") or chunk.count("\r")
                quotes += chunk.count('"')
    except UnicodeError as error:
        raise DeskError(
            f"{path.name} is not written in {encoding}: {_said(error)}.",
            field="encoding",
            hint="Choose another encoding, or let it be found.",
        ) from error
    except OSError as error:
        raise DeskError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    return _Survey(lines, quotes, head)


def _without_nul(lines: Iterator[str]) -> Iterator[str]:
    # Python 3.11's reader takes NUL, older ones stop at it; either way it is shown as a sign of its own.
    for line in lines:
        yield line.replace("\0", "\ufffd") if "\0" in line else line


def _wide(head: bytes) -> str:
    # Text in two bytes a letter without a mark: every other byte of mostly Latin letters is zero.
    if len(head) < 4 or (len(head) % 2 and len(head) < _GUESSED_FROM):
        return ""
    half = len(head[:4096]) // 2 or 1
    odd, even = head[1:4096:2].count(0) / half, head[0:4096:2].count(0) / half
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else ""


def _is_text(head: bytes) -> bool:
    """Whether zero bytes are strays in a text, not the sign of a binary file."""
    strange = sum(byte < 32 and byte not in (9, 10, 13) for byte in head[:4096])
    return strange / max(len(head[:4096]), 1) < 0.05


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _unusual_part(path: Path) -> bytes:
    """The part of a file around its first byte beyond ASCII: only such bytes tell encodings apart."""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if not chunk.isascii():
                place = next(at for at, byte in enumerate(chunk) if byte > 127)
                start = max(0, place - _GUESSED_FROM // 2)
                return chunk[start : start + _GUESSED_FROM]
    return b""


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # imported here: few files need it, and it takes its time

    found = [match for match in from_bytes(data, cp_isolation=list(_LIKELY)) if match.encoding in _LIKELY]
    if found:
        # Where two read it equally well, the more usual one.
        best = min(found, key=lambda match: (match.chaos, -match.coherence, _LIKELY.index(match.encoding)))
        return best.encoding
    # Anything can be read as Latin-1, so a guess always comes out; the sample shows whether it was right.
    return "cp1252" if _decodes(data, "cp1252") else "latin-1"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _checked_encoding(name: str) -> str:
    try:
        info = codecs.lookup(name)
        if info.name in ("utf-8",):
            return "utf-8-sig"  # reads it with and without a mark
        "".encode(info.name)
    except (LookupError, ValueError):
        raise DeskError(
            f"The encoding {name!r} is not known.",
            field="encoding",
            hint="Use a name such as utf-8 or cp1252.",
        ) from None
    return info.name


def _checked_separator(sign: str) -> str:
    named = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}.get(sign.casefold(), sign)
    if named and (len(named) != 1 or named in '"\r\n' or named.isalnum()):
        raise DeskError(
            f"{sign!r} cannot separate cells.", field="separator", hint="Use one sign, such as ; or tab."
        )
    return named


def _read(path: Path, size: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise DeskError(f"{path.name} cannot be read: {error.strerror or error}.") from error


def _said(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} and following mean nothing in it"
    return str(error)
