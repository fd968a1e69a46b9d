"""The words of an alarm: short, complete, and plain whatever was typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import alarm_text as text
from tests.domain.alarms import MINUTE, a_breach, a_concern
from tests.factories import MONDAY_US

NOW = MONDAY_US
HOSTILE = (
    "<b>bold</b> & <img src=x onerror=alert(1)>",
    "evil \u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c",
    "nul \x00 bell \x07 escape \x1b[31m",
    "line\nbreak\r\n\u2028and\u2029paragraph",
    "=cmd|' /C calc'!A0",
    "z" + "\u0301" * 5000,
    "x" * 1_000_000,
    "\ud800 alone",
    "",
)


def test_an_alarm_says_what_whose_and_how_long():
    assert text.body(a_concern(commitment_due_us=NOW + 9 * MINUTE), NOW, "") == (
        "ESC-2026-0192 Acme — containment due in 9 min — owner: nobody"
    )


def test_it_says_by_how_much_a_promise_is_late():
    assert "containment 12 min late" in text.body(a_breach(), NOW + 12 * MINUTE, "Amara Okafor")


def test_it_names_whom_to_call():
    body = text.body(a_breach(step=2), NOW, "", call=["Leo Park"])
    assert body.endswith("owner: nobody — next: call Leo Park")


def test_advice_is_added_where_there_is_room():
    assert text.body(a_breach(), NOW, "", act="Take it over.").endswith(" — Take it over.")


def test_advice_is_the_first_to_go():
    body = text.body(a_breach(customer="A" * 60), NOW, "B" * 40, call=["C" * 40], act="D" * 60)
    assert "D" not in body
    assert "call C" in body


def test_the_heading_begins_with_the_occasion():
    assert text.title(a_breach()) == "Breached: Checkout fails"


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_come_out_as_one_short_plain_line(typed):
    concern = a_breach(title=typed, customer=typed)
    for words, most in ((text.title(concern), 48), (text.body(concern, NOW, typed, call=[typed]), 160)):
        assert len(words) <= most
        assert all(unicodedata.category(letter)[0] != "C" for letter in words)


@given(st.text(), st.integers(1, 60))
def test_any_text_is_plain_and_fits(typed, most):
    words = text.plain(typed, most)
    assert len(words) <= most
    assert "\n" not in words


def test_markup_is_kept_as_it_was_typed():
    assert text.plain("5 < 6 & 7 > 3", 40) == "5 < 6 & 7 > 3"


def test_letters_of_other_scripts_stay():
    assert text.plain("خدمة الدفع 決済", 40) == "خدمة الدفع 決済"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0.5, "30 s"), (9, "9 min"), (60, "1 h"), (100, "1 h 40 min"), (24 * 60, "1 d"), (51 * 60, "2 d 3 h")],
)
def test_times_have_two_units_at_most(minutes, words):
    assert text.span_words(int(minutes * MINUTE)) == words


def test_many_names_are_two_and_a_number():
    assert text.names(["Amara Okafor", "Leo Park", "Maya Chen"]) == "Amara Okafor, Leo Park +1"


def test_a_group_lists_the_oldest_first_and_how_many_more():
    concerns = [
        a_concern(number=f"ESC-2026-{i:04}", commitment_due_us=NOW + i * MINUTE) for i in range(1, 15)
    ]
    body = text.group_body(concerns, NOW)
    assert body.startswith("oldest ESC-2026-0001 Acme, 1 min left; ESC-2026-0002")
    assert body.endswith("more")
    assert len(body) <= 160


def test_a_group_is_headed_by_its_number_and_customer():
    assert text.group_title(14) == "14 clocks need attention"
    assert text.group_title(3, "Acme") == "Acme: 3 clocks need attention"
