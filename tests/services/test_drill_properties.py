"""Whatever is done in whatever order: a log has no hole, a gap is closed by proof alone."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from db.engine import open_store
from desktop.domain.clock import ManualClock
from desktop.domain.drill_gap import GapState
from desktop.domain.drill_log import Entry
from desktop.domain.errors import DeskError
from tests.factories import MONDAY
from tests.fixtures_desk import CommandDesk
from tests.services.drill_desk import MISSED, PASSED, DrillDesk

_DEEDS = ("confirm", "dismiss", "accept", "decline", "verify", "fail", "waive", "close", "reopen")


@pytest.fixture
def begun(drills: DrillDesk, tmp_path: Path) -> Path:
    """A desk with a planned run, a gap that is proposed, and a later run that passes and one that fails."""
    run, score = drills.played(acts=MISSED)
    drills.gaps.propose_from(run.id, score, drills.trainer)
    drills.played(acts=PASSED)
    drills.played(acts=MISSED)
    drills.planned()
    return drills.desk.store.path


@contextmanager
def copied(path: Path) -> Iterator[DrillDesk]:
    """The same desk once more, to be changed."""
    with TemporaryDirectory() as folder:
        again = Path(folder) / "desk.sqlite3"
        for each in path.parent.glob(f"{path.name}*"):
            shutil.copy(each, again.with_name(each.name.replace(path.name, again.name)))
        with closing(open_store(again)) as store:
            yield DrillDesk(CommandDesk(store, ManualClock(MONDAY + timedelta(days=1))))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(st.integers(1, 12), max_size=4), max_size=8))
def test_whatever_entries_are_offered_the_log_has_no_hole(begun: Path, batches: list[list[int]]):
    with copied(begun) as drills:
        run_id, written = 4, 0
        for seqs in batches:
            is_next = seqs == list(range(written + 1, written + 1 + len(seqs)))
            try:
                drills.append(run_id, *(Entry(seq, seq * 1000, "note.added") for seq in seqs))
            except DeskError:
                assert not is_next
            else:
                assert is_next
                written += len(seqs)
        assert [entry.seq for entry in drills.record.log(run_id)] == list(range(1, written + 1))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(deeds=["confirm", "accept", "verify", "close", "reopen", "accept", "close"])
@example(deeds=["confirm", "accept", "fail", "close", "waive", "close", "verify"])
@given(deeds=st.lists(st.sampled_from(_DEEDS), min_size=1, max_size=10))
def test_whatever_is_done_a_gap_is_closed_by_a_run_or_a_waiver(begun: Path, deeds: list[str]):
    with copied(begun) as drills:
        proof = ""
        for deed in deeds:
            with suppress(DeskError):
                do(drills, deed)
            gap = drills.gaps.gap(1)
            proof = gap.waiver or str(gap.verified_by_run or "")
            assert bool(proof) is (gap.state in (GapState.VERIFIED, GapState.CLOSED))
            assert gap.verified_by_run in (None, 2)
        assert (drills.gaps.gap(1).state is not GapState.CLOSED) or proof


def do(drills: DrillDesk, deed: str) -> None:
    """One deed on the first gap; the second run has passed it, the third has not."""
    gaps, trainer, lead = drills.gaps, drills.trainer, drills.desk.lead
    due = MONDAY.date() + timedelta(days=30)
    deeds = {
        "confirm": lambda: gaps.confirm(1, trainer),
        "dismiss": lambda: gaps.dismiss(1, trainer, "None."),
        "accept": lambda: gaps.accept(1, trainer, owner_id=drills.person_id(), due=due),
        "decline": lambda: gaps.decline(1, trainer, "Not worth it."),
        "verify": lambda: gaps.verify_by(2),
        "fail": lambda: gaps.verify_by(3),
        "waive": lambda: gaps.waive(1, lead, "The tool is gone."),
        "close": lambda: gaps.close(1, trainer),
        "reopen": lambda: gaps.reopen(1, trainer, "It is back."),
    }
    deeds[deed]()
