"""Forms of the commands that ask for somebody: a page, a decision with its approver, the debrief."""

from datetime import datetime, timedelta

from PySide6.QtWidgets import QWidget

from desktop.ui.escalation.occasion import Asked, Occasion, digits_of, line_of, people_options, text_of
from desktop.ui.kit.pick import PickField
from desktop.ui.kit.prompt import PromptField
from desktop.ui.text import moment

_HOUR = 10
_DAYS = (1, 2, 3, 5)
_FIRST_WEEKEND_DAY = 5


def ask_page(occasion: Occasion) -> Asked:
    """Whom, and what they read."""
    text = "Goes out at once by their first channel, quiet hours or not; the next one where that fails."
    words = line_of(occasion, "text", "What they read", required=True, hint="The number stands before it.")
    return Asked("Page somebody", "Page", (_person(occasion, "person", "Person"), words), text)


def ask_decision(occasion: Occasion) -> Asked:
    """What was decided, by whose authority, and why."""
    fields = (
        text_of(occasion, "text", "Decision", hint="What is done, and what is not."),
        line_of(occasion, "approver", "Approved by", required=True, hint="Whoever may decide it."),
        line_of(occasion, "reason", "Because", hint="What was weighed, and what it costs."),
    )
    return Asked("Record a decision", "Record decision", fields, "It is kept with this minute's time.")


def ask_debrief(occasion: Occasion) -> Asked:
    """When, and who leads it."""
    days = [(at.isoformat(), moment(at, occasion.now)) for at in debrief_times(occasion.now)]
    hint = "Somebody who did not own the escalation."
    fields = (
        digits_of(occasion, "at", "When", days, first=days[1][0]),
        _person(occasion, "facilitator", "Led by", hint),
        line_of(occasion, "note", "Note"),
    )
    return Asked("Book the debrief", "Book debrief", fields)


def debrief_times(now: datetime) -> list[datetime]:
    """The mornings of the next working days, as debriefs are usually booked."""
    here = now.astimezone()
    morning = here.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    working: list[datetime] = []
    while len(working) < max(_DAYS):
        morning += timedelta(days=1)
        if morning.weekday() < _FIRST_WEEKEND_DAY:
            working.append(morning)
    return [working[day - 1] for day in _DAYS]


def _person(occasion: Occasion, key: str, label: str, hint: str = "") -> PromptField:
    options = people_options(occasion.facts.people)

    def make() -> QWidget:
        return PickField(options, occasion.value(key))

    return PromptField(key, label, hint=hint or "Type a part of the name; Enter takes it.", make=make)
