"""The playbooks in use at a desk, in the operator's name; every call is for the worker."""

from collections.abc import Sequence

from db.queries import playbook_content as contents
from desktop.domain.person import Actor
from desktop.domain.playbook import Draft
from desktop.domain.playbook_diff import StepChange, difference, summary
from desktop.domain.playbook_match import Target
from desktop.domain.playbook_run import Run
from desktop.services.desk import Desk
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_pulse import PlaybookPulse, Pulse
from desktop.services.playbook_run import PlaybookRuns
from desktop.services.playbook_search import Answer, Facets, PlaybookSearch
from desktop.services.playbook_shipped import ensure_shipped
from desktop.services.playbook_suggestion import PlaybookSuggestions
from desktop.services.playbook_words import TagWords
from desktop.ui.playbook.use_ports import InUse
from desktop.wiring.switching import operator_of

_KINDS = {"added": "New", "removed": "Gone", "changed": "Changed", "moved": "Moved"}


class DeskPlaybooks:
    """What the screens of playbooks in use ask for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._runs = PlaybookRuns(desk.escalations.cases, desk.bus)
        self._suggestions = PlaybookSuggestions(store=desk.store, clock=desk.clock)
        self._search = PlaybookSearch(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._pulse = PlaybookPulse(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._has_shipped = False

    # -- on an escalation
    def of(self, escalation_id: int) -> InUse:
        """Its playbooks, and those that fit it."""
        self._ship()
        return InUse(escalation_id, self._runs.of(escalation_id), self._suggestions.of(escalation_id))

    def open(self, escalation_id: int, playbook_id: int) -> Run:
        """Open the published version on it."""
        return self._runs.open(escalation_id, playbook_id, self._by())

    def open_or_go_on(self, escalation_id: int, playbook_id: int) -> Run:
        """Open it, or go on with the one that is open already."""
        for run in self._runs.of(escalation_id):
            if run.playbook_id == playbook_id and run.is_open:
                return run
        return self.open(escalation_id, playbook_id)

    def tick(self, run_id: int, step_id: str, evidence: str, answer: str) -> Run:
        """The step is done."""
        return self._runs.tick(run_id, step_id, self._by(), evidence, answer)

    def skip(self, run_id: int, step_id: str, reason: str) -> Run:
        """The step is left out."""
        return self._runs.skip(run_id, step_id, self._by(), reason)

    def reopen(self, run_id: int, step_id: str) -> Run:
        """The step is to be done again."""
        return self._runs.reopen(run_id, step_id, self._by())

    def unclear(self, run_id: int, step_id: str, what: str) -> Run:
        """The step says too little."""
        return self._runs.unclear(run_id, step_id, self._by(), what)

    def adopt(self, run_id: int) -> Run:
        """Go on by the newest version."""
        return self._runs.adopt(run_id, self._by())

    def stay(self, run_id: int) -> Run:
        """Keep to the version it has."""
        return self._runs.stay(run_id, self._by())

    def end(self, run_id: int) -> Run:
        """Close it."""
        return self._runs.end(run_id, self._by())

    def changes(self, run_id: int) -> Sequence[str]:
        """What the newest version says otherwise: a line in all, then one for each change."""
        run = self._runs.get(run_id)
        with self._desk.store.read() as session:
            newest = contents.get(session, run.playbook_id, run.newest)
        found = difference(run.content, newest)
        fields = [f"{change.label}: {change.after}" for change in found.fields]
        return [summary(found), *map(_told, found.steps), *fields]

    # -- searching
    def begin(self, escalation_id: int | None) -> tuple[Target, TagWords]:
        """What the search ranks for from now on, and what the keys of its facets are called."""
        self._ship()
        self._search.refresh()
        return self._search.target(escalation_id), self._search.words()

    def find(self, query: str, target: Target, facets: Facets) -> Answer:
        """What holds the words."""
        return self._search.find(query, target, facets)

    def miss(self, query: str, escalation_id: int | None) -> None:
        """Nothing was found, and the person left it at that."""
        self._search.miss(query, escalation_id, self._by())

    def create_stub(self, query: str, escalation_id: int | None) -> Draft:
        """A draft with the words as its title."""
        return self._search.create_stub(query, escalation_id, self._by())

    # -- how they fare
    def pulse(self, playbook_id: int) -> Pulse:
        """How one of them fares."""
        return self._pulse.of(playbook_id)

    def decline(self, proposal_id: int) -> None:
        """Change nothing for that."""
        self._pulse.decline(proposal_id, self._by())

    def improve(self, proposal_id: int, playbook_id: int) -> str:
        """Begin the draft that answers it; gives the change note it starts with."""
        return self._pulse.improve(proposal_id, playbook_id, self._by())

    # -- within
    def _by(self) -> Actor:
        return operator_of(self._desk)

    def _ship(self) -> None:
        """What ships is there before anything is proposed or looked for."""
        if not self._has_shipped:
            self._has_shipped = True
            if not self._desk.store.is_read_only:
                service = PlaybookService(store=self._desk.store, clock=self._desk.clock, bus=self._desk.bus)
                ensure_shipped(service)


def _told(change: StepChange) -> str:
    step = change.after or change.before
    return f"{_KINDS.get(change.kind, change.kind)}: {step.text if step is not None else change.id}"
