"""The OpenAPI document is true: answers are as it says, and what it forbids is not taken."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

from desktop.adapters.listener.application import EVENT_PATHS, PATHS
from desktop.domain.source import SourceKind
from desktop.paths import resource
from desktop.services.page_queue import PATH, VALID_US
from desktop.wiring.calendars import roster_calendar
from tests.adapters.hearing import TOKENS, Hearing
from tests.services.alarm_desk import P1
from tests.services.paging_desk import PagingDesk, a_token
from tests.services.roster_desk import RosterDesk

DOCUMENT = json.loads(resource("openapi.json").read_bytes())
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
#: A body may keep to the document and still not be read, without a title for one: that is answered 400.
NOT_PROMISED = ("positive_data_acceptance",)


@SCHEMA.auth(refresh_interval=None)
class Bearer:
    """The token of the path's source."""

    def get(self, case, context):
        return TOKENS[PATHS[case.path]] if case.path in PATHS else None

    def set(self, case, data, context):
        if data is not None:
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@pytest.fixture
def hearing(database_path, clock):
    with Hearing(database_path, clock) as opened:
        yield opened


def promised():
    """Every check of schemathesis but those of what is not promised."""
    checks.load_all_checks()
    return [check for check in checks.CHECKS.get_all() if check.__name__ not in NOT_PROMISED]


@SCHEMA.parametrize()
@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_the_document_is_true(case, hearing):
    is_event = case.path in EVENT_PATHS and isinstance(case.body, dict)
    if is_event and isinstance(case.body.get("routing_key"), str):
        case.body = case.body | {"routing_key": TOKENS[SourceKind.PAGERDUTY]}
    case.call_and_validate(base_url=hearing.listener.state.url, checks=promised())


class Linked:
    """A desk that has paged somebody, whose link is answered as the document says."""

    def __init__(self, hearing: Hearing) -> None:
        self.hearing = hearing
        self.desk = PagingDesk(hearing.desk.store, hearing.clock)
        self.desk.channel(self.desk.leo, "json://127.0.0.1:9/hook")
        self.desk.open(**P1, owner_id=self.desk.leo.id)
        self.desk.sweep()
        (page,) = self.desk.queue.claim(5)
        self.token = a_token(page.body)

    def visit(self, method: str, **headers: str) -> int:
        """The status of an answer that was held against the document."""
        return held(self.hearing, f"{PATH}{{token}}", method, self.token, **headers)


def held(hearing: Hearing, path: str, method: str, token: str, **headers: str) -> int:
    """The status of the answer under this token, once every check has let it pass."""
    case = SCHEMA[path][method].Case(path_parameters={"token": token}, headers=headers)
    answer = case.call(base_url=hearing.listener.state.url)
    case.validate_response(answer)
    return answer.status_code


def test_the_document_is_true_of_a_link_that_works(hearing):
    linked = Linked(hearing)
    assert [linked.visit(method) for method in ("GET", "HEAD", "POST")] == [200, 200, 200]
    assert [linked.visit(method) for method in ("GET", "HEAD", "POST")] == [410, 410, 410]


def test_the_document_is_true_of_a_link_that_has_expired(hearing, clock):
    linked = Linked(hearing)
    clock.forward(seconds=VALID_US // 1_000_000)
    assert [linked.visit(method) for method in ("GET", "POST")] == [410, 410]


def test_the_document_is_true_of_a_link_whose_person_has_left(hearing):
    linked = Linked(hearing)
    with linked.desk.store.begin() as session:
        left = (session.revision(), linked.desk.leo.id)
        session.sql("UPDATE person SET active = 0, revision = ? WHERE id = ?", left)
    assert linked.visit("POST") == 409


def test_the_document_is_true_of_a_link_under_a_name_that_is_not_this_machines(hearing):
    assert Linked(hearing).visit("POST", Host="evil.example") == 421


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_document_is_true_of_a_calendar(hearing, clock, method):
    roster = RosterDesk(hearing.desk.store, clock)
    roster.scheduled(["Bo Lund"], ["Cy Marsh"])
    token = roster_calendar(hearing.desk).add_link(roster.by("Ada"), team="Payments")
    path = "/v1/calendar/{token}.ics"
    assert held(hearing, path, method, token) == 200
    assert held(hearing, path, method, "x" * 43) == 404


@pytest.mark.parametrize(("path", "method"), [(f"{PATH}x", "PUT"), ("/v1/calendar/x.ics", "POST")])
def test_the_document_names_what_is_allowed_where_a_method_is_not(hearing, path, method):
    answer = hearing.send(path, None, method)
    operation = DOCUMENT["paths"][path.replace("/x", "/{token}")]["get"]
    said = operation["responses"]["405"]["headers"]["Allow"]["schema"]["const"]
    assert (answer.status, answer.headers["allow"]) == (405, said)
