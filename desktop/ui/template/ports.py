"""What the page of templates asks of the desk; every call is for the worker and in the operator's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from desktop.domain.message import Rendered
from desktop.domain.template import (
    Length,
    ListedTemplate,
    Place,
    TemplateDraft,
    TemplateText,
    TemplateVersion,
)
from desktop.domain.template_syntax import Fault

#: With what a preview is filled: a real escalation, one of which nothing is known, and a hostile one.
REAL, EMPTY, HOSTILE = "real", "empty", "hostile"


@dataclass(frozen=True, slots=True)
class TemplatesFound:
    """Every template; why the operator may not write or publish, empty where they may."""

    rows: tuple[ListedTemplate, ...] = ()
    why_not_write: str = ""
    why_not_publish: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """One template: what is published, what is written, and every version, newest first."""

    row: ListedTemplate
    draft: TemplateDraft | None
    versions: tuple[TemplateVersion, ...]

    @property
    def text(self) -> TemplateText:
        """What is to be seen of it: the draft, else what is published."""
        if self.draft is not None:
            return self.draft.text
        return self.versions[0].text if self.versions else TemplateText(self.row.title, "", "")


@dataclass(frozen=True, slots=True)
class Wish:
    """A preview that is asked for; `escalation_id` 0 is the newest."""

    place: Place
    text: TemplateText
    kind: str = REAL
    escalation_id: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be sent, None while the text cannot be read; `about` says with what it was filled."""

    rendered: Rendered | None
    length: Length
    faults: tuple[Fault, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """One field that holds for all messages: its name, what it is, its words, and who wrote them."""

    name: str
    label: str
    hint: str
    text: str
    by: str


class KeepsTemplates(Protocol):
    """The templates of one desk."""

    def found(self) -> TemplatesFound:
        """All of them."""
        ...

    def opened(self, template_id: int) -> Opened:
        """One of them.

        Raises: NotFound.
        """
        ...

    def escalations(self) -> tuple[tuple[int, str], ...]:
        """Escalations a preview can be filled with, newest first: (id, number and title)."""
        ...

    def preview(self, wish: Wish) -> Preview:
        """What a text would be."""
        ...

    def create(self, place: Place, title: str) -> TemplateDraft:
        """Begin a template where there is none.

        Raises: NotAllowed; DeskError.
        """
        ...

    def begin(self, template_id: int, from_version: int | None = None) -> TemplateDraft:
        """Begin a draft, of an older version to bring that back.

        Raises: NotAllowed; DeskError.
        """
        ...

    def save(self, template_id: int, text: TemplateText, edition: int) -> TemplateDraft:
        """Keep a draft.

        Raises: NotAllowed; DeskError where somebody else saved since.
        """
        ...

    def discard(self, template_id: int) -> None:
        """Throw a draft away.

        Raises: NotAllowed.
        """
        ...

    def publish(self, template_id: int, note: str) -> TemplateVersion:
        """Make the draft the version in use.

        Raises: NotAllowed; DeskError.
        """
        ...

    def retire(self, template_id: int, reason: str) -> None:
        """Put it out of use.

        Raises: NotAllowed; DeskError.
        """
        ...

    def standing(self) -> tuple[Standing, ...]:
        """What holds for all messages."""
        ...

    def set_standing(self, words: Mapping[str, str]) -> None:
        """Keep what holds for all messages.

        Raises: NotAllowed; DeskError.
        """
        ...
