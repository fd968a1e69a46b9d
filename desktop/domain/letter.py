"""A message while it is written: its draft, what others do to it meanwhile, how it is to leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from desktop.domain.message import Audience, Medium, Rendered, Stage, Text, Way
from desktop.domain.wording import fit

#: The channels of each audience, in the order they are shown.
MEDIA: Mapping[Audience, tuple[Medium, ...]] = {
    Audience.CUSTOMER: (
        Medium.EMAIL,
        Medium.CHAT,
        Medium.STATUS,
        Medium.PHONE,
        Medium.SMS,
        Medium.DASHBOARD,
    ),
    Audience.INTERNAL: (Medium.CHAT, Medium.EMAIL, Medium.DASHBOARD),
    Audience.EXECUTIVE: (Medium.EMAIL, Medium.CHAT),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which message is due: for whom, of which stage, and why.

    `next_update_at` is what the cadence lets one promise, None for a final stage; `late_by` how long ago a
    promised time has passed, None while none has.
    """

    audience: Audience
    stage: Stage
    why: str
    next_update_at: datetime | None = None
    late_by: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Spare:
    """A text that somebody wrote while another changed the same one: kept until a person has chosen."""

    id: int
    medium: Medium
    subject: str
    body: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Release:
    """A second person's word for a text that nobody changes from then on; `released_at` None while asked."""

    asked_by: str
    asked_by_id: int | None
    asked_at: datetime
    released_by: str = ""
    released_by_id: int | None = None
    released_at: datetime | None = None

    @property
    def is_given(self) -> bool:
        """Whether it was released."""
        return self.released_at is not None


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood in a draft when it was read; two people's changes are told apart by it."""

    stage: Stage
    next_update_at: datetime | None
    texts: Mapping[Medium, Text] = field(default_factory=dict)
    overrides: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A message being written; one for each escalation and audience.

    `texts` holds the channels changed by hand alone: the others follow their template and the facts. `bases`
    are what the template gave when a channel was first changed. `overrides` are reasons by rule, `writers`
    the ids of all who changed it, `frozen` what is to be released word for word.
    """

    id: int
    escalation_id: int
    audience: Audience
    stage: Stage
    next_update_at: datetime | None
    edition: int
    author: str
    author_id: int | None
    created_at: datetime
    updated_at: datetime
    updated_by: str
    seen: Seen
    texts: Mapping[Medium, Text] = field(default_factory=dict)
    bases: Mapping[Medium, Rendered] = field(default_factory=dict)
    overrides: Mapping[int, str] = field(default_factory=dict)
    writers: frozenset[int] = frozenset()
    spare: tuple[Spare, ...] = ()
    release: Release | None = None
    frozen: Mapping[Medium, Rendered] = field(default_factory=dict)

    def with_text(self, medium: Medium, subject: str, body: str) -> "Draft":
        """The draft with one channel changed by hand; what no text can hold is shown as such."""
        return replace(self, texts={**self.texts, medium: Text(fit(subject), fit(body), edited=True)})

    def without_text(self, medium: Medium) -> "Draft":
        """The draft with one channel back at its template."""
        return replace(self, texts={each: text for each, text in self.texts.items() if each is not medium})

    def with_override(self, rule: int, reason: str) -> "Draft":
        """The draft with a reason for letting a rule pass; an empty one takes it back."""
        kept = {each: why for each, why in self.overrides.items() if each != rule}
        return replace(self, overrides=kept | ({rule: reason.strip()} if reason.strip() else {}))


@dataclass(frozen=True, slots=True)
class Shown:
    """One channel of a draft as it would leave the desk now: what is written, and what the template gives."""

    text: Text
    rendered: Rendered


@dataclass(frozen=True, slots=True)
class FactDifference:
    """A fact that is told differently in the channels of one draft.

    `value` is what the record says now; `words` what stands in each channel that tells something else, and
    `by_hand` those of them where a person wrote it (elsewhere the record has changed since).
    """

    field: str
    value: str
    words: Mapping[Medium, str]
    by_hand: frozenset[Medium] = frozenset()


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who has the message of an escalation open."""

    person_id: int
    name: str
    since_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """How one channel of a draft is to leave the desk, and to whom."""

    medium: Medium
    way: Way
    contact_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedDraft:
    """A draft in a list of all of them."""

    id: int
    escalation_id: int
    number: str
    title: str
    customer: str
    audience: Audience
    stage: Stage
    next_update_at: datetime | None
    updated_at: datetime
    updated_by: str
    release: Release | None
