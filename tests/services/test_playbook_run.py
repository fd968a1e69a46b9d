"""Playbooks on escalations: pinned, ticked, skipped, moved to newer versions, undone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.errors import Conflict, DeskError, NotFound
from desktop.domain.events import PlaybookRunsChanged
from desktop.domain.playbook import Step
from desktop.domain.playbook_run import Run, StepState
from desktop.domain.timeline import EventKind
from tests.fixtures_desk import CommandDesk
from tests.services.playbook_desk import PAYMENTS, STEPS, PlaybookDesk

MINUTE = timedelta(minutes=1)


@pytest.fixture
def book(commands: CommandDesk) -> PlaybookDesk:
    return PlaybookDesk(commands)


def states(run: Run) -> dict[str, str]:
    return {one.step.id: one.state.value for one in run.steps}


def undo(book: PlaybookDesk, run: Run) -> Run:
    assert run.done is not None
    book.base.commands.undoing.undo(run.done.seqs, book.cora)
    return book.runs.get(run.id)


def test_a_run_keeps_to_the_version_it_was_opened_with(book: PlaybookDesk):
    run = book.opened()
    book.improve(run.playbook_id, STEPS[:1])
    (kept,) = book.runs.of(run.escalation_id)
    assert (kept.version, len(kept.steps), kept.newer) == (1, 4, 2)
    assert book.kinds(run.escalation_id) == [EventKind.PLAYBOOK_OPENED]


def test_an_older_version_may_be_opened(book: PlaybookDesk):
    playbook_id = book.write()
    book.improve(playbook_id, STEPS[:1])
    run = book.runs.open(book.base.open().id, playbook_id, book.cora, version=1)
    assert run.version == 1


def test_steps_are_due_from_the_opening(book: PlaybookDesk):
    run = book.opened()
    look = run.steps[0]
    assert look.kept.due_at == run.opened_at + 10 * MINUTE
    assert not look.is_late(run.opened_at + 10 * MINUTE)
    assert look.is_late(run.opened_at + 11 * MINUTE)


def test_a_playbook_is_open_once_on_an_escalation(book: PlaybookDesk):
    run = book.opened()
    with pytest.raises(Conflict, match="open on it already"):
        book.runs.open(run.escalation_id, run.playbook_id, book.cora)
    book.runs.end(run.id, book.cora)
    book.runs.open(run.escalation_id, run.playbook_id, book.cora)
    assert [one.is_open for one in book.runs.of(run.escalation_id)] == [True, False]


def test_what_is_not_published_cannot_be_opened(book: PlaybookDesk):
    with pytest.raises(NotFound):
        book.runs.open(book.base.open().id, 4711, book.cora)


def test_a_tick_says_who_and_when_and_can_be_undone(book: PlaybookDesk):
    run = book.opened()
    book.clock.forward(11 * MINUTE)
    ticked = book.runs.tick(run.id, "look", book.base.on_call, "seen at 09:11")
    kept = ticked.steps[0].kept
    assert (kept.state, kept.by, kept.at) == (StepState.DONE, "Onno Kay", book.clock.now())
    assert kept.evidence == "seen at 09:11"
    assert book.base.events(run.escalation_id)[-1].body["late"] == 1
    assert states(undo(book, ticked))["look"] == "open"


def test_a_step_is_done_once(book: PlaybookDesk):
    run = book.opened()
    book.runs.tick(run.id, "look", book.cora)
    with pytest.raises(Conflict, match="Cora Lind did that step already"):
        book.runs.tick(run.id, "look", book.base.on_call)


def test_skipping_needs_a_reason(book: PlaybookDesk):
    run = book.opened()
    with pytest.raises(DeskError, match="needs a reason"):
        book.runs.skip(run.id, "look", book.cora, "  ")
    skipped = book.runs.skip(run.id, "look", book.cora, "no access")
    assert skipped.steps[0].kept.reason == "no access"
    assert states(undo(book, skipped))["look"] == "open"


def test_a_step_that_decides_records_the_decision_and_who_may_take_it(book: PlaybookDesk):
    run = book.opened()
    with pytest.raises(DeskError, match="is a decision"):
        book.runs.tick(run.id, "decide", book.cora)
    decided = book.runs.tick(run.id, "decide", book.cora, answer="Switch at noon")
    assert decided.steps[1].kept.answer == "Switch at noon"
    body = book.base.events(run.escalation_id)[-1].body
    assert body["right"] == "lead, or coordinator in their place (one day)"


def test_a_step_can_be_reopened_and_that_be_undone(book: PlaybookDesk):
    run = book.opened()
    book.runs.tick(run.id, "look", book.cora, "seen")
    again = book.runs.reopen(run.id, "look", book.cora)
    assert (states(again)["look"], again.steps[0].kept.evidence) == ("open", "")
    restored = undo(book, again)
    assert (states(restored)["look"], restored.steps[0].kept.evidence) == ("done", "seen")


def test_adopting_keeps_the_state_of_steps_by_their_ids(book: PlaybookDesk):
    run = book.opened()
    book.runs.tick(run.id, "look", book.cora)
    newer = (replace(STEPS[2], due_after=5 * MINUTE), STEPS[0], Step("new", "Something new"))
    book.improve(run.playbook_id, newer)
    adopted = book.runs.adopt(run.id, book.base.on_call)
    assert (adopted.version, adopted.newer) == (2, 0)
    assert states(adopted) == {"tell": "open", "look": "done", "new": "open"}
    assert adopted.steps[0].kept.due_at == run.opened_at + 5 * MINUTE
    assert book.kinds(run.escalation_id)[-1] == EventKind.PLAYBOOK_ADOPTED


def test_undoing_an_adoption_goes_back_to_the_version_before(book: PlaybookDesk):
    run = book.opened()
    book.improve(run.playbook_id, (STEPS[0], Step("new", "Something new")))
    back = undo(book, book.runs.adopt(run.id, book.cora))
    assert back.version == 1
    assert list(states(back)) == ["look", "decide", "tell", "photo"]


def test_staying_asks_again_only_for_a_still_newer_version(book: PlaybookDesk):
    run = book.opened()
    book.improve(run.playbook_id, STEPS[:2])
    assert book.runs.stay(run.id, book.cora).newer == 0
    book.improve(run.playbook_id, STEPS[:1], number=3)
    assert book.runs.get(run.id).newer == 3


def test_undoing_the_opening_closes_it(book: PlaybookDesk):
    run = undo(book, book.opened())
    assert not run.is_open


def test_what_was_closed_takes_no_more_ticks_until_that_is_undone(book: PlaybookDesk):
    ended = book.runs.end(book.opened().id, book.cora)
    with pytest.raises(Conflict, match="was closed on it by Cora Lind"):
        book.runs.tick(ended.id, "look", book.cora)
    assert undo(book, ended).is_open


def test_everybody_hears_of_it(book: PlaybookDesk):
    told: list[PlaybookRunsChanged] = []
    book.base.bus.subscribe(PlaybookRunsChanged, told.append)
    run = book.opened()
    book.runs.tick(run.id, "look", book.cora)
    assert [each.escalation_ids for each in told] == [(run.escalation_id,)] * 2


def test_opening_counts_as_use(book: PlaybookDesk):
    run = book.opened()
    with book.store.read() as session:
        used = session.sql("SELECT used_count, last_used_at IS NOT NULL FROM playbook").fetchone()
    assert used == (1, 1)
    assert run.title == PAYMENTS.title
