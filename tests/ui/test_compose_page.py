"""The page that writes messages: what is proposed, typed, found, sent, and never lost."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.errors import DeskError
from desktop.domain.message import Audience, Medium, Stage, Way
from desktop.ui.message.compose import ComposePage
from desktop.ui.message.compose_words import place_of
from desktop.ui.message.ports import Release
from tests.ui.message_support import MemoryMessages

CONTROL = Qt.KeyboardModifier.ControlModifier
ID = 7


@pytest.fixture
def keeps(clock):
    return MemoryMessages(clock)


def settle(page, qtbot):
    runner = page._around.runner
    qtbot.waitUntil(lambda: runner.pending == 0 and page.keeper.is_settled)


@pytest.fixture
def page(keeps, stage, qtbot):
    """The page with the draft of one escalation."""
    made = ComposePage(keeps, stage)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.write(ID)
    settle(made, qtbot)
    return made


@pytest.fixture
def press(qtbot):
    def pressed(key, modifier=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    return pressed


@pytest.fixture
def type_(qtbot, page):
    """Types into whatever has the keyboard, and waits until it is kept."""

    def typed(text):
        qtbot.keyClicks(QApplication.focusWidget(), text)
        settle(page, qtbot)

    return typed


@pytest.fixture
def told(page):
    """What the page says in passing, and how often it was left."""
    said = []
    page.message_requested.connect(said.append)
    page.leave_requested.connect(lambda: said.append("left"))
    return said


def box(page, medium):
    return page.body.media.boxes[medium]


def body(page, medium=Medium.EMAIL):
    return box(page, medium).body_field.toPlainText()


def findings(page):
    return [(row.finding.kind, row.finding.quote) for row in page.body.findings.rows]


# -- what it is for


def test_the_proposed_stage_is_chosen_and_told_with_its_reason(page):
    assert page.body.pick.stages.stage() == Stage.INITIAL
    assert page.body.pick.why.text() == "Why initial"
    assert "(proposed)" in page.body.pick.stages.currentItem().text()


def test_down_takes_the_next_stage_and_reads_its_texts(page, keeps, press, qtbot):
    press(Qt.Key.Key_Down)
    settle(page, qtbot)
    assert page.writing.stage is Stage.PERIODIC
    assert keeps.stages[Audience.CUSTOMER] is Stage.PERIODIC


def test_enter_goes_to_what_is_missing(page, press):
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.body.facts.row("current_step").field


def test_what_is_typed_before_the_page_has_read_is_not_lost(page, keeps, qtbot, press):
    page.write(ID)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        press(key)
    qtbot.keyClicks(QApplication.focusWidget(), "Restarting")
    settle(page, qtbot)
    assert page.writing.stage is Stage.PERIODIC
    assert keeps.facts["current_step"] == "Restarting"


def test_another_audience_has_a_draft_of_its_own(page, qtbot):
    page.body.pick.audience.button("executive").click()
    settle(page, qtbot)
    assert page.writing.key == (ID, Audience.EXECUTIVE)
    assert page.body.pick.stages.count() == 2


# -- facts


def test_a_fact_shows_in_every_text_while_it_is_typed(page, press, type_):
    press(Qt.Key.Key_Return)
    type_("restarting")
    assert "Now: restarting" in body(page)
    assert body(page, Medium.SMS) == "restarting"


def test_a_missing_fact_says_who_should_know_it(page):
    assert page.body.facts.row("current_step").hint.text() == "Missing: ask the owner, Sana Ito."


def test_a_fact_of_the_record_cannot_be_typed_and_names_its_source(page):
    row = page.body.facts.row("started_at")
    page.body.facts.more.click()
    assert row.field is None
    assert row.said.text() == "09:00"
    assert row.hint.text().startswith("timeline, as of ")


def test_typing_goes_on_while_an_answer_comes(page, press, qtbot):
    press(Qt.Key.Key_Return)
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "restarting ")
    page.keeper.save()
    settle(page, qtbot)
    qtbot.keyClicks(field, "node 4")
    assert field.toPlainText() == "restarting node 4"


# -- texts


def test_a_text_changed_by_hand_is_marked_and_keeps_its_words(page, type_, press, qtbot):
    box(page, Medium.CHAT).focus_body()
    type_("Mind: ")
    page.body.facts.go_to("current_step")
    type_("restarting")
    assert body(page, Medium.CHAT).startswith("Mind: ")
    assert box(page, Medium.CHAT).edited.isVisible()
    assert not box(page, Medium.EMAIL).edited.isVisible()


def test_a_press_brings_the_template_back(page, type_, qtbot):
    box(page, Medium.CHAT).focus_body()
    type_("Mind: ")
    box(page, Medium.CHAT).restore.click()
    settle(page, qtbot)
    assert body(page, Medium.CHAT) == "Checkout: "
    assert not box(page, Medium.CHAT).edited.isVisible()


def test_a_fact_told_otherwise_in_one_text_can_be_used_everywhere(page, keeps, type_, qtbot):
    box(page, Medium.CHAT).focus_body()
    type_("nothing works ")
    button = next(each for each in box(page, Medium.CHAT).differs.findChildren(object, "0"))
    button.click()
    settle(page, qtbot)
    assert "Since 09:00 nothing works" in body(page)


def test_in_little_room_the_texts_stand_behind_tabs(page, qtbot):
    page.resize(884, 700)
    assert page.body.media.tabs.isVisible()
    assert [each.isVisible() for each in page.body.media.boxes.values()] == [True, False, False]
    page.body.media.tabs.setCurrentIndex(1)
    assert [each.isVisible() for each in page.body.media.boxes.values()] == [False, True, False]


def test_hostile_words_stay_words(page, keeps, type_, qtbot):
    hostile = "<img src=x onerror=1>{{7*7}}\u202eabc" + "x" * 10_000
    keeps.facts["impact_plain"] = hostile
    page.refresh()
    settle(page, qtbot)
    assert "{{7*7}}" in body(page)
    assert page.minimumSizeHint().width() <= 884


# -- findings


def test_what_blocks_stands_first_and_keeps_it_from_being_sent(page, keeps, press, type_, told):
    press(Qt.Key.Key_Return)
    type_("probably fixed soon")
    assert findings(page) == [("block", "soon"), ("warning", "probably")]
    press(Qt.Key.Key_Return, CONTROL)
    assert keeps.sent == []


def test_a_fix_changes_the_fact_the_words_came_from(page, keeps, press, type_, qtbot):
    press(Qt.Key.Key_Return)
    type_("fixed soon")
    next(iter(page.body.findings.rows)).findChildren(object, "")
    page.body.findings.fix_requested.emit(page.body.findings.rows[0].group)
    settle(page, qtbot)
    assert keeps.facts["current_step"] == "fixed by 14:30"
    assert findings(page) == []


def test_a_block_can_be_overridden_with_a_reason_that_is_kept(page, keeps, press, type_, qtbot):
    press(Qt.Key.Key_Return)
    type_("fixed soon")
    page.body.findings.override_requested.emit(page.body.findings.rows[0].finding)
    prompt = page.pad.box.prompt
    qtbot.keyClicks(prompt.widget("reason"), "Their own words")
    prompt.accept()
    settle(page, qtbot)
    assert keeps.overrides == {2: "Their own words"}
    assert page.body.findings.rows[0].more.text() == "Overridden: Their own words"
    page.send()
    qtbot.waitUntil(lambda: len(keeps.sent) == 1)


# -- the next update


def test_the_next_update_is_told_in_the_zone_of_those_who_read_it(page):
    assert "Berlin" in page.body.next.said.text()


def test_a_quick_choice_sets_a_round_time(page, keeps, clock, qtbot):
    page.body.next.findChildren(object, "1")[0].click()
    settle(page, qtbot)
    assert timedelta(hours=1) <= keeps.next_at - clock.now() < timedelta(hours=1, minutes=5)
    assert keeps.next_at.minute % 5 == 0


def test_after_a_final_stage_nothing_more_is_promised(page, keeps, qtbot):
    page.body.pick.stages.setCurrentRow(5)
    settle(page, qtbot)
    assert not page.body.next.field.isVisible()


# -- sending


@pytest.fixture
def ready(page, press, type_):
    """Everything that is needed is written."""
    press(Qt.Key.Key_Return)
    type_("restarting")
    return page


def test_what_is_only_copied_goes_without_a_question(ready, keeps, press, told, qtbot):
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: "left" in told)
    assert [(out.medium, out.way) for out in keeps.sent[0][1]] == [(Medium.EMAIL, Way.COPIED)]
    assert QApplication.clipboard().text() == "Checkout\n\nSince 09:00 checkouts time out.\n\nNow: restarting"
    assert told == ["Sent. Next update by 14:30.", "left"]


def test_a_mail_asks_first_and_names_who_gets_it(ready, keeps, press, qtbot):
    keeps.ways = {Medium.EMAIL: Way.MAIL}
    ready.refresh()
    settle(ready, qtbot)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: ready.sending.question is not None)
    assert "by mail to Anna Berg" in ready.sending.question.text.text()
    assert keeps.sent == []
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: len(keeps.sent) == 1)
    assert keeps.sent[0][1][0].contact_ids == (7,)


def test_enter_alone_does_not_send_a_mail(ready, keeps, press, qtbot):
    keeps.ways = {Medium.EMAIL: Way.MAIL}
    ready.refresh()
    settle(ready, qtbot)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: ready.sending.question is not None)
    press(Qt.Key.Key_Return)
    assert ready.sending.question is None
    assert keeps.sent == []


def test_what_was_just_typed_is_kept_before_it_is_sent(page, keeps, press, qtbot):
    press(Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "restarting")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: len(keeps.sent) == 1)
    assert "Now: restarting" in keeps.sent[0][2].media[0].body


def test_what_waits_for_a_release_is_not_sent(ready, keeps, press, qtbot):
    keeps.release_ = Release(is_needed=True)
    ready.refresh()
    settle(ready, qtbot)
    press(Qt.Key.Key_Return, CONTROL)
    settle(ready, qtbot)
    assert keeps.sent == []
    assert ready.head.ask.isVisible()
    ready.head.ask.click()
    settle(ready, qtbot)
    assert "Cora Lind asks for it" in ready.body.release.text()
    assert not ready.head.release.isEnabled()


def test_a_refusal_stands_in_the_page_and_nothing_is_lost(ready, keeps, press, qtbot):
    keeps.fault = DeskError("Mara changed this message meanwhile.")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: bool(ready.banners.texts()))
    assert "Mara changed this message" in ready.banners.texts()[0]
    assert ready.body.facts.row("current_step").field.toPlainText() == "restarting"
    assert not ready.sending.is_sending


# -- leaving, and others


def test_esc_leaves_and_says_that_the_draft_is_kept(page, keeps, press, told, qtbot):
    press(Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "half a sen")
    press(Qt.Key.Key_Escape)
    assert told == ["Draft kept. Press U on the escalation to go on.", "left"]
    qtbot.waitUntil(lambda: keeps.facts["current_step"] == "half a sen")
    assert keeps.left == [ID]


def test_leaving_what_was_not_touched_says_nothing(page, press, told):
    press(Qt.Key.Key_Escape)
    assert told == ["left"]


def test_it_says_who_else_writes(page, keeps, clock, qtbot):
    keeps.others = (("Mara Duarte", clock.now()),)
    page.refresh()
    settle(page, qtbot)
    assert page.head.presence.text().startswith("Mara Duarte is writing too, since ")


def test_a_discarded_draft_is_gone(page, keeps, told, qtbot):
    page.discard()
    qtbot.waitUntil(lambda: "left" in told)
    assert keeps.discarded == [(ID, Audience.CUSTOMER)]
    assert page.writing is None


def test_without_a_message_the_page_says_how_to_begin_one(page, press, told):
    press(Qt.Key.Key_Escape)
    assert "press U" in page.empty.sentence
    assert page.why_not("compose.send") == "No message is being written."


def test_a_message_that_cannot_be_written_says_why(page, keeps, qtbot):
    keeps.fault = DeskError("There is no such escalation.")
    page.write(99)
    qtbot.waitUntil(lambda: "no such escalation" in page.empty.sentence)


def test_a_fault_of_the_program_leaves_the_page_usable(page, keeps, stage, press, qtbot):
    stage.runner.bug_found.connect(lambda _bug: None)
    press(Qt.Key.Key_Return)
    keeps.fault = RuntimeError("a bug")
    qtbot.keyClicks(QApplication.focusWidget(), "restarting")
    page.keeper.save()
    qtbot.waitUntil(lambda: stage.runner.pending == 0)
    keeps.fault = None
    page.keeper.save()
    settle(page, qtbot)
    assert keeps.facts["current_step"] == "restarting"


@pytest.mark.parametrize(
    ("zone", "place"), [("Europe/Berlin", "Berlin"), ("Etc/GMT-1", "UTC+1"), ("Etc/GMT+11", "UTC-11")]
)
def test_a_zone_is_named_by_its_place_or_by_what_it_is_ahead(zone: str, place: str):
    assert place_of(zone) == place
