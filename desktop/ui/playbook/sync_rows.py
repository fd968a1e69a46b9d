"""The rows of what comes in and what goes out, and what is chosen for each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.domain.playbook_exchange import Comparison, Incoming, Kind, Outgoing, Way
from desktop.services.playbook_sync import Kept
from desktop.ui.kit.table_model import Column
from desktop.ui.text import counted

_KINDS = {
    Kind.NEW: "Comes in: new",
    Kind.NEWER: "Comes in: newer version",
    Kind.EARLIER: "Comes in: earlier version",
    Kind.DRAFT: "Comes in: draft",
    Kind.CONFLICT: "Conflict",
    Kind.BOTH: "Changed on both sides",
    Kind.DAMAGED: "Cannot be read",
}
_WAYS = {Way.TAKE: "Take it in", Way.AS_DRAFT: "Take it as a draft", Way.LEAVE: "Leave it"}
_BAD = frozenset({Kind.CONFLICT, Kind.BOTH, Kind.DAMAGED})


@dataclass(frozen=True, slots=True)
class Row:
    """One entry on its way; `way` is None where nothing can be done. TAKE of an outgoing one adds it."""

    incoming: Incoming | None = None
    outgoing: Outgoing | None = None
    way: Way | None = None

    @property
    def key(self) -> str:
        """By which it is found again."""
        return f"in {self.incoming.path}" if self.incoming else f"out {self._out.path}"

    @property
    def ways(self) -> tuple[Way, ...]:
        """What can be chosen."""
        if self.incoming is not None:
            return self.incoming.ways if self.incoming.after is not None else ()
        return () if self._out.conflict else (Way.TAKE, Way.LEAVE)

    @property
    def is_bad(self) -> bool:
        """Whether somebody has to look at it."""
        return self.incoming.kind in _BAD if self.incoming else bool(self._out.conflict)

    @property
    def title(self) -> str:
        """Of the playbook, with its version."""
        if self.incoming is None:
            return f"{self._out.title}, version {self._out.number}"
        number = f", version {self.incoming.number}" if self.incoming.number else ""
        return f"{self.incoming.title}{number}"

    @property
    def path(self) -> str:
        """Of its file."""
        return self.incoming.path if self.incoming else self._out.path

    @property
    def kind(self) -> str:
        """What it is, in words."""
        if self.incoming is not None:
            return _KINDS[self.incoming.kind]
        return "Conflict" if self._out.conflict else "Goes out: not there yet"

    @property
    def words(self) -> str:
        """What there is to say of it."""
        if self.incoming is None:
            return self._out.conflict or f"{self._out.author}: {self._out.change_note}"
        note = f" {self.incoming.author}: {self.incoming.change_note}" if self.incoming.change_note else ""
        return f"{self.incoming.words}{note}"

    @property
    def fate(self) -> str:
        """What becomes of it."""
        if self.way is None:
            return "Stays as it is"
        if self.outgoing is not None and self.way is Way.TAKE:
            return "Add it there"
        return _WAYS[self.way]

    @property
    def _out(self) -> Outgoing:
        assert self.outgoing is not None
        return self.outgoing

    def choosing(self, way: Way) -> "Row":
        """The same with another choice, where it can be chosen."""
        return replace(self, way=way) if way in self.ways else self

    def next_way(self) -> "Row":
        """The same with the next choice."""
        if not self.ways or self.way is None:
            return self
        return replace(self, way=self.ways[(self.ways.index(self.way) + 1) % len(self.ways)])


def rows_of(found: Comparison, *, with_outgoing: bool) -> tuple[Row, ...]:
    """The rows, those that somebody has to look at first."""
    rows = [Row(incoming=each) for each in found.incoming]
    if with_outgoing:
        told = {(each.slug, each.number) for each in found.incoming if each.kind is Kind.CONFLICT}
        going = (each for each in found.outgoing if (each.slug, each.number) not in told)
        rows += [Row(outgoing=each) for each in going]
    chosen = (replace(row, way=row.ways[0] if row.ways else None) for row in rows)
    return tuple(sorted(chosen, key=lambda row: not row.is_bad))


def columns() -> tuple[Column[Row], ...]:
    """What a row shows."""
    return (
        Column("Playbook", lambda row: row.title),
        Column("What it is", lambda row: row.kind, width=230),
        Column("What becomes of it", lambda row: row.fate, width=150),
    )


def second(row: Row, column: int) -> str:
    """The second line."""
    return (row.path, row.words, "")[column]


def step(row: Row) -> tuple[str, int]:
    """What needs a look stands out."""
    return ("text.danger", -1) if row.is_bad else ("", -1)


def sentence(row: Row) -> str:
    """A row for a screen reader."""
    return f"{row.title}. {row.kind}. {row.words} {row.fate}."


def taken(rows: Iterable[Row]) -> list[tuple[Incoming, Way]]:
    """What is chosen of what comes in."""
    return [(row.incoming, row.way) for row in rows if row.incoming is not None and row.way is not None]


def added(rows: Iterable[Row]) -> frozenset[str]:
    """What is chosen of what goes out."""
    return frozenset(row.path for row in rows if row.outgoing is not None and row.way is Way.TAKE)


def sum_words(found: Comparison, *, with_outgoing: bool) -> str:
    """What a comparison came to, in a line."""
    parts = [f"{len(found.incoming)} to come in"]
    if with_outgoing:
        parts.append(f"{len(found.outgoing)} to go out")
    parts.append(f"{counted(found.same, 'version')} the same on both sides")
    return f"{', '.join(parts)}. {' '.join(found.skipped[:3])}".strip()


def place_words(kept: Kept | None, looked: str) -> str:
    """The repository in a line."""
    if kept is None:
        return "No repository is named yet. Files and folders can be read and written all the same."
    remote = kept.remote
    parts = [remote.address]
    if remote.branch:
        parts.append(f"branch {remote.branch}")
    if remote.folder:
        parts.append(f"folder {remote.folder}")
    return " · ".join([*parts, looked or "never looked at"])
