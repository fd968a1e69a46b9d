"""The page of messages: what is late is seen, what is done is done, and hostile words are only words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.promise import PromiseKind
from desktop.ui.kit.dialogs import Question
from desktop.ui.message.ledger import DRAFTS, PROMISES, SENT, SILENCE, MessagesPage
from desktop.ui.message.panel_tab import MessagesTab
from tests.ui.ledger_support import HOSTILE, MadeUp, a_draft, a_promise, a_recipient, a_sent, a_silence


@pytest.fixture
def reads():
    return MadeUp()


@pytest.fixture
def open_page(reads, around, qtbot):
    def opened(at=PROMISES):
        page = MessagesPage(reads, around)
        qtbot.addWidget(page)
        page.resize(1200, 800)
        with qtbot.waitExposed(page):
            page.show()
        page.show_tab(at)
        qtbot.waitUntil(lambda: around.runner.pending == 0)
        return page

    return opened


def texts(table):
    model = table.model()
    return [[column.text(row) for column in model.columns] for row in model.rows]


def test_open_promises_stand_by_due_time_with_the_time_left(open_page):
    page = open_page()
    late, soon = texts(page.promises.table)
    assert late[3] == "Overdue"
    assert soon[1] == "Call back"
    assert page.promises.rate.text() == "12 of 14 kept (86 %)"
    assert page.tabs.tabText(PROMISES) == "Promises  1"


def test_what_was_kept_is_told_by_customer_and_owner(open_page, qtbot):
    page = open_page()
    page.promises.view.button("3").click()
    assert texts(page.promises.table)[0][1] == "Northwind"
    page.promises.view.button("4").click()
    assert texts(page.promises.table)[0][1] == "Onno Kay"


def test_a_call_that_was_made_is_marked_as_kept(open_page, reads, around, qtbot):
    page = open_page()
    assert not page.promises.keep_button.isVisible()
    page.promises.table.selectRow(1)
    page.promises.keep_button.click()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert reads.asked == [("keep", 2)]


def test_a_promise_is_taken_back_with_its_reason(open_page, reads, around, qtbot):
    page = open_page()
    page.promises.back_button.click()
    page.promises.box.prompt.accepted.emit({"reason": "Told them by phone"})
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert reads.asked == [("take back", 1, "Told them by phone")]


def test_the_silent_are_seen_and_written_to(open_page, qtbot):
    page = open_page(SILENCE)
    assert page.silence.pane.hint.text() == "1 forgotten, 1 about to feel so."
    with qtbot.waitSignal(page.write_requested) as heard:
        page.silence.write_button.click()
    assert heard.args == [7, "customer"]


def test_a_draft_is_read_before_it_is_released(open_page, reads, around, qtbot):
    page = open_page(DRAFTS)
    assert "At 08:50 UTC we stopped it." in page.drafts.sheet.text.toPlainText()
    page.drafts.release_button.click()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert reads.asked == [("release", 1)]


def test_who_has_written_it_cannot_release_it(open_page, reads):
    reads.waiting = (a_draft(asked=True, why_not="Who has written it cannot release it."),)
    page = open_page(DRAFTS)
    assert not page.drafts.release_button.isEnabled()
    assert "cannot release" in page.drafts.sheet.lines.text()


def test_a_refusal_is_told_where_it_was_asked_for(open_page, reads, around, qtbot):
    reads.error = NotAllowed("Theo cannot do this.")
    page = open_page(DRAFTS)
    page.drafts.release_button.click()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert page.drafts.pane.fault.text() == "Theo cannot do this."


def test_what_was_sent_is_shown_word_for_word_with_what_was_filled_in(open_page, reads):
    page = open_page(SENT)
    assert page.sent.sheet.text.toPlainText() == reads.rows[0].sent.body
    assert "released by Leo Marsh" in page.sent.sheet.lines.text()
    assert "current_step: we restart the queue" in page.sent.sheet.more.text()


def test_the_copy_is_what_was_sent(open_page, reads):
    page = open_page(SENT)
    page.sent.copy_button.click()
    assert QGuiApplication.clipboard().text().endswith(reads.rows[0].sent.body)


def test_a_failed_one_is_sent_again(open_page, reads, around, qtbot):
    reads.rows = (a_sent(recipients=[a_recipient("failed", "The mail server said 554.")]),)
    page = open_page(SENT)
    assert texts(page.sent.table)[0][3] == "Not delivered"
    assert "The mail server said 554." in page.sent.sheet.lines.text()
    page.sent.again_button.click()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert reads.asked == [("send again", 11)]


def test_an_uncertain_one_is_not_sent_again_unasked(open_page, reads, around, qtbot):
    reads.rows = (a_sent(recipients=[a_recipient("unsure")]),)
    page = open_page(SENT)
    page.sent.again_button.click()
    page.findChild(Question).reject()
    assert reads.asked == []


def test_enter_leads_to_the_escalation(open_page, qtbot):
    page = open_page(SENT)
    page.sent.table.setFocus()
    with qtbot.waitSignal(page.open_escalation_requested) as heard:
        qtbot.keyClick(page.sent.table, Qt.Key.Key_Return)
    assert heard.args == [7]


def test_empty_tabs_say_what_to_do(open_page, reads):
    reads.waiting, reads.rows, reads.silences = (), (), ()
    page = open_page(DRAFTS)
    assert "press U" in page.drafts.pane.empty.sentence
    assert page.sent.pane.is_empty
    assert page.silence.pane.is_empty


def test_hostile_words_are_only_words(open_page, reads):
    reads.rows = (a_sent(subject=HOSTILE, body=HOSTILE * 30, by=HOSTILE, recipients=[a_recipient()]),)
    reads.silences = (a_silence(title=HOSTILE),)
    reads.waiting = (a_draft(asked=True, title=HOSTILE, updated_by=HOSTILE),)
    reads.found = type(reads.found)((a_promise(title=HOSTILE, text=HOSTILE, customer=HOSTILE),))
    page = open_page(SENT)
    assert "<b>Bold</b>" in page.sent.sheet.text.toPlainText()
    for at in (PROMISES, SILENCE, DRAFTS):
        page.show_tab(at)
        assert page.grab().width() > 0


def test_the_panel_tells_who_has_heard_what_was_promised_and_sent(reads, around, qtbot):
    tab = MessagesTab(reads, around)
    qtbot.addWidget(tab)
    tab.resize(420, 900)
    with qtbot.waitExposed(tab):
        tab.show()
    tab.show_escalation(7)
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    said = [line.words.text() for line in tab.lines.values()]
    assert said[0].startswith("Last heard")
    assert "Forgotten" in said[0]
    assert "Next update" in tab.promises.text()
    assert reads.rows[0].sent.body in tab.text.toPlainText()


def test_the_panel_says_that_nothing_leaves_a_desk_that_is_none(reads, around, qtbot):
    reads.silent = "This is no real desk: nothing leaves it."
    tab = MessagesTab(reads, around)
    qtbot.addWidget(tab)
    assert not tab.silent.isHidden()


def test_what_was_promised_by_phone_is_noted_in_the_panel(reads, around, qtbot):
    tab = MessagesTab(reads, around)
    qtbot.addWidget(tab)
    with qtbot.waitExposed(tab):
        tab.show()
    tab.show_escalation(7)
    tab.promise_button.click()
    tab.form.words.setText("Onno calls back")
    qtbot.keyClick(tab.form.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert reads.asked == [("promise", 7, PromiseKind.CALL_BACK, "Onno calls back")]
    assert tab.form.isHidden()


def test_a_promise_that_cannot_be_kept_in_mind_says_why_and_stays(reads, around, qtbot):
    reads.error = DeskError("That time has passed.", field="due_at", hint="Choose a later one.")
    tab = MessagesTab(reads, around)
    qtbot.addWidget(tab)
    tab.show_escalation(7)
    tab.ask_for_promise()
    tab.form.words.setText("Onno calls back")
    tab.form.keep()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert tab.form.words.text() == "Onno calls back"
    assert not tab.form.isHidden()
