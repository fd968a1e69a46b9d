"""The desk and a real repository on disk, with a colleague who has a clone of their own."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.adapters.git_repository import GitRepository
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.playbook import Version
from desktop.domain.playbook_exchange import Kind, Way
from desktop.domain.playbook_sync import Remote, Snapshot, Stopped
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_markdown import Parsed, from_text, to_text
from desktop.services.playbook_sync import PlaybookSync, Progress, Repository
from tests.adapters.git_repos import Colleague, a_bare_repository, git
from tests.domain.playbooks import a_content
from tests.factories import MONDAY
from tests.fixtures_desk import CommandDesk

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not on this machine")
_PATH = "playbooks/customer-was-charged-twice/v{}.md"


class Heard:
    """Hears how far it has come, and may stop it."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.stops = False

    def told(self, words: str) -> None:
        self.words.append(words)

    def is_stopped(self) -> bool:
        return self.stops


class Tokens(dict[str, str]):
    """Secrets in memory."""

    def put(self, name: str, value: str) -> None:
        self[name] = value

    def delete(self, name: str) -> None:
        self.pop(name, None)


class Racing:
    """A repository to which a colleague pushes just after it was read, once."""

    def __init__(self, inner: GitRepository, colleague: Colleague, path: str, text: str) -> None:
        self._inner = inner
        self._push = [(colleague, path, text)]
        self.add = inner.add

    def read(self) -> Snapshot:
        found = self._inner.read()
        while self._push:
            colleague, path, text = self._push.pop()
            colleague.writes(path, text)
        return found


class Pair:
    """A desk, a bare repository and a colleague."""

    def __init__(self, desk: CommandDesk, folder: Path) -> None:
        self.desk = desk
        self.bare = a_bare_repository(folder / "bare.git")
        self.ida = Colleague(self.bare, folder / "ida")
        self.heard = Heard()
        self.tokens = Tokens()
        self.asked: list[str] = []
        self.race: tuple[str, str] | None = None
        self.library = PlaybookService(store=desk.store, clock=desk.clock, bus=desk.bus)
        self.sync = PlaybookSync(
            store=desk.store,
            clock=desk.clock,
            bus=desk.bus,
            playbooks=self.library,
            tokens=self.tokens,
            opens=self.opened,
            email_of=lambda name: f"{name.split()[0].lower()}@example.com",
        )
        self.sync.keep(Remote(str(self.bare)), desk.lead)

    def opened(self, remote: Remote, token: str, progress: Progress) -> Repository:
        self.asked.append(token)
        found = GitRepository(remote, token, told=progress.told, is_stopped=progress.is_stopped)
        if self.race is None:
            return found
        path, text = self.race
        return Racing(found, self.ida, path, text)

    def published(self) -> Version:
        draft = self.library.create(a_content(), self.desk.coordinator)
        return self.library.publish(draft.playbook_id, self.desk.lead, change_note="The first")

    def file(self, slug: str, number: int, **parts: object) -> str:
        content = replace(a_content(), **parts)  # type: ignore[arg-type]
        return to_text(Parsed(slug, number, content, "Why", "Ida", "Ida", MONDAY), content)


@pytest.fixture
def pair(commands: CommandDesk, tmp_path: Path) -> Pair:
    return Pair(commands, tmp_path)


def test_versions_are_pushed_as_files_with_author_and_note(pair: Pair) -> None:
    pair.published()
    done = pair.sync.push(pair.desk.lead, pair.heard)

    assert from_text(pair.ida.reads(_PATH.format(1))).content == a_content()
    assert git(pair.bare, "log", "-1", "--format=%an <%ae> %s: %b", "main") == (
        "Cora Lind <cora@example.com> Customer was charged twice: version 1: The first"
    )
    assert (len(done.added), done.look.comparison.outgoing) == (1, ())


def test_pushing_again_adds_nothing(pair: Pair) -> None:
    pair.published()
    pair.sync.push(pair.desk.lead, pair.heard)

    assert pair.sync.push(pair.desk.lead, pair.heard).added == ()


