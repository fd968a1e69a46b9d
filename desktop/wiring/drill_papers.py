"""Saves what a drill leaves on paper: the report of a run, the papers of its scenario, the gap register."""

from pathlib import Path

from desktop.domain.drill_scenario import Scenario
from desktop.domain.errors import DeskError
from desktop.services.desk import Desk
from desktop.services.drill_papers import DrillPapers

REPORT, PACK, GAPS = "report", "pack", "gaps"


class DrillExports:
    """Exports of one desk, for the worker."""

    def __init__(self, desk: Desk) -> None:
        self._papers = DrillPapers(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._clock = desk.clock

    def export(self, run_id: int, kind: str, target: Path) -> tuple[str, ...]:
        """Write one of them; gives what there is to say about it. A pack is a folder of that name.

        Raises: DeskError when it cannot be written.
        """
        from desktop.adapters.documents import saving  # each form brings a library along
        from desktop.adapters.documents.drill_report import report_of

        if kind == REPORT:
            return saving.save(report_of(self._papers.after(run_id)), target)
        if kind == GAPS:
            return self.export_register(target)
        if kind == PACK:
            folder = target.with_suffix("")
            save_pack(self._papers.after(run_id).scenario, folder, target.suffix)
            return (f"The papers lie in the folder {folder.name}.",)
        raise DeskError(f"There is no paper called “{kind}”.")

    def export_register(self, target: Path) -> tuple[str, ...]:
        """Write the register of all gaps and actions.

        Raises: DeskError when it cannot be written.
        """
        from desktop.adapters.documents import saving  # as above
        from desktop.adapters.documents.gap_register import register_of

        papers = self._papers
        return saving.save(register_of(papers.gaps.all(), papers.actions.all(), self._clock.now()), target)


def save_pack(scenario: Scenario, folder: Path, ending: str) -> tuple[Path, ...]:
    """The papers of a scenario in one form, its list of injects twice, and the scenario itself.

    Raises: DeskError when they cannot be written, or the players' paper would hold what is for staff.
    """
    from desktop.adapters.documents import saving
    from desktop.adapters.documents.drill_pack import papers_of
    from desktop.adapters.msel_write import csv_bytes, xlsx_bytes
    from desktop.services.drill_file import write_text

    papers = papers_of(scenario)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeskError(
            f"The folder {folder.name} cannot be made: {error.strerror or error}.",
            hint="Choose another place.",
        ) from error
    stem = f"{scenario.safety.banner}_{scenario.id}"
    made = []
    for name, document in papers.items():
        made.append(folder / f"{stem}-{name}{ending}")
        saving.save(document, made[-1])
    files = {
        f"{stem}-msel.csv": csv_bytes(scenario),
        f"{stem}-msel.xlsx": xlsx_bytes(scenario),
        f"{stem}.drill.yaml": write_text(scenario).encode(),
    }
    for name, data in files.items():
        made.append(folder / name)
        saving.write(made[-1], data)
    return tuple(made)
