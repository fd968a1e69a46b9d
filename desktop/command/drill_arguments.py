"""The arguments of `drill` and its own commands."""

import argparse
from pathlib import Path
from typing import Any

FORMATS = ("msel-csv", "msel-xlsx", "pack")

MORE = """\
A scenario is a file NAME.drill.yaml; a log is JSON lines, one for each thing that happened.

examples:
  escalation-desk drill check charged-twice.drill.yaml
  escalation-desk drill score charged-twice.drill.yaml monday.jsonl --json
  escalation-desk drill import msel.xlsx --out draft.drill.yaml
  escalation-desk drill export charged-twice.drill.yaml --format pack --out for-monday
"""
_MAPPING = """\
Headings are found out; what is not, or wrongly, a mapping says:
  columns: {title: Beat, at: When, to: Who}
  times: minutes                       how 1:30 is meant: elapsed (hours), minutes, or clock
  start: "2026-03-02T09:00:00+01:00"   when the story begins
  title: "Spring drill"
A column can be: number, title, body, at, day, story, from, to, channel, track, phase, expected, notes,
priority, location, controller, type, trigger, condition, deadline, competence, critical, objectives.
"""


def fill(drill: argparse.ArgumentParser) -> None:
    """Give `drill` its commands."""
    commands = drill.add_subparsers(dest="drill_command", metavar="WHAT", title="commands", required=True)
    check = _one(commands, "check", "prove a scenario; names every fault with its line")
    check.add_argument("file", type=Path, metavar="FILE", help="the scenario, YAML or JSON")
    score = _one(commands, "score", "score a drill from its log")
    score.add_argument("scenario", type=Path, metavar="SCENARIO", help="what was played")
    score.add_argument("log", type=Path, metavar="LOG", help="what happened, JSON lines")
    score.add_argument(
        "--explain", action="store_true", help="with --json: why, down to the lines of the log"
    )
    taken = _one(commands, "import", "make a draft scenario of a list of injects (MSEL), CSV or XLSX")
    taken.add_argument("msel", type=Path, metavar="MSEL", help="the list")
    taken.add_argument("--out", type=Path, metavar="FILE", required=True, help="the scenario to write")
    taken.add_argument("--mapping", type=Path, metavar="FILE", help="which column is what, as YAML (below)")
    taken.epilog = _MAPPING
    taken.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook (found out)")
    given = _one(commands, "export", "write a scenario as a list of injects, or as a pack to print")
    given.add_argument("scenario", type=Path, metavar="SCENARIO", help="the scenario")
    given.add_argument("--format", choices=FORMATS, required=True, help="what to write")
    given.add_argument("--out", type=Path, metavar="DIR", required=True, help="the folder to write into")


def _one(commands: Any, name: str, about: str) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse's own
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=about,
        description=f"{about[0].upper()}{about[1:]}.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")
    return made
