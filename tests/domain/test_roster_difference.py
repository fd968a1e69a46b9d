"""What a change of the rota moves, and whom it concerns."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.roster_difference import Moved, difference
from tests.domain.rosters import HOUR, MINUTE, layer, off, override, schedule, utc

WEEK = utc("2026-03-02T08:00"), utc("2026-03-09T08:00")
SOME_DAY = "2026-03-03T08:00", "2026-03-04T08:00"


def test_the_same_rota_moves_nothing():
    found = difference(schedule(layer()), schedule(layer()), *WEEK)
    assert not found
    assert found.sentences() == ()


def test_another_layers_name_moves_nobody():
    assert not difference(schedule(layer("primary")), schedule(layer("first")), *WEEK)


def test_an_override_moves_its_hours_from_one_to_the_other():
    before = schedule(layer(people="AB"))
    after = schedule(layer(people="AB"), overrides=[override(*SOME_DAY, add="E", remove="A")])
    found = difference(before, after, *WEEK)
    span = utc(SOME_DAY[0]), utc(SOME_DAY[1])
    assert found.moved == (Moved(*span, ("A",), ("E",)),)
    assert [(each.person, each.gained, each.lost) for each in found.people] == [
        ("A", (), (span,)),
        ("E", (span,), ()),
    ]


def test_the_sentences_say_who_gains_and_who_loses():
    swap = [override("2026-03-03T08:00", "2026-03-03T20:00", add="B", remove="A")]
    back = [override("2026-03-09T08:00", "2026-03-09T14:00", add="A", remove="B")]
    found = difference(
        schedule(layer(people="AB")),
        schedule(layer(people="AB"), overrides=swap + back),
        WEEK[0],
        utc("2026-03-16T08:00"),
    )
    assert found.sentences({"A": "Ana", "B": "Ben"}.get) == (
        "Ana gains 6 h and loses 12 h on call.",
        "Ben gains 12 h and loses 6 h on call.",
    )


def test_a_gap_that_opens_is_told():
    found = difference(
        schedule(layer(people="A")), schedule(layer(people="A"), time_off=[off("A", *SOME_DAY)]), *WEEK
    )
    assert found.opened == ((utc(SOME_DAY[0]), utc(SOME_DAY[1])),)
    assert found.closed == ()
    assert found.sentences() == ("A loses 1 d on call.", "Nobody would be on call for 1 d.")


def test_a_gap_that_closes_is_told():
    found = difference(schedule(), schedule(overrides=[override(*SOME_DAY, add="E")]), *WEEK)
    assert found.sentences() == ("E gains 1 d on call.", "Gaps of 1 d are closed.")


def test_a_stretch_is_one_however_often_the_layers_change_under_it():
    nights = layer("night", people="A", restrict=[{"from": "20:00", "to": "08:00"}])
    found = difference(schedule(layer(people="A"), nights), schedule(layer(people="B")), *WEEK)
    assert found.moved == (Moved(*WEEK, ("A",), ("B",)),)


def test_whoever_stays_in_a_group_is_not_told():
    found = difference(schedule(layer(people=[["A", "B"]])), schedule(layer(people=[["A", "C"]])), *WEEK)
    assert [each.person for each in found.people] == ["B", "C"]
    assert (found.moved[0].gone, found.moved[0].come) == (("B",), ("C",))


@given(st.lists(st.lists(st.sampled_from("ABC"), max_size=2, unique=True), max_size=4), st.integers(1, 30))
def test_gains_less_losses_are_what_the_hours_differ_by(people, hours):
    before = schedule(layer(unit="hour", count=hours, people="AB"))
    after = schedule(layer(unit="hour", count=7, people=people))

    def minutes(rota, person):
        return sum((s.end - s.start) // MINUTE for s in rota.shifts(*WEEK) if person in s.people)

    changes = {each.person: each for each in difference(before, after, *WEEK).people}
    for person in "ABC":
        change = changes.get(person)
        gained = sum((b - a) // MINUTE for a, b in change.gained) if change else 0
        lost = sum((b - a) // MINUTE for a, b in change.lost) if change else 0
        assert gained - lost == minutes(after, person) - minutes(before, person)
    assert sum((each.end - each.start) // HOUR for each in difference(before, after, *WEEK).moved) <= 168
