"""The rules of tone are a document that leads edit, version by version."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.message_lint_words import LISTS, Phrase, Tone, from_document, to_document
from desktop.services.tone import ToneService, shipped
from tests.fixtures_desk import CommandDesk

_WORDS = st.text(min_size=1, max_size=30).map(lambda text: f"w{' '.join(text.split())}")
_PHRASES = st.lists(
    st.builds(Phrase, _WORDS, st.just("")), max_size=4, unique_by=lambda each: each[0].casefold()
)


@pytest.fixture
def tone(commands: CommandDesk) -> ToneService:
    return ToneService(store=commands.store, clock=commands.clock, bus=commands.bus)


def changed(tone: Tone, *words: str) -> Tone:
    return replace(tone, lists={**tone.lists, "jargon": tuple(Phrase(word) for word in words)})


def test_a_new_desk_begins_with_what_ships():
    assert shipped().tone.two_person_release == "p1"
    assert all(shipped().tone.lists[each.key] for each in LISTS)


def test_a_lead_changes_a_list_and_it_holds_from_then_on(tone: ToneService, commands: CommandDesk):
    after = tone.publish(changed(tone.tone(), "blast radius"), commands.lead, note="Seen twice", seen=0)
    other = ToneService(store=commands.store, clock=commands.clock, bus=commands.bus)
    assert (after.number, after.by) == (1, "Leo Marsh")
    assert other.tone().found("jargon", "A large Blast  radius!")[0].phrase.words == "blast radius"
    assert [version.number for version in tone.versions()] == [1, 0]


def test_only_leads_change_it(tone: ToneService, commands: CommandDesk):
    with pytest.raises(NotAllowed):
        tone.publish(changed(tone.tone(), "x"), commands.coordinator, note="Why not", seen=0)


def test_two_leads_at_once_do_not_overwrite_one_another(tone: ToneService, commands: CommandDesk):
    tone.publish(changed(tone.tone(), "one"), commands.lead, note="One", seen=0)
    with pytest.raises(Conflict, match="Leo Marsh changed the rules"):
        tone.publish(changed(shipped().tone, "two"), commands.lead, note="Two", seen=0)


def test_nothing_changed_and_no_reason_are_refused(tone: ToneService, commands: CommandDesk):
    with pytest.raises(DeskError, match="Nothing was changed"):
        tone.publish(tone.tone(), commands.lead, note="Same", seen=0)
    with pytest.raises(DeskError, match="no reason"):
        tone.publish(changed(tone.tone(), "x"), commands.lead, note=" ", seen=0)


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"lists": {"nothing": []}}, "lists.nothing"),
        ({"lists": {"jargon": "word"}}, "lists.jargon"),
        ({"lists": {"jargon": [{"words": 7}]}}, "lists.jargon[0]"),
        ({"lists": {"jargon": ["ok", "  "]}}, "lists.jargon[1]"),
        ({"limits": {"sms_signs": 0}}, "limits.sms_signs"),
        ({"two_person_release": "always"}, "two_person_release"),
        ({"other": 1}, "other"),
    ],
)
def test_a_document_that_cannot_be_names_the_path(document: dict[str, object], path: str):
    with pytest.raises(DeskError) as error:
        from_document(document)
    assert error.value.field == path


@given(st.dictionaries(st.sampled_from([each.key for each in LISTS]), _PHRASES, max_size=3))
def test_a_document_is_read_as_it_was_written(lists: dict[str, list[Phrase]]):
    tone = from_document({"lists": {key: [each.words for each in words] for key, words in lists.items()}})
    again = from_document(to_document(tone))
    assert to_document(again) == to_document(tone)


@given(_WORDS, st.text(max_size=60))
def test_any_words_are_found_and_none_is_read_as_a_pattern(words: str, around: str):
    tone = from_document({"lists": {"jargon": [words]}})
    plain = words.replace("*", "")
    assert isinstance(tone.found("jargon", f"{around} {plain} {around}"), tuple)
