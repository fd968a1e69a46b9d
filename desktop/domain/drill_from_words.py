"""Texts of a past escalation as a drill may show them: nothing that gives it away, nothing too long."""

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime

_LONGEST = 2_000
#: What only whoever runs a drill says, and what the story would say.
_TELLING = (
    (r"root[- ]cause", "cause"), (r"expected action", "next step"), (r"expectations?", "hopes"),
    (r"injects?", "events"), (r"msel", "list"), (r"red (?:herring|flag)s?", "doubt"), (r"spoilers?", "news"),
    (r"staff only", "internal"), (r"facilitators?", "host"), (r"trainers?", "coach"), (r"rubric", "scheme"),
    (r"sim(?:ulation )?cell", "cell"), (r"this (?:drill|exercise)", "this"), (r"the players", "everybody"),
)  # fmt: skip
_TELLS = tuple((re.compile(rf"(?i)\b{word}\b"), instead) for word, instead in _TELLING)


class Voice:
    """Says real words with invented names, cut to a length; to players without what gives a drill away."""

    def __init__(self, said: Callable[[str], str]) -> None:
        self._said = said

    def staff(self, text: str, most: int = _LONGEST) -> str:
        """For staff."""
        return shortened(self._said(text).replace("{{", "{ {"), most)

    def player(self, text: str, most: int = _LONGEST) -> str:
        """For players."""
        said = self.staff(text, most)
        for telling, instead in _TELLS:
            said = telling.sub(instead, said)
        return said

    def line(self, text: str, most: int = 150) -> str:
        """For players, on one line."""
        return shortened(" ".join(self.player(text).split()), most)


def shortened(text: str, most: int) -> str:
    """A text cut between words where it is too long."""
    text = text.strip()
    if len(text) <= most:
        return text
    return (text[:most].rsplit(None, 1)[0] or text[:most]) + " …"


def slug_of(text: str) -> str:
    """A text as the id of a scenario may hold it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "past"


def length_of(seconds: int) -> str:
    """A length of time in words: "2 h 20 min"."""
    minutes = abs(seconds) // 60
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    parts = [f"{days} d" if days else "", f"{hours} h" if hours else "", f"{left} min" if left else ""]
    return " ".join(part for part in parts if part) or f"{abs(seconds)} s"


def clock_of(at: datetime, begin: datetime) -> str:
    """A time of the story: the hour, and the weekday where it is another day."""
    return f"{at:%H:%M}" if at.date() == begin.date() else f"{at:%A}, {at:%H:%M}"
