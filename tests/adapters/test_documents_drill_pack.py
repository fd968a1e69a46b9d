"""The players' handout holds nothing of what staff know; the guide holds all of it."""

from dataclasses import replace

import pytest

from desktop.adapters.documents.blocks import Document
from desktop.adapters.documents.drill_pack import players_of, staff_of, texts_of
from desktop.domain.drill_check_spoiler import staff_texts
from desktop.domain.drill_scenario import Complication, Scenario
from desktop.domain.errors import DeskError
from tests.domain.drills import charged_twice

SCENARIO = charged_twice()


def read(document: Document) -> str:
    return "\n".join(texts_of(document))


def with_canaries(scenario: Scenario) -> Scenario:
    """The scenario with a canary in every text that players must not see."""
    count = iter(range(10_000))

    def canary() -> str:
        return f"CANARY-{next(count):04}"

    injects = tuple(
        replace(
            inject, notes=canary(), red_flags=(canary(),), source=canary(), body=canary(), subject=canary(),
            expect=tuple(
                replace(
                    one, text=canary(), hints=(canary(),),
                    checks=tuple(replace(check, text=canary()) for check in one.checks),
                )
                for one in inject.expect
            ),
        )
        for inject in scenario.injects
    )  # fmt: skip
    cards = (Complication("C1", canary()),)
    origin = replace(scenario.origin, ref=canary())
    return replace(scenario, injects=injects, complications=cards, origin=origin)


def test_no_canary_gets_into_the_players_handout():
    scenario = with_canaries(SCENARIO)
    assert "CANARY" not in read(players_of(scenario))


def test_every_canary_stands_in_the_guide():
    scenario = with_canaries(SCENARIO)
    guide = read(staff_of(scenario))
    missing = [text for text, path in staff_texts(scenario) if path[-1] != "source" and text not in guide]
    assert missing == []


def test_players_read_what_they_need():
    text = read(players_of(SCENARIO))
    for wanted in ("DRILL", "Charged again and again", "Escalation lead", "No duff", "90 min"):
        assert wanted in text
    assert "Simulation cell" not in text


def test_a_staff_text_in_the_summary_is_refused():
    secret = SCENARIO.injects[1].expect[0].text
    with pytest.raises(DeskError, match="staff only"):
        players_of(replace(SCENARIO, summary=f"Mind this: {secret}."))
