"""Seats and expected actions as the cells of a list of injects tell them."""

import re
from collections.abc import Callable, Sequence

from desktop.domain.drill_msel_export import NEVER
from desktop.domain.drill_msel_time import read_stamp
from desktop.domain.drill_msel_values import competence_of, guessed_competence, is_yes, one_line
from desktop.domain.drill_node import read_duration
from desktop.domain.drill_scenario import Expectation, SeatRole
from desktop.domain.drill_words import Evidence

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,23}")
_DEADLINE_S, _GRACE_S = 900, 900


class Seats:
    """Everybody a list sends something to, each with a seat of its own."""

    def __init__(self) -> None:
        self.roles: dict[str, SeatRole] = {}

    def seat(self, title: str) -> str:
        """The seat of somebody, by the name the list uses; made when it is the first time."""
        for role in self.roles.values():
            if title in (role.id, role.title):
                return role.id
        slug = re.sub(r"[^A-Za-z0-9_]+", "-", title).strip("-_") or "role"
        slug = slug if slug[0].isalpha() else f"r-{slug}"
        if not _ID.fullmatch(title):
            slug = slug.lower()
        slug = slug[:20].rstrip("-")
        name = slug if slug not in self.roles else f"{slug}-{len(self.roles)}"
        self.roles[name] = SeatRole(name, one_line(title)[:100])
        return name

    def anybody(self) -> str:
        """A seat for what the list sends to nobody."""
        return next(iter(self.roles)) if self.roles else self.seat("Team")


class Expected:
    """The expected actions of a list; counts what had to be assumed."""

    def __init__(self, seats: Seats) -> None:
        self._seats = seats
        self.count = 0
        self.guessed = 0
        self.assumed = 0

    def of(self, texts_of: Callable[[str], str], to: tuple[str, ...]) -> list[Expectation]:
        """The expected actions of a row, one for each line; its other cells tell their deadlines and more."""
        texts = [one_line(line).lstrip("-•*– ") for line in texts_of("expected").split("\n")]
        deadlines, competences, criticals = (
            texts_of(target).split("\n") for target in ("deadline", "competence", "critical")
        )
        made = []
        for n, text in enumerate(each for each in texts if each):
            self.count += 1
            is_never, deadline_s, grace_s = self._deadline(_nth(deadlines, n))
            competence = competence_of(_nth(competences, n))
            self.guessed += competence is None
            made.append(
                Expectation(
                    id=f"E{self.count:02}", text=text, competence=competence or guessed_competence(text),
                    role=to[0] if to else self._seats.anybody(), evidence=Evidence.MANUAL, weight=1,
                    deadline_s=deadline_s, grace_s=grace_s, critical=is_yes(_nth(criticals, n)),
                    negative=is_never,
                )
            )  # fmt: skip
        return made

    def _deadline(self, text: str) -> tuple[bool, int, int]:
        if text.strip() == NEVER:
            return True, 0, 0
        first, _, second = text.partition(" +")
        seconds = read_duration(first.strip())
        if seconds is None:
            stamp = read_stamp(first.strip()) if first.strip() else None
            seconds = (stamp.elapsed_s if stamp.elapsed_s is not None else stamp.clock_s) if stamp else None
        if not seconds or seconds < 0:
            self.assumed += 1
            return False, _DEADLINE_S, _GRACE_S
        return False, seconds, read_duration(second.strip()) or 0


def _nth(lines: Sequence[str], n: int) -> str:
    return lines[n] if n < len(lines) else ""
