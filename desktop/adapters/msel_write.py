"""Writes a scenario as a list of injects: CSV that spreadsheets open rightly, and XLSX with real times."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from desktop.domain.drill_log import Entry
from desktop.domain.drill_msel import CONDUCT, HEADER
from desktop.domain.drill_msel_export import conduct_rows_of, rows_of
from desktop.domain.drill_scenario import Scenario

_WIDTHS = {"Description": 60, "Expected Action": 44, "Notes": 44, "Title": 32, "Condition": 24}


def csv_bytes(scenario: Scenario, log: Sequence[Entry] | None = None) -> bytes:
    """The list as CSV in UTF-8 with a mark, so that every spreadsheet reads its letters.

    With the log of a run it also says what became of each inject.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    names = HEADER if log is None else (*HEADER, *CONDUCT)
    writer.writerow(names)
    for row in _rows(scenario, log):
        writer.writerow([guarded(row.get(name, "")) for name in names])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(scenario: Scenario, log: Sequence[Entry] | None = None) -> bytes:
    """The list as a workbook: elapsed times as real times, everything else as text."""
    from openpyxl import Workbook  # imported here: it costs more than the program's start

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "MSEL"
    names = HEADER if log is None else (*HEADER, *CONDUCT)
    sheet.append(list(names))
    rows = _rows(scenario, log)
    for row, inject in zip(rows, scenario.injects, strict=True):
        cells: list[Any] = [guarded(_clean(row.get(name, ""))) for name in names]
        if inject.at_s is not None and inject.at_s >= 0 and not row["Scheduled Time"].startswith("after"):
            cells[HEADER.index("Scheduled Time")] = timedelta(seconds=inject.at_s)
        sheet.append(cells)
        sheet.cell(sheet.max_row, HEADER.index("Scheduled Time") + 1).number_format = "[hh]:mm:ss"
    _dress(sheet, names)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _clean(text: str) -> str:
    """A text without the signs that a workbook cannot hold."""
    return "".join(letter for letter in text if letter in "\n\t" or letter >= " ")


def _rows(scenario: Scenario, log: Sequence[Entry] | None) -> list[dict[str, str]]:
    return rows_of(scenario) if log is None else conduct_rows_of(scenario, log)


def _dress(sheet: Any, names: Sequence[str]) -> None:  # noqa: ANN401 - openpyxl's classes stay in this module
    from openpyxl.styles import Alignment, Font

    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    for column, name in enumerate(names, start=1):
        head = sheet.cell(1, column)
        head.font = Font(bold=True)
        sheet.column_dimensions[head.column_letter].width = _WIDTHS.get(name, 16)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
