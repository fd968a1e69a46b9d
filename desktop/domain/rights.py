"""Decision rights: who may do what to an escalation. The one table; services ask it, windows show it."""

from collections.abc import Mapping
from enum import StrEnum

from desktop.domain.errors import NotAllowed
from desktop.domain.person import Actor, Role


class Action(StrEnum):
    """What somebody may do to an escalation."""

    OPEN = "open"
    CLASSIFY = "classify"
    SET_SEVERITY = "set severity"
    OVERRIDE = "override"
    ASSIGN = "assign"
    OWN = "own"
    ACKNOWLEDGE = "acknowledge"
    WORK = "work"
    CONTAIN = "contain"
    RESOLVE = "resolve"
    CLOSE = "close"
    REOPEN = "reopen"
    TO_STANDARD = "to standard"
    PAUSE = "pause"
    RESUME = "resume"
    SNOOZE = "snooze"
    END_SNOOZE = "end snooze"
    MERGE = "merge"
    SPLIT = "split"
    SET_PARENT = "set parent"
    CLEAR_PARENT = "clear parent"
    NOTE = "note"
    ATTACH = "attach"
    REMOVE_EVIDENCE = "remove evidence"
    EDIT = "edit"
    UPDATE = "update"
    CUSTOMER_ANSWERED = "customer answered"
    WATCH = "watch"
    SET_FORGET_AFTER = "set forget after"
    PAGE = "page"
    DECIDE = "decide"
    BOOK_DEBRIEF = "book debrief"

    @property
    def word(self) -> str:
        """What a button says, verb first."""
        return _WORDS[self]


_WORDS = {
    Action.OPEN: "Open escalation",
    Action.CLASSIFY: "Classify",
    Action.SET_SEVERITY: "Set severity",
    Action.OVERRIDE: "Override score",
    Action.ASSIGN: "Assign",
    Action.OWN: "Own it",
    Action.ACKNOWLEDGE: "Acknowledge",
    Action.WORK: "Start work",
    Action.CONTAIN: "Confirm containment",
    Action.RESOLVE: "Confirm resolution",
    Action.CLOSE: "Close",
    Action.REOPEN: "Reopen",
    Action.TO_STANDARD: "Send to standard support",
    Action.PAUSE: "Pause clock",
    Action.RESUME: "Resume clock",
    Action.SNOOZE: "Snooze",
    Action.END_SNOOZE: "End snooze",
    Action.MERGE: "Merge duplicate",
    Action.SPLIT: "Split",
    Action.SET_PARENT: "Make child of another",
    Action.CLEAR_PARENT: "Remove from parent",
    Action.NOTE: "Add note",
    Action.ATTACH: "Attach file",
    Action.REMOVE_EVIDENCE: "Remove file",
    Action.EDIT: "Edit",
    Action.UPDATE: "Record customer update",
    Action.CUSTOMER_ANSWERED: "Record customer's answer",
    Action.WATCH: "Watch",
    Action.SET_FORGET_AFTER: "Set reminder",
    Action.PAGE: "Page somebody",
    Action.DECIDE: "Record decision",
    Action.BOOK_DEBRIEF: "Book debrief",
}

_DESK = frozenset({Role.COORDINATOR, Role.LEAD})
_HANDS = _DESK | {Role.OWNER, Role.ON_CALL, Role.ON_CALL_LEADER}
_SENIOR = frozenset({Role.SENIOR_ENGINEER})
_ANYBODY: frozenset[Role] = frozenset()

#: Who may do what; an empty set is anybody at the desk.
RIGHTS: Mapping[Action, frozenset[Role]] = {
    Action.OPEN: _DESK,
    Action.CLASSIFY: _DESK,
    Action.SET_SEVERITY: _DESK,
    Action.OVERRIDE: _DESK,
    Action.ASSIGN: _DESK,
    Action.UPDATE: _DESK,
    Action.MERGE: _DESK,
    Action.SPLIT: _DESK,
    # Whoever may merge two may let one of them be silent.
    Action.SET_PARENT: _DESK,
    Action.CLEAR_PARENT: _DESK,
    Action.TO_STANDARD: _DESK,
    Action.CLOSE: _DESK,
    # Whoever may work on it may take it: the ownership of others is not given away by that.
    Action.OWN: _DESK | {Role.ON_CALL, Role.ON_CALL_LEADER},
    Action.ACKNOWLEDGE: _HANDS,
    Action.WORK: _HANDS,
    Action.ATTACH: _HANDS,
    Action.REMOVE_EVIDENCE: _HANDS,
    Action.EDIT: _HANDS,
    Action.SNOOZE: _HANDS,
    Action.END_SNOOZE: _HANDS,
    Action.SET_FORGET_AFTER: _HANDS,
    Action.PAGE: _HANDS | _SENIOR,
    # Writing down who decided what grants nothing: whoever works on it may.
    Action.DECIDE: _HANDS | _SENIOR | {Role.STEERING_COMMITTEE},
    Action.BOOK_DEBRIEF: _HANDS,
    Action.CUSTOMER_ANSWERED: _HANDS,
    Action.REOPEN: _HANDS | _SENIOR,
    Action.CONTAIN: _SENIOR,
    Action.RESOLVE: _SENIOR,
    Action.PAUSE: frozenset({Role.OWNER, Role.COORDINATOR}),
    Action.RESUME: frozenset({Role.OWNER, Role.COORDINATOR}),
    Action.NOTE: _ANYBODY,
    Action.WATCH: _ANYBODY,
}

#: What needs a person's judgement: no rule, signal or timer does it by itself.
_NEVER_AUTOMATIC = frozenset({Action.CONTAIN, Action.RESOLVE, Action.OVERRIDE, Action.DECIDE})

_SAID_LAST = (Role.OWNER, Role.ON_CALL, Role.ON_CALL_LEADER)


def allowed(actor: Actor, action: Action, owner_id: int | None = None) -> bool:
    """Whether the actor may do it to an escalation of that owner."""
    wanted = RIGHTS[action]
    if not wanted or actor.roles & wanted:
        return True
    if actor.automatic:
        return action not in _NEVER_AUTOMATIC
    return Role.OWNER in wanted and actor.person_id is not None and actor.person_id == owner_id


def why_not(actor: Actor, action: Action, owner_id: int | None = None) -> str:
    """A sentence that says who may do it instead; empty when the actor may."""
    if allowed(actor, action, owner_id):
        return ""
    deed = action.word[0].lower() + action.word[1:]
    return f"Only {_listed(RIGHTS[action])} may do this: {deed}."


def may(actor: Actor, action: Action, owner_id: int | None = None) -> None:
    """Let the actor pass who may do it.

    Raises: NotAllowed saying who may.
    """
    if sentence := why_not(actor, action, owner_id):
        held = ", ".join(sorted(actor.roles)) or "none"
        raise NotAllowed(sentence, hint=f"{actor.name} has these roles: {held}.")


def why_not_customers(actor: Actor) -> str:
    """A sentence that says who may add, change, merge and archive customers; empty when the actor may."""
    if actor.automatic or actor.roles & _DESK:
        return ""
    return f"{actor.name} cannot change customers. Ask a coordinator or a lead to do it."


def may_edit_customers(actor: Actor) -> None:
    """Let pass who may change customers: coordinators and leads.

    Raises: NotAllowed saying so.
    """
    if sentence := why_not_customers(actor):
        raise NotAllowed(sentence)


def _listed(roles: frozenset[Role]) -> str:
    ordered = sorted(roles, key=lambda role: (role in _SAID_LAST, role))
    names = [f"the {role}" if role in _SAID_LAST else f"a {role}" for role in ordered]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
