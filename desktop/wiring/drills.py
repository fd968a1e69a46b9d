"""The library of drills of a desk and what a drill begins with, in the operator's name; for the worker."""

import secrets
from collections.abc import Iterable
from pathlib import Path

from desktop.domain.drill_record import Run, RunState, ScenarioVersion
from desktop.domain.drill_rights import trains
from desktop.domain.drill_scenario import Scenario
from desktop.domain.errors import DeskError
from desktop.domain.person import Actor
from desktop.domain.playbook_match import Axis
from desktop.services.desk import Desk
from desktop.services.drill_file import read_file, read_text, write_text
from desktop.services.drill_library import DrillLibrary
from desktop.services.drill_record import DrillRecord
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_words import TagWords
from desktop.ui.drill.ports import Choices, FileRead, Library, Opened, StartSheet
from desktop.wiring.switching import operator_of

_NOBODY = "Say under Settings who works at this desk: then you can write scenarios."
_NO_TRAINER = "Only trainers and leads write scenarios; anybody may practise alone."
_MOST_SEED = 9999


def record_of(desk: Desk) -> DrillRecord:
    """What a desk keeps of its drills."""
    return DrillRecord(store=desk.store, clock=desk.clock, bus=desk.bus)


def folder_of(desk: Desk) -> Path:
    """Where the desks of its drills lie: beside its database."""
    path = desk.store.path
    return path.with_name(f"{path.stem}-drills")


def why_not_write(desk: Desk) -> str:
    """Why whoever works at the desk may not keep scenarios; empty where they may."""
    person = desk.person.operator()
    if person is None:
        return _NOBODY
    return "" if trains(person.actor()) else _NO_TRAINER


