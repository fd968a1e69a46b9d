"""One branch of a Git repository: its Markdown files, and new ones pushed onto it as commits.

Nothing is kept on this disk: the newest commit is fetched into memory, new commits are built on it, and the
branch is moved only from that very commit. Nothing that is there is changed or removed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from dulwich.client import GitClient
from dulwich.object_store import commit_tree_changes, iter_tree_contents
from dulwich.objects import Blob, Commit, ObjectID, ShaFile, Tree
from dulwich.pack import pack_objects_to_data
from dulwich.refs import Ref
from dulwich.repo import MemoryRepo, Repo

from desktop.adapters.git_clients import client_for
from desktop.adapters.git_commit import commit_of, name_of
from desktop.adapters.git_refused import FAULTS, sentence
from desktop.domain.errors import DeskError
from desktop.domain.playbook_sync import (
    Addition,
    Moved,
    Remote,
    Snapshot,
    Stopped,
    Transport,
    reached,
)
from desktop.domain.wording import one_line

_LARGEST_FILE = 1_000_000
_MOST_FILES = 5_000
_MOST_BYTES = 200_000_000
_HEADS = b"refs/heads/"
_FILE = 0o100644
_LINK = 0o120000


class GitRepository:
    """Reads a branch, then adds to it what is new since; one object for one look. Call it from a worker."""

    def __init__(
        self,
        remote: Remote,
        secret: str = "",
        *,
        within_s: float = 30.0,
        told: Callable[[str], None] | None = None,
        is_stopped: Callable[[], bool] | None = None,
    ) -> None:
        """`told` hears how far it has come; `is_stopped` is asked all the time.

        Raises: DeskError for an address that cannot be meant.
        """
        self._remote = remote
        self._place = reached(remote.address)
        self._secret = secret
        self._within_s = within_s
        self._told = told
        self._is_stopped = is_stopped
        self._repo = MemoryRepo()
        self._bytes = 0

    def read(self) -> Snapshot:
        """What the branch holds now.

        Raises: DeskError saying why it cannot be read; Stopped.
        """
        self._repo, self._bytes = MemoryRepo(), 0
        with self._connected() as client:
            fetched = client.fetch(
                self._path, self._repo, self._wanted, progress=self._progress, depth=self._depth
            )
            branch = self._branch(fetched.refs, fetched.symrefs)
            commit = fetched.refs.get(Ref(_HEADS + branch.encode())) or b""
            if self._remote.branch and not commit and fetched.refs:
                self._say(f"The branch {branch} is new.")
            files, skipped = self._files(ObjectID(commit)) if commit else ({}, ())
        return Snapshot(branch, commit.decode(), files, skipped)

    def add(
        self, base: Snapshot, additions: Sequence[Addition], by: str, email: str, at: datetime
    ) -> Snapshot:
        """Push one commit for each file onto what was read last; gives what the branch holds then.

        Raises: Moved where the branch is elsewhere by now; DeskError; Stopped.
        """
        ref = _HEADS + base.branch.encode()
        with self._connected() as client:
            self._check_not_in_use(ref)
            commits, made = self._built(base, additions, name_of(by, email), at)
            old = ObjectID(base.commit.encode()) if base.commit else None

            def moved(refs: Mapping[Any, ObjectID]) -> dict[Any, ObjectID]:
                if refs.get(ref) != old:
                    raise _moved(base.branch)
                return {ref: commits[-1]}

            def packed(*_: object, **__: object) -> Any:  # noqa: ANN401 - of the library's own kind
                return pack_objects_to_data(made)

            self._say("Sending …")
            sent = client.send_pack(self._path.encode(), moved, packed, progress=self._progress)
            why = (sent.ref_status or {}).get(ref)
        if why:
            raise _refused(base.branch, why)
        files = {**base.files, **{each.path: each.text for each in additions}}
        return Snapshot(base.branch, commits[-1].decode(), files, base.skipped)

    @property
    def _depth(self) -> int | None:
        return None if self._place.transport is Transport.FOLDER else 1

    @property
    def _path(self) -> str:
        if self._place.transport is Transport.FOLDER:
            return str(Path(self._place.path).expanduser())
        return self._place.path

    def _wanted(self, refs: Mapping[Any, ObjectID], *_: object, **__: object) -> list[ObjectID]:
        ref = _HEADS + self._remote.branch.encode() if self._remote.branch else b"HEAD"
        found = refs.get(ref) or (None if self._remote.branch else _first_head(refs))
        return [found] if found else []

    def _branch(self, refs: Mapping[Any, Any], symrefs: Mapping[Any, Any] | None) -> str:
        if self._remote.branch:
            return self._remote.branch
        head = (symrefs or {}).get(b"HEAD", b"")
        if not head.startswith(_HEADS):
            at = refs.get(b"HEAD") or _first_head(refs)
            named = [
                ref for ref in (_HEADS + b"main", _HEADS + b"master", *sorted(refs)) if refs.get(ref) == at
            ]
            head = next((ref for ref in named if ref.startswith(_HEADS) and at), _HEADS + b"main")
        return str(head.removeprefix(_HEADS).decode(errors="replace"))

    def _files(self, commit_id: ObjectID) -> tuple[dict[str, str], tuple[str, ...]]:
        """The Markdown files below the folder, as text."""
        store = self._repo.object_store
        commit = store[commit_id]
        if not isinstance(commit, Commit):
            raise DeskError(
                "The branch leads to something else than a commit.", hint="Choose another branch."
            )
        begin = f"{self._remote.folder}/".encode() if self._remote.folder else b""
        files: dict[str, str] = {}
        skipped: list[str] = []
        for entry in iter_tree_contents(store, commit.tree):
            self._check_stop()
            path, mode, sha = entry.path, entry.mode, entry.sha
            if not path.startswith(begin) or not path.lower().endswith(b".md") or mode == _LINK:
                continue
            name, data = path.decode(errors="replace"), store[sha].as_raw_string()
            if len(files) >= _MOST_FILES:
                skipped.append(f"More than {_MOST_FILES:,} files: the rest was left out.")
                break
            text = _text_of(data)
            if text is None:
                skipped.append(f"{one_line(name)[:200]} is no text, or larger than 1 MB.")
            else:
                files[name] = text
        return files, tuple(skipped)

    def _built(
        self, base: Snapshot, additions: Sequence[Addition], committer: bytes, at: datetime
    ) -> tuple[list[ObjectID], list[ShaFile]]:
        """The commits in their order, and every new object they need."""
        store = self._repo.object_store
        parent = ObjectID(base.commit.encode()) if base.commit else None
        tree = self._tree_of(parent)
        known = set(store)
        commits: list[ObjectID] = []
        for each in additions:
            blob = Blob.from_string(each.text.encode())
            store.add_object(blob)
            tree = commit_tree_changes(store, tree, [(each.path.encode(), _FILE, blob.id)])
            commit = commit_of(each, tree, parent, committer, at)
            store.add_object(commit)
            parent = commit.id
            commits.append(commit.id)
        return commits, [store[sha] for sha in store if sha not in known]

    def _tree_of(self, commit_id: ObjectID | None) -> ObjectID:
        store = self._repo.object_store
        if commit_id is None:
            empty = Tree()
            store.add_object(empty)
            return empty.id
        commit = store[commit_id]
        assert isinstance(commit, Commit)  # it was read as one
        return ObjectID(commit.tree)

    def _check_not_in_use(self, ref: bytes) -> None:
        """A branch that somebody works on in that folder would move below their feet."""
        if self._place.transport is not Transport.FOLDER:
            return
        with Repo(self._path) as repo:
            head = repo.refs.follow(b"HEAD")[0][-1]  # type: ignore[arg-type] # a name
            if not repo.bare and head == ref:
                raise DeskError(
                    f"Somebody works on the branch in {self._path}: it is checked out there.",
                    hint="Name another branch, or push to a bare repository.",
                )

    @contextmanager
    def _connected(self) -> Iterator[GitClient]:
        """What speaks with the repository; whatever it raises becomes a sentence."""
        self._check_stop()
        try:
            with closing(client_for(self._remote, self._secret, self._within_s, self._heard)) as client:
                yield client
        except FAULTS as error:
            raise sentence(error, self._remote.address, within_s=self._within_s) from error

    def _progress(self, said: bytes) -> None:
        self._check_stop()
        lines = said.decode(errors="replace").replace("\r", "\n").strip().split("\n")
        self._say(one_line(lines[-1])[:120])

    def _heard(self, count: int, _direction: str) -> None:
        """Bytes came or went: more than playbooks ever have is something else."""
        self._check_stop()
        self._bytes += count
        if self._bytes > _MOST_BYTES:
            raise DeskError(
                f"The repository is larger than {_MOST_BYTES // 1_000_000} MB.",
                hint="Keep the playbooks in a repository of their own.",
            )

    def _say(self, words: str) -> None:
        if self._told is not None and words:
            self._told(words)

    def _check_stop(self) -> None:
        if self._is_stopped is not None and self._is_stopped():
            raise Stopped


def _first_head(refs: Mapping[Any, Any]) -> ObjectID | None:
    heads = [ref for ref in (_HEADS + b"main", _HEADS + b"master", *sorted(refs)) if refs.get(ref)]
    return next((refs[ref] for ref in heads if ref.startswith(_HEADS)), None)


def _text_of(data: bytes) -> str | None:
    if len(data) > _LARGEST_FILE:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _moved(branch: str) -> Moved:
    return Moved(f"Somebody pushed to {branch} meanwhile.", hint="Read it again.")


def _refused(branch: str, why: str) -> DeskError:
    """What the other side said of the branch; a race lost there is the same as one seen here."""
    if any(
        word in why
        for word in ("fast-forward", "unable to set", "failed to update ref", "fetch first", "lock")
    ):
        return _moved(branch)
    return DeskError(
        f"The repository does not take it: {one_line(why)[:200]}.",
        hint="The branch may be protected: ask who keeps the repository, or name another branch.",
    )
