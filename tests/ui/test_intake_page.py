from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.domain.errors import DeskError, StoreError
from desktop.domain.intake import NewEvidence
from desktop.ui.intake.asking import DRAFT_KIND
from desktop.ui.intake.content import Content, Piece
from desktop.ui.intake.page import IntakePage

K = Qt.Key
MAIL = "From: Rita Holm <r.holm@northwind.example>\nSubject: RE: Orders stop, CASE-88120\n\nSince noon.\n"


@pytest.fixture
def page(qtbot, around, real_desk):
    made = IntakePage(real_desk, around)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    qtbot.waitActive(made)
    qtbot.waitUntil(lambda: made.body.form is not None)
    made.focus_first()
    yield made
    made.keeper._timer.stop()
    made.body.asker._timer.stop()


def settle(qtbot, around, page):
    page.body.asker._ask()
    qtbot.waitUntil(lambda: around.runner.pending == 0)


def press(qtbot, *keys):
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        if isinstance(key, str):
            qtbot.keyClicks(widget, key)
        else:
            qtbot.keyClick(widget, key)


def fill_in(page, **facts):
    page.body.set_content(replace(Content(customer="Northwind", title="Orders stop", severity="2"), **facts))


def paste(page, qtbot, text):
    mime = QMimeData()
    mime.setText(text)
    QGuiApplication.clipboard().setMimeData(mime)
    qtbot.keyClick(QApplication.focusWidget(), K.Key_V, Qt.KeyboardModifier.ControlModifier)


def all_of(real_desk):
    with real_desk.base.store.read() as session:
        return session.sql("SELECT title, severity, customer_id FROM escalation ORDER BY id").fetchall()


def test_twelve_keys_open_an_escalation(page, qtbot, around, real_desk):
    press(qtbot, "northw", K.Key_Return)
    qtbot.waitUntil(lambda: page.body.content.customer_id == 1)
    press(qtbot, K.Key_Tab, "Orders stop", K.Key_Tab, "Pay", K.Key_Tab, K.Key_Tab, "1", K.Key_Tab, "5")
    with qtbot.waitSignal(page.escalation_opened):
        page.submit()
    assert list(all_of(real_desk)) == [("Orders stop", 1, 1)]
    assert page.body.content.is_empty


def test_an_opening_is_one_step_to_undo(page, qtbot, around, real_desk):
    fill_in(page)
    settle(qtbot, around, page)
    with qtbot.waitSignal(page.work_told) as told:
        page.submit()
    opened, sentence = told.args
    assert sentence.startswith("Opened ESC-2026-0001 as P")
    undone = real_desk.base.commands.undoing.undo(opened.seqs, real_desk.base.coordinator)
    assert undone.label == opened.label == "Opening of ESC-2026-0001"


def test_what_is_missing_is_said_beside_the_field_and_the_first_gets_the_focus(page, qtbot):
    page.body.form.description.setFocus()
    page.submit()
    assert set(page.body.form.faults_shown()) == {"customer", "title", "severity"}
    assert page.body.form.customer.hasFocus()


def test_the_score_and_the_promises_follow_what_is_chosen(page, qtbot, around):
    fill_in(page, business_impact="5")
    settle(qtbot, around, page)
    before = page.body.outlook.outlook.score.value
    page.body.form.severity.segments.button("1").click()
    settle(qtbot, around, page)
    assert page.body.outlook.outlook.score.value > before
    assert all(time != "–" for time in page.body.outlook.promised().values())


def test_only_the_answer_to_the_latest_question_is_shown(page, qtbot, around):
    fill_in(page)
    settle(qtbot, around, page)
    page.body.form.severity.segments.button("1").click()
    page.body.asker._ask()
    page.body.form.severity.segments.button("4").click()
    settle(qtbot, around, page)
    term = next(t for t in page.body.outlook.outlook.score.terms if t.key == "technical_severity")
    assert term.why == "SEV4 Minor"


