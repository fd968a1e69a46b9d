"""Takes lists of injects into the library, as a new draft or onto one there is; keeps mappings by name."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from db.queries import setting
from db.unit_of_work import Store
from desktop.domain.drill_msel import recognise
from desktop.domain.drill_msel_check import ListMapping, Looked, Row, look_through
from desktop.domain.drill_msel_import import Imported, import_rows
from desktop.domain.drill_msel_merge import Merged, merged
from desktop.domain.drill_record import ScenarioRow, ScenarioVersion
from desktop.domain.drill_rights import may_train
from desktop.domain.drill_scenario import Scenario
from desktop.domain.errors import DeskError
from desktop.domain.person import Actor
from desktop.domain.wording import one_line
from desktop.services.drill_file import read_text, write_text

_KEY = "msel_mappings"
_LONGEST_NAME = 80


class KeepsScenarios(Protocol):
    """The library of drills, as far as lists go."""

    def all(self, *, with_retired: bool = False) -> tuple[ScenarioRow, ...]:
        """Every scenario."""
        ...

    def draft(self, slug: str) -> ScenarioVersion | None:
        """What is being written."""
        ...

    def scenario(self, slug: str, number: int = 0) -> Scenario:
        """What is published."""
        ...

    def begin(self, slug: str, by: Actor, *, from_version: int = 0) -> ScenarioVersion:
        """Begin a draft of what is published."""
        ...

    def create(self, text: str, by: Actor, *, slug: str = "") -> ScenarioVersion:
        """Begin a new scenario."""
        ...

    def save(self, slug: str, text: str, by: Actor, *, edition: int) -> ScenarioVersion:
        """Keep a draft's text."""
        ...


@dataclass(frozen=True, slots=True)
class MselTable:
    """A file as it was read: its sheets, the one in sight, and all its rows with their numbers."""

    name: str
    sheets: tuple[str, ...]
    sheet: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class MselWish:
    """What a person has said so far: where the heading is, what the columns are, what was put right by hand.

    `slug` is the scenario that is brought up to date; empty makes a new one.
    """

    header_at: int
    mapping: ListMapping
    fixes: Mapping[tuple[int, str], str]
    slug: str = ""


@dataclass(frozen=True, slots=True)
class MselPreview:
    """What taking the list in would do: inject ids that come, change or stay, rows left out, and remarks."""

    looked: Looked
    create: tuple[str, ...]
    update: tuple[str, ...]
    same: tuple[str, ...]
    skip: int
    told: tuple[str, ...]
    scenario: Scenario | None


