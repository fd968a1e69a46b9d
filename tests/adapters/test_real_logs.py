"""The real incident logs, where they lie beside this clone, import whole."""

from dataclasses import replace
from pathlib import Path

import pytest

from db.unit_of_work import Store
from desktop.adapters.tickets import open_table
from desktop.domain.clock import SystemClock
from desktop.domain.person import Actor
from desktop.services.desk import Desk
from desktop.services.import_preset import presets, recognised
from desktop.services.importing import ImportService


@pytest.mark.parametrize(
    ("name", "rows", "is_open"),
    [
        ("servicenow_incidents_a.csv", 12_375, 0),
        ("helpdesk_italy.csv", 4_580, 12),
        ("gitbugs_seamonkey.csv", 1_076, 567),
    ],
)
def test_a_real_log_imports_whole_and_only_once(
    shared_data: Path, store: Store, tmp_path: Path, name: str, rows: int, is_open: int
) -> None:
    desk = Desk.over(store, tmp_path / "backups", SystemClock())
    commands = desk.escalations
    service = ImportService(
        store=store,
        clock=desk.clock,
        bus=desk.bus,
        policy=desk.policy,
        escalation=commands.escalation,
        transition=commands.transition,
    )
    table = open_table(shared_data / name)
    mapping = recognised(table.columns, presets().values())
    assert mapping is not None
    mapping = replace(mapping, zone=mapping.zone or "UTC")
    first = service.start(table, mapping, Actor.system("Import"), dry=False).run()
    again = service.start(table, mapping, Actor.system("Import"), dry=False).run()
    assert (first.new, first.refused, again.unchanged) == (rows, [], rows)
    assert commands.audit.verify().ok
    with store.read() as session:
        found = session.sql(
            "SELECT count(*) FROM escalation WHERE state IN ('new', 'triaged', 'acknowledged', 'working')"
        )
        assert found.fetchone()[0] == is_open