def test_what_a_colleague_edited_by_hand_comes_in_as_the_next_version(pair: Pair) -> None:
    version = pair.published()
    pair.sync.push(pair.desk.lead, pair.heard)
    text = pair.ida.reads(_PATH.format(1)).replace("version: 1", "version: 2").replace("The first", "Clearer")
    pair.ida.writes(_PATH.format(2), text.replace("# Customer was", "# A customer was"))
    (entry,) = pair.sync.look(pair.heard).comparison.incoming
    pair.sync.take([(entry, Way.TAKE)], pair.desk.lead)

    found = pair.library.get(version.playbook_id)
    assert entry.kind is Kind.NEWER
    assert found is not None
    assert (found.number, found.content.title) == (2, "A customer was charged twice")


def test_looking_changes_nothing_on_either_side(pair: Pair) -> None:
    pair.published()
    pair.ida.writes("playbooks/other/v1.md", pair.file("other", 1))
    head = git(pair.bare, "rev-parse", "main")
    look = pair.sync.look(pair.heard)

    assert (len(look.comparison.incoming), len(look.comparison.outgoing)) == (1, 1)
    assert git(pair.bare, "rev-parse", "main") == head
    assert pair.library.by_slug("other") is None


def test_a_race_over_different_files_ends_with_both(pair: Pair) -> None:
    pair.published()
    pair.race = ("playbooks/other/v1.md", pair.file("other", 1))
    done = pair.sync.push(pair.desk.lead, pair.heard)

    assert len(done.added) == 1
    assert any("meanwhile" in words for words in pair.heard.words)
    assert git(pair.bare, "ls-tree", "-r", "--name-only", "main").splitlines() == [
        _PATH.format(1),
        "playbooks/other/v1.md",
    ]


def test_a_race_over_the_same_version_is_named_and_overwrites_nothing(pair: Pair) -> None:
    version = pair.published()
    theirs = pair.file(version.slug, 1, purpose="Theirs")
    pair.race = (_PATH.format(1), theirs)
    done = pair.sync.push(pair.desk.lead, pair.heard)

    assert (done.added, [each.slug for each in done.conflicts]) == ((), [version.slug])
    assert pair.ida.reads(_PATH.format(1)) == theirs
    assert pair.library.get(version.playbook_id) == version
    assert [each.kind for each in done.look.comparison.incoming] == [Kind.CONFLICT]


def test_what_was_left_is_remembered(pair: Pair) -> None:
    pair.ida.writes("playbooks/other/v1.md", pair.file("other", 1))
    (entry,) = pair.sync.look(pair.heard).comparison.incoming
    pair.sync.take([(entry, Way.LEAVE)], pair.desk.lead)

    (again,) = pair.sync.look(pair.heard).comparison.incoming
    assert (entry.was_left, again.was_left) == (False, True)


def test_only_chosen_files_are_pushed(pair: Pair) -> None:
    pair.published()

    assert pair.sync.push(pair.desk.lead, pair.heard, paths=frozenset()).added == ()


def test_stopping_changes_nothing(pair: Pair) -> None:
    pair.published()
    pair.heard.stops = True

    with pytest.raises(Stopped):
        pair.sync.push(pair.desk.lead, pair.heard)
    assert git(pair.bare, "for-each-ref") == ""


def test_others_than_leads_add_nothing(pair: Pair) -> None:
    with pytest.raises(NotAllowed):
        pair.sync.push(pair.desk.coordinator, pair.heard)


def test_without_a_repository_it_says_what_to_do(pair: Pair) -> None:
    pair.sync.forget(pair.desk.lead)

    with pytest.raises(DeskError, match="Enter its address first"):
        pair.sync.look(pair.heard)


def test_the_token_is_among_the_secrets_and_in_no_table(pair: Pair) -> None:
    pair.sync.keep(Remote("https://git.example.com/a.git", user="x"), pair.desk.lead, token="s3cret")

    assert pair.tokens == {"playbooks:token": "s3cret"}
    assert b"s3cret" not in pair.desk.store.path.read_bytes()


def test_a_token_is_not_shown_to_another_host(pair: Pair) -> None:
    pair.sync.keep(Remote("https://git.example.com/a.git"), pair.desk.lead, token="s3cret")
    pair.sync.keep(Remote("https://git.example.com/b.git"), pair.desk.lead)
    assert pair.sync.has_token()

    pair.sync.keep(Remote("https://elsewhere.example.com/b.git"), pair.desk.lead)
    assert not pair.sync.has_token()
