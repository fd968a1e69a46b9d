"""A file to add, as a commit of Git."""

from datetime import UTC, datetime

from dulwich.objects import Commit, ObjectID

from desktop.domain.playbook_sync import Addition
from desktop.domain.wording import one_line


def commit_of(
    addition: Addition, tree: ObjectID, parent: ObjectID | None, committer: bytes, at: datetime
) -> Commit:
    """The commit of an addition, by its author; `committer` is who sends it."""
    commit = Commit()
    commit.tree = tree
    commit.parents = [parent] if parent is not None else []
    commit.author = name_of(addition.author, addition.email)
    commit.committer = committer
    commit.author_time = int(addition.at.astimezone(UTC).timestamp())
    commit.commit_time = int(at.astimezone(UTC).timestamp())
    commit.author_timezone = commit.commit_timezone = 0
    commit.encoding = b"UTF-8"
    commit.message = (addition.message.replace("\0", "").strip() + "\n").encode(errors="replace")
    return commit


def name_of(name: str, email: str) -> bytes:
    """A person as Git writes one."""

    def plain(text: str) -> str:
        return one_line("".join(sign for sign in text if sign not in "<>\0")).strip(" .,:;\"'")

    return f"{plain(name) or 'Escalation Desk'} <{plain(email)}>".encode(errors="replace")
