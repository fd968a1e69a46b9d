"""What each action has to ask before it can be done."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from desktop.domain.rights import Action
from desktop.ui.escalation.asking_clocks import ask_pause, ask_snooze
from desktop.ui.escalation.asking_grade import ask_classify, ask_override, ask_severity
from desktop.ui.escalation.asking_parts import ask_merge, ask_parent, ask_removal, ask_split
from desktop.ui.escalation.asking_people import ask_debrief, ask_decision, ask_page
from desktop.ui.escalation.occasion import (
    Asked,
    Occasion,
    digits_of,
    line_of,
    people_options,
    same,
    text_of,
    title_of,
)
from desktop.ui.kit.long_text import LARGE
from desktop.ui.kit.pick import PickField
from desktop.ui.kit.prompt import PromptField
from desktop.ui.kit.suggest import Suggestion

NOBODY = "0"

#: Actions whose prompt starts from what the escalation says now.
def ask(action: Action, occasion: Occasion) -> Asked | None:
    """The form of an action; None when it asks nothing."""
    make = _FORMS.get(action)
    return make(occasion) if make is not None else None


def ask_for_note(occasion: Occasion, why: str = "") -> Asked:
    """The form of an acknowledgement of what somebody else owns; `why` is what the desk says to that."""
    note = line_of(occasion, "note", "Note", required=True, hint="Its owner reads this on the timeline.")
    return Asked(title_of(occasion, "Acknowledge for its owner"), "Acknowledge", (note,), why)


def _acknowledge(occasion: Occasion) -> Asked | None:
    return ask_for_note(occasion) if "note" in occasion.typed else None


def _assign(occasion: Occasion) -> Asked:
    options = people_options(occasion.facts.people)
    if occasion.row is None or occasion.row.owner_id:
        options.append(Suggestion(NOBODY, "Nobody", "takes it from its owner"))

    def make() -> QWidget:
        return PickField(options, occasion.value("owner"))

    owner = PromptField("owner", "Owner", hint="Type a part of the name; Enter takes it.", make=make)
    return Asked(title_of(occasion, "Assign an owner"), "Assign", (owner, line_of(occasion, "note", "Note")))


def _contain(occasion: Occasion) -> Asked:
    text = "The harm has stopped spreading, though the cause may remain."
    return Asked(
        title_of(occasion, "Confirm containment"),
        "Confirm containment",
        (line_of(occasion, "note", "What stopped it"),),
        text,
    )


def _resolve(occasion: Occasion) -> Asked:
    policy = occasion.facts.policy
    reason = digits_of(
        occasion, "reason", "How", same(policy.resolve_reasons), required="reason" in policy.resolve_needs
    )
    note = line_of(occasion, "note", "Note", required="note" in policy.resolve_needs)
    return Asked(
        title_of(occasion, "Confirm resolution"),
        "Confirm resolution",
        (reason, note),
        "The customer's problem is gone.",
    )


def _close(occasion: Occasion) -> Asked:
    return Asked(title_of(occasion, "Close"), "Close", (line_of(occasion, "note", "Note"),))


def _reopen(occasion: Occasion) -> Asked:
    reason = line_of(occasion, "reason", "What has come back", required=True)
    return Asked(
        title_of(occasion, "Reopen"), "Reopen", (reason,), "Another resolution is promised from now on."
    )


def _standard(occasion: Occasion) -> Asked:
    reason = digits_of(occasion, "reason", "Why", same(occasion.facts.policy.standard_reasons))
    return Asked(
        title_of(occasion, "Send to standard support"), "Send", (reason, line_of(occasion, "note", "Note")),
        "Its clocks stop; it can be reopened.",
    )  # fmt: skip


def _update(occasion: Occasion) -> Asked:
    text = text_of(
        occasion, "text", "Text", hint="Word for word, as it was sent. The next update is promised from now."
    )
    return Asked(title_of(occasion, "Record a customer update"), "Record update", (text,))


def _answered(occasion: Occasion) -> Asked:
    text = text_of(
        occasion, "text", "Answer", required=False, hint="Clocks that wait for the customer run again."
    )
    return Asked(title_of(occasion, "Record the customer's answer"), "Record answer", (text,))


def _note(occasion: Occasion) -> Asked:
    return Asked(title_of(occasion, "Add a note"), "Add note", (text_of(occasion, "text", "Note"),))


def _edit(occasion: Occasion) -> Asked | None:
    if occasion.details is None:
        return None
    now = occasion.details.escalation
    lines = (
        ("title", "Title", now.title[:1000]),
        ("next_step", "Next step", now.next_step),
        ("reporter", "Reporter", now.reporter),
        ("external_ref", "Reference", now.external_ref or ""),
        ("team", "Team", now.team),
    )
    customer_name, customer_field = occasion.details.customer.name, occasion.customer_field

    def make_customer() -> QWidget:
        assert customer_field is not None  # asked for only where there is one
        widget = customer_field()
        widget.show_customer(now.customer_id, customer_name)
        return widget

    fields = [PromptField(key, label, value=value, required=key == "title") for key, label, value in lines]
    if len(now.description) <= LARGE:
        text = PromptField("description", "Description", "text", value=now.description, required=False)
        fields.insert(1, text)
    if customer_field is not None:
        hint = "Another customer changes the score and what is promised."
        fields.insert(1, PromptField("customer_id", "Customer", hint=hint, make=make_customer))
    return Asked("Edit the facts", "Save", fields, changes_only=True, typed=occasion.typed)


def _remind(occasion: Occasion) -> Asked:
    lengths = (
        ("0", "As the policy says"),
        ("30", "30 m"),
        ("60", "1 h"),
        ("120", "2 h"),
        ("240", "4 h"),
        ("1440", "1 d"),
    )
    text = "Reminds its owner when nothing happens for this long after the acknowledgement."
    return Asked(
        title_of(occasion, "Set the reminder"),
        "Set reminder",
        (digits_of(occasion, "length", "After", lengths),),
        text,
    )


_FORMS: Mapping[Action, Callable[[Occasion], Asked | None]] = {
    Action.ACKNOWLEDGE: _acknowledge,
    Action.ASSIGN: _assign,
    Action.CLASSIFY: ask_classify,
    Action.SET_SEVERITY: ask_severity,
    Action.CONTAIN: _contain,
    Action.RESOLVE: _resolve,
    Action.CLOSE: _close,
    Action.REOPEN: _reopen,
    Action.TO_STANDARD: _standard,
    Action.PAUSE: ask_pause,
    Action.SNOOZE: ask_snooze,
    Action.UPDATE: _update,
    Action.CUSTOMER_ANSWERED: _answered,
    Action.NOTE: _note,
    Action.EDIT: _edit,
    Action.OVERRIDE: ask_override,
    Action.MERGE: ask_merge,
    Action.SPLIT: ask_split,
    Action.SET_PARENT: ask_parent,
    Action.REMOVE_EVIDENCE: ask_removal,
    Action.SET_FORGET_AFTER: _remind,
    Action.PAGE: ask_page,
    Action.DECIDE: ask_decision,
    Action.BOOK_DEBRIEF: ask_debrief,
}
