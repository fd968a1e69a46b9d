"""Too many alarms at once."""

from desktop.domain.flood import companies, flow, is_flood, oldest_first
from tests.domain.alarms import POLICY, a_breach, a_concern

RULE = POLICY.flood


def warnings(count):
    return [a_concern(alarm_id=i, escalation_id=i) for i in range(count)]


def test_ten_alarms_are_no_flood():
    assert not is_flood(False, 10, RULE)


def test_eleven_alarms_are_a_flood():
    assert is_flood(False, 11, RULE)


def test_a_flood_lasts_until_fewer_than_five():
    assert [is_flood(True, count, RULE) for count in (6, 5, 4)] == [True, True, False]


def test_outside_a_flood_everything_is_told_alone():
    parted = flow(False, 6, warnings(4), RULE)
    assert (parted.is_flood, len(parted.alone), parted.together) == (False, 4, ())


def test_the_alarm_that_begins_a_flood_takes_the_others_along():
    parted = flow(False, 6, warnings(5), RULE)
    assert (parted.is_flood, parted.alone, len(parted.together)) == (True, (), 5)


def test_a_breach_of_p1_stands_alone_in_a_flood():
    breach = a_breach(alarm_id=99, priority="P1")
    parted = flow(True, 30, [*warnings(3), breach], RULE)
    assert (parted.alone, len(parted.together)) == ((breach,), 3)


def test_a_breach_of_p2_does_not():
    assert flow(True, 30, [a_breach()], RULE).alone == ()


def test_customers_keep_company_in_order_of_appearance():
    by_customer = [a_concern(alarm_id=i, customer_id=c) for i, c in enumerate((5, 3, 5))]
    assert [[c.alarm_id for c in company] for company in companies(by_customer)] == [[0, 2], [1]]


def test_the_one_that_came_first_leads():
    later, first = a_concern(alarm_id=1, due_us=20), a_concern(alarm_id=2, due_us=10)
    assert oldest_first([later, first])[0] is first
