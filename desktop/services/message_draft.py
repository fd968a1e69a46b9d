"""Messages while they are written: one draft for each escalation and audience, which nobody's crash ends."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from db.queries import escalation as escalations
from db.queries import letter as queries
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.events import MessagesChanged
from desktop.domain.instant import span_us, to_us
from desktop.domain.letter import Draft, FactDifference, ListedDraft, Presence, Proposal, Seen, Shown
from desktop.domain.message import STAGES, Audience, Medium, Rendered, Stage
from desktop.domain.message_changes import differences
from desktop.domain.message_merge import merged, says_the_same
from desktop.domain.message_stage import next_for, proposals
from desktop.domain.person import Actor
from desktop.domain.rights import Action, may
from desktop.services.bus import Bus
from desktop.services.message_rendering import Facts, Rendering, Templates
from desktop.services.message_situation import situation_of
from desktop.services.policy import PolicyService

#: Somebody who was not seen for so long has gone: their window says so every few seconds while it is open.
GONE_AFTER = timedelta(seconds=45)


class MessageDrafts:
    """Drafts of messages; `zone` is that of the desk, for readers whose own is not known."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        bus: Bus,
        facts: Facts,
        templates: Templates,
        policy: PolicyService,
        zone: str = "UTC",
    ) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._policy = policy
        self.rendering = Rendering(store=store, clock=clock, facts=facts, templates=templates, zone=zone)

    # -- which message
    def proposals(self, escalation_id: int) -> tuple[Proposal, ...]:
        """Every message that may be written about an escalation, the one that is due first."""
        with self._store.read() as session:
            situation = situation_of(session, escalation_id, self._policy, self._clock.now())
        return proposals(replace(situation, now_said=self.rendering.said_now(situation.heard)))

    def propose(self, escalation_id: int) -> Proposal:
        """The message that is due."""
        return self.proposals(escalation_id)[0]

    # -- writing
    def open(self, escalation_id: int, audience: Audience, stage: Stage, by: Actor) -> Draft:
        """The draft of an escalation for an audience, begun now if there is none, at this stage.

        Raises: DeskError for a stage that is not for this audience; NotAllowed; NotFound.
        """
        if stage not in STAGES[audience]:
            raise DeskError(f"A message of the stage {stage.value} is not for this audience.", field="stage")
        with self._store.begin() as session:
            escalation = escalations.get(session, escalation_id)
            may(by, Action.UPDATE, escalation.owner_id)
            draft = queries.of_escalation(session, escalation_id, audience)
            at = self._clock.now()
            if draft is None:
                situation = situation_of(session, escalation_id, self._policy, at)
                next_at = next_for(situation, audience, stage)
                new_id = queries.insert(
                    session, escalation_id, audience, stage, next_at, by.name, by.person_id, to_us(at)
                )
                draft = queries.get(session, new_id)
            elif draft.stage is not stage:
                situation = situation_of(session, escalation_id, self._policy, at)
                moved = replace(draft, stage=stage, next_update_at=next_for(situation, audience, stage))
                draft = self._write(session, draft, moved, by)
            revision = session.revision()
        self._tell(escalation_id, revision)
        return draft

    def get(self, draft_id: int) -> Draft:
        """A draft as it stands.

        Raises: NotFound where it was sent or thrown away.
        """
        with self._store.read() as session:
            return queries.get(session, draft_id)

    def of(self, escalation_id: int, audience: Audience) -> Draft | None:
        """The draft of an escalation for an audience, None where nobody has begun one."""
        with self._store.read() as session:
            return queries.of_escalation(session, escalation_id, audience)

    def all(self) -> tuple[ListedDraft, ...]:
        """Every draft of the desk, the one changed last first."""
        with self._store.read() as session:
            return queries.listed(session)

    def save(self, draft: Draft, by: Actor) -> Draft:
        """Keep what was changed in a draft since it was read; gives it as it stands then.

        What somebody else changed meanwhile stays changed. Where both changed the same text, theirs stands
        and this one is kept in `spare`: nothing anybody wrote is lost. A release ends with any change.

        Raises: NotFound where it was sent or thrown away; NotAllowed.
        """
        bases = self._bases(draft)
        with self._store.begin() as session:
            stored = queries.get(session, draft.id)
            may(by, Action.UPDATE, escalations.get(session, stored.escalation_id).owner_id)
            now = self._clock.now()
            both = merged(stored, draft)
            for medium, text in both.spare.items():
                queries.add_spare(session, stored.id, medium, text, by.name, to_us(now))
            if says_the_same(stored, both.draft) and not both.spare:
                return stored
            kept = replace(
                both.draft,
                bases={
                    medium: stored.bases.get(medium) or bases[medium]
                    for medium in both.draft.texts
                    if medium in stored.bases or medium in bases
                },
            )
            saved = self._write(session, stored, kept, by)
            revision = session.revision()
        self._tell(stored.escalation_id, revision)
        return saved

    def settle_spare(self, draft_id: int, spare_id: int, by: Actor, *, take: bool = False) -> Draft:
        """Choose between two texts: `take` puts the one kept beside into the draft in place of what stands.

        Raises: NotFound; NotAllowed.
        """
        draft = self.get(draft_id)
        chosen = next((spare for spare in draft.spare if spare.id == spare_id), None)
        if chosen is not None and take:
            draft = self.save(draft.with_text(chosen.medium, chosen.subject, chosen.body), by)
        with self._store.begin() as session:
            queries.settle_spare(session, spare_id, to_us(self._clock.now()))
            settled = queries.get(session, draft_id)
            revision = session.revision()
        self._tell(draft.escalation_id, revision)
        return settled

    def discard(self, draft_id: int, by: Actor) -> None:
        """Throw a draft away.

        Raises: NotFound where it was sent or thrown away already; NotAllowed.
        """
        with self._store.begin() as session:
            draft = queries.get(session, draft_id)
            may(by, Action.UPDATE, escalations.get(session, draft.escalation_id).owner_id)
            queries.remove(session, draft_id)
            revision = session.revision()
        self._tell(draft.escalation_id, revision)

    # -- what it says
    def render(self, draft: Draft) -> Mapping[Medium, Shown]:
        """Every channel of a draft as it would leave the desk now.

        A channel changed by hand keeps its text; what is to be released is frozen as it was asked for.
        """
        return self.rendering.of(draft)

    def differences(self, draft: Draft) -> tuple[FactDifference, ...]:
        """Facts that the channels of a draft tell differently."""
        return differences(draft, self.rendering.live(draft))

    # -- who is there
    def here(self, escalation_id: int, person: Actor, at: datetime | None = None) -> None:
        """Note that somebody has the message open; to be repeated every fifteen seconds."""
        if person.person_id is None:
            return
        now_us = to_us(at or self._clock.now())
        with self._store.begin() as session:
            queries.put_presence(
                session, escalation_id, person.person_id, now_us, now_us - span_us(GONE_AFTER)
            )

    def gone(self, escalation_id: int, person: Actor) -> None:
        """Note that somebody has closed it."""
        if person.person_id is not None:
            with self._store.begin() as session:
                queries.end_presence(session, escalation_id, person.person_id)

    def others(self, escalation_id: int, but: Actor) -> tuple[Presence, ...]:
        """Who else has the message open, the first first."""
        seen_us = to_us(self._clock.now() - GONE_AFTER)
        with self._store.read() as session:
            present = queries.present(session, escalation_id, seen_us)
        return tuple(each for each in present if each.person_id != but.person_id)

    def _write(self, session: Session, stored: Draft, kept: Draft, by: Actor) -> Draft:
        """Keep a changed draft as its next edition; it has to be released anew.

        What was written by hand for another stage is no text of this one: it is kept beside it.
        """
        if kept.stage is not stored.stage:
            for medium, text in stored.texts.items():
                queries.add_spare(
                    session, stored.id, medium, text, stored.updated_by, to_us(stored.updated_at)
                )
            texts = {medium: text for medium, text in kept.texts.items() if stored.texts.get(medium) != text}
            kept = replace(kept, texts=texts, bases={})
        writers = stored.writers | ({by.person_id} if by.person_id is not None else frozenset())
        written = replace(
            kept,
            edition=stored.edition + 1,
            writers=writers,
            updated_at=self._clock.now(),
            updated_by=by.name,
            release=None,
            frozen={},
            seen=Seen(kept.stage, kept.next_update_at),
        )
        queries.write(session, written)
        return queries.get(session, stored.id)

    def _bases(self, draft: Draft) -> Mapping[Medium, Rendered]:
        """What the template gives for channels that were just changed by hand."""
        if all(medium in draft.bases for medium in draft.texts):
            return {}
        return {medium: shown.rendered for medium, shown in self.rendering.live(draft).items()}

    def _tell(self, escalation_id: int, revision: int) -> None:
        self._bus.publish(MessagesChanged((escalation_id,), revision))
