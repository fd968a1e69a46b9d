"""Reads the board's rows while the window paints its first picture and the program loads."""

from pathlib import Path
from threading import Thread

from db.first_look import PackedBoard, WholeBoard, packed_rows


class RowsAhead:
    """Begins to read at once, on a thread of its own: the worker imports, and SQLite needs no Python."""

    def __init__(self, path: Path, now_us: int, day_us: int) -> None:
        self._wanted = (path, now_us, day_us)
        self._packed: PackedBoard | None = None
        self._thread = Thread(target=self._read, name="rows ahead", daemon=True)
        self._thread.start()

    def rows(self) -> WholeBoard | None:
        """The rows once they are read; None where the desk's services have to look first."""
        self._thread.join()
        packed, self._packed = self._packed, None
        return packed.unpack() if packed is not None else None

    def _read(self) -> None:
        self._packed = packed_rows(*self._wanted)
