"""Who is told of every change of what a board shows."""

from desktop.domain.board import BoardRow


class BoardListener:
    """Is told of every change of what is shown, just before and just after, one row at a time.

    Does nothing by itself: override what is needed. As a Qt model wants it: `row_will_move` gives the place
    after the move, with the row taken out of its old one (`beginMoveRows` wants one more where that is
    further down).
    """

    def row_will_be_inserted(self, lane: str, position: int) -> None:
        """A row is about to be put before the one at `position`."""

    def row_inserted(self, lane: str) -> None:
        """It is there."""

    def row_will_be_removed(self, lane: str, position: int) -> None:
        """The row at `position` is about to go."""

    def row_removed(self, lane: str) -> None:
        """It is gone."""

    def row_will_move(self, lane: str, source: int, target: int) -> None:
        """The row at `source` is about to be at `target`."""

    def row_moved(self, lane: str) -> None:
        """It is there."""

    def row_changed(self, lane: str, position: int) -> None:
        """The row at `position` has other values."""

    def lane_will_reset(self, lane: str) -> None:
        """All rows of the lane are about to be others, or in another order."""

    def lane_reset(self, lane: str) -> None:
        """They are."""

    # ---- whether in sight or not, and never of rows that are loaded all at once

    def row_came(self, row: BoardRow) -> None:
        """A row is on the board that was not."""

    def row_worsened(self, row: BoardRow, step: int) -> None:
        """A row has come into a worse step, because time passed or because it was changed."""
