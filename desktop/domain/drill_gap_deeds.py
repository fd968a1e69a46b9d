"""What a person may do to a gap or an action as it stands, why not, and which actions have no end."""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop.domain.drill_gap import GapState, must_follow
from desktop.domain.drill_record import ActionItem, ActionState, Gap
from desktop.domain.errors import DeskError


class GapDeed(StrEnum):
    """What becomes of a gap by a person's hand."""

    CONFIRM = "confirm"
    DECLINE = "decline"
    ACCEPT = "accept"
    LINK = "link"
    SHOW = "show"
    WAIVE = "waive"
    CLOSE = "close"
    REOPEN = "reopen"


_TO = {
    GapDeed.CONFIRM: GapState.OPEN,
    GapDeed.DECLINE: GapState.DECLINED,
    GapDeed.ACCEPT: GapState.ACCEPTED,
    GapDeed.LINK: GapState.ACTION_LINKED,
    GapDeed.SHOW: GapState.VERIFIED,
    GapDeed.WAIVE: GapState.VERIFIED,
    GapDeed.CLOSE: GapState.CLOSED,
    GapDeed.REOPEN: GapState.OPEN,
}
_UNVERIFIED = (
    "A gap is closed by a later drill that exercises it and passes, a later escalation that shows it, or by "
    "a lead's written waiver."
)
#: What takes the place of a passed drill: somebody's word.
_BY_WORD = frozenset({GapDeed.SHOW, GapDeed.WAIVE})
_SHARES = ((1.0, 4), (0.9, 3), (0.75, 2), (0.5, 1))

#: Words that promise no end by themselves, and what gives one to them.
_VAGUE = re.compile(
    r"\b(investigat\w*|improv\w*|consider\w*|explor\w*|look into|think about|try to|be more careful|"
    r"pay attention|raise awareness|discuss\w*|as soon as possible|if possible|better)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\d|\b(until|so that|at least|at most|below|above|every|each|within|less than|more than)\b",
    re.IGNORECASE,
)


def why_not(deed: GapDeed, gap: Gap, *, is_lead: bool) -> str:
    """Why a person may not do this to a gap now; empty where they may."""
    is_over = gap.state in (GapState.DECLINED, GapState.CLOSED)
    if deed is GapDeed.CONFIRM and gap.state is not GapState.PROPOSED:
        return "It is confirmed already."
    if deed is GapDeed.REOPEN and not is_over:
        return "It is not closed."
    if deed is GapDeed.CLOSE and gap.state is not GapState.VERIFIED:
        return _UNVERIFIED if gap.state is not GapState.CLOSED else "It is closed already."
    if deed is GapDeed.WAIVE and not is_lead:
        return "Only a lead may waive a gap."
    try:
        must_follow(gap.state, _TO[deed], waiver="yes" if deed in _BY_WORD else "", run_passed=False)
    except DeskError as error:
        return str(error)
    return ""


def vague_words(text: str) -> tuple[str, ...]:
    """Words of an action that leave open when it is done; none where a number or a condition bounds it."""
    if _MEASURED.search(text):
        return ()
    return tuple(dict.fromkeys(match[0].casefold() for match in _VAGUE.finditer(text)))


def vague_advice(text: str) -> str:
    """What to do about vague words; empty where there are none."""
    found = vague_words(text)
    if not found:
        return ""
    named = " and ".join(f"“{word}”" for word in found[:2])
    return f"{named} has no end. Say what will be there, how much, or by what it is seen."


def is_settled(action: ActionItem) -> bool:
    """Whether nothing is expected of an action any more."""
    return action.state in (ActionState.VERIFIED, ActionState.DECLINED, ActionState.SUPERSEDED)


def ageing_step(made_at: datetime, due: date, now: datetime) -> int:
    """How old an action is in the desk's five ageing steps, 4 once its day is over."""
    end_at = datetime(due.year, due.month, due.day, tzinfo=now.tzinfo) + timedelta(days=1)
    whole = max((end_at - made_at).total_seconds(), 1.0)
    passed = (now - made_at).total_seconds() / whole
    return next((step for share, step in _SHARES if passed >= share), 0)
