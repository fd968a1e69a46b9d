"""Templates of a desk: what ships, writing, publishing, going back."""

import pytest

from desktop.domain.errors import DeskError, NotAllowed, NotFound
from desktop.domain.events import TemplatesChanged
from desktop.domain.hostile import hostile_values
from desktop.domain.message import STAGES, Audience, Medium, Stage
from desktop.domain.template import Place, TemplateText, length_of
from desktop.domain.template_rule import faults_of
from desktop.domain.template_text import fill
from desktop.services.template import TemplateService
from desktop.services.template_shipped import from_text, shipped_templates, to_text
from tests.factories import MONDAY
from tests.fixtures_desk import CommandDesk

_FIRST = (Audience.CUSTOMER, Stage.INITIAL, Medium.EMAIL)
_SHIPPED = sorted(shipped_templates().items())


@pytest.fixture
def templates(commands: CommandDesk) -> TemplateService:
    return TemplateService(store=commands.store, clock=commands.clock, bus=commands.bus)


def id_of(templates: TemplateService, place: tuple[Audience, Stage, Medium] = _FIRST) -> int:
    return next(row.id for row in templates.all() if row.place == Place(*place))


def changed(templates: TemplateService, desk: CommandDesk, body: str) -> int:
    """A draft of the first message with this body."""
    template_id = id_of(templates)
    draft = templates.begin(template_id, desk.coordinator)
    text = TemplateText(draft.text.title, draft.text.subject, body)
    templates.save(template_id, text, desk.coordinator, edition=draft.edition)
    return template_id


@pytest.mark.parametrize(("slug", "file"), _SHIPPED, ids=[slug for slug, _ in _SHIPPED])
def test_what_ships_is_without_fault_and_fits_its_medium(slug: str, file):
    assert slug == file.slug
    assert faults_of(file.text, file.place) == ()
    assert from_text(to_text(file)) == file
    about = {
        "stage": file.place.stage,
        "audience": file.place.audience,
        "zone": "Europe/Berlin",
        "now": MONDAY,
    }
    empty = fill(file.text.subject, file.text.body, {}, **about)
    assert not empty.unknown
    assert not length_of(empty.body, file.place.medium, file.place.stage).is_over
    assert fill(file.text.subject, file.text.body, hostile_values(MONDAY), **about).body


def test_every_stage_of_every_audience_has_a_template():
    there = {(file.place.audience, file.place.stage) for _, file in _SHIPPED}
    assert there == {(audience, stage) for audience, stages in STAGES.items() for stage in stages}


def test_every_stage_for_customers_reaches_them_by_mail():
    by_mail = {file.place.stage for _, file in _SHIPPED if file.place.medium is Medium.EMAIL}
    assert by_mail >= set(STAGES[Audience.CUSTOMER])


def test_the_shipped_ones_are_there_at_the_first_look_and_only_once(templates: TemplateService):
    assert len(templates.all()) == len(_SHIPPED)
    assert templates.ensure_shipped() == 0
    assert templates.for_message(*_FIRST).version == 1


def test_a_second_program_adds_none_again(commands: CommandDesk, templates: TemplateService):
    templates.all()
    other = TemplateService(store=commands.store, clock=commands.clock, bus=commands.bus)
    assert other.ensure_shipped() == 0


def test_a_missing_template_is_told_with_what_to_do(templates: TemplateService):
    with pytest.raises(NotFound, match="There is no template") as caught:
        templates.for_message(Audience.EXECUTIVE, Stage.EXECUTIVE_BRIEF, Medium.SMS)
    assert "by hand" in (caught.value.hint or "")


def test_what_a_coordinator_writes_a_lead_publishes(commands: CommandDesk, templates: TemplateService):
    template_id = changed(templates, commands, "We work on {{ref}}.")
    with pytest.raises(NotAllowed):
        templates.publish(template_id, commands.coordinator, change_note="Shorter")
    version = templates.publish(template_id, commands.lead, change_note="Shorter")
    assert (version.number, version.author, version.published_by) == (2, "Cora Lind", "Leo Marsh")
    assert templates.for_message(*_FIRST).body == "We work on {{ref}}."
    assert [each.number for each in templates.versions(template_id)] == [2, 1]
    assert templates.draft(template_id) is None


def test_publishing_is_told_to_everybody(commands: CommandDesk, templates: TemplateService):
    template_id = changed(templates, commands, "Other words")
    told: list[TemplatesChanged] = []
    commands.bus.subscribe(TemplatesChanged, told.append)
    templates.publish(template_id, commands.lead, change_note="Why not")
    assert len(told) == 1


def test_a_change_without_a_note_is_not_published(commands: CommandDesk, templates: TemplateService):
    template_id = changed(templates, commands, "Other words")
    with pytest.raises(DeskError, match="Say why"):
        templates.publish(template_id, commands.lead, change_note="  ")


