"""Somebody of the desk as a row: who, where, whether they are there now, and how they are reached."""

from collections.abc import Callable
from datetime import datetime

from desktop.domain.person import Role
from desktop.ui.kit.table_model import Column
from desktop.ui.settings.channel_words import NO_CHANNEL, reached_words
from desktop.ui.settings.staff_ports import StaffLine
from desktop.ui.text import listed, moment

_CALLED = frozenset({Role.ON_CALL, Role.ON_CALL_LEADER})


def columns_of() -> tuple[Column[StaffLine], ...]:
    """What a row shows."""
    return (
        Column("Initials", lambda row: row.person.initials, width=70),
        Column("Name and roles", lambda row: row.person.name),
        Column("Team and hours", lambda row: row.person.team or "–", width=150),
        Column("Now", now_words, width=165),
        Column("Reached by", _reached, width=150),
    )


def second_line(now: Callable[[], datetime]) -> Callable[[StaffLine, int], str]:
    """What stands below, at this time."""

    def second(row: StaffLine, column: int) -> str:
        if column == 1:
            return roles_words(row)
        if column == 2:
            return row.now.hours if row.now is not None else ""
        if column == 3 and row.now is not None and row.now.next_shift is not None:
            return f"on call {moment(row.now.next_shift.start, now())}"
        return quiet_words(row) if column == 4 else ""

    return second


def roles_words(row: StaffLine) -> str:
    """The roles, and whether the person is still here."""
    roles = listed([role.value for role in sorted(row.person.roles)]) or "no role"
    return roles if row.person.active else f"left the desk · {roles}"


def now_words(row: StaffLine) -> str:
    """Away, on call, at work or not."""
    if row.now is None:
        return "–"
    if row.now.away is not None:
        return "Away"
    if row.now.on_call:
        return "On call"
    return {True: "At work", False: "Off work", None: "–"}[row.now.is_working]


def quiet_words(row: StaffLine) -> str:
    """The hours in which only what cannot wait arrives."""
    person = row.person
    if person.quiet_from is None or person.quiet_to is None:
        return ""
    return f"quiet {person.quiet_from:%H:%M}–{person.quiet_to:%H:%M}"


def is_out_of_reach(row: StaffLine) -> bool:
    """Whether somebody who may be paged has no channel that works."""
    if row.channels is None or not row.person.active or any(channel.works for channel in row.channels):
        return False
    has_shift = row.now is not None and bool(row.now.on_call or row.now.next_shift)
    return has_shift or bool(row.channels) or bool(row.person.roles & _CALLED)


def step(row: StaffLine) -> tuple[str, int]:
    """A mark at the head of whoever cannot be reached."""
    return ("text.warning", -1) if is_out_of_reach(row) else ("", -1)


def sentence(row: StaffLine) -> str:
    """The row for a screen reader."""
    parts = [row.person.name, roles_words(row)]
    if row.person.active:
        parts += [now_words(row), NO_CHANNEL if is_out_of_reach(row) else f"reached by {_reached(row)}"]
    return ", ".join(part for part in parts if part != "–")


def key_of(row: StaffLine) -> object:
    """What stays the same of a row."""
    return row.person.id


def _reached(row: StaffLine) -> str:
    return reached_words(row.channels) if row.person.active else "–"
