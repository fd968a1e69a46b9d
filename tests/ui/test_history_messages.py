"""What became of messages and promises, as the history says it."""

import pytest

from desktop.domain.timeline import EventKind
from desktop.ui.escalation.history_messages import SENTENCES


@pytest.mark.parametrize(
    ("kind", "body", "sentence"),
    [
        (EventKind.BRIEF_SENT, {"audience": "executive"}, "sent a brief to the executives"),
        (EventKind.BRIEF_SENT, {"audience": "internal"}, "sent a brief to our own people"),
        (
            EventKind.UPDATE_FAILED,
            {"state": "failed", "why": "No such\nhost"},
            "could not deliver a message: No such host",
        ),
        (EventKind.UPDATE_FAILED, {"state": "unsure"}, "does not know whether a message arrived"),
        (EventKind.PROMISE_BROKEN, {"what": "next_update"}, "did not keep the promise of the next update"),
        (EventKind.PROMISE_MADE, {"what": "call_back"}, "promised a call"),
        (EventKind.PROMISE_KEPT, {"what": 7}, "kept the promise of something for a time"),
    ],
)
def test_the_history_says_what_became_of_it(kind: EventKind, body: dict[str, object], sentence: str):
    told = SENTENCES[kind]
    assert callable(told)
    assert told(body) == sentence
