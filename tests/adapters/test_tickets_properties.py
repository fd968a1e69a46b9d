import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from desktop.adapters.tickets import open_table
from desktop.domain.errors import DeskError

SEPARATED = st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=5), max_size=8).map(
    lambda rows: "\n".join(";".join(row) for row in rows).encode("utf-8", "surrogatepass")
)


def outcome(content: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(content)
        try:
            table = open_table(path)
            return f"{len(table.columns)} columns, {len(list(table.rows()))} rows"
        except DeskError as fault:
            return fault.message


@given(st.binary(max_size=400))
@example(b"PK\x03\x04")
@example(b"\xff\xfe")
@example(b"\xff\xfea")
@example(b'a,b\n"')
@example(b"sep=")
@example(b'sep="\n1')
@example(b"\x00\x00\x00\x00\x00")
def test_any_bytes_are_a_table_or_are_refused_with_a_sentence(content: bytes) -> None:
    assert outcome(content)


@given(SEPARATED)
def test_any_text_is_a_table_or_is_refused_with_a_sentence(content: bytes) -> None:
    assert outcome(content)
