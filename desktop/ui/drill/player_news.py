"""Tells the players that something has reached them: in passing, to the ear, and to a screen reader."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from desktop.domain.drill_view import Received
from desktop.ui.drill import player_words as words
from desktop.ui.sound import Sounder


class PlayerNews(QObject):
    """`is_loud` says whether this window may sound, `is_held` whether a room looks at it.

    Signals:
        said: (str) a sentence for the toast.
    """

    said = Signal(str)

    def __init__(
        self,
        sounder: Sounder,
        is_loud: Callable[[], bool],
        is_held: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sounder = sounder
        self._is_loud = is_loud
        self._is_held = is_held

    def tell(self, came: Sequence[Received]) -> None:
        """These have just come."""
        shown = [got for got in came if got.channel != "none" or got.body.strip()]
        if not shown:
            return
        if len(shown) == 1:
            self.said.emit(f"{words.news(shown[0])} ({words.addressed(shown[0])})")
        else:
            self.said.emit(f"{len(shown)} new messages, the last: {words.news(shown[-1])}")
        if self._is_loud() and not self._is_held():
            self._sounder.play(max(words.look_of(got.channel).chimes for got in shown))
