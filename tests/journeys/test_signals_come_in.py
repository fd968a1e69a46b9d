"""Ada lets other systems speak to her desk: a monitoring tool by HTTP, and a folder that is watched."""

import json
import socket
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.clock import SystemClock
from desktop.domain.signal import parse
from desktop.services.desk import Desk
from tests.domain.signals import a_group, an_alert
from tests.journeys.person import PersonAtDesk

pytestmark = pytest.mark.journey

#: Real bodies of many tools, where the folder with them is beside the repository.
_REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "signals.jsonl"


def firing_body() -> tuple[Any, str]:
    """What Alertmanager posts for one alert that fires, and the title of that."""
    lines = _REAL.read_text(encoding="utf-8").splitlines() if _REAL.exists() else []
    for row in map(json.loads, lines):
        events = row["expected"].get("events", [])
        if row["dialect"] == "alertmanager" and [event["action"] for event in events] == ["trigger"]:
            return row["body"], parse("alertmanager", json.dumps(row["body"]).encode())[0].title
    return a_group(an_alert()), "Orders wait in the queue"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def choose_port(person: PersonAtDesk, port: int) -> None:
    """The desk will listen there once somebody switches it on."""
    with closing(Desk.open(person.database, person.database.parent / "b", SystemClock())) as desk:
        desk.settings.set("listener_port", port)


def open_sources(person: PersonAtDesk) -> None:
    person.press("ctrl+7")
    person.wait_to_see("No signal has come yet.")
    person.ask("tab", 2)
    person.wait_to_see("No source yet.")
    person.ask("click", "Add source…")


def press_button(person: PersonAtDesk, words: str) -> None:
    person.desktop.wait_until(lambda: person.ask("click", words), f"button {words!r}")


def post(port: int, token: str, body: object) -> int:
    """What Alertmanager does; the status of the answer."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    url = f"http://127.0.0.1:{port}/v1/alertmanager"
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return int(answer.status)


def test_a_monitoring_tool_is_connected_and_its_alert_becomes_a_card(person: PersonAtDesk):
    port = free_port()
    choose_port(person, port)
    person.start()
    open_sources(person)
    person.type("Prometheus EU")
    press_button(person, "Save source")
    person.wait_to_see("Token of Prometheus EU")
    token = person.field("Token")
    press_button(person, "I have it")
    press_button(person, "Switch on")
    person.wait_to_see(f"Listens at http://127.0.0.1:{port}")
    body, title = firing_body()
    assert post(port, token, body) < 300
    person.ask("tab", 0)
    person.wait_to_see(title)
    person.press("ctrl+1")
    person.wait_for_card("New", title)
    assert person.rows("SELECT disposition FROM signal") == [("opened",)]


def test_files_put_into_a_folder_become_signals(person: PersonAtDesk, tmp_path: Path):
    drop = tmp_path / "drop"
    drop.mkdir()
    person.start()
    open_sources(person)
    person.type("Night exports")
    person.ask("choose", "Kind", "Watched folder")
    person.press("Tab", "Tab", "Tab")
    person.type(str(drop))
    person.wait_to_see(str(drop))
    press_button(person, "Save source")
    person.wait_to_see("Night exports is saved")
    (drop / "alerts.csv").write_text("Title;Severity\nInvoices were not sent;high\n")
    person.press("ctrl+1")
    person.wait_for_card("New", "Invoices were not sent", 20)
    assert (drop / "done" / "alerts.csv").exists()
    person.quit()
    person.start()
    (drop / "later.csv").write_text("Title;Severity\nThe night run has stopped;high\n")
    person.wait_for_card("New", "The night run has stopped", 20)
