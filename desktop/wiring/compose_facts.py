"""Facts while they are typed: in the texts at once and safe from a crash, on record once they are ready."""

from collections.abc import Mapping
from dataclasses import replace

from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.fact_text import instant_of, items_of, kept_text, shown_text
from desktop.domain.merge_field import FIELDS, NOTHING, Approver, FieldKind, Value
from desktop.domain.message import Audience
from desktop.domain.person import Actor
from desktop.services.draft import DraftService
from desktop.services.message_facts import MessageFacts

_DRAFT = "message_facts"


class TypedFacts:
    """The facts of a desk with what is being typed on top; nothing of that is on record yet."""

    def __init__(self, *, facts: MessageFacts, drafts: DraftService, clock: Clock) -> None:
        self._facts = facts
        self._drafts = drafts
        self._clock = clock
        self._typed: dict[int, dict[str, str]] = {}

    def values(self, escalation_id: int, audience: Audience) -> Mapping[str, Value]:
        """Every field these readers may be told, as it will be once what is typed is ready."""
        values = dict(self._facts.values(escalation_id, audience))
        for name, text in self.typed(escalation_id).items():
            if name in values:
                values[name] = self._value(name, text, values[name], escalation_id, audience)
        return values

    def typed(self, escalation_id: int) -> Mapping[str, str]:
        """What is typed and not on record, by field."""
        if escalation_id not in self._typed:
            draft = self._drafts.load(_DRAFT, str(escalation_id))
            kept = draft.body if draft is not None else {}
            self._typed[escalation_id] = {
                name: text for name, text in kept.items() if name in FIELDS and isinstance(text, str)
            }
        return self._typed[escalation_id]

    def type(self, escalation_id: int, texts: Mapping[str, str]) -> None:
        """Keep what is in the fields now."""
        self._keep(escalation_id, {**self.typed(escalation_id), **texts})

    def settle(self, escalation_id: int, by: Actor, names: frozenset[str] | None = None) -> None:
        """Put what was typed into these fields on record, with None into all.

        Raises: DeskError naming the field; what was typed stays then.
        """
        left = dict(self.typed(escalation_id))
        standing = self._facts.standing()
        try:
            for name in [each for each in left if names is None or each in names]:
                if name in standing and standing[name].is_missing and left[name].strip():
                    self._facts.set_standing(name, left[name], by)
                else:
                    self._facts.set_fact(escalation_id, name, left[name], by)
                del left[name]
        finally:
            self._keep(escalation_id, left)

    def shown(self, escalation_id: int, name: str, value: Value, audience: Audience) -> str:
        """What stands in the field of a fact."""
        typed = self.typed(escalation_id)
        if name in typed:
            return typed[name]
        if value.pending:
            return value.pending
        if value.items:
            return "\n".join(value.items)
        if value.at is not None:
            return shown_text(name, value.at.isoformat(), self._facts.zone(escalation_id, audience))
        return value.text

    def _keep(self, escalation_id: int, texts: dict[str, str]) -> None:
        if texts == self._typed.get(escalation_id):
            return
        self._typed[escalation_id] = texts
        if texts:
            self._drafts.save(_DRAFT, str(escalation_id), texts)
        else:
            self._drafts.delete(_DRAFT, str(escalation_id))

    def _value(self, name: str, text: str, before: Value, escalation_id: int, audience: Audience) -> Value:
        """What a field says with these words; a time that is none yet leaves what was."""
        field, now = FIELDS[name], self._clock.now()
        rule = before.missing_rule
        if not text.strip():
            return before if not before.is_written else replace(NOTHING, missing_rule=rule)
        about = Value(source="being written", as_of=now, is_written=True, missing_rule=rule)
        if field.approver is not Approver.NOBODY and audience is Audience.CUSTOMER:
            return replace(about, pending=text)
        if field.kind is FieldKind.DATE:
            try:
                kept = kept_text(name, text, self._facts.zone(escalation_id, audience), now)
            except DeskError:
                return before
            return replace(about, at=instant_of(kept))
        if field.kind is FieldKind.LIST:
            items = items_of(text)
            return replace(about, text="; ".join(items), items=items)
        return replace(about, text=text)
