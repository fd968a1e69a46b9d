"""Targets of commitments: a length of real or open time, or of a calendar's working days."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from desktop.domain.commitment import Kind
from desktop.domain.policy_node import Node, span_text
from desktop.domain.policy_score import Priority
from desktop.domain.policy_score_document import read_by_priority
from desktop.domain.worktime import Calendar

#: How a document names the time that never closes.
ALWAYS = "24x7"

_WORKING_DAYS = re.compile(r"([1-9]\d{0,3}) ?d")
_CONTAINED_UPDATE = "update_once_contained"

Targets = dict[tuple[Priority, Kind], "Target"]


class HasCalendars(Protocol):
    """A policy, as far as targets are concerned."""

    @property
    def calendars(self) -> Mapping[str, Calendar]:
        """Calendars by name."""
        ...


@dataclass(frozen=True, slots=True)
class Target:
    """How long a promise may take, on a calendar of the policy; `calendar` empty means 24×7.

    Either `length` or `working_days` is above zero, the other is zero.
    """

    length: timedelta = timedelta()
    calendar: str = ""
    working_days: int = 0

    def resolve(self, policy: HasCalendars) -> tuple[timedelta, Calendar]:
        """The open time allowed and the calendar it runs on; a working day is the calendar's own."""
        calendar = policy.calendars[self.calendar] if self.calendar else Calendar.always()
        if self.working_days:
            return self.working_days * calendar.working_day, calendar
        return self.length, calendar


def read_targets(node: Node, calendars: Mapping[str, Calendar]) -> tuple[Targets, dict[Priority, Target]]:
    """What is promised by priority and kind, and updates once contained, where those differ."""
    targets: Targets = {}
    contained: dict[Priority, Target] = {}
    for priority, part in read_by_priority(node).items():
        parts = part.parts(("calendar", *Kind), (_CONTAINED_UPDATE,))
        calendar = _read_calendar_name(parts["calendar"], calendars)
        for kind in Kind:
            targets[priority, kind] = _read_target(parts[kind], calendars, calendar)
        if _CONTAINED_UPDATE in parts:
            contained[priority] = _read_target(parts[_CONTAINED_UPDATE], calendars, calendar)
    return targets, contained


def write_targets(
    targets: Mapping[tuple[Priority, Kind], Target], contained: Mapping[Priority, Target]
) -> dict[str, Any]:
    """The document of `read_targets`."""
    return {str(p): _write_priority(p, targets, contained.get(p)) for p in Priority}


def read_forgotten(node: Node, calendars: Mapping[str, Calendar]) -> dict[Priority, Target]:
    """After how long without an event an acknowledged escalation counts as forgotten."""
    return {p: _read_target(part, calendars, "") for p, part in read_by_priority(node).items()}


def write_forgotten(forgotten: Mapping[Priority, Target]) -> dict[str, Any]:
    """The document of `read_forgotten`."""
    return {str(p): _write_target(forgotten[p], "") for p in Priority}


def _read_target(node: Node, calendars: Mapping[str, Calendar], calendar: str) -> Target:
    if isinstance(node.value, Mapping):
        parts = node.parts(("length", "calendar"))
        return _read_target(parts["length"], calendars, _read_calendar_name(parts["calendar"], calendars))
    days = _WORKING_DAYS.fullmatch(node.text())
    if days:
        return Target(calendar=calendar, working_days=int(days[1]))
    return Target(node.span(), calendar)


def _write_target(target: Target, calendar: str) -> str | dict[str, str]:
    length = f"{target.working_days} d" if target.working_days else span_text(target.length)
    if target.calendar == calendar:
        return length
    return {"length": length, "calendar": target.calendar or ALWAYS}


def _read_calendar_name(node: Node, calendars: Mapping[str, Calendar]) -> str:
    name = node.text()
    if name == ALWAYS:
        return ""
    if name not in calendars:
        known = ", ".join((ALWAYS, *calendars))
        raise node.fault(f"there is no calendar “{name}”.", f"Name one of calendars: {known}.")
    return name


def _write_priority(
    priority: Priority, targets: Mapping[tuple[Priority, Kind], Target], contained: Target | None
) -> dict[str, Any]:
    calendar = targets[priority, Kind.ASSIGN].calendar
    document: dict[str, Any] = {"calendar": calendar or ALWAYS}
    for kind in Kind:
        document[str(kind)] = _write_target(targets[priority, kind], calendar)
    if contained is not None:
        document[_CONTAINED_UPDATE] = _write_target(contained, calendar)
    return document
