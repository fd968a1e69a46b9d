"""Previews: a real escalation, one of which nothing is known, a hostile one."""

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.message import Audience, Medium, Stage
from desktop.domain.message_check import REQUIRED
from desktop.domain.template import Place, TemplateText
from desktop.domain.template_syntax import fields_of
from desktop.services.message_facts import MessageFacts
from desktop.services.template_preview import TemplatePreview
from desktop.services.template_shipped import shipped_templates
from tests.fixtures_desk import CommandDesk

_PLACE = Place(Audience.CUSTOMER, Stage.INITIAL, Medium.EMAIL)


@pytest.fixture
def preview(commands: CommandDesk) -> TemplatePreview:
    store, clock = commands.store, commands.clock
    facts = MessageFacts(store=store, clock=clock, policy=commands.policy)
    return TemplatePreview(store=store, clock=clock, facts=facts, zone="UTC")


def text(body: str) -> TemplateText:
    return TemplateText("T", "[{{ref}}]", body)


def test_a_real_escalation_fills_what_it_knows(commands: CommandDesk, preview: TemplatePreview):
    opened = commands.open(title="Checkout times out")
    assert preview.escalations(5) == ((opened.id, opened.number, "Checkout times out"),)
    rendered = preview.real(_PLACE, text("{{customer_name}}"), opened.id)
    assert (rendered.subject, rendered.body) == (f"[{opened.number}]", "Northwind")


def test_an_empty_one_follows_the_rules_of_the_fields(preview: TemplatePreview):
    rendered = preview.empty(_PLACE, text("{{workaround}} {{impact_plain}}"))
    assert rendered.missing == ("impact_plain",)
    assert rendered.body.startswith("There is no work-around at present.")


def test_a_hostile_one_stays_text(preview: TemplatePreview):
    rendered = preview.hostile(_PLACE, text("{{ref}} {{impact_plain}}"))
    assert rendered.body.startswith("{{ 7 * 7 }}")


def test_a_text_that_cannot_be_read_is_refused(preview: TemplatePreview):
    with pytest.raises(DeskError, match="Line 1"):
        preview.empty(_PLACE, text("{{ref"))


_EMAILS = [file for file in shipped_templates().values() if file.place.medium is Medium.EMAIL]


@pytest.mark.parametrize("file", _EMAILS, ids=[file.slug for file in _EMAILS])
def test_a_shipped_mail_names_all_that_its_stage_must_tell(file):
    named = fields_of(file.text.subject, file.text.body)
    left_out = [need.what for need in REQUIRED[file.place.stage] if not named & set(need.fields)]
    assert left_out == []
