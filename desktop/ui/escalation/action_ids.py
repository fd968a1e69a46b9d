"""Which action of the window does what to an escalation."""

from collections.abc import Mapping

from desktop.domain.rights import Action
from desktop.ui.actions import ACTIONS

ACTION_OF: Mapping[str, Action] = {
    "escalation.classify": Action.CLASSIFY,
    "escalation.acknowledge": Action.ACKNOWLEDGE,
    "escalation.work": Action.WORK,
    "escalation.own": Action.OWN,
    "escalation.assign": Action.ASSIGN,
    "escalation.severity": Action.SET_SEVERITY,
    "escalation.contain": Action.CONTAIN,
    "escalation.resolve": Action.RESOLVE,
    "escalation.close": Action.CLOSE,
    "escalation.reopen": Action.REOPEN,
    "escalation.standard": Action.TO_STANDARD,
    "escalation.pause": Action.PAUSE,
    "escalation.resume": Action.RESUME,
    "escalation.snooze": Action.SNOOZE,
    "escalation.end_snooze": Action.END_SNOOZE,
    "escalation.record_update": Action.UPDATE,
    "escalation.update": Action.UPDATE,
    "escalation.answered": Action.CUSTOMER_ANSWERED,
    "escalation.note": Action.NOTE,
    "escalation.attach": Action.ATTACH,
    "escalation.remove_evidence": Action.REMOVE_EVIDENCE,
    "escalation.edit": Action.EDIT,
    "escalation.override": Action.OVERRIDE,
    "escalation.merge": Action.MERGE,
    "escalation.split": Action.SPLIT,
    "escalation.set_parent": Action.SET_PARENT,
    "escalation.clear_parent": Action.CLEAR_PARENT,
    "escalation.watch": Action.WATCH,
    "escalation.remind": Action.SET_FORGET_AFTER,
    "escalation.page": Action.PAGE,
    "escalation.decide": Action.DECIDE,
    "escalation.debrief": Action.BOOK_DEBRIEF,
}

ID_OF: Mapping[Action, str] = {action: action_id for action_id, action in ACTION_OF.items()}

#: Shows what is alike; it changes nothing, so nobody is kept from it.
SIMILAR = "escalation.similar"
#: Shows whom to call; it ends in an assignment, so it is for whoever may assign.
WHOM = "escalation.whom"

#: Opens the page that writes messages, where the other action of the same right asks for words alone.
WRITE = "escalation.update"

#: By which right of the table an action of the window is judged.
RIGHT_OF: Mapping[str, Action] = {**ACTION_OF, WHOM: Action.ASSIGN}

#: Actions that ask for something first.
ASKS = frozenset(
    {
        Action.CLASSIFY, Action.ASSIGN, Action.SET_SEVERITY, Action.CONTAIN, Action.RESOLVE, Action.CLOSE,
        Action.REOPEN, Action.TO_STANDARD, Action.PAUSE, Action.SNOOZE, Action.UPDATE,
        Action.CUSTOMER_ANSWERED, Action.NOTE, Action.ATTACH, Action.REMOVE_EVIDENCE, Action.EDIT,
        Action.OVERRIDE, Action.MERGE, Action.SPLIT, Action.SET_PARENT, Action.SET_FORGET_AFTER,
        Action.PAGE, Action.DECIDE, Action.BOOK_DEBRIEF,
    }
)  # fmt: skip

#: Those whose form shows more than a card tells.
NEEDS_DETAILS = frozenset(
    {Action.CLASSIFY, Action.EDIT, Action.SPLIT, Action.REMOVE_EVIDENCE, Action.OVERRIDE}
)


_TEXTS = {spec.id: spec.text for spec in ACTIONS}


def words_of(action: Action) -> str:
    """What a button says for it: the words of the table of actions, as in the menus and the palette."""
    return _TEXTS[ID_OF[action]]
