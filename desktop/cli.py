"""The command line: the window without an argument, and what needs no window as subcommands."""

import gc
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import DeskError
from desktop.options import WindowOptions, default_database, sample_database

# Everything else is imported where it is used: a window's start must not wait for what imports need.
if TYPE_CHECKING:
    import argparse

    from desktop.command.outcome import Outcome
    from desktop.domain.clock import Clock

WELL, NOT_WELL, INTERRUPTED = 0, 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; gives the exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    if (window := window_options(given)) is not None:
        return _window(window)
    options = _parsed(given)
    try:
        if options.command is None and not options.self_test:
            return _window(WindowOptions(options.database, options.sample, options.replay, new=options.new))
        outcome = _run(options)
        _print(outcome, as_json=options.json)
    except DeskError as error:
        return _failed(str(error), as_json=options.json)
    except KeyboardInterrupt:
        return _failed("Stopped.", as_json=False, status=INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has left; nobody is there to be told
        return NOT_WELL
    if outcome.wrong:
        print(_one_line(outcome.wrong), file=sys.stderr)
        return NOT_WELL
    return WELL


def window_options(arguments: Sequence[str]) -> WindowOptions | None:
    """The window that is wanted where that is plain to see; None where the parser has to look.

    To make the parser with all its commands takes a quarter of the time in which a bare window opens.
    """
    match list(arguments):
        case []:
            return WindowOptions()
        case ["--new"]:
            return WindowOptions(new=True)
        case ["--sample"]:
            return WindowOptions(sample=True)
        case ["--database", database] if not database.startswith("-"):
            return WindowOptions(database)
    return None


def _parsed(arguments: Sequence[str]) -> "argparse.Namespace":
    from desktop.command.arguments import check, parser

    described = parser()
    options = described.parse_args(arguments)
    if fault := check(options):
        described.error(fault)
    return options


def _window(options: WindowOptions) -> int:
    # Until everything is loaded there is next to nothing to collect; what there is then stays.
    gc.disable()
    from desktop.display import missing_display

    if lacking := missing_display():
        return _failed(lacking, as_json=False)
    from desktop import toolkit

    toolkit.bring_in()
    from desktop.main import run_window

    try:
        return run_window(options)
    except DeskError as error:
        return _failed(str(error), as_json=False)
    except KeyboardInterrupt:
        return _failed("Stopped.", as_json=False, status=INTERRUPTED)


def _run(options: "argparse.Namespace") -> "Outcome":
    from desktop.domain.clock import SystemClock

    clock = SystemClock()
    if options.self_test:
        from desktop.command import self_test

        return self_test.run(clock)
    if options.command == "menu-entry":
        from desktop.command import menu_entry

        return menu_entry.remove() if options.remove else menu_entry.install()
    if options.command == "drill":
        from desktop.command import drill

        return drill.run(options)
    return _run_on(_database(options), options, clock)


def _run_on(database: Path, options: "argparse.Namespace", clock: "Clock") -> "Outcome":
    if options.command == "import":
        return _import(options, database)
    if options.command == "replay":
        from desktop.command import replay

        return replay.run(replay.options_of(options), clock, _progress(options))
    if options.command == "doctor":
        from desktop.command import doctor

        return doctor.examine(database, clock)
    from desktop.command import keeping

    if options.command == "verify":
        return keeping.verify(database)
    if options.command == "backup":
        return keeping.backup(database, options.folder, clock, only_list=options.list)
    return keeping.restore(database, options.backup, options.folder, clock)


def _import(options: "argparse.Namespace", database: Path) -> "Outcome":
    from desktop.command import importing
    from desktop.domain.clock import SystemClock

    if options.show_preset:
        return importing.show_preset(options.show_preset)
    if options.file is None:
        from desktop.command.arguments import parser

        parser().error("import needs a FILE")
    wanted = importing.ImportOptions(
        file=options.file,
        preset=options.preset,
        mapping=options.mapping,
        zone=options.zone,
        encoding=options.encoding,
        separator=options.separator,
        sheet=options.sheet,
        fields=dict(options.field),
        dry_run=options.dry_run,
        refused=options.refused,
        add_people=options.add_people,
        save_as=options.save_mapping,
    )
    return importing.run(database, wanted, SystemClock(), _progress(options))


def _database(options: "argparse.Namespace") -> Path:
    if options.database is None:
        return sample_database() if options.sample else default_database()
    from db.place import database_path

    return database_path(options.database)


def _progress(options: "argparse.Namespace") -> "_Progress":
    return _Progress(is_shown=sys.stderr.isatty() and not options.json)


class _Progress:
    """One line on a terminal that is written over, and cleared at the end of the program's wait."""

    def __init__(self, *, is_shown: bool) -> None:
        self._is_shown = is_shown

    def __call__(self, said: str) -> None:
        if self._is_shown:
            print(f"\r\x1b[K{said}", end="", file=sys.stderr, flush=True)


def _print(outcome: "Outcome", *, as_json: bool) -> None:
    if sys.stderr.isatty() and not as_json:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    if as_json:
        data = {"ok": not outcome.wrong, "wrong": outcome.wrong} | outcome.data
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for line in outcome.lines:
        print(line)


def _failed(sentence: str, *, as_json: bool, status: int = NOT_WELL) -> int:
    if as_json:
        print(json.dumps({"ok": False, "wrong": sentence}, ensure_ascii=False, indent=2))
    print(_one_line(sentence), file=sys.stderr)
    return status


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


if __name__ == "__main__":
    sys.exit(main())
