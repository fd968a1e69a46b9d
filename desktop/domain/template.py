"""Templates of messages: one text for each audience, stage and medium, as versions that never change."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.message import Audience, Medium, Stage


@dataclass(frozen=True, slots=True)
class Template:
    """A published template; `version` is its number."""

    slug: str
    stage: Stage
    audience: Audience
    medium: Medium
    title: str
    version: int
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class TemplateText:
    """What a version says; two with the same text have the same hash."""

    title: str
    subject: str
    body: str

    @property
    def hash(self) -> str:
        """SHA-256 over the canonical JSON of it."""
        document = {"body": self.body, "subject": self.subject, "title": self.title}
        text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Place:
    """For whom, when and in which form a template is."""

    audience: Audience
    stage: Stage
    medium: Medium


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """A published version: nothing of it ever changes."""

    template_id: int
    slug: str
    place: Place
    number: int
    text: TemplateText
    hash: str
    change_note: str
    author: str
    published_by: str
    published_at: datetime

    @property
    def label(self) -> str:
        """What it is called: "v4"."""
        return f"v{self.number}"

    @property
    def template(self) -> Template:
        """It as messages use it."""
        place, text = self.place, self.text
        return Template(
            self.slug,
            place.stage,
            place.audience,
            place.medium,
            text.title,
            self.number,
            text.subject,
            text.body,
        )


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """What may become the next version; `base` is the number it was begun from, 0 for none."""

    template_id: int
    slug: str
    place: Place
    base: int
    edition: int
    text: TemplateText
    author: str
    author_id: int | None
    updated_at: datetime

    @property
    def label(self) -> str:
        """What it is called: "4-draft2"."""
        return f"{self.base + 1}-draft{self.edition}"


@dataclass(frozen=True, slots=True)
class ListedTemplate:
    """A template in a list; `version` is 0 before the first is published, `draft` empty without one."""

    id: int
    slug: str
    place: Place
    title: str
    version: int
    published_at: datetime | None
    published_by: str
    draft: str
    draft_by: str
    is_retired: bool


#: Whether a medium has a subject.
WITH_SUBJECT = frozenset({Medium.EMAIL})
#: How long a text of a medium may be, in signs or in words.
MOST_SIGNS: Mapping[Medium, int] = {Medium.SMS: 160}
MOST_WORDS: Mapping[Medium, int] = {Medium.CHAT: 120}
#: How many words a first message to a customer has at most (rule 13).
MOST_INITIAL_WORDS = 180


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text is, and how long it may be; `most` is 0 where nothing limits it."""

    count: int
    most: int
    unit: str

    @property
    def is_over(self) -> bool:
        """Whether it is too long."""
        return 0 < self.most < self.count

    @property
    def words(self) -> str:
        """It as people read it: `96 of 160 signs`."""
        return f"{self.count} of {self.most} {self.unit}" if self.most else f"{self.count} {self.unit}"


def length_of(body: str, medium: Medium, stage: Stage) -> Length:
    """The length that counts in a medium."""
    if medium in MOST_SIGNS:
        return Length(len(body.strip()), MOST_SIGNS[medium], "signs")
    most = MOST_WORDS.get(medium, MOST_INITIAL_WORDS if stage is Stage.INITIAL else 0)
    return Length(len(body.split()), most, "words")


def slug_of(place: Place) -> str:
    """The name of the file of a template: `customer-initial-email`."""
    return f"{place.audience}-{place.stage}-{place.medium}".replace("_", "-")