class MselImports:
    """Lists of injects at one desk."""

    def __init__(self, *, store: Store, library: KeepsScenarios) -> None:
        self._store = store
        self._library = library

    def preview(self, table: MselTable, wish: MselWish) -> MselPreview:
        """What would come of it; nothing is kept.

        Raises: DeskError when the scenario to be brought up to date cannot be read.
        """
        before = self._before(wish.slug) if wish.slug else None
        roles = [word for role in before.roles for word in (role.id, role.title)] if before else ()
        phases = [word for phase in before.phases for word in (phase.id, phase.title)] if before else ()
        looked = look_through(
            table.rows, wish.header_at, wish.mapping, fixes=wish.fixes, roles=roles, phases=phases
        )
        skip = len(looked.rows) - len(looked.good) + len(looked.sections)
        if not looked.good:
            return MselPreview(looked, (), (), (), skip, (), None)
        taken = _taken(table, looked, wish)
        done = (
            merged(before, taken.scenario, by_number="number" in looked.columns.at)
            if before is not None
            else None
        )
        if done is None:
            ids = tuple(inject.id for inject in taken.scenario.injects)
            return MselPreview(looked, ids, (), (), skip, taken.told, taken.scenario)
        return MselPreview(
            looked, done.created, done.updated, done.same, skip, _remarks(taken, done), done.scenario
        )

    def take_in(self, table: MselTable, wish: MselWish, by: Actor) -> ScenarioVersion:
        """Keep the valid rows: as a new draft, or on the draft of the scenario named.

        Raises: DeskError when no row is valid; NotAllowed.
        """
        may_train(by, "take in a list of injects")
        found = self.preview(table, wish)
        if found.scenario is None:
            raise DeskError("No row of the list can be an inject.", hint="Put the rows right first.")
        text = write_text(found.scenario)
        if not wish.slug:
            return self._library.create(text, by)
        draft = self._library.draft(wish.slug) or self._library.begin(wish.slug, by)
        return self._library.save(wish.slug, text, by, edition=draft.edition)

    def scenarios(self) -> tuple[ScenarioRow, ...]:
        """Those that a list can be taken onto."""
        return self._library.all()

    # ---- mappings by name

    def mappings(self) -> Mapping[str, ListMapping]:
        """Those that were kept, by name."""
        with self._store.read() as session:
            kept = setting.all_settings(session).get(_KEY, "{}")
        return {name: _mapping(body) for name, body in sorted(json.loads(kept).items())}

    def save_mapping(self, name: str, mapping: ListMapping) -> None:
        """Keep one, in the place of what was kept under its name.

        Raises: DeskError without a name.
        """
        wanted = one_line(name)[:_LONGEST_NAME]
        if not wanted:
            raise DeskError("The mapping has no name.", field="name", hint="Type a name to keep it under.")
        self._change({wanted: _body(mapping)})

    def delete_mapping(self, name: str) -> None:
        """Forget one."""
        self._change({name: None})

    def _change(self, changes: Mapping[str, dict[str, Any] | None]) -> None:
        with self._store.begin() as session:
            kept = json.loads(setting.all_settings(session).get(_KEY, "{}")) | changes
            bodies = {name: body for name, body in kept.items() if body is not None}
            setting.put(session, _KEY, json.dumps(bodies, ensure_ascii=False))

    def _before(self, slug: str) -> Scenario:
        draft = self._library.draft(slug)
        if draft is None:
            return self._library.scenario(slug)
        found = read_text(draft.text).scenario
        if found is None:
            raise DeskError(
                "The draft of that scenario cannot be read.", hint="Put it right in the editor first."
            )
        return found


def _taken(table: MselTable, looked: Looked, wish: MselWish) -> Imported:
    return import_rows(
        looked.good, looked.columns, name=table.name.split(".")[0], wanted=wish.mapping.wanted()
    )


def _remarks(taken: Imported, done: Merged) -> tuple[str, ...]:
    kept = [each for each in taken.told if each.startswith(("Times", "Kept", "The column"))]
    if done.same:
        kept.append(f"{len(done.same)} are as they were.")
    return tuple(kept)


def recognised(table: MselTable, header_at: int) -> str:
    """The dialect of a heading; "other" where it is none."""
    return recognise(table.rows[header_at][1]).dialect if table.rows else "other"


def best_mapping(header: Sequence[str], kept: Mapping[str, ListMapping]) -> str:
    """The name of the kept mapping whose columns all stand in a heading; empty where there is none."""
    fitting = [
        (len([each for each in mapping.columns.values() if each]), name)
        for name, mapping in kept.items()
        if any(mapping.columns.values())
        and all(not each or each in header for each in mapping.columns.values())
    ]
    return max(fitting)[1] if fitting else ""


def _body(mapping: ListMapping) -> dict[str, Any]:
    return {"columns": dict(mapping.columns), "times": mapping.times}


def _mapping(body: Mapping[str, Any]) -> ListMapping:
    columns = body.get("columns")
    return ListMapping(dict(columns) if isinstance(columns, dict) else {}, str(body.get("times") or ""))


def start_of(text: str) -> datetime | None:
    """A time with its offset as a person types it; None for anything else."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return at if at.tzinfo is not None else None
