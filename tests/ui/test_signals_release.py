"""Many held signals released from the page: slice by slice, with a way to stop and a way back."""

import pytest

from desktop.services.undoing import UndoService
from tests.services.signal_desk import SignalDesk
from tests.ui.signals_support import HELD, go, open_page, settle

MANY = 450


@pytest.fixture
def desk(real_desk):
    return SignalDesk(real_desk.base)


@pytest.fixture
def page(qtbot, desk, real_desk, around):
    return open_page(qtbot, desk, real_desk, around)


@pytest.fixture
def many(desk):
    """So many signals, held by the kill switch."""
    desk.switch.stop("testing", desk.lead)
    desk.keep(*({"title": f"Disk {n} is full", "key": f"k{n}"} for n in range(MANY)))
    while desk.signals.process().remaining:
        pass
    desk.switch.resume(desk.lead)


def dismiss(page):
    page.held.table.selectAll()
    page.held.dismiss()
    page.held.box.prompt.widget("reason").setText("a test")
    page.held.box.prompt.accept()


def test_many_are_dismissed_with_progress(qtbot, desk, page, around, many):
    go(qtbot, page, around, HELD)
    told = []
    page.held.run.progressed.connect(lambda *numbers: told.append(numbers))
    with qtbot.waitSignal(page.work_done, timeout=20_000) as said:
        dismiss(page)
    assert told == [(200, MANY), (400, MANY), (MANY, MANY)]
    assert said.args[1] == "Signals released: 450 suppressed"


def test_what_is_done_is_said_while_it_goes_on_and_can_be_stopped(qtbot, desk, page, around, many):
    go(qtbot, page, around, HELD)
    with qtbot.waitSignal(page.held.run.progressed):
        dismiss(page)
    assert (page.held.stop_button.isVisible(), page.held.open_button.isVisible()) == (True, False)
    assert page.held.hint.text() == "200 of 450 signals are released"
    with qtbot.waitSignal(page.work_done, timeout=20_000) as said:
        page.held.stop_button.click()
    assert said.args[1] == "Signals released, 400 of 450: 400 suppressed"
    settle(qtbot, page, around)
    assert len(page.held.model.rows) == 50
    assert page.held.open_button.isVisible()


def test_all_of_it_is_taken_back_as_one_step(qtbot, desk, page, around, many):
    go(qtbot, page, around, HELD)
    with qtbot.waitSignal(page.work_done, timeout=20_000) as said:
        dismiss(page)
    UndoService(desk.base.commands.cases).undo(said.args[0].seqs, desk.lead)
    settle(qtbot, page, around)
    assert len(page.held.model.rows) == MANY


def test_one_that_refuses_is_named_and_the_rest_is_done(qtbot, desk, page, around):
    desk.switch.stop("testing", desk.lead)
    kept = [desk.send(key) for key in "abc"]
    go(qtbot, page, around, HELD)
    page.held.table.selectAll()
    desk.signals.release([kept[1].id], desk.lead, "dismiss")
    with qtbot.waitSignal(page.work_done):
        dismiss(page)
    assert page.held.fault.text() == "2 of 3 signals released.\n“Disk of b is full” is suppressed by now."


def test_a_refusal_of_all_stands_in_the_form(qtbot, desk, page, around):
    desk.switch.stop("testing", desk.lead)
    desk.send("a")
    go(qtbot, page, around, HELD)
    page.held.decide()
    settle(qtbot, page, around)
    assert "Automation is stopped" in page.held.fault.text()
