"""Whole desks that write and send messages without a pause until they are killed; see test_kill_sending.

    python -m tests.faults.sending_desk DATABASE

starts one for every line it reads, as `tests.faults.busy_desk` does. A desk says one line for each message
that was confirmed to have been sent: the number of its draft.
"""

import os
import random
import signal
import sys
from pathlib import Path

from desktop.domain.clock import ManualClock
from desktop.domain.errors import Conflict
from desktop.domain.intake import Intake
from desktop.domain.letter import Choice, Draft
from desktop.domain.message import Audience, Medium, Stage, Way
from desktop.services.desk import Desk
from desktop.services.message_draft import MessageDrafts
from desktop.services.message_facts import MessageFacts
from desktop.services.message_look import MessageLook
from desktop.services.message_sending import MessageSending
from desktop.services.template import TemplateService
from desktop.services.tone import ToneService
from tests.faults.busy_desk import BY, START, furnished, say

ESCALATIONS = 4
#: The words of a test pass every rule.
REASONS = dict.fromkeys(range(1, 19), "A test of deaths")


class Messages:
    """Drafts and sending of a desk."""

    def __init__(self, desk: Desk) -> None:
        store, clock, bus = desk.store, desk.clock, desk.bus
        facts = MessageFacts(store=store, clock=clock, policy=desk.policy)
        self.templates = TemplateService(store=store, clock=clock, bus=bus)
        self.drafts = MessageDrafts(
            store=store, clock=clock, bus=bus, facts=facts, templates=self.templates, policy=desk.policy
        )
        tone = ToneService(store=store, clock=clock, bus=bus)
        look = MessageLook(store=store, clock=clock, tone=tone.tone, rendering=self.drafts.rendering)
        self.sending = MessageSending(cases=desk.escalations.cases, bus=bus, drafts=self.drafts, look=look)

    def write(self, escalation_id: int) -> Draft:
        """A draft with words of its own; one that a dead desk has left is taken up."""
        draft = self.drafts.open(escalation_id, Audience.CUSTOMER, Stage.PERIODIC, BY)
        return self.drafts.save(draft.with_text(Medium.CHAT, "", f"Draft {draft.id}, we go on."), BY)

    def send(self, draft: Draft) -> None:
        """Send it by hand: nobody else takes part."""
        self.sending.send(draft, BY, [Choice(Medium.CHAT, Way.COPIED)], REASONS)


def prepare(path: Path) -> None:
    """A desk with escalations to write about."""
    desk = furnished(path)
    for place in range(ESCALATIONS):
        desk.escalations.escalation.open(Intake(customer_id=1, title=f"Orders stop {place}", severity=2), BY)
    Messages(desk).templates.ensure_shipped()
    desk.close()


def work(path: Path, seed: int) -> None:
    """Write and send, for ever."""
    chance = random.Random(seed)
    clock = ManualClock(START)
    messages = Messages(Desk.open(path, path.parent / "backups", clock))
    say("open", 0)
    while True:
        draft = messages.write(chance.randrange(1, ESCALATIONS + 1))
        say("written", draft.id)
        messages.send(draft)
        say("sent", draft.id)
        try:
            messages.send(draft)
        except Conflict:
            continue
        say("twice", draft.id)


def serve(path: Path) -> None:
    """Start a desk for each line read; wait until somebody has killed it."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for seed, _ in enumerate(sys.stdin, 1):
        child = os.fork()
        if not child:
            say("process", os.getpid())
            work(path, seed)
        os.waitpid(child, 0)
        say("ended", child)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
