"""The page of templates over a real desk: writing with the keyboard, preview, publishing, versions."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.message import Audience, Medium, Stage
from desktop.domain.person import Role
from desktop.domain.template import Place
from desktop.ui.template.page import TemplatePage
from desktop.ui.template.ports import EMPTY, HOSTILE
from desktop.wiring.templates import DeskTemplates

_FIRST = Place(Audience.CUSTOMER, Stage.INITIAL, Medium.EMAIL)


def settle(around, qtbot):
    qtbot.waitUntil(lambda: around.runner.pending == 0)


class Stand:
    """The page as somebody of a role sees it."""

    def __init__(self, page, around, qtbot):
        self.page, self.around, self.qtbot = page, around, qtbot
        self.tab, self.editor = page.templates, page.templates.editor

    def settle(self):
        settle(self.around, self.qtbot)

    def choose(self, place):
        rows = self.tab.table.model().rows
        self.tab.table.selectRow(next(at for at, row in enumerate(rows) if row.place == place))
        self.settle()

    def change(self, place=_FIRST):
        self.choose(place)
        self.editor.head.change.click()
        self.settle()

    def type(self, text):
        self.qtbot.keyClicks(self.editor.body, text)

    def write(self, text):
        """Other words, kept and shown at once instead of in a moment."""
        self.editor.body.selectAll()
        self.editor.body.insertPlainText(text)
        self.editor.save_now()
        self.settle()
        self.preview()

    def preview(self, kind=""):
        if kind:
            self.editor.preview.kind.button(kind).click()
        else:
            self.editor.preview.changed.emit()
        self.settle()
        return self.editor.preview.text.toPlainText()

    def answer(self, **words):
        prompt = self.tab.deeds.ask.prompt
        for key, text in words.items():
            prompt.widget(key).setPlainText(text)
        prompt.accept()
        self.settle()


@pytest.fixture
def open_page(real_desk, around, qtbot):
    def opened(role=Role.LEAD):
        real_desk.act_as(role)
        base = real_desk.base
        desk = SimpleNamespace(
            store=base.store,
            clock=base.clock,
            bus=base.bus,
            policy=base.policy,
            person=real_desk.person,
            settings=SimpleNamespace(current=SimpleNamespace(zone="UTC")),
        )
        page = TemplatePage(DeskTemplates(desk), around)
        qtbot.addWidget(page)
        page.resize(1250, 850)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        settle(around, qtbot)
        return Stand(page, around, qtbot)

    return opened


def test_the_shipped_templates_are_listed_and_the_first_is_shown(open_page):
    stand = open_page()
    assert len(stand.tab.table.model().rows) == 42
    assert stand.editor.head.title.text() == "First message by email"
    assert "Customers, first message, email" in stand.editor.head.about.text()
    assert stand.editor.body.isReadOnly()


def test_filters_narrow_the_list(open_page):
    stand = open_page()
    stand.tab.filters.medium.set_value("sms")
    stand.tab.filters.medium.activated.emit(0)
    assert {row.place.medium for row in stand.tab.table.model().rows} == {Medium.SMS}


def test_the_preview_shows_a_real_escalation(open_page, real_desk):
    real_desk.base.open(title="Checkout times out")
    stand = open_page()
    assert "[still to write: what customers see]" in stand.preview()
    assert "title in plain words" in stand.editor.preview.waits.text()


def test_the_preview_shows_what_is_said_when_nothing_is_known(open_page):
    stand = open_page()
    assert "There is no work-around at present." in stand.preview(EMPTY)


def test_the_preview_shows_that_hostile_words_stay_words(open_page):
    stand = open_page()
    text = stand.preview(HOSTILE)
    assert "{{ 7 * 7 }}" in text or "{% for x in" in text
    assert "49" not in text


def test_enter_in_the_list_begins_to_write(open_page):
    stand = open_page()
    stand.qtbot.keyClick(stand.tab.table, Qt.Key.Key_Return)
    stand.settle()
    assert stand.editor.is_writing
    assert stand.editor.body.hasFocus()


def test_a_draft_is_kept_by_itself_while_it_is_written(open_page):
    stand = open_page()
    stand.change()
    assert not stand.editor.body.isReadOnly()
    stand.write("Since {{started_at}} we look at {{ref}}.")
    assert "2-draft2" in stand.editor.head.state.text()
    assert not stand.editor.has_unsaved


def test_outer_room_is_no_change_that_is_kept_for_ever(open_page):
    stand = open_page()
    stand.change()
    stand.write("Words\n\n")
    assert not stand.editor.has_unsaved


def test_an_unknown_name_is_underlined_and_told_with_what_was_meant(open_page):
    stand = open_page()
    stand.change()
    stand.write("By {{next_udate_at}}.")
    (mark,) = stand.editor.body.extraSelections()
    assert mark.cursor.selectedText() == "next_udate_at"
    assert mark.format.underlineStyle() == mark.format.UnderlineStyle.WaveUnderline
    assert "Did you mean “next_update_at”?" in stand.editor.faults.text()


def test_a_field_for_others_is_underlined_too(open_page):
    stand = open_page()
    stand.change()
    stand.write("😀 {{owner_name}} works on it")
    (mark,) = stand.editor.body.extraSelections()
    assert mark.cursor.selectedText() == "owner_name"
    assert "owner_role" in stand.editor.faults.text()


def test_ctrl_space_completes_the_name_of_a_field(open_page):
    stand = open_page()
    stand.change()
    stand.editor.body.selectAll()
    stand.type("By {{next_upd")
    stand.qtbot.keyClick(stand.editor.body, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert stand.editor.body.completer.popup().isVisible()
    stand.qtbot.keyClick(stand.editor.body.completer.popup(), Qt.Key.Key_Return)
    assert stand.editor.body.toPlainText() == "By {{next_update_at}}"


def test_the_picker_puts_a_field_where_the_cursor_is(open_page):
    stand = open_page()
    stand.change()
    stand.editor.body.selectAll()
    stand.type("By ")
    stand.qtbot.keyClick(stand.editor.body, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    picker = stand.editor._popover.content
    stand.qtbot.keyClicks(picker.query, "next update")
    stand.qtbot.keyClick(picker.query, Qt.Key.Key_Return)
    assert stand.editor.body.toPlainText() == "By {{next_update_at}}"
    assert stand.editor.body.hasFocus()


def test_the_picker_offers_nothing_that_readers_are_not_told(open_page):
    stand = open_page()
    stand.change()
    stand.editor.pick_field()
    names = {field.name for field in stand.editor._popover.content.table.model().rows}
    assert "owner_role" in names
    assert not names & {"owner_name", "score"}


def test_the_checklist_says_what_the_stage_must_tell(open_page):
    stand = open_page()
    assert stand.editor.must.head.text() == "5 of 5 of what this stage must tell"
    stand.change()
    stand.write("We look at {{ref}}.")
    assert stand.editor.must.head.text().startswith("0 of 5")


def test_a_text_that_is_too_long_for_its_channel_is_told(open_page):
    stand = open_page()
    stand.change(Place(Audience.CUSTOMER, Stage.INITIAL, Medium.SMS))
    stand.write("long " * 50)
    assert "of 160 signs, too long" in stand.editor.preview.length.text()


def test_a_lead_publishes_with_a_note(open_page, qtbot):
    stand = open_page()
    stand.change()
    stand.write("Since {{started_at}} we look at {{ref}}.")
    with qtbot.waitSignal(stand.page.message_requested) as told:
        stand.qtbot.keyClick(stand.editor.body, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        stand.settle()
        stand.answer(note="Shorter")
    assert told.args == ["“First message by email” is in use as v2."]
    stand.settle()
    assert "Version 2" in stand.editor.head.state.text()


def test_a_fault_is_told_in_the_form_and_nothing_is_lost(open_page):
    stand = open_page()
    stand.change()
    stand.write("{{nope}}")
    stand.editor.head.publish.click()
    stand.settle()
    stand.answer(note="Try")
    assert stand.tab.deeds.ask.prompt is not None
    assert stand.editor.body.toPlainText() == "{{nope}}"


def test_a_coordinator_writes_and_is_told_who_publishes(open_page):
    stand = open_page(Role.COORDINATOR)
    stand.change()
    assert not stand.editor.head.publish.isEnabled()
    assert "Only a lead may publish" in stand.editor.head.rights.text()


def test_who_may_not_write_sees_everything_and_why(open_page):
    stand = open_page(Role.TRAINER)
    assert not stand.editor.head.change.isVisible()
    assert "coordinator or a lead" in stand.editor.head.rights.text()


def test_versions_stand_side_by_side_and_come_back_as_a_draft(open_page):
    stand = open_page()
    stand.change()
    stand.write("Second words")
    stand.editor.head.publish.click()
    stand.settle()
    stand.answer(note="Shorter")
    stand.settle()
    stand.editor.head.versions.click()
    versions = stand.tab.versions
    assert versions.isVisible()
    assert versions.before.title.text() == "v1"
    assert "Second words" in versions.after.text.toPlainText()
    assert versions.after.text.extraSelections()
    versions.table.selectRow(1)
    versions.restore.click()
    stand.settle()
    stand.settle()
    assert stand.editor.isVisible()
    assert "{{salutation}}" in stand.editor.body.toPlainText()


def test_a_new_template_is_begun_where_there_is_none(open_page):
    stand = open_page()
    stand.tab.filters.new_button.click()
    stand.tab.deeds.ask.prompt.accept()
    stand.settle()
    stand.settle()
    assert stand.editor.is_writing
    assert stand.editor.opened.row.version == 0


def test_words_another_saved_meanwhile_are_not_overwritten(open_page, real_desk):
    stand = open_page()
    stand.change()
    stand.editor.body.selectAll()
    stand.editor.body.insertPlainText("Mine")
    keeps = stand.tab._keeps
    template_id = stand.editor.opened.row.id
    draft = keeps._service.draft(template_id)
    text = type(draft.text)("T", "S", "Theirs")
    keeps._service.save(template_id, text, real_desk.base.coordinator, edition=draft.edition)
    stand.page.refresh()
    stand.settle()
    stand.editor.save_now()
    stand.settle()
    assert "Cora Lind has saved this draft" in stand.tab.hint.text()
    assert stand.editor.body.toPlainText() == "Mine"
    assert keeps._service.draft(template_id).text.body == "Theirs"


def test_what_holds_for_all_messages_is_written_once(open_page):
    stand = open_page()
    stand.page.tabs.setCurrentIndex(1)
    stand.settle()
    standing = stand.page.standing
    standing.fields["contact_point"].setText("+49 30 1234")
    standing.save.click()
    stand.settle()
    stand.settle()
    assert stand.tab._keeps.standing()[0].text == "+49 30 1234"


def test_hostile_titles_of_escalations_are_plain_in_the_choice(open_page, real_desk):
    real_desk.base.open(title="<b>bold</b> \u202eevil " + "x" * 9_000)
    stand = open_page()
    assert len(stand.editor.preview.escalation.itemText(0)) <= 80
