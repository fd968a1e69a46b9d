"""The arguments of the command line, and the help that needs no manual."""

import argparse
from collections.abc import Set
from pathlib import Path
from typing import NoReturn

from desktop.command import drill_arguments

MISUSED = 2

_EVERYWHERE = ("replay", "new", "self_test", "database", "sample", "json")  # may stand before a command
_ON_A_DESK = frozenset({"database", "sample", "json"})  # what most commands can be told of these
_FITS = {
    "replay": frozenset({"database", "json"}),
    "menu-entry": frozenset({"json"}),
    "drill": frozenset({"json"}),
}

_ABOUT = """\
Escalation Desk: escalations on a board that ages, with alarms that reach your desktop.
Without a command it opens the window.
"""
_MORE = """\
examples:
  escalation-desk                                  open your desk
  escalation-desk --new                            log a new escalation, in the open window if there is one
  escalation-desk --sample                         try it with made-up escalations, apart from your own
  escalation-desk --database ~/team.sqlite3        open another desk
  escalation-desk --replay log_events.csv          watch a past log as a live board
  escalation-desk import tickets.csv --dry-run     see what an import would do
  escalation-desk import incidents.csv --preset servicenow --zone Europe/Lisbon
  escalation-desk replay log_events.csv --from 2016-03-01 --to 2016-04-01
  escalation-desk verify                           is the history as it was written?
  escalation-desk backup                           make a verified backup now
  escalation-desk restore newest                   put the newest backup in place
  escalation-desk drill check charged-twice.drill.yaml
  escalation-desk doctor                           what does this computer lack?
  escalation-desk menu-entry                       put the program into your desktop's menu

Each command has its own --help. They need no display. They end with 0 only when all is well, else with 1 and
one line on standard error that says what is not (2: called wrongly). --json prints one JSON object instead.

where things lie (doctor prints the exact places):
  Linux    ~/.local/share/io.github.escalationdesk.EscalationDesk/desk.sqlite3, backups beside it
  macOS    ~/Library/Application Support/io.github.escalationdesk.EscalationDesk
  Windows  %LOCALAPPDATA%\\io.github.escalationdesk.EscalationDesk

environment:
  XDG_DATA_HOME      another place for the data (Linux)
  QT_QPA_PLATFORM    how Qt draws: xcb, wayland, offscreen
  QT_SCALE_FACTOR    larger or smaller windows: 1.25
"""


class _Parser(argparse.ArgumentParser):
    """Says in one line what is wrong with the arguments."""

    def error(self, message: str) -> NoReturn:
        self.exit(MISUSED, f"{self.prog}: {message}. See {self.prog} --help.\n")


def parser() -> argparse.ArgumentParser:
    """The command line's own description."""
    top = _Parser(
        prog="escalation-desk",
        description=_ABOUT,
        epilog=_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=_version())
    top.add_argument(
        "--replay", type=Path, metavar="FILE", help="watch a log of events (*_events.csv) as a live board"
    )
    top.add_argument("--new", action="store_true", help="begin with the form of a new escalation")
    top.add_argument(
        "--self-test", action="store_true", help="try the program on a throw-away desk, no window"
    )
    _common(top, _ON_A_DESK, default=True)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _import_parser(commands)
    _replay_parser(commands)
    _keeping_parsers(commands)
    drill_arguments.fill(
        _add(commands, "drill", "check, score, import and export drill scenarios", drill_arguments.MORE)
    )
    _add(
        commands,
        "doctor",
        "check Python, Qt, libraries, display, notifications, fonts, database, disk, backups",
        _DOCTOR_MORE,
    )
    entry = _add(commands, "menu-entry", "put the program into the menu of a Linux desktop", _ENTRY_MORE)
    entry.add_argument("--remove", action="store_true", help="take it out of the menu again")
    return top


def check(options: argparse.Namespace) -> str:
    """What contradicts itself in the arguments, as a sentence without its stop; empty when nothing does."""
    given = [name for name in _EVERYWHERE if getattr(options, name) not in (None, False)]
    if options.command is not None:
        fits: Set[str] = _FITS.get(options.command, _ON_A_DESK)
        where = f"with the command {options.command}"
    elif options.self_test:
        fits, where = {"self_test", "json"}, "with --self-test"
    elif options.replay is not None:
        fits, where = {"replay"}, "with --replay, which shows a desk of its own"
    else:
        fits, where = {"database", "sample", "new"}, "without a command"
    for name in given:
        if name not in fits:
            return f"--{name.replace('_', '-')} cannot be used {where}"
    if options.database is not None and options.sample:
        return "--database and --sample name two desks; give one of them"
    return ""


def _common(to: argparse.ArgumentParser, fits: Set[str], *, default: bool) -> None:
    # Given before or after the command: what a subcommand is not told must not undo what was said before it.
    nothing = None if default else argparse.SUPPRESS
    off = False if default else argparse.SUPPRESS
    if "database" in fits:
        to.add_argument(
            "--database", metavar="PATH_OR_URL", default=nothing, help="another desk than your own"
        )
    if "sample" in fits:
        to.add_argument(
            "--sample", action="store_true", default=off, help="the sample desk instead of your own"
        )
    to.add_argument("--json", action="store_true", default=off, help="print one JSON object (commands only)")


