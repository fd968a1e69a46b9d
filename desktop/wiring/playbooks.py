"""The library of playbooks of a desk, in the operator's name; every call is for the worker."""

from collections.abc import Sequence

from desktop.domain.errors import DeskError
from desktop.domain.person import Actor, Role
from desktop.domain.playbook import Content, Draft, Version
from desktop.domain.playbook_match import Axis
from desktop.domain.playbook_rights import why_not_publish, why_not_review, why_not_write
from desktop.services.desk import Desk
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_pulse import PlaybookPulse
from desktop.services.playbook_shipped import ensure_shipped
from desktop.services.playbook_words import TagWords
from desktop.services.template import TemplateService
from desktop.ui.playbook.ports import Answerable, Choices, Library, Opened
from desktop.wiring.switching import operator_of

_NOBODY = "Say under Settings who works at this desk: then you can write playbooks."


class DeskLibrary:
    """What the page of playbooks asks for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        store, clock, bus = desk.store, desk.clock, desk.bus
        self._pulse = PlaybookPulse(store=store, clock=clock, bus=bus)
        self._service = PlaybookService(store=store, clock=clock, bus=bus, gaps=self._pulse)
        self._templates = TemplateService(store=store, clock=clock, bus=bus)
        self._has_shipped = False

    def library(self) -> Library:
        """All of them; those that ship are there from the first look on."""
        if not self._has_shipped:
            ensure_shipped(self._service)
            self._has_shipped = True
        rows = self._service.all(with_retired=True)
        by = self._operator()
        if by is None:
            return Library(rows, self._choices(), _NOBODY, _NOBODY)
        is_lead = Role.LEAD in by.roles
        return Library(
            rows, self._choices(), why_not_write(by), "" if is_lead else "Only a lead retires playbooks."
        )

    def opened(self, playbook_id: int) -> Opened:
        """One of them."""
        row = next((row for row in self._service.all(with_retired=True) if row.id == playbook_id), None)
        if row is None:
            raise DeskError("The playbook is gone: its draft was discarded.", hint="Choose another.")
        versions, draft = self._service.versions(playbook_id), self._service.draft(playbook_id)
        if draft is None:
            return Opened(row, versions)
        reviews = self._service.reviews(playbook_id)
        by = self._operator()
        if by is None:
            return Opened(row, versions, draft, reviews, _NOBODY, _NOBODY)
        review = why_not_review(by, draft.content)
        if not review and by.name == draft.author:
            review = "Another than its author reviews a draft."
        return Opened(row, versions, draft, reviews, review, why_not_publish(by, draft, reviews))

    def create(self, title: str) -> Draft:
        """Begin a new one."""
        by = self._by()
        return self._service.create(Content(title, owner=by.name), by)

    def begin(self, playbook_id: int, from_version: int | None) -> Draft:
        """Begin a draft."""
        return self._service.begin(playbook_id, self._by(), from_version=from_version)

    def clone(self, playbook_id: int, number: int, title: str) -> Draft:
        """Begin another one with the words of a version."""
        return self._service.clone(playbook_id, number, title, self._by())

    def save(self, playbook_id: int, content: Content, edition: int) -> Draft:
        """Keep a draft."""
        return self._service.save(playbook_id, content, self._by(), edition=edition)

    def discard(self, playbook_id: int) -> None:
        """Throw the draft away."""
        self._service.discard(playbook_id, self._by())

    def ask_review(self, playbook_id: int) -> Draft:
        """Put the draft before its reviewers."""
        return self._service.ask_review(playbook_id, self._by())

    def answer_review(self, playbook_id: int, approves: bool, remark: str) -> Draft:
        """Approve it or object to it."""
        return self._service.answer_review(playbook_id, self._by(), approves=approves, remark=remark)

    def answerable(self, playbook_id: int) -> tuple[Answerable, ...]:
        """What the next version may answer."""
        return tuple(Answerable(each.id, each.text) for each in self._pulse.answerable(playbook_id))

    def publish(self, playbook_id: int, change_note: str, answers: Sequence[int]) -> Version:
        """Let the draft become the published version; what it answers is closed with it."""
        return self._service.publish(playbook_id, self._by(), change_note=change_note, answers=answers)

    def follow(self, playbook_id: int) -> Draft:
        """Let the draft follow the version that was published since it was begun."""
        return self._service.follow(playbook_id, self._by())

    def retire(self, playbook_id: int, reason: str) -> None:
        """Take it out of use."""
        self._service.retire(playbook_id, self._by(), reason)

    def bring_back(self, playbook_id: int) -> None:
        """Take it into use again."""
        self._service.bring_back(playbook_id, self._by())

    def confirm(self, playbook_id: int) -> None:
        """It was looked through and is still true."""
        self._service.confirm(playbook_id, self._by())

    def drills_of(self, slug: str) -> tuple[str, ...]:
        """The titles of the drills that exercise a playbook; those that ship are there from now on."""
        from desktop.services.drill_library import DrillLibrary  # what drills need is not read before

        desk = self._desk
        drills = DrillLibrary(store=desk.store, clock=desk.clock, bus=desk.bus)
        drills.ensure_shipped()
        return tuple(row.title for row in drills.of_playbook(slug))

    def find(self, number: str) -> int:
        """The escalation of a number."""
        found = self._desk.escalations.escalation.find(number)
        if not found:
            raise DeskError(f"There is no {number} on this desk.", hint="It may be one of another desk.")
        return found[0]

    def _choices(self) -> Choices:
        known = TagWords(self._desk.policy.active()).known
        return Choices(
            areas=tuple(known[Axis.AREA].items()),
            types=tuple(known[Axis.TYPE].items()),
            tiers=tuple(known[Axis.TIER].items()),
            levels=tuple(known[Axis.LEVEL].items()),
            people=tuple(person.name for person in self._desk.person.all()),
            templates=tuple(row.slug for row in self._templates.all()),
        )

    def _operator(self) -> Actor | None:
        person = self._desk.person.operator()
        return person.actor() if person is not None else None

    def _by(self) -> Actor:
        return operator_of(self._desk)
