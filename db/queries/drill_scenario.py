"""Scenarios of drills and their versions; published ones are written once and never changed."""

from typing import NamedTuple

from db.unit_of_work import Session

_HEAD = "id, slug, published, retired_at, retired_why"
_VERSION = (
    "v.scenario_id, s.slug, v.number, v.state, s.published, s.retired_at IS NOT NULL, v.text, v.sha256,"
    " v.title, v.facts, v.edition, v.created_at, v.created_by, v.saved_by, v.change_note, v.published_at,"
    " v.published_by"
)
#: What is left of a scenario that was thrown away before it was ever published.
_IS_THERE = "(published OR EXISTS (SELECT 1 FROM scenario_version v WHERE v.scenario_id = scenario.id))"


class Head(NamedTuple):
    """A scenario without its words; instants in microseconds."""

    id: int
    slug: str
    published: int
    retired_us: int | None
    retired_why: str


class VersionRow(NamedTuple):
    """A version as it is kept; `facts` is JSON, instants in microseconds."""

    scenario_id: int
    slug: str
    number: int
    state: str
    published: int
    is_retired: int
    text: str
    sha256: str
    title: str
    facts: str
    edition: int
    created_us: int
    created_by: str
    saved_by: str
    change_note: str
    published_us: int | None
    published_by: str


class Words(NamedTuple):
    """What a version says, and what the library lists of it as JSON."""

    text: str
    sha256: str
    title: str
    facts: str


class Played(NamedTuple):
    """How often a scenario was played in earnest, and how it came out last; instants in microseconds."""

    runs: int
    last_us: int | None
    overall: int | None
    band: str


def all_heads(session: Session, *, retired: bool) -> list[Head]:
    """All scenarios, retired ones among them only where wanted."""
    only = "" if retired else "AND retired_at IS NULL"
    rows = session.sql(f"SELECT {_HEAD} FROM scenario WHERE {_IS_THERE} {only} ORDER BY id")
    return [Head._make(row) for row in rows]


def head(session: Session, slug: str) -> Head | None:
    """One scenario; None where there is none, or it was thrown away before it was published."""
    row = session.sql(f"SELECT {_HEAD} FROM scenario WHERE slug = ? AND {_IS_THERE}", (slug,)).fetchone()
    return None if row is None else Head._make(row)


def slugs(session: Session) -> frozenset[str]:
    """Every short name that is taken."""
    return frozenset(row[0] for row in session.sql("SELECT slug FROM scenario"))


def insert(session: Session, slug: str, at_us: int, by: str) -> int:
    """A new scenario without a version yet."""
    row = session.sql(
        "INSERT INTO scenario (slug, created_at, created_by) VALUES (?, ?, ?) RETURNING id", (slug, at_us, by)
    ).fetchone()
    return int(row[0])


def newest(session: Session) -> dict[int, tuple[int, int | None]]:
    """By scenario the number of its newest version, and that of its draft."""
    rows = session.sql(
        "SELECT scenario_id, max(number), max(CASE state WHEN 'draft' THEN number END) FROM scenario_version"
        " GROUP BY scenario_id"
    )
    return {scenario_id: (number, draft) for scenario_id, number, draft in rows}


def facts(session: Session) -> dict[int, tuple[str, str]]:
    """By scenario title and facts of its published version, or else of its draft."""
    rows = session.sql(
        "SELECT v.scenario_id, v.title, v.facts FROM scenario_version v"
        " JOIN scenario s ON s.id = v.scenario_id"
        " WHERE v.number = s.published OR (s.published = 0 AND v.state = 'draft')"
    )
    return {scenario_id: (title, said) for scenario_id, title, said in rows}


def version(session: Session, slug: str, number: int) -> VersionRow | None:
    """A version by its number."""
    row = session.sql(
        f"SELECT {_VERSION} FROM scenario s JOIN scenario_version v ON v.scenario_id = s.id"
        " WHERE s.slug = ? AND v.number = ?",
        (slug, number),
    ).fetchone()
    return None if row is None else VersionRow._make(row)


def draft(session: Session, slug: str) -> VersionRow | None:
    """The draft of a scenario."""
    row = session.sql(
        f"SELECT {_VERSION} FROM scenario s JOIN scenario_version v ON v.scenario_id = s.id"
        " WHERE s.slug = ? AND v.state = 'draft'",
        (slug,),
    ).fetchone()
    return None if row is None else VersionRow._make(row)


def versions(session: Session, slug: str) -> list[VersionRow]:
    """All versions, newest first."""
    rows = session.sql(
        f"SELECT {_VERSION} FROM scenario s JOIN scenario_version v ON v.scenario_id = s.id"
        " WHERE s.slug = ? ORDER BY v.number DESC",
        (slug,),
    )
    return [VersionRow._make(row) for row in rows]


def add_draft(session: Session, scenario_id: int, number: int, words: Words, at_us: int, by: str) -> None:
    """Begin a draft."""
    session.sql(
        "INSERT INTO scenario_version (scenario_id, number, text, sha256, title, facts, created_at,"
        " created_by, saved_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (scenario_id, number, *words, at_us, by, by),
    )


def save_draft(session: Session, scenario_id: int, words: Words, by: str) -> None:
    """Let the draft say something else."""
    session.sql(
        "UPDATE scenario_version SET text = ?, sha256 = ?, title = ?, facts = ?, saved_by = ?,"
        " edition = edition + 1 WHERE scenario_id = ? AND state = 'draft'",
        (*words, by, scenario_id),
    )


def publish_draft(session: Session, scenario_id: int, number: int, note: str, at_us: int, by: str) -> None:
    """Let the draft become the published version, for good."""
    session.sql(
        "UPDATE scenario_version SET state = 'published', change_note = ?, published_at = ?, published_by = ?"
        " WHERE scenario_id = ? AND number = ?",
        (note, at_us, by, scenario_id, number),
    )
    session.sql("UPDATE scenario SET published = ? WHERE id = ?", (number, scenario_id))


def delete_draft(session: Session, scenario_id: int) -> None:
    """Throw the draft away."""
    session.sql("DELETE FROM scenario_version WHERE scenario_id = ? AND state = 'draft'", (scenario_id,))


def forget(session: Session, scenario_id: int) -> None:
    """Free the short name of a scenario that was thrown away before it was published."""
    session.sql("UPDATE scenario SET slug = 'discarded/' || id WHERE id = ?", (scenario_id,))


def set_retired(session: Session, scenario_id: int, at_us: int | None, by: str = "", why: str = "") -> None:
    """Take a scenario out of use, or into use again."""
    session.sql(
        "UPDATE scenario SET retired_at = ?, retired_by = ?, retired_why = ? WHERE id = ?",
        (at_us, by, why, scenario_id),
    )


def played(session: Session) -> dict[int, Played]:
    """By scenario how its runs came out, those left out that were for practice or thrown away."""
    rows = session.sql(
        "SELECT scenario_id, count(*) OVER each, ended_at, overall, band FROM drill_run"
        " WHERE NOT practice AND forked_from IS NULL AND thrown_at IS NULL AND ended_at IS NOT NULL"
        " WINDOW each AS (PARTITION BY scenario_id) ORDER BY ended_at, id"
    )
    return {scenario_id: Played(*rest) for scenario_id, *rest in rows}
