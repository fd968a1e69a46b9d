"""The templates of a desk, in the operator's name; every call is for the worker."""

from collections.abc import Mapping

from desktop.domain.errors import DeskError
from desktop.domain.merge_field import FIELDS
from desktop.domain.message import Rendered
from desktop.domain.person import Actor
from desktop.domain.template import Place, TemplateDraft, TemplateText, TemplateVersion, length_of
from desktop.domain.template_rule import faults_of, why_not_published, why_not_written
from desktop.options import local_zone
from desktop.services.desk import Desk
from desktop.services.message_facts import MessageFacts
from desktop.services.template import TemplateService
from desktop.services.template_preview import TemplatePreview
from desktop.ui.template.ports import EMPTY, HOSTILE, Opened, Preview, Standing, TemplatesFound, Wish
from desktop.wiring.on_call import OnCallOf
from desktop.wiring.switching import operator_of

_MOST_OFFERED = 100


class DeskTemplates:
    """What the page of templates asks for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        store, clock, bus = desk.store, desk.clock, desk.bus
        zone = desk.settings.current.zone or local_zone()
        self._service = TemplateService(store=store, clock=clock, bus=bus)
        self._facts = MessageFacts(
            store=store, clock=clock, policy=desk.policy, bus=bus, on_call=OnCallOf(desk), zone=zone
        )
        self._preview = TemplatePreview(store=store, clock=clock, facts=self._facts, zone=zone)

    def found(self) -> TemplatesFound:
        """All of them."""
        operator = self._desk.person.operator()
        rows = self._service.all(with_retired=True)
        if operator is None:
            nobody = "Say under Settings who works at this desk: then you can change templates."
            return TemplatesFound(rows, nobody, nobody)
        by = operator.actor()
        return TemplatesFound(rows, why_not_written(by), why_not_published(by))

    def opened(self, template_id: int) -> Opened:
        """One of them."""
        row = next((row for row in self._service.all(with_retired=True) if row.id == template_id), None)
        if row is None:
            raise DeskError("The template is gone: its draft was discarded.", hint="Choose another.")
        return Opened(row, self._service.draft(template_id), self._service.versions(template_id))

    def escalations(self) -> tuple[tuple[int, str], ...]:
        """Those a preview can be filled with."""
        rows = self._preview.escalations(_MOST_OFFERED)
        return tuple((escalation_id, f"{number} {title}") for escalation_id, number, title in rows)

    def preview(self, wish: Wish) -> Preview:
        """What a text would be."""
        place, text = wish.place, wish.text
        faults = faults_of(text, place)
        try:
            rendered, about = self._filled(wish)
        except DeskError:
            return Preview(None, length_of("", place.medium, place.stage), faults)
        return Preview(rendered, length_of(rendered.body, place.medium, place.stage), faults, about)

    def create(self, place: Place, title: str) -> TemplateDraft:
        """Begin a template where there is none."""
        return self._service.create(place, title, self._by())

    def begin(self, template_id: int, from_version: int | None = None) -> TemplateDraft:
        """Begin a draft."""
        return self._service.begin(template_id, self._by(), from_version=from_version)

    def save(self, template_id: int, text: TemplateText, edition: int) -> TemplateDraft:
        """Keep a draft."""
        return self._service.save(template_id, text, self._by(), edition=edition)

    def discard(self, template_id: int) -> None:
        """Throw a draft away."""
        self._service.discard(template_id, self._by())

    def publish(self, template_id: int, note: str) -> TemplateVersion:
        """Make the draft the version in use."""
        return self._service.publish(template_id, self._by(), change_note=note)

    def retire(self, template_id: int, reason: str) -> None:
        """Put it out of use."""
        self._service.retire(template_id, self._by(), reason)

    def standing(self) -> tuple[Standing, ...]:
        """What holds for all messages."""
        return tuple(
            Standing(name, FIELDS[name].label, FIELDS[name].hint, value.text, value.source)
            for name, value in self._facts.standing().items()
        )

    def set_standing(self, words: Mapping[str, str]) -> None:
        """Keep what holds for all messages."""
        by = self._by()
        for name, text in words.items():
            self._facts.set_standing(name, text, by)

    def _filled(self, wish: Wish) -> tuple[Rendered, str]:
        place, text = wish.place, wish.text
        if wish.kind == HOSTILE:
            return self._preview.hostile(place, text), ""
        if wish.kind == EMPTY:
            return self._preview.empty(place, text), ""
        newest = self._preview.escalations(1)
        escalation_id = wish.escalation_id or (newest[0][0] if newest else 0)
        if not escalation_id:
            return self._preview.empty(place, text), "There is no escalation yet: nothing is known."
        return self._preview.real(place, text, escalation_id), ""

    def _by(self) -> Actor:
        return operator_of(self._desk)
