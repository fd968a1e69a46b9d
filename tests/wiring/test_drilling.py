"""The players' window over a drill that is really directed, on a desk of its own."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from db.engine import open_store
from desktop.domain.drill_record import RunMode
from desktop.domain.errors import NotAllowed
from desktop.ui.kit.label import Label
from desktop.ui.presentation.window import RoomWindow
from tests.support.players import TRAINER, players_window


@pytest.fixture
def players(qapp, tmp_path):
    with players_window(tmp_path) as opened:
        yield opened


@pytest.fixture
def running(players):
    players.say("start", TRAINER)
    players.later(seconds=4)
    return players


def cards(players):
    rows = players.window.board.rows
    return [row.title for lane in rows.lanes for row in rows.rows_of(lane)]


def test_before_it_starts_the_players_read_their_briefing_and_can_do_nothing(players):
    assert players.window.windowTitle() == "DRILL — Charged again and again — Escalation Desk"
    assert players.steering.bar.strip.word == "DRILL NOT STARTED"
    assert players.steering.inbox.briefing.isVisible()
    assert not players.actions["new_escalation"].isEnabled()


def test_what_the_director_does_is_on_the_players_board_and_in_their_inbox_at_once(running):
    running.until(lambda: "Five bookings instead of one" in cards(running), "the ticket")
    assert running.steering.inbox.list.inbox.rows[0].subject == "Five bookings instead of one"
    assert running.steering.bar.strip.word == "DRILL RUNNING"


def test_news_are_told_over_every_page_but_not_twice(running):
    running.window.pages.go_to("page.board")
    running.later(minutes=7)
    assert running.window.toast.text.startswith("Ticket from Kiosk Marie: Paid twice and locked out")
    assert running.window.side.button("page.inbox").accessibleName() == "Inbox, 1 unread"


def test_another_seat_acts_and_the_whole_window_follows(running):
    running.steering.bar.seat_chosen.emit("lead")
    running.come_to_rest()
    assert running.director.desk.person.operator().name == "Leo Marsh"
    assert running.steering.bar.seat.currentText() == "Escalation lead · Leo Marsh"
    assert "Operator: Leo Marsh" in running.texts()


def test_a_decision_of_the_players_reaches_the_drill(running):
    running.later(minutes=15)
    got = next(each for each in running.live.player.inbox if each.decision is not None)
    running.steering.inbox.show_number(got.number)
    card = running.steering.inbox.reader.decision
    card._group.buttons()[0].click()
    card.authority.setText("Duty manager")
    card.reason.setPlainText("Harm grows by the minute")
    card.button.click()
    running.come_to_rest()
    decided = next(each.decision for each in running.live.player.inbox if each.decision is not None)
    assert (decided.option, decided.by) == (got.decision.options[0][0], "Leo Marsh")


def test_what_has_come_is_filed_with_an_escalation_as_evidence(running):
    running.until(lambda: cards(running), "a card")
    running.steering.inbox.focus_first()
    running.steering.inbox.reader.file.click()
    menu = running.steering.filing.menu
    assert menu.actions()[0].text().endswith("Five bookings instead of one")
    QTest.keyClick(menu, Qt.Key.Key_Return)
    running.come_to_rest()
    assert running.rows("SELECT name, added_by FROM evidence WHERE name LIKE 'ticket-at%'") == [
        ("ticket-at-00-00-00.txt", "Cora Lind")
    ]
    assert running.window.toast.text.startswith("Filed with ESC-")


def test_what_cannot_be_done_is_told_to_whom_it_was_refused(running):
    running.say("hint", "no such act", TRAINER)  # a trainer's wish
    assert running.window.banners.texts() == []
    running.steering.acting.act_as("nobody")
    running.come_to_rest()
    assert "Nobody sits there." in "".join(running.window.banners.texts())


def test_while_it_is_paused_nobody_acts_and_the_inbox_can_be_read(running):
    running.window.pages.go_to("page.board")
    running.say("pause", TRAINER)
    assert running.steering.holding.veil.isVisible()
    assert running.steering.holding.veil.word.text() == "PAUSED"
    assert not running.window.board.isEnabled()
    running.steering.holding.veil.button.click()
    assert running.steering.inbox.isVisible()
    assert running.steering.inbox.isEnabled()
    assert not running.steering.holding.veil.isVisible()
    running.say("resume", TRAINER)
    assert running.window.board.isEnabled()


def test_when_it_goes_on_the_keyboard_is_back_in_the_page(running):
    running.window.pages.go_to("page.board")
    running.say("pause", TRAINER)
    assert running.steering.holding.veil.button.hasFocus()
    running.say("resume", TRAINER)
    assert running.window.board.isAncestorOf(QApplication.focusWidget())


def test_a_change_by_this_window_is_refused_while_it_is_paused_but_the_director_goes_on(running):
    running.say("pause", TRAINER)
    asked = running.session._worker.submit(running.director.desk.settings.set, "density", "compact")
    with pytest.raises(NotAllowed, match="The drill is paused"):
        asked.result()
    running.say("improvise", TRAINER, source="Board", body="Look at this")
    running.later(seconds=8)
    assert running.live.player.inbox[-1].body == "Look at this"
    running.say("resume", TRAINER)
    running.session._worker.submit(running.director.desk.settings.set, "density", "compact").result()


def test_when_it_has_ended_everything_can_be_read_and_nothing_changed(running):
    running.say("end", TRAINER)
    running.window.pages.go_to("page.board")
    assert running.steering.bar.strip.word == "DRILL ENDED"
    assert "The drill has ended." in running.texts()
    assert running.window.board.isEnabled()
    assert not running.actions["escalation.acknowledge"].isEnabled()
    assert not running.window.top.new.isEnabled()


def test_when_something_real_happens_the_window_is_gone_at_once(running):
    heard = []
    running.live.stopped_for_real.connect(heard.append)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(running.window, Qt.Key.Key_X, both)
    assert heard
    assert not running.window.isVisible()
    running.until(lambda: running.live._runner.pending == 0, "the end of the drill")
    assert running.director.pulse().player.state == "ENDED"


def test_the_same_keys_end_it_in_front_of_a_room(running):
    running.actions["presentation"].trigger()
    running.come_to_rest()
    room = running.window.findChild(RoomWindow)
    room.activateWindow()
    running.until(room.isActiveWindow, "the room")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(room, Qt.Key.Key_X, both)
    running.until(lambda: not running.window.isVisible(), "an end")
    assert not isValid(room) or not room.isVisible()


def test_closing_the_window_pauses_the_drill_and_leaves_its_desk_open(running):
    running.window.close()
    running.until(lambda: running.live.player.state == "PAUSED", "a pause")
    assert running.director.desk.board.load().rows
    assert not running.session.backdrop.is_open


def test_nothing_of_the_window_is_kept_anywhere(running):
    before = running.rows("SELECT count(*) FROM setting WHERE key LIKE 'ui.%'")
    running.window.resize(1100, 700)
    running.window.close()
    running.until(lambda: not running.session.backdrop.is_open, "the end of the window")
    assert running.rows("SELECT count(*) FROM setting WHERE key LIKE 'ui.%'") == before


def test_the_live_desk_gets_no_change_that_anybody_could_see(running, tmp_path):
    with closing(open_store(tmp_path / "live.sqlite3")) as store:
        before = store.revision()
        running.later(minutes=7)
        assert store.revision() == before


def test_nothing_is_told_outside_the_window(running):
    assert running.steering._screens.deliveries.pump._notifiers == ()


def test_alarms_of_the_drill_are_shown_in_its_window_with_the_mark(running):
    running.later(minutes=16)
    banners = running.steering._screens.deliveries.banners
    running.until(banners.texts, "an alarm")
    assert all(text.startswith("DRILL: ") for text in banners.texts())


def test_alone_one_gets_a_hint_when_one_asks(qapp, tmp_path):
    with players_window(tmp_path, mode=RunMode.SOLO) as players:
        players.say("start", TRAINER)
        players.later(minutes=7)
        assert players.steering.bar.hint.isEnabled()
        players.steering.bar.hint.click()
        players.come_to_rest()
        assert f"Hint: {players.live.player.hints[-1]}" in players.texts()
        players.steering.inbox.tabs.setCurrentIndex(2)
        assert players.live.player.hints[0] in players.texts()


def test_a_room_sees_the_clock_the_state_and_the_last_message(running):
    running.actions["presentation"].trigger()
    running.come_to_rest()
    room = running.window.findChild(RoomWindow)
    said = [each.text() for each in room.findChildren(Label)]
    assert running.steering.bar.clock.text() in said
    assert "Five bookings instead of one" in said
    assert room.windowTitle().startswith("DRILL")
    running.actions["presentation"].trigger()


def test_what_was_told_while_the_desk_was_made_is_no_news(players):
    players.come_to_rest()
    assert players.steering._screens.deliveries.banners.texts() == []
