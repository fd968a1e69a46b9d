from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.adapters.event_log import read_log, shipped_documents, tickets_beside, unheard
from desktop.domain.errors import DeskError
from desktop.domain.event_log import Activity, EventLog
from desktop.services.import_preset import preset
from desktop.services.replay import mappings_of
from tests.domain.policies import a_policy
from tests.domain.tickets import NOW

SERVICENOW = """number,incident_state,active,made_sla,opened_at,sys_updated_at,assigned_to,impact,priority
INC1,New,true,true,1/3/2016 08:00,1/3/2016 08:10,?,2 - Medium,3 - Moderate
INC1,Awaiting Vendor,true,true,1/3/2016 08:00,1/3/2016 09:00,Resolver 1,1 - High,1 - Critical
INC1,-100,true,true,1/3/2016 08:00,1/3/2016 09:30,Resolver 1,1 - High,1 - Critical
INC1,Closed,false,false,1/3/2016 08:00,2/3/2016 09:00,Resolver 1,1 - High,1 - Critical
"""
HELPDESK = """ticket,timestamp,activity,agent,seriousness,customer,product,service_type
HD-1,2012-10-09T14:50:17Z,Insert ticket,agent-1,S2,customer-1,product-1,type-1
HD-1,2012-10-09T14:51:01Z,Wait,agent-1,S2,customer-1,product-1,type-1
"""


def read(path: Path, zone: str = "UTC", told: Callable[[float], None] = unheard) -> EventLog:
    beside = tickets_beside(path)
    return read_log(
        path,
        mappings_of(shipped_documents()),
        ticket_mapping=preset("servicenow"),
        tickets=beside,
        zone=zone,
        policy=a_policy(),
        now=NOW,
        told=told,
    )


def a_log(folder: Path, text: str, name: str = "x_events.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_servicenow_log_is_read(tmp_path: Path) -> None:
    log = read(a_log(tmp_path, SERVICENOW))
    assert [event.activity for event in log.events] == [
        Activity.NEW,
        Activity.WAITING_SUPPLIER,
        None,
        Activity.CLOSED,
    ]
    assert [event.severity for event in log.events] == [3, 1, 1, 1]
    assert [event.owner for event in log.events][:2] == ["", "Resolver 1"]


def test_the_logs_dates_are_read_in_the_zone_asked_for(tmp_path: Path) -> None:
    path = a_log(tmp_path, SERVICENOW)
    assert read(path).events[0].at.hour == 8
    assert read(path, "America/Sao_Paulo").events[0].at.hour == 11


def test_a_help_desks_log_is_read(tmp_path: Path) -> None:
    log = read(a_log(tmp_path, HELPDESK))
    assert [event.activity for event in log.events] == [Activity.NEW, Activity.WAITING]
    assert (log.events[0].title, log.events[0].customer) == ("product-1, type-1", "customer-1")


def test_the_tickets_beside_the_log_give_titles(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(
        "number,incident_state,location,category,opened_at,made_sla\n"
        "INC1,Closed,Location 9,Network,1/3/2016 08:00,true\n",
        encoding="utf-8",
    )
    log = read(a_log(tmp_path, SERVICENOW))
    assert log.tickets["INC1"].customer == "Location 9"
    assert log.made_sla() == {"INC1": True}


def test_without_the_tickets_the_log_stands_by_itself(tmp_path: Path) -> None:
    path = a_log(tmp_path, SERVICENOW, "log.csv")
    assert tickets_beside(path) is None
    assert read(path).made_sla() == {"INC1": False}


def test_a_line_that_makes_no_sense_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match=r"Row 3 of x_events\.csv"):
        read(a_log(tmp_path, SERVICENOW.replace("Awaiting Vendor", "Limbo")))


def test_a_table_of_something_else_is_no_log(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="no log of ticket events"):
        read(a_log(tmp_path, "a,b\n1,2\n"))


def test_how_far_the_reading_has_come_is_told(tmp_path: Path) -> None:
    line = SERVICENOW.splitlines()[1]
    told: list[float] = []
    read(a_log(tmp_path, SERVICENOW + f"{line}\n" * 1996), told=told.append)
    assert told == [0.0, 0.25, 0.5, 0.75]


def test_whoever_hears_it_can_end_the_reading(tmp_path: Path) -> None:
    def stop(_share: float) -> None:
        raise DeskError("Enough.")

    with pytest.raises(DeskError, match=r"Enough\."):
        read(a_log(tmp_path, SERVICENOW), told=stop)
