from functools import partial

import pytest
from PySide6.QtCore import Qt

from desktop.domain.commitment import Kind
from desktop.domain.instant import to_us
from desktop.domain.intake import NewEvidence
from desktop.domain.person import Role
from desktop.ui.escalation.panel import DetailPanel


@pytest.fixture
def panel(qtbot, around, real_desk, tmp_path):
    made = DetailPanel(
        real_desk,
        runner=around.runner,
        theme=around.theme,
        icons=around.icons,
        heartbeat=around.heartbeat,
        viewing_folder=tmp_path / "view",
    )
    qtbot.addWidget(made)
    made.resize(380, 800)
    made.show()
    return made


def shown(panel, qtbot, around, escalation_id):
    panel.show_escalation(escalation_id)
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    return panel


@pytest.fixture
def opened(real_desk):
    return real_desk.base.open(
        description="It stands still.", evidence=(NewEvidence("a.log", b"log", "text/plain"),)
    )


@pytest.fixture
def filled(panel, qtbot, around, opened):
    return shown(panel, qtbot, around, opened.id)


def texts(panel):
    return [
        label.text()
        for label in panel.findChildren(type(panel.parts.header._title))
        if label.isVisibleTo(panel)
    ]


def test_it_says_which_escalation_it_is_and_whose(filled, opened):
    said = "\n".join(texts(filled))
    assert opened.number in said
    assert "Northwind · Enterprise" in said
    assert "Nobody owns it" in said


def test_the_clocks_move_on_without_reading_anything(filled, real_desk, around, qtbot):
    before = filled.parts.clocks.standings()[Kind.CONTAIN].headline
    real_desk.worker.fault = AssertionError("nothing is read for a tick")
    real_desk.clock.forward(minutes=30)
    around.heartbeat.ticked.emit(to_us(real_desk.clock.now()))
    assert filled.parts.clocks.standings()[Kind.CONTAIN].headline != before


def test_a_tile_shows_how_its_deadline_came_about_in_words(filled, qtbot):
    tile = filled.parts.clocks._tiles[Kind.CONTAIN]
    qtbot.keyClick(tile, Qt.Key.Key_Space)
    assert filled.parts.clocks.strip.isVisible()
    assert filled.parts.clocks.strip.words() == ["Running 4 h"]


def test_the_primary_button_asks_for_the_next_sensible_action(filled, qtbot):
    with qtbot.waitSignal(filled.action_requested) as asked:
        qtbot.mouseClick(filled.parts.header.primary, Qt.MouseButton.LeftButton)
    assert asked.args == ["escalation.classify"]


def test_what_this_person_may_not_do_says_why_in_words(filled):
    filled.parts.tabbed.tabs.setCurrentIndex(2)
    assert "Confirm containment: Only a senior engineer may do this" in filled.parts.tabbed.rights.reasons


def test_a_change_of_this_escalation_is_shown_and_of_another_is_not(filled, opened, real_desk, qtbot, around):
    real_desk.escalations.escalation.note(opened.id, "called back", real_desk.base.coordinator)
    filled.notice_changed({opened.id + 1})
    assert around.runner.pending == 0
    filled.notice_changed({opened.id})
    qtbot.waitUntil(lambda: "called back" in filled.parts.tabbed.timeline.text())


def test_only_the_last_one_wanted_is_shown(panel, real_desk, qtbot, around):
    first, second = real_desk.base.open(title="First"), real_desk.base.open(title="Second")
    panel.show_escalation(first.id)
    panel.show_escalation(second.id)
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert panel.parts.header._title.text() == "Second"


def test_one_that_is_gone_says_so_in_its_place(panel, qtbot, around):
    shown(panel, qtbot, around, 4711)
    assert panel.details is None
    assert panel._empty.sentence.startswith("There is no such escalation.")


def test_a_megabyte_of_title_is_cut_and_hostile_text_stays_text(panel, real_desk, qtbot, around):
    hostile = "<script>x</script>\x00\u202e" + "a" * 1_000_000
    opened = real_desk.base.open(title=hostile, description=hostile, reporter=hostile)
    shown(panel, qtbot, around, opened.id)
    title = panel.parts.header._title.text()
    assert title.startswith("<script>x</script>")
    assert len(title) < 500
    assert panel.minimumSizeHint().width() < 420


def test_a_file_is_opened_only_when_asked_and_as_a_copy_that_cannot_run(
    filled, qtbot, around, monkeypatch, tmp_path
):
    seen = []
    monkeypatch.setattr(
        "PySide6.QtGui.QDesktopServices.openUrl", lambda url: seen.append(url.toLocalFile()) or True
    )
    assert seen == []
    filled.parts.tabbed.tabs.setCurrentIndex(1)
    qtbot.mouseClick(filled.parts.tabbed.evidence._open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    copy = next((tmp_path / "view").iterdir())
    assert seen == [str(copy)]
    assert copy.stat().st_mode & 0o777 == 0o400


def test_a_file_dropped_on_the_panel_is_attached(filled, opened, real_desk, qtbot, tmp_path):
    path = tmp_path / "trace.txt"
    path.write_bytes(b"one\ntwo\n")
    with qtbot.waitSignal(filled.work_done) as done:
        filled.parts.tabbed.evidence.dropped.emit((path,))
    assert [piece.name for piece in real_desk.evidence.all(opened.id)] == ["a.log", "trace.txt"]
    assert done.args[0][0].escalation_id == opened.id


def test_a_paused_clock_is_told_with_whom_it_waits_for(filled, opened, real_desk, qtbot, around):
    real_desk.escalations.pausing.pause(opened.id, "waiting_on_customer", real_desk.base.coordinator)
    filled.refresh()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert any("Waiting on customer: paused by Cora Lind" in text for text in filled.parts.now.texts())


def test_an_override_stands_beside_what_was_computed(filled, opened, real_desk, qtbot, around):
    real_desk.escalations.classification.override(opened.id, real_desk.base.lead, "press is asking", score=96)
    filled.refresh()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert "score 96 (computed" in filled.parts.why._override.text()


def test_nobody_at_the_desk_may_look_but_do_nothing(panel, real_desk, qtbot, around, opened, monkeypatch):
    monkeypatch.setattr(real_desk.person, "operator", partial(lambda: None))
    shown(panel, qtbot, around, opened.id)
    assert "Assign: Only" in panel.parts.tabbed.rights.reasons


def test_a_senior_engineer_is_offered_what_a_coordinator_is_not(filled, real_desk, qtbot, around):
    real_desk.act_as(Role.SENIOR_ENGINEER)
    filled.refresh()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert filled.why_not("escalation.contain") == ""
    assert "Only" in filled.why_not("escalation.assign")


def test_alarms_that_stand_can_be_acknowledged_beside_their_line(panel, real_desk, qtbot, around, opened):
    real_desk.escalations.transition.acknowledge(opened.id, real_desk.base.coordinator)
    real_desk.clock.forward(hours=30)
    real_desk.alarm.sweep()
    shown(panel, qtbot, around, opened.id)
    with qtbot.waitSignal(panel.action_requested) as asked:
        qtbot.mouseClick(panel.parts.now._alarms.button, Qt.MouseButton.LeftButton)
    assert asked.args == ["escalation.acknowledge"]
