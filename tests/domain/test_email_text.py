from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.email_text import bare_subject, plain_text, read_email, reference_in

COPIED = """From: Rita Holm <r.holm@northwind.example>
Sent: Monday, 23 November 2026 14:02
To: Support
Subject: RE: FW: Checkout fails, CASE-88120

Since 13:55 every checkout ends in a time-out.
"""

RAW = """Received: from mail.northwind.example
From: =?utf-8?q?R=C3=ADta?= Holm <r.holm@northwind.example>
Date: Mon, 23 Nov 2026 14:02:00 +0100
Subject: =?utf-8?q?Z=C3=A4hler_steht?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/html; charset=utf-8

<p>Good morning,</p><script>steal()</script><div>it <b>stands</b> still.</div>
--b
Content-Type: text/plain; name="trace.log"
Content-Disposition: attachment; filename="trace.log"
Content-Transfer-Encoding: base64

b25l
--b--
"""


def test_a_message_copied_out_of_a_mail_program_is_taken_apart():
    mail = read_email(COPIED)
    assert mail.reporter == "Rita Holm <r.holm@northwind.example>"
    assert mail.subject == "Checkout fails, CASE-88120"
    assert mail.body == "Since 13:55 every checkout ends in a time-out."
    assert mail.reference == "CASE-88120"


@pytest.mark.parametrize(
    ("head", "subject"),
    [
        ("Von: A B [mailto:a@b.de]\nGesendet: heute\nAn: C\nBetreff: AW: Ausfall", "Ausfall"),
        ("De : A B <a@b.fr>\nEnvoyé : lundi\nÀ : C\nObjet : TR: Panne", "Panne"),
        ("Da: A B <a@b.it>\nInviato: lunedì\nA: C\nOggetto: I: Guasto", "Guasto"),
        ("Van: A B <a@b.nl>\nVerzonden: maandag\nAan: C\nOnderwerp: Storing", "Storing"),
        ("*From:* A B <a@b.com>\n*Date:* Monday\n*To:* C\n*Subject:* Outage", "Outage"),
        ("> From: A B <a@b.com>\n> Subject: Outage", "Outage"),
    ],
)
def test_headers_of_other_languages_are_known(head, subject):
    mail = read_email(f"{head}\n\nText")
    assert mail.subject == subject
    assert mail.address.startswith("a@b.")


def test_a_raw_message_is_decoded_with_its_attachments():
    mail = read_email(RAW)
    assert mail.reporter == "Ríta Holm <r.holm@northwind.example>"
    assert mail.subject == "Zähler steht"
    assert mail.body.split() == ["Good", "morning,", "it", "stands", "still."]
    assert mail.sent_at == datetime(2026, 11, 23, 13, 2, tzinfo=UTC)
    assert [(piece.name, piece.data) for piece in mail.attachments] == [("trace.log", b"one")]


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("a@northwind.example", "northwind"),
        ("a@mail.northwind.co.uk", "northwind"),
        ("a@gmail.com", ""),
        ("a@b", ""),
    ],
)
def test_the_domain_names_the_organisation_unless_it_is_a_free_service(address, word):
    assert read_email(f"From: A <{address}>\nSubject: s\n\nt").organisation == word


@pytest.mark.parametrize(
    "text", ["", "hello", "one\ntwo", "From: nobody", "Subject: alone\n\ntext", "10:30: call\n"]
)
def test_other_text_is_no_message(text):
    assert read_email(text) is None


def test_what_looks_like_a_case_number_is_found_in_the_subject_first():
    assert reference_in("Re: INC0012345 again", "see CASE-1") == "INC0012345"
    assert reference_in("no number", "ticket #4711 of today") == "4711"
    assert reference_in("IPv4-only", "nothing") == ""


def test_marks_of_replies_and_outside_mail_go():
    assert bare_subject("AW: [EXTERN] Re[2]: WG: Ausfall") == "Ausfall"


def test_of_a_page_only_the_words_that_show_are_left():
    assert plain_text("<style>p{}</style><p>a&amp;b</p><br>c<title>t</title>") == "a&b\nc"


@given(st.text(max_size=400))
def test_no_text_breaks_it(text):
    for head in ("", "From: a@b.c\nSubject: s\n", "MIME-Version: 1.0\nFrom: x\nContent-Type: "):
        read_email(head + text)
