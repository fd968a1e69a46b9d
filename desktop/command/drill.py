"""`drill`: scenarios proven, scored, taken in from lists of injects and written as such."""

import argparse
from pathlib import Path

from desktop.command.outcome import Outcome, counted
from desktop.domain.errors import DeskError


def run(options: argparse.Namespace) -> Outcome:
    """Do what the arguments of `drill` say."""
    if options.drill_command == "check":
        return check(options.file)
    if options.drill_command == "score":
        return score(options.scenario, options.log, is_explained=options.explain)
    if options.drill_command == "import":
        return take_in(options.msel, options.out, options.mapping, options.sheet)
    return write(options.scenario, options.format, options.out)


def check(path: Path) -> Outcome:
    """Prove a scenario."""
    from desktop.services.drill_file import read_file

    reading = read_file(path)
    faults = [
        {
            "line": each.line,
            "place": each.place,
            "message": each.message,
            "hint": each.hint,
            "warning": each.is_warning,
        }
        for each in reading.faults
    ]
    lines = tuple(f"{path.name}, {'(warning) ' if each.is_warning else ''}{each}" for each in reading.faults)
    data = {"faults": faults}
    if reading.errors:
        first = reading.errors[0]
        count = counted(len(reading.errors), "fault")
        return Outcome(lines, data, f"{path.name} has {count}, the first in {first}")
    scenario = reading.scenario
    if scenario is None:
        raise DeskError(f"{path.name} is no scenario.")
    told = (
        f"“{scenario.title}” can be played: {counted(len(scenario.injects), 'inject')}, "
        f"{counted(sum(1 for _ in scenario.expectations()), 'expectation')}, "
        f"{counted(sum(1 for _ in scenario.decisions()), 'decision')}, {scenario.pace.duration_s // 60} min."
    )
    return Outcome((*lines, told), data)


def score(scenario_path: Path, log_path: Path, *, is_explained: bool = False) -> Outcome:
    """Score a drill from its log."""
    from desktop.domain.drill_score import score_log
    from desktop.services.drill_file import load
    from desktop.services.drill_log_file import read_log
    from desktop.services.drill_report import as_json, as_lines

    scenario = load(scenario_path)
    found = score_log(scenario, read_log(log_path, scenario))
    return Outcome(as_lines(found), as_json(found, is_explained=is_explained))


def take_in(path: Path, out: Path, mapping: Path | None, sheet: str) -> Outcome:
    """Make a draft scenario of a list of injects."""
    from desktop.adapters.msel import read_msel
    from desktop.adapters.msel_mapping import load_mapping
    from desktop.services.drill_file import read_text, write_text

    imported = read_msel(path, load_mapping(mapping) if mapping is not None else None, sheet=sheet)
    text = write_text(imported.scenario)
    _save(out, text.encode())
    left = read_text(text).errors
    told = (
        f"{counted(len(imported.scenario.injects), 'inject')} written to {out} ({imported.dialect}).",
        *imported.told,
        *(f"To do: {each}" for each in left),
    )
    data = {
        "injects": len(imported.scenario.injects),
        "dialect": imported.dialect,
        "columns": dict(imported.columns),
        "told": list(imported.told),
        "to_do": [str(each) for each in left],
        "skipped": [{"row": each.row, "why": each.why} for each in imported.skipped],
    }
    lines = (*told, *(f"Row {each.row} skipped: {each.why}" for each in imported.skipped))
    return Outcome(lines, data)


def write(path: Path, form: str, out: Path) -> Outcome:
    """Write a scenario as a list of injects or as a pack."""
    from desktop.adapters.documents import markdown
    from desktop.adapters.documents.drill_pack import papers_of
    from desktop.adapters.msel_write import csv_bytes, xlsx_bytes
    from desktop.services.drill_file import load, write_text

    scenario = load(path)
    files: dict[str, bytes] = {}
    if form in ("msel-csv", "pack"):
        files[f"{scenario.id}-msel.csv"] = csv_bytes(scenario)
    if form in ("msel-xlsx", "pack"):
        files[f"{scenario.id}-msel.xlsx"] = xlsx_bytes(scenario)
    if form == "pack":
        for name, document in papers_of(scenario).items():
            files[f"{scenario.id}-{name}.md"] = markdown.render(document).encode()
        files[f"{scenario.id}.drill.yaml"] = write_text(scenario).encode()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeskError(
            f"{out} cannot be made: {error.strerror or error}.", hint="Choose another."
        ) from error
    for name, data in files.items():
        _save(out / name, data)
    names = sorted(files)
    return Outcome(tuple(str(out / name) for name in names), {"files": [str(out / name) for name in names]})


def _save(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise DeskError(
            f"{path} cannot be written: {error.strerror or error}.", hint="Choose another place."
        ) from error
