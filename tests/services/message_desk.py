"""A desk with the whole path of a message: facts, templates, rules, drafts, sending, promises."""

from datetime import timedelta

from desktop.adapters.paging import ApprisePost
from desktop.domain.contact import Circle, Contact, Reach
from desktop.domain.letter import Choice, Draft
from desktop.domain.message import Audience, Medium, Sent, Stage, Way
from desktop.domain.person import Actor
from desktop.services.contact import ContactService
from desktop.services.message_draft import MessageDrafts
from desktop.services.message_facts import MessageFacts
from desktop.services.message_look import MessageLook
from desktop.services.message_sending import MessageSending
from desktop.services.promise import PromiseLedger
from desktop.services.template import TemplateService
from desktop.services.tone import ToneService
from tests.fixtures_desk import CommandDesk
from tests.services.letter_desk import Keeper

#: What people write so that any stage can be sent.
FACTS = {
    "title_plain": "Orders stop at payment",
    "impact_plain": "you cannot pay orders; everything else works.",
    "owner_role": "payments team",
    "contact_point": "+49 30 1234, help@desk.example",
    "current_step": "We compare the two payment systems",
    "next_steps": "Payments team checks the connection by 11:00 UTC",
    "actions_taken": "We moved payments to the second connection at 09:05 UTC",
    "workaround": "Please pay by invoice.",
    "still_impaired": "Payments by card",
    "watch_items": "Payments per minute",
    "data_loss_statement": "No data was lost.",
    "how_to_tell": "Orders can be paid again; if not, please call us.",
    "summary_plain": "Orders could not be paid.",
    "prevention_done": "We check the connection every minute since 23 Nov 2026",
    "prevention_planned": "Payments team adds a third connection by 30 Nov 2026",
    "trigger_plain": "A change of the network at 08:00 UTC.",
    "root_cause_plain": "Both connections used one cable.",
    "contributing_plain": "Nobody was told when the first one stopped.",
    "what_was_wrong": "We wrote that nobody else was affected.",
    "what_is_right": "Payments by card were affected too.",
    "conditions": "Payments fail.",
    "needs": "A network engineer by 12:00.",
}
#: What a P2 needs to be told of times.
DATES = {
    "review_due": "2026-11-26 12:00",
    "known_since": "2026-11-23 09:10",
    "started_at": "2026-11-23 08:30",
}


class MessageDesk:
    """An escalation of Northwind with a contact by mail; whoever acts is the coordinator."""

    def __init__(self, base: CommandDesk, *, is_written: bool = True, **facts: object) -> None:
        self.base, self.by, self.lead = base, base.coordinator, base.lead
        parts = {"store": base.store, "clock": base.clock, "bus": base.bus}
        self.facts = MessageFacts(**parts, policy=base.policy)
        self.templates = TemplateService(**parts)
        self.tone = ToneService(**parts)
        self.drafts = self.another()
        self.cases = base.commands.cases
        self.sending = self.another_sending(self.drafts)
        self.ledger = PromiseLedger(store=base.store, clock=base.clock, cases=self.cases)
        contacts = ContactService(**parts, secrets=Keeper(), looker=ApprisePost())
        new = Contact(0, "Jo Rey", Circle.CUSTOMER, Reach.MAIL, "jo@northwind.example", 1)
        self.contact = contacts.add(new, self.by)
        inside = Contact(0, "Engineers", Circle.ENGINEERS, Reach.MAIL, "all@desk.example")
        self.inside = contacts.add(inside, self.by)
        self.id = base.open(**facts).id
        if is_written:
            self.write({**FACTS, **DATES})

    def another(self) -> MessageDrafts:
        """The drafts as a second program on the same database has them."""
        base = self.base
        return MessageDrafts(
            store=base.store,
            clock=base.clock,
            bus=base.bus,
            facts=self.facts,
            templates=self.templates,
            policy=base.policy,
        )

    def another_sending(self, drafts: MessageDrafts) -> MessageSending:
        """Sending as a second program has it."""
        base = self.base
        look = MessageLook(
            store=base.store, clock=base.clock, tone=self.tone.tone, rendering=drafts.rendering
        )
        return MessageSending(cases=base.commands.cases, bus=base.bus, drafts=drafts, look=look)

    def write(self, facts: dict[str, str]) -> None:
        """Write facts, and approve them."""
        for name, text in facts.items():
            self.facts.set_fact(self.id, name, text, self.by)
        for name in ("data_loss_statement", "security_statement", "credit_statement", "eta_range"):
            if name in facts:
                self.facts.approve(self.id, name, self.base.senior if "loss" in name else self.lead)
        for name in ("trigger_plain", "root_cause_plain", "contributing_plain"):
            if name in facts:
                self.facts.approve(self.id, name, self.lead)

    def open(self, stage: Stage = Stage.INITIAL, audience: Audience = Audience.CUSTOMER) -> Draft:
        """The draft of a stage."""
        return self.drafts.open(self.id, audience, stage, self.by)

    def body(self, draft: Draft, medium: Medium = Medium.EMAIL) -> str:
        """What a channel says now."""
        return self.drafts.render(draft)[medium].text.body

    def type(self, draft: Draft, body: str, by: Actor | None = None, medium: Medium = Medium.EMAIL) -> Draft:
        """A channel written by hand and kept."""
        return self.drafts.save(draft.with_text(medium, "", body), by or self.by)

    def mail(self) -> list[Choice]:
        """By mail to the contact."""
        return [Choice(Medium.EMAIL, Way.MAIL, (self.contact.id,))]

    def send(self, stage: Stage = Stage.INITIAL, **overrides: str) -> Sent:
        """Send the mail of a stage."""
        reasons = {int(rule.removeprefix("rule")): why for rule, why in overrides.items()}
        return self.sending.send(self.open(stage), self.by, self.mail(), reasons)[0]

    def blocks(self, draft: Draft, medium: Medium = Medium.EMAIL) -> list[int]:
        """The rules that block one channel of a draft."""
        return [each.rule for each in self.sending.check(draft, [medium]) if each.kind == "block"]

    def rules(self, draft: Draft, medium: Medium = Medium.EMAIL) -> set[int]:
        """The rules that find something."""
        return {each.rule for each in self.sending.check(draft, [medium])}

    def count(self, table: str) -> int:
        """How many rows there are."""
        with self.base.store.read() as session:
            return int(session.sql(f"SELECT count(*) FROM {table}").fetchone()[0])

    def wait(self, **span: float) -> None:
        """Let time pass."""
        self.base.clock.forward(**span)


HOUR = timedelta(hours=1)
