"""Imports and replays as their pages ask for them; every call is for the worker."""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from desktop.adapters.tickets import open_table
from desktop.adapters.tickets_refused import save_refused
from desktop.command.importing import importer
from desktop.command.replay import ReplayOptions, load_log, period_of, replay_desk
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.person import Actor
from desktop.domain.ticket import TicketReader
from desktop.domain.ticket_mapping import TicketMapping
from desktop.domain.ticket_words import Word, words_of
from desktop.options import local_zone
from desktop.services.desk import Desk
from desktop.services.import_preset import presets, recognised
from desktop.services.importing import ImportJob, RefusedRow
from desktop.services.replay import SWEEP_SELDOM, Played
from desktop.services.replay_report import ReplayReport
from desktop.ui.tickets.ports import FoundTable, Reading
from desktop.ui.tickets.replay_page import ReplayWish

#: The mapping to begin with where none looks made for the file.
_ANY = "helpdesk"


class DeskImports:
    """The imports of one desk, in the operator's name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._service = importer(desk)

    def read(self, path: Path, encoding: str = "", separator: str = "", sheet: str = "") -> Reading:
        """Understand a file; what is empty is found out.

        Raises: DeskError.
        """
        table = open_table(path, encoding=encoding, separator=separator, sheet=sheet)
        mappings = (*self._service.saved(), *presets().values())
        found = recognised(table.columns, mappings)
        zone = self._desk.settings.current.zone or local_zone()
        return Reading(table, found or presets()[_ANY], found is not None, mappings, zone)

    def words(self, table: FoundTable, mapping: TicketMapping) -> tuple[Word, ...]:
        """The words of fields with choices."""
        reader = TicketReader(
            mapping.checked(), table.columns, self._desk.policy.active(), self._desk.clock.now()
        )
        return words_of(table.rows(), reader, mapping)

    def start(
        self, table: FoundTable, mapping: TicketMapping, *, dry: bool, add_people: bool
    ) -> ImportJob:
        """Begin an import, or the trial of one.

        Raises: DeskError when the mapping does not fit; NotAllowed.
        """
        return self._service.start(table, mapping, self._actor(), dry=dry, add_people=add_people)

    def save_mapping(self, mapping: TicketMapping) -> None:
        """Keep a mapping under its name."""
        self._service.save(mapping)

    def save_refused(self, path: Path, columns: Sequence[str], refused: Sequence[RefusedRow]) -> None:
        """Write refused rows with their reasons."""
        save_refused(path, columns, refused)

    def _actor(self) -> Actor:
        operator = self._desk.person.operator()
        if operator is None:
            raise DeskError("Nobody has said who works at this desk.", hint="Say so under Settings.")
        return operator.actor()


class LogReplay:
    """One replay as fast as this computer can, on a desk that is thrown away."""

    def __init__(self, options: ReplayOptions, clock: Clock) -> None:
        """Raises: DeskError when the log cannot be read, or nothing happens in the period."""
        start, end = period_of(options)
        log = load_log(options, clock)
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="escalation-desk-replay-"))
            database = Path(folder) / "replay.sqlite3"
            self._player = stack.enter_context(replay_desk(database, log, start, end, SWEEP_SELDOM))
            self._stack = stack.pop_all()

    def advance(self, most: int) -> Played:
        """Do the next deeds."""
        return self._player.advance(self._player.ends_at, most=most)

    @property
    def share(self) -> float:
        """How far it has come, 0 to 1."""
        return self._player.played.deeds / max(self._player.total, 1)

    def report(self) -> ReplayReport:
        """How the desk fared."""
        return self._player.report()

    def close(self) -> None:
        """Throw the replayed desk away; safe to repeat."""
        self._stack.close()


class LogReplays:
    """Opens replays."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def open(self, wish: ReplayWish) -> LogReplay:
        """Read a log and make a desk for it.

        Raises: DeskError.
        """
        options = ReplayOptions(file=wish.file, start=wish.start, end=wish.end, zone=wish.zone)
        return LogReplay(options, self._clock)

