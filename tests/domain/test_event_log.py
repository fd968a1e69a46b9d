from datetime import UTC, datetime, timedelta

from desktop.domain.event_log import Activity, DeedKind, EventLog, LogEvent, deeds
from desktop.domain.ticket import Ticket

START = datetime(2016, 3, 1, 8, tzinfo=UTC)
K = DeedKind


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def kinds(*events: LogEvent) -> list[DeedKind]:
    return [deed.kind for deed in deeds(events)]


def line(minutes: int, activity: Activity | None, owner: str = "", **more: object) -> LogEvent:
    return LogEvent("T1", at(minutes), activity, owner=owner, **more)  # type: ignore[arg-type]


def test_a_plain_life_becomes_its_deeds() -> None:
    assert kinds(
        line(0, Activity.NEW),
        line(5, Activity.WORKING, "Ada"),
        line(60, Activity.RESOLVED, "Ada"),
        line(90, Activity.CLOSED, "Ada"),
    ) == [K.OPEN, K.ASSIGN, K.ACKNOWLEDGE, K.WORK, K.RESOLVE, K.CLOSE]


def test_a_ticket_is_opened_when_the_log_says_it_was() -> None:
    first = deeds([line(30, Activity.NEW, opened_at=at(0))])[0]
    assert (first.kind, first.at) == (K.OPEN, at(0))


def test_waiting_pauses_and_going_on_resumes() -> None:
    assert kinds(
        line(0, Activity.NEW),
        line(5, Activity.WAITING),
        line(50, Activity.WORKING),
        line(70, Activity.WAITING_SUPPLIER),
        line(80, Activity.RESOLVED),
    ) == [K.OPEN, K.ACKNOWLEDGE, K.PAUSE, K.RESUME, K.WORK, K.PAUSE, K.RESOLVE]


def test_a_ticket_that_comes_back_is_reopened() -> None:
    assert kinds(line(0, Activity.RESOLVED), line(10, Activity.WORKING), line(20, Activity.CLOSED)) == [
        K.OPEN,
        K.RESOLVE,
        K.REOPEN,
        K.RESOLVE,
        K.CLOSE,
    ]


def test_a_line_that_changes_nothing_is_no_deed() -> None:
    assert kinds(line(0, Activity.NEW), line(5, None), line(6, Activity.NEW)) == [K.OPEN]


def test_another_severity_regrades_and_silence_does_not() -> None:
    found = deeds([line(0, Activity.NEW, severity=3), line(5, None, severity=1), line(6, None)])
    assert [(deed.kind, deed.severity) for deed in found] == [(K.OPEN, 3), (K.REGRADE, 1)]


def test_each_new_owner_is_assigned_once() -> None:
    found = deeds([line(0, Activity.NEW, "Ada"), line(1, None, "Ada"), line(2, None, "Bo")])
    assert [deed.owner for deed in found if deed.kind is K.ASSIGN] == ["Ada", "Bo"]


def test_only_tickets_opened_in_the_period_take_part() -> None:
    other = LogEvent("T2", at(600), Activity.NEW)
    found = deeds([line(0, Activity.NEW), line(700, Activity.CLOSED), other], start=at(500))
    assert {deed.reference for deed in found} == {"T2"}


def test_nothing_happens_from_the_end_of_the_period_on() -> None:
    found = deeds([line(0, Activity.NEW), line(700, Activity.CLOSED)], end=at(600))
    assert [deed.kind for deed in found] == [K.OPEN]


def test_deeds_of_all_tickets_stand_in_order_of_time() -> None:
    found = deeds([line(0, Activity.NEW), line(50, Activity.RESOLVED), LogEvent("T2", at(20), Activity.NEW)])
    assert [deed.at for deed in found] == sorted(deed.at for deed in found)


def test_the_tickets_own_word_on_its_target_counts_before_the_logs() -> None:
    ticket = Ticket("T1", "x", "y", START, made_sla=False)
    log = EventLog(
        "l", (line(0, Activity.NEW, made_sla=True), LogEvent("T2", START, made_sla=True)), {"T1": ticket}
    )
    assert log.made_sla() == {"T1": False, "T2": True}
