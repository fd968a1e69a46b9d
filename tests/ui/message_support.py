"""Messages kept in memory, for tests of the page that writes them: simple texts, simple rules."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.message import STAGES, Audience, Finding, Medium, Stage, Way
from desktop.ui.message.ports import (
    Changes,
    Choice,
    Difference,
    Fact,
    Gone,
    Key,
    MediumText,
    Outgoing,
    Release,
    Writing,
)

BODIES = {
    Medium.EMAIL: "Since {started_at} {impact_plain}\n\nNow: {current_step}",
    Medium.CHAT: "{title_plain}: {current_step}",
    Medium.SMS: "{current_step}",
}
SUBJECT = "{title_plain}"


class MemoryMessages:
    """One escalation, ESC-2026-0001 of Northwind, and its three drafts."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.facts = {"title_plain": "Checkout", "impact_plain": "checkouts time out.", "current_step": ""}
        self.next_at: datetime | None = clock.now() + timedelta(minutes=30)
        self.texts: dict[tuple[Key, Medium], tuple[str, str]] = {}
        self.overrides: dict[int, str] = {}
        self.stages = {Audience.CUSTOMER: Stage.INITIAL}
        self.sent: list[tuple[Key, tuple[Outgoing, ...], Writing]] = []
        self.others: tuple[tuple[str, datetime], ...] = ()
        self.release_ = Release()
        self.ways: dict[Medium, Way] = {Medium.EMAIL: Way.COPIED}
        self.fault: DeskError | None = None
        self.discarded: list[Key] = []
        self.left: list[int] = []
        self.changed = 0

    def open(self, escalation_id: int, audience: Audience | None, stage: Stage | None) -> Writing:
        self._check()
        audience = audience or Audience.CUSTOMER
        if stage is not None:
            self.stages[audience] = stage
        return self._writing(Key(escalation_id, audience))

    def change(self, key: Key, changes: Changes) -> Writing:
        self._check()
        self.changed += not changes.is_empty
        self.facts |= {name: text.strip() for name, text in changes.facts.items()}
        self.overrides |= changes.overrides
        self.next_at = changes.next_update_at or self.next_at
        for medium, text in changes.texts.items():
            self.texts[key, medium] = text
        for medium in changes.restored:
            self.texts.pop((key, medium), None)
        return self._writing(key)

    def spread(self, key: Key, difference: Difference) -> Writing:
        self.facts[difference.name] = difference.text
        self.texts.pop((key, difference.medium), None)
        return self._writing(key)

    def approve(self, key: Key, _name: str) -> Writing:
        return self._writing(key)

    def ask_release(self, key: Key) -> Writing:
        self.release_ = replace(self.release_, asked_by="Cora Lind", why_not="You wrote it yourself.")
        return self._writing(key)

    def release(self, key: Key) -> Writing:
        self.release_ = replace(self.release_, released_by="Mara Duarte")
        return self._writing(key)

    def settle(self, key: Key, _spare_id: int, *, take: bool) -> Writing:
        return self._writing(key)

    def send(self, key: Key, out: Sequence[Outgoing]) -> Gone:
        self._check()
        self.sent.append((key, tuple(out), self._writing(key)))
        return Gone("Sent. Next update by 14:30.")

    def discard(self, key: Key) -> None:
        self.discarded.append(key)

    def here(self, _escalation_id: int) -> Sequence[tuple[str, datetime]]:
        return self.others

    def leave(self, escalation_id: int) -> None:
        self.left.append(escalation_id)

    def _check(self) -> None:
        if self.fault is not None:
            raise self.fault

    def _writing(self, key: Key) -> Writing:
        stage = self.stages.get(key.audience, STAGES[key.audience][0])
        choices = [
            Choice(each, f"Why {each}", each is STAGES[key.audience][0]) for each in STAGES[key.audience]
        ]
        media = tuple(self._medium(key, medium) for medium in BODIES)
        return Writing(
            key=key,
            number="ESC-2026-0001",
            title="Checkout times out for all merchants",
            reader="Northwind Traders",
            zone="Europe/Berlin",
            stage=stage,
            choices=tuple(choices),
            facts=self._facts(),
            media=media,
            findings=tuple(finding for text in media for finding in self._findings(text)),
            differences=self._differences(key, media),
            next_update_at=self.next_at,
            cadence=timedelta(minutes=30),
            release=self.release_,
            others=self.others,
            kept_at=self.clock.now(),
            overrides=dict(self.overrides),
        )

    def _facts(self) -> tuple[Fact, ...]:
        said = {
            "title_plain": ("Title for the customer", "their account manager"),
            "impact_plain": ("What they see", "Sana Ito"),
            "current_step": ("What is done now", "the owner, Sana Ito"),
        }
        written = tuple(
            Fact(name, label, self.facts[name], is_own=True, is_needed=True, source="Cora Lind", who=who)
            for name, (label, who) in said.items()
        )
        started = Fact("started_at", "Began", "09:00", source="timeline", as_of=self.clock.now())
        return (*written, started)

    def _medium(self, key: Key, medium: Medium) -> MediumText:
        body, spans = _filled(BODIES[medium], {**self.facts, "started_at": "09:00"})
        subject = _filled(SUBJECT, self.facts)[0] if medium is Medium.EMAIL else ""
        edited = self.texts.get((key, medium))
        if edited is not None:
            subject, body = edited
        return MediumText(
            medium,
            subject,
            body,
            edited=edited is not None,
            template="Shipped template v1",
            spans=() if edited else spans,
            ways=tuple(_ways(medium)),
            way=self.ways.get(medium),
        )

    def _findings(self, text: MediumText) -> list[Finding]:
        found = []
        if not self.facts["current_step"] and not text.edited:
            found.append(
                Finding(1, "block", text.medium, 0, 0, "current_step", "Nobody has said what is done.")
            )
        at = text.body.find("soon")
        if at >= 0:
            words = ("“Soon” is no time.", "Name the time.", "by 14:30")
            found.append(Finding(2, "block", text.medium, at, at + 4, "soon", *words))
        at = text.body.find("probably")
        if at >= 0:
            found.append(Finding(6, "warning", text.medium, at, at + 8, "probably", "It is a guess."))
        return found

    def _differences(self, key: Key, media: Sequence[MediumText]) -> tuple[Difference, ...]:
        return tuple(
            Difference(
                text.medium, "impact_plain", "What they see", "nothing works", self.facts["impact_plain"]
            )
            for text in media
            if text.edited and "nothing works" in text.body
        )


def _ways(medium: Medium):
    from desktop.ui.message.ports import WayOut

    if medium is Medium.EMAIL:
        yield WayOut(Way.MAIL, "Anna Berg <anna@northwind.example>", (7,))
    yield WayOut(Way.COPIED)
    yield WayOut(Way.RECORDED)


def _filled(template: str, values: dict[str, str]) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    said, spans, rest = "", [], template
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, _, rest = rest.partition("}")
        said += before
        spans.append((name, len(said), len(said) + len(values[name])))
        said += values[name]
    return said + rest, tuple(spans)
