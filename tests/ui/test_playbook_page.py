"""The library of playbooks in the real window: read, written, reviewed, published, compared, retired."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.clock import SystemClock
from desktop.services import sample
from desktop.ui.kit.label import Label
from tests.support.real_window import real_window


class User:
    """Somebody at the page of playbooks."""

    def __init__(self, desk):
        self.desk = desk
        desk.window.pages.go_to("page.playbook")
        desk.settle()
        self.page = desk.window.pages.page("page.playbook")
        self.library = self.page.library

    def settle(self):
        self.desk.settle()

    def titles(self):
        return [row.title for row in self.library.table.model().rows]

    def choose(self, title):
        self.library.table.selectRow(self.titles().index(title))
        self.settle()

    def click(self, button):
        button.click()
        self.settle()

    def answer(self, **words):
        prompt = self.library.deeds.ask.prompt
        for key, text in words.items():
            field = prompt.widget(key)
            (field.setPlainText if hasattr(field, "setPlainText") else field.setText)(text)
        prompt.accept()
        self.settle()

    def publish(self, purpose, why):
        """Change the purpose of the chosen playbook and publish that."""
        self.click(self.library.reader.edit)
        self.library.editor.body.about.purpose.setPlainText(purpose)
        self.library.editor.save_now()
        self.settle()
        self.click(self.library.editor.head.publish)
        self.answer(note=why)

    def read(self):
        """All words of the reader."""
        labels = self.library.reader.findChildren(Label)
        return "\n".join(label.text() for label in labels if label.isVisible())


@pytest.fixture
def user(qapp, tmp_path):
    sample.build(tmp_path / "sample.sqlite3", tmp_path / "backups", SystemClock())
    with real_window(tmp_path / "sample.sqlite3", SystemClock(), (1440, 900)) as opened:
        yield User(opened)


def test_the_shipped_playbooks_are_there_and_read_with_what_not_to_do(user):
    assert len(user.titles()) >= 12
    user.choose("Customer charged twice or wrongly")
    words = user.read()
    assert "Refund single accounts by hand before the list is whole" in words
    assert "Begin when" in words
    assert "Who decides what" in words


def test_the_filter_narrows_the_list_and_says_when_nothing_is_left(user):
    user.library.filters.words.setText("charged")
    user.settle()
    assert user.titles() == ["Customer charged twice or wrongly"]
    user.library.filters.words.setText("zzz")
    user.settle()
    assert user.library.empty.isVisible()


def test_a_new_playbook_is_begun_under_its_title(user):
    user.click(user.library.filters.new_button)
    user.answer(title="Parcel lost")
    assert user.library.shown is user.library.editor
    assert user.desk.rows("SELECT title FROM playbook WHERE slug = 'parcel-lost'") == [("Parcel lost",)]


def test_a_change_is_published_with_its_reason_and_compared_with_what_was(user):
    user.choose("Customer charged twice or wrongly")
    user.publish("Stop the charges, then count them.", "Nothing but a trial")
    assert "v2" in user.read()
    user.click(user.library.reader.versions)
    versions = user.library.versions
    assert [version.label for version in versions.table.model().rows] == ["v2", "v1"]
    assert "Nothing but a trial" in versions.said.text()
    assert "Stop the charges, then count them." in versions.view.toPlainText()
    assert "Money moved by hand" in versions.view.toPlainText()


def test_publishing_offers_the_drill_that_tests_the_change(user):
    told = []
    user.library.message_requested.connect(told.append)
    user.choose("Customer charged twice or wrongly")
    user.publish("Stop the charges, then count them.", "Nothing but a trial")
    assert told[-1].endswith("is in use as v2. To test it, play “Charged again and again” under Drills.")


def test_an_older_version_is_restored_as_a_draft(user):
    user.choose("Customer charged twice or wrongly")
    user.publish("Stop the charges, then count them.", "Second")
    user.click(user.library.reader.versions)
    user.library.versions.table.selectRow(1)
    user.settle()
    user.click(user.library.versions.restore)
    assert user.library.shown is user.library.editor
    assert user.desk.rows("SELECT derived_from FROM playbook_draft") == [("v1",)]


def test_a_clone_is_another_playbook_with_the_same_words(user):
    user.choose("Customer charged twice or wrongly")
    user.click(user.library.reader.versions)
    user.click(user.library.versions.clone)
    user.answer(title="Customer charged in the wrong currency")
    assert user.library.editor.content().title == "Customer charged in the wrong currency"
    assert len(user.library.editor.content().steps) > 5


def test_a_retired_playbook_is_listed_no_more_until_it_is_brought_back(user):
    title = "Customer charged twice or wrongly"
    user.choose(title)
    user.click(user.library.reader.retire)
    user.answer(reason="Two others say it better")
    assert title not in user.titles()
    user.library.filters.state.set_value("retired")
    user.library.filters.state.activated.emit(0)
    user.settle()
    user.click(user.library.reader.retire)
    user.library.filters.clear()
    user.settle()
    assert title in user.titles()


def test_the_page_is_reached_by_keys(user):
    user.desk.window.pages.go_to("page.board")
    user.settle()
    user.desk.window.board.focus_first()
    QTest.keyClicks(QApplication.focusWidget(), "gp")
    user.settle()
    assert user.desk.window.pages.current is user.page
