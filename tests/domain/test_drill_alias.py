"""Pseudonyms are the same wherever a name stands, however it is written, and nothing real is left of it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.drill_alias import aliases_of
from desktop.domain.drill_alias_pattern import scaled, shifted
from desktop.domain.drill_folded import fold
from desktop.domain.drill_past import Named
from tests.domain.pasts import EVERYTHING, NAMES, WORDS

TABLE = aliases_of(NAMES, [EVERYTHING], seed=5, year=2026, ordinary=WORDS)
_LETTERS = st.text("abcdefghijklmnopqrstuvwxyzäéøñ", min_size=4, max_size=12)


def alias_of(real: str) -> str:
    return next(each.alias for each in TABLE.entries if each.real == real)


def test_a_customer_is_called_the_same_in_capitals_in_small_letters_and_in_part():
    first, second = alias_of("Quimbleforth Ferries").split()
    assert TABLE.said("Quimbleforth Ferries, QUIMBLEFORTH, quimbleforth") == (
        f"{first} {second}, {first.upper()}, {first.lower()}"
    )


def test_a_name_is_found_without_its_accents_and_inside_other_words():
    first = alias_of("Quimbleforth Ferries").split()[0]
    last = alias_of("Grzegorz Brzęczyszczykiewicz").split()[1]
    assert TABLE.said("brzeczyszczykiewicz2") == f"{last.lower()}2"
    assert TABLE.said("preQuimbleforthX") == f"pre{first}X"


def test_invisible_signs_do_not_hide_a_name():
    assert TABLE.said("Quimble\u00adfor\u200bth") == alias_of("Quimbleforth Ferries").split()[0]


def test_an_umlaut_is_the_same_spelled_out():
    table = aliases_of([Named("person", "Jörg Müller")], ["Mueller"], seed=1, year=2026)
    assert table.said("Joerg Mueller") == table.said("Jörg Müller") == table.said("JORG MULLER").title()


def test_the_mail_address_of_somebody_tells_their_invented_name():
    name = ".".join(alias_of("Thessaly Marchbanks").lower().split())
    assert TABLE.said("thessaly.marchbanks@quimbleforth.example.com").startswith(f"{name}@mail")


def test_an_ordinary_word_that_is_part_of_a_name_stays_where_it_stands_alone():
    assert TABLE.said("The ferries are late.") == "The ferries are late."


def test_an_ordinary_word_is_not_torn_apart_by_a_name_it_contains():
    table = aliases_of([Named("person", "Sam Porter")], ["Porter"], seed=1, year=2026, ordinary=WORDS)
    assert table.said("A reporter asked.") == "A reporter asked."


def test_two_people_of_one_name_share_its_pseudonym():
    table = aliases_of(
        [Named("person", "Nils Frahm"), Named("contact", "Nils Öberg")],
        ["Nils Frahm Nils Öberg"],
        seed=3,
        year=2026,
    )
    first, second = table.said("Nils Frahm/Nils Öberg").split("/")
    assert first.split()[0] == second.split()[0]
    assert first.split()[1] != second.split()[1]


def test_a_pseudonym_of_ones_own_choice_counts_everywhere():
    table = TABLE.with_alias("Ignatius Pomfret", "Karin Holt")
    assert table.said("Ignatius Pomfret, Pomfret") == "Karin Holt, Holt"


def test_a_word_is_replaced_in_pseudonyms_of_ones_own_choice_too():
    table = TABLE.with_alias("Ignatius Pomfret", "Pomfret the Second").with_alias("Pomfret", "Holt")
    assert table.said("Ignatius Pomfret") == "Holt the Second"


def test_a_word_that_nobody_has_on_record_can_be_given_a_pseudonym():
    assert TABLE.with_alias("Blauwal", "Rotfuchs").said("Projekt Blauwal") == "Projekt Rotfuchs"


@pytest.mark.parametrize(
    "text",
    [
        "a.b@c.example", "https://x.example/?q=1", "198.51.100.7", "+49 30 1234567", "030 / 123-4567",
        "KES-1187", "INC0012345", "#4711", "db-01.kestrel.example.com", "12345678",
    ],
)  # fmt: skip
def test_what_tells_of_somebody_by_its_form_is_replaced_and_always_by_the_same(text):
    said = TABLE.said(f"See {text}, again {text}.")
    assert text not in said
    first, _, second = said.removeprefix("See ").removesuffix(".").partition(", again ")
    assert first == second


@pytest.mark.parametrize(
    "text", ["SEV2", "SEV-1", "UTF-8", "at 14:30", "v7 of 2.5.1", "214 customers", "HTTP 500"]
)
def test_what_tells_of_nobody_stays(text):
    assert TABLE.said(text) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("900 EUR", "1230 EUR"), ("€ 1,250.50", "€ 1,710.00"), ("1.250,50 €", "1.710,00 €"),
        ("14000000 EUR", "19200000 EUR"), ("0,50 €", "0,69 €"),
    ],
)  # fmt: skip
def test_an_amount_is_scaled_and_written_as_it_was(text, wanted):
    assert scaled(text, 1370) == wanted


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.integers(-60, 60))
def test_a_date_moves_by_whole_weeks_and_keeps_its_weekday(day, weeks):
    moved = date.fromisoformat(shifted(day.isoformat(), weeks, 2026))
    assert moved - day == timedelta(weeks=weeks)
    assert shifted(f"{day:%d.%m.%Y}", weeks, 2026) == f"{moved:%d.%m.%Y}"


@given(st.lists(_LETTERS, min_size=2, max_size=5, unique=True), st.integers(0, 10**6), st.data())
def test_the_same_name_becomes_the_same_wherever_it_stands(words, seed, data):
    names = [Named("person", f"{first.title()} {last.title()}") for first, last in pairwise(words)]
    table = aliases_of(names, [" ".join(words)], seed=seed, year=2026)
    real = data.draw(st.sampled_from(names)).name
    said = {table.said(form) for form in (real, f"{real}", real.replace(" ", "  "))}
    assert len({fold(each) for each in said}) == 1
    assert table.said(f"{real} met {real}") == " met ".join([table.said(real)] * 2)


@given(st.integers(0, 10**9))
def test_nothing_of_a_text_full_of_names_is_left_under_any_seed(seed):
    said = fold(aliases_of(NAMES, [EVERYTHING], seed=seed, year=2026, ordinary=WORDS).said(EVERYTHING))
    for each in ("quimbleforth", "ottoline", "vandersloot", "brzeczyszczykiewicz", "grzegorz", "pomfret",
    "marchbanks",
                 "thessaly", "5550142", "77123", "0099887", "8812345670", "14,250", "198.51"):  # fmt: skip
        assert each not in said


@given(st.text(max_size=300))
def test_any_text_can_be_said(text):
    assert isinstance(TABLE.said(text), str)
