import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.ui.kit.form import FormRows
from desktop.ui.kit.prompt import Prompt, PromptField
from desktop.ui.kit.segments import Segments
from desktop.ui.kit.suggest import SuggestField, Suggestion

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def show(theme, qtbot):
    def shown(widget):
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        return widget

    return shown


def severities(show):
    return show(Segments([(str(n), f"{n} word") for n in range(1, 5)], "Severity"))


def test_a_digit_chooses_its_segment(show, qtbot):
    segments = severities(show)
    segments.button("1").setFocus()
    with qtbot.waitSignal(segments.chosen) as chosen:
        QTest.keyClick(segments.button("1"), Key.Key_3)
    assert (chosen.args, segments.value()) == (["3"], "3")


def test_arrows_choose_the_neighbour(show):
    segments = severities(show)
    segments.set_value("2")
    segments.button("2").setFocus()
    QTest.keyClick(segments.button("2"), Key.Key_Right)
    assert segments.value() == "3"


def test_setting_a_value_tells_nobody_and_nothing_can_be_chosen(show, qtbot):
    segments = severities(show)
    with qtbot.assertNotEmitted(segments.chosen):
        segments.set_value("4")
        segments.set_value("")
    assert segments.value() == ""


def test_each_segment_says_what_it_is_about(show):
    assert severities(show).button("2").accessibleName() == "Severity: 2 word"


def test_a_fault_stands_below_its_field_and_the_hint_comes_back(show):
    rows, field = FormRows(), QLineEdit("wrong")
    row = rows.add_row("Customer", field, "As in the contract")
    show(rows)
    row.set_error("There is no such customer.")
    assert (row.note, field.accessibleDescription(), field.text()) == (
        "There is no such customer.", "There is no such customer.", "wrong",
    )  # fmt: skip
    row.set_error("")
    assert row.note == "As in the contract"


def test_a_label_names_its_field(show):
    rows, field = FormRows(), QLineEdit()
    rows.add_row("Customer", field)
    assert field.accessibleName() == "Customer"


def a_prompt(show):
    fields = (
        PromptField("owner", "Owner", "choice", (("1", "Ada"), ("2", "Leo"))),
        PromptField("why", "Reason"),
        PromptField("note", "Note", "text", required=False),
    )
    return show(Prompt("Assign an owner", fields, "Assign"))


def test_a_prompt_gives_its_answers_on_return(show, qtbot):
    prompt = a_prompt(show)
    QTest.keyClicks(prompt.widget("why"), "on leave")
    with qtbot.waitSignal(prompt.accepted) as accepted:
        QTest.keyClick(prompt.widget("why"), Key.Key_Return)
    assert accepted.args == [{"owner": "1", "why": "on leave", "note": ""}]


def test_return_in_long_text_is_a_new_line_and_control_return_sends(show, qtbot):
    prompt = a_prompt(show)
    QTest.keyClicks(prompt.widget("why"), "x")
    prompt.widget("note").setFocus()
    with qtbot.assertNotEmitted(prompt.accepted):
        QTest.keyClick(prompt.widget("note"), Key.Key_Return)
    with qtbot.waitSignal(prompt.accepted):
        QTest.keyClick(prompt.widget("note"), Key.Key_Return, Control)


def test_a_prompt_accepts_once(show):
    prompt, told = a_prompt(show), []
    prompt.accepted.connect(told.append)
    QTest.keyClicks(prompt.widget("why"), "x")
    QTest.keyClick(prompt.widget("why"), Key.Key_Return)
    assert len(told) == 1


def test_what_is_missing_is_said_beside_its_field(show, qtbot):
    prompt = a_prompt(show)
    with qtbot.assertNotEmitted(prompt.accepted):
        prompt.accept()
    assert prompt.widget("why").accessibleDescription() == "Reason is needed."
    assert prompt.widget("why").hasFocus()


def customers(show):
    field = show(SuggestField())
    field.setFocus()
    field.set_suggestions([Suggestion(7, "Northwind Retail", "Strategic"), Suggestion(9, "Northern Light")])
    return field


def test_suggestions_are_taken_by_keyboard_while_typing_goes_on(show, qtbot):
    field = customers(show)
    QTest.keyClick(field, Key.Key_Down)
    with qtbot.waitSignal(field.picked) as picked:
        QTest.keyClick(field, Key.Key_Return)
    assert (picked.args, field.text(), field.is_open) == ([9], "Northern Light", False)


def test_escape_closes_the_list_and_keeps_the_words(show):
    field = customers(show)
    QTest.keyClicks(field, "No")
    QTest.keyClick(field, Key.Key_Escape)
    assert (field.is_open, field.text()) == (False, "No")


def test_the_list_goes_when_the_field_is_left(show):
    field = customers(show)
    field.clearFocus()
    assert not field.is_open


def test_typing_asks_for_other_suggestions(show, qtbot):
    field = customers(show)
    with qtbot.waitSignal(field.query_changed) as changed:
        QTest.keyClicks(field, "a")
    assert changed.args == ["a"]
