"""An escalation that happened becomes a draft: read, turned line by line, renamed, searched, signed."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.drill_from_events import As
from desktop.domain.intake import NewEvidence
from desktop.domain.person import Role
from desktop.services.desk import Desk
from desktop.services.drill_file import read_text
from desktop.services.drill_library import DrillLibrary
from desktop.ui.drill.from_escalation import CHOOSE, LINES, NAMES, SEARCH, FromEscalation
from desktop.wiring.drill_wizards import from_escalation


@pytest.fixture
def desk(commands, tmp_path) -> Desk:
    desk = Desk.over(commands.store, tmp_path, commands.clock)
    desk.person.set_operator(commands.staff[Role.TRAINER].id)
    return desk


@pytest.fixture
def past(commands) -> int:
    opened = commands.open(title="Northwind cannot print", description="Since noon Northwind prints nothing.")
    do = commands.commands
    do.ownership.assign(opened.id, commands.staff[Role.ON_CALL].id, commands.coordinator)
    commands.clock.forward(minutes=4)
    do.transition.acknowledge(opened.id, commands.on_call)
    commands.clock.forward(minutes=30)
    do.escalation.note(opened.id, "The cause is found by Sana Ito.", commands.on_call)
    do.attaching.attach(
        opened.id, NewEvidence("northwind.log", b"12:00 gone", "text/plain"), commands.on_call
    )
    return opened.id


@pytest.fixture
def wizard(desk, past, around, qtbot: QtBot) -> FromEscalation:
    made = from_escalation(desk, around, past)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    qtbot.waitUntil(lambda: made.frame.step == LINES)
    return made


def press(wizard: FromEscalation, step: int, qtbot: QtBot) -> None:
    while wizard.frame.step < step:
        before = wizard.frame.step
        qtbot.mouseClick(wizard.frame.next, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda before=before: wizard.frame.step > before)


def line_of(wizard: FromEscalation, kind: str) -> None:
    rows = wizard.lines.table.model().rows
    wizard.lines.table.selectRow(next(at for at, row in enumerate(rows) if row.kind == kind))


def test_without_an_escalation_one_is_chosen(desk, past, around, qtbot: QtBot):
    wizard = from_escalation(desk, around)
    qtbot.addWidget(wizard)
    wizard.show()
    qtbot.waitUntil(wizard.frame.next.isEnabled)
    wizard.choose.words.setText("print")
    qtbot.keyClick(wizard.choose.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.frame.step == LINES)


def test_only_trainers_get_beyond_the_choice(desk, past, commands, around, qtbot: QtBot):
    desk.person.set_operator(commands.staff[Role.ON_CALL].id)
    wizard = from_escalation(desk, around, past)
    qtbot.addWidget(wizard)
    wizard.show()
    qtbot.waitUntil(wizard.choose.error.isVisible)
    assert wizard.frame.step == CHOOSE
    assert "trainer or a lead" in wizard.choose.error.text()


def test_each_line_stands_beside_what_it_becomes(wizard):
    line_of(wizard, "escalation.opened")
    assert wizard.lines.becomes.value() == As.INJECT
    assert "Northwind" in wizard.lines.then.toPlainText()
    assert "Northwind" not in wizard.lines.drill.text()


def test_a_line_is_turned_into_something_else_and_left_out(wizard):
    line_of(wizard, "note.added")
    wizard.lines.becomes.set_value(As.ARTIFACT)
    wizard.lines.becomes.activated.emit(1)
    assert wizard.lines.table.current().becomes is As.ARTIFACT
    wizard.lines.leave_out.click()
    assert wizard.lines.table.current().becomes is As.DROP


def test_words_written_by_hand_go_into_the_drill(wizard):
    line_of(wizard, "escalation.opened")
    wizard.lines.then.setPlainText("Northwind has no labels.")
    assert wizard.lines.drill.text().endswith("has no labels.")


def test_what_the_program_did_by_itself_is_shown_on_demand(wizard):
    before = wizard.lines.table.model().rowCount()
    wizard.lines.with_own.setChecked(True)
    assert wizard.lines.table.model().rowCount() > before


def test_an_invented_name_is_changed_everywhere(wizard, qtbot):
    press(wizard, NAMES, qtbot)
    wizard.names.table.selectRow(0)
    wizard.names.alias.setText("Blue Heron Labs")
    wizard.names.change.click()
    wizard.frame.step_picked.emit(LINES)
    line_of(wizard, "escalation.opened")
    assert "Blue Heron Labs" in wizard.lines.drill.text()


def test_a_clean_search_wants_a_signature_and_makes_a_draft(wizard, desk, qtbot):
    press(wizard, SEARCH, qtbot)
    assert wizard.search.sentence.text() == "The search found nothing."
    assert wizard.frame.why.text() == "Read the search, then sign it."
    assert "Theo Wynn" in wizard.search.sign.text()
    wizard.search.sign.setChecked(True)
    with qtbot.waitSignal(wizard.created) as told:
        qtbot.mouseClick(wizard.frame.next, Qt.MouseButton.LeftButton)
    draft = DrillLibrary(store=desk.store, clock=desk.clock, bus=desk.bus).draft(told.args[0])
    assert "Northwind" not in draft.text
    assert read_text(draft.text).errors == ()


def left_over(wizard: FromEscalation, qtbot: QtBot) -> None:
    press(wizard, NAMES, qtbot)
    wizard.names.table.selectRow(0)
    wizard.names.alias.setText("Northwind again")
    wizard.names.change.click()
    press(wizard, SEARCH, qtbot)


def test_what_is_left_is_shown_with_what_is_around_it_and_blocks(wizard, qtbot):
    left_over(wizard, qtbot)
    assert "to replace, or to answer for" in wizard.frame.why.text()
    assert "«northwind»" in wizard.search.table.current().quote
    wizard.search.sign.setChecked(True)
    assert not wizard.frame.next.isEnabled()


def test_what_is_left_is_replaced_everywhere_at_once(wizard, qtbot):
    left_over(wizard, qtbot)
    press(wizard, SEARCH, qtbot)
    wizard.frame.step_picked.emit(NAMES)
    wizard.names.table.selectRow(0)
    wizard.names.alias.setText("Blue Heron")
    wizard.names.change.click()
    press(wizard, SEARCH, qtbot)
    assert wizard.search.sentence.text() == "The search found nothing."


def test_somebody_may_answer_for_what_stays_and_signs_anew(wizard, qtbot):
    left_over(wizard, qtbot)
    wizard.search.stay.click()
    assert wizard.search.open_count() == 0
    assert wizard.frame.why.text() == "Read the search, then sign it."
    wizard.search.sign.setChecked(True)
    assert wizard.frame.next.isEnabled()


def test_the_way_out_is_always_there(wizard, qtbot):
    with qtbot.waitSignal(wizard.left):
        wizard.cancel.click()
