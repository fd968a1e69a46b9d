"""Whatever happens to a board in whatever order: what is shown is what a plain filter and sort would show."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.domain import board_runs
from desktop.domain.board import BREACHED, OPEN_LANES, SORTS, BoardRow, step_of
from desktop.domain.board_filter import BoardFilter
from desktop.domain.board_layout import TABLE
from tests.domain.boards import MINUTE_US, NOW_US, Follower, a_board_row

rows = st.builds(
    a_board_row,
    id=st.integers(1, 40),
    left_min=st.none() | st.integers(-5, 200),
    state=st.sampled_from([*OPEN_LANES[:2], "resolved", "closed"]),
    clock_paused=st.booleans(),
    clock_step=st.integers(0, 4),
    score=st.integers(-1, 3),
    severity=st.integers(1, 2),
    owner_id=st.integers(0, 2),
    title=st.sampled_from(["Login fails", "login slow", "Export empty", ""]),
    snoozed_us=st.sampled_from([0, NOW_US + 3 * MINUTE_US]),
)
filters = st.one_of(
    st.just(BoardFilter()),
    st.builds(BoardFilter, text=st.sampled_from(["l", "log", "login", "login f", "o", "zzz"])),
    st.builds(BoardFilter, mine=st.just(1), unowned=st.booleans()),
    st.builds(
        BoardFilter, steps=st.frozensets(st.integers(0, 4), min_size=1), text=st.sampled_from(["", "l"])
    ),
    st.builds(BoardFilter, due_within_min=st.integers(1, 100), snoozed=st.booleans()),
)


class BoardMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.follower = Follower()
        self.board = self.follower.board
        self.rows: dict[int, BoardRow] = {}
        self.now_us = NOW_US
        self.board.load([], NOW_US)

    @rule(found=st.lists(rows, max_size=60))
    def load(self, found: list[BoardRow]) -> None:
        self.rows = {row.id: row for row in found if row.state != "closed"}
        self.board.load(found, self.now_us)

    @rule(
        changed=st.lists(rows, max_size=6),
        removed=st.lists(st.integers(1, 40), max_size=2),
        hold=st.booleans(),
    )
    def apply(self, changed: list[BoardRow], removed: list[int], hold: bool) -> None:
        before = {lane: self.follower.ids(lane) for lane in self.board.lanes}
        news = {row.id: row for row in changed}
        self.rows = {row_id: row for row_id, row in self.rows.items() if row_id not in removed} | news
        self.rows = {row_id: row for row_id, row in self.rows.items() if row.state != "closed"}
        self.board.apply(changed, removed, self.now_us, reorder=not hold)
        if hold:
            for lane, ids in before.items():
                after = self.follower.ids(lane)
                stayed = [row_id for row_id in after if row_id in ids and row_id not in news]
                assert stayed == [row_id for row_id in ids if row_id in stayed]

    @rule(minutes=st.sampled_from([0.5, 1, 7, 60]))
    def pass_time(self, minutes: float) -> None:
        self.now_us += round(minutes * MINUTE_US)
        self.board.tick(self.now_us)

    @rule()
    def put_the_clock_back(self) -> None:
        self.now_us -= 5 * MINUTE_US
        self.board.tick(self.now_us)

    @rule(wanted=filters)
    def filter(self, wanted: BoardFilter) -> None:
        self.board.set_filter(wanted, self.now_us)

    @rule(name=st.sampled_from(sorted(SORTS)), descending=st.none() | st.booleans())
    def order(self, name: str, descending: bool | None) -> None:
        self.board.set_order(name, descending)

    @rule(is_table=st.booleans())
    def lay_out(self, is_table: bool) -> None:
        self.board.set_layout(is_table=is_table)

    @rule()
    def settle(self) -> None:
        self.board.settle()

    @invariant()
    def what_is_shown_is_what_passes(self) -> None:
        passing = [row for row in self.rows.values() if self.board.filter.matches(row, self.now_us)]
        for lane in self.board.lanes:
            expected = [row for row in passing if lane in (TABLE, row.state)]
            shown = list(self.board.rows_of(lane))
            assert sorted(shown) == sorted(expected)
            if not self.board.is_unsettled:
                assert shown == sorted(expected, key=self.board.order.key)
        hidden = [row for row in self.rows.values() if row not in passing]
        assert self.board.counts.hidden == len(hidden)
        assert self.board.counts.hidden_breached == sum(step_of(row, self.now_us) == BREACHED for row in hidden)

    @invariant()
    def steps_are_counted(self) -> None:
        steps = [step_of(row, self.now_us) for row in self.rows.values()]
        assert self.board.counts.steps == tuple(steps.count(step) for step in range(5))

    @invariant()
    def whoever_listens_knows_the_same(self) -> None:
        for lane in (*OPEN_LANES, "resolved", TABLE):
            assert self.follower.followed(lane) == self.follower.ids(lane)

    @invariant()
    def every_row_is_found_where_it_is_shown(self) -> None:
        for lane in self.board.lanes:
            for position, row in enumerate(self.board.rows_of(lane)):
                assert self.board.locate(row.id) == (lane, position)


class ShortRunMachine(BoardMachine):
    """The same with runs so short that they are split and emptied all the time."""

    def __init__(self) -> None:
        self._length = board_runs.RUN_LENGTH
        board_runs.RUN_LENGTH = 2
        super().__init__()

    def teardown(self) -> None:
        board_runs.RUN_LENGTH = self._length


TestBoard = BoardMachine.TestCase
TestBoardOfShortRuns = ShortRunMachine.TestCase
for case in (TestBoard, TestBoardOfShortRuns):
    case.settings = settings(max_examples=50, stateful_step_count=30)
