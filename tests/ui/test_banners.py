"""The alarms over the page."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.clock import ManualClock
from desktop.ui.banners import AlarmBanners
from desktop.ui.kit.announce import Announcer
from tests.factories import MONDAY, MONDAY_US
from tests.ui.alarm_support import an_alarm, an_item, dressed

SECOND = 1_000_000


@pytest.fixture
def banners(qtbot):
    made = AlarmBanners(*dressed(), Announcer(ManualClock(MONDAY)), is_still=lambda: False)
    qtbot.addWidget(made)
    made.resize(1000, 200)
    made.tick(MONDAY_US)
    return made


@pytest.fixture
def window(qtbot, banners):
    """The banners over a line to write in."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.addWidget(banners)
    column.addWidget(QLineEdit())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def field(window):
    """The line, where somebody writes."""
    line = window.findChild(QLineEdit)
    line.setFocus()
    return line


def test_a_banner_says_who_what_how_long_and_what_to_do(banners):
    banners.show_alarms([an_alarm()])
    (text,) = banners.texts()
    for part in ("ESC-0012", "Northwind Retail", "4 min late", "Amara Okafor", "Confirm containment"):
        assert part in text


@pytest.mark.parametrize("what", ["acknowledge", "snooze", "open"])
def test_its_buttons_tell_which_escalation(qtbot, banners, what):
    banners.show_alarms([an_alarm(12)])
    with qtbot.waitSignal(getattr(banners, f"{what}_requested")) as asked:
        qtbot.mouseClick(banners.banner("escalation:12").button(what), Qt.MouseButton.LeftButton)
    assert asked.args == [12]


def test_two_are_shown_and_the_rest_is_counted_at_the_end_of_the_last_line(qtbot, banners):
    banners.show_alarms([an_alarm(number) for number in range(1, 6)])
    first, last = (banners.banner(f"escalation:{number}").tail.more for number in (1, 2))
    assert (len(banners.texts()), first.text(), last.text()) == (2, "", "+ 3 more")
    with qtbot.waitSignal(banners.list_requested):
        last.click()


def test_alarms_that_stand_on_the_board_alone_are_counted_too(banners):
    banners.show_alarms([an_alarm(1), *(an_alarm(number, in_app="badge") for number in range(2, 9))])
    assert banners.banner("escalation:1").tail.more.text() == "+ 7 more"


@pytest.mark.parametrize("width", [896, 1312])
def test_two_lines_take_no_more_than_seventy_pixels(qtbot, banners, width):
    banners.show_alarms([an_alarm(number, title="A long title " * 12) for number in range(1, 5)])
    banners.resize(width, banners.sizeHint().height())
    banners.show()
    assert banners.sizeHint().height() <= 70
    button = banners.banner("escalation:2").button("acknowledge")
    assert button.width() >= button.sizeHint().width()


def test_the_time_moves_on_by_itself(banners):
    banners.show_alarms([an_alarm()])
    banners.tick(MONDAY_US + 60 * SECOND)
    assert "containment 5 min late" in banners.texts()[0]


def test_one_escalation_has_one_banner_with_its_worst_alarm(banners):
    banners.show_alarms([an_alarm(1), an_alarm(1, id=11, occasion="breaching_soon")])
    assert [text.split(":")[0] for text in banners.texts()] == ["Breached"]


def test_of_two_breaches_of_one_escalation_the_older_is_named(banners):
    older = an_alarm(1, id=11, kind="assign", clock_at=MONDAY - timedelta(minutes=20))
    banners.show_alarms([an_alarm(1), older])
    assert "assignment 20 min late" in banners.texts()[0]


def test_six_alarms_are_told_as_one_with_the_oldest(qtbot, banners):
    alarms = [an_alarm(number, priority="P2") for number in range(1, 7)]
    banners.show_alarms([*alarms, an_alarm(9, priority="P2", clock_at=MONDAY - timedelta(hours=1))])
    (text,) = banners.texts()
    assert text.startswith("7 alarms need attention. Oldest: ESC-0009 containment 1 h late")
    with qtbot.waitSignal(banners.open_requested) as asked:
        banners.banner("flood").button("open").click()
    assert asked.args == [9]


def test_a_flood_lasts_until_three_alarms_are_left(banners):
    for count, is_summed in ((5, False), (6, True), (4, True), (3, False), (5, False)):
        banners.show_alarms([an_alarm(number, priority="P2") for number in range(count)])
        assert (banners.banner("flood") is not None) == is_summed


