"""Prometheus Alertmanager itself speaks to the desk: fire, repeat, resolve, by both of its ways."""

from queue import SimpleQueue

import pytest

from desktop.domain.clock import SystemClock
from desktop.domain.events import MessagesKept
from desktop.domain.source import SourceKind
from tests.adapters.hearing import Hearing
from tests.conftest import _require
from tests.support.alertmanager import PROGRAM, Alertmanager

WEBHOOK = (
    "webhook_configs: [{{url: 'http://127.0.0.1:{port}/v1/alertmanager', send_resolved: true,"
    " http_config: {{authorization: {{credentials: '{token}'}}}}}}]"
)
EVENTS = (
    "pagerduty_configs: [{{url: 'http://127.0.0.1:{port}/v2/enqueue', send_resolved: true,"
    " routing_key: '{token}', severity: critical}}]"
)
WAYS = {SourceKind.ALERTMANAGER: WEBHOOK, SourceKind.PAGERDUTY: EVENTS}


class Triage:
    """Decides about what comes in as soon as it is kept, until something is so."""

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing
        self._told: SimpleQueue[MessagesKept] = SimpleQueue()
        hearing.desk.bus.subscribe(MessagesKept, self._told.put)

    def until(self, query: str) -> tuple:
        """Go on until this query finds a row; gives it."""
        while True:
            self._hearing.desk.signal.process()
            with self._hearing.desk.store.read() as session:
                row = session.sql(query).fetchone()
            if row is not None:
                return row
            self._told.get(timeout=30)


@pytest.fixture(params=WAYS)
def told(request, database_path):
    """A desk and an Alertmanager that speaks to it in one of its ways."""
    _require(PROGRAM)
    with Hearing(database_path, SystemClock()) as hearing:
        receiver = WAYS[request.param].format(port=hearing.port, token=hearing.tokens[request.param])
        with Alertmanager(database_path.parent, receiver) as sender:
            yield hearing, sender


def test_an_alert_opens_an_escalation_repeats_count_on_it_and_its_end_proposes_containment(told):
    hearing, sender = told
    triage = Triage(hearing)
    sender.fire("PaymentDown", instance="pay-1")
    (number,) = triage.until("SELECT number FROM escalation")
    triage.until("SELECT 1 FROM alert WHERE count >= 3")
    sender.resolve("PaymentDown", instance="pay-1")
    proposed = "SELECT number, state FROM escalation WHERE containment_proposed_at IS NOT NULL"
    assert triage.until(proposed) == (number, "new")
    with hearing.desk.store.read() as session:
        assert session.sql("SELECT count(*) FROM escalation").fetchone() == (1,)
        assert session.sql("SELECT count(*) FROM signal WHERE disposition = 'rejected'").fetchone() == (0,)


@pytest.mark.parametrize("told", [SourceKind.ALERTMANAGER], indirect=True)
def test_what_could_not_be_kept_is_sent_again_and_kept_then(told):
    hearing, sender = told
    port = hearing.port
    triage = Triage(hearing)
    hearing.listener.stop()
    sender.fire("PaymentDown")
    hearing.listener._port = port  # the same address, as after a new start
    hearing.listener.start()
    assert triage.until("SELECT 1 FROM escalation") == (1,)