def _add(
    commands: "argparse._SubParsersAction[_Parser]", name: str, about: str, more: str = ""
) -> argparse.ArgumentParser:
    made = commands.add_parser(
        name,
        help=about,
        description=f"{about[0].upper()}{about[1:]}.",
        epilog=more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _common(made, _FITS.get(name, _ON_A_DESK), default=False)
    return made


_VERIFY_MORE = """\
Nothing is written. It ends with 1 and names the first event that was altered, removed or added.
"""
_BACKUP_MORE = """\
The desk may be open meanwhile. Backups are also made at the start when the newest is older than a day, and
before the database is brought to a new version; the newest 14 are kept.

examples:
  escalation-desk backup --folder /media/stick
  escalation-desk backup --list
"""
_RESTORE_MORE = """\
Close the desk's window first. The backup is looked through before and after; what was there stays beside it
under a name that is printed.

examples:
  escalation-desk restore newest
  escalation-desk restore ~/desk-from-yesterday.sqlite3 --database ~/team.sqlite3
"""
_DOCTOR_MORE = """\
Nothing is changed. Each line is ok, warn or fail, with what to do; anything but ok ends it with 1.
"""
_ENTRY_MORE = """\
It writes two files below ~/.local/share, an entry in applications and an icon in icons, and says where.
"""


def _keeping_parsers(commands: "argparse._SubParsersAction[_Parser]") -> None:
    _add(commands, "verify", "check the database and its audit chain; names the first fault", _VERIFY_MORE)
    backup = _add(
        commands, "backup", "make a verified backup of the database, even while it is in use", _BACKUP_MORE
    )
    backup.add_argument("--list", action="store_true", help="list the backups there are instead")
    backup.add_argument("--folder", type=Path, help="where backups lie (beside the database)")
    restore = _add(
        commands,
        "restore",
        "put a backup in the database's place; the present one is set aside",
        _RESTORE_MORE,
    )
    restore.add_argument("backup", metavar="BACKUP", help="a backup file, its name, or: newest")
    restore.add_argument("--folder", type=Path, help="where backups lie (beside the database)")


_IMPORT_MORE = """\
The file's encoding, separator and mapping are found out when they are not given. Rows already imported are
found by their reference and updated, never doubled; a field is updated only when the file has news of it.
A mapping is a YAML file: start from one with  escalation-desk import --show-preset servicenow > mine.yaml

examples:
  escalation-desk import incidents.csv --preset servicenow --zone Europe/Lisbon --dry-run
  escalation-desk import bugs.csv --field customer="SeaMonkey users" --refused refused.csv
  escalation-desk import list.xlsx --mapping mine.yaml --save-mapping "Our help desk"
"""


def _import_parser(commands: "argparse._SubParsersAction[_Parser]") -> None:
    to = _add(commands, "import", "import tickets from a CSV, TSV or XLSX file", _IMPORT_MORE)
    to.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="the tickets, with a row of column names"
    )
    to.add_argument(
        "--preset", default="", metavar="NAME", help="a shipped mapping: bugzilla, helpdesk, jira, servicenow"
    )
    to.add_argument(
        "--mapping", default="", metavar="NAME_OR_YAML", help="a mapping saved at the desk, or a YAML file"
    )
    to.add_argument("--field", action="append", default=[], type=_field, metavar="FIELD=TEMPLATE",
                    help="fill a field otherwise: title='{kind}: {text}'; repeatable")  # fmt: skip
    to.add_argument(
        "--zone", default="", metavar="NAME", help="time zone of dates that do not say theirs: Europe/Berlin"
    )
    to.add_argument("--encoding", default="", metavar="NAME", help="utf-8, cp1252, utf-16, ...")
    to.add_argument("--separator", default="", metavar="SIGN", help="the sign between cells: , ; tab |")
    to.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook (the first)")
    to.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
    to.add_argument(
        "--refused", type=Path, metavar="FILE", help="save the refused rows with their reasons as CSV"
    )
    to.add_argument(
        "--add-people", action="store_true", help="make people of owners that are not at this desk yet"
    )
    to.add_argument(
        "--save-mapping", default="", metavar="NAME", help="keep the mapping at the desk under a name"
    )
    to.add_argument("--show-preset", default="", metavar="NAME", help="print a shipped mapping as YAML")


_REPLAY_MORE = """\
Plays a log of ticket events through a desk of its own on a clock moved by hand, with every commitment and
alarm of our policy, and reports what would have been met. Your own desk is never touched; --database keeps
the replayed desk under a name so that the window can open it.

examples:
  escalation-desk replay servicenow_events.csv --zone Europe/Lisbon --from 2016-03-01 --to 2016-04-01
  escalation-desk replay servicenow_events.csv --speed 600        one hour in six seconds
"""


def _replay_parser(commands: "argparse._SubParsersAction[_Parser]") -> None:
    to = _add(
        commands,
        "replay",
        "play a log of ticket events (*_events.csv) through a desk and report",
        _REPLAY_MORE,
    )
    to.add_argument("file", type=Path, metavar="FILE", help="the log, one row for each change of a ticket")
    to.add_argument(
        "--tickets", type=Path, metavar="FILE", help="the tickets themselves (found beside FILE by its name)"
    )
    to.add_argument(
        "--zone", default="", metavar="NAME", help="time zone of dates that do not say theirs: Europe/Berlin"
    )
    to.add_argument(
        "--from", dest="start", default="", metavar="DATE", help="begin with tickets opened on this day"
    )
    to.add_argument("--to", dest="end", default="", metavar="DATE", help="stop on this day")
    to.add_argument("--speed", default="max", help="times as fast as life, such as 600, or max")


def _field(text: str) -> tuple[str, str]:
    key, mark, source = text.partition("=")
    if not mark:
        raise argparse.ArgumentTypeError(f"{text!r} is not FIELD=TEMPLATE")
    return key.strip(), source.strip()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"escalation-desk {version('escalation-desk')}"
    except PackageNotFoundError:
        return "escalation-desk (not installed)"
