"""Who may write templates, what they look like when kept, and what is wrong with one."""

from desktop.domain.errors import NotAllowed
from desktop.domain.message import Audience, Medium, Stage
from desktop.domain.person import Actor, Role
from desktop.domain.template import WITH_SUBJECT, ListedTemplate, Place, TemplateText
from desktop.domain.template_syntax import Fault, check
from desktop.domain.wording import clean, one_line

READERS = {
    Audience.CUSTOMER: "customers",
    Audience.INTERNAL: "our own people",
    Audience.EXECUTIVE: "executives",
}
_WRITERS = frozenset({Role.COORDINATOR, Role.LEAD})
_LONGEST_TITLE = 200


def faults_of(text: TemplateText, place: Place) -> tuple[Fault, ...]:
    """What is wrong with a text for its readers, the subject first."""
    return (*check(text.subject, place.audience, in_subject=True), *check(text.body, place.audience))


def why_not_written(by: Actor) -> str:
    """A sentence that says who may write templates; empty when the actor may."""
    if by.automatic or by.roles & _WRITERS:
        return ""
    return "Only a coordinator or a lead may write templates."


def why_not_published(by: Actor) -> str:
    """A sentence that says who may publish templates and put them out of use; empty when the actor may."""
    return "" if by.automatic or Role.LEAD in by.roles else "Only a lead may publish templates."


def check_writer(by: Actor) -> None:
    """Let pass who may write templates.

    Raises: NotAllowed.
    """
    if sentence := why_not_written(by):
        raise NotAllowed(sentence, hint=f"Ask one to do it, {by.name}.")


def check_publisher(by: Actor) -> None:
    """Let pass who may publish templates.

    Raises: NotAllowed.
    """
    if sentence := why_not_published(by):
        raise NotAllowed(sentence, hint=f"Ask one to do it, {by.name}.")


def cleaned(text: TemplateText, place: Place) -> TemplateText:
    """The text as kept; without a subject where the medium has none."""
    subject = one_line(text.subject) if place.medium in WITH_SUBJECT else ""
    return TemplateText(one_line(text.title)[:_LONGEST_TITLE] or title_of(place), subject, clean(text.body))


def title_of(place: Place) -> str:
    """What a template is called that was given no title."""
    return f"{place.stage.replace('_', ' ').capitalize()}, {place.medium}"


def free_slug(wanted: str, taken: frozenset[str]) -> str:
    """The name, with a number where it is taken."""
    slug, count = wanted, 1
    while slug in taken:
        count += 1
        slug = f"{wanted}-{count}"
    return slug


def in_order(row: ListedTemplate) -> tuple[int, int, int]:
    """Where it stands in a list: by audience, stage and medium."""
    place = row.place
    orders = ((Audience, place.audience), (Stage, place.stage), (Medium, place.medium))
    first, second, third = (list(kind).index(each) for kind, each in orders)
    return first, second, third