def test_the_worst_p1_breach_stands_above_a_flood(banners):
    lesser = [an_alarm(number, occasion="breaching_soon") for number in range(3, 9)]
    banners.show_alarms([an_alarm(1), an_alarm(2), *lesser])
    first, summary = banners.texts()
    assert "ESC-0001" in first
    assert summary.startswith("7 more alarms need attention")


def test_a_flood_that_was_put_away_leaves_what_comes_later(banners):
    lesser = [an_alarm(number, in_app="banner", occasion="breaching_soon") for number in range(1, 8)]
    banners.show_alarms(lesser)
    banners.banner("flood").tail.close_button.click()
    assert banners.texts() == []
    banners.show_alarms([an_alarm(20), *lesser])
    assert ["ESC-0020" in text for text in banners.texts()] == [True]


def test_what_was_just_told_takes_the_place_of_the_sum_for_a_while(banners):
    banners.show_alarms([an_alarm(number) for number in range(1, 9)])
    banners.show_item(an_item(escalation_id=None, alarm_id=None, replaces="digest", title="3 alarms missed"))
    assert [text[:15] for text in banners.texts()] == ["Breached: ESC-0", "3 alarms missed"]
    assert banners.banner("digest").tail.more.text() == "+ 7 more"


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
    soon = an_alarm(in_app="banner", occasion="breaching_soon")
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
    still = AlarmBanners(*dressed(), Announcer(ManualClock(MONDAY)), is_still=lambda: True)
    qtbot.addWidget(still)
    still.tick(MONDAY_US)
    still.show_alarms([an_alarm()])
    assert not still.banner("escalation:12").is_pulsing


def test_no_banner_takes_the_focus(field, banners):
    banners.show_alarms([an_alarm()])
    assert QApplication.focusWidget() is field


def test_a_click_leaves_the_caret_where_somebody_writes(qtbot, field, banners):
    banners.show_alarms([an_alarm()])
    qtbot.mouseClick(banners.banner("escalation:12").button("acknowledge"), Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is field


def test_after_an_answer_by_key_a_second_enter_answers_nothing_unread(field, banners):
    banners.show_alarms([an_alarm(1), an_alarm(2)])
    banners.banner("escalation:1").button("acknowledge").setFocus(Qt.FocusReason.TabFocusReason)
    banners.show_alarms([an_alarm(2)])
    assert QApplication.focusWidget() is banners.banner("escalation:2").button("open")


def test_the_focus_walks_through_the_lines_and_then_into_the_page(qtbot, window, field, banners):
    banners.show_alarms([an_alarm(1), an_alarm(2)])
    banners.banner("escalation:1").button("open").setFocus()
    visited = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        visited.append(QApplication.focusWidget())
    second = banners.banner("escalation:2")
    assert visited == [*(second.button(key) for key in ("acknowledge", "snooze", "open")), field]


def test_markup_is_shown_as_it_is(banners):
    banners.show_alarms([an_alarm(title="<b>5 < 6</b>")])
    assert "<b>5 < 6</b>" in banners.texts()[0]


@pytest.mark.parametrize(("in_app", "expected"), [("banner_stays", "Breached"), ("banner", "Missed")])
def test_a_summary_stands_below_a_breach_and_above_lesser_alarms(banners, in_app, expected):
    banners.show_item(an_item(escalation_id=None, alarm_id=None, replaces="digest", title="Missed: 2"))
    banners.show_alarms([an_alarm(1, in_app=in_app), an_alarm(2, in_app="banner")])
    assert banners.texts()[0].split(":")[0] == expected


def test_held_banners_change_nothing_and_show_all_that_stands_afterwards(banners):
    banners.hold(True)
    banners.show_alarms([an_alarm()])
    banners.tick(MONDAY_US + 120 * SECOND)
    assert banners.texts() == []
    banners.hold(False)
    assert len(banners.texts()) == 1
    assert banners.banner("escalation:12").is_pulsing


def test_a_lesser_alarm_does_not_lapse_unseen_while_held(banners):
    summary = an_item(escalation_id=None, alarm_id=None, replaces="digest", title="Missed while away: 3")
    banners.hold(True)
    banners.show_item(summary)
    banners.tick(MONDAY_US + 600 * SECOND)
    banners.hold(False)
    banners.tick(MONDAY_US + 601 * SECOND)
    assert banners.banner("digest") is not None
