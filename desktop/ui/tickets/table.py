"""The table of rows that were not taken."""

from collections.abc import Sequence

from desktop.services.importing import RefusedRow
from desktop.ui.kit.plain_table import PlainTable
from desktop.ui.kit.table_model import Column, RowsModel
from desktop.ui.text import one_line

_LONGEST = 200


class RefusedTable(PlainTable):
    """Shows refused rows; nothing in it can be changed."""

    def show_refused(self, refused: Sequence[RefusedRow]) -> None:
        """Rows that were not taken, with the reasons."""
        columns = [
            Column[RefusedRow]("Row", _refused_row, align_right=True, width=64),
            Column[RefusedRow]("Why it was refused", _reason, width=520, tip=_reason),
            Column[RefusedRow]("What stands in it", _contents, width=520, tip=_contents),
        ]
        self.show_model(RowsModel(columns, self), refused)
        self.horizontalHeader().setStretchLastSection(True)


def _refused_row(row: RefusedRow) -> str:
    return f"{row.row:,}"


def _reason(row: RefusedRow) -> str:
    return one_line(row.reason[:400])


def _contents(row: RefusedRow) -> str:
    return one_line(" · ".join(cell[:60] for cell in row.cells if cell)[:_LONGEST])
