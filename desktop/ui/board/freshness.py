"""Keeps what is shown current: as rows come and change, and as time passes."""

from PySide6.QtCore import QObject

from desktop.domain.errors import DeskError
from desktop.ui.board.cards import BoardCards
from desktop.ui.board.feed import BoardFeed
from desktop.ui.board.sight import BoardSight
from desktop.ui.surroundings import Surroundings


class Freshness(QObject):
    """Hears the feed and the heartbeat, and brings the cards up to date."""

    def __init__(self, cards: BoardCards, feed: BoardFeed, sight: BoardSight, around: Surroundings) -> None:
        super().__init__(cards)
        self._cards = cards
        self._feed = feed
        self._sight = sight
        self._runner = around.runner
        self._reach_when_there = 0
        self._choose_when_there = 0
        feed.loaded.connect(self._show_loaded)
        feed.changed.connect(self._show_changed)
        feed.settled.connect(sight.show)
        feed.failed.connect(self._show_failure)
        around.heartbeat.ticked.connect(self._beat)
        around.heartbeat.slowly_ticked.connect(self._beat_slowly)

    def follow_current(self) -> None:
        """The current card is on its way elsewhere: go there with it once it has arrived."""
        self._reach_when_there = self._cards.selection.current
        self._feed.refresh(own=True)

    def choose_when_there(self, row_id: int) -> None:
        """Its card is still to come: select it then, if nobody has selected another one."""
        self._choose_when_there = row_id

    def tell_failure(self, error: DeskError) -> None:
        """Something could not be done or read; what is shown stays."""
        self._runner.error_raised.emit(error, self._cards)

    def _show_loaded(self) -> None:
        self._sight.show()
        selection = self._cards.selection
        if selection.current and not self._cards.reach(selection.current):
            selection.select_only(0)

    def _show_changed(self, removed: frozenset[int]) -> None:
        self._cards.selection.drop(removed)
        self._sight.show()
        if self._reach_when_there:
            self._cards.reach(self._reach_when_there)
            self._cards.focus_current()
            self._reach_when_there = 0
        wanted, selection = self._choose_when_there, self._cards.selection
        if wanted and self._cards.reach(wanted):
            self._choose_when_there = 0
            if not selection.current:
                selection.select_only(wanted)

    def _show_failure(self, error: DeskError) -> None:
        if self._feed.is_loaded:
            self.tell_failure(error)
        else:
            self._cards.say_failed(str(error))

    def _beat(self, now_us: int) -> None:
        if self._cards.tick(now_us, all_cards=False):
            self._sight.show()
        self._feed.beat()

    def _beat_slowly(self, now_us: int) -> None:
        self._cards.tick(now_us, all_cards=True)
        self._sight.show()
