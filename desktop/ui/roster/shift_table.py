"""The same plan as a table: one line for each stretch, read by a screen reader, chosen by arrows."""

from typing import NamedTuple

from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.roster.period import Period, span_words
from desktop.ui.roster.ports import RosterFound
from desktop.ui.roster.rows import Bar, Kind, Look, Row
from desktop.ui.text import duration, listed
from desktop.ui.theme import Theme


class Line(NamedTuple):
    """One bar of the plan in words."""

    row: Row
    bar: Bar
    when: str
    length: str
    who: str
    what: str
    note: str

    def said(self) -> str:
        """All of it, for a screen reader."""
        parts = [self.row.name, self.when, self.length, self.who, self.what, self.note]
        return ", ".join(part for part in parts if part)


_WHAT = {
    Look.SHIFT: "",
    Look.CHANGED: "Changed",
    Look.GAP: "Gap",
    Look.AWAY: "Time off",
    Look.OUT: "Taken out",
    Look.PLANNED: "By this layer alone",
}


def lines_of(rows: tuple[Row, ...], found: RosterFound, period: Period) -> list[Line]:
    """Every bar in sight, row by row, in order of time."""
    return [
        _line(row, bar, found, period)
        for row in rows
        for bar in sorted(row.bars, key=lambda each: each.start_us)
        if bar.end_us > period.start_us and bar.start_us < period.end_us
    ]


def _line(row: Row, bar: Bar, found: RosterFound, period: Period) -> Line:
    who = listed([found.name_of(person_id) for person_id in bar.people])
    if bar.look is Look.GAP:
        who = "Nobody"
    layer = "" if bar.layer in ("", "override") else bar.layer
    what = ", ".join(part for part in (_WHAT[bar.look], layer) if part)
    if row.kind is Kind.PERSON and bar.look is Look.AWAY:
        what = f"Time off: {bar.words}"
    return Line(
        row,
        bar,
        span_words(bar.start_us, bar.end_us, period.zone),
        duration(bar.end_us - bar.start_us),
        who,
        what,
        bar.note,
    )


def shift_table(theme: Theme) -> RowTable[Line]:
    """The table, empty yet."""
    columns: tuple[Column[Line], ...] = (
        Column("When", lambda line: line.when, width=230),
        Column("On call", lambda line: line.who, width=200),
        Column("Length", lambda line: line.length, width=80, align_right=True),
        Column("Row", lambda line: line.row.name, width=150),
        Column("What", lambda line: line.what, width=170),
    )
    model = TwoLineModel(columns, step=_step, sentence=Line.said, second=_second, strong=(1,))
    table: RowTable[Line] = RowTable(model, theme, "Shifts in a table", key=_key, stretch=1, spare=(2,))
    table.setSelectionMode(table.SelectionMode.SingleSelection)
    return table


def _step(line: Line) -> tuple[str, int]:
    tokens = {Look.GAP: "text.danger", Look.CHANGED: "primary.edge"}
    return tokens.get(line.bar.look, ""), -1


def _second(line: Line, column: int) -> str:
    return line.note if column == 1 else ""


def _key(line: Line) -> object:
    return line.row.key, line.bar.start_us, line.bar.look
