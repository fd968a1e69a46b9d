"""Puts the facts of an escalation into the templates of its message, live until it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from db.queries import customer as customers
from db.queries import escalation as escalations
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.drill_mark import marked_line, marked_text
from desktop.domain.errors import NotFound
from desktop.domain.letter import MEDIA, Draft, Shown
from desktop.domain.merge_field import Value
from desktop.domain.message import Audience, Medium, Rendered, Sent, Stage, Text
from desktop.domain.template import Template
from desktop.domain.template_text import fill, in_words
from desktop.domain.template_time import clock_of, length
from desktop.services.drill_marking import DeskMark


class Facts(Protocol):
    """What is known of an escalation, as messages need it."""

    def values(self, escalation_id: int, audience: Audience) -> Mapping[str, Value]:
        """Every field for an audience."""
        ...


class Templates(Protocol):
    """Where the texts of messages come from."""

    def for_message(self, audience: Audience, stage: Stage, medium: Medium) -> Template:
        """The published template.

        Raises: NotFound.
        """
        ...


class Rendering:
    """Fills templates for drafts; `zone` is the desk's, for readers whose own is not known."""

    def __init__(self, *, store: Store, clock: Clock, facts: Facts, templates: Templates, zone: str) -> None:
        self._store = store
        self._clock = clock
        self._facts = facts
        self._templates = templates
        self._zone = zone
        self._mark = DeskMark(store)

    def of(self, draft: Draft) -> Mapping[Medium, Shown]:
        """Every channel as it would leave the desk now; one by hand as it was written."""
        if draft.frozen:
            return {
                medium: Shown(Text(kept.subject, kept.body, medium in draft.texts), kept)
                for medium, kept in draft.frozen.items()
            }
        live = self.live(draft)
        return {medium: _by_hand(draft, medium, shown) for medium, shown in live.items()}

    def to_leave(self, shown: Mapping[Medium, Shown]) -> Mapping[Medium, Shown]:
        """What leaves the desk: at a drill's own desk with its mark, even where a person took that out."""
        mark = self._mark()
        return {medium: _marked(medium, each, mark) for medium, each in shown.items()} if mark else shown

    @property
    def mark(self) -> str:
        """The word that every message of a drill's own desk carries; empty on a real one."""
        return self._mark()

    def live(self, draft: Draft) -> Mapping[Medium, Shown]:
        """Every channel as its template and the facts give it now."""
        values = self.values(draft)
        zone = self.zone(draft.escalation_id, draft.audience)
        found: dict[Medium, Shown] = {}
        for medium in MEDIA[draft.audience]:
            shown = self._filled(draft, medium, values, zone)
            if shown is not None:
                found[medium] = shown
        if not found or any(medium not in found for medium in draft.texts):
            for medium in (MEDIA[draft.audience][0], *draft.texts):
                found.setdefault(medium, Shown(Text("", ""), Rendered("", "")))
        return found

    def values(self, draft: Draft) -> Mapping[str, Value]:
        """The facts, with the next update as the draft promises it."""
        values = dict(self._facts.values(draft.escalation_id, draft.audience))
        at, now = draft.next_update_at, self._clock.now()
        if at is None and draft.audience is not Audience.CUSTOMER:
            return values
        zone = self.zone(draft.escalation_id, draft.audience)
        promised = replace(values.get("next_update_at", Value()), text="", at=at, source="this message")
        values["next_update_at"] = promised
        if "next_update_relative" in values:
            values["next_update_relative"] = Value(f"in {length(at - now)}" if at and at > now else "")
        if "next_update_clock" in values:
            values["next_update_clock"] = Value(clock_of(at, zone) if at else "")
        return values

    def said_now(self, heard: Sequence[Sent]) -> Mapping[str, str]:
        """What each fact of the message heard last would say now, in the words it was told in."""
        if not heard:
            return {}
        last = heard[-1]
        values = self._facts.values(last.escalation_id, last.audience)
        zone = self.zone(last.escalation_id, last.audience)
        # In the words of that day: a time of then must not differ for being yesterday's now.
        return {
            name: in_words(name, values[name], zone, last.sent_at) for name in last.values if name in values
        }

    def zone(self, escalation_id: int, audience: Audience) -> str:
        """The time zone of those who read it."""
        if audience is not Audience.CUSTOMER:
            return self._zone
        with self._store.read() as session:
            customer = customers.by_id(session, escalations.get(session, escalation_id).customer_id)
        return (customer.zone if customer else "") or self._zone

    def _filled(self, draft: Draft, medium: Medium, values: Mapping[str, Value], zone: str) -> Shown | None:
        try:
            template = self._templates.for_message(draft.audience, draft.stage, medium)
        except NotFound:
            return None
        mark = self._mark()
        rendered = fill(
            marked_line(template.subject, mark) if template.subject else "",
            marked_text(template.body, mark, is_short=medium is Medium.SMS),
            values,
            stage=draft.stage,
            audience=draft.audience,
            zone=zone,
            now=self._clock.now(),
            also_zone=self._zone,
        )
        text = Text(rendered.subject, rendered.body, False, template.slug, template.version)
        return Shown(text, rendered)


def _marked(medium: Medium, shown: Shown, mark: str) -> Shown:
    text = shown.text
    subject = marked_line(text.subject, mark) if text.subject else ""
    body = marked_text(text.body, mark, is_short=medium is Medium.SMS)
    return replace(shown, text=replace(text, subject=subject, body=body))


def _by_hand(draft: Draft, medium: Medium, shown: Shown) -> Shown:
    written = draft.texts.get(medium)
    if written is None:
        return shown
    text = replace(shown.text, subject=written.subject, body=written.body, edited=True)
    return replace(shown, text=text)
