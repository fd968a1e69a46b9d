"""What the page that writes messages asks of the desk; every call is for the worker, as the operator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from desktop.domain.message import Audience, Finding, Medium, Stage, Way

#: The rule that a second person lets go what is grave.
RELEASE = 18


class Key(NamedTuple):
    """Which draft is meant: there is one for each escalation and audience."""

    escalation_id: int
    audience: Audience


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the message says, as a form shows it.

    `is_own` facts are written by people and can be typed here; the others come from the record, with
    `source` and `as_of`. `is_needed`: without it the message is not sent. `who` should know it where it is
    missing, `says` is what the message says instead, `hint` the question it answers. `pending`: it was
    written and waits for an approval by `approver`. A list has one item on each line. `media` are those whose
    texts tell it.
    """

    name: str
    label: str
    text: str = ""
    is_own: bool = False
    is_needed: bool = False
    source: str = ""
    as_of: datetime | None = None
    who: str = ""
    says: str = ""
    hint: str = ""
    is_list: bool = False
    pending: bool = False
    approver: str = ""
    can_approve: bool = False
    media: frozenset[Medium] = frozenset()

    @property
    def is_missing(self) -> bool:
        """Whether nobody has said it yet."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class WayOut:
    """How a text can leave the desk; `to` names who gets it, `why_not` tells why nobody would."""

    way: Way
    to: str = ""
    contact_ids: tuple[int, ...] = ()
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class MediumText:
    """What stands in one medium now; `edited` by hand, and so no longer the template's.

    `spans` are (fact, begin, end) in the body: what was filled in there. `ways` are offered in this order,
    `way` is what is chosen at first, None for not used.
    """

    medium: Medium
    subject: str
    body: str
    edited: bool = False
    template: str = ""
    spans: tuple[tuple[str, int, int], ...] = ()
    ways: tuple[WayOut, ...] = ()
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that one medium tells otherwise than the others, since it was changed there by hand."""

    medium: Medium
    name: str
    label: str
    text: str
    others: str
    can_spread: bool = True


@dataclass(frozen=True, slots=True)
class Spare:
    """What somebody wrote into a text while another changed the same one: a person chooses."""

    id: int
    medium: Medium
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Release:
    """Whether a second person must let the message go, and how far that is."""

    is_needed: bool = False
    asked_by: str = ""
    released_by: str = ""
    why_not: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody has to release it yet."""
        return self.is_needed and not self.released_by


@dataclass(frozen=True, slots=True)
class Choice:
    """One stage that can be written now, and what speaks for it."""

    stage: Stage
    why: str = ""
    is_proposed: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """A draft as it stands: what it is for, its facts, its texts, what there is to say about them.

    `zone` is the zone of those who read it, `cadence` how often they hear of it, `others` who writes it as
    well: (name, since). `overrides` are reasons by rule. `refusal` tells why nothing can be sent at all.
    """

    key: Key
    number: str
    title: str
    reader: str
    zone: str
    stage: Stage
    choices: tuple[Choice, ...]
    why: str = ""
    facts: tuple[Fact, ...] = ()
    media: tuple[MediumText, ...] = ()
    findings: tuple[Finding, ...] = ()
    differences: tuple[Difference, ...] = ()
    next_update_at: datetime | None = None
    cadence: timedelta | None = None
    late: str = ""
    release: Release = Release()
    others: tuple[tuple[str, datetime], ...] = ()
    kept_at: datetime | None = None
    overrides: Mapping[int, str] = field(default_factory=dict)
    spare: tuple[Spare, ...] = ()
    refusal: str = ""
    is_real: bool = True


@dataclass(frozen=True, slots=True)
class Changes:
    """What was typed or chosen since the last time; None and what is not named stays as it is.

    `facts` show in the texts at once; those in `settled` are ready, and on record from then on. `texts` are
    (subject, body) by medium as edited by hand, `restored` go back to their template.
    """

    facts: Mapping[str, str] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()
    texts: Mapping[Medium, tuple[str, str]] = field(default_factory=dict)
    restored: frozenset[Medium] = frozenset()
    overrides: Mapping[int, str] = field(default_factory=dict)
    next_update_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was."""
        return not (
            self.facts
            or self.settled
            or self.texts
            or self.restored
            or self.overrides
            or self.next_update_at is not None
        )

    def and_then(self, later: "Changes") -> "Changes":
        """Both, the later one where they say the same."""
        texts = {key: text for key, text in self.texts.items() if key not in later.restored}
        return Changes(
            {**self.facts, **later.facts},
            (self.settled - set(later.facts)) | later.settled,
            {**texts, **later.texts},
            (self.restored - set(later.texts)) | later.restored,
            {**self.overrides, **later.overrides},
            later.next_update_at or self.next_update_at,
        )


class Outgoing(NamedTuple):
    """How one medium is to leave the desk."""

    medium: Medium
    way: Way
    contact_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """What became of a message: the sentence that tells it, and what can be undone of it."""

    sentence: str
    done: object = None


class KeepsMessages(Protocol):
    """The messages of one desk. All may raise DeskError."""

    def open(self, escalation_id: int, audience: Audience | None, stage: Stage | None) -> Writing:
        """Take up the draft for an audience, or begin it; without one, whichever is proposed."""
        ...

    def change(self, key: Key, changes: Changes) -> Writing:
        """Keep what was typed; gives everything as it stands after that."""
        ...

    def spread(self, key: Key, difference: Difference) -> Writing:
        """Use in every medium what one of them says of a fact."""
        ...

    def approve(self, key: Key, name: str) -> Writing:
        """Let a statement be made that only some may let out."""
        ...

    def ask_release(self, key: Key) -> Writing:
        """Ask that somebody else lets it go."""
        ...

    def release(self, key: Key) -> Writing:
        """Let the message of another go."""
        ...

    def settle(self, key: Key, spare_id: int, *, take: bool) -> Writing:
        """Choose between two texts: `take` puts the one kept beside in place of what stands."""
        ...

    def send(self, key: Key, out: Sequence[Outgoing]) -> Gone:
        """Send it, or record it as sent."""
        ...

    def discard(self, key: Key) -> None:
        """Give the draft up."""
        ...

    def here(self, escalation_id: int) -> Sequence[tuple[str, datetime]]:
        """Say that the operator writes; gives who else does."""
        ...

    def leave(self, escalation_id: int) -> None:
        """Say that the operator does not write any more."""
        ...
