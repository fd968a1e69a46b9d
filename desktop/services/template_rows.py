"""Rows of templates as the values that the desk knows."""

from db.queries import template as queries
from desktop.domain.instant import from_us
from desktop.domain.message import Audience, Medium, Stage
from desktop.domain.template import ListedTemplate, Place, TemplateDraft, TemplateText, TemplateVersion


def place_of(row: queries.TemplateRow) -> Place:
    """For whom, when and in which form it is."""
    return Place(Audience(row.audience), Stage(row.stage), Medium(row.medium))


def version_of(template: queries.TemplateRow, row: queries.VersionRow) -> TemplateVersion:
    """A published version."""
    return TemplateVersion(
        template.id,
        template.slug,
        place_of(template),
        row.number,
        TemplateText(row.title, row.subject, row.body),
        row.hash,
        row.change_note,
        row.author,
        row.published_by,
        from_us(row.published_us),
    )


def draft_of(template: queries.TemplateRow, row: queries.DraftRow) -> TemplateDraft:
    """What is being written."""
    return TemplateDraft(
        template.id,
        template.slug,
        place_of(template),
        row.base,
        row.edition,
        TemplateText(row.title, row.subject, row.body),
        row.author,
        row.author_id,
        from_us(row.updated_us),
    )


def listed_of(row: queries.ListedRow) -> ListedTemplate:
    """It in a list."""
    return ListedTemplate(
        row.template.id,
        row.template.slug,
        place_of(row.template),
        row.title or row.draft_title,
        row.number,
        from_us(row.published_us) if row.number else None,
        row.published_by,
        f"{row.base + 1}-draft{row.edition}" if row.edition else "",
        row.draft_by,
        bool(row.template.retired_us),
    )
