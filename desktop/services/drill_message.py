"""The path of a message at a drill's own desk, and what the rules of tone say of one that was sent."""

from collections.abc import Callable
from datetime import datetime

from desktop.domain.letter import Draft, Seen
from desktop.domain.message import Audience, Medium, Stage
from desktop.domain.message_letter import Letter
from desktop.domain.message_lint import RULES, lint
from desktop.services.desk import Desk
from desktop.services.message_draft import MessageDrafts
from desktop.services.message_facts import MessageFacts
from desktop.services.message_look import MessageLook
from desktop.services.message_sending import MessageSending
from desktop.services.template import TemplateService
from desktop.services.tone import ToneService

#: The rules about how something is said: guesses, promises, blame, more or less than it is, apology, voice.
_TONE = frozenset({6, 7, 8, 9, 10, 11, 16})
#: Gives what the rules of tone find: (escalation, stage, medium, text, instant of the next update).
Finds = Callable[[int, str, str, str, datetime | None], list[str]]


def sending_of(desk: Desk) -> MessageSending:
    """Sending as the drill's desk does it."""
    drafts, look = _parts(desk)
    return MessageSending(cases=desk.escalations.cases, bus=desk.bus, drafts=drafts, look=look)


def finds_of(desk: Desk) -> Finds:
    """What the rules of tone find in a customer's message of the drill's desk."""
    look = _parts(desk)[1]

    def found(escalation_id: int, stage: str, medium: str, text: str, next_at: datetime | None) -> list[str]:
        try:
            draft = _draft(desk, escalation_id, Stage(stage), next_at)
            letter = Letter(Medium(medium), "", text, edited=True)
        except ValueError:  # from another version of the program
            return []
        findings = lint([letter], look.context(draft))
        return [f"{RULES[each.rule]}: {each.quote or each.why}" for each in findings if each.rule in _TONE]

    return found


def _parts(desk: Desk) -> tuple[MessageDrafts, MessageLook]:
    store, clock, bus = desk.store, desk.clock, desk.bus
    zone = desk.settings.current.zone or "UTC"
    drafts = MessageDrafts(
        store=store,
        clock=clock,
        bus=bus,
        facts=MessageFacts(store=store, clock=clock, bus=bus, policy=desk.policy),
        templates=TemplateService(store=store, clock=clock, bus=bus),
        policy=desk.policy,
        zone=zone,
    )
    tone = ToneService(store=store, clock=clock, bus=bus)
    return drafts, MessageLook(store=store, clock=clock, tone=tone.tone, rendering=drafts.rendering)


def _draft(desk: Desk, escalation_id: int, stage: Stage, next_at: datetime | None) -> Draft:
    now = desk.clock.now()
    return Draft(
        0, escalation_id, Audience.CUSTOMER, stage, next_at, 0, "", None, now, now, "", Seen(stage, next_at)
    )
