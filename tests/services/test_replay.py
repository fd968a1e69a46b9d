from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.domain.errors import DeskError
from desktop.domain.event_log import Activity, EventLog, LogEvent
from desktop.domain.ticket import Ticket
from desktop.services.desk import Desk
from desktop.services.replay import ReplayPlayer

#: A Tuesday, when the default policy's calendar is open.
START = datetime(2016, 3, 1, 8, tzinfo=UTC)
Play = Callable[..., ReplayPlayer]


def line(
    reference: str, minutes: float, activity: Activity | None, owner: str = "", **more: object
) -> LogEvent:
    at = START + timedelta(minutes=minutes)
    said: dict[str, object] = {"severity": 1, "business_impact": 5} | more
    return LogEvent(reference, at, activity, owner=owner, **said)  # type: ignore[arg-type]


def a_life(reference: str = "T1", resolved: float = 30, made_sla: bool | None = None) -> list[LogEvent]:
    return [
        line(reference, 0, Activity.NEW),
        line(reference, 3, Activity.WORKING, "Ada"),
        line(reference, resolved, Activity.RESOLVED, "Ada"),
        line(reference, resolved + 60, Activity.CLOSED, "Ada", made_sla=made_sla),
    ]


@pytest.fixture
def play(store: Store, tmp_path: Path) -> Play:
    def made(*lines: LogEvent, tickets: dict[str, Ticket] | None = None, **period: datetime) -> ReplayPlayer:
        clock = ManualClock(START)
        desk = Desk.over(store, tmp_path / "backups", clock)
        return ReplayPlayer(desk, clock, EventLog("log", lines, tickets or {}), **period)

    return made


def test_time_moves_only_when_it_is_moved(play: Play) -> None:
    player = play(*a_life())
    assert (player.now, player.played.deeds) == (START, 0)
    player.advance(START + timedelta(minutes=10))
    assert player.now == START + timedelta(minutes=10)
    assert player.played.deeds == 4


def test_every_deed_is_done_by_the_desks_own_commands(play: Play, store: Store) -> None:
    player = play(*a_life())
    player.advance(player.ends_at)
    assert player.is_over
    assert player.played.refused == {}
    with store.read() as session:
        kinds = [row[0] for row in session.sql("SELECT kind FROM timeline WHERE kind LIKE 'escalation.%'")]
    assert kinds == [
        "escalation.opened",
        "escalation.assigned",
        "escalation.acknowledged",
        "escalation.moved",
        "escalation.resolved",
        "escalation.closed",
    ]


def test_a_step_does_the_next_deed_and_no_more(play: Play) -> None:
    player = play(*a_life())
    player.step()
    assert player.played.deeds == 1
    player.step()
    assert player.now == START + timedelta(minutes=3)


def test_what_the_log_cannot_tell_is_not_promised(play: Play) -> None:
    player = play(*a_life())
    player.advance(player.ends_at)
    assert {each.kind for each in player.report().attainments} == {"assign", "acknowledge", "resolve"}


def test_alarms_are_raised_as_time_passes_and_reach_nobody(play: Play, store: Store) -> None:
    player = play(line("T1", 0, Activity.NEW), line("T1", 600, Activity.CLOSED))
    player.advance(player.ends_at)
    assert player.played.alarms > 0
    with store.read() as session:
        assert session.sql("SELECT count(*) FROM outbox WHERE state = 'pending'").fetchone()[0] == 0


def test_waiting_does_not_count(play: Play) -> None:
    player = play(
        line("T1", 0, Activity.NEW),
        line("T1", 3, Activity.WAITING, "Ada"),
        line("T1", 60 * 30, Activity.WORKING, "Ada"),
        line("T1", 60 * 30 + 5, Activity.RESOLVED, "Ada"),
    )
    player.advance(player.ends_at)
    resolve = [each for each in player.report().attainments if each.kind == "resolve"]
    assert [(each.met, each.breached) for each in resolve] == [(1, 0)]


def test_the_report_sets_our_verdict_beside_the_logs(play: Play) -> None:
    late = 60 * 24 * 20
    player = play(
        *a_life("T1", 30, True), *a_life("T2", 30, False), *a_life("T3", late, False), *a_life("T4")
    )
    player.advance(player.ends_at)
    report = player.report()
    assert report.agreement == {(True, True): 1, (True, False): 1, (False, False): 1}
    assert report.unjudged == 1
    assert "They agree on 66.7%" in "\n".join(report.lines())


def test_the_worst_breach_leads_the_list(play: Play) -> None:
    player = play(*a_life("T1", 60 * 24 * 20), *a_life("T2", 60 * 24 * 40))
    player.advance(player.ends_at)
    assert player.report().worst[0].reference == "T2"


def test_a_deed_the_rules_refuse_is_told_and_the_replay_goes_on(play: Play) -> None:
    player = play(
        line("T1", 0, Activity.NEW),
        line("T1", 3, Activity.WAITING, "Ada"),
        line("T1", 60 * 24 * 10, Activity.WORKING, "Ada"),
        line("T1", 60 * 24 * 10 + 5, Activity.RESOLVED, "Ada"),
    )
    player.advance(player.ends_at)
    assert player.is_over
    assert player.played.refused == {"resume: No clock of it is paused.": 1}


def test_the_tickets_file_gives_title_and_customer(play: Play, store: Store) -> None:
    player = play(*a_life(), tickets={"T1": Ticket("T1", "Cannot pay", "Acme", START)})
    player.advance(player.ends_at)
    with store.read() as session:
        found = session.sql(
            "SELECT e.title, c.name FROM escalation e JOIN customer c ON c.id = e.customer_id"
        )
        assert found.fetchone() == ("Cannot pay", "Acme")


def test_a_period_in_which_nothing_happens_is_said_so(play: Play) -> None:
    with pytest.raises(DeskError, match="Nothing in the log"):
        play(*a_life(), start=START + timedelta(days=400))


def test_the_history_of_a_replay_holds_together(play: Play) -> None:
    player = play(*a_life(), *a_life("T2", 90))
    player.advance(player.ends_at)
    assert player.desk.escalations.audit.verify().ok
