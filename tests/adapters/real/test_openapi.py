"""The OpenAPI document is true: answers are as it says, and what it forbids is not taken."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

from desktop.adapters.listener.application import EVENT_PATHS, PATHS
from desktop.domain.source import SourceKind
from desktop.paths import resource
from tests.adapters.hearing import TOKENS, Hearing

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


@pytest.fixture(scope="module")
def hearing(tmp_path_factory):
    with Hearing(tmp_path_factory.mktemp("openapi") / "desk.sqlite3") as opened:
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
