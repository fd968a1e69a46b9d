"""What became of playbooks, of messages to people and of what was promised in them, in plain language."""

from collections.abc import Callable, Mapping
from typing import Any

from desktop.domain.timeline import EventKind
from desktop.ui.text import one_line

Body = Mapping[str, Any]

_LONGEST = 200


def _text(body: Body, key: str) -> str:
    value = body.get(key)
    return one_line(value[:_LONGEST]) if isinstance(value, str) else ""


def _about(deed: str, key: str, otherwise: str) -> Callable[[Body], str]:
    def told(body: Body) -> str:
        return f"{deed} {_text(body, key) or otherwise}"

    return told


def _brief(body: Body) -> str:
    executives = body.get("audience") == "executive"
    return f"sent a brief to {'the executives' if executives else 'our own people'}"


def _failed(body: Body) -> str:
    deed = "does not know whether a message arrived" if body.get("state") == "unsure" else ""
    why = _text(body, "why")
    return f"{deed or 'could not deliver a message'}{f': {why}' if why else ''}"


def _promised(deed: str) -> Callable[[Body], str]:
    def told(body: Body) -> str:
        return f"{deed} {_PROMISES.get(_text(body, 'what'), 'something for a time')}"

    return told


_PROMISES = {
    "next_update": "the next update",
    "fix_by": "the fix",
    "review_by": "cause and prevention",
    "call_back": "a call",
}

#: kind: a sentence, or what makes one of the event's body.
SENTENCES: Mapping[str, str | Callable[[Body], str]] = {
    EventKind.PLAYBOOK_CHANGED: _about("changed the playbook", "title", "of the desk"),
    EventKind.PLAYBOOK_SYNCED: "synchronised the playbooks with their repository",
    EventKind.PLAYBOOK_MISSED: _about("found no playbook for", "query", "this"),
    EventKind.PLAYBOOK_PROPOSED: _about("proposed the playbook", "title", "that fits"),
    EventKind.PLAYBOOK_OPENED: _about("opened the playbook", "title", "for it"),
    EventKind.PLAYBOOK_ADOPTED: _about("adopted a newer version of the playbook", "title", "it runs"),
    EventKind.PLAYBOOK_STAYED: _about("stayed with the version of the playbook", "title", "it runs"),
    EventKind.PLAYBOOK_ENDED: _about("closed the playbook", "title", "it ran"),
    EventKind.PLAYBOOK_STEP_DONE: _about("did the step", "step", "of the playbook"),
    EventKind.PLAYBOOK_STEP_SKIPPED: _about("skipped the step", "step", "of the playbook"),
    EventKind.PLAYBOOK_STEP_REOPENED: _about("reopened the step", "step", "of the playbook"),
    EventKind.BRIEF_SENT: _brief,
    EventKind.UPDATE_RELEASED: "released the message of another",
    EventKind.UPDATE_FAILED: _failed,
    EventKind.FACT_SET: _about("wrote for messages:", "name", "a fact"),
    EventKind.FACT_APPROVED: _about("approved for messages:", "name", "a fact"),
    EventKind.PROMISE_MADE: _promised("promised"),
    EventKind.PROMISE_KEPT: _promised("kept the promise of"),
    EventKind.PROMISE_BROKEN: _promised("did not keep the promise of"),
    EventKind.PROMISE_WITHDRAWN: _promised("took back the promise of"),
    EventKind.TEMPLATE_CHANGED: _about("changed the template", "title", "of a message"),
    EventKind.TONE_CHANGED: "changed the words that messages avoid",
    EventKind.CONTACT_CHANGED: _about("changed who is written to:", "name", "a contact"),
}