class DeskDrills:
    """What library and start ask for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._library = DrillLibrary(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._record = record_of(desk)
        self._has_shipped = False

    def library(self) -> Library:
        """All of them; those that ship are there from the first look on."""
        if not self._has_shipped:
            self._library.ensure_shipped()
            self._has_shipped = True
        rows = self._library.all(with_retired=True)
        known = TagWords(self._desk.policy.active()).known
        choices = Choices(
            areas=tuple(known[Axis.AREA].items()),
            tiers=tuple(known[Axis.TIER].items()),
            types=tuple(known[Axis.TYPE].items()),
        )
        return Library(rows, choices, why_not_write(self._desk))

    def opened(self, slug: str) -> Opened:
        """One of them: what is published, or the draft where nothing is."""
        row = next((row for row in self._library.all(with_retired=True) if row.slug == slug), None)
        if row is None:
            raise DeskError("The scenario is gone: its draft was discarded.", hint="Choose another.")
        versions = self._library.versions(slug)
        draft = self._library.draft(slug)
        reading = read_text(draft.text) if draft is not None else None
        runs = self._record.runs(slug=slug, limit=20)
        if row.published:
            scenario: Scenario | None = self._library.scenario(slug)
        else:
            scenario = reading.scenario if reading is not None else None
        return Opened(row, versions, scenario, reading.faults if reading is not None else (), runs)

    def create(self, title: str) -> str:
        """Begin a new one."""
        from desktop.services.drill_blank import blank  # seldom wanted

        return self._library.create(blank(title.strip(), self._desk.clock.now()), self._by()).slug

    def begin(self, slug: str, from_version: int) -> str:
        """Begin a draft."""
        return self._library.begin(slug, self._by(), from_version=from_version).slug

    def discard(self, slug: str) -> None:
        """Throw the draft away."""
        self._library.discard(slug, self._by())

    def retire(self, slug: str, reason: str) -> None:
        """Take it out of use."""
        self._library.retire(slug, self._by(), reason)

    def bring_back(self, slug: str) -> None:
        """Take it into use again."""
        self._library.bring_back(slug, self._by())

    def read_file(self, path: Path) -> FileRead:
        """What a file holds, with the line of everything that is wrong."""
        reading = read_file(path)
        title = reading.scenario.title if reading.scenario is not None else path.name
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        return FileRead(path.name, text, title, reading.faults)

    def take_in(self, text: str) -> str:
        """Keep the text of a file as a draft."""
        return self._library.create(text, self._by()).slug

    def export(self, slug: str, form: str, target: Path) -> tuple[Path, ...]:
        """Write it; the papers of a pack go into a folder."""
        version = self._shown(slug)
        scenario = read_text(version.text).scenario
        if scenario is None:
            raise DeskError("The draft cannot be read as a drill yet.", hint="Edit it to see why.")
        written = []
        for name, data in _files(scenario, version.text, form, slug):
            path = target / name if form == "pack" else target
            try:
                path.write_bytes(data)
            except OSError as error:
                raise DeskError(
                    f"{path.name} could not be written: {error.strerror or error}.",
                    hint="Choose another place.",
                ) from error
            written.append(path)
        return tuple(written)

    def sheet(self, slug: str) -> StartSheet:
        """What a drill of the published version begins with."""
        opened = self.opened(slug)
        scenario = self._library.scenario(slug)
        people = self._desk.person.all()
        operator = self._desk.person.operator()
        runs = self._record.runs(limit=50)
        teams = _teams([each.team for each in people], runs)
        last = next((run.team for run in runs if run.team), "")
        return StartSheet(
            slug=slug,
            version=opened.row.published,
            scenario=scenario,
            people=tuple((each.id, each.name) for each in people),
            teams=teams,
            team=last or (operator.team if operator is not None else ""),
            seed=1 + secrets.randbelow(_MOST_SEED),
            trainer=operator.name if operator is not None else "",
            newer_playbook=self._newer_playbook(scenario),
        )

    def _newer_playbook(self, scenario: Scenario) -> str:
        """That the playbook it was written for has gone on since."""
        wanted = scenario.playbook
        if wanted is None:
            return ""
        service = PlaybookService(store=self._desk.store, clock=self._desk.clock, bus=self._desk.bus)
        found = next((row for row in service.all() if row.slug == wanted.id), None)
        if found is None or found.version <= wanted.version:
            return ""
        return f"“{found.title}” is at version {found.version}; this drill was written for {wanted.version}"

    def _shown(self, slug: str) -> ScenarioVersion:
        versions = self._library.versions(slug)
        published = [each for each in versions if each.state == "published"]
        return (published or versions)[0]

    def _by(self) -> Actor:
        return operator_of(self._desk)


def teams_of(desk: Desk) -> tuple[str, ...]:
    """The teams that people and drills name."""
    return _teams([each.team for each in desk.person.all()], record_of(desk).runs(limit=200))


def unfinished_state(run: Run) -> str:
    """How an unfinished run is told."""
    return "was never started" if run.state is RunState.BRIEFING and not run.sim_ms else "was interrupted"


def _teams(named: Iterable[str], runs: Iterable[Run]) -> tuple[str, ...]:
    return tuple(sorted({team for team in (*named, *(run.team for run in runs)) if team}))


def _files(scenario: Scenario, text: str, form: str, slug: str) -> Iterable[tuple[str, bytes]]:
    """Each file with its name. What a form needs is imported for it alone: seldom wanted, and large."""
    if form == "yaml":
        return [(f"{slug}.drill.yaml", text.encode())]
    from desktop.adapters.msel_write import csv_bytes, xlsx_bytes

    table, sheet = f"{slug}-msel.csv", f"{slug}-msel.xlsx"
    if form == "msel-csv":
        return [(table, csv_bytes(scenario))]
    if form == "msel-xlsx":
        return [(sheet, xlsx_bytes(scenario))]
    from desktop.adapters.documents import markdown
    from desktop.adapters.documents.drill_pack import papers_of

    papers = [
        (f"{slug}-{name}.md", markdown.render(document).encode())
        for name, document in papers_of(scenario).items()
    ]
    files = [(table, csv_bytes(scenario)), (sheet, xlsx_bytes(scenario))]
    return [*papers, *files, (f"{slug}.drill.yaml", write_text(scenario).encode())]