def test_nothing_changed_is_not_published(commands: CommandDesk, templates: TemplateService):
    template_id = id_of(templates)
    templates.begin(template_id, commands.lead)
    with pytest.raises(DeskError, match="Nothing was changed"):
        templates.publish(template_id, commands.lead, change_note="Because")


@pytest.mark.parametrize("body", ["{{nope}}", "{{ref", "{{owner_name}}", "{{ ref.x }}", "   "])
def test_a_template_with_a_fault_is_not_published(
    commands: CommandDesk, templates: TemplateService, body: str
):
    template_id = changed(templates, commands, body)
    with pytest.raises(DeskError):
        templates.publish(template_id, commands.lead, change_note="Try")
    assert templates.for_message(*_FIRST).version == 1


def test_two_who_write_at_once_do_not_overwrite_one_another(
    commands: CommandDesk, templates: TemplateService
):
    template_id = id_of(templates)
    draft = templates.begin(template_id, commands.coordinator)
    templates.save(template_id, TemplateText("T", "S", "One"), commands.coordinator, edition=draft.edition)
    with pytest.raises(DeskError, match="Cora Lind has saved"):
        templates.save(template_id, TemplateText("T", "S", "Two"), commands.lead, edition=draft.edition)
    kept = templates.draft(template_id)
    assert kept is not None
    assert (kept.text.body, kept.label) == ("One", "2-draft2")


def test_an_older_version_comes_back_as_a_draft(commands: CommandDesk, templates: TemplateService):
    template_id = changed(templates, commands, "Second")
    templates.publish(template_id, commands.lead, change_note="Second")
    first = templates.version(template_id, 1)
    draft = templates.begin(template_id, commands.lead, from_version=1)
    assert draft.text == first.text
    assert templates.publish(template_id, commands.lead, change_note="Back").hash == first.hash


def test_an_older_version_does_not_push_a_draft_aside(commands: CommandDesk, templates: TemplateService):
    template_id = changed(templates, commands, "Second")
    with pytest.raises(DeskError, match="is writing a draft"):
        templates.begin(template_id, commands.lead, from_version=1)


def test_what_was_retired_does_not_come_back(commands: CommandDesk, templates: TemplateService):
    template_id = id_of(templates)
    templates.retire(template_id, commands.lead, "We do not write mail")
    again = TemplateService(store=commands.store, clock=commands.clock, bus=commands.bus)
    assert again.ensure_shipped() == 0
    with pytest.raises(NotFound):
        again.for_message(*_FIRST)
    assert [row.id for row in again.all(with_retired=True) if row.is_retired] == [template_id]


def test_a_new_template_takes_the_place_of_a_retired_one(commands: CommandDesk, templates: TemplateService):
    templates.retire(id_of(templates), commands.lead, "Begin anew")
    draft = templates.create(Place(*_FIRST), "Ours", commands.lead)
    assert draft.slug == "customer-initial-email-2"
    templates.save(draft.template_id, TemplateText("Ours", "", "Hello"), commands.lead, edition=1)
    templates.publish(draft.template_id, commands.lead, change_note="First")
    assert templates.for_message(*_FIRST).body == "Hello"


def test_a_place_that_is_taken_is_not_given_twice(commands: CommandDesk, templates: TemplateService):
    templates.all()
    with pytest.raises(DeskError, match="There is a template"):
        templates.create(Place(*_FIRST), "Another", commands.lead)


def test_a_draft_that_was_never_published_goes_without_a_trace(
    commands: CommandDesk, templates: TemplateService
):
    place = Place(Audience.EXECUTIVE, Stage.EXECUTIVE_BRIEF, Medium.SMS)
    draft = templates.create(place, "Short brief", commands.coordinator)
    templates.discard(draft.template_id, commands.coordinator)
    assert all(row.place != place for row in templates.all(with_retired=True))


def test_who_only_looks_on_writes_none(commands: CommandDesk, templates: TemplateService):
    with pytest.raises(NotAllowed, match="coordinator or a lead"):
        templates.begin(id_of(templates), commands.outsider)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no front matter", "no front matter"),
        ("---\ntitle: T\naudience: customer\nstage: handoff\nmedium: email\n---\nx", "no stage"),
        ("---\ntitle: T\naudience: nobody\nstage: initial\nmedium: email\n---\nx", "nobody"),
        ("---\ntitle: T\naudience: customer\nstage: initial\nmedium: email\ncolour: red\n---\nx", "colour"),
        ("---\naudience: customer\nstage: initial\nmedium: email\n---\nx", "no title"),
    ],
)
def test_a_file_that_is_no_template_says_what_is_wrong(text: str, said: str):
    with pytest.raises(DeskError, match=said):
        from_text(text)
