"""How a desk's window stood when it was closed, told in microseconds, for the very first frame.

The settings in the database are what counts; this copy may be lost or wrong without harm, and is for the time
until they have been read.
"""

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QStandardPaths

from desktop import paths
from desktop.ui.first_surfaces import Bars
from desktop.ui.window import MainWindow

_DESKS = 8  # how many are remembered, those closed last
_NAME = "last-look.json"


class LastLook(NamedTuple):
    """The theme in force, how thick the bars were, and where the window stood, as Qt tells it, in base 64."""

    theme: str
    bars: Bars
    geometry: str

    @classmethod
    def of(cls, window: MainWindow, theme: str) -> "LastLook":
        """How a furnished window stands now."""
        board = window.board
        details = board.split.sizes()[1:]
        bars = Bars(
            menu=window.menuBar().height(),
            top=window.top.height(),
            filters=board.filters.height(),
            status=window.status.height(),
            side=window.side.width(),
            details=sum(details) + board.split.handleWidth() if any(details) else 0,
        )
        return cls(theme, bars, window.saveGeometry().toBase64().toStdString())


def last_look(database: Path) -> LastLook | None:
    """How the window of that desk stood; None where it is not known."""
    try:
        theme, bars, geometry = _all()[str(database)]
        look = LastLook(str(theme), Bars(*map(int, bars)), str(geometry))
    except (LookupError, ValueError, TypeError):
        return None
    return look if min(look.bars) >= 0 else None


def keep_look(database: Path, look: LastLook) -> None:
    """Remember it for the next start, if that can be done."""
    known = _all()
    known.pop(str(database), None)
    kept = dict(list(known.items())[1 - _DESKS :]) | {str(database): look}
    file = _file()
    unfinished = file.with_name(f".{_NAME}.{os.getpid()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.write_text(json.dumps(kept), encoding="utf-8")
        unfinished.replace(file)
    except OSError:
        return  # the next first frame shows what is usual


def _all() -> dict[str, Any]:
    try:
        found = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _file() -> Path:
    # The toolkit knows the folder; the library that knows the others would take a twentieth of the start.
    states = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericStateLocation)
    return Path(states, paths.APP_ID, _NAME)
