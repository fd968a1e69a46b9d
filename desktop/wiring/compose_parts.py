"""The services of messages for one desk, made on the worker when somebody first writes one."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.adapters.paging import ApprisePost
from desktop.options import local_zone
from desktop.services.contact import ContactService
from desktop.services.desk import Desk
from desktop.services.message_draft import MessageDrafts
from desktop.services.message_facts import MessageFacts
from desktop.services.message_look import MessageLook
from desktop.services.message_sending import MessageSending
from desktop.services.paging import SecretKeeper
from desktop.services.template import TemplateService
from desktop.services.tone import ToneService
from desktop.wiring.compose_facts import TypedFacts
from desktop.wiring.on_call import OnCallOf


@dataclass(frozen=True)
class Parts:
    """What the page that writes messages stands on; `facts` hold what is being typed as well."""

    zone: str
    facts: MessageFacts
    typed: TypedFacts
    templates: TemplateService
    drafts: MessageDrafts
    look: MessageLook
    sending: MessageSending
    contacts: ContactService


def parts_of(desk: Desk, secrets: "Callable[[], SecretKeeper]") -> Parts:
    """All of them; what ships is there from then on."""
    store, clock, bus = desk.store, desk.clock, desk.bus
    zone = desk.settings.current.zone or local_zone()
    on_call = OnCallOf(desk)
    facts = MessageFacts(store=store, clock=clock, policy=desk.policy, bus=bus, on_call=on_call, zone=zone)
    typed = TypedFacts(facts=facts, drafts=desk.draft, clock=clock)
    templates = TemplateService(store=store, clock=clock, bus=bus)
    drafts = MessageDrafts(
        store=store, clock=clock, bus=bus, facts=typed, templates=templates, policy=desk.policy, zone=zone
    )
    tone = ToneService(store=store, clock=clock, bus=bus)
    look = MessageLook(store=store, clock=clock, tone=tone.tone, rendering=drafts.rendering)
    contacts = ContactService(store=store, clock=clock, bus=bus, secrets=secrets(), looker=ApprisePost())
    sending = MessageSending(cases=desk.escalations.cases, bus=bus, drafts=drafts, look=look)
    return Parts(zone, facts, typed, templates, drafts, look, sending, contacts)
