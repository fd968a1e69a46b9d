"""Messages leaving the desk: looked over, released by a second person, sent once, recorded word for word."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from db.queries import letter as drafts
from db.queries import sent as messages
from db.unit_of_work import Session
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.events import MessagesChanged, OutboxFilled
from desktop.domain.letter import Choice, Draft, Release, Shown
from desktop.domain.message import Audience, Finding, Medium, Sent, Stage, Text, Way
from desktop.domain.message_changes import frozen
from desktop.domain.person import Actor
from desktop.domain.rights import Action
from desktop.domain.timeline import EventKind
from desktop.services import message_keeping as keeping
from desktop.services import message_return
from desktop.services.bus import Bus
from desktop.services.case import Case, Cases, Work
from desktop.services.message_draft import MessageDrafts
from desktop.services.message_look import MessageLook
from desktop.services.message_recording import Told, record

_QUEUED = frozenset({Way.MAIL, Way.CHAT})


class Blocked(DeskError):
    """A message that may not leave as it is; `findings` say what is wrong with it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first = findings[0]
        more = f" And {len(findings) - 1} more." if len(findings) > 1 else ""
        super().__init__(f"{first.why}{more}", hint="Correct it, or say why it may pass.")
        self.findings = tuple(findings)


class MessageSending:
    """Sends drafts and keeps what was said; every command is one transaction."""

    def __init__(self, *, cases: Cases, bus: Bus, drafts: MessageDrafts, look: MessageLook) -> None:
        self._cases = cases
        self._bus = bus
        self._drafts = drafts
        self._look = look

    def check(self, draft: Draft, media: Sequence[Medium] | None = None) -> tuple[Finding, ...]:
        """What is to be said of a draft, in these channels or in all; what a reason lets pass is left out.

        Those that block come first.
        """
        shown = self._drafts.render(draft)
        used = shown if media is None else {medium: shown[medium] for medium in media if medium in shown}
        return self._look.over(draft, used, frozenset(draft.overrides))

    def send(
        self,
        draft: Draft,
        by: Actor,
        choices: Sequence[Choice],
        overrides: Mapping[int, str] | None = None,
        seen: Mapping[Medium, Text] | None = None,
    ) -> tuple[Sent, ...]:
        """Let a draft leave the desk by these channels, as it stands, once; gives what was recorded.

        `overrides` are reasons, by rule, for what would block it, beside those the draft holds. `seen` are
        the texts that the sender has before them.

        Raises: Blocked; Conflict when it was sent already, or changed since it was read; DeskError for a
            choice that cannot be; NotAllowed.
        """
        reasons = {**draft.overrides, **{rule: why.strip() for rule, why in (overrides or {}).items()}}
        reasons = {rule: why for rule, why in reasons.items() if why}
        shown = self._drafts.render(draft)
        used = _used(shown, choices)
        _check_seen(used, seen)
        findings = self._look.over(draft, used, frozenset())
        blocks = [each for each in findings if each.kind == "block"]
        if left := [each for each in blocks if each.rule not in reasons or not each.can_override]:
            raise Blocked(left)
        given = {rule: why for rule, why in reasons.items() if rule in {each.rule for each in blocks}}
        with self._cases.change(draft.escalation_id, by, Action.UPDATE) as case:
            stored = self._unsent(case.work, draft)
            leaving = self._drafts.rendering.to_leave(used)
            ids = keeping.send(case, stored, leaving, choices, given)
            drafts.remove(case.work.session, draft.id)
            sent = tuple(messages.get(case.work.session, id_) for id_ in ids)
            revision = case.work.session.revision()
        self._tell(draft.escalation_id, revision)
        if any(choice.way in _QUEUED for choice in choices):
            self._bus.publish(OutboxFilled(len(sent)))
        return sent

    def record(
        self,
        escalation_id: int,
        text: str,
        by: Actor,
        *,
        medium: Medium = Medium.PHONE,
        audience: Audience = Audience.CUSTOMER,
        stage: Stage | None = None,
        subject: str = "",
        recipients: str = "",
        next_update_at: datetime | None = None,
        at: datetime | None = None,
    ) -> Sent:
        """Keep word for word what was said elsewhere, `at` some time up to now.

        Raises: DeskError for an empty text or a time that cannot be; NotAllowed.
        """
        told = Told(text, medium, audience, stage, subject, recipients, next_update_at, at)
        with self._cases.change(escalation_id, by, Action.UPDATE) as case:
            sent_id = record(case, told)[0]
            sent = messages.get(case.work.session, sent_id)
            revision = case.work.session.revision()
        self._tell(escalation_id, revision)
        return sent

    # -- a second person's word
    def ask_release(self, draft: Draft, by: Actor) -> Draft:
        """Ask a second person to release a draft; its texts stay as they are until somebody changes it.

        Raises: NotFound; Conflict when it changed since it was read; NotAllowed.
        """
        shown = self._drafts.render(draft)
        with self._cases.change(draft.escalation_id, by, Action.UPDATE) as case:
            stored = self._unsent(case.work, draft)
            asked = Release(by.name, by.person_id, case.work.at)
            kept = {medium: frozen(stored, medium, each) for medium, each in shown.items()}
            written = self._write(case, stored, release=asked, frozen=kept)
            case.tell(
                EventKind.UPDATE_DRAFTED, "Message to release", audience=draft.audience.value,
                stage=draft.stage.value,
            )  # fmt: skip
            revision = case.work.session.revision()
        self._tell(draft.escalation_id, revision)
        return written

    def release(self, draft: Draft, by: Actor) -> Draft:
        """Release a draft as a second person.

        Raises: NotAllowed for whoever has written in it; DeskError when nobody asked for it; Conflict when it
            changed since it was read.
        """
        with self._cases.change(draft.escalation_id, by, Action.UPDATE) as case:
            stored = self._unsent(case.work, draft)
            if stored.release is None:
                raise DeskError("Nobody has asked for this release.", hint="Ask for it once it is written.")
            own = {stored.author_id, stored.release.asked_by_id, *stored.writers}
            if by.person_id is None or by.person_id in own:
                raise NotAllowed(
                    "Who has written a message cannot release it.", hint="Ask another coordinator or lead."
                )
            given = replace(
                stored.release, released_by=by.name, released_by_id=by.person_id, released_at=case.work.at
            )
            written = self._write(case, stored, release=given)
            case.tell(
                EventKind.UPDATE_RELEASED, "Release of a message", audience=draft.audience.value,
                stage=draft.stage.value, author=stored.author,
            )  # fmt: skip
            revision = case.work.session.revision()
        self._tell(draft.escalation_id, revision)
        return written

    # -- what became of it
    def delivered(self, sent_id: int) -> None:
        """Note that a message has arrived where it was sent."""
        self._came_back(sent_id, "sent", "")

    def undelivered(self, sent_id: int, why: str) -> None:
        """Note that a message did not arrive: who was promised it still waits, and somebody is alarmed."""
        self._came_back(sent_id, "failed", why)

    def unsure(self, sent_id: int, why: str) -> None:
        """Note that nobody knows whether a message has arrived: somebody is alarmed to find out."""
        self._came_back(sent_id, "unsure", why)

    # -- what was sent
    def of(self, escalation_id: int, limit: int = -1) -> tuple[Sent, ...]:
        """The messages about an escalation, the latest first."""
        with self._cases.store.read() as session:
            return messages.of_escalation(session, escalation_id, limit)

    def latest(self, limit: int, before_id: int | None = None) -> tuple[Sent, ...]:
        """The messages of the desk sent last, the latest first; older ones than `before_id` to go on."""
        with self._cases.store.read() as session:
            return messages.latest(session, limit, before_id)

    def _unsent(self, work: Work, draft: Draft) -> Draft:
        """The draft as it is kept, if it is what was read."""
        stored = drafts.find(work.session, draft.id)
        if stored is None:
            raise Conflict(_gone(work.session, draft), hint="Look at what was sent.")
        if stored.edition != draft.edition:
            raise Conflict(
                f"{stored.updated_by} changed this message meanwhile.", hint="Read it again before it leaves."
            )
        return stored

    @staticmethod
    def _write(case: Case, stored: Draft, **changes: object) -> Draft:
        written = replace(stored, edition=stored.edition + 1, **changes)  # type: ignore[arg-type]
        drafts.write(case.work.session, written)
        return drafts.get(case.work.session, stored.id)

    def _came_back(self, sent_id: int, state: str, why: str) -> None:
        came = message_return.came_back(self._cases, sent_id, state, why)
        if came:
            self._tell(came, self._cases.store.revision())

    def _tell(self, escalation_id: int, revision: int) -> None:
        self._bus.publish(MessagesChanged((escalation_id,), revision))


