"""What a template becomes for a real escalation, for one of which nothing is known, and for a hostile one."""

from collections.abc import Mapping

from db.queries import message_fact as queries
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.hostile import EMPTY, hostile_values
from desktop.domain.merge_field import Value
from desktop.domain.message import Rendered
from desktop.domain.template import Place, TemplateText
from desktop.domain.template_text import fill
from desktop.services.message_facts import MessageFacts


class TemplatePreview:
    """Fills texts that nobody has published."""

    def __init__(self, *, store: Store, clock: Clock, facts: MessageFacts, zone: str) -> None:
        self._store = store
        self._clock = clock
        self._facts = facts
        self._zone = zone

    def escalations(self, limit: int) -> tuple[tuple[int, str, str], ...]:
        """Those it can be filled with, the newest first: (id, number, title)."""
        with self._store.read() as session:
            return queries.newest_escalations(session, limit)

    def real(self, place: Place, text: TemplateText, escalation_id: int) -> Rendered:
        """As it would leave the desk for an escalation.

        Raises: NotFound; DeskError for a text that cannot be read.
        """
        values = self._facts.values(escalation_id, place.audience)
        zone = self._facts.zone(escalation_id, place.audience)
        return self._filled(place, text, values, zone)

    def empty(self, place: Place, text: TemplateText) -> Rendered:
        """As it is while nothing is known.

        Raises: DeskError for a text that cannot be read.
        """
        return self._filled(place, text, EMPTY, self._zone)

    def hostile(self, place: Place, text: TemplateText) -> Rendered:
        """As it is when every field tries to be more than text.

        Raises: DeskError for a text that cannot be read.
        """
        return self._filled(place, text, hostile_values(self._clock.now()), self._zone)

    def _filled(self, place: Place, text: TemplateText, values: Mapping[str, Value], zone: str) -> Rendered:
        return fill(
            text.subject,
            text.body,
            values,
            stage=place.stage,
            audience=place.audience,
            zone=zone,
            now=self._clock.now(),
            also_zone=self._zone,
        )
