"""Replays for the window: a log, a desk of its own in a folder that is thrown away, and its player."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from desktop.command.replay import ReplayOptions, load_log, period_of, replay_desk
from desktop.domain.clock import Clock
from desktop.services.replay import SWEEP_SELDOM, Played, ReplayPlayer
from desktop.services.replay_report import ReplayReport
from desktop.ui.tickets.replay_page import ReplayWish


class ReplayDesk:
    """Opens replays for the replay page."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def open(self, wish: ReplayWish) -> "ThrownAwayReplay":
        """Read a log and make a desk for it.

        Raises: DeskError.
        """
        return ThrownAwayReplay(wish, self._clock)


class ThrownAwayReplay:
    """A replay as fast as this computer can, on a desk that is gone with it."""

    def __init__(self, wish: ReplayWish, clock: Clock) -> None:
        options = ReplayOptions(wish.file, zone=wish.zone, start=wish.start, end=wish.end)
        log = load_log(options, clock)
        start, end = period_of(options)
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="escalation-desk-replay-"))
            desk = replay_desk(Path(folder) / "replay.sqlite3", log, start, end, SWEEP_SELDOM)
            self.player: ReplayPlayer = stack.enter_context(desk)
            self._stack = stack.pop_all()

    @property
    def share(self) -> float:
        """How far it has come, 0 to 1."""
        return self.player.played.deeds / self.player.total

    def advance(self, most: int) -> Played:
        """Do the next deeds."""
        return self.player.advance(self.player.ends_at, most)

    def report(self) -> ReplayReport:
        """How the desk fared."""
        return self.player.report()

    def close(self) -> None:
        """Throw the replayed desk away; safe to repeat."""
        self._stack.close()
