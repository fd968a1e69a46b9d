"""An action about to be done, what is known of it, and the parts its form is made of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.domain.board import BoardRow
from desktop.domain.person import Actor, Person
from desktop.domain.policy import Policy
from desktop.ui.kit.digit_list import DigitList
from desktop.ui.kit.prompt import PromptField
from desktop.ui.kit.suggest import Suggestion
from desktop.ui.text import counted, duration, one_line, short_number

if TYPE_CHECKING:
    from desktop.services.details import EscalationDetails
    from desktop.ui.escalation.customer_pick import CustomerPick


@dataclass(frozen=True)
class Facts:
    """What all prompts need to know of the desk."""

    policy: Policy
    people: tuple[Person, ...]
    operator: Actor | None


@dataclass(frozen=True)
class Occasion:
    """What is about to be done: to which escalations, and what is known of them.

    `row` and `details` are of the escalation if it is a single one and known. `typed` are answers that were
    typed before and not sent.
    """

    facts: Facts
    ids: tuple[int, ...]
    now: datetime
    row: BoardRow | None = None
    details: "EscalationDetails | None" = None
    typed: Mapping[str, str] = field(default_factory=dict)
    finder: Callable[[], QWidget] | None = None
    customer_field: "Callable[[], CustomerPick] | None" = None

    @property
    def about(self) -> str:
        """Which escalation it is: short number and title; nothing for many, or one that is not known."""
        known = self.details.escalation if self.details is not None else self.row
        if known is None or len(self.ids) != 1:
            return ""
        return f"{short_number(known.number, self.now.astimezone().year)}  {one_line(known.title[:200])}"

    def value(self, key: str, otherwise: str = "") -> str:
        """What to fill in at first."""
        return self.typed.get(key, otherwise)


@dataclass(frozen=True)
class Asked:
    """A form: what it is called, what it asks and what its button says.

    With `changes_only` it hands on what differs from what it began with; `typed` is filled in over that.
    Fields in `hidden` come into sight only when the desk asks for them; `guide` changes with another answer.
    """

    title: str
    verb: str
    fields: Sequence[PromptField]
    text: str = ""
    changes_only: bool = False
    typed: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    guide: "Guide | None" = None


@dataclass(frozen=True)
class Guide:
    """The hint of the field `target` for each answer of the field `source`; without one it is not asked."""

    source: str
    target: str
    hints: Mapping[str, str]


def title_of(occasion: Occasion, one: str) -> str:
    """The title, saying how many where it is more than one."""
    return one if len(occasion.ids) == 1 else f"{one} ({len(occasion.ids)} escalations)"


def line_of(
    occasion: Occasion, key: str, label: str, *, required: bool = False, hint: str = "", value: str = ""
) -> PromptField:
    """A line to type in."""
    return PromptField(key, label, "line", value=occasion.value(key, value), hint=hint, required=required)


def text_of(
    occasion: Occasion, key: str, label: str, *, required: bool = True, hint: str = "", value: str = ""
) -> PromptField:
    """Room for several lines."""
    return PromptField(key, label, "text", value=occasion.value(key, value), hint=hint, required=required)


def digits_of(
    occasion: Occasion,
    key: str,
    label: str,
    choices: Sequence[tuple[str, str]],
    *,
    hint: str = "",
    required: bool = True,
    bar: Mapping[str, str] | None = None,
    first: str = "",
) -> PromptField:
    """A few sentences to choose from by digit; `first` is chosen at first.

    Those in `bar` cannot be chosen, for the reason given.
    """

    def make() -> QWidget:
        widget = DigitList(choices, label)
        widget.set_value(occasion.value(key, first))
        for barred, why in (bar or {}).items():
            widget.bar(barred, why)
        return widget

    return PromptField(key, label, hint=hint, required=required, make=make)


def people_options(people: Sequence[Person]) -> list[Suggestion]:
    """Those who may own something, with team and roles."""
    return [Suggestion(each.id, each.name, _about(each)) for each in people if each.active]


def _about(person: Person) -> str:
    return " · ".join(filter(None, (person.team, ", ".join(sorted(person.roles)))))


def same(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Choices that are kept as they are read."""
    return [(text, text) for text in texts]


def span_words(length: timedelta) -> str:
    """A length of time as choices say it: "30 min", "1 h", "3 days"."""
    minutes = int(length.total_seconds()) // 60
    if minutes < 60:
        return f"{minutes} min"
    if minutes % 1440 == 0:
        return counted(minutes // 1440, "day")
    return f"{minutes // 60} h" if minutes % 60 == 0 else duration(minutes * 60_000_000)
