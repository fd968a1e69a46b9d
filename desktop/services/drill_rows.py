"""Scenarios of drills as they are kept, into what people read of them; a version is proved by its hash."""

import hashlib
import json
import re
from typing import Any

from db.queries import drill_scenario as queries
from db.queries.drill_scenario import Head, Played, VersionRow, Words
from db.unit_of_work import Session
from desktop.domain.drill_record import ScenarioRow, ScenarioState, ScenarioVersion
from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_words import COMPETENCES
from desktop.domain.errors import DeskError, NotFound, StoreError, StoreFault
from desktop.domain.instant import from_us
from desktop.domain.wording import one_line
from desktop.services.drill_file import read_text

_UNTITLED = "Untitled drill"
_TITLE = re.compile(r"(?m)^title:[ \t]*[\"']?(.{1,200}?)[\"']?[ \t]*$")
_NUMBER = re.compile(r"(?m)^version:[ \t]*(\S*).*$")
_ID = re.compile(r"(?m)^id:[ \t]*(\S*).*$")


def sha256(text: str) -> str:
    """The hash by which a text is proved."""
    return hashlib.sha256(text.encode()).hexdigest()


def stamped(text: str, slug: str, number: int) -> str:
    """The text under the short name and number it is kept under; its other lines stay as they are."""
    if id_in(text) != slug:
        text = _ID.sub(f"id: {slug}", text, count=1)
    found = _NUMBER.search(text)
    if found is None or found[1] == str(number):
        return text
    return _NUMBER.sub(f"version: {number}", text, count=1)


def id_in(text: str) -> str:
    """The short name that a text gives itself; empty for none."""
    found = _ID.search(text)
    return found[1].strip("\"'") if found else ""


def words(text: str) -> Words:
    """A text with what the library lists of it; a text with faults is listed by its title."""
    scenario = read_text(text).scenario
    if scenario is None:
        found = _TITLE.search(text)
        title = one_line(found[1]) if found else ""
        return Words(text, sha256(text), title or _UNTITLED, "{}")
    return Words(
        text, sha256(text), scenario.title, json.dumps(_facts(scenario), ensure_ascii=False, sort_keys=True)
    )


def parsed(text: str, name: str) -> Scenario:
    """The scenario of a text.

    Raises: DeskError with its first fault.
    """
    reading = read_text(text)
    if reading.scenario is None or reading.errors:
        more = f" ({len(reading.errors) - 1} more)" if len(reading.errors) > 1 else ""
        raise DeskError(
            f"“{name}” cannot be played: {reading.errors[0]}{more}", hint="Open it in the editor."
        )
    return reading.scenario


def head(session: Session, slug: str) -> Head:
    """One scenario.

    Raises: NotFound.
    """
    found = queries.head(session, slug)
    if found is None:
        raise NotFound(f"There is no scenario “{slug[:80]}”.", hint="Look at the library again.")
    return found


def required_draft(session: Session, slug: str) -> VersionRow:
    """The draft of a scenario.

    Raises: NotFound.
    """
    row = queries.draft(session, slug)
    if row is None:
        raise NotFound("This scenario has no draft.", hint="Begin one.")
    return row


def version_of(row: VersionRow) -> ScenarioVersion:
    """The version of a row.

    Raises: StoreError when it is not what was kept.
    """
    if sha256(row.text) != row.sha256:
        raise damaged(f"Version {row.number} of the scenario “{row.title}”")
    state = ScenarioState.RETIRED if row.is_retired else ScenarioState(row.state)
    return ScenarioVersion(
        slug=row.slug,
        version=row.number,
        state=ScenarioState.DRAFT if row.state == "draft" else state,
        text=row.text,
        sha256=row.sha256,
        title=row.title,
        created_at=from_us(row.created_us),
        created_by=row.created_by,
        edition=row.edition if row.state == "draft" else 0,
        change_note=row.change_note,
        published_at=None if row.published_us is None else from_us(row.published_us),
        published_by=row.published_by,
    )


def listed(session: Session, *, retired: bool) -> tuple[ScenarioRow, ...]:
    """The library by title."""
    facts, newest, played = queries.facts(session), queries.newest(session), queries.played(session)
    rows = [
        _listed(each, facts.get(each.id, (_UNTITLED, "{}")), newest[each.id], played.get(each.id))
        for each in queries.all_heads(session, retired=retired)
    ]
    return tuple(sorted(rows, key=lambda row: (row.title.casefold(), row.slug)))


def damaged(what: str) -> StoreError:
    """The fault of a text that is not what was kept."""
    return StoreError(
        f"{what} is not what was kept: its words were changed in the database.",
        kind=StoreFault.CORRUPT,
        hint="Restore a backup from before that.",
    )


def _listed(
    row: Head, said: tuple[str, str], newest: tuple[int, int | None], played: Played | None
) -> ScenarioRow:
    facts: dict[str, Any] = {"duration_s": 0, "summary": "", **json.loads(said[1])}
    more: dict[str, Any] = {
        key: tuple(each) if isinstance(each, list) else each for key, each in facts.items()
    }
    state = ScenarioState.PUBLISHED if row.published else ScenarioState.DRAFT
    return ScenarioRow(
        slug=row.slug,
        title=said[0],
        version=newest[0],
        published=row.published,
        state=ScenarioState.RETIRED if row.retired_us is not None else state,
        has_draft=newest[1] is not None,
        runs=played.runs if played else 0,
        last_run_at=from_us(played.last_us) if played and played.last_us is not None else None,
        last_overall=played.overall if played else None,
        last_band=played.band if played else "",
        **more,
    )


def _facts(scenario: Scenario) -> dict[str, Any]:
    """What the library lists of a scenario, under the names that its rows have."""
    codes = {one.gap.code for _, one in scenario.expectations() if one.gap is not None}
    return {
        "summary": scenario.summary,
        "duration_s": scenario.pace.duration_s,
        "difficulty": scenario.difficulty or 0,
        "seats": sum(role.seats for role in scenario.roles if not role.staff and not role.absent),
        "areas": list(scenario.tags.product_area),
        "tiers": list(scenario.tags.customer_tier),
        "types": list(scenario.tags.incident_type),
        "competences": [name for name in COMPETENCES if name in scenario.competences],
        "gap_codes": sorted(codes),
        "origin": scenario.origin.kind,
        "playbook": scenario.playbook.id if scenario.playbook is not None else "",
    }
