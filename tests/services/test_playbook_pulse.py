"""How playbooks fare: heat, mean times, and the changes that use speaks for."""

from datetime import timedelta

import pytest

from desktop.domain.drill_log import Entry
from desktop.domain.errors import Conflict, NotAllowed
from desktop.domain.playbook_heat import ProposalKind
from desktop.services.playbook_pulse import note_of
from tests.fixtures_desk import CommandDesk
from tests.services.drill_desk import DrillDesk
from tests.services.playbook_desk import PAYMENTS, STEPS, PlaybookDesk

MINUTE = timedelta(minutes=1)


@pytest.fixture
def book(commands: CommandDesk) -> PlaybookDesk:
    return PlaybookDesk(commands)


def skip(book: PlaybookDesk, playbook_id: int, step: str, times: int, reason: str = "no access") -> list[int]:
    runs = [book.runs.open(book.base.open().id, playbook_id, book.cora) for _ in range(times)]
    for run in runs:
        book.clock.forward(MINUTE)
        book.runs.skip(run.id, step, book.cora, reason)
    return [run.id for run in runs]


def test_the_heat_map_counts_steps_over_versions(book: PlaybookDesk):
    playbook_id = book.write()
    skip(book, playbook_id, "look", 1)
    book.improve(playbook_id, STEPS)
    run = book.runs.open(book.base.open().id, playbook_id, book.cora)
    book.clock.forward(12 * MINUTE)
    book.runs.tick(run.id, "look", book.cora)
    look = book.pulse.of(playbook_id).rows[0]
    assert (look.cells[1].opened, look.cells[1].skipped) == (1, 1)
    assert (look.cells[2].done, look.cells[2].late) == (1, 1)
    assert look.mean == 12 * MINUTE
    assert look.reasons == (("no access", 1),)


def in_drill(kind: str, run: int = 1, **more: object) -> Entry:
    """What the log of a drill says of a step of the first version."""
    about = {"title": PAYMENTS.title, "version": 1, "step_id": "look", "run": run}
    return Entry(0, run * 60_000, f"playbook.step_{kind}", about | more)


def test_the_heat_map_counts_what_was_done_in_drills_too(book: PlaybookDesk, drills: DrillDesk):
    playbook_id = book.write()
    skip(book, playbook_id, "look", 1)
    late = in_drill("done", late=1)
    drills.played(acts=[late, in_drill("skipped", run=2, reason="no access")])
    look = book.pulse.of(playbook_id).rows[0]
    assert (look.total.opened, look.total.skipped, look.total.done, look.total.late) == (3, 2, 1, 1)
    assert look.reasons == (("no access", 2),)


def test_practice_forks_and_what_was_taken_back_do_not_heat(book: PlaybookDesk, drills: DrillDesk):
    playbook_id = book.write()
    drills.played(acts=[in_drill("skipped")], practice=True)
    back = Entry(0, 90_000, "playbook.step_reopened", in_drill("done").body)
    run, _ = drills.played(acts=[in_drill("done"), back])
    drills.record.fork(run.id, 2, drills.trainer, folder="")
    assert book.pulse.of(playbook_id).rows[0].total.opened == 0


def test_the_page_names_the_escalations_each_version_was_used_on(book: PlaybookDesk):
    run = book.opened()
    book.runs.tick(run.id, "look", book.cora)
    book.clock.forward(30 * MINUTE)
    book.runs.end(run.id, book.cora)
    pulse = book.pulse.of(run.playbook_id)
    (use,) = pulse.uses
    assert (use.escalation_id, use.version, use.settled, use.steps) == (run.escalation_id, 1, 1, 4)
    assert pulse.mean == 30 * MINUTE


def test_three_skips_of_a_step_propose_a_change_with_their_evidence(book: PlaybookDesk):
    playbook_id = book.write()
    skip(book, playbook_id, "look", 2)
    assert book.pulse.of(playbook_id).proposals == ()
    skip(book, playbook_id, "look", 1, "too slow")
    (proposal,) = book.pulse.of(playbook_id).proposals
    assert (proposal.kind, proposal.step_id, len(proposal.evidence)) == (ProposalKind.SKIPS, "look", 3)
    assert "skipped 3 times" in proposal.sentence
    assert "too slow" in note_of(proposal)


def test_a_fourth_skip_joins_the_proposal_that_is_there(book: PlaybookDesk):
    playbook_id = book.write()
    skip(book, playbook_id, "look", 4)
    (proposal,) = book.pulse.of(playbook_id).proposals
    assert len(proposal.evidence) == 4


def test_skipping_what_is_optional_proposes_nothing(book: PlaybookDesk):
    playbook_id = book.write()
    skip(book, playbook_id, "photo", 3)
    assert book.pulse.of(playbook_id).proposals == ()


def test_a_skip_that_is_taken_back_speaks_for_nothing(book: PlaybookDesk):
    playbook_id = book.write()
    run_ids = skip(book, playbook_id, "look", 3)
    book.runs.reopen(run_ids[0], "look", book.cora)
    assert book.pulse.of(playbook_id).proposals == ()


def test_two_words_that_a_step_is_unclear_propose_a_change(book: PlaybookDesk):
    run = book.opened()
    book.runs.unclear(run.id, "look", book.cora, "Which dashboard?")
    assert book.pulse.of(run.playbook_id).proposals == ()
    hinted = book.runs.unclear(run.id, "look", book.base.on_call, "No link")
    pulse = book.pulse.of(run.playbook_id)
    assert [each.kind for each in pulse.proposals] == [ProposalKind.GAPS]
    assert (pulse.rows[0].total.hints, hinted.steps[0].kept.hints) == (2, 2)
    assert [gap.text for gap in pulse.gaps] == ["No link", "Which dashboard?"]


def test_a_version_answers_a_proposal_and_the_gaps_behind_it(book: PlaybookDesk):
    run = book.opened()
    for words in ("Which dashboard?", "No link"):
        book.runs.unclear(run.id, "look", book.cora, words)
    ids = [each.id for each in book.pulse.answerable(run.playbook_id) if each.id < 0]
    with book.base.store.begin() as session:
        book.pulse.answer(session, run.playbook_id, 2, ids, book.base.lead, book.clock.now())
    pulse = book.pulse.of(run.playbook_id)
    assert (pulse.gaps, pulse.proposals) == ((), ())


def test_after_an_answer_only_new_skips_count(book: PlaybookDesk):
    playbook_id = book.write()
    skip(book, playbook_id, "look", 3)
    (proposal,) = book.pulse.of(playbook_id).proposals
    book.clock.forward(MINUTE)
    book.pulse.decline(proposal.id, book.base.lead)
    skip(book, playbook_id, "look", 2)
    assert book.pulse.of(playbook_id).proposals == ()
    skip(book, playbook_id, "look", 1)
    (again,) = book.pulse.of(playbook_id).proposals
    assert len(again.evidence) == 3


def test_declining_is_for_coordinators_and_leads_and_once(book: PlaybookDesk):
    playbook_id = book.write()
    skip(book, playbook_id, "look", 3)
    (proposal,) = book.pulse.of(playbook_id).proposals
    with pytest.raises(NotAllowed):
        book.pulse.decline(proposal.id, book.base.outsider)
    book.pulse.decline(proposal.id, book.cora)
    with pytest.raises(Conflict):
        book.pulse.decline(proposal.id, book.cora)
