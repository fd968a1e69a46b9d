"""Playbooks for tests: one that is whole, and hypothesis strategies for any."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from desktop.domain.playbook import Content, Decision, Example, Step, StepKind, Tags

#: Words as people write them, and what breaks careless programs.
WORDS = st.sampled_from(
    [
        *("check", "the", "gateway", "log;", "ask", "Sana,", "then", "wait", "|", "5", "min", "–"),
        *("Überweisung", "<b>no</b>", "{{", "x", "}}", "\u202e", "=1+1", "#", "-", "*", "`c`", "---"),
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
IDS = st.text("abcdefghij0123456789", min_size=1, max_size=8)


def a_content(**parts: Any) -> Content:
    """A playbook that could be published; `parts` replace what it says."""
    said: dict[str, Any] = {
        "title": "Customer was charged twice",
        "purpose": "Stop further double charges and give the money back.",
        "tags": Tags(areas=("billing",), types=("double-charge",)),
        "owner": "Leo Marsh",
        "entry": ("Two debits for one invoice",),
        "exit": ("Finance confirms the refund",),
        "do_not": ("Do not rerun the batch",),
        "steps": (
            Step("confirm", "Confirm both debits in the ledger", due_after=timedelta(minutes=15)),
            Step("stop", "Stop the batch", StepKind.DECIDE, decision="halt"),
            Step("tell", "Tell the customer", StepKind.SEND, stage="initial"),
        ),
        "decisions": (Decision("halt", "Halt the batch", "Lead", "Coordinator", "one hour", "in the log"),),
        "examples": (Example("The March run", "ESC-2026-0007"),),
    }
    return Content(**(said | parts))


STEPS = st.builds(
    Step,
    id=IDS,
    text=TEXTS,
    kind=st.sampled_from(StepKind),
    role=st.sampled_from(("", "Lead", "Senior engineer")),
    due_after=st.none() | st.integers(0, 600).map(lambda minutes: timedelta(minutes=minutes)),
    stage=st.sampled_from(("", "initial", "periodic")),
    evidence=st.just("") | TEXTS,
    is_optional=st.booleans(),
)
_DATES = st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1))
_LINES = st.lists(TEXTS, max_size=4).map(tuple)
CONTENTS = st.builds(
    Content,
    title=TEXTS,
    purpose=TEXTS,
    tags=st.builds(Tags, areas=st.lists(IDS, unique=True, max_size=3).map(tuple)),
    owner=st.just("Leo Marsh"),
    reviewers=st.lists(st.sampled_from(("Cora Lind", "Sana Ito")), unique=True).map(tuple),
    evergreen_days=st.integers(0, 400),
    valid_from=_DATES,
    valid_until=_DATES,
    entry=_LINES,
    exit=_LINES,
    do_not=_LINES,
    steps=st.lists(STEPS, max_size=7, unique_by=lambda step: step.id).map(tuple),
    decisions=st.lists(
        st.builds(Decision, IDS, TEXTS, TEXTS), max_size=3, unique_by=lambda decision: decision.id
    ).map(tuple),
    examples=st.lists(st.builds(Example, TEXTS, IDS, st.booleans()), max_size=2).map(tuple),
)
