"""Mails as signals: whatever a mail is, somebody has written and nothing of it is lost or believed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.domain.mail_part import LONGEST_TEXT
from desktop.domain.signal import SignalAction
from desktop.domain.signal_mail import MAIL, attachments_of, read_mail, reference_of
from tests.domain.mails import a_mail, a_reply


def test_a_mail_says_who_reports_what():
    signal = read_mail(a_mail("Fwd: RE: The shop is down"))
    assert (signal.action, signal.title) == (SignalAction.TRIGGER, "The shop is down")
    assert signal.understood("reporter") == "Ann Lee <ann@acme.example>"
    assert signal.understood("details") == "Nobody can pay since nine."


def test_the_first_mail_of_a_thread_is_the_key_of_all():
    deep = a_mail(id_="three", headers={"References": "<one@acme.example> <two>", "In-Reply-To": "<two>"})
    keys = {read_mail(body).dedup_key for body in (a_mail(), a_reply(), deep)}
    assert keys == {"one@acme.example"}


def test_the_nearest_mail_replied_to_stands_first():
    deep = a_mail(id_="three", headers={"References": "<one> <two>", "In-Reply-To": "<two>"})
    assert read_mail(deep).fields[MAIL]["replies_to"] == ["two", "one"]


def test_numbers_of_escalations_are_found_in_the_subject():
    assert read_mail(a_mail("Re: [esc-2026-0012] shop")).fields[MAIL]["numbers"] == ["ESC-2026-0012"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"X-Auto-Response-Suppress": "All"},
        {"Return-Path": "<>"},
        {"Precedence": "auto_reply"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_what_a_machine_answers_is_for_information_only(headers):
    signal = read_mail(a_mail(headers=headers))
    assert signal.action is SignalAction.INFO
    assert signal.fields[MAIL]["automatic"]


def test_a_bounce_is_for_information_only():
    assert read_mail(a_mail(sender="MAILER-DAEMON@acme.example")).action is SignalAction.INFO


def test_a_mail_that_says_it_is_no_machine_is_a_persons():
    assert read_mail(a_mail(headers={"Auto-Submitted": "no"})).action is SignalAction.TRIGGER


def test_a_page_gives_its_words_and_loads_nothing():
    html = '<style>x</style><p>Hello<img src="https://spy.example/x.png"></p><script>alert(1)</script>'
    assert read_mail(a_mail(text=" ", html=html)).understood("details") == "Hello"


def test_attachments_are_bytes_and_listed():
    bomb = b"PK\x03\x04" + b"\0" * 5000
    body = a_mail(files={"../../bomb.zip": bomb})
    assert [piece.data for piece in attachments_of(body)] == [bomb]
    (listed,) = read_mail(body).fields[MAIL]["attachments"]
    assert (listed["name"], listed["size"]) == ("bomb.zip", 5004)


def test_a_name_that_turns_the_writing_direction_shows_its_true_ending():
    (piece,) = attachments_of(a_mail(files={"invoice\u202efdp.exe": b"x"}))
    assert piece.name == "invoicefdp.exe"


def test_a_subject_cannot_look_like_another():
    assert read_mail(a_mail("Paid \u202eon\u2066 time")).title == "Paid on time"


def test_a_header_of_ten_megabytes_is_cut():
    signal = read_mail(b"From: a@b.example\r\nSubject: " + b"x" * 10_000_000 + b"\r\n\r\nText")
    assert (len(signal.title), signal.understood("details")) == (1024, "Text")


def test_a_million_headers_are_cut():
    signal = read_mail(b"Subject: Help\r\n" + b"X-A: <b>\r\n" * 1_000_000 + b"\r\nText")
    assert (signal.title, signal.understood("details")) == ("Help", "Text")


def test_parts_nested_beyond_reason_are_read_as_far_as_they_go():
    one = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    deep = b"".join(one % (depth, depth) for depth in range(3000))
    assert read_mail(b"Subject: Deep\r\n" + deep).title == "Deep"


def test_a_text_without_end_is_cut():
    assert len(read_mail(a_mail(text="word " * 500_000)).understood("details")) <= LONGEST_TEXT


def test_nul_and_halves_of_characters_are_shown():
    signal = read_mail(b"Subject: a\0b \xff\xfe\r\nContent-Type: text/plain; charset=none\r\n\r\nx\0y\xff")
    assert "\0" not in signal.title + signal.understood("details")
    assert (signal.title + signal.understood("details")).encode()


def test_a_mail_without_an_id_is_known_by_its_bytes():
    assert reference_of(a_mail(id_="")).startswith("sha256:")
    assert reference_of(a_mail(id_="")) != reference_of(a_mail("Other", id_=""))


def test_a_mail_is_known_by_its_id():
    assert reference_of(a_mail()) == "one@acme.example" == read_mail(a_mail()).fields[MAIL]["id"]


def test_a_date_that_cannot_be_is_none():
    assert read_mail(a_mail(headers={"Date": "Fri, 31 Dec 1999 00:00:00 +0000"})).occurred_at is None


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
@example(b"")
@example(b"Content-Type: multipart/mixed\r\n\r\n")
@example(b'From: "=?x?q?=?="\r\nSubject: =?utf-8?b?!!!?=\r\nReferences: <\r\n\r\n')
@example(b"Content-Type: message/rfc822\r\n\r\n")
@example(b"Content-Transfer-Encoding: base64\r\n\r\n%%%")
def test_whatever_comes_is_a_signal_that_can_be_kept(body: bytes):
    signal = read_mail(body)
    assert signal.title
    assert signal.dedup_key
    assert repr(dict(signal.fields)).encode()
