import json

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.signal_body import LARGEST_BODY, read_body


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def test_a_byte_order_mark_is_allowed() -> None:
    assert read_body(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_a_body_may_be_nested_64_deep() -> None:
    assert read_body(nested(64))
    assert read_body(b'{"a":' * 64 + b"1" + b"}" * 64)


@pytest.mark.parametrize("depth", [65, 900, 5_000, 500_000])
def test_a_body_nested_deeper_is_refused(depth: int) -> None:
    with pytest.raises(DeskError, match="64 deep"):
        read_body(nested(depth))


def test_many_brackets_side_by_side_are_not_deep() -> None:
    assert read_body(b"[" + b"{}," * 100 + b"{}]") == [{}] * 101


def test_a_body_of_1_mib_is_read_and_one_byte_more_is_refused() -> None:
    body = b'"' + b"x" * (LARGEST_BODY - 2) + b'"'
    assert len(read_body(body)) == LARGEST_BODY - 2
    with pytest.raises(DeskError, match="1 MiB"):
        read_body(body + b" ")


@pytest.mark.parametrize(
    "body", [b'{"a": "\xff"}', '{"a": "ü"}'.encode("utf-16"), b'"\xed\xa0\x80"', b'"\xc0\x80"']
)
def test_what_is_not_utf_8_is_refused(body: bytes) -> None:
    with pytest.raises(DeskError, match="not UTF-8"):
        read_body(body)


@pytest.mark.parametrize("body", [b"", b"  \n", b"\xef\xbb\xbf"])
def test_an_empty_body_is_refused(body: bytes) -> None:
    with pytest.raises(DeskError, match="is empty"):
        read_body(body)


@pytest.mark.parametrize(
    "body",
    [b"{", b"{'a': 1}", b'{"a": 1,}', b'{"a": 1} x', b"status=ok", b'"\x00"', b'"a\nb"', b"01", b"+1", b"\\"],
)
def test_what_is_not_json_is_refused(body: bytes) -> None:
    with pytest.raises(DeskError, match="not JSON"):
        read_body(body)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (b'{"a": 1, "a": 2}', "a"),
        (b'{"alerts": [{}, {"labels": {"x": 1, "x": 1}}]}', "alerts[1].labels.x"),
        (b'[{"a.b": {"c": 1, "c": 1}}]', '[0]["a.b"].c'),
        (b'{"a": {"b": NaN}}', "a.b"),
        (b'{"a": [0, -Infinity]}', "a[1]"),
    ],
)
def test_a_repeated_key_or_a_number_that_is_none_is_refused_naming_its_path(body: bytes, path: str) -> None:
    with pytest.raises(DeskError) as fault:
        read_body(body)
    assert fault.value.field == path


def test_a_bare_nan_is_refused() -> None:
    with pytest.raises(DeskError, match="NaN"):
        read_body(b"NaN")


def test_the_path_of_a_fault_can_be_shown_however_odd_its_names() -> None:
    with pytest.raises(DeskError) as fault:
        read_body(b'{"\\ud800' + b"x" * 5000 + b'": {"a": 1, "a": 1}}')
    assert len(str(fault.value)) < 500
    assert str(fault.value).encode()


@pytest.mark.parametrize("digits", ["9223372036854775808", "-9223372036854775809", "7" * 400, "7" * 9000])
def test_a_whole_number_beyond_64_bits_stays_text(digits: str) -> None:
    assert read_body(f"[{digits}]".encode()) == [digits]


@pytest.mark.parametrize("number", [2**63 - 1, -(2**63), 0, -1])
def test_a_whole_number_of_64_bits_is_a_number(number: int) -> None:
    assert read_body(str(number).encode()) == number


def test_a_fraction_out_of_range_stays_text() -> None:
    assert read_body(b"[1e999, -1e400, 0.5, 1e-999]") == ["1e999", "-1e400", 0.5, 0.0]


def test_nul_and_half_characters_show_as_replacements_in_names_and_values() -> None:
    assert read_body(rb'{"a\u0000": ["\ud800x", {"b": "\uDC00"}]}') == {"a�": ["�x", {"b": "�"}]}


def test_a_character_written_as_two_halves_is_whole() -> None:
    assert read_body(json.dumps({"a": "🔥"}).encode()) == {"a": "🔥"}


def test_names_that_differ_only_in_what_cannot_be_shown_are_refused() -> None:
    with pytest.raises(DeskError, match="cannot be shown"):
        read_body(rb'{"\u0000": 1, "\ud800": 2}')
