"""A desk with playbooks for the tests of their use: real services, real database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from db.unit_of_work import Session
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.playbook import Content, Decision, Step, StepKind, Tags
from desktop.domain.playbook_document import content_hash, to_text
from desktop.domain.playbook_run import Run
from desktop.services.playbook_pulse import PlaybookPulse
from desktop.services.playbook_run import PlaybookRuns
from desktop.services.playbook_search import PlaybookSearch
from desktop.services.playbook_suggestion import PlaybookSuggestions
from tests.factories import MONDAY, a_row
from tests.fixtures_desk import CommandDesk

STEPS = (
    Step("look", "Look at the dashboard of payments", due_after=timedelta(minutes=10)),
    Step("decide", "Decide whether to switch to the second provider", StepKind.DECIDE, decision="switch"),
    Step("tell", "Tell the customer", StepKind.SEND, stage="initial"),
    Step("photo", "Photograph the wall", is_optional=True),
)
PAYMENTS = Content(
    "Payments fail",
    "Money does not arrive",
    do_not=("Do not restart the gateway",),
    owner="Leo Marsh",
    steps=STEPS,
    decisions=(Decision("switch", "Switch providers", "lead", "coordinator", "one day"),),
)


def publish(session: Session, playbook_id: int, number: int, content: Content, at: datetime = MONDAY) -> None:
    """Keep a version of a playbook that is there, and let it be the published one."""
    at_us = to_us(at)
    a_row(
        session,
        "playbook_version",
        playbook_id=playbook_id,
        number=number,
        content=to_text(content),
        hash=content_hash(content),
        change_note="Because",
        author="Cora Lind",
        approved_by="Leo Marsh",
        approved_at=at_us,
        published_at=at_us,
        published_by="Leo Marsh",
    )
    session.sql(
        "UPDATE playbook SET published = ?, title = ?, owner = ?, approved_at = ?, review_due_at = ?"
        " WHERE id = ?",
        (
            number,
            content.title,
            content.owner,
            at_us,
            to_us(at + timedelta(days=content.evergreen_days)),
            playbook_id,
        ),
    )
    index(session, playbook_id, content)


def index(session: Session, playbook_id: int, content: Content) -> None:
    """Let it be found by its words and tags."""
    session.sql("DELETE FROM playbook_tag WHERE playbook_id = ?", (playbook_id,))
    for axis in ("area", "type", "tier", "level"):
        for key in getattr(content.tags, f"{axis}s"):
            a_row(session, "playbook_tag", playbook_id=playbook_id, axis=axis, key=key)
    steps = "\n".join(step.text for step in content.steps)
    session.sql(
        "INSERT OR REPLACE INTO playbook_search (rowid, title, purpose, steps, templates, tags)"
        " VALUES (?, ?, ?, ?, '', '')",
        (playbook_id, content.title, content.purpose, steps),
    )


class PlaybookDesk:
    """Playbooks in use beside the commands of one desk."""

    def __init__(self, base: CommandDesk) -> None:
        self.base = base
        self.store, self.clock = base.store, base.clock
        self.runs = PlaybookRuns(base.commands.cases, base.bus)
        self.suggestions = PlaybookSuggestions(store=base.store, clock=base.clock)
        self.search = PlaybookSearch(store=base.store, clock=base.clock, bus=base.bus)
        self.pulse = PlaybookPulse(store=base.store, clock=base.clock, bus=base.bus)

    @property
    def cora(self) -> Actor:
        return self.base.coordinator

    def write(self, content: Content = PAYMENTS, **changes: Any) -> int:
        """A playbook with its first version published; gives its id."""
        content = replace(content, **changes)
        with self.store.begin() as session:
            playbook_id = a_row(
                session,
                "playbook",
                slug=f"playbook-{session.revision()}",
                title=content.title,
                created_at=to_us(self.clock.now()),
                created_by="Cora Lind",
            )
            publish(session, playbook_id, 1, content)
        return playbook_id

    def improve(self, playbook_id: int, steps: Sequence[Step], number: int = 2) -> None:
        """Publish another version of the payments playbook with these steps."""
        with self.store.begin() as session:
            publish(session, playbook_id, number, replace(PAYMENTS, steps=tuple(steps)))

    def opened(self, **tags: tuple[str, ...]) -> Run:
        """The payments playbook open on an escalation of its own."""
        playbook_id = self.write(tags=Tags(**tags))
        return self.runs.open(self.base.open().id, playbook_id, self.cora)

    def kinds(self, escalation_id: int) -> list[str]:
        """The kinds of its events that are about playbooks."""
        return [kind for kind in self.base.kinds(escalation_id) if kind.startswith("playbook")]
