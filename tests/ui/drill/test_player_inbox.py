import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from desktop.domain.drill_record import RunMode
from desktop.ui.drill.player_inbox import BRIEFING, LOOK_UP, MESSAGES, PlayerInbox
from tests.ui.drill.player_stand import DECISION, dashboard, received, texts, view


def texts_of(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def press(widget, name):
    button = next(each for each in widget.findChildren(QAbstractButton) if each.accessibleName() == name)
    QTest.keyClick(button, Qt.Key.Key_Space)


FIRST, SECOND = received(1), received(2, channel="phone", source="Account manager", body="What may I say?")
FOR_COMMS = received(3, channel="press", roles=("comms",), to=("Customer liaison",), source="Reporter")


@pytest.fixture
def inbox(stage, qtbot):
    made = PlayerInbox(stage)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_before_anything_has_come_the_briefing_is_read(inbox):
    inbox.show_view(view(objectives=("Tell customers what is true.",)))
    assert inbox.tabs.currentIndex() == BRIEFING
    assert "charged several times" in inbox.briefing.summary.text()
    assert "Tell customers" in inbox.briefing.objectives.text()


def test_the_latest_stands_first_and_is_unread_until_somebody_opens_it(inbox):
    inbox.show_view(view(FIRST, SECOND))
    assert texts(inbox.list.inbox.rows) == [SECOND.subject, FIRST.subject]
    assert inbox.unread == 2
    inbox.show_number(1)
    assert inbox.unread == 1


def test_a_key_goes_from_one_to_the_next(inbox):
    inbox.show_view(view(FIRST, SECOND))
    inbox.focus_first()
    QTest.keyClick(inbox.list, Qt.Key.Key_Down)
    assert inbox.reader.subject.text() == FIRST.subject


def test_what_comes_leaves_the_reader_where_they_are(inbox):
    inbox.show_view(view(FIRST))
    inbox.show_number(1)
    inbox.show_view(view(FIRST, SECOND))
    assert inbox.reader.subject.text() == FIRST.subject
    assert inbox.unread == 1


@pytest.mark.parametrize(
    ("channel", "kind"),
    [
        ("ticket", "TICKET"),
        ("email", "E-MAIL"),
        ("chat", "CHAT"),
        ("phone", "PHONE CALL"),
        ("monitoring", "MONITORING"),
        ("dashboard", "DASHBOARD"),
        ("social", "SOCIAL MEDIA"),
        ("press", "PRESS"),
        ("verbal", "SAID IN THE ROOM"),
        ("document", "DOCUMENT"),
    ],
)
def test_everything_says_which_way_it_came(inbox, channel, kind):
    inbox.show_view(view(received(1, channel=channel)))
    inbox.show_number(1)
    assert inbox.reader.kind.text() == kind


def test_what_was_said_aloud_stands_in_quotes(inbox):
    inbox.show_view(view(SECOND))
    inbox.show_number(2)
    assert inbox.reader.words.text() == "“What may I say?”"


def test_in_public_the_figures_rise_with_the_time(inbox):
    inbox.show_view(view(FOR_COMMS))
    inbox.show_number(3)
    before = inbox.reader.figures.text()
    inbox.show_view(view(FOR_COMMS, sim_ms=3_600_000))
    assert inbox.reader.figures.isVisible()
    assert inbox.reader.figures.text() != before


def test_at_a_table_everybody_sees_everything_with_the_seat_it_was_for(inbox):
    inbox.show_view(view(FIRST, FOR_COMMS, acting="triage"))
    inbox.show_number(3)
    assert inbox.reader.to.text() == "to Customer liaison"


def test_alone_one_sees_what_the_acting_seat_gets_and_where_else_something_waits(inbox, qtbot):
    inbox.show_view(view(FIRST, FOR_COMMS, mode=RunMode.SOLO, acting="triage"))
    assert texts(inbox.list.inbox.rows) == [FIRST.subject]
    assert inbox.elsewhere.text() == "Waits for Customer liaison (1)."
    with qtbot.waitSignal(inbox.seat_wanted) as wanted:
        inbox.switch.click()
    assert wanted.args == ["comms"]


def test_what_was_taken_back_says_so_and_asks_for_nothing(inbox):
    inbox.show_view(view(received(4, decision=DECISION, is_recalled=True)))
    inbox.show_number(4)
    assert inbox.reader.recalled.isVisible()
    assert not inbox.reader.decision.isVisible()


def test_a_decision_is_recorded_with_option_authority_and_reason(inbox, qtbot):
    inbox.show_view(view(received(4, decision=DECISION)))
    inbox.show_number(4)
    card = inbox.reader.decision
    card._group.buttons()[0].click()
    card.authority.setText("Duty manager")
    card.reason.setPlainText("Harm grows by the minute")
    with qtbot.waitSignal(inbox.decided) as decided:
        card.button.click()
    assert decided.args == ["D1", "off", "Duty manager", "Harm grows by the minute"]


def test_a_decision_needs_an_option_and_a_reason(inbox, qtbot):
    inbox.show_view(view(received(4, decision=DECISION)))
    inbox.show_number(4)
    card = inbox.reader.decision
    with qtbot.assertNotEmitted(inbox.decided):
        card.button.click()
        assert card.error.text() == "Choose one of the options."
        card._group.buttons()[1].click()
        card.button.click()
    assert card.error.text() == "The reason is missing."


def test_what_is_being_written_outlives_the_beat_of_the_clock(inbox):
    inbox.show_view(view(received(4, decision=DECISION)))
    inbox.show_number(4)
    card = inbox.reader.decision
    card._group.buttons()[0].click()
    card.reason.setPlainText("Harm grows")
    inbox.show_view(view(received(4, decision=DECISION), sim_ms=1_300_000))
    assert card.reason.toPlainText() == "Harm grows"
    assert card._group.checkedButton() is not None


@pytest.mark.parametrize("state", ["PAUSED", "ENDED", "BRIEFING"])
def test_nobody_decides_while_the_drill_does_not_run(inbox, state):
    inbox.show_view(view(received(4, decision=DECISION), state=state))
    inbox.show_number(4)
    assert not inbox.reader.decision.button.isEnabled()
    assert inbox.reader.words.isVisible()


def test_alone_one_decides_as_the_seat_whose_decision_it_is(inbox):
    got = received(4, decision=DECISION, roles=("triage", "lead"))
    inbox.show_view(view(got, mode=RunMode.SOLO, acting="triage"))
    inbox.show_number(4)
    assert "act as them" in inbox.reader.decision.state.text()
    inbox.show_view(view(got, mode=RunMode.SOLO, acting="lead"))
    assert inbox.reader.decision.button.isEnabled()


def test_a_dashboard_says_how_old_its_figure_is_and_warns_of_an_old_one(inbox):
    inbox.show_view(view(dashboards=(dashboard(2_400), dashboard(30, title="Retries", value="40 x"))))
    inbox.tabs.setCurrentIndex(LOOK_UP)
    old, fresh = inbox.look_up._rows
    assert (old.value.text(), old.stamp.text()) == ("OK", "updated 40 min ago, 15:55")
    assert old.stamp.property("role") == "warning"
    assert fresh.stamp.property("role") == "secondary"


def test_data_is_listed_as_it_is_to_be_had_or_not(inbox):
    inbox.show_view(view(released=("invoice_run",), withheld=("finance_export",)))
    assert inbox.look_up.released.text() == "You can use: invoice run."
    assert "Not to be had yet: finance export" in texts_of(inbox.look_up)


def test_a_chart_a_table_and_a_text_are_shown(inbox):
    chart = {"kind": "chart", "series": "retry_rate", "points": [1, 2, 40]}
    table = {"kind": "table", "headings": ["Card", "Times"], "rows": [["4711", 5]]}
    for number, artifact in enumerate((chart, table, {"kind": "file", "text": "all of it"}), start=1):
        inbox.show_view(view(received(number, artifact=artifact)))
        inbox.show_number(number)
        assert inbox.reader.artifact.isVisible()
    assert "all of it" in [each.text() for each in inbox.reader.artifact.findChildren(type(inbox.elsewhere))]


def test_hostile_words_and_artifacts_stay_plain_text(inbox):
    evil = "<img src=x>\u202e" + "y" * 10_000
    got = received(
        1, subject=evil, body=evil, source=evil, to=(evil,), artifact={"kind": evil, "points": [evil, None]}
    )
    inbox.show_view(view(got, title=evil, summary=evil, withheld=(evil,)))
    inbox.show_number(1)
    inbox.grab()
    assert inbox.reader.words.textFormat() is Qt.TextFormat.PlainText


def test_the_words_can_be_copied(inbox):
    inbox.show_view(view(FIRST))
    inbox.show_number(1)
    inbox.reader.copy.click()
    assert FIRST.body in QApplication.clipboard().text()


def test_a_screen_reader_hears_what_the_eye_sees_of_a_row(inbox):
    inbox.show_view(view(received(4, decision=DECISION)))
    said = inbox.list.inbox.data(inbox.list.inbox.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "unread" in said
    assert "Decide" in said
    assert "to Support triage" in said


def test_tabs_count_what_is_unread(inbox):
    inbox.show_view(view(FIRST, SECOND))
    assert inbox.tabs.tabText(MESSAGES) == "Messages (2)"


def test_an_answer_is_typed_and_sent_to_whoever_asked(inbox):
    told = []
    inbox.replied.connect(lambda inject, text: told.append((inject, text)))
    inbox.show_view(view(SECOND))
    inbox.show_number(2)
    QTest.keyClicks(inbox.reader.reply.text, "We have stopped it.")
    QTest.keyClick(inbox.reader.reply.button, Qt.Key.Key_Space)
    assert told == [(SECOND.inject, "We have stopped it.")]
    assert inbox.reader.reply.text.toPlainText() == ""


def test_answers_that_were_given_stand_above_the_next_one(inbox):
    inbox.show_view(view(received(2, channel="phone", replies=((60_000, "Leo Marsh", "We look into it."),))))
    inbox.show_number(2)
    assert inbox.reader.reply.sent.text() == "T+00:01:00  Leo Marsh: We look into it."
    assert inbox.reader.reply.button.text() == "Send another answer"


def test_half_an_answer_waits_while_something_else_is_read(inbox):
    inbox.show_view(view(FIRST, SECOND))
    inbox.show_number(2)
    QTest.keyClicks(inbox.reader.reply.text, "Half")
    inbox.show_number(1)
    assert inbox.reader.reply.text.toPlainText() == ""
    inbox.show_number(2)
    assert inbox.reader.reply.text.toPlainText() == "Half"


@pytest.mark.parametrize("channel", ["dashboard", "monitoring", "ticket"])
def test_what_only_shows_something_or_is_answered_by_messages_has_no_room_for_it(inbox, channel):
    inbox.show_view(view(received(1, channel=channel)))
    inbox.show_number(1)
    assert not inbox.reader.reply.isVisible()


def test_nobody_answers_while_the_drill_is_paused(inbox):
    inbox.show_view(view(SECOND, state="PAUSED"))
    inbox.show_number(2)
    assert not inbox.reader.reply.text.isEnabled()
    assert "paused" in inbox.reader.reply.why.text()


def test_data_is_asked_for_and_a_dashboard_taken_for_out_of_date(inbox, qtbot):
    inbox.show_view(view(dashboards=(dashboard(11_400),), withheld=("finance_export",)))
    inbox.tabs.setCurrentIndex(LOOK_UP)
    with qtbot.waitSignal(inbox.look_up.asked) as asked:
        press(inbox.look_up, "Ask for finance export")
    board = dashboard(11_400)
    with qtbot.waitSignal(inbox.look_up.doubted) as doubted:
        press(inbox.look_up, f"Say that {board.title} is out of date")
    assert (asked.args, doubted.args) == (["finance_export"], [board.id])


def test_nobody_asks_while_the_drill_is_paused(inbox):
    inbox.show_view(view(state="PAUSED", withheld=("finance_export",)))
    inbox.tabs.setCurrentIndex(LOOK_UP)
    asks = [each for each in inbox.look_up.findChildren(QAbstractButton) if each.text() == "Ask for it"]
    assert [each.isEnabled() for each in asks] == [False]
