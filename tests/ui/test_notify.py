"""What waits in the outbox reaches the person once, at the better of two places."""

import pytest

from desktop.domain.errors import DeskError
from desktop.ui.alarm_answers import AlarmAnswers
from desktop.ui.notify import DeliveryPump
from desktop.ui.sound import Sounder
from desktop.ui.tasks import TaskRunner
from tests.ui.alarm_support import AtOnce, FakeCommands, FakeNotifier, FakeOutbox, FakePreferences, an_item


class Desk:
    """A pump with everything around it made by hand."""

    def __init__(self, clock):
        self.outbox, self.notifier, self.commands = FakeOutbox(), FakeNotifier(), FakeCommands()
        self.preferences, self.has_focus = FakePreferences(), False
        self.runner = TaskRunner(AtOnce())
        self.answers = AlarmAnswers(
            alarms=self.commands,
            snooze=self.commands,
            people=self.commands,
            clock=clock,
            runner=self.runner,
        )
        self.sounder = Sounder(folders=[])
        self.pump = DeliveryPump(
            outbox=self.outbox,
            answers=self.answers,
            notifiers=[self.notifier],
            preferences=self.preferences,
            runner=self.runner,
            sounder=self.sounder,
            has_focus=lambda: self.has_focus,
        )
        self.in_window = []
        self.pump.item_shown.connect(self.in_window.append)

    def deliver(self, qtbot, *items):
        self.outbox.waiting += items
        self.pump.start()
        self.settle(qtbot)

    def settle(self, qtbot):
        qtbot.waitUntil(lambda: not self.runner.pending)


@pytest.fixture
def desk(qtbot, clock):
    made = Desk(clock)
    yield made
    made.pump.close()


def test_what_waits_is_shown_on_the_desktop_and_reported(qtbot, desk):
    desk.deliver(qtbot, an_item())
    assert desk.notifier.on_screen["escalation:12"].title == "Breached: Checkout is down"
    assert desk.outbox.told == [("delivered", 7, "fake")]
    assert desk.in_window == []


def test_while_the_window_has_the_focus_nothing_leaves_it(qtbot, desk):
    desk.has_focus = True
    desk.deliver(qtbot, an_item())
    assert desk.notifier.on_screen == {}
    assert [item.id for item in desk.in_window] == [7]
    assert desk.outbox.told == [("delivered", 7, "window, which has the focus")]


def test_switched_off_it_stays_in_the_window(qtbot, desk):
    desk.preferences.change(desktop_notifications=False)
    desk.deliver(qtbot, an_item())
    assert desk.notifier.on_screen == {}
    assert desk.outbox.told == [("delivered", 7, "window; desktop notifications are switched off")]
    assert "switched off" in desk.pump.state_sentence()


def test_without_a_service_it_is_reported_as_failed_for_good(qtbot, desk):
    desk.notifier.is_there = False
    desk.deliver(qtbot, an_item())
    (told,) = desk.outbox.told
    assert told[:2] == ("failed", 7)
    assert told[3] is False
    assert "alarms are shown in the window only" in desk.pump.state_sentence()


def test_what_comes_for_the_window_is_shown_there_and_asks_for_attention(qtbot, desk):
    with qtbot.waitSignal(desk.pump.attention_wanted):
        desk.deliver(qtbot, an_item(channel="window"))
    assert desk.outbox.told == [("delivered", 7, "window")]


def test_a_refusal_is_handed_on(qtbot, desk):
    desk.notifier.show = lambda notice: desk.notifier.refused.emit(notice.row_id, "too many", True)
    desk.deliver(qtbot, an_item())
    assert desk.outbox.told == [("failed", 7, "too many", True)]


def test_what_is_no_longer_true_is_taken_off_the_screen(qtbot, desk):
    desk.deliver(qtbot, an_item())
    desk.outbox.gone = ("escalation:12",)
    with qtbot.waitSignal(desk.pump.withdrawn):
        desk.pump.claim_soon()
    assert desk.notifier.on_screen == {}


def test_news_in_the_window_takes_the_old_notification_off_the_desktop(qtbot, desk):
    desk.deliver(qtbot, an_item(urgency="normal"))
    desk.has_focus = True
    desk.deliver(qtbot, an_item(id=8))
    assert desk.notifier.on_screen == {}


def test_the_acknowledge_button_acknowledges_as_the_operator(qtbot, desk):
    desk.deliver(qtbot, an_item())
    with qtbot.waitSignal(desk.answers.work_done):
        desk.notifier.acted.emit("escalation:12", "acknowledge", "")
    assert desk.commands.done == [("acknowledge", 12, "Ada Quist")]
    assert desk.notifier.on_screen == {}
    desk.settle(qtbot)
    assert ("confirmed", 7, "acknowledge") in desk.outbox.told


