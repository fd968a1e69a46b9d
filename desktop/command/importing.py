"""`import`: a file of tickets into the desk, or only tried."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop.adapters.tickets import TicketTable, open_table
from desktop.adapters.tickets_refused import save_refused
from desktop.command.outcome import Outcome, counted
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.person import Actor, Role
from desktop.domain.ticket import says_its_zone
from desktop.domain.ticket_dates import zone_of
from desktop.domain.ticket_mapping import TicketMapping
from desktop.options import backups_folder, local_zone
from desktop.services.desk import Desk
from desktop.services.import_preset import from_yaml, preset, presets, recognised, to_yaml
from desktop.services.importing import ImportReport, ImportService


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What was asked for; empty texts are found out or taken from the mapping."""

    file: Path
    preset: str = ""
    mapping: str = ""
    zone: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    dry_run: bool = False
    refused: Path | None = None
    add_people: bool = False
    save_as: str = ""


Progress = Callable[[str], None]


def run(database: Path, options: ImportOptions, clock: Clock, progress: Progress) -> Outcome:
    """Import a file, or only say what an import would do.

    Raises: DeskError when the file or the mapping cannot be used.
    """
    table = open_table(
        options.file, encoding=options.encoding, separator=options.separator, sheet=options.sheet
    )
    desk = Desk.open(database, backups_folder(database), clock)
    try:
        service = importer(desk)
        mapping = _mapping(service, table, options, desk.settings.current.zone or local_zone())
        job = service.start(table, mapping, _actor(desk), dry=options.dry_run, add_people=options.add_people)
        while not job.report.done:
            job.step()
            progress(f"{job.share:4.0%}  {counted(job.report.read, 'row')}")
        if options.save_as:
            service.save(replace(mapping, name=options.save_as))
    finally:
        desk.close()
    if options.refused is not None:
        save_refused(options.refused, table.columns, job.report.refused)
    return _outcome(table, mapping, job.report, options)


def importer(desk: Desk) -> ImportService:
    """The imports of a desk."""
    return ImportService(
        store=desk.store,
        clock=desk.clock,
        bus=desk.bus,
        policy=desk.policy,
        escalation=desk.escalations.escalation,
        transition=desk.escalations.transition,
    )


def show_preset(name: str) -> Outcome:
    """The YAML of a shipped mapping, to copy and change.

    Raises: NotFound.
    """
    return Outcome((to_yaml(preset(name)).rstrip(),), preset(name).to_mapping())


def _mapping(
    service: ImportService, table: TicketTable, options: ImportOptions, desk_zone: str
) -> TicketMapping:
    mapping = _chosen(service, table, options)
    for key, source in options.fields.items():
        mapping = mapping.with_rule(key, source)
    if options.zone:
        zone_of(options.zone)
        mapping = replace(mapping, zone=options.zone)
    if not mapping.zone and not says_its_zone(table, mapping):
        mapping = replace(mapping, zone=desk_zone)
    return mapping


def _chosen(service: ImportService, table: TicketTable, options: ImportOptions) -> TicketMapping:
    if options.preset:
        return preset(options.preset)
    if options.mapping:
        path = Path(options.mapping).expanduser()
        if path.suffix in (".yaml", ".yml"):
            return from_yaml(_text(path))
        return service.mapping(options.mapping)
    mappings = (*service.saved(), *presets().values())
    found = recognised(table.columns, mappings)
    if found is None:
        raise DeskError(
            f"No mapping fits the columns of {table.name}: {', '.join(table.columns[:12])}.",
            field="mapping",
            hint=f"Choose one with --preset ({', '.join(presets())}) and name its columns with --field.",
        )
    return found


def _actor(desk: Desk) -> Actor:
    operator = desk.person.operator()
    may_open = operator is not None and operator.roles & {Role.COORDINATOR, Role.LEAD}
    return operator.actor() if operator is not None and may_open else Actor.system("Import")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise DeskError(f"The mapping {path} cannot be read: {error}.") from error


def _outcome(
    table: TicketTable, mapping: TicketMapping, report: ImportReport, options: ImportOptions
) -> Outcome:
    would = "would be " if report.dry else ""
    lines = [
        f"{table.name}: {_found(table)}, read as “{mapping.name}”"
        + (f", dates in {mapping.zone}." if mapping.zone else "."),
        f"{counted(report.read, 'row')}: {report.new:,} {would}new, {report.updated:,} {would}updated, "
        f"{report.unchanged:,} unchanged, {len(report.refused):,} refused.",
    ]
    if report.states:
        lines.append(
            "States: " + ", ".join(f"{count:,} {state}" for state, count in report.states.most_common()) + "."
        )
    if report.customers:
        lines.append(f"{counted(report.customers, 'customer')} {would}new.")
    lines += [f"Note: {note}" for note in _notes(table, mapping, options)]
    lines += [f"  {count:,} × {reason}" for reason, count in report.reasons[:10]]
    if options.refused is not None:
        lines.append(f"The refused rows are in {options.refused}.")
    return Outcome(tuple(lines), _data(table, mapping, report, options), _wrong(report))


def _notes(table: TicketTable, mapping: TicketMapping, options: ImportOptions) -> list[str]:
    notes = list(table.notes)
    if not options.zone and mapping.zone and not says_its_zone(table, mapping):
        notes.append(
            f"The file does not say its time zone: dates are read as in {mapping.zone}; --zone names another."
        )
    return notes


def _found(table: TicketTable) -> str:
    if table.kind == "xlsx":
        return f"XLSX, sheet “{table.sheet}”"
    separator = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"}.get(
        table.separator, table.separator
    )
    return f"{table.encoding}, separated by {separator}"


def _wrong(report: ImportReport) -> str:
    if report.problems:
        return report.problems[0]
    if report.refused:
        first = report.refused[0]
        return f"{counted(len(report.refused), 'row')} refused, the first is row {first.row}: {first.reason}"
    return ""


def _data(
    table: TicketTable, mapping: TicketMapping, report: ImportReport, options: ImportOptions
) -> dict[str, Any]:
    return {
        "file": str(table.path),
        "encoding": table.encoding,
        "separator": table.separator,
        "sheet": table.sheet,
        "mapping": mapping.name,
        "zone": mapping.zone,
        "dry_run": report.dry,
        "rows": report.read,
        "new": report.new,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": len(report.refused),
        "customers": report.customers,
        "people": report.people,
        "states": dict(report.states),
        "reasons": dict(report.reasons),
        "notes": _notes(table, mapping, options),
        "problems": report.problems,
    }
