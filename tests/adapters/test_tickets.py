import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.adapters.tickets import open_table
from desktop.domain.errors import DeskError


def a_file(folder: Path, text: str | bytes, name: str = "t.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def read(path: Path, **options: str) -> list[tuple[str, ...]]:
    return [cells for _, cells in open_table(path, **options).rows()]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    lines = [["number", "text"], ["1", 'a "b", c; d'], ["2", "x\ny"]]
    quoted = "\r\n".join(separator.join('"' + c.replace('"', '""') + '"' for c in line) for line in lines)
    table = open_table(a_file(tmp_path, quoted))
    assert table.separator == separator
    assert [cells for _, cells in table.rows()] == [("1", 'a "b", c; d'), ("2", "x\ny")]


def test_commas_inside_texts_do_not_outvote_the_separator(tmp_path: Path) -> None:
    rows = "\n".join(f"{n};a, b, c, d{', e' * (n % 3)};closed" for n in range(40))
    assert open_table(a_file(tmp_path, f"number;text;state\n{rows}")).separator == ";"


def test_a_table_of_one_column_is_a_table(tmp_path: Path) -> None:
    assert read(a_file(tmp_path, "number\n1\n2\n")) == [("1",), ("2",)]


def test_the_hint_of_spreadsheet_programs_is_followed(tmp_path: Path) -> None:
    assert read(a_file(tmp_path, "sep=|\r\na|b\r\n1,5|2,5\r\n")) == [("1,5", "2,5")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1251"]
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    text = "Проблема с оплатой и доставкой" if encoding == "cp1251" else "Größe – naïve façade"
    path = a_file(tmp_path, "number,text\n" + "".join(f"{n},{text}\n" for n in range(50)), encoding=encoding)
    assert read(path)[0] == ("0", text)


def test_a_stated_encoding_that_is_wrong_is_said_so(tmp_path: Path) -> None:
    path = a_file(tmp_path, "number,text\n1,Größe\n", encoding="cp1252")
    with pytest.raises(DeskError, match="not written in utf-8"):
        open_table(path, encoding="utf-8")


def test_an_unknown_encoding_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="klingon"):
        open_table(a_file(tmp_path, "a,b\n1,2\n"), encoding="klingon")


def test_a_separator_can_be_stated(tmp_path: Path) -> None:
    assert read(a_file(tmp_path, "a:b,c\n1:2,3\n"), separator=":") == [("1", "2,3")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n\n\r\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"number,text\n", "no rows"),
        (b"PK\x03\x04" + b"\0" * 60, "zip archive"),
        (b"\x1f\x8b\x08\0" + b"\0" * 60, "compressed"),
        (b"%PDF-1.7\n", "PDF"),
        (bytes(range(256)) * 30, "no text"),
        ("EncryptedPackage".encode("utf-16-le").rjust(600, b"\xd0"), ""),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    if said:
        with pytest.raises(DeskError, match=said):
            open_table(a_file(tmp_path, content))


def test_a_workbook_with_a_password_is_said_so(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0" + b"\0" * 508 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(DeskError, match="password"):
        open_table(a_file(tmp_path, content, "t.xlsx"))


def test_a_missing_file_and_a_folder_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="no file"):
        open_table(tmp_path / "gone.csv")
    with pytest.raises(DeskError, match="folder"):
        open_table(tmp_path)


def test_columns_without_a_name_or_with_the_same_are_told_apart(tmp_path: Path) -> None:
    table = open_table(a_file(tmp_path, "a,,A,b,\n1,2,3,4\n"))
    assert table.columns == ("a", "Column 2", "A (2)", "b")
    assert len(table.notes) == 2


def test_rows_that_are_too_long_come_as_they_are(tmp_path: Path) -> None:
    assert read(a_file(tmp_path, "a,b\n1,2,3\n4\n")) == [("1", "2", "3"), ("4",)]


def test_blank_rows_are_passed_over_and_the_numbers_stay(tmp_path: Path) -> None:
    table = open_table(a_file(tmp_path, "a,b\n1,2\n,\n3,4\n"))
    assert [number for number, _ in table.rows()] == [2, 4]
    assert table.count == 2


def test_a_cell_of_a_megabyte_is_read(tmp_path: Path) -> None:
    assert len(read(a_file(tmp_path, f'a,b\n1,"{"x" * 1_000_000}"\n'))[0][1]) == 1_000_000


def test_a_cell_without_end_is_noted(tmp_path: Path) -> None:
    table = open_table(a_file(tmp_path, 'a,b\n1,2\n3,"and so on\n4,5\n'))
    assert "quotation marks is odd" in table.notes[0]


def test_nul_is_shown_as_a_sign(tmp_path: Path) -> None:
    assert read(a_file(tmp_path, "a,b\n" + "1,a longer text with x\0y in it\n" * 20))[0] == (
        "1",
        "a longer text with x\ufffdy in it",
    )


def a_workbook(folder: Path, *rows: list[object]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.create_sheet("Other").append(["x"])
    path = folder / "t.xlsx"
    book.save(path)
    return path


def test_a_workbook_is_read_as_text(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, ["a", "b", "c", "d"], [1.0, datetime(2026, 2, 28, 17, 5), True, None])  # noqa: DTZ001
    table = open_table(path)
    assert [cells for _, cells in table.rows()] == [("1", "2026-02-28 17:05:00", "true")]
    assert (table.kind, table.sheets) == ("xlsx", ("Sheet", "Other"))


def test_a_workbook_called_csv_is_read_all_the_same(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, ["a"], ["1"]).rename(tmp_path / "t.csv")
    assert open_table(path).kind == "xlsx"


def test_a_formula_in_a_workbook_is_not_worked_out(tmp_path: Path) -> None:
    assert read(a_workbook(tmp_path, ["a", "b"], ["1", "=1+1"])) == [("1",)]


def test_a_sheet_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="Sheets are: Sheet, Other"):
        open_table(a_workbook(tmp_path, ["a"], ["1"]), sheet="Third")


def test_a_workbook_that_would_fill_the_disk_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (120 << 20))
    with pytest.raises(DeskError, match="would unpack to 120 MiB"):
        open_table(path)


def test_a_damaged_workbook_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<not a workbook")
    with pytest.raises(DeskError, match="cannot be read as a workbook"):
        open_table(path)