def test_an_unknown_customer_is_added_in_place(page, qtbot, around, real_desk):
    press(qtbot, "Tailspin Toys", K.Key_Tab)
    qtbot.waitUntil(lambda: page.body.form.new_customer.isVisible())
    page.body.form.new_customer.tier.button("strategic").click()
    page.body.form.new_customer.revenue.setText("4.2 M")
    page.body.form.title.setText("Toys stop")
    page.body.form.severity.segments.button("3").click()
    with qtbot.waitSignal(page.escalation_opened):
        page.submit()
    added = real_desk.customer.find("tailspin toys")
    assert (added.tier, added.revenue) == ("strategic", 4_200_000)


def test_the_issue_type_brings_its_severity_until_the_person_has_chosen_one(page):
    types = page.body.form.taxonomy._types
    types.setCurrentIndex(types.findData("payments_outage"))
    assert page.body.form.severity.value() == "1"
    page.body.form.severity.segments.button("3").click()
    types.setCurrentIndex(types.findData("payments_declined"))
    types.setCurrentIndex(types.findData("payments_duplicate"))
    assert page.body.form.severity.value() == "3"


def test_what_is_typed_is_kept_within_two_seconds(page, qtbot, real_desk, around):
    press(qtbot, K.Key_Tab)
    page.body.form.title.setFocus()
    press(qtbot, "Half a")
    assert page.keeper.is_waiting
    assert page.keeper._timer.interval() <= 2000
    page.keeper._timer.timeout.emit()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert [draft.body["title"] for draft in real_desk.draft.all(DRAFT_KIND)] == ["Half a"]
    assert page.head.kept == "draft kept 0 s ago"


def test_after_a_crash_the_draft_lies_open_again(qtbot, around, real_desk):
    content = Content(title="Before the crash", severity="2")
    real_desk.draft.save(DRAFT_KIND, "k1", content.to_body(), real_desk.coordinator.id)
    page = IntakePage(real_desk, around)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.body.content.title == "Before the crash")
    assert page.keeper.key == "k1"
    assert "You were writing this" in page.banners.texts()[0]
    page.banners.pressed.emit("draft", "anew")
    assert page.body.content.is_empty
    page.body.asker._timer.stop()


def test_a_draft_put_away_waits_in_the_list_until_it_is_wanted(page, qtbot, around, real_desk):
    fill_in(page)
    page.cancel()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    again = IntakePage(real_desk, around)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: again.body.form is not None and around.runner.pending == 0)
    assert again.body.content.is_empty
    entry = again.head.menu.actions()[0]
    assert "Northwind · Orders stop" in entry.text()
    entry.trigger()
    assert again.body.content.title == "Orders stop"
    again.body.asker._timer.stop()


def test_escape_leaves_and_keeps_the_draft(page, qtbot, around, real_desk):
    fill_in(page)
    with qtbot.waitSignals([page.leave_requested, page.message_requested]):
        press(qtbot, K.Key_Escape)
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert page.body.content.is_empty
    assert [draft.body["title"] for draft in real_desk.draft.all(DRAFT_KIND)] == ["Orders stop"]


def test_a_discarded_draft_can_be_brought_back(page, qtbot, around, real_desk):
    fill_in(page, description="long words")
    page.keeper.save()
    page.discard()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert page.body.content.is_empty
    assert real_desk.draft.all(DRAFT_KIND) == ()
    page.banners.pressed.emit("undo", "undo")
    assert page.body.content.description == "long words"


def test_a_pasted_message_fills_what_it_can_and_can_be_undone(page, qtbot, around):
    paste(page, qtbot, MAIL)
    qtbot.waitUntil(lambda: page.body.content.customer_id == 1)
    content = page.body.content
    assert (content.title, content.external_ref, content.source) == (
        "Orders stop, CASE-88120",
        "CASE-88120",
        "e-mail",
    )
    assert content.reporter == "Rita Holm <r.holm@northwind.example>"
    assert content.description == "Since noon."
    assert "title, reporter, reference and description" in page.banners.texts()[0]
    page.banners.pressed.emit("undo", "undo")
    assert page.body.content.is_empty


