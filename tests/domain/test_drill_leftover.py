"""Every word of a real name is found in a drill, wherever it hides; and everyday words are let alone."""

from dataclasses import replace

import pytest

from desktop.domain.drill_leftover import leftovers, suspects, texts_of
from desktop.domain.drill_past import Named
from tests.domain.drills import charged_twice
from tests.domain.pasts import WORDS

SCENARIO = charged_twice()


def hits(text: str, *names: Named) -> list[str]:
    inject = replace(SCENARIO.injects[0], body=text, source_from="", subject="")
    scenario = replace(SCENARIO, injects=(inject,), variables={})
    return [each.token for each in leftovers(scenario, names, WORDS) if each.place.endswith(".body")]


@pytest.mark.parametrize(
    "text",
    [
        "Öberg called",
        "OBERG",
        "oeberg@x",
        "the-öberg-file",
        "preÖbergpost",
        "O\u00adberg",
        "O\u0308berg",
        "Øberg",
    ],
)
def test_a_name_is_found_in_any_writing(text):
    assert hits(text, Named("person", "Nils Öberg")) == ["Öberg"]


def test_a_word_of_everyday_language_around_a_name_is_no_hit():
    assert hits("Our standard reporter understands.", Named("person", "Stan Porter")) == []


def test_an_ordinary_word_of_the_customers_own_name_is_a_hit():
    assert hits("The ferries are late", Named("customer", "Haldenby Ferries")) == ["Ferries"]


def test_what_merely_describes_somebody_is_not_searched():
    assert (
        hits("Our service desk has a duty manager", Named("contact", "Service desk", ("(duty manager)",)))
        == []
    )


def test_a_phone_number_is_found_whatever_stands_between_its_figures():
    assert hits("Ring 030-555 01 42 now", Named("person", "Bo Ek", ("+49 (30) 5550142",))) != []


def test_an_id_and_the_name_of_an_attachment_are_found():
    names = (Named("number", "KES-1187"), Named("file", "zawada_notes.txt"))
    assert hits("see kes-1187 and Zawada", *names) == ["KES-1187", "zawada"]


def test_every_text_of_players_and_staff_is_searched():
    places = " ".join(place for place, _ in texts_of(SCENARIO))
    for each in ("title", "summary", "body", "subject", "notes", "expect", "label", "question", "hints",
    "customers",
                 "objectives", "roles", "debrief", "phases"):  # fmt: skip
        assert each in places, each


def test_a_hit_is_shown_with_what_is_around_it():
    found = leftovers(replace(SCENARIO, title="Why did Zawada call?"), [Named("contact", "Piotr Zawada")])
    assert found[0].quote == "Why did «Zawada» call?"
    assert found[0].origin == "a contact"


def test_a_capital_in_the_middle_of_a_sentence_is_told_as_a_suspect():
    scenario = replace(SCENARIO, title="They asked Dorothea about it")
    assert "Dorothea" in suspects(scenario, (), ())
    assert "Dorothea" not in suspects(scenario, (), ("Dorothea Lunn",))
