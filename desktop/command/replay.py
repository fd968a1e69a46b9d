"""`replay`: a log of ticket events played through a desk of its own."""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Event

from desktop.adapters.event_log import read_log, shipped_documents, tickets_beside, unheard
from desktop.adapters.tickets import open_table
from desktop.command.outcome import Outcome
from desktop.domain.clock import Clock, ManualClock
from desktop.domain.errors import DeskError
from desktop.domain.event_log import EventLog
from desktop.domain.ticket_dates import zone_of
from desktop.domain.ticket_mapping import TicketMapping
from desktop.options import backups_folder, local_zone
from desktop.services.desk import Desk
from desktop.services.import_preset import presets, recognised
from desktop.services.policy import default_policy
from desktop.services.replay import SWEEP_EVERY, SWEEP_SELDOM, ReplayPlayer, mappings_of

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class ReplayOptions:
    """What was asked for; `speed` 0 is as fast as this computer can, `database` None a throw-away one."""

    file: Path
    tickets: Path | None = None
    zone: str = ""
    start: str = ""
    end: str = ""
    speed: float = 0.0
    database: Path | None = None


def options_of(given: argparse.Namespace) -> ReplayOptions:
    """The options from the command line.

    Raises: DeskError.
    """
    from db.place import database_path

    return ReplayOptions(
        file=given.file,
        tickets=given.tickets,
        zone=given.zone,
        start=given.start,
        end=given.end,
        speed=_speed(given.speed),
        database=None if given.database is None else database_path(given.database),
    )


def run(options: ReplayOptions, clock: Clock, progress: Callable[[str], None]) -> Outcome:
    """Play the log to its end and report.

    Raises: DeskError when it cannot be read, or nothing happens in the period.
    """
    log = load_log(options, clock)
    start, end = period_of(options)
    with tempfile.TemporaryDirectory(prefix="escalation-desk-replay-") as folder:
        database = options.database or Path(folder) / "replay.sqlite3"
        with replay_desk(database, log, start, end, SWEEP_SELDOM) as player:
            began_s = clock.monotonic()
            _play(player, options.speed, clock, progress)
            took_s = clock.monotonic() - began_s
            report = player.report()
            played = player.played
    speed = f"{played.deeds:,} deeds in {took_s:.0f} s ({played.deeds / max(took_s, 0.001):,.0f} a second)."
    looked = f"Alarms were looked for every {SWEEP_SELDOM // timedelta(minutes=1)} minutes."
    lines = [*report.lines(), "", looked, speed]
    lines += [f"Not allowed by our rules, {count:,} times: {why}" for why, count in played.refused.items()]
    if options.database is not None:
        lines.append(f"The replayed desk is kept: escalation-desk --database {options.database}")
    data = report.data() | {
        "deeds": played.deeds,
        "sweeps": played.sweeps,
        "seconds": round(took_s, 1),
        "refused_deeds": played.refused,
    }
    return Outcome(tuple(lines), data)


def load_log(options: ReplayOptions, clock: Clock, told: Callable[[float], None] = unheard) -> EventLog:
    """The log of the options with its tickets; `told` hears how far it has come, 0 to 1, and may raise.

    Raises: DeskError.
    """
    beside = options.tickets or tickets_beside(options.file)
    mapping: TicketMapping | None = None
    if beside is not None:
        mapping = recognised(open_table(beside).columns, presets().values())
    return read_log(
        options.file,
        mappings_of(shipped_documents()),
        ticket_mapping=mapping,
        tickets=beside,
        zone=options.zone,
        fallback_zone=local_zone(),
        policy=default_policy(),
        now=clock.now(),
        told=told,
    )


@contextmanager
def replay_desk(
    database: Path,
    log: EventLog,
    start: datetime | None,
    end: datetime | None,
    sweep_every: timedelta = SWEEP_EVERY,
) -> Iterator[ReplayPlayer]:
    """A player on a new desk in this database, closed at the end.

    Raises: DeskError when the database is there already.
    """
    if database.exists():
        raise DeskError(
            f"{database} is there already.", field="database", hint="Name a new file for the replayed desk."
        )
    clock = ManualClock(min(event.opened_at or event.at for event in log.events))
    desk = Desk.open(database, backups_folder(database), clock)
    # What is replayed can be replayed again: no need to wait for the disk at each deed.
    desk.store.forgo_durability()
    try:
        yield ReplayPlayer(desk, clock, log, start=start, end=end, sweep_every=sweep_every)
    finally:
        desk.close()


def period_of(options: ReplayOptions) -> tuple[datetime | None, datetime | None]:
    """The days asked for, as instants in the log's zone.

    Raises: DeskError for a day that is none.
    """
    zone = zone_of(options.zone or local_zone())
    found: list[datetime | None] = []
    for text in (options.start, options.end):
        try:
            day = date.fromisoformat(text) if text else None
        except ValueError:
            raise DeskError(f"{text!r} is no day.", hint="Write it as 2016-03-01.") from None
        found.append(None if day is None else datetime.combine(day, time(), zone))
    return found[0], found[1]


def _play(player: ReplayPlayer, speed: float, clock: Clock, progress: Callable[[str], None]) -> None:
    pause = Event()
    began_s, starts_at = clock.monotonic(), player.starts_at
    while not player.is_over:
        if speed:
            to = starts_at + timedelta(seconds=(clock.monotonic() - began_s) * speed)
            player.advance(min(to, player.ends_at))
            pause.wait(0.2)
        else:
            player.advance(player.ends_at, most=_AT_ONCE)
        done = player.played
        progress(
            f"{done.deeds / player.total:4.0%}  {player.now:%Y-%m-%d %H:%M}  {done.opened:,} opened, "
            f"{done.alarms:,} alarms"
        )


def _speed(text: str) -> float:
    if text == "max":
        return 0.0
    try:
        speed = float(text)
    except ValueError:
        speed = -1.0
    if not 0 < speed < 1e9:
        raise DeskError(f"{text!r} is no speed.", hint="Use a number such as 600, or max.")
    return speed
