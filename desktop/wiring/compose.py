"""The messages of a desk for those who write them, in the operator's name; every call is for the worker."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from desktop.domain.errors import NotFound
from desktop.domain.letter import Choice, Draft, Proposal, Shown
from desktop.domain.merge_field import NOTHING
from desktop.domain.message import FINAL_STAGES, Audience, Finding, Medium, Stage, Text, Way
from desktop.domain.person import Actor
from desktop.domain.template import Template
from desktop.domain.template_text import names_in
from desktop.domain.template_time import in_message
from desktop.services.desk import Desk
from desktop.services.details import EscalationDetails
from desktop.services.mail_account import account_of
from desktop.services.paging import SecretKeeper
from desktop.ui.message.ports import (
    RELEASE,
    Changes,
    Difference,
    Fact,
    Gone,
    Key,
    Outgoing,
    Release,
    Spare,
    WayOut,
    Writing,
)
from desktop.wiring import compose_view as view
from desktop.wiring.compose_parts import Parts, parts_of
from desktop.wiring.switching import operator_of

_READERS = {Audience.INTERNAL: "our own people", Audience.EXECUTIVE: "the executives"}


class DeskMessages:
    """What the page that writes messages asks for. `is_real` says whether anything leaves this desk."""

    def __init__(self, desk: Desk, secrets: Callable[[], SecretKeeper], *, is_real: bool) -> None:
        self._desk = desk
        self._secrets = secrets
        self._is_real = is_real
        self._made: Parts | None = None
        self._seen: Mapping[Medium, Text] = {}

    @property
    def parts(self) -> Parts:
        """The services, made now if they were not yet."""
        if self._made is None:
            self._made = parts_of(self._desk, self._secrets)
        return self._made

    # -- writing
    def open(self, escalation_id: int, audience: Audience | None, stage: Stage | None) -> Writing:
        """Take up the draft for an audience, or begin it."""
        by, drafts = operator_of(self._desk), self.parts.drafts
        proposals = drafts.proposals(escalation_id)
        first = proposals[0]
        audience = audience or first.audience
        due = next((each for each in proposals if each.audience is audience), first)
        known = drafts.of(escalation_id, audience)
        if stage is None:
            stage = known.stage if known is not None and known.texts else due.stage
        draft = drafts.open(escalation_id, audience, stage, by)
        draft = self._promised(draft, proposals, by)
        drafts.here(escalation_id, by)
        return self._writing(draft, by, proposals)

    def change(self, key: Key, changes: Changes) -> Writing:
        """Keep what was typed."""
        by, parts = operator_of(self._desk), self.parts
        parts.typed.type(key.escalation_id, changes.facts)
        draft = self._draft(key)
        after = draft
        for medium in changes.restored:
            after = after.without_text(medium)
        for medium, (subject, body) in changes.texts.items():
            after = after.with_text(medium, subject, body)
        for rule, reason in changes.overrides.items():
            after = after.with_override(rule, reason)
        if changes.next_update_at is not None:
            after = replace(after, next_update_at=changes.next_update_at)
        if after is not draft:
            draft = parts.drafts.save(after, by)
        if changes.settled:
            parts.typed.settle(key.escalation_id, by, changes.settled)
        return self._writing(draft, by)

    def spread(self, key: Key, difference: Difference) -> Writing:
        """Use in every text what one of them says of a fact."""
        by = operator_of(self._desk)
        self.parts.typed.type(key.escalation_id, {difference.name: difference.text})
        self.parts.typed.settle(key.escalation_id, by, frozenset((difference.name,)))
        return self._writing(self._draft(key), by)

    def approve(self, key: Key, name: str) -> Writing:
        """Let a statement be made that only some may let out."""
        by, parts = operator_of(self._desk), self.parts
        parts.typed.settle(key.escalation_id, by, frozenset((name,)))
        seen = parts.facts.values(key.escalation_id, key.audience)[name].pending
        parts.facts.approve(key.escalation_id, name, by, seen=seen or None)
        return self._writing(self._draft(key), by)

    def settle(self, key: Key, spare_id: int, *, take: bool) -> Writing:
        """Choose between two texts."""
        by = operator_of(self._desk)
        draft = self._draft(key)
        return self._writing(self.parts.drafts.settle_spare(draft.id, spare_id, by, take=take), by)

    # -- letting it go
    def ask_release(self, key: Key) -> Writing:
        """Ask that somebody else lets it go; what was typed is on record then."""
        by = operator_of(self._desk)
        self.parts.typed.settle(key.escalation_id, by)
        return self._writing(self.parts.sending.ask_release(self._draft(key), by), by)

    def release(self, key: Key) -> Writing:
        """Let the message of another go."""
        by = operator_of(self._desk)
        return self._writing(self.parts.sending.release(self._draft(key), by), by)

    def send(self, key: Key, out: Sequence[Outgoing]) -> Gone:
        """Send it, or record it as sent; the facts in it are on record from then on."""
        by, parts = operator_of(self._desk), self.parts
        parts.typed.settle(key.escalation_id, by)
        draft = self._draft(key)
        choices = [Choice(each.medium, each.way, each.contact_ids) for each in out]
        # What is told in minutes from now changes while it is read: that is for one's own people alone.
        seen = {each.medium: self._seen[each.medium] for each in out if each.medium in self._seen}
        is_exact = key.audience is Audience.CUSTOMER
        sent = parts.sending.send(draft, by, choices, seen=seen if is_exact else None)
        parts.drafts.gone(key.escalation_id, by)
        at = sent[0].next_update_at
        return Gone(_told(choices) + self._promise(key, at))

    def discard(self, key: Key) -> None:
        """Give the draft up."""
        by = operator_of(self._desk)
        self.parts.drafts.discard(self._draft(key).id, by)
        self.parts.drafts.gone(key.escalation_id, by)

    # -- presence
    def here(self, escalation_id: int) -> Sequence[tuple[str, datetime]]:
        """Say that the operator writes; gives who else does."""
        by = operator_of(self._desk)
        self.parts.drafts.here(escalation_id, by)
        return self._others(escalation_id, by)

    def leave(self, escalation_id: int) -> None:
        """Say that the operator does not write any more."""
        if self._made is not None:
            self.parts.drafts.gone(escalation_id, operator_of(self._desk))

    # -- within
    def _draft(self, key: Key) -> Draft:
        draft = self.parts.drafts.of(key.escalation_id, key.audience)
        if draft is None:
            raise NotFound("This message was sent or discarded meanwhile.", hint="Press U to write another.")
        return draft

    def _promised(self, draft: Draft, proposals: Sequence[Proposal], by: Actor) -> Draft:
        """The draft with a time that is still to come, where one is to be told.

        One's own people are told what the customer was promised.
        """
        now, at = self._desk.clock.now(), draft.next_update_at
        if draft.stage in FINAL_STAGES or (at is not None and at > now):
            return draft
        due = _of(proposals, draft)
        wanted = due.next_update_at if due is not None else None
        if wanted is None:
            values = self.parts.facts.values(draft.escalation_id, draft.audience)
            told = values.get("next_update_at", NOTHING).at
            wanted = told if told is not None and told > now else proposals[0].next_update_at
        return draft if wanted is None else self.parts.drafts.save(replace(draft, next_update_at=wanted), by)

    def _writing(self, draft: Draft, by: Actor, proposals: Sequence[Proposal] | None = None) -> Writing:
        parts, now = self.parts, self._desk.clock.now()
        known = parts.drafts.proposals(draft.escalation_id) if proposals is None else proposals
        details = self._desk.escalations.details.details(draft.escalation_id, by)
        shown = parts.drafts.render(draft)
        self._seen = {medium: each.text for medium, each in shown.items()}
        findings = parts.look.over(draft, shown, frozenset())
        zone = parts.facts.zone(draft.escalation_id, draft.audience)
        due = _of(known, draft)
        key = Key(draft.escalation_id, draft.audience)
        return Writing(
            key=key,
            number=details.escalation.number,
            title=details.escalation.title,
            reader=_READERS.get(draft.audience, details.customer.name),
            zone=zone,
            stage=draft.stage,
            choices=view.choices_of(draft.audience, known),
            facts=self._facts(draft, details, shown, zone, now, by),
            media=view.media_of(shown, self._ways(draft, shown), self._titles(draft, shown)),
            findings=findings,
            differences=view.differences_of(parts.drafts.differences(draft)),
            next_update_at=draft.next_update_at,
            cadence=view.cadence_of(due, now),
            late=self._late(due, now, zone),
            release=self._release(draft, findings, by),
            others=self._others(draft.escalation_id, by),
            kept_at=draft.updated_at,
            overrides=draft.overrides,
            spare=tuple(Spare(each.id, each.medium, each.by, each.body) for each in draft.spare),
            is_real=self._is_real,
        )

    def _facts(
        self,
        draft: Draft,
        details: EscalationDetails,
        shown: Mapping[Medium, Shown],
        zone: str,
        now: datetime,
        by: Actor,
    ) -> tuple[Fact, ...]:
        parts = self.parts
        values = parts.drafts.rendering.values(draft)
        told = self._told_in(draft, shown)
        names = list(told)
        fields = {
            name: parts.typed.shown(draft.escalation_id, name, values[name], draft.audience)
            for name in names
            if name in values
        }
        knows = view.Knows(
            details.owner.name if details.owner is not None else "", details.customer.account_owner
        )
        return view.facts_of(told, values, draft.stage, zone=zone, now=now, knows=knows, by=by, fields=fields)

    def _told_in(self, draft: Draft, shown: Mapping[Medium, Shown]) -> Mapping[str, frozenset[Medium]]:
        """The facts that the texts name, in the order in which they are told, each with its media."""
        told: dict[str, frozenset[Medium]] = {}
        for medium in shown:
            template = self._template(draft, medium)
            text = f"{template.subject}\n{template.body}" if template is not None else ""
            for name, _begin, _end, _is_known in names_in(text):
                if name not in _SHOWN_ELSEWHERE:
                    told[name] = told.get(name, frozenset()) | {medium}
        return told

    def _titles(self, draft: Draft, shown: Mapping[Medium, Shown]) -> Mapping[Medium, str]:
        found = {medium: self._template(draft, medium) for medium in shown}
        return {
            medium: f"Template: {template.title}, v{template.version}" if template is not None else ""
            for medium, template in found.items()
        }

    def _template(self, draft: Draft, medium: Medium) -> Template | None:
        try:
            return self.parts.templates.for_message(draft.audience, draft.stage, medium)
        except NotFound:
            return None

    def _ways(self, draft: Draft, shown: Mapping[Medium, Shown]) -> Mapping[Medium, tuple[WayOut, ...]]:
        why = self._why_no_mail()
        contacts = self.parts.contacts
        return {
            medium: view.ways_of(
                medium, contacts.recipients(draft.escalation_id, draft.audience, medium), why
            )
            for medium in shown
        }

    def _why_no_mail(self) -> str:
        with self._desk.store.read() as session:
            return "" if account_of(session).is_set_up else "no mail account is set up"

    def _release(self, draft: Draft, findings: Sequence[Finding], by: Actor) -> Release:
        is_needed = any(each.rule == RELEASE for each in findings)
        is_given = draft.release is not None and draft.release.is_given
        is_passed = RELEASE in draft.overrides
        return view.release_of(draft, by, is_needed=is_given or (is_needed and not is_passed))

    def _others(self, escalation_id: int, by: Actor) -> tuple[tuple[str, datetime], ...]:
        return tuple((each.name, each.since_at) for each in self.parts.drafts.others(escalation_id, by))

    @staticmethod
    def _late(due: Proposal | None, now: datetime, zone: str) -> str:
        if due is None or due.late_by is None:
            return ""
        return f"Promised by {in_message(now - due.late_by, zone, now)}."

    def _promise(self, key: Key, at: datetime | None) -> str:
        if at is None:
            return ""
        zone = self.parts.facts.zone(key.escalation_id, key.audience)
        return f" Next update by {in_message(at, zone, self._desk.clock.now())}."


#: Chosen beside the texts, not written among the facts.
_SHOWN_ELSEWHERE = frozenset({"next_update_at", "next_update_relative", "next_update_clock"})


def _of(proposals: Sequence[Proposal], draft: Draft) -> Proposal | None:
    own = [each for each in proposals if each.audience is draft.audience]
    return next((each for each in own if each.stage is draft.stage), own[0] if own else None)


def _told(choices: Sequence[Choice]) -> str:
    ways = [each.way for each in choices]
    if any(way in (Way.MAIL, Way.CHAT) for way in ways):
        return "On its way."
    return "Copied and marked as sent." if Way.COPIED in ways else "Recorded as told."