def test_the_snooze_button_snoozes_a_quarter_of_an_hour(qtbot, desk):
    desk.deliver(qtbot, an_item())
    with qtbot.waitSignal(desk.answers.answered):
        desk.notifier.acted.emit("escalation:12", "snooze", "")
    ((what, escalation_id, span),) = desk.commands.done
    assert (what, escalation_id, span.total_seconds()) == ("snooze", 12, 900)


def test_a_button_that_needs_more_asks_for_help(qtbot, desk):
    desk.commands.refuse_with = DeskError("It belongs to somebody else.", hint="Add a note.")
    with qtbot.waitSignal(desk.answers.help_requested) as asked:
        desk.notifier.acted.emit("escalation:12", "acknowledge", "")
    assert asked.args == ["escalation.acknowledge", 12, "It belongs to somebody else. Add a note."]


def test_without_an_operator_the_button_says_what_to_do(qtbot, desk):
    desk.commands.operator_is = None
    with qtbot.waitSignal(desk.answers.help_requested) as asked:
        desk.notifier.acted.emit("escalation:12", "acknowledge", "")
    assert "Settings" in asked.args[2]


def test_a_click_opens_the_escalation_with_the_activation_token(qtbot, desk):
    with qtbot.waitSignal(desk.pump.open_requested) as asked:
        desk.notifier.acted.emit("escalation:12", "default", "token-1")
    assert asked.args == [12, "token-1"]


def test_a_click_on_a_summary_opens_the_list(qtbot, desk):
    with qtbot.waitSignal(desk.pump.list_requested):
        desk.notifier.acted.emit("flood", "default", "")


def test_a_summary_has_no_buttons(qtbot, desk):
    desk.deliver(qtbot, an_item(escalation_id=None, reason="flood", replaces="flood"))
    assert desk.notifier.on_screen["flood"].buttons == ()


def test_a_test_goes_to_the_desktop_even_with_the_focus(qtbot, desk):
    desk.has_focus = True
    with qtbot.waitSignal(desk.pump.test_answered) as answered:
        desk.deliver(qtbot, an_item(escalation_id=None, reason="test", replaces="test"))
    assert answered.args == [True, "Arrived: fake shows it on the desktop."]


def test_a_test_that_ends_in_the_window_says_so(qtbot, desk):
    desk.notifier.is_there = False
    item = an_item(escalation_id=None, reason="test", replaces="test", channel="window")
    with qtbot.waitSignal(desk.pump.test_answered) as answered:
        desk.deliver(qtbot, item)
    assert answered.args[0] is False
    assert answered.args[1].startswith("Shown in the window only: not available")


def test_a_sound_is_played_here_only_where_the_service_plays_none(qtbot, desk):
    played = []
    desk.sounder.play = played.append
    desk.deliver(qtbot, an_item())
    assert played == [2]
    desk.preferences.change(sound=False)
    desk.deliver(qtbot, an_item(id=8))
    assert played == [2]


def test_an_outbox_that_cannot_be_read_is_said(qtbot, desk):
    def fail(*_):
        raise DeskError("The database is busy.")

    desk.outbox.claim = fail
    desk.deliver(qtbot)
    assert desk.pump.state_sentence() == "Desktop notifications: not available: The database is busy."


def test_nothing_is_claimed_before_the_notifiers_know_how_they_stand(qtbot, desk):
    is_settled = False
    type(desk.notifier).is_settled = property(lambda _: is_settled)
    try:
        desk.deliver(qtbot, an_item())
        assert len(desk.outbox.waiting) == 1
        is_settled = True
        desk.notifier.state_changed.emit()
        desk.settle(qtbot)
        assert desk.outbox.waiting == []
    finally:
        del type(desk.notifier).is_settled


def test_while_held_back_nothing_leaves_the_window_or_sounds(qtbot, desk):
    played = []
    desk.sounder.play = played.append
    desk.pump.hold_back(True)
    desk.deliver(qtbot, an_item(sound=2))
    assert (desk.notifier.on_screen, played, desk.pump.held) == ({}, [], 1)
    assert [item.id for item in desk.in_window] == [7]
    assert desk.outbox.told == [("delivered", 7, "window, when the presentation has ended")]


def test_let_go_the_desk_chimes_once_for_all_that_was_held_back(qtbot, desk):
    played = []
    desk.sounder.play = played.append
    desk.pump.hold_back(True)
    desk.deliver(qtbot, an_item(id=7, sound=2), an_item(id=8, sound=1))
    desk.pump.hold_back(False)
    assert (played, desk.pump.held) == ([1], 0)


def test_a_test_notification_arrives_although_others_are_held_back(qtbot, desk):
    desk.pump.hold_back(True)
    desk.deliver(qtbot, an_item(reason="test"))
    assert desk.notifier.on_screen
