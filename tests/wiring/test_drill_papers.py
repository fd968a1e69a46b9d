"""What a played drill leaves on paper, from a desk that has played."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.clock import ManualClock
from desktop.domain.errors import DeskError
from desktop.domain.person import Person
from desktop.services.desk import Desk
from desktop.services.drill_record import DrillRecord
from desktop.wiring.drill_papers import DrillExports
from tests.factories import MONDAY
from tests.support import drill_sample


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder, clock = tmp_path_factory.mktemp("papers"), ManualClock(MONDAY)
    desk = Desk.open(folder / "desk.sqlite3", folder / "backups", clock)
    desk.person.create(Person(0, "Iris Vale", "IV"), drill_sample.TRAINER)
    drill_sample.fill(desk.store, clock.now())
    yield desk
    desk.close()


def a_run(desk: Desk) -> int:
    return DrillRecord(store=desk.store, clock=desk.clock, bus=desk.bus).runs()[0].id


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".md", ".html", ".xlsx", ".json"])
@pytest.mark.parametrize("kind", ["report", "gaps"])
def test_report_and_register_are_written_in_every_form(desk: Desk, tmp_path: Path, kind: str, ending: str):
    target = tmp_path / f"paper{ending}"
    DrillExports(desk).export(a_run(desk), kind, target)
    assert target.stat().st_size > 1_000


def test_a_pack_is_a_folder_of_marked_papers(desk: Desk, tmp_path: Path):
    DrillExports(desk).export(a_run(desk), "pack", tmp_path / "pack.md")
    names = sorted(each.name for each in (tmp_path / "pack").iterdir())
    assert len(names) == 7
    assert all(name.startswith("DRILL_") for name in names)


def test_a_paper_nobody_knows_is_refused(desk: Desk, tmp_path: Path):
    with pytest.raises(DeskError, match="no paper called"):
        DrillExports(desk).export(a_run(desk), "poem", tmp_path / "a.md")


def test_a_place_that_cannot_be_written_is_named(desk: Desk, tmp_path: Path):
    (tmp_path / "pack").write_text("in the way")
    with pytest.raises(DeskError, match="cannot be made"):
        DrillExports(desk).export(a_run(desk), "pack", tmp_path / "pack.pdf")
