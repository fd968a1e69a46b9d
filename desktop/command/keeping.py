"""`verify`, `backup` and `restore`: the database looked through, copied, and put back."""

from pathlib import Path
from typing import Any

from db.backup import Backup
from db.engine import open_store
from desktop.command.outcome import Outcome
from desktop.domain.clock import Clock
from desktop.domain.errors import NotFound
from desktop.options import backups_folder
from desktop.services.audit import AuditReport, AuditService
from desktop.services.backup import BackupService


def verify(database: Path) -> Outcome:
    """Look through the database and its audit chain; nothing is written.

    Raises: StoreError when it cannot be read.
    """
    store = open_store(database, read_only=True)
    try:
        report = AuditService(store=store).verify()
    finally:
        store.close()
    return Outcome(
        (f"{database}: {report.sentence}",), _verified(database, report), "" if report.ok else report.sentence
    )


def backup(database: Path, folder: Path | None, clock: Clock, *, only_list: bool = False) -> Outcome:
    """Make a verified backup now, or list those there are.

    Raises: StoreError.
    """
    service = BackupService(database=database, folder=folder or backups_folder(database), clock=clock)
    if only_list:
        kept = service.list()
        lines = tuple(_line(each) for each in kept) or (f"There are no backups in {service.folder}.",)
        return Outcome(lines, {"folder": str(service.folder), "backups": [_described(each) for each in kept]})
    made = service.make("hand")
    return Outcome((f"Backed up to {made.path} and verified ({made.size / 1e6:.1f} MB).",), _described(made))


def restore(database: Path, name: str, folder: Path | None, clock: Clock) -> Outcome:
    """Put a backup in the database's place; what was there is set aside.

    Raises: StoreError when the backup is not sound, or the database is open in a program; NotFound.
    """
    service = BackupService(database=database, folder=folder or backups_folder(database), clock=clock)
    chosen = _chosen(service, name)
    restored = service.restore(chosen)
    try:
        report = AuditService(store=restored.store).verify()
    finally:
        restored.store.close()
    lines = [f"{database} is restored from {chosen.name}. {report.sentence}"]
    if restored.set_aside is not None:
        lines.append(f"What was there before lies in {restored.set_aside}.")
    data = {
        "database": str(database),
        "backup": str(chosen),
        "set_aside": None if restored.set_aside is None else str(restored.set_aside),
        "verified": report.ok,
    }
    return Outcome(tuple(lines), data, "" if report.ok else report.sentence)


def _chosen(service: BackupService, name: str) -> Path:
    kept = service.list()
    if name == "newest":
        if not kept:
            raise NotFound(
                f"There is no backup in {service.folder}.", hint="Name a backup file, or its folder."
            )
        return kept[0].path
    path = Path(name).expanduser()
    if not path.exists() and (service.folder / name).exists():
        path = service.folder / name
    if not path.exists():
        raise NotFound(
            f"There is no backup {name}.", hint="`escalation-desk backup --list` shows those there are."
        )
    return path.absolute()


def _verified(database: Path, report: AuditReport) -> dict[str, Any]:
    fault = report.fault
    return {
        "database": str(database),
        "ok": report.ok,
        "events": report.events,
        "sentence": report.sentence,
        "integrity": report.integrity,
        "fault": None if fault is None else {"seq": fault.seq, "what": fault.what.value, "kind": fault.kind},
    }


def _line(kept: Backup) -> str:
    return f"{kept.made_at:%Y-%m-%d %H:%M} UTC  {kept.why:<10} {kept.size / 1e6:8.1f} MB  {kept.path.name}"


def _described(kept: Backup) -> dict[str, Any]:
    return {
        "path": str(kept.path),
        "made_at": kept.made_at.isoformat(),
        "why": kept.why,
        "bytes": kept.size,
        "version": kept.version,
    }