def test_a_pasted_message_leaves_alone_what_is_filled_in(page, qtbot, around):
    fill_in(page, reporter="me", description="Mine.")
    page.body.form.title.setFocus()
    paste(page, qtbot, MAIL)
    qtbot.waitUntil(lambda: bool(page.banners.texts()))
    content = page.body.content
    assert (content.title, content.reporter) == ("Orders stop", "me")
    assert content.description == "Mine.\n\nSince noon."


def test_a_megabyte_pasted_into_the_title_goes_into_the_description(page, qtbot, around):
    page.body.form.title.setFocus()
    text = "first words " + "x\u202e\x00y " * 250_000
    paste(page, qtbot, text)
    qtbot.waitUntil(lambda: bool(page.banners.texts()))
    assert page.body.content.title.startswith("first words")
    content = page.body.content
    assert len(content.title) <= 300
    assert len(content.description) < 30_000
    assert len(content.pieces[0].evidence.data) > 900_000


def test_a_megabyte_without_a_space_becomes_a_file(page, qtbot, around):
    page.body.form.description.setFocus()
    paste(page, qtbot, "x" * 1_000_000)
    qtbot.waitUntil(lambda: bool(page.banners.texts()))
    assert "attached as a file" in page.banners.texts()[0]


def test_a_picture_is_pasted_as_evidence(page, qtbot, around):
    from PySide6.QtGui import QImage

    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    QGuiApplication.clipboard().setImage(image)
    page.body.form.title.setFocus()
    qtbot.keyClick(page.body.form.title, K.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.body.content.pieces) == 1)
    assert page.body.content.pieces[0].name == "Pasted picture.png"


def test_a_likely_duplicate_is_joined_with_one_key(page, qtbot, around, real_desk):
    opened = real_desk.base.open(title="Orders stop at the payment page")
    piece = Piece(NewEvidence("trace.log", b"x", "text/plain"))
    fill_in(page, title="Orders stop at payment page", description="Also here.", pieces=(piece,))
    settle(qtbot, around, page)
    assert page.body.similar.best.id == opened.id
    with qtbot.waitSignal(page.work_done):
        qtbot.keyClick(page.body.form.title, K.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert "Also here." in real_desk.base.events(opened.id)[-2].body["text"]
    assert [piece.name for piece in real_desk.evidence.all(opened.id)] == ["trace.log"]
    assert len(all_of(real_desk)) == 1


def test_what_the_store_refuses_changes_nothing_in_the_form(page, qtbot, around, real_desk):
    fill_in(page, description="long words")
    settle(qtbot, around, page)
    real_desk.worker.fault = StoreError("The disk is full.", hint="Make room.")
    page.submit()
    qtbot.waitUntil(lambda: not page.sending.is_sending)
    assert page.body.content.description == "long words"
    assert "The disk is full." in page.banners.texts()[0]
    real_desk.worker.fault = None
    with qtbot.waitSignal(page.escalation_opened):
        page.submit()


def test_a_fault_the_desk_finds_stands_beside_its_field(page, qtbot, around, real_desk):
    fill_in(page)
    settle(qtbot, around, page)
    real_desk.worker.fault = DeskError("This reference is taken.", field="external_ref")
    page.submit()
    qtbot.waitUntil(lambda: not page.sending.is_sending)
    real_desk.worker.fault = None
    assert page.body.form.faults_shown() == {"external_ref": "This reference is taken."}


def test_a_draft_that_cannot_be_kept_is_said_to_be_unkept(page, qtbot, around, real_desk):
    settle(qtbot, around, page)
    real_desk.worker.fault = StoreError("The disk is full.")
    page.body.form.title.setFocus()
    press(qtbot, "words")
    page.keeper.save()
    qtbot.waitUntil(lambda: bool(page.keeper.fault))
    assert page.head.kept == "Draft not kept: The disk is full."
    real_desk.worker.fault = None


def test_it_fits_side_by_side_and_below_one_another(page, qtbot):
    from PySide6.QtWidgets import QBoxLayout

    page.resize(1200, 700)
    assert page.body._row.direction() == QBoxLayout.Direction.LeftToRight
    page.resize(640, 700)
    qtbot.waitUntil(lambda: page.body._row.direction() == QBoxLayout.Direction.TopToBottom)
