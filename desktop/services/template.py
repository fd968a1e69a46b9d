"""Templates of messages: listed, written, published as versions that never change, and put out of use."""

from db.queries import template as queries
from db.queries import timeline
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.events import TemplatesChanged
from desktop.domain.instant import to_us
from desktop.domain.message import STAGES, Audience, Medium, Stage
from desktop.domain.person import Actor
from desktop.domain.template import (
    ListedTemplate,
    Place,
    Template,
    TemplateDraft,
    TemplateText,
    TemplateVersion,
    slug_of,
)
from desktop.domain.template_rule import (
    READERS,
    check_publisher,
    check_writer,
    cleaned,
    faults_of,
    free_slug,
    in_order,
    title_of,
)
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line, required
from desktop.services.bus import Bus
from desktop.services.template_rows import draft_of, listed_of, version_of
from desktop.services.template_shipped import shipped_templates

#: Who publishes what ships with the program.
SHIPPED = Actor.system("Escalation Desk")
_NOTE = "Ships with the program."


class TemplateService:
    """The templates of one desk; those that ship are there from the first look on."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._has_shipped = False

    # -- reading
    def all(self, *, with_retired: bool = False) -> tuple[ListedTemplate, ...]:
        """Every template in use, by audience, stage and medium."""
        self.ensure_shipped()
        with self._store.read() as session:
            rows = [listed_of(row) for row in queries.listed(session)]
        return tuple(sorted((row for row in rows if with_retired or not row.is_retired), key=in_order))

    def for_message(self, audience: Audience, stage: Stage, medium: Medium) -> Template:
        """The template of a message.

        Raises: NotFound saying that there is none and what to do.
        """
        self.ensure_shipped()
        with self._store.read() as session:
            row = queries.at_place(session, audience, stage, medium)
            newest = None if row is None else queries.newest(session, row.id)
        if row is None or newest is None:
            words = f"{stage.replace('_', ' ')} message by {medium}"
            raise NotFound(
                f"There is no template for this: {words} to {READERS[audience]}.",
                hint="Write the text by hand, or make a template for it.",
            )
        return version_of(row, newest).template

    def get(self, template_id: int) -> TemplateVersion | None:
        """The published version; None before the first.

        Raises: NotFound.
        """
        with self._store.read() as session:
            row = queries.get(session, template_id)
            newest = queries.newest(session, template_id)
        return None if newest is None else version_of(row, newest)

    def versions(self, template_id: int) -> tuple[TemplateVersion, ...]:
        """Every version, newest first.

        Raises: NotFound.
        """
        with self._store.read() as session:
            row = queries.get(session, template_id)
            return tuple(version_of(row, each) for each in queries.versions(session, template_id))

    def version(self, template_id: int, number: int) -> TemplateVersion:
        """One version.

        Raises: NotFound.
        """
        for each in self.versions(template_id):
            if each.number == number:
                return each
        raise NotFound(f"The template has no version {number}.")

    def draft(self, template_id: int) -> TemplateDraft | None:
        """What is being written of a template.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return self._draft(session, template_id)

    # -- writing
    def create(self, place: Place, title: str, by: Actor) -> TemplateDraft:
        """Begin a template where there is none; gives its draft.

        Raises: NotAllowed; DeskError where there is one already, or the stage is not for that audience.
        """
        check_writer(by)
        if place.stage not in STAGES[place.audience]:
            raise DeskError("This stage is not for this audience.", field="stage", hint="Choose another.")
        kept = one_line(title)[:200] or title_of(place)
        with self._store.begin() as session:
            there = queries.at_place(session, place.audience, place.stage, place.medium)
            if there is not None:
                raise DeskError(
                    "There is a template for this audience, stage and channel.", hint="Open it and change it."
                )
            slug = free_slug(slug_of(place), queries.slugs(session))
            template_id = queries.insert(session, slug, place.audience, place.stage, place.medium)
            self._put_draft(session, template_id, 0, 1, TemplateText(kept, "", ""), by)
            found = self._draft(session, template_id)
        self._publish()
        assert found is not None
        return found

    def begin(self, template_id: int, by: Actor, *, from_version: int | None = None) -> TemplateDraft:
        """Begin a draft of what is published, or of an older version to bring it back; one there is given.

        Raises: NotAllowed; NotFound; DeskError when an older version was asked for and a draft is there.
        """
        check_writer(by)
        with self._store.begin() as session:
            queries.get(session, template_id)
            there = self._draft(session, template_id)
            if there is not None and from_version is None:
                return there
            if there is not None:
                raise DeskError(
                    f"{there.author} is writing a draft of it.", hint="Publish or discard the draft first."
                )
            rows = queries.versions(session, template_id)
            wanted = [row for row in rows if from_version in (None, row.number)]
            if not wanted:
                raise NotFound(f"The template has no version {from_version}.")
            text = TemplateText(wanted[0].title, wanted[0].subject, wanted[0].body)
            self._put_draft(session, template_id, rows[0].number, 1, text, by)
            found = self._draft(session, template_id)
        self._publish()
        assert found is not None
        return found

    def save(self, template_id: int, text: TemplateText, by: Actor, *, edition: int) -> TemplateDraft:
        """Keep a draft as its next edition; `edition` is the one the writer saw.

        Raises: NotAllowed; NotFound; DeskError when somebody else saved since, naming them.
        """
        check_writer(by)
        with self._store.begin() as session:
            there = self._draft(session, template_id)
            if there is None:
                raise DeskError("The draft was published or discarded meanwhile.", hint="Begin another.")
            if there.edition != edition:
                raise DeskError(
                    f"{there.author} has saved this draft since you opened it.",
                    hint="Copy what you wrote, then look at theirs.",
                )
            kept = cleaned(text, there.place)
            if kept == there.text:
                return there
            self._put_draft(session, template_id, there.base, edition + 1, kept, by)
            found = self._draft(session, template_id)
        self._publish()
        assert found is not None
        return found

    def discard(self, template_id: int, by: Actor) -> None:
        """Throw a draft away; a template of which nothing was published goes with it.

        Raises: NotAllowed; NotFound.
        """
        check_writer(by)
        with self._store.begin() as session:
            queries.get(session, template_id)
            if queries.newest(session, template_id) is None:
                queries.delete(session, template_id)
            else:
                queries.delete_draft(session, template_id)
        self._publish()

    def publish(self, template_id: int, by: Actor, *, change_note: str) -> TemplateVersion:
        """Make the draft the version in use.

        Raises: NotAllowed; NotFound; DeskError without a draft, a note or a change, or with faults in it.
        """
        check_publisher(by)
        note = required(change_note, "change_note", "Say why you changed it.", "One sentence is enough.")
        with self._store.begin() as session:
            row = queries.get(session, template_id)
            draft = self._draft(session, template_id)
            if draft is None:
                raise DeskError("There is no draft to publish.", hint="Change the template first.")
            self._check(session, row, draft)
            kept = self._put_version(session, row, draft.base + 1, draft.text, note, draft.author, by)
            queries.delete_draft(session, template_id)
        self._publish()
        return kept

    def retire(self, template_id: int, by: Actor, reason: str) -> None:
        """Put a template out of use.

        Raises: NotAllowed; NotFound; DeskError without a reason.
        """
        check_publisher(by)
        why = required(reason, "reason", "Say why it is no longer used.", "One sentence is enough.")
        with self._store.begin() as session:
            row = queries.get(session, template_id)
            queries.retire(session, template_id, to_us(self._clock.now()))
            self._tell(session, row, by, what="retired", note=why)
        self._publish()

    def ensure_shipped(self) -> int:
        """Add what ships and was never here; what was retired stays so. Gives how many were added."""
        if self._has_shipped:
            return 0
        files = shipped_templates()
        with self._store.read() as session:
            known = queries.slugs(session)
        missing = {slug: file for slug, file in files.items() if slug not in known}
        if missing:
            with self._store.begin() as session:
                missing = {slug: missing[slug] for slug in missing if slug not in queries.slugs(session)}
                for slug, file in missing.items():
                    place = file.place
                    if queries.at_place(session, place.audience, place.stage, place.medium) is None:
                        row_id = queries.insert(session, slug, place.audience, place.stage, place.medium)
                        row = queries.get(session, row_id)
                        self._put_version(
                            session, row, 1, file.text, _NOTE, SHIPPED.name, SHIPPED, tell=False
                        )
            self._publish()
        self._has_shipped = True
        return len(missing)

    # -- within a transaction
    def _draft(self, session: Session, template_id: int) -> TemplateDraft | None:
        row = queries.get(session, template_id)
        draft = queries.draft(session, template_id)
        return None if draft is None else draft_of(row, draft)

    def _put_draft(
        self, session: Session, template_id: int, base: int, edition: int, text: TemplateText, by: Actor
    ) -> None:
        at_us = to_us(self._clock.now())
        row = queries.DraftRow(
            base, edition, text.title, text.subject, text.body, by.name, by.person_id, at_us
        )
        queries.put_draft(session, template_id, row)

    def _check(self, session: Session, row: queries.TemplateRow, draft: TemplateDraft) -> None:
        if not draft.text.body.strip():
            raise DeskError("The template says nothing.", field="body", hint="Write its text.")
        if faults := faults_of(draft.text, draft.place):
            raise DeskError(faults[0].sentence, field="subject" if faults[0].in_subject else "body")
        newest = queries.newest(session, row.id)
        if newest is not None and newest.hash == draft.text.hash:
            raise DeskError("Nothing was changed.", hint="Change it, or discard the draft.")
        if newest is not None and newest.number != draft.base:
            raise DeskError(
                f"Version {newest.number} was published since this draft was begun.",
                hint="Copy what you wrote, discard the draft and begin another.",
            )

    def _put_version(
        self,
        session: Session,
        row: queries.TemplateRow,
        number: int,
        text: TemplateText,
        note: str,
        author: str,
        by: Actor,
        *,
        tell: bool = True,
    ) -> TemplateVersion:
        at_us = to_us(self._clock.now())
        kept = queries.VersionRow(
            number, text.title, text.subject, text.body, text.hash, note, author, at_us, by.name
        )
        queries.put_version(session, row.id, kept)
        if tell:
            self._tell(session, row, by, what="published", note=note, title=text.title, version=number)
        return version_of(row, kept)

    def _tell(self, session: Session, row: queries.TemplateRow, by: Actor, **body: str | int) -> None:
        newest = queries.newest(session, row.id)
        title = newest.title if newest is not None else row.slug
        who = {} if by.person_id is None else {"by_id": by.person_id}
        timeline.append(
            session,
            kind=EventKind.TEMPLATE_CHANGED,
            at_us=to_us(self._clock.now()),
            actor=by.name,
            escalation_id=None,
            body={"title": title, "template": row.slug, **body, **who},
        )

    def _publish(self) -> None:
        self._bus.publish(TemplatesChanged(self._store.revision()))
