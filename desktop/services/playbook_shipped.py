"""The playbooks that ship with the program: put into the library once, and never again after that."""

from desktop import paths
from desktop.domain.errors import DeskError, StoreError, StoreFault
from desktop.domain.person import Actor
from desktop.services.case import DESK
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_markdown import Parsed, from_text

_FOLDER = "playbooks"


def shipped_playbooks() -> dict[str, Parsed]:
    """Everything shipped, by short name.

    Raises: DeskError when the program's files are damaged.
    """
    return {path.stem: _read(path.stem) for path in sorted(paths.resource(_FOLDER).glob("*.md"))}


def ensure_shipped(service: PlaybookService, by: Actor = DESK) -> int:
    """Publish what ships and is not in the library under its short name, retired or not; gives how many.

    Raises: DeskError when the program's files are damaged.
    """
    known = {row.slug for row in service.all(with_retired=True)}
    names = [path.stem for path in sorted(paths.resource(_FOLDER).glob("*.md")) if path.stem not in known]
    for name in names:
        found = _read(name)
        assert found.approved_at is not None  # seen by the tests of what ships
        try:
            service.publish_as(
                found.slug,
                found.number,
                found.content,
                change_note=found.change_note,
                author=found.author,
                approved_by=found.approved_by,
                approved_at=found.approved_at,
                by=by,
            )
        except StoreError as error:
            if error.kind is StoreFault.READ_ONLY:  # a desk that is only looked at
                return 0
            raise
    return len(names)


def _read(name: str) -> Parsed:
    path = paths.resource(_FOLDER, f"{name}.md")
    try:
        return from_text(path.read_text(encoding="utf-8"))
    except (OSError, DeskError) as error:
        raise DeskError(
            f"The playbook shipped with the program, {path}, cannot be read: {error}",
            hint="Install the program again.",
        ) from error
