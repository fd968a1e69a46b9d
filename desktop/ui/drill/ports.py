"""What library, start, plan and trends of drills ask of the desk; every call is for the worker."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.domain.drill_record import Run, RunMode, ScenarioRow, ScenarioVersion, Seat, TrendPoint
from desktop.domain.drill_scenario import Scenario
from desktop.services.drill_file import FileFault

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """How the words of tags are said, by their keys."""

    areas: tuple[Choice, ...] = ()
    tiers: tuple[Choice, ...] = ()
    types: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """Every scenario; why the operator may not write them, empty where they may."""

    rows: tuple[ScenarioRow, ...] = ()
    choices: Choices = Choices()
    why_not_write: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """One scenario: its newest readable text, faults of its draft, versions and runs, newest first."""

    row: ScenarioRow
    versions: tuple[ScenarioVersion, ...] = ()
    scenario: Scenario | None = None
    faults: tuple[FileFault, ...] = ()
    runs: tuple[Run, ...] = ()

    @property
    def draft(self) -> ScenarioVersion | None:
        """What is being written."""
        return next((each for each in self.versions if each.state == "draft"), None)


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file of a scenario that somebody wants to take in."""

    name: str
    text: str
    title: str
    faults: tuple[FileFault, ...] = ()


class KeepsScenarios(Protocol):
    """The library of one desk. Every command raises DeskError with what is wrong and what to do."""

    def library(self) -> Library:
        """All of them."""
        ...

    def opened(self, slug: str) -> Opened:
        """One of them."""
        ...

    def create(self, title: str) -> str:
        """Begin a new one; gives its slug."""
        ...

    def begin(self, slug: str, from_version: int) -> str:
        """Begin a draft of a version, 0 for the published one; gives the slug."""
        ...

    def discard(self, slug: str) -> None:
        """Throw the draft away."""
        ...

    def retire(self, slug: str, reason: str) -> None:
        """Take it out of use."""
        ...

    def bring_back(self, slug: str) -> None:
        """Take it into use again."""
        ...

    def read_file(self, path: Path) -> FileRead:
        """What a file holds."""
        ...

    def take_in(self, text: str) -> str:
        """Keep the text of a file as a draft; gives its slug."""
        ...

    def export(self, slug: str, form: str, target: Path) -> tuple[Path, ...]:
        """Write it as msel-csv, msel-xlsx, yaml or pack; gives the files."""
        ...


@dataclass(frozen=True, slots=True)
class StartSheet:
    """What is known before a drill is set up: the frozen text to be played and who could sit where."""

    slug: str
    version: int
    scenario: Scenario
    people: tuple[tuple[int, str], ...] = ()
    teams: tuple[str, ...] = ()
    team: str = ""
    seed: int = 1
    trainer: str = ""
    newer_playbook: str = ""


@dataclass(frozen=True, slots=True)
class StartWish:
    """A drill that somebody wants to begin; with `goes_on` its clock runs at once, else it is briefed."""

    slug: str
    version: int
    mode: RunMode
    practice: bool
    team: str
    seed: int
    seats: tuple[Seat, ...]
    goes_on: bool = True


class SetsUpDrills(Protocol):
    """Prepares drills."""

    def sheet(self, slug: str) -> StartSheet:
        """What a drill of the published version begins with."""
        ...


@dataclass(frozen=True, slots=True)
class Planned:
    """A recurring drill with its next times; `slug` is empty where the wheel chooses."""

    id: int
    title: str
    slug: str
    scenario: str
    team: str
    rule: str
    next_at: tuple[datetime, ...] = ()
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class PlanWish:
    """A recurring drill as it is filled in; `rule` is `weekly`, `weeks` (every so many) or `monthly`."""

    title: str
    slug: str
    team: str
    rule: str
    weekday: int
    time: str
    every: int
    nth: int
    zone: str


@dataclass(frozen=True, slots=True)
class PlanFound:
    """Everything that recurs, and what it can be made of."""

    planned: tuple[Planned, ...] = ()
    scenarios: tuple[Choice, ...] = ()
    teams: tuple[str, ...] = ()
    zone: str = "UTC"
    why_not_write: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the wheel has drawn, and why that is worth playing."""

    slug: str
    title: str
    why: tuple[str, ...]
    seed: int
    team: str = ""


class PlansDrills(Protocol):
    """The calendar of drills, and the wheel. Every command raises DeskError."""

    def found(self) -> PlanFound:
        """All of it."""
        ...

    def add(self, wish: PlanWish) -> None:
        """One more."""
        ...

    def remove(self, plan_id: int) -> None:
        """Let it recur no more."""
        ...

    def draw(self, team: str, seed: int) -> Drawn:
        """What the wheel draws with a seed."""
        ...


@dataclass(frozen=True, slots=True)
class TrendFound:
    """The drills of a team, oldest first, and how many were left out since they count in no trend."""

    team: str = ""
    teams: tuple[str, ...] = ()
    points: tuple[TrendPoint, ...] = ()
    practice: int = 0
    forks: int = 0


class ReadsTrends(Protocol):
    """How teams fare over drills, never how a person does."""

    def found(self, team: str) -> TrendFound:
        """One team's; the first one's without a name."""
        ...
