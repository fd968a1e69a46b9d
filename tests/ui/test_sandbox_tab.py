"""The sandbox of the signals page over a real desk."""

import hashlib

import pytest

from desktop.services.sandbox import ReplayProgress, ReplayStopped, Sandbox
from desktop.ui.signals.sandbox_tab import SandboxTab
from tests.services.signal_desk import SignalDesk, cond, do
from tests.ui.signals_support import open_page, settle


@pytest.fixture
def desk(real_desk):
    return SignalDesk(real_desk.base)


@pytest.fixture
def sandbox(desk):
    return Sandbox(store=desk.store, clock=desk.clock)


@pytest.fixture
def tab(qtbot, around, desk, sandbox):
    made = SandboxTab(sandbox, around)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def done(qtbot, tab):
    qtbot.waitUntil(lambda: tab.aside.pending == 0, timeout=30_000)
    return tab


def quiet(desk):
    """From now on a rule keeps quiet what names the database."""
    desk.rule(do("suppress", "known"), when=(cond("title", "contains", "db"),), name="Known noise")


def everything(desk):
    with desk.store.read() as session:
        names = [row[0] for row in session.sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = [list(session.sql(f'SELECT * FROM "{name}" ORDER BY 1')) for name in sorted(names)]
    return hashlib.sha256(repr(found).encode()).hexdigest()


def test_what_differs_comes_first(qtbot, desk, tab):
    sent = [desk.send("web"), desk.send("db")]
    quiet(desk)
    tab.take([one.id for one in sent])
    done(qtbot, tab)
    assert [row.signal.id for row in tab.model.rows] == [sent[1].id, sent[0].id]
    assert tab.hint.text().startswith("1 signal of 2 differ")


def test_then_and_now_stand_side_by_side(qtbot, desk, tab):
    kept = desk.send("db")
    quiet(desk)
    tab.take([kept.id])
    done(qtbot, tab)
    shown = {name: (then, now) for name, then, now in tab.details.texts()}
    assert shown["Became"] == ("● Opened", "○ Suppressed")
    assert shown["Rule"] == ("none", "Known noise, version 1")
    assert shown["Escalation"] == (kept.number, "")


def test_where_nothing_differs_it_says_so(qtbot, desk, tab):
    tab.take([desk.send("db").id])
    done(qtbot, tab)
    assert tab.hint.text() == "1 signal: nothing would become of them but what did."


def test_nothing_is_written_at_the_real_desk(qtbot, desk, tab):
    kept = desk.send("db")
    quiet(desk)
    before = everything(desk)
    tab.take([kept.id])
    done(qtbot, tab)
    assert everything(desk) == before


def test_a_period_of_a_source_is_replayed(qtbot, desk, tab):
    for key in ("db", "web", "app"):
        desk.send(key)
    tab.set_sources(desk.sources.states())
    tab.wish.source.setCurrentIndex(1)
    assert tab.wish.since.isVisible()
    tab.begin()
    assert len(done(qtbot, tab).model.rows) == 3


def test_without_a_chosen_signal_a_source_is_offered(qtbot, desk, tab):
    desk.send("db")
    assert not tab.wish.replay.isEnabled()
    tab.set_sources(desk.sources.states())
    assert tab.wish.source.currentText() == "All of Probe"
    assert tab.wish.replay.isEnabled()


def test_an_empty_period_says_what_to_do(qtbot, desk, tab):
    desk.add_source("Other")
    tab.set_sources(desk.sources.states())
    tab.begin()
    done(qtbot, tab)
    assert tab.fault.text() == "There is no signal to replay. Choose a longer time or another source."
    assert tab.wish.replay.isEnabled()


def test_it_tells_how_far_it_has_come(tab):
    progress = ReplayProgress()
    progress.total, progress.done = 40, 10
    tab.wish.show_busy(progress)
    assert (tab.wish.said.text(), tab.wish.meter.share) == ("10 of 40 messages", 0.25)


def test_one_that_is_not_wanted_any_more_ends(desk, sandbox):
    kept, progress = desk.send("db"), ReplayProgress()
    progress.stop()
    with pytest.raises(ReplayStopped):
        sandbox.replay([kept.id], progress=progress)


def test_stopped_it_says_so_and_can_begin_anew(qtbot, desk, tab):
    ids = [desk.send(f"db{n}").id for n in range(30)]
    with qtbot.waitSignal(tab.message_requested, timeout=30_000) as said:
        tab.take(ids)
        tab.stop()
    assert said.args == ["The replay was stopped. Nothing of the desk was changed by it."]
    assert tab.wish.replay.isEnabled()


def test_the_chosen_signals_of_the_list_go_to_the_sandbox(qtbot, desk, real_desk, around):
    desk.send("db")
    desk.send("web")
    page = open_page(qtbot, desk, real_desk, around)
    settle(qtbot, page, around)
    page.signals.table.selectAll()
    page.signals.replay_button.click()
    done(qtbot, page.sandbox)
    assert page.tabs.tabText(page.tabs.currentIndex()) == "Sandbox"
    assert len(page.sandbox.model.rows) == 2


def test_the_command_replays_what_is_chosen(qtbot, desk, real_desk, around):
    desk.send("db")
    page = open_page(qtbot, desk, real_desk, around)
    settle(qtbot, page, around)
    assert page.why_not("signals.replay") == ""
    page.handles()["signals.replay"]()
    assert len(done(qtbot, page.sandbox).model.rows) == 1


def test_on_other_tabs_the_command_says_where_it_is_done(qtbot, desk, real_desk, around):
    page = open_page(qtbot, desk, real_desk, around)
    page.tabs.setCurrentIndex(2)
    settle(qtbot, page, around)
    assert page.why_not("signals.replay") == "Choose signals in the list first."
