"""What is said of whom to call: the rota's answer, the suggestion, and the note that keeps the choice."""

from desktop.services.call_suggestion import Called, OnCallNow, Whom
from desktop.ui.text import listed, moment, one_line

_PLACE = "by the rota."
_REST = "suggested as better rested"


def rota_line(whom: Whom) -> str:
    """Whom the rota names: `By the rota: Jun Mori (Payments on call, Weeks, until Mon 09:00).`"""
    team = one_line(whom.escalation.team[:60])
    of_team = f" for {team}" if team else ""
    if whom.rota:
        return f"By the rota: {'; '.join(_on_call(one, whom) for one in whom.rota)}."
    if whom.has_rota:
        return f"By the rota: nobody is on call{of_team} now."
    return f"By the rota: no rota says who is on call{of_team}."


def suggestion_line(whom: Whom) -> str:
    """Who is suggested beside it."""
    if not whom.order:
        return (
            "Suggested: nobody. Nobody of this team takes calls: give people the role on-call in Settings,"
            " or make a rota."
        )
    best = whom.suggested
    if best is None:
        return "Suggested: nobody. None of them can be called now, for the reasons below."
    if best.suggestion.is_rota:
        return f"Suggested: {best.person.name} too. You decide."
    return f"Suggested: {best.person.name}, the least tired of those who can be called. You decide."


def standing(called: Called, whom: Whom) -> str:
    """How somebody stands in both answers, in a word or two."""
    words = []
    if called.suggestion.is_rota:
        words.append("By the rota")
    if called is whom.suggested:
        words.append("suggested" if words else "Suggested")
    if not called.suggestion.is_possible:
        words.append("not now" if words else "Not now")
    return ", ".join(words) or "Possible"


def in_short(called: Called) -> str:
    """The reasons as they stand beside a name: without it, and without the place, which stands there too."""
    name = called.person.name
    told = [one.removeprefix(f"{name} ") for one in called.suggestion.reasons if not one.endswith(_PLACE)]
    return " ".join(one[:1].upper() + one[1:] for one in told)


def is_instead(called: Called, whom: Whom) -> bool:
    """Whether calling this one passes over whom the rota names."""
    return bool(whom.rota) and not called.suggestion.is_rota


def needs_reason(called: Called, whom: Whom) -> bool:
    """Whether somebody is passed over for whom not even the suggestion stands: then a person says why."""
    return is_instead(called, whom) and called is not whom.suggested


def note_of(called: Called, whom: Whom, reason: str) -> str:
    """What the assignment keeps; nothing where the rota is followed.

    How often somebody was paged is for them and the leads: without a reason the note gives no figures.
    """
    if not is_instead(called, whom):
        return ""
    passed = listed([one.person.name for one in whom.rota])
    verb = "is" if len(whom.rota) == 1 else "are"
    return f"instead of {passed}, who {verb} on call: {one_line(reason) or _given(whom)}"


def _given(whom: Whom) -> str:
    """Why the suggestion passes the rota over: what keeps those it names, or else rest."""
    ids = {one.person.id for one in whom.rota}
    named = [one.suggestion for one in whom.order if one.person.id in ids]
    if any(one.is_possible for one in named):
        return _REST
    return " ".join(one.reasons[0] for one in named)


def _on_call(one: OnCallNow, whom: Whom) -> str:
    parts = (one_line(one.schedule), one_line(one.layer), f"until {moment(one.until, whom.at)}")
    return f"{one.person.name} ({', '.join(part for part in parts if part)})"
