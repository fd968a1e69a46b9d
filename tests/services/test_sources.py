"""Who may speak to the desk, and how it goes with each."""

from dataclasses import replace

import pytest

from desktop.domain.errors import DeskError, NotAllowed, NotFound
from desktop.domain.events import SourcesChanged
from desktop.domain.source import Source, SourceKind
from tests.services.signal_desk import SignalDesk


def test_a_source_gets_a_key_of_its_name(desk: SignalDesk):
    assert desk.add_source("Prometheus EU (new)").key == "prometheus-eu-new"


def test_a_key_is_never_given_twice(desk: SignalDesk):
    first = desk.add_source("Probe")
    desk.sources.remove(first.id, desk.lead)
    assert desk.add_source("Probe").key == "probe-2"


def test_an_edit_keeps_key_and_kind(desk: SignalDesk):
    changed = replace(desk.probe, name="Other", key="x", kind=SourceKind.JIRA)
    kept = desk.sources.edit(changed, desk.lead)
    assert (kept.name, kept.key, kept.kind) == ("Other", "probe", SourceKind.GENERIC)


def test_what_a_source_was_given_is_found_again(desk: SignalDesk):
    source = desk.add_source("Loud", storm_count=3, options={"folder": "/tmp/in"}, rate_per_s=7)
    assert desk.sources.get(source.id) == source


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"name": " "}, "name"), ({"rate_per_s": 0}, "rate_per_s"), ({"customer_id": 99}, "customer_id")],
)
def test_what_is_wrong_with_a_source_is_named(desk: SignalDesk, facts: dict, field: str):
    with pytest.raises(DeskError) as refusal:
        desk.sources.add(replace(Source(0, "", "X", SourceKind.GENERIC), **facts), desk.lead)
    assert refusal.value.field == field


def test_an_area_must_be_one_of_the_policy(desk: SignalDesk):
    with pytest.raises(NotFound, match="no area “moon”"):
        desk.add_source("X", area="moon")


def test_a_removed_source_is_gone_but_what_it_sent_names_it(desk: SignalDesk):
    desk.send("db")
    desk.sources.remove(desk.probe.id, desk.lead)
    assert (desk.sources.all(), desk.signals.recent()[0].source) == ((), "Probe")


def test_its_state_counts_what_it_sent(desk: SignalDesk):
    desk.send("a")
    desk.clock.forward(minutes=30)
    desk.send("b")
    (state,) = desk.sources.states()
    assert (state.last_minute, state.last_hour, state.last_day, state.held) == (1, 2, 2, 0)


def test_its_state_shows_a_storm_and_what_is_held(desk: SignalDesk):
    loud = desk.add_source("Loud", storm_count=1)
    desk.send("a", source=loud), desk.send("b", source=loud)
    state = next(state for state in desk.sources.states() if state.source.id == loud.id)
    assert (state.is_braked, state.held) == (True, 1)


def test_what_went_wrong_is_shown_until_it_works_again(desk: SignalDesk):
    desk.sources.note_error(desk.probe.id, "The mailbox refuses the password.")
    assert desk.sources.get(desk.probe.id).last_error == "The mailbox refuses the password."
    desk.sources.note_error(desk.probe.id, "")
    assert desk.sources.get(desk.probe.id).last_error == ""


def test_every_change_is_told(desk: SignalDesk):
    source = desk.probe
    desk.sources.enable(source.id, desk.lead, enabled=False)
    desk.sources.remove(source.id, desk.lead)
    assert len(desk.told(SourcesChanged)) == 3


def test_engineers_do_not_change_sources(desk: SignalDesk):
    with pytest.raises(NotAllowed, match="coordinator or a lead"):
        desk.sources.enable(desk.probe.id, desk.base.senior, enabled=False)
