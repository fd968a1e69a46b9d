"""Alert health: the figures that tell whether people can bear what the desk tells them."""

from desktop.domain.alarm_health import Announced, HealthFacts, SnoozeFact, ToldAlarm, figures
from tests.domain.alarms import MINUTE, POLICY
from tests.factories import MONDAY_US

HOUR = 60 * MINUTE
SINCE = MONDAY_US - 7 * 24 * HOUR


def facts(**parts) -> HealthFacts:
    return HealthFacts(**{"announced": [], "told": [], "snoozes": [], "standing": 0, "steps": [], **parts})


def figure(key: str, **parts):
    found = figures(facts(**parts), POLICY.budget, SINCE, MONDAY_US)
    return next(one for one in found if one.key == key)


def announced(at_us: int, priority: str = "P3", is_repeat: int = 0) -> Announced:
    return Announced(at_us, "breached", 0, priority, "contain", is_repeat)


def test_seven_announcements_an_hour_are_too_many():
    many = [announced(MONDAY_US - 10 * HOUR + i * HOUR // 7) for i in range(70)]
    assert (figure("per_hour", announced=many).text, figure("per_hour", announced=many).ok) == ("7.0", False)


def test_a_quiet_week_is_healthy():
    assert all(one.ok is not False for one in figures(facts(), POLICY.budget, SINCE, MONDAY_US))


def test_ten_minutes_with_eleven_count_as_overfull():
    burst = [announced(SINCE + 5 * HOUR + i) for i in range(11)]
    assert figure("overfull", announced=burst).value == 1 / (7 * 24 * 6)


def test_the_share_of_p1_is_of_those_with_a_priority():
    mix = [announced(SINCE, "P1"), announced(SINCE, "P3"), announced(SINCE, "")]
    assert figure("mix_high", announced=mix).value == 0.5


def test_what_still_stands_counts_as_not_acknowledged_in_time():
    told = [
        ToldAlarm(SINCE, "acknowledged", SINCE + 4 * MINUTE),
        ToldAlarm(SINCE, "acknowledged", SINCE + 6 * MINUTE),
        ToldAlarm(SINCE, "raised", 0),
        ToldAlarm(SINCE, "withdrawn", SINCE + MINUTE),
    ]
    assert figure("prompt", told=told).value == 1 / 3
    assert figure("median", told=told).text == "5.0 min"


def test_repeats_are_counted():
    assert figure("realarms", announced=[announced(SINCE), announced(SINCE, is_repeat=1)]).value == 1


def test_a_snooze_past_the_breach_needs_a_reason_of_its_own():
    bare = SnoozeFact(SINCE, SINCE + HOUR, "later", "", SINCE + MINUTE)
    reasoned = bare._replace(past_breach_reason="fix deploying")
    assert figure("past_breach", snoozes=[bare, reasoned]).value == 1


def test_three_steps_within_a_minute_are_chatter():
    steps = [
        (1, SINCE),
        (1, SINCE + 20),
        (1, SINCE + 40),
        (2, SINCE),
        (2, SINCE + HOUR),
        (2, SINCE + 2 * HOUR),
    ]
    assert figure("chattering", steps=steps).value == 1


def test_five_standing_for_a_day_are_too_many():
    assert [figure("standing", standing=count).ok for count in (4, 5)] == [True, False]
