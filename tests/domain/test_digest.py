"""What was missed, told once."""

from desktop.domain.digest import held, missed
from desktop.domain.policy import Urgency
from tests.domain.alarms import a_breach, a_concern


def test_a_digest_says_how_many_how_late_and_who_needs_a_person():
    digest = missed([a_breach(late_s=7 * 3600), a_concern(owner_id=3, late_s=60, escalation_id=11)])
    assert digest.title == "Missed while away: 2"
    assert digest.body == "2 alarms up to 7 h late — ESC-2026-0192 needs a person now"


def test_what_needs_a_person_comes_first():
    warning, breach = a_concern(owner_id=3, due_us=1), a_breach(number="ESC-2026-0200", due_us=2)
    assert [line.number for line in missed([warning, breach]).lines] == ["ESC-2026-0200", "ESC-2026-0192"]


def test_a_digest_with_a_grave_breach_is_critical():
    assert missed([a_breach()]).urgency is Urgency.CRITICAL


def test_a_digest_of_warnings_is_not():
    assert held([a_concern()]).urgency is Urgency.NORMAL


def test_a_digest_of_owned_warnings_says_that_nothing_is_breached():
    assert held([a_concern(owner_id=3)]).body == "1 alarm held back — nothing is breached"


def test_an_escalation_with_several_alarms_is_named_once():
    assert missed([a_breach(late_s=60), a_breach(late_s=60, kind="assign")]).body.count("ESC") == 1


def test_a_thousand_alarms_fit_into_a_line():
    digest = missed([a_breach(number=f"ESC-2026-{i:04}", late_s=999_999) for i in range(1000)])
    assert len(digest.body) <= 160
    assert len(digest.title) <= 48
