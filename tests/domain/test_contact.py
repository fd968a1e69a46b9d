"""Contacts: addresses that are one and only one, and lines that people wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.contact import Circle, Proposed, checked_mail, circles_of, read_line
from desktop.domain.errors import DeskError
from desktop.domain.message import Audience


@given(st.text(max_size=200))
def test_whatever_is_typed_is_one_plain_address_or_refused(text):
    try:
        address = checked_mail(text)
    except DeskError:
        return
    assert address.isascii()
    assert address.isprintable()
    assert address.count("@") == 1
    assert not set(address) & set(' ,;:<>()[]"\\')


@given(st.text(max_size=500))
def test_a_line_gives_only_addresses_that_can_be_kept(line):
    for found in read_line(line):
        assert checked_mail(found.address) == found.address
        assert found.name


def test_a_domain_in_other_letters_is_written_as_mail_servers_have_it():
    assert checked_mail("jo@Bücher.example") == "jo@xn--bcher-kva.example"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Jo Rey <jo@example.org>", [Proposed("Jo Rey", "jo@example.org")]),
        ("Ann Lee, +49 30 1234", []),
        ("ops@example.org; OPS@EXAMPLE.ORG", [Proposed("ops@example.org", "ops@example.org")]),
        ("on duty: duty@example.org", [Proposed("on duty", "duty@example.org")]),
    ],
)
def test_lines_are_read_as_people_write_them(line, found):
    assert list(read_line(line)) == found


def test_every_audience_has_its_circles():
    assert circles_of(Audience.INTERNAL) == (Circle.ACCOUNT, Circle.ENGINEERS)
    assert {circle for each in Audience for circle in circles_of(each)} == set(Circle)
