"""The alarms over the page."""

import pytest
from PySide6.QtCore import Qt

from desktop.ui.banners import AlarmBanners
from tests.factories import MONDAY_US
from tests.ui.alarm_support import an_alarm, an_item, dressed

SECOND = 1_000_000


@pytest.fixture
def banners(qtbot):
    made = AlarmBanners(*dressed(), is_still=lambda: False)
    qtbot.addWidget(made)
    made.resize(1000, 200)
    made.tick(MONDAY_US)
    return made


def test_a_banner_says_who_what_how_long_and_what_to_do(banners):
    banners.show_alarms([an_alarm()])
    (text,) = banners.texts()
    for part in ("ESC-2026-0012", "Northwind Retail", "4 min late", "Amara Okafor", "Confirm containment"):
        assert part in text


@pytest.mark.parametrize("what", ["acknowledge", "snooze", "open"])
def test_its_buttons_tell_which_escalation(qtbot, banners, what):
    banners.show_alarms([an_alarm(12)])
    with qtbot.waitSignal(getattr(banners, f"{what}_requested")) as asked:
        qtbot.mouseClick(banners.banner("escalation:12").button(what), Qt.MouseButton.LeftButton)
    assert asked.args == [12]


def test_three_are_shown_and_the_rest_is_counted(qtbot, banners):
    banners.show_alarms([an_alarm(number) for number in range(1, 8)])
    assert len(banners.texts()) == 3
    assert "4 more alarms" in banners.more.text()
    with qtbot.waitSignal(banners.list_requested):
        banners.more.click()


def test_one_escalation_has_one_banner_with_its_worst_alarm(banners):
    banners.show_alarms([an_alarm(1), an_alarm(1, id=11, headline="At risk: …")])
    assert [text.split(":")[0] for text in banners.texts()] == ["Breached"]


def test_an_acknowledged_alarm_leaves(banners):
    banners.show_alarms([an_alarm()])
    banners.show_alarms([])
    assert banners.texts() == []
    assert not banners.isVisible()


def test_what_the_policy_shows_on_the_board_alone_gets_no_banner(banners):
    banners.show_alarms([an_alarm(in_app="badge"), an_alarm(told="held")])
    assert banners.texts() == []


def test_a_breach_stays_and_cannot_be_put_away(banners):
    banners.show_alarms([an_alarm()])
    banners.tick(MONDAY_US)
    banners.tick(MONDAY_US + 3600 * SECOND)
    assert len(banners.texts()) == 1
    assert banners.banner("escalation:12").stays


def test_a_lesser_alarm_leaves_after_a_minute_and_returns_when_told_again(banners):
    soon = an_alarm(in_app="banner", occasion="breaching_soon")
    banners.show_alarms([soon])
    banners.tick(MONDAY_US)
    banners.tick(MONDAY_US + 60 * SECOND)
    assert banners.texts() == []
    banners.show_alarms([soon])
    assert banners.texts() == []
    banners.show_item(an_item(alarm_id=soon.id, in_app="banner"))
    banners.show_alarms([soon])
    assert len(banners.texts()) == 1


def test_a_worse_alarm_returns_even_after_the_lesser_was_put_away(qtbot, banners):
    soon = an_alarm(in_app="banner")
    banners.show_alarms([soon])
    banners.banner("escalation:12").closed.emit("escalation:12")
    assert banners.texts() == []
    banners.show_alarms([an_alarm(id=999), soon])
    assert len(banners.texts()) == 1


def test_a_summary_leads_to_the_list_and_goes_when_no_longer_true(qtbot, banners):
    summary = an_item(escalation_id=None, alarm_id=None, replaces="flood", title="14 clocks need attention")
    banners.show_item(summary)
    with qtbot.waitSignal(banners.list_requested):
        banners.banner("flood").button("list").click()
    banners.show_item(summary)
    banners.withdraw("flood")
    assert banners.texts() == []


def test_it_pulses_three_times_within_three_seconds(banners):
    banners.show_alarms([an_alarm()])
    banner = banners.banner("escalation:12")
    assert banner.is_pulsing
    assert banner._pulse.totalDuration() == 3000


def test_nothing_moves_where_nothing_may(qtbot):
    still = AlarmBanners(*dressed(), is_still=lambda: True)
    qtbot.addWidget(still)
    still.show_alarms([an_alarm()])
    assert not still.banner("escalation:12").is_pulsing


def test_no_banner_takes_the_focus(qtbot, banners):
    from PySide6.QtWidgets import QApplication, QLineEdit

    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.setFocus()
    before = QApplication.focusWidget()
    banners.show_alarms([an_alarm()])
    assert QApplication.focusWidget() is before


def test_markup_is_shown_as_it_is(banners):
    banners.show_alarms([an_alarm(title="<img src=x>", text="<b>5 < 6</b>")])
    assert "<b>5 < 6</b>" in banners.texts()[0]


def test_a_breach_stands_above_a_summary_and_a_lesser_alarm_below_it(banners):
    banners.show_item(an_item(escalation_id=None, alarm_id=None, replaces="digest", title="Missed: 2"))
    banners.show_alarms([an_alarm(1), an_alarm(2, in_app="banner", headline="At risk: x")])
    assert [text.split(":")[0] for text in banners.texts()] == ["Breached", "Missed", "At risk"]
