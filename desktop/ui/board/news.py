"""What a person should notice without looking for it: cards that pulse, and breaches that are spoken."""

from math import cos, pi

from PySide6.QtCore import QObject

from desktop.domain.board import BREACHED, BREACHING_SOON, BoardRow
from desktop.ui.board import words
from desktop.ui.board.cards import BoardCards
from desktop.ui.heartbeat import FRAMES_PER_S, Heartbeat
from desktop.ui.kit.announce import Announcer

_PULSES = 3
_HIGH = (1, 2)
#: More cards than this do not pulse at once: a wall of moving cards shows nobody where to look.
_PULSING_MOST = 12
_GLOWS = tuple((1 - cos(2 * pi * (frame + 1) / FRAMES_PER_S)) / 2 for frame in range(FRAMES_PER_S))


class Pulses(QObject):
    """Three pulses of a second each, then the card stands still (WCAG 2.2.2 and 2.3.1); never more.

    Moved by the heartbeat, which hurries only while something pulses.
    """

    def __init__(self, cards: BoardCards, heartbeat: Heartbeat) -> None:
        super().__init__(cards)
        self._cards = cards
        self._heartbeat = heartbeat
        self._frames: dict[int, int] = {}
        self._is_still = False
        heartbeat.quickly_ticked.connect(self._move)

    @property
    def ids(self) -> tuple[int, ...]:
        """The cards that pulse now."""
        return tuple(self._frames)

    def set_still(self, is_still: bool) -> None:
        """Whether nothing may move on this screen."""
        self._is_still = is_still
        if is_still:
            self._end()

    def start(self, row_id: int) -> None:
        """Let a card pulse, from its first pulse on."""
        if self._is_still or not self._heartbeat.is_running or len(self._frames) >= _PULSING_MOST:
            return
        self._frames[row_id] = 0
        self._heartbeat.hurry()

    def _move(self) -> None:
        if not self._frames:
            return
        self._cards.look.glows.clear()
        for row_id, frame in list(self._frames.items()):
            if frame >= _PULSES * FRAMES_PER_S:
                del self._frames[row_id]
            else:
                self._cards.look.glows[row_id] = _GLOWS[frame % FRAMES_PER_S]
                self._frames[row_id] = frame + 1
            self._cards.repaint_card(row_id)
        if not self._frames:
            self._end()

    def _end(self) -> None:
        for row_id in self._frames:
            self._cards.repaint_card(row_id)
        self._frames.clear()
        self._cards.look.glows.clear()
        self._heartbeat.calm()


class BoardNews(QObject):
    """Hears from the rows what came and what worsened, be it in sight or not."""

    def __init__(self, cards: BoardCards, heartbeat: Heartbeat, announcer: Announcer) -> None:
        super().__init__(cards)
        self._cards = cards
        self._announcer = announcer
        self.pulses = Pulses(cards, heartbeat)
        cards.teller.tell_news_to(self._note_came, self._note_worsened)

    def _note_came(self, row: BoardRow) -> None:
        if row.state == "new" and row.severity in _HIGH:
            self.pulses.start(row.id)

    def _note_worsened(self, row: BoardRow, step: int) -> None:
        if step >= BREACHING_SOON:
            self.pulses.start(row.id)
        if step == BREACHED:
            said = f"Breached: {row.number}, {words.customer(row)}, {words.title(row)}"
            self._announcer.say(self._cards, said, about=f"escalation:{row.id}", once=True)
