"""One playbook's way: shipped, proposed, run, skipped, improved, adopted, and read elsewhere."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.adapters.git_repository import GitRepository
from desktop.domain.playbook_sync import Remote
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_markdown import from_text
from desktop.services.playbook_shipped import ensure_shipped, shipped_playbooks
from desktop.services.playbook_sync import PlaybookSync
from tests.adapters.git_repos import Colleague, a_bare_repository
from tests.fixtures_desk import CommandDesk
from tests.services.playbook_desk import PlaybookDesk
from tests.services.test_playbook_sync import Heard, Tokens


@pytest.mark.parametrize(
    ("issue_type", "slug"),
    [
        ("payments_duplicate", "charged-twice"),
        ("data_loss", "data-loss"),
        ("data_exposed", "data-of-others-shown"),
        ("access_suspicious", "suspected-breach"),
        ("access_outage", "sign-in-lock-out"),
        ("integrations_webhooks", "integration-failed"),
        ("platform_slow", "slow-service"),
        ("platform_release", "release-rollback"),
        ("messaging_undelivered", "messages-not-arriving"),
        ("other_complaint", "regulator-or-press"),
    ],
)
def test_the_shipped_ones_are_proposed_for_what_they_are_written_for(
    commands: CommandDesk, issue_type: str, slug: str
) -> None:
    book = PlaybookDesk(commands)
    ensure_shipped(PlaybookService(store=commands.store, clock=commands.clock, bus=commands.bus))
    escalation = commands.open(issue_type=issue_type, severity=1)

    assert slug in [each.slug for each in book.suggestions.of(escalation.id)]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not on this machine")
def test_what_use_shows_becomes_the_next_version_that_a_colleague_reads(
    commands: CommandDesk, tmp_path: Path
) -> None:
    book = PlaybookDesk(commands)
    library = PlaybookService(
        store=commands.store, clock=commands.clock, bus=commands.bus, gaps=book.pulse
    )
    ensure_shipped(library)
    playbook_id = library.by_slug("slow-service")
    assert playbook_id is not None

    # Run three times, and each time the same step is skipped.
    runs = [book.runs.open(commands.open().id, playbook_id, book.cora) for _ in range(3)]
    for run in runs:
        book.runs.tick(run.id, "measure", book.cora, "median 900 ms")
        book.runs.skip(run.id, "since-when", book.cora, "no access to the releases")
    (proposal,) = book.pulse.of(playbook_id).proposals
    assert (proposal.step_id, len(proposal.evidence)) == ("since-when", 3)

    # Improve, review, publish.
    note = book.pulse.improve(proposal.id, playbook_id, commands.coordinator)
    draft = library.draft(playbook_id)
    assert draft is not None
    steps = [
        replace(step, role="Senior engineer") if step.id == "since-when" else step
        for step in draft.content.steps
    ]
    better = replace(draft.content, steps=tuple(steps), reviewers=("Leo Marsh",))
    library.save(playbook_id, better, commands.coordinator, edition=draft.edition)
    library.ask_review(playbook_id, commands.coordinator)
    library.answer_review(playbook_id, commands.lead, approves=True)
    version = library.publish(playbook_id, commands.lead, change_note=note, answers=[-proposal.id])
    assert (version.number, book.pulse.of(playbook_id).proposals) == (2, ())

    # What runs keeps its version until somebody adopts the new one.
    assert book.runs.get(runs[0].id).version == 1
    assert book.runs.adopt(runs[0].id, book.cora).version == 2

    # Elsewhere it is read word for word.
    bare = a_bare_repository(tmp_path / "bare.git")
    sync = PlaybookSync(
        store=commands.store,
        clock=commands.clock,
        bus=commands.bus,
        playbooks=library,
        tokens=Tokens(),
        opens=lambda remote, token, _: GitRepository(remote, token),
    )
    sync.keep(Remote(str(bare)), commands.lead)
    done = sync.push(commands.lead, Heard())
    assert len(done.added) == len(shipped_playbooks()) + 1
    found = from_text(Colleague(bare, tmp_path / "ida").reads("playbooks/slow-service/v2.md"))
    assert (found.content, found.change_note) == (version.content, note)
