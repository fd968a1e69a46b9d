import csv
from pathlib import Path

import pytest

from desktop.adapters.tickets_refused import harmless, save_refused
from desktop.domain.errors import DeskError
from desktop.services.importing import RefusedRow


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-cmd", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_what_could_be_a_formula_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "+1.5", "plain", "", "a=b"])
def test_numbers_and_plain_texts_stay(cell: str) -> None:
    assert harmless(cell) == cell


def test_refused_rows_are_saved_with_their_reasons(tmp_path: Path) -> None:
    path = tmp_path / "refused.csv"
    save_refused(path, ["a", "b"], [RefusedRow(7, "Title is empty.", "title", ("=x", "line\nbreak"))])
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["Row", "Reason", "a", "b"], ["7", "Title is empty.", "'=x", "line\nbreak"]]


def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="cannot be written"):
        save_refused(tmp_path / "no" / "refused.csv", ["a"], [])