def _used(shown: Mapping[Medium, Shown], choices: Sequence[Choice]) -> dict[Medium, Shown]:
    if not choices:
        raise DeskError("No channel was chosen.", field="choices", hint="Say how it is to leave the desk.")
    media = [choice.medium for choice in choices]
    if len(set(media)) < len(media):
        raise DeskError("A channel was chosen twice.", field="choices", hint="Choose each once.")
    if missing := [medium for medium in media if medium not in shown]:
        raise DeskError(f"There is no text for {missing[0].value}.", field="choices", hint="Write it first.")
    for choice in choices:
        if choice.way in _QUEUED and not choice.contact_ids:
            raise DeskError(
                f"Nobody was chosen to get it by {choice.way.value}.",
                field="choices",
                hint="Choose whom it goes to, or copy it.",
            )
    return {medium: shown[medium] for medium in media}


def _check_seen(used: Mapping[Medium, Shown], seen: Mapping[Medium, Text] | None) -> None:
    for medium, text in (seen or {}).items():
        now = used[medium].text if medium in used else text
        if (now.subject, now.body) != (text.subject, text.body):
            raise Conflict(
                "A fact of this message changed meanwhile.", hint="Read it again before it leaves."
            )


def _gone(session: Session, draft: Draft) -> str:
    found = messages.by_draft(session, draft.id)
    return f"{found[0].by} sent this message already." if found else "This message was thrown away already."
