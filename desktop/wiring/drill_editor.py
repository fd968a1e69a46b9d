"""The editor of scenarios over the desk's library of drills, in the operator's name."""

from desktop.domain.drill_record import ScenarioVersion
from desktop.domain.person import Actor
from desktop.domain.playbook_match import Axis
from desktop.services.desk import Desk
from desktop.services.drill_library import DrillLibrary
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_words import TagWords
from desktop.ui.drill.editor import ScenarioEditor
from desktop.ui.drill.editor_ports import DeskWords
from desktop.ui.surroundings import Surroundings
from desktop.wiring.switching import operator_of


class DeskScenarios:
    """What the editor asks for; every call is for the worker."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._library = DrillLibrary(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._playbooks = PlaybookService(store=desk.store, clock=desk.clock, bus=desk.bus)

    def words(self) -> DeskWords:
        """The vocabulary of the policy in force, and the playbooks in use."""
        known = TagWords(self._desk.policy.active()).known
        return DeskWords(
            areas=tuple(known[Axis.AREA].items()),
            tiers=tuple(known[Axis.TIER].items()),
            types=tuple(known[Axis.TYPE].items()),
            playbooks=tuple((row.slug, row.title, row.version) for row in self._playbooks.all()),
        )

    def open(self, slug: str) -> ScenarioVersion:
        """The draft; where there is none, one is begun of what is published."""
        return self._library.draft(slug) or self._library.begin(slug, self._by())

    def save(self, slug: str, text: str, edition: int) -> ScenarioVersion:
        """Keep it."""
        return self._library.save(slug, text, self._by(), edition=edition)

    def publish(self, slug: str, note: str) -> ScenarioVersion:
        """Publish it, unless real names have come into it.

        Raises: DeskError.
        """
        draft = self._library.draft(slug)
        if draft is not None and "real_escalation" in draft.text:
            from desktop.wiring.drill_wizards import recheck  # brings all that makes a drill of an escalation

            recheck(self._desk, draft.text)
        return self._library.publish(slug, self._by(), note)

    def discard(self, slug: str) -> None:
        """Throw it away."""
        self._library.discard(slug, self._by())

    def _by(self) -> Actor:
        return operator_of(self._desk)


def scenario_editor(desk: Desk, around: Surroundings) -> ScenarioEditor:
    """The editor of this desk's scenarios."""
    return ScenarioEditor(DeskScenarios(desk), around)
