"""Names and sizes of evidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.evidence import LARGEST_BYTES, LONGEST_NAME, checked_content, clean_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\shot 1.png", "shot 1.png"),
        ("a/b/", "b"),
        ("..", "Evidence"),
        ("", "Evidence"),
        ("a\0b\nc.txt", "abc.txt"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ('what<is>"this"|?*.log', "what_is__this____.log"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        (".bashrc", "bashrc"),
        ("trailing. ", "trailing"),
        ("résumé — 終.docx", "résumé — 終.docx"),
    ],
)
def test_a_name_is_one_that_every_system_can_save(given_name: str, kept: str):
    assert clean_name(given_name) == kept


def test_a_long_name_keeps_its_ending():
    kept = clean_name("x" * 300 + ".pdf")
    assert (len(kept), kept[-5:]) == (LONGEST_NAME, "x.pdf")


@given(st.text())
def test_a_clean_name_is_clean_and_stays_so(name: str):
    kept = clean_name(name)
    assert kept
    assert not set(kept) & set('/\\<>:"|?*\0\n')
    assert len(kept) <= LONGEST_NAME + 1
    assert clean_name(kept) == kept


def test_an_empty_file_and_one_too_large_are_refused():
    with pytest.raises(DeskError, match="empty"):
        checked_content(b"")
    assert checked_content(b"x" * LARGEST_BYTES)
    with pytest.raises(DeskError, match=r"25\.0 MiB.*at most 25 MiB"):
        checked_content(b"x" * (LARGEST_BYTES + 1))
