"""The address under which calendar programs read shifts; who has it may read, so it is kept out of logs."""

import re
from collections.abc import Callable

from desktop.adapters.listener.answer import Answer
from desktop.adapters.listener.room import Room

#: What stands before the token.
PATH = "/v1/calendar/"
METHODS = ("GET", "HEAD")
_TOKEN = re.compile(r"([A-Za-z0-9_-]{20,100})\.ics")
_HEADERS = (
    (b"cache-control", b"private, max-age=300"),
    (b"content-disposition", b'attachment; filename="shifts.ics"'),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
_NOTHING = b'{"error":"There is no calendar under this address."}'


class CalendarRoom:
    """Answers `/v1/calendar/TOKEN.ics`."""

    def __init__(self, find: Callable[[str], bytes | None]) -> None:
        """`find` gives the calendar under a token, None where there is none."""
        self._find = find

    def room(self) -> Room:
        """To be put under its path."""
        return Room(METHODS, self.enter)

    def enter(self, _method: str, place: str) -> Answer:
        """The calendar; nothing tells a token that was ended from one that never was."""
        found = _TOKEN.fullmatch(place)
        data = self._find(found[1]) if found is not None else None
        if data is None:
            return Answer(404, _NOTHING)
        return Answer(200, data, _HEADERS, media_type=b"text/calendar; charset=utf-8")
