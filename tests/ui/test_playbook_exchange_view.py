"""The view of repository and files over a real desk, a real repository and real folders."""

import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Qt

from desktop.domain.person import Role
from desktop.domain.playbook_exchange import Way
from desktop.domain.playbook_sync import Remote
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_markdown import Parsed, to_text
from desktop.ui.playbook.change_text import change_lines
from desktop.wiring.playbook_sync import exchange_view
from tests.adapters.git_repos import Colleague, a_bare_repository
from tests.domain.playbooks import a_content
from tests.factories import MONDAY

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not on this machine")
_PATH = "playbooks/customer-was-charged-twice/v1.md"


class Tokens(dict):
    def put(self, name, value):
        self[name] = value
        return SimpleNamespace(note="Kept here.")

    def delete(self, name):
        self.pop(name, None)


class Opened:
    """The view with all that stands behind it."""

    def __init__(self, view, worker, library, around, qtbot, base, tokens):
        self.view, self.worker, self.library = view, worker, library
        self._around, self._qtbot, self.base, self.tokens = around, qtbot, base, tokens
        self.said = []
        view.message_requested.connect(self.said.append)

    def settle(self):
        pending = lambda: self._around.runner.pending + self.worker.runner.pending  # noqa: E731
        self._qtbot.waitUntil(lambda: pending() == 0, timeout=10_000)

    def press(self, button):
        assert button.isEnabled()
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def publish(self):
        draft = self.library.create(a_content(), self.base.coordinator)
        return self.library.publish(draft.playbook_id, self.base.lead, change_note="The first")

    def shown(self):
        return [(row.title, row.kind, row.fate) for row in self.view.entries.rows]


@pytest.fixture
def open_view(real_desk, around, qtbot):
    made = []

    def opened(role=Role.LEAD, remote=None):
        real_desk.act_as(role)
        base = real_desk.base
        desk = SimpleNamespace(store=base.store, clock=base.clock, bus=base.bus, person=real_desk.person)
        tokens, owner = Tokens(), QObject()
        view, worker = exchange_view(desk, around, lambda: tokens, is_real=True, owner=owner)
        made.append((worker, owner))
        qtbot.addWidget(view)
        view.resize(1200, 800)
        with qtbot.waitExposed(view):
            view.show()
        library = PlaybookService(store=base.store, clock=base.clock, bus=base.bus)
        found = Opened(view, worker, library, around, qtbot, base, tokens)
        found.settle()
        if remote is not None:
            view._keep_place(Remote(str(remote)), None)
            found.settle()
        return found

    yield opened
    for worker, _owner in made:
        worker.close()


@pytest.fixture
def bare(tmp_path):
    return a_bare_repository(tmp_path / "bare.git")


def test_it_says_what_to_do_first(open_view):
    opened = open_view()

    assert opened.view.place.text().startswith("No repository is named yet.")
    assert not opened.view.look_button.isEnabled()
    assert "Nothing was compared yet" in opened.view.entries.pane.empty.sentence


def test_what_is_published_goes_to_the_repository(open_view, bare, tmp_path):
    opened = open_view(remote=bare)
    opened.publish()
    opened.press(opened.view.look_button)
    assert opened.shown() == [
        ("Customer was charged twice, version 1", "Goes out: not there yet", "Add it there")
    ]

    opened.press(opened.view.push_button)
    assert opened.said[-1] == "1 version added to the repository."
    assert "Customer was charged twice" in Colleague(bare, tmp_path / "ida").reads(_PATH)
    assert opened.shown() == []


def test_what_a_colleague_wrote_is_shown_before_it_is_taken(open_view, bare, tmp_path):
    opened = open_view(remote=bare)
    before = opened.publish()
    content = replace(a_content(), purpose="Clearer words")
    text = to_text(Parsed(before.slug, 2, content, "Clearer", "Ida", "Ida", MONDAY), content)
    Colleague(bare, tmp_path / "ida").writes(_PATH.replace("v1", "v2"), text)
    opened.press(opened.view.look_button)
    assert "+ Clearer words" in opened.view.entries.change.toPlainText()
    assert opened.library.get(before.playbook_id).number == 1

    opened.press(opened.view.take_button)
    assert opened.library.get(before.playbook_id).number == 2


