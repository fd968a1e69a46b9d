from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.board import LANES
from desktop.domain.board_rows import BoardRows
from desktop.ui.board.lane_model import LaneModel, ModelTeller
from desktop.ui.board.look import BoardLook
from tests.factories import MONDAY_US
from tests.ui.board_support import a_row


def watched_board(theme):
    """Rows whose models are watched for every broken promise to Qt."""
    teller = ModelTeller()
    rows, look = BoardRows(teller), BoardLook(theme)
    look.now_us = MONDAY_US
    models = {lane.state: LaneModel(lane.title, rows.rows_of(lane.state), look) for lane in LANES}
    testers = []
    for state, model in models.items():
        teller.add(state, model)
        testers.append(QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal))
    return rows, models, testers


def test_the_models_keep_their_promises_through_every_change(theme):
    rows, models, _testers = watched_board(theme)
    rows.load([a_row(i, due_min=i * 7 % 50) for i in range(1, 40)], MONDAY_US)
    rows.apply([a_row(5, due_min=1), a_row(6, state="working"), a_row(90)], [7, 8], MONDAY_US)
    rows.apply([a_row(9, due_min=0), a_row(91)], [10], MONDAY_US, reorder=False)
    rows.settle()
    rows.set_order("severity")
    assert models["triaged"].rowCount() == 37
    assert models["working"].rowCount() == 1


def test_a_card_has_a_name_and_a_place_for_screen_readers(theme):
    rows, models, _testers = watched_board(theme)
    rows.load([a_row(1), a_row(2, due_min=95)], MONDAY_US)
    index = models["triaged"].index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("ESC-2026-0002, Checkout times out")
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "lane Triaged, card 2 of 2"
