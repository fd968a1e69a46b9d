"""Parent and children on the panel, and what is alike, over a real desk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from desktop.domain.person import Role
from desktop.services.family import FamilyService
from desktop.ui.escalation.commands import EscalationCommands
from desktop.ui.escalation.panel import DetailPanel


@pytest.fixture
def family(real_desk):
    return FamilyService(cases=real_desk.escalations.cases, search=real_desk.search)


@pytest.fixture
def panel(qtbot, around, real_desk, tmp_path):
    made = DetailPanel(
        real_desk,
        runner=around.runner,
        theme=around.theme,
        icons=around.icons,
        heartbeat=around.heartbeat,
        viewing_folder=tmp_path / "view",
        keys_of=around.actions.first_key,
    )
    qtbot.addWidget(made)
    made.resize(380, 800)
    made.show()
    return made


@pytest.fixture
def asker(qtbot, around, real_desk):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1024, 768)
    with qtbot.waitExposed(window):
        window.show()
    return EscalationCommands(
        real_desk,
        window=window,
        runner=around.runner,
        heartbeat=around.heartbeat,
        row_of={}.get,
    )


@pytest.fixture
def pair(real_desk, family):
    parent, child = real_desk.base.open(title="Cards fail"), real_desk.base.open(title="Cards fail in Oslo")
    family.set_parent(child.id, parent.id, real_desk.base.coordinator)
    return parent, child


def shown(panel, qtbot, around, escalation_id):
    panel.show_escalation(escalation_id)
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    return panel.parts.family


def similar(asker, qtbot, around, escalation_id):
    asker.run("escalation.similar", (escalation_id,))
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    return asker._similar.popover.content


def test_without_a_family_nothing_is_made(panel, qtbot, around, real_desk):
    assert shown(panel, qtbot, around, real_desk.base.open().id) is None


def test_a_child_says_who_announces_for_it(panel, qtbot, around, pair):
    parent, child = pair
    section = shown(panel, qtbot, around, child.id)
    said, line = section.texts()
    assert said == f"Part of {parent.number}, which announces for it."
    assert line.startswith(f"{parent.number.replace('2026-', '')}  Cards fail · Northwind")


def test_a_parent_lists_its_children_and_says_that_only_it_announces(panel, qtbot, around, pair):
    parent, child = pair
    section = shown(panel, qtbot, around, parent.id)
    assert section.texts()[0] == "1 child: only this one announces."
    assert child.number[-4:] in section.texts()[1]
    assert section._leave.isHidden()


def test_a_relative_opens_by_its_link(panel, qtbot, around, pair):
    parent, child = pair
    section = shown(panel, qtbot, around, child.id)
    with qtbot.waitSignal(panel.open_escalation_requested) as asked:
        qtbot.mouseClick(section._lines[0]._link, Qt.MouseButton.LeftButton)
    assert asked.args == [parent.id]


def test_of_many_children_the_rest_is_shown_on_demand(panel, qtbot, around, real_desk, family):
    parent = real_desk.base.open()
    for _ in range(9):
        family.set_parent(real_desk.base.open().id, parent.id, real_desk.base.coordinator)
    section = shown(panel, qtbot, around, parent.id)
    assert (len(section.texts()), section._more.text()) == (6, "Show 4 more")
    section._more.click()
    assert len(section.texts()) == 10


def test_once_the_parent_has_ended_the_child_announces_itself(panel, qtbot, around, pair, real_desk):
    parent, child = pair
    real_desk.escalations.transition.to_standard(parent.id, real_desk.base.coordinator, "Not ours")
    section = shown(panel, qtbot, around, child.id)
    assert section.texts()[0].endswith("this announces for itself.")


def test_a_change_of_a_relative_is_shown(panel, qtbot, around, pair, real_desk):
    parent, child = pair
    section = shown(panel, qtbot, around, parent.id)
    real_desk.escalations.transition.acknowledge(child.id, real_desk.base.coordinator, "seen")
    panel.notice_changed({child.id})
    qtbot.waitUntil(lambda: "Acknowledged" in section.texts()[1])


def test_make_child_of_asks_for_the_parent_and_can_be_undone(asker, qtbot, around, real_desk, family):
    parent, child = real_desk.base.open(), real_desk.base.open()
    asker.run("escalation.set_parent", (child.id,))
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    with qtbot.waitSignal(asker.work_done) as told:
        asker._accepted({"parent_id": str(parent.id), "reason": "one cause"})
    assert family.family(child.id).parent.id == parent.id
    real_desk.escalations.undoing.undo(told.args[0][0].seqs, real_desk.base.coordinator)
    assert family.family(child.id).parent is None


def test_removed_from_its_parent_it_stands_alone(asker, qtbot, pair, family):
    with qtbot.waitSignal(asker.work_done):
        asker.run("escalation.clear_parent", (pair[1].id,))
    assert family.family(pair[1].id).parent is None


def test_one_without_a_parent_says_why_it_cannot_be_removed(asker, panel, qtbot, around, real_desk):
    panel.states_read.connect(asker.notice_shown)
    alone = real_desk.base.open()
    shown(panel, qtbot, around, alone.id)
    assert asker.why_not("escalation.clear_parent", (alone.id,)) == "It is part of no other."


def test_similar_ones_are_listed_with_the_reason(asker, qtbot, around, real_desk):
    one, other = real_desk.base.open(title="Cards fail in Oslo"), real_desk.base.open(title="Cards fail")
    listing = similar(asker, qtbot, around, one.id)
    assert [(row.hit.id, row.why) for row in listing.model.rows] == [
        (other.id, "Same customer, similar title")
    ]


def test_a_similar_one_becomes_the_parent(asker, qtbot, around, real_desk, family):
    one, other = real_desk.base.open(title="Cards fail in Oslo"), real_desk.base.open(title="Cards fail")
    listing = similar(asker, qtbot, around, one.id)
    assert listing.child.text() == f"Make child of {other.number}"
    with qtbot.waitSignal(asker.work_done):
        listing.child.click()
    assert family.family(one.id).parent.id == other.id


def test_a_similar_one_is_taken_in_as_a_child(asker, qtbot, around, real_desk, family):
    one, other = real_desk.base.open(title="Cards fail in Oslo"), real_desk.base.open(title="Cards fail")
    with qtbot.waitSignal(asker.work_done):
        similar(asker, qtbot, around, one.id).parent_.click()
    assert family.family(other.id).parent.id == one.id


def test_it_is_merged_into_a_similar_one(asker, qtbot, around, real_desk):
    one, other = real_desk.base.open(title="Cards fail in Oslo"), real_desk.base.open(title="Cards fail")
    with qtbot.waitSignal(asker.work_done):
        similar(asker, qtbot, around, one.id).merge.click()
    assert real_desk.base.get(one.id).merged_into_id == other.id


def test_who_may_not_sees_what_is_alike_and_why_nothing_is_done(asker, qtbot, around, real_desk):
    one = real_desk.base.open(title="Cards fail in Oslo")
    real_desk.base.open(title="Cards fail")
    real_desk.act_as(Role.ON_CALL)
    listing = similar(asker, qtbot, around, one.id)
    assert not listing.child.isEnabled()
    assert "Only a coordinator or a lead" in listing.child.toolTip()


def test_enter_on_a_similar_one_opens_it(asker, qtbot, around, real_desk):
    one, other = real_desk.base.open(title="Cards fail in Oslo"), real_desk.base.open(title="Cards fail")
    listing = similar(asker, qtbot, around, one.id)
    with qtbot.waitSignal(asker.open_escalation_requested) as asked:
        qtbot.keyClick(listing.table, Qt.Key.Key_Return)
    assert asked.args == [other.id]


def test_where_nothing_is_alike_it_says_so(asker, qtbot, around, real_desk):
    listing = similar(asker, qtbot, around, real_desk.base.open(title="Zebra").id)
    assert listing.table.isHidden()