def test_enter_changes_what_becomes_of_an_entry(open_view, tmp_path, qtbot):
    opened = open_view()
    content = a_content()
    (tmp_path / "a.md").write_text(to_text(Parsed("a", 1, content, "n", "a", "b", MONDAY), content))
    opened.view.read_path(str(tmp_path / "a.md"))
    opened.settle()
    qtbot.keyClick(opened.view.entries.table, Qt.Key.Key_Return)

    assert [row.way for row in opened.view.entries.rows] == [Way.AS_DRAFT]
    opened.press(opened.view.take_button)
    assert opened.library.draft(opened.library.by_slug("a")) is not None


def test_everything_is_written_into_a_folder_once(open_view, tmp_path):
    opened = open_view()
    opened.publish()
    folder = tmp_path / "out"
    folder.mkdir()
    for _ in range(2):
        opened.view.write_into(str(folder))
        opened.settle()

    assert opened.said == ["1 file written, 0 there already.", "0 files written, 1 there already."]


def test_a_conflict_stands_first_and_is_left(open_view, tmp_path):
    opened = open_view()
    version = opened.publish()
    other = replace(a_content(), purpose="Other")
    for slug, content in (("a", a_content()), (version.slug, other)):
        text = to_text(Parsed(slug, 1, content, "n", "a", "b", MONDAY), content)
        (tmp_path / f"{slug}.md").write_text(text)
    opened.view.read_path(str(tmp_path))
    opened.settle()

    assert [each[1:] for each in opened.shown()] == [
        ("Conflict", "Leave it"),
        ("Comes in: new", "Take it in"),
    ]


def test_what_goes_wrong_is_said_and_the_buttons_come_back(open_view, tmp_path):
    opened = open_view(remote=tmp_path / "nowhere")
    opened.press(opened.view.look_button)

    assert opened.view.entries.pane.fault.text().startswith("There is no repository at")
    assert opened.view.look_button.isEnabled()
    assert not opened.view.stop_button.isVisible()


def test_a_wrong_address_is_told_at_its_field(open_view):
    opened = open_view()
    opened.press(opened.view.name_button)
    form = opened.view.form
    form.fields["address"].setText("nonsense")
    form._accept()
    opened.settle()

    assert form.rows["address"].error.startswith("“nonsense” is no address")


def test_the_token_is_not_shown_again(open_view):
    opened = open_view()
    opened.view._keep_place(Remote("https://git.example.com/a.git"), "s3cret")
    opened.settle()
    opened.press(opened.view.name_button)

    assert opened.tokens == {"playbooks:token": "s3cret"}
    assert opened.view.form.fields["token"].text() == ""
    assert opened.said == ["The repository is named. Kept here."]


def test_others_than_leads_look_but_add_nothing(open_view):
    opened = open_view(Role.COORDINATOR)

    assert not opened.view.name_button.isEnabled()
    assert "Only a lead" in opened.view.name_button.toolTip()


def test_hostile_words_are_only_words(open_view, tmp_path):
    opened = open_view()
    content = replace(a_content(), title="<b>\u202eevil</b>", purpose="x" * 10_000)
    (tmp_path / "a.md").write_text(to_text(Parsed("a", 1, content, "n", "a", "b", MONDAY), content))
    opened.view.read_path(str(tmp_path / "a.md"))
    opened.settle()

    assert opened.view.entries.change.toPlainText().splitlines()[2].startswith("  # <b>")


def test_the_same_content_says_so():
    assert change_lines(a_content(), a_content()) == (("same", "Both say the same."),)


def test_a_moved_step_is_told_as_moved():
    before = a_content()
    after = replace(before, steps=before.steps[::-1])

    assert any("moved, was step" in text for _kind, text in change_lines(before, after))
