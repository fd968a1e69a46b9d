"""A drill on a desk of its own: what players do there is the evidence, and nothing else is touched."""

import json
import random
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.drill_explain import summary
from desktop.domain.drill_gap import GapState
from desktop.domain.drill_log import MISSED
from desktop.domain.drill_record import RunMode, RunState
from desktop.domain.errors import DeskError
from desktop.services.desk import Desk
from desktop.services.drill_director import REAL_EVENT
from desktop.services.drill_report import as_json
from desktop.services.drill_shipped import shipped
from desktop.services.drill_snapshot import fork, forkable
from desktop.services.family import FamilyService
from tests.services.drill_table import SCRIPT, TRAINER, Table, acknowledge, decide, link, page, table

SHIPPED = [scenario.id for scenario in shipped()]
DRILL_TABLES = {
    "scenario", "scenario_version", "drill_run", "drill_seat", "drill_event", "drill_result", "observer_note",
    "survey_answer", "drill_snapshot", "gap", "action", "drill_plan",
}  # fmt: skip


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Table]:
    with table(tmp_path) as made:
        yield made


def dump(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that is not a drill's."""
    with desk.store.read() as session:
        names = [
            row[0]
            for row in session.sql(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).fetchall()
        ]
        return {
            name: sorted(map(repr, session.sql(f'SELECT * FROM "{name}"').fetchall()))
            for name in names
            if name not in DRILL_TABLES
        }


def test_what_players_do_in_the_product_is_the_evidence(at: Table):
    at.play(SCRIPT, 90)
    score = at.director.score()
    met = {each.id for each in score.expectations if each.status.value in ("met", "clean")}
    assert met >= {"E01", "E02", "E03", "E04", "E05", "E07A", "E08", "E11", "E13", "E14", "E15"}
    assert at.status("E06") == "not_observed"  # whether the approver was entitled is for staff to say
    assert score.missed_critical == ()
    assert at.run.state is RunState.SCORED
    assert at.run.overall == score.overall, summary(score)


def test_the_live_desk_is_as_it_was_but_for_its_record_of_drills(at: Table):
    before = dump(at.live)
    at.play(SCRIPT, 90)
    assert dump(at.live) == before
    assert DRILL_TABLES & set(_tables(at.live)) == DRILL_TABLES


def _tables(desk: Desk) -> list[str]:
    with desk.store.read() as session:
        return [row[0] for row in session.sql("SELECT name FROM sqlite_master").fetchall()]


def test_nothing_of_a_drill_opens_a_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    asked: list[object] = []

    def refuse(*address: object, **_named: object) -> None:
        asked.append(address)
        raise AssertionError("a drill asked for the network")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    with table(tmp_path) as at:
        at.play(SCRIPT, 90)
        assert "oncall.paged" in at.kinds()
    assert asked == []


def outcome(folder: Path, *, speed: int = 1, pauses: int = 0) -> dict[str, Any]:
    with table(folder) as at:
        at.director.start(TRAINER.name)
        if speed > 1:
            at.director.set_speed(speed, TRAINER.name)
        for number, (minute, act) in enumerate(SCRIPT):
            at.until(minute)
            if number < pauses:
                at.director.pause(TRAINER.name)
                at.wall.forward(hours=3)
                at.director.resume(TRAINER.name)
            act(at)
            at.director.tick()
        at.until(90)
        at.director.end(TRAINER.name)
        found = as_json(at.director.score())
        return {name: found[name] for name in ("overall", "band", "scored", "competences", "gaps")}


def test_speed_pauses_and_zone_change_nothing_in_the_score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    plain = outcome(tmp_path / "plain")
    assert outcome(tmp_path / "fast", speed=10) == plain
    assert outcome(tmp_path / "paused", pauses=6) == plain
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    time.tzset()
    try:
        assert outcome(tmp_path / "elsewhere") == plain
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_killed_program_goes_on_at_the_same_second_and_nothing_comes_twice(tmp_path: Path):
    chance = random.Random(5)
    kills = sorted(chance.uniform(1, 88) for _ in range(10))
    with table(tmp_path) as at:
        at.director.start(TRAINER.name)
        script = list(SCRIPT)
        for minute in kills:
            while script and script[0][0] < minute:
                at.until(script[0][0])
                script.pop(0)[1](at)
                at.director.tick()
            at.until(minute)
            before = at.sim_ms
            at.kill()
            assert before - 1_000 <= at.sim_ms <= before
            assert at.director.pulse().trainer.state == "PAUSED"
            at.director.resume(TRAINER.name)
        for minute, act in script:
            at.until(minute)
            act(at)
            at.director.tick()
        at.until(90)
        at.director.end(TRAINER.name)
        fired = [str(entry.body["inject"]) for entry in at.log if entry.kind == "inject.fired"]
        there = [entry.body["seq_there"] for entry in at.log if "seq_there" in entry.body]
        assert len(fired) == len(set(fired))
        assert len(at.tickets()) == 2
        assert [entry.seq for entry in at.log] == list(range(1, len(at.log) + 1))
        assert len(set(there)) > 20
        assert len(there) == len(
            {(entry.body["seq_there"], entry.kind) for entry in at.log if "seq_there" in entry.body}
        )
        assert at.director.score().missed_critical == ()


def test_what_players_did_just_before_the_kill_is_not_lost(at: Table):
    at.director.start(TRAINER.name)
    at.until(4)
    acknowledge(at)  # committed at the drill's desk; the director has not looked yet
    at.kill()
    at.director.tick()
    assert "escalation.acknowledged" in at.kinds() or at.director.score() is not None
    at.director.resume(TRAINER.name)
    at.beat()
    assert at.kinds().count("escalation.acknowledged") == 1


def test_a_clock_that_stands_still_fires_nothing(at: Table):
    at.director.start(TRAINER.name)
    at.until(5)
    at.director.pause(TRAINER.name)
    before = at.kinds()
    for _ in range(100):
        at.beat(3_000)
    assert at.kinds() == before
    assert at.sim_ms == 300_000


def test_a_sleep_of_the_machine_is_a_pause(at: Table):
    at.director.start(TRAINER.name)
    at.until(5)
    at.wall.forward(hours=2)
    at.director.tick()
    assert at.director.pulse().trainer.state == "PAUSED"
    assert at.sim_ms <= 302_000
    assert at.log[-1].body["reason"] == "The computer slept."


def test_nobody_decides_and_the_default_takes_the_other_branch(at: Table):
    at.director.start(TRAINER.name)
    at.until(27)
    assert "decision.defaulted" in at.kinds()
    fired = [entry.body["inject"] for entry in at.log if entry.kind == "inject.fired"]
    assert "I05B" in fired
    assert "I05A" not in fired


def test_a_jump_holds_what_it_passes_and_says_what_became_of_deadlines(at: Table):
    at.director.start(TRAINER.name)
    at.until(1)
    at.director.jump(25 * 60_000, TRAINER.name, MISSED)
    held = [entry.body["inject"] for entry in at.log if entry.kind == "inject.held"]
    assert held[:3] == ["I02", "I03", "I04"]
    assert at.status("E01") == "missed"


def test_a_recalled_inject_takes_its_ticket_off_the_board(at: Table):
    at.director.start(TRAINER.name)
    at.beat()
    assert len(at.tickets()) == 1
    at.director.recall("I01", TRAINER.name)
    with at.desk.store.read() as session:
        state = session.sql("SELECT state FROM escalation").fetchone()[0]
    assert state == "standard"
    assert at.director.pulse().player.inbox[0].is_recalled


def test_fire_now_while_paused_counts_from_the_frozen_second(at: Table):
    at.director.start(TRAINER.name)
    at.until(2)
    at.director.pause(TRAINER.name)
    at.wall.forward(minutes=30)
    at.director.fire("I07", TRAINER.name)
    fired = [entry for entry in at.log if entry.kind == "inject.fired"][-1]
    assert (fired.body["inject"], fired.sim_ms) == ("I07", 120_000)


def test_players_see_nothing_that_is_to_come_nor_what_staff_know(at: Table):
    at.director.start(TRAINER.name)
    at.until(12)
    shown = repr(at.director.pulse().player)
    later = [inject for inject in at.director.scenario.injects if inject.id not in ("I01", "I02", "I03")]
    assert not any(inject.body and at.director.scenario.filled(inject.body) in shown for inject in later)
    notes = [inject.notes for inject in at.director.scenario.injects if inject.notes]
    hints = [hint for _, one in at.director.scenario.expectations() for hint in one.hints]
    assert not any(words in shown for words in (*notes, *hints))


def test_something_real_ends_it_at_once_without_score_or_gaps(at: Table):
    at.director.start(TRAINER.name)
    at.until(7)
    at.director.stop_for_real(TRAINER.name)
    assert (at.run.state, at.run.end_reason) == (RunState.ENDED, REAL_EVENT)
    assert at.run.overall is None
    assert at.gaps.all() == ()
    with pytest.raises(DeskError):
        at.director.resume(TRAINER.name)


def test_the_end_proposes_gaps_and_a_better_run_verifies_them(tmp_path: Path):
    with table(tmp_path) as at:
        at.director.start(TRAINER.name)
        at.until(91)
        at.director.end(TRAINER.name)
        proposed = {gap.code: gap for gap in at.gaps.all(run_id=at.run_id)}
        assert {"DA2", "DA6", "DR1", "HQ2"} <= set(proposed)
        lead = TRAINER
        at.gaps.confirm(proposed["DA6"].id, lead)
        at.gaps.accept(proposed["DA6"].id, lead, owner_id=1, due=at.wall.now().date())
        at.director.close()
        at.wall.forward(days=7)
        at.run_id = at.plan()
        at.director = at.open()
        at.play(SCRIPT, 90)
        assert at.gaps.gap(proposed["DA6"].id).state is GapState.VERIFIED


def test_a_run_goes_on_from_a_decision_with_its_desk_as_it_was(at: Table):
    at.play(SCRIPT, 90)
    moments = forkable(at.record, at.run_id)
    before = next(each for each in moments if "decision" in each.words.casefold())
    other = fork(at.record, at.run_id, before.seq, TRAINER, folder=at.folder / "drills")
    first = at.director
    at.run_id = other.id
    at.director = at.open()
    try:
        assert at.director.pulse().trainer.state == "PAUSED"
        assert at.sim_ms == before.sim_ms
        at.director.resume(TRAINER.name)
        decide("D1", "wait", "lead")(at)
        at.until(27)
        fired = [entry.body["inject"] for entry in at.log if entry.kind == "inject.fired"]
        assert "I05B" in fired
        assert at.run.forked_from == first.run_id
    finally:
        first.close()


def test_alone_everything_comes_by_itself_and_the_drill_ends_in_time(tmp_path: Path):
    with table(tmp_path, mode=RunMode.SOLO) as at:
        at.director.start("Sam")
        at.until(31)
        assert "I07" in [entry.body["inject"] for entry in at.log if entry.kind == "inject.fired"]
        assert at.director.pulse().player.can_hint
        at.until(200)
        assert at.run.state is RunState.SCORED
        assert at.sim_ms == 90 * 60_000


def test_the_desk_of_a_drill_has_the_real_policy_and_is_marked(at: Table):
    assert at.desk.policy.active().to_mapping() == at.live.policy.active().to_mapping()
    assert at.desk.settings.current.drill_mark == "DRILL"
    assert at.desk.store.path != at.live.store.path


def test_a_drill_never_opens_the_real_desks_file(at: Table, tmp_path: Path):
    other_id = at.plan(practice=True)
    place = tmp_path / "drills" / f"run-{other_id}"
    place.mkdir(parents=True)
    (place / "sandbox.sqlite3").symlink_to(at.live.store.path)
    with pytest.raises(DeskError, match="never runs on the real desk"):
        at.open(other_id)


def test_the_ladder_rings_in_story_time_and_pages_nobody_outside(at: Table):
    at.director.start(TRAINER.name)
    at.until(60)
    assert "alarm.raised" in at.events()
    assert at.status("E04") in ("missed", "late")
    with at.desk.store.read() as session:
        waiting = session.sql("SELECT count(*) FROM outbox WHERE state = 'sending'").fetchone()[0]
    assert waiting == 0


def test_two_tickets_made_one_family_count_as_linked(at: Table):
    at.director.start(TRAINER.name)
    at.until(8)
    first, second = at.tickets()
    FamilyService(cases=at.desk.escalations.cases, search=at.desk.search).set_parent(
        second, first, at.actor("triage"), "same cause"
    )
    at.beat()
    assert at.status("E03") == "met"


def test_a_page_by_hand_and_a_link_count_in_time(at: Table):
    at.director.start(TRAINER.name)
    at.until(11)
    page(at)
    link(at)
    at.beat()  # the page is taken over
    at.beat()
    assert (at.status("E03"), at.status("E04")) == ("met", "met")


def test_the_night_when_clocks_change_moves_no_deadline(tmp_path: Path):
    with table(tmp_path, "drl-night-handoff") as at:
        text = at.library.version("drl-night-handoff", 1).text
        begins = next(line for line in text.splitlines() if line.strip().startswith("start:"))
        draft = at.library.begin("drl-night-handoff", TRAINER)
        changed = text.replace(begins, '  start: "2026-10-25T01:50:00+02:00"')
        changed = changed.replace("version: 1", "version: 2", 1)
        at.library.save("drl-night-handoff", changed, TRAINER, edition=draft.edition)
        at.library.publish("drl-night-handoff", TRAINER, "in the night the clocks change")
        at.run_id = at.plan("drl-night-handoff", practice=True)
        at.director.close()
        at.director = at.open()
        at.director.start(TRAINER.name)
        before = at.desk.clock.now()
        at.until(30)
        assert at.desk.clock.now() - before == timedelta(minutes=30)
        json.dumps(as_json(at.director.score()))


def test_players_answer_in_words_which_staff_read_and_every_answer_stays(at: Table):
    at.director.start(TRAINER.name)
    at.until(15)
    at.director.reply("I04", "The lead says yes, in writing.", "Leo Marsh", role="lead")
    at.director.reply("I04", "The lead says yes.", "Leo Marsh", role="lead")
    got = next(each for each in at.director.pulse().player.inbox if each.inject == "I04")
    assert [words for _, _, words in got.replies] == ["The lead says yes, in writing.", "The lead says yes."]
    feed = at.director.pulse().trainer.feed
    assert any("answered I04: The lead says yes." in line.words and line.tone == "player" for line in feed)
    with pytest.raises(DeskError, match="players have acted"):
        at.director.recall("I04", TRAINER.name)


@pytest.mark.parametrize(("inject", "text"), [("I04", "  "), ("I12", "Too soon"), ("Nothing", "Who?")])
def test_an_answer_has_words_and_something_that_it_answers(at: Table, inject: str, text: str):
    at.director.start(TRAINER.name)
    at.until(15)
    with pytest.raises(DeskError):
        at.director.reply(inject, text, "Leo Marsh")


def test_nobody_answers_while_the_clock_stands_still(at: Table):
    at.director.start(TRAINER.name)
    at.until(15)
    at.director.pause(TRAINER.name)
    with pytest.raises(DeskError, match="is paused"):
        at.director.reply("I04", "Yes", "Leo Marsh")


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_shipped_drill_plays_alone_to_its_end_and_its_desk_takes_every_effect(tmp_path: Path, slug: str):
    with table(tmp_path, slug, RunMode.SOLO) as at:
        at.director.start("Sam")
        at.until(400)
        assert at.run.state is RunState.SCORED
        assert [entry.body for entry in at.log if entry.body.get("refused")] == []
        assert at.run.coverage is not None


def test_spotting_that_the_board_is_out_of_date_is_seen_by_itself(tmp_path: Path):
    with table(tmp_path, "drl-blind-cockpit") as at:
        at.director.start(TRAINER.name)
        at.until(6)
        at.director.doubt("board", "Leo Marsh", role="lead")
        assert at.status("E02") == "met"


def test_asking_for_data_is_kept_and_what_is_not_there_cannot_be_asked_for(at: Table):
    at.director.start(TRAINER.name)
    at.until(6)
    at.director.ask_for("finance_export", "Leo Marsh")
    assert at.log[-1].kind == "data.requested"
    with pytest.raises(DeskError, match="nothing called"):
        at.director.ask_for("the moon", "Leo Marsh")
