"""A list of injects as a draft scenario: the same list, the same draft, and what is missing is told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import ceil

from desktop.domain.drill_msel import Columns
from desktop.domain.drill_msel_expected import Expected, Seats
from desktop.domain.drill_msel_export import short
from desktop.domain.drill_msel_story import other_story, story_start
from desktop.domain.drill_msel_time import read_stamp, resolve
from desktop.domain.drill_msel_values import (
    channel_of,
    inject_id,
    listed,
    one_line,
    trigger_of,
    type_of,
    with_kept,
)
from desktop.domain.drill_node import read_duration
from desktop.domain.drill_scenario import (
    After,
    Inject,
    Objective,
    Origin,
    Pace,
    Phase,
    Scenario,
    SeatRole,
    Tags,
)
from desktop.domain.drill_words import Channel, InjectType, Mode, Trigger

_AFTER = re.compile(r"after inject ([A-Za-z][\w-]*) \+(\S+)")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,23}")
_START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_WEIGHT = 10
_KEPT_NAMES = {
    "track": "Track", "priority": "Priority", "location": "Location", "controller": "Responsible Controller",
    "objectives": "Objectives",
}  # fmt: skip
_SUMMARY = "Write here what everybody may know before it begins."


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was left out, and why."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody said about the list beforehand; empty where it is to be found out."""

    times: str = ""
    start: datetime | None = None
    title: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """The draft, what was assumed or is missing, and the rows left out."""

    scenario: Scenario
    dialect: str
    columns: Mapping[str, str]
    told: tuple[str, ...]
    skipped: tuple[Skipped, ...]


@dataclass(slots=True)
class _Row:
    """One row of the list while it is read."""

    number: int
    cells: Mapping[str, str]
    extra: dict[str, str]
    at_s: int | None = None
    is_timed: bool = False
    id: str = ""

    def text(self, target: str) -> str:
        return self.cells.get(target, "")


def import_rows(
    rows: Sequence[tuple[int, Sequence[str]]], columns: Columns, *, name: str, wanted: Wanted | None = None
) -> Imported:
    """The draft scenario of the rows below a heading; `name` is what the file is called."""
    return _Import(columns, wanted or Wanted(), name).done(rows)


