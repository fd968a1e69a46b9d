"""Playbooks in and out as files: what differs is shown first, each taken or left, nothing overwritten."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.errors import DeskError
from desktop.domain.person import Actor
from desktop.domain.playbook import Content, Draft, State, Version
from desktop.domain.playbook_check import faults_to_publish
from desktop.domain.playbook_document import content_hash, tidy
from desktop.domain.playbook_exchange import Comparison, Incoming, Kind, Outcome, Outgoing, Way
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_markdown import Parsed, from_text, is_playbook, to_text

#: Slug, number and hash of what somebody decided to leave.
Left = frozenset[tuple[str, int, str]]


@dataclass(frozen=True, slots=True)
class _Here:
    """What the desk has of one playbook."""

    id: int
    title: str
    versions: Mapping[int, Version]
    draft: Draft | None
    is_retired: bool

    @property
    def newest(self) -> int:
        return max(self.versions, default=0)

    @property
    def published(self) -> Content | None:
        return self.versions[self.newest].content if self.versions else None


class PlaybookExchange:
    """Compares files with the library, takes in what somebody chose, and makes files of versions."""

    def __init__(self, playbooks: PlaybookService) -> None:
        self._playbooks = playbooks

    def compare(self, files: Mapping[str, str], folder: str = "", left: Left = frozenset()) -> Comparison:
        """What would come in from these files and what would go out beside them, below `folder`."""
        here = self._library()
        parsed, damaged = _read(files)
        incoming, same = [], 0
        for path, each in parsed.items():
            found = _incoming(path, each, here.get(each.slug))
            if found is None:
                same += 1
            else:
                was_left = (found.slug, found.number, found.hash) in left
                incoming.append(replace(found, was_left=was_left))
        there = {(each.slug, each.number): each.content for each in parsed.values()}
        outgoing = _outgoing(here.items(), there, files, folder)
        order = sorted(incoming, key=lambda each: (each.title.casefold(), each.slug, each.number))
        return Comparison((*order, *damaged), tuple(outgoing), same)

    def take(self, entries: Sequence[tuple[Incoming, Way]], by: Actor) -> tuple[Outcome, ...]:
        """Do with each what was chosen, lower versions first; one that cannot be done holds up no other."""
        chosen = sorted(entries, key=lambda entry: (entry[0].slug, entry[0].number))
        return tuple(self._taken(entry, way, by) for entry, way in chosen)

    def _taken(self, entry: Incoming, way: Way, by: Actor) -> Outcome:
        name = f"“{entry.title}”"
        try:
            if way is Way.LEAVE or entry.after is None:
                return Outcome(entry.path, f"{name} was left as it is.", is_done=False)
            if way is Way.AS_DRAFT:
                return Outcome(entry.path, self._drafted(entry, entry.after, by), is_done=True)
            if Way.TAKE not in entry.ways or entry.approved_at is None:
                raise DeskError(f"{name} cannot be taken as it is.", hint="Take it as a draft.")
            version = self._playbooks.publish_as(
                entry.slug,
                entry.number,
                entry.after,
                change_note=entry.change_note,
                author=entry.author,
                approved_by=entry.approved_by,
                approved_at=entry.approved_at,
                by=by,
            )
            return Outcome(entry.path, f"{name} {version.label} was taken.", is_done=True)
        except DeskError as error:
            return Outcome(entry.path, f"{name} was not taken: {error}", is_done=False)

    def _drafted(self, entry: Incoming, content: Content, by: Actor) -> str:
        """What others wrote becomes a draft of the playbook, or of a copy where somebody writes already."""
        playbook_id = self._playbooks.by_slug(entry.slug)
        if playbook_id is None:
            self._playbooks.create(content, by, entry.slug)
            return f"“{entry.title}” is a new draft."
        if self._playbooks.draft(playbook_id) is None:
            draft = self._playbooks.begin(playbook_id, by)
            self._playbooks.save(playbook_id, content, by, edition=draft.edition)
            return f"“{entry.title}” has a new draft with what the file says."
        title = f"{content.title} (from elsewhere)"
        self._playbooks.create(replace(content, title=title), by)
        return f"“{title}” is a new draft: the playbook itself has one already."

    def _library(self) -> dict[str, _Here]:
        found = {}
        for row in self._playbooks.all(with_retired=True):
            versions = {version.number: version for version in self._playbooks.versions(row.id)}
            is_retired = row.state is State.RETIRED
            draft = self._playbooks.draft(row.id)
            found[row.slug] = _Here(row.id, row.title, versions, draft, is_retired)
        return found


def path_of(folder: str, slug: str, number: int) -> str:
    """Where the file of a version belongs."""
    return "/".join(part for part in (folder, slug, f"v{number}.md") if part)


def file_of(version: Version, folder: str = "") -> Outgoing:
    """The file of a version."""
    return Outgoing(
        path=path_of(folder, version.slug, version.number),
        slug=version.slug,
        number=version.number,
        title=version.content.title,
        change_note=version.change_note,
        author=version.author,
        approved_at=version.approved_at,
        text=to_text(version, version.content),
    )


def _read(files: Mapping[str, str]) -> tuple[dict[str, Parsed], list[Incoming]]:
    """What each file says, and those that cannot be read."""
    parsed: dict[str, Parsed] = {}
    damaged: list[Incoming] = []
    seen: dict[tuple[str, int], str] = {}
    for path in sorted(files):
        if not is_playbook(files[path]):
            continue
        try:
            found = from_text(files[path])
            found = replace(found, content=tidy(found.content))
            first = seen.setdefault((found.slug, found.number), path)
            if first != path:
                raise DeskError(f"{first} is the same version.", hint="Keep one of the two files.")
            parsed[path] = found
        except DeskError as error:
            damaged.append(Incoming(path, Kind.DAMAGED, str(error), title=path))
    return parsed, damaged


def _incoming(path: str, parsed: Parsed, here: _Here | None) -> Incoming | None:
    """What a file is beside the library; None where it says the same."""
    digest = content_hash(parsed.content)
    there = None if here is None else here.versions.get(parsed.number)
    if there is not None and there.hash == digest:
        return None
    if not parsed.number and here is not None and _is_known(here, digest):
        return None
    kind, words = _kind_of(parsed, here, digest)
    before = _before(parsed, here)
    return Incoming(
        path=path,
        kind=kind,
        words=words,
        slug=parsed.slug,
        number=0 if kind is not Kind.CONFLICT and _lack(parsed) else parsed.number,
        title=parsed.content.title,
        change_note=parsed.change_note,
        author=parsed.author,
        approved_by=parsed.approved_by,
        approved_at=parsed.approved_at,
        before=before,
        after=parsed.content,
        hash=digest,
    )


def _kind_of(parsed: Parsed, here: _Here | None, digest: str) -> tuple[Kind, str]:
    number = parsed.number
    if here is not None and number in here.versions:
        return Kind.CONFLICT, f"Version {number} is here too and says something else."
    lack = _lack(parsed)
    draft = None if here is None else here.draft
    if not number or lack:
        if draft is not None and content_hash(draft.content) != digest:
            return Kind.BOTH, f"{draft.author} changes the draft here as well. {lack}".strip()
        return Kind.DRAFT, lack or "A draft that nobody has published."
    if here is None or not here.versions:
        other = here is not None and draft is not None and content_hash(draft.content) != digest
        if other and draft is not None:
            return Kind.BOTH, f"{draft.author} writes a draft of it here; it stays as it is."
        return Kind.NEW, "Not here yet."
    retired = " It is retired here." if here.is_retired else ""
    if number < here.newest:
        return Kind.EARLIER, f"An earlier version; version {here.newest} stays the published one.{retired}"
    if draft is not None and content_hash(draft.content) != digest:
        return Kind.BOTH, f"{draft.author} changes the draft of version {draft.base} here; it stays as it is."
    return Kind.NEWER, f"Follows version {here.newest}.{retired}"


def _lack(parsed: Parsed) -> str:
    """Why a file cannot be taken as a published version, though it has a number; empty if it can."""
    if not parsed.number:
        return ""
    said = {
        "why it was published": parsed.change_note,
        "who wrote it": parsed.author,
        "who approved it": parsed.approved_by,
        "when it was approved": parsed.approved_at,
    }
    for name, value in said.items():
        if not value:
            return f"It does not say {name}: it can only become a draft."
    faults = faults_to_publish(parsed.content)
    return f"{faults[0].message} It can only become a draft." if faults else ""


def _is_known(here: _Here, digest: str) -> bool:
    """Whether a draft from elsewhere says what is published or written here."""
    drafted = here.draft is not None and content_hash(here.draft.content) == digest
    return drafted or any(version.hash == digest for version in here.versions.values())


def _before(parsed: Parsed, here: _Here | None) -> Content | None:
    if here is None:
        return None
    there = here.versions.get(parsed.number)
    if there is not None:
        return there.content
    if here.draft is not None and not parsed.number:
        return here.draft.content
    if here.versions or here.draft is None:
        return here.published
    return here.draft.content


def _outgoing(
    here: Iterable[tuple[str, _Here]],
    there: Mapping[tuple[str, int], Content],
    files: Mapping[str, str],
    folder: str,
) -> Iterable[Outgoing]:
    """Published versions that are not among the files; what is retired here is not sent anew."""
    for slug, each in sorted(here):
        if each.is_retired:
            continue
        for number, version in sorted(each.versions.items()):
            found = there.get((slug, number))
            made = file_of(version, folder)
            if found is not None and content_hash(found) != version.hash:
                yield replace(made, conflict=f"Version {number} is there too and says something else.")
            elif found is None:
                is_taken = made.path in files
                why = f"Another file lies at {made.path}." if is_taken else ""
                yield replace(made, conflict=why)
