"""The page of the roster over a real desk: what it shows, and what is done to it by keys."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.domain.instant import to_us
from desktop.domain.person import Role
from desktop.domain.time_off import TimeOff
from desktop.services.roster_values import NewOverride
from desktop.ui.roster.calendar_box import CalendarBox
from desktop.ui.roster.rows import Kind, Look
from desktop.wiring.roster_desk import DeskCalendars
from tests.ui.roster_support import RosterStand

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stand(real_desk, around, qtbot):
    real_desk.act_as(Role.LEAD)
    return RosterStand(real_desk, around, qtbot)


@pytest.fixture
def two(stand):
    """Cora and Leo take days in turn, Leo looks at it."""
    stand.rota(Role.COORDINATOR, Role.LEAD)
    stand.open()
    return stand


def view(stand):
    return stand.page.plan.view


def marked(stand):
    return stand.page.plan.marked_line.text()


def final(stand):
    return [(bar.words, bar.look) for bar in view(stand).rows[0].bars]


def on_call(stand, at):
    return [person.name for person in stand.roster.on_call("", at)]


def now(stand):
    return stand.around.clock.now()


def test_without_a_rota_the_page_teaches_and_begins(stand):
    page = stand.open()
    assert page.start.isVisible()
    assert page.start.build_button.hasFocus()
    assert [button.text() for button in page.start.ways.values()] == [
        "One person a week",
        "Follow the sun",
        "Day and night",
    ]


def test_the_plan_shows_who_is_on_call_then_people_then_layers(two):
    assert [row.kind for row in view(two).rows] == [Kind.FINAL, Kind.PERSON, Kind.PERSON, Kind.LAYER]
    assert [row.name for row in view(two).rows] == ["On call", "Cora Lind", "Leo Marsh", "Days"]


def test_the_shift_of_now_is_marked_and_said(two):
    said = marked(two)
    assert said.startswith("On call: ")
    assert view(two).row.bar_at(to_us(now(two))).start_us == view(two).cursor_now.start_us


def test_arrows_go_by_shifts_and_with_control_by_days(two):
    start = view(two).cursor_now.start_us
    two.press(Key.Key_Right)
    assert view(two).cursor_now.start_us == start + 86_400_000_000
    two.press(Key.Key_Right, held=CONTROL)
    assert view(two).cursor_now.start_us in view(two).period.midnights


def test_shift_and_arrow_make_the_span_longer(two):
    start, end = view(two).cursor_now.span
    two.press(Key.Key_Right, held=SHIFT)
    assert view(two).cursor_now.span == (start, end + 86_400_000_000)


def test_page_down_goes_on_a_week_and_home_comes_back(two):
    first = view(two).period
    two.press(Key.Key_PageDown)
    assert view(two).period == first.moved(1)
    two.press(Key.Key_Home)
    assert view(two).period == first


def test_beyond_the_last_shift_the_next_week_comes(two):
    first = view(two).period
    for _ in range(9):
        two.press(Key.Key_Right)
    assert view(two).period == first.moved(1)


def test_on_the_row_of_somebody_every_shift_of_the_rota_can_be_marked(two):
    two.press(Key.Key_Down, Key.Key_Right)
    first = marked(two)
    two.press(Key.Key_Right)
    assert view(two).row.name == "Cora Lind"
    assert ["not on call" in words for words in (first, marked(two))].count(True) == 1


def test_a_change_is_previewed_as_who_loses_and_who_gains(two):
    two.press(Key.Key_Right, Key.Key_O)
    form = two.page.changes.wish.form
    form.comes.set_value(two.id_of(Role.SENIOR_ENGINEER))
    words = two.looked()
    gone = form.goes.currentText()
    assert f"{gone} loses " in words
    assert ", Sana Ito gains it." in words
    assert "Told: " in words


def test_a_change_is_kept_and_can_be_taken_back(two):
    two.press(Key.Key_Right)
    at = view(two).cursor_now.start_us
    two.press(Key.Key_Return)
    two.page.changes.wish.form.comes.set_value(two.id_of(Role.SENIOR_ENGINEER))
    two.page.changes.wish.form.accept()
    two.settle()
    assert view(two).rows[0].bar_at(at).words == "Sana"
    assert two.page.says.said.text().startswith("Sana Ito is on call ")
    two.page.says.undo_button.click()
    two.settle()
    assert view(two).rows[0].bar_at(at).look is Look.SHIFT


def test_nobody_chosen_is_said_beside_the_field(two):
    two.press(Key.Key_Right, Key.Key_O)
    two.page.changes.wish.form.accept()
    assert "Choose who is on call then." in two.page.changes.wish.form.row("add_id").error


def test_taking_a_shift_needs_one_side_only(two):
    at = now(two) + timedelta(minutes=5)
    two.press(Key.Key_T)
    two.page.changes.wish.form.starts.set_instant(to_us(now(two)))
    two.page.changes.wish.form.ends.set_instant(to_us(now(two) + timedelta(days=3)))
    two.page.changes.wish.form.accept()
    two.settle()
    assert on_call(two, at) == ["Leo Marsh"]
    assert on_call(two, at + timedelta(days=2)) == ["Leo Marsh"]


def test_a_change_is_cancelled_by_delete(two):
    schedule_id = two.roster.schedules()[0].id
    start = now(two) + timedelta(hours=30)
    span = (start, start + timedelta(hours=2))
    new = NewOverride(*span, two.id_of(Role.TRAINER), None)
    two.roster.add_override(schedule_id, new, two.real.base.lead)
    two.page.refresh()
    two.settle()
    view(two).mark_at(0, to_us(start))
    two.press(Key.Key_Delete)
    assert "Theo Wynn loses" in two.looked()
    two.page.changes.wish.form.accept()
    two.settle()
    assert "Theo" not in " ".join(words for words, _ in final(two))


def test_what_is_past_cannot_be_changed_and_it_says_so(two):
    two.press(Key.Key_PageUp, Key.Key_O)
    assert two.page.changes.wish is None
    assert two.page.says.fault.text() == "This is past: it stays as it was."


def test_time_off_leaves_a_hole_that_is_said_before_and_shown_after(two):
    two.press(Key.Key_Right, Key.Key_L)
    form = two.page.changes.wish.form
    form.person.set_value(two.id_of(Role.LEAD))
    form.starts.set_instant(to_us(now(two)))
    form.ends.set_instant(to_us(now(two) + timedelta(days=4)))
    assert "Nobody is on call then." in two.looked()
    form.accept()
    two.settle()
    assert "Open: Desk" in two.page.says.said.text()
    assert ("Nobody", Look.GAP) in final(two)
    assert any(bar.look is Look.AWAY for row in view(two).rows for bar in row.bars)


def test_somebody_elses_shift_cannot_be_swapped(two):
    two.press(Key.Key_S)
    form = two.page.changes.wish.form
    assert all(form.other.itemText(at) != "Leo Marsh" for at in range(form.other.count()))
    assert form.shift.count() > 3


def test_a_swap_moves_shifts_only_when_both_want_it(two):
    two.press(Key.Key_S)
    form = two.page.changes.wish.form
    form.other.set_value(two.id_of(Role.COORDINATOR))
    form.back.setCurrentIndex(1)
    start = form.span()[0]
    assert "Leo Marsh loses" in two.looked()
    form.accept()
    two.settle()
    assert on_call(two, start) == ["Leo Marsh"]
    two.real.act_as(Role.COORDINATOR)
    two.page.refresh()
    two.settle()
    assert two.page.tabs.tabText(2) == "Swaps (1 for you)"
    two.page.show_tab(2)
    two.page.swaps.agree_button.click()
    assert "Leo Marsh loses" in two.looked()
    two.page.changes.wish.form.accept()
    two.settle()
    assert on_call(two, start) == ["Cora Lind"]


def test_whoever_is_asked_can_decline(two):
    two.press(Key.Key_S)
    two.page.changes.wish.form.other.set_value(two.id_of(Role.COORDINATOR))
    two.page.changes.wish.form.accept()
    two.settle()
    two.real.act_as(Role.COORDINATOR)
    two.page.refresh()
    two.settle()
    two.page.show_tab(2)
    two.page.swaps.decline_button.click()
    two.settle()
    assert [row.state for row in two.page.swaps.table.model().rows] == ["declined"]


def test_whoever_asked_can_withdraw_but_not_agree(two):
    two.press(Key.Key_S)
    two.page.changes.wish.form.other.set_value(two.id_of(Role.COORDINATOR))
    two.page.changes.wish.form.accept()
    two.settle()
    two.page.show_tab(2)
    assert not two.page.swaps.agree_button.isEnabled()
    assert "Cora Lind has not answered yet" in two.page.swaps.hint.text()
    two.page.swaps.withdraw_button.click()
    two.settle()
    assert [row.state for row in two.page.swaps.table.model().rows] == ["withdrawn"]


def test_a_finding_leads_to_its_place(stand):
    stand.rota(Role.LEAD, restrict=[{"from": "09:00", "to": "17:00"}])
    page = stand.open()
    page.show_tab(1)
    rows = page.findings.table.model().rows
    gap = next(at for at, row in enumerate(rows) if row.finding.fault == "gap")
    page.findings.table.selectRow(gap)
    page.findings.show_button.click()
    stand.settle()
    assert page.tabs.currentIndex() == 0
    assert "nobody: a gap" in marked(stand)


def test_quality_has_the_hours_of_everybody_behind_it(two):
    two.page.show_tab(4)
    two.settle()
    assert two.page.quality.coverage_words.text().startswith("Coverage ")
    assert {row.person for row in two.page.quality.table.model().rows} == {"Cora Lind", "Leo Marsh"}


def test_the_table_says_what_the_plan_shows(two):
    two.page.plan.head.view.button("table").click()
    table = two.page.plan.table
    said = [table.model().index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(3)]
    assert table.model().rowCount() == sum(len(row.bars) for row in view(two).rows)
    assert all(words.startswith("On call, ") for words in said)


def test_the_table_begins_where_the_plan_was_marked(two):
    two.press(Key.Key_Right, Key.Key_Right)
    span = view(two).cursor_now.span
    two.page.plan.head.view.button("table").click()
    line = two.page.plan.table.current()
    assert (line.bar.start_us, line.bar.end_us) == span
    assert view(two).cursor_now.span == span


def test_a_line_of_the_table_is_what_is_changed(two):
    two.page.plan.head.view.button("table").click()
    table = two.page.plan.table
    table.setFocus()
    table.selectRow(table.model().rowCount() - 1)
    line = table.current()
    assert view(two).cursor_now.start_us == max(line.bar.start_us, view(two).period.start_us)


def test_hovering_tells_the_time_in_the_zone_of_whoever_is_on_call(stand):
    person = stand.real.base.staff[Role.COORDINATOR]
    stand.real.person.edit(replace(person, zone="Asia/Tokyo"), stand.real.base.lead)
    stand.rota(Role.COORDINATOR)
    stand.open()
    box = view(stand).cursor_box()
    assert "Cora Lind: " in view(stand).text_at(box.center())
    assert "(Asia/Tokyo)" in view(stand).text_at(box.center())


def test_dragging_marks_full_hours(two):
    port, layout = view(two).viewport(), view(two)._layout
    place = layout.places[1]
    day = view(two).period.midnights[5]
    y = place.top + 10
    start, end = (round(layout.x_of(day + hours * 3_600_000_000)) for hours in (6, 12))
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(start, y))
    QTest.mouseMove(port, QPoint(start + 9, y))
    QTest.mouseMove(port, QPoint(end, y))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(end, y))
    assert view(two).cursor_now.span == (day + 6 * 3_600_000_000, day + 12 * 3_600_000_000)


def test_all_rotas_stand_below_one_another(stand):
    stand.rota(Role.LEAD, name="One")
    stand.rota(Role.COORDINATOR, name="Two")
    page = stand.open()
    page.plan.head.schedule.set_value(0)
    stand.settle()
    assert [row.name for row in view(stand).rows if row.kind is Kind.FINAL] == ["One", "Two"]


def test_a_shift_in_another_zone_is_shown_where_that_zone_has_it(two):
    two.page.plan.head.zone.offer([("UTC", "UTC"), ("Asia/Tokyo", "Asia/Tokyo")])
    two.page.plan.head.zone.set_value("Asia/Tokyo")
    two.settle()
    assert view(two).period.zone.key == "Asia/Tokyo"
    assert "18:00" in marked(two)  # handoffs are at 09:00 UTC


def test_only_who_plans_may_build_a_rota(stand):
    stand.real.act_as(Role.TRAINER)
    page = stand.open()
    page.start.build_button.click()
    assert page.why_not("roster.new") == "Leads and the on-call leader plan rotas."


def test_time_off_can_be_removed_and_brought_back(two):
    entry = TimeOff(0, two.id_of(Role.LEAD), now(two), now(two) + timedelta(days=2), "Holiday")
    two.services.roster.add_leave(entry)
    two.page.refresh()
    two.settle()
    two.page.show_tab(3)
    two.page.leave.remove_button.click()
    two.settle()
    assert two.services.roster.time_off() == []
    two.page.says.undo_button.click()
    two.settle()
    assert len(two.services.roster.time_off()) == 1


def test_leave_is_read_from_a_calendar_file(two, tmp_path):
    first = (now(two) + timedelta(days=1)).strftime("%Y%m%d")
    last = (now(two) + timedelta(days=4)).strftime("%Y%m%d")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", "BEGIN:VEVENT", "UID:a@x",
             f"DTSTART;VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{last}", "SUMMARY:Skiing", "END:VEVENT",
             "END:VCALENDAR", ""]  # fmt: skip
    file = tmp_path / "leave.ics"
    file.write_bytes("\r\n".join(lines).encode())
    box = two.page.leave_import
    box._found, box._person_id = two.page.plan.found, two.id_of(Role.LEAD)
    box.show_file(str(file))
    two.settle()
    assert "1 new entry" in box.form.preview.text()
    box.form.accept()
    two.settle()
    assert [entry.reason for entry in two.services.roster.time_off()] == ["Skiing"]


def test_shifts_are_written_as_a_calendar_file(two, tmp_path):
    two.services.calendars.write_calendar(str(tmp_path / "cora.ics"), person_id=two.id_of(Role.COORDINATOR))
    assert (tmp_path / "cora.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_no_address_is_made_while_nobody_could_read_it(two):
    address = two.services.calendars.add_link(person_id=two.id_of(Role.LEAD))
    assert address.url == ""
    assert "The listener is off" in address.why_not


def test_an_address_is_shown_once_to_be_copied_while_the_listener_hears(two):
    view_now = SimpleNamespace(is_listening=True, url="http://127.0.0.1:8080")
    hearing = SimpleNamespace(listening=lambda: SimpleNamespace(view=lambda: view_now))
    two.desk.settings.set("listener_on", True)
    calendars = DeskCalendars(two.desk, hearing)
    box = CalendarBox(calendars, two.page.plan.found, two.around.runner)
    two.qtbot.addWidget(box)
    box.make_button.click()
    two.settle()
    box.copy_button.click()
    assert QGuiApplication.clipboard().text().startswith("http://127.0.0.1:8080/v1/calendar/")
    assert [link.person_id for link in calendars.links()] == [two.id_of(Role.LEAD)]


def test_the_picture_of_a_month_shows_another_one_where_a_change_was_made(two):
    two.page.plan.head.unit.button("month").click()
    two.settle()
    before = view(two).viewport().grab().toImage()
    start = now(two) + timedelta(days=2)
    new = NewOverride(start, start + timedelta(days=3), two.id_of(Role.TRAINER), None)
    two.roster.add_override(two.roster.schedules()[0].id, new, two.real.base.lead)
    two.page.refresh()
    two.settle()
    assert view(two).viewport().grab().toImage() != before