class _Import:
    def __init__(self, columns: Columns, wanted: Wanted, name: str) -> None:
        self._columns = columns
        self._wanted = wanted
        self._name = name
        self._told: list[str] = []
        self._skipped: list[Skipped] = []
        self._seats = Seats()
        self._expected = Expected(self._seats)
        self._start = _START

    def done(self, rows: Sequence[tuple[int, Sequence[str]]]) -> Imported:
        taken = self._times([row for number, cells in rows if (row := self._row(number, cells))])
        self._name_all(taken)
        phases, phase_of = self._phases(taken)
        injects = tuple(self._inject(row, phase_of) for row in taken)
        scenario = self._scenario(taken, injects, phases)
        self._tell_what_is_missing(scenario)
        named = {target: self._columns.names[at] for target, at in self._columns.at.items()}
        return Imported(scenario, self._columns.dialect, named, tuple(self._told), tuple(self._skipped))

    def _row(self, number: int, cells: Sequence[str]) -> _Row | None:
        def cell(at: int) -> str:
            text = cells[at].strip() if at < len(cells) else ""
            return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text

        filled = [text for text in cells if text.strip()]
        if not filled:
            return None
        if len(filled) == 1 and len(self._columns.at) > 2:
            self._skipped.append(Skipped(number, f"a heading of its own: “{one_line(filled[0])[:60]}”"))
            return None
        row = _Row(
            number,
            {target: cell(at) for target, at in self._columns.at.items()},
            {self._columns.names[at]: cell(at) for at in self._columns.kept},
        )
        if not row.text("title") and not row.text("body"):
            self._skipped.append(Skipped(number, "it has neither title nor text"))
            return None
        return row

    def _times(self, rows: list[_Row]) -> list[_Row]:
        texts = [row.text("at") for row in rows]
        stamps = [None if not text or text.startswith("after ") else read_stamp(text) for text in texts]
        times = self._wanted.times or ("elapsed" if self._columns.dialect == "own" else "")
        found, begin, assumed = resolve(stamps, times=times, start=self._wanted.start)
        self._start = self._wanted.start or begin or _START
        if assumed:
            self._told.append(assumed)
        taken, last_s = [], 0
        for row, text, stamp, seconds in zip(rows, texts, stamps, found, strict=True):
            if text and stamp is None and not text.startswith("after "):
                self._skipped.append(Skipped(row.number, f"its time “{text[:40]}” cannot be read"))
                continue
            row.is_timed = seconds is not None
            row.at_s = last_s if seconds is None else seconds
            if seconds is not None and seconds < last_s and seconds >= 0:
                self._told.append(f"Row {row.number} comes before the row above it.")
            last_s = max(seconds or 0, last_s)
            taken.append(row)
        if self._wanted.start is None:
            self._start = story_start(
                self._start, [(row.text("day"), row.text("story"), row.at_s) for row in taken]
            )
        if taken and "at" not in self._columns.at:
            self._told.append(
                "No column has times: every inject is fired by hand, at the facilitator's pace."
            )
        return taken

    def _name_all(self, rows: list[_Row]) -> None:
        met: set[str] = set()
        for place, row in enumerate(rows, start=1):
            said = row.text("number")
            name = inject_id(said, place)
            if name in met:
                self._told.append(f"Row {row.number}: the number {said or name} is given twice.")
                name = next(each for n in range(2, 999) if (each := f"{name[:20]}-{n}") not in met)
            met.add(name)
            row.id = name

    def _phases(self, rows: list[_Row]) -> tuple[tuple[Phase, ...], dict[str, str]]:
        begins: dict[str, int] = {}
        for row in rows:
            title = row.text("phase") or "All of it"
            begins[title] = min(begins.get(title, 10**9), max(row.at_s or 0, 0))
        phases: list[Phase] = []
        ids = {}
        for number, (title, from_s) in enumerate(sorted(begins.items(), key=lambda one: one[1]), start=1):
            begin_s = max(from_s, phases[-1].from_s + 60) if phases else 0
            ids[title] = f"P{number}"
            phases.append(Phase(f"P{number}", title, begin_s))
        return tuple(phases) or (Phase("P1", "All of it", 0),), ids

    def _inject(self, row: _Row, phase_of: Mapping[str, str]) -> Inject:
        kept = {name: row.text(target) for target, name in _KEPT_NAMES.items()} | row.extra
        if row.text("day") or row.text("story"):
            kept |= other_story(self._start, row.at_s or 0, row.text("day"), row.text("story"))
        trigger = self._trigger(row, kept)
        after = self._after(row, kept)
        to = tuple(self._seats.seat(title) for title in listed(row.text("to")))
        at_s = None if after else (row.at_s or 0)
        expect = () if at_s is not None and at_s < 0 else tuple(self._expected.of(row.text, to))
        if row.text("expected") and not expect:
            kept["Expected Action"] = row.text("expected")
        channel, kind = self._channel(row, kept), type_of(row.text("type"))
        if kind is None and row.text("type"):
            kept["Inject Type"] = row.text("type")
        return Inject(
            id=row.id, phase=phase_of[row.text("phase") or "All of it"], type=kind or InjectType.STANDARD,
            trigger=trigger, channel=channel, at_s=at_s, after=after, source_from=one_line(row.text("from")),
            to=to, subject=one_line(row.text("title")) or short(row.text("body")), body=row.text("body"),
            notes=with_kept(row.text("notes"), kept), expect=expect,
        )  # fmt: skip

    def _trigger(self, row: _Row, kept: dict[str, str]) -> Trigger:
        trigger = trigger_of(row.text("trigger"))
        condition = row.text("condition")
        if condition:
            kept["Condition"] = condition
        if row.text("trigger") and trigger is None:
            kept["Trigger"] = row.text("trigger")
        if trigger is Trigger.CONDITIONAL or (condition and trigger is None):
            self._told.append(f"{row.id}: its condition waits in the notes until somebody makes one of it.")
            return Trigger.MANUAL
        if trigger is None:
            return Trigger.SCHEDULED if row.is_timed else Trigger.MANUAL
        return trigger

    def _after(self, row: _Row, kept: dict[str, str]) -> After | None:
        text = row.text("at")
        if not text.startswith("after "):
            return None
        match = _AFTER.fullmatch(text)
        delay_s = read_duration(match[2]) if match else None
        if match is None or delay_s is None:
            kept["Scheduled Time"] = text
            return None
        return After("inject", match[1], "", delay_s)

    def _channel(self, row: _Row, kept: dict[str, str]) -> Channel:
        said = row.text("channel")
        channel = channel_of(said)
        if channel is None and said:
            kept["Delivery Method"] = said
        return channel or Channel.NONE

    def _scenario(self, rows: list[_Row], injects: tuple[Inject, ...], phases: tuple[Phase, ...]) -> Scenario:
        last_s = max([row.at_s or 0 for row in rows] + [phase.from_s for phase in phases], default=0)
        used = dict.fromkeys(each.competence for inject in injects for each in inject.expect)
        slug = re.sub(r"[^a-z0-9]+", "-", self._name.lower()).strip("-")[:50]
        name = re.sub(r"(?i)\b(msel|mel|injects?|drill|drl)\b", " ", re.sub(r"[_-]+", " ", self._name))
        title = self._wanted.title or one_line(name) or "Draft"
        roles = tuple(self._seats.roles.values()) or (SeatRole("team", "Team"),)
        return Scenario(
            id=slug if len(slug) >= 3 else f"drl-{slug or 'draft'}",
            version=1,
            title=title[:1].upper() + title[1:200],
            summary=_SUMMARY,
            origin=Origin("original"),
            tags=Tags(),
            pace=Pace(
                Mode.CLOCK if any(row.is_timed for row in rows) else Mode.FACILITATOR,
                self._start,
                ceil((max(last_s, 0) + 1800) / 300) * 300,
            ),
            roles=roles,
            objectives=self._objectives(rows),
            competences=dict.fromkeys(used, _WEIGHT) or {"recognition": _WEIGHT},
            phases=phases,
            injects=injects,
        )

    def _objectives(self, rows: list[_Row]) -> tuple[Objective, ...]:
        named = dict.fromkeys(each for row in rows for each in listed(row.text("objectives")))
        if not named:
            self._told.append("No objectives are given: write what it is to show.")
            return (Objective("OBJ1", "Work through the situation together."),)
        return tuple(Objective(f"OBJ{n}", text) for n, text in enumerate(list(named)[:6], start=1))

    def _tell_what_is_missing(self, scenario: Scenario) -> None:
        self._told.append(f"The story begins at {scenario.pace.start.isoformat()}: put the right time there.")
        for target in self._columns.guessed:
            name = self._columns.names[self._columns.at[target]]
            self._told.append(f"The column “{name}” was taken for {target}.")
        if kept := [self._columns.names[at] for at in self._columns.kept]:
            self._told.append(f"Kept in the notes: {', '.join(kept)}.")
        if not self._expected.count:
            self._told.append("Nothing is expected of anybody yet: add what good teams do.")
        if self._expected.guessed:
            self._told.append(
                f"The competence of {self._expected.guessed} expected actions was guessed from their words."
            )
        if self._expected.assumed:
            self._told.append(f"{self._expected.assumed} expected actions got 15 minutes and 15 of grace.")
        if self._expected.count:
            self._told.append(
                "Every expected action is ticked by staff: name the event that shows it, if any."
            )
        self._told.append("Summary, tags and customers are to be written.")
